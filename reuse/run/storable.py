r"""The one door through which text goes to `run.sqlite`, and back to the name of a file.

A file's name may be bytes that are no UTF-8, which Python holds as lone surrogates, and JSON may spell a lone surrogate
out; neither SQLite nor UTF-8 can hold one. They are written as `\xe9` (the byte) or `\ud800` (the surrogate), which a
reader can see and a JSON parser reads back.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_BYTE = re.compile(r"\\x([89a-f][0-9a-f])")
_BYTES = range(0xDC80, 0xDD00)
"""Surrogates that stand for a byte of a name (PEP 383)."""


def storable(text: str) -> str:
    """A name or a title without lone surrogates; most come back unchanged."""
    return _SURROGATE.sub(_spelled_out, text)


def storable_json(text: str) -> str:
    """JSON text without lone surrogates: with the escapes of JSON in their place, so that it says the same."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def storable_text(text: str) -> str:
    """A document's text without lone surrogates: U+FFFD in the place of each, so that offsets stay."""
    try:
        text.encode()  # much faster than a search
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def storable_value(value: Any) -> Any:  # noqa: ANN401 - whatever SQLite takes
    """A parameter of a query as SQLite can take it."""
    return storable(value) if isinstance(value, str) else value


def stored_file(path: str, root: Path | None = None) -> Path:
    """The file of a stored path: bytes that were spelled out are bytes again, unless a file is named so.

    Args:
        path: As it is stored.
        root: Folder that a relative path starts from; None: the current one.
    """
    plain = (root or Path()) / path
    if "\\x" not in path or plain.exists():
        return plain
    return (root or Path()) / _ESCAPED_BYTE.sub(lambda found: chr(0xDC00 + int(found[1], 16)), path)


def _spelled_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if code in _BYTES else f"\\u{code:04x}"
