"""Reads a list of words and how often each occurs in some corpus, as programs for corpora write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.decode import NotTextError
from reuse.corpus.streams import Lines
from reuse.corpus.tokenise import tokenise
from reuse.corpus.troubles import Troubles, reason_of, shown
from reuse.errors import CorpusError

SUFFIXES = (".csv", ".tsv")
"""What the name of such a file ends on."""

_WORDS = ("word", "type", "token", "form", "item", "term", "feature", "lemma", "text")
_COUNTS = ("count", "freq", "frequency", "tf", "n", "occurrences", "tokens", "abs", "absolute frequency")
_COUNT = re.compile("([0-9]{1,3}(?:[, \u202f][0-9]{3})+|[0-9]+)(?:[.]0)?")
_NOT_DIGITS = re.compile("[^0-9]")
_REMEDY = "a list has two columns, such as word,count; texts in a table are scanned first"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often words occur.

    Attributes:
        hashes: uint64 (words,): the normalised words, as `Vocabulary.hashes` has them.
        times: int64 (words,): occurrences.
    """

    hashes: NDArray[np.uint64]
    times: NDArray[np.int64]


def read_frequencies(path: Path) -> Frequencies:
    """The words of a list. An entry that the tokeniser takes apart counts for each of its words.

    Cells are parted by tabs, else by semicolons or commas. The first row may name the columns (`word` and `count`,
    `Type` and `Freq`, …); without names they are the first one with a letter and the first one of whole numbers.

    Args:
        path: The file.

    Raises:
        CorpusError: It cannot be read, or it is no such list.
    """
    rows = _rows(path)
    word, count, first = _columns(path, rows)
    names: list[str] = []
    times: list[int] = []
    for line, row in rows[first:]:
        if len(row) <= max(word, count):
            raise CorpusError(f"{shown(path)} line {line} has {len(row)} columns – {_REMEDY}")
        number = _number(row[count])
        if number is None:
            raise CorpusError(
                f"{shown(path)} line {line}: {row[count]!r} is no count of occurrences – "
                "rates per million say nothing without the size of the corpus; write whole numbers"
            )
        names.append(row[word])
        times.append(number)
    tokens = tokenise((name, None) for name in names)
    found = np.zeros(len(tokens.vocabulary), dtype=np.int64)
    np.add.at(found, tokens.ids, np.repeat(np.array(times, dtype=np.int64), np.diff(tokens.bounds)))
    if not found.any():
        raise CorpusError(f"{shown(path)} has no words that occur – {_REMEDY}")
    return Frequencies(tokens.vocabulary.hashes, found)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with the numbers of their lines."""
    troubles = Troubles(path, [])
    try:
        lines = [(number, line) for number, line in enumerate(Lines(path, None, troubles, universal=True), start=1)]
    except NotTextError as error:
        raise CorpusError(f"{shown(path)} {error.reason} – {error.remedy}") from error
    except OSError as error:
        raise CorpusError(f"{shown(path)} {' – '.join(reason_of(error))}") from error
    head = "".join(line for _, line in lines[:20])
    delimiter = max("\t;,", key=lambda sign: (head.count(sign) > 0, sign == "\t", head.count(sign)))
    plain = (line for _, line in lines)
    if delimiter == "\t":  # there a quotation mark is a character like any other
        cells = csv.reader(plain, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        cells = csv.reader(plain, delimiter=delimiter)
    return [(cells.line_num, [cell.strip() for cell in row]) for row in cells if any(map(str.strip, row))]


def _columns(path: Path, rows: Sequence[tuple[int, list[str]]]) -> tuple[int, int, int]:
    """The column of words, that of counts, and the first row of the list itself."""
    if not rows:
        raise CorpusError(f"{shown(path)} is empty – {_REMEDY}")
    names = [name.casefold() for name in rows[0][1]]
    word, count = (next((names.index(name) for name in known if name in names), None) for known in (_WORDS, _COUNTS))
    if word is not None and count is not None:
        return word, count, 1
    for first in (0, 1):
        cells = rows[first][1] if first < len(rows) else []
        numbers = [place for place, cell in enumerate(cells) if _number(cell) is not None]
        words = [place for place, cell in enumerate(cells) if place not in numbers and any(map(str.isalpha, cell))]
        if words and numbers:
            return words[0], numbers[0], first
    raise CorpusError(f"{shown(path)} has no column of words with one of whole numbers beside it – {_REMEDY}")


def _number(cell: str) -> int | None:
    """A count as it is written: `1234`, `1,234`, `1 234`, `1234.0`; commas and spaces part thousands only."""
    return int(_NOT_DIGITS.sub("", cell.removesuffix(".0"))) if _COUNT.fullmatch(cell) else None
