"""Metadata from the names of files, by a pattern such as `{date}-{source}-{n}`."""

from __future__ import annotations

import re

from reuse.errors import UsageError

_FIELD = re.compile(r"\{([^{}]*)\}")
_DATE = r"\d{4}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?)?|[^/]+?"
_REMEDY = "write fields in braces, each once, with something between them: {date}-{source}-{n}"


class NamePattern:
    """The fields that a file's name gives.

    A field stands for one character or more, as few as fit; `date` for a date in numbers, where there is one, and `n`
    for digits. The pattern is held against the name without its suffix, and against as many folders before it as the
    pattern has.

    Args:
        pattern: Such as `{date}-{source}-{n}` or `{source}/{date}`; a field called `_` or nothing is passed over.

    Raises:
        UsageError: It is no such pattern.
    """

    def __init__(self, pattern: str) -> None:
        parts = _FIELD.split(pattern)
        names = parts[1::2]
        kept = [name for name in names if name not in {"", "_"}]
        wrong = not kept or len(set(kept)) < len(kept) or "" in parts[2:-1:2] or re.search(r"[{}]", "".join(parts[::2]))
        if wrong or not all(name.isidentifier() for name in kept):
            raise UsageError(f"'{pattern}' is no pattern for names; {_REMEDY}")
        self._folders = pattern.count("/")
        pieces = []
        for number, part in enumerate(parts):
            if number % 2 == 0:
                pieces.append(re.escape(part))
            elif part in {"", "_"}:
                pieces.append("[^/]+?")
            else:
                inner = _DATE if part == "date" else r"\d+" if part == "n" else "[^/]+?"
                pieces.append(f"(?P<{part}>{inner})")
        self._regex = re.compile("".join(pieces))

    def fields(self, name: str) -> dict[str, str] | None:
        """The fields of a file by its path with `/` and without its suffix; None if it does not fit."""
        match = self._regex.fullmatch("/".join(name.split("/")[-self._folders - 1 :]))
        return match.groupdict() if match else None
