"""JSON: one object a line, objects over several lines, an array of objects, or an object that holds such an array."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Record, Row, records
from reuse.corpus.roles import is_called_text
from reuse.corpus.streams import LONGEST_RECORD, Lines
from reuse.corpus.troubles import Troubles, reason_of
from reuse.options import ReadOptions

_REMEDY = "write one JSON object a line, or leave the line out"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?')
_BETWEEN = re.compile(r"(\s*\}),\s*(\{.*\s*)")
_AROUND = " \t\r\n,"  # what may stand between two objects of an array
_SHORT = 500  # code points of a text field's value at least, where an object could as well be a wrapper


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a file."""
    return records(json_rows(path, options.encoding, troubles), options, troubles)


def json_rows(path: Path, encoding: str | None, troubles: Troubles) -> Iterator[Row]:
    """The objects of a file; a broken one is told and the rest goes on. Memory: one object."""
    lines = Lines(path, encoding, troubles, universal=False)
    number = -1
    try:
        for place, text in _values(lines):
            for value in _parsed(place, text, troubles):
                number += 1
                if isinstance(value, dict):
                    yield Row(number, place, value, lines.encoding)
    except NotTextError as error:
        troubles.file(error.reason, error.remedy)
    except OSError as error:
        troubles.file(*reason_of(error))
    if number < 0 and not troubles:
        troubles.file("is empty", "leave it out, or fill it in")


def _parsed(line: int, text: str, troubles: Troubles) -> Iterator[Any]:
    """The objects of one JSON text; None where one is broken, so that it counts all the same."""
    try:
        value = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        troubles.record(line, "is not JSON", _REMEDY, f": {error.msg}, column {error.colno:,}")
        yield None
    except (ValueError, RecursionError):
        troubles.record(line, "is JSON with a number too long or nested too deep", _REMEDY)
        yield None
    except MemoryError:
        troubles.record(line, "does not fit into memory", "split it into smaller records")
        yield None
    else:
        for one in _unwrapped(value):
            if not isinstance(one, dict):
                troubles.record(line, "is JSON, but not an object", _REMEDY)
            yield one


def _unwrapped(value: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    """The records of an array, or of the longest array of objects in an object that has no text itself."""
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return value
    if not isinstance(value, dict) or _has_text(value):
        return [value]
    arrays = [one for one in value.values() if isinstance(one, list) and one and all(isinstance(x, dict) for x in one)]
    return max(arrays, key=len, default=[value])


def _has_text(value: Mapping[str, Any]) -> bool:
    return any(isinstance(one, str) and (is_called_text(name) or len(one) >= _SHORT) for name, one in value.items())


def _values(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Line and text of each JSON value: one a line where the first one stands on one line, else over several."""
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        text = line.strip(_AROUND)
        if text in {"", "["}:
            continue
        if not _is_json(text):  # the first of an array
            text = text.removeprefix("[").strip(_AROUND)
        several = not _is_json(text) and _depth(text) > 0
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        rest = chain([(number, text)], numbered)
        yield from _over_lines(rest, indent + "{") if several else _one_a_line(rest)
        return


def _one_a_line(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for number, line in numbered:
        text = line.strip(_AROUND)
        if text.startswith("{") and text.endswith("]"):
            text = text.removesuffix("]").rstrip(_AROUND)
        if text not in {"", "[", "]"}:
            yield number, text


def _over_lines(numbered: Iterable[tuple[int, str]], opening: str) -> Iterator[tuple[int, str]]:
    """Values that end where their brackets close.

    A line that opens an object where the first one was opened (`opening`) begins another, so that a broken one takes
    no other with it.
    """
    held: list[str] = []
    begun, depth, size = 0, 0, 0
    for number, line in _split_between(numbered):
        if held and depth > 0 and line.startswith(opening):
            yield begun, "".join(held)  # it was not closed: whoever parses it will tell
            held, depth, size = [], 0, 0
        if not held:
            line = line.lstrip(_AROUND + "]")  # noqa: PLW2901 - what stands between two values
            begun = number
            if not line:
                continue
        held.append(line)
        size += len(line)
        depth += _depth(line)
        if depth <= 0 or size > LONGEST_RECORD:
            text = "".join(held).strip(_AROUND)
            yield begun, text.removesuffix("]").rstrip(_AROUND) if depth < 0 else text
            held, depth, size = [], 0, 0
    if held:
        yield begun, "".join(held)


def _split_between(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines; one that closes an object and opens the next becomes two."""
    for number, line in numbered:
        between = _BETWEEN.fullmatch(line)
        yield from [(number, between[1]), (number, between[2])] if between else [(number, line)]


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _depth(line: str) -> int:
    """How many more brackets a line opens than it closes, those in strings apart."""
    bare = _STRING.sub("", line)
    return bare.count("{") + bare.count("[") - bare.count("}") - bare.count("]")
