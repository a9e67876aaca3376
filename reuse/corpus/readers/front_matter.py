"""The block of `key: value` lines between two `---` that may open a text file."""

from __future__ import annotations

import re

_LONGEST = 20_000  # code points
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_ENTRY = re.compile(r"([^\W\d][\w .-]*?)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)|[ \t]+(\S.*)")


def split_front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of the front matter, and where the report begins, in code points; ({}, 0) if there is none.

    Understood are single lines `key: value`, with or without quotes, and lists, whose items are joined by `, `. A block
    that holds anything else is no front matter but a part of the report: two rules drawn around prose.
    """
    if not text.startswith("---"):
        return {}, 0
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), _LONGEST) if opening else None
    if opening is None or closing is None:
        return {}, 0
    fields: dict[str, str] = {}
    key = None
    for line in text[opening.end() : closing.start()].splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line)
        item = _ITEM.fullmatch(line)
        if entry:
            key = entry[1]
            fields[key] = _unquoted(entry[2] or "")
        elif item and key is not None:
            value = _unquoted(item[1] or item[2])
            fields[key] = f"{fields[key]}, {value}" if fields[key] else value
        else:
            return {}, 0
    return (fields, closing.end()) if fields else ({}, 0)


def _unquoted(value: str) -> str:
    value = value.strip()
    if value in {"|", ">", "|-", ">-"}:  # the mark of a text over several lines, which follow
        return ""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
