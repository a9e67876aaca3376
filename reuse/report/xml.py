"""Writing XML by hand: what may stand in it, and escaping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

# XML 1.0 has no way to write these, not even as references.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(value: object) -> str:
    """A value as text of an element; a character that XML does not have becomes U+FFFD, so offsets stand.

    A carriage return is written as a reference, or a parser would make it a newline.
    """
    return escape(_NO_CHARACTER.sub("\ufffd", str(value)), {"\r": "&#13;"})


def attribute(value: object) -> str:
    """A value as an attribute with its quotation marks."""
    return quoteattr(_NO_CHARACTER.sub("\ufffd", str(value)), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def start(
    name: str, attributes: Mapping[str, object] | Iterable[tuple[str, object]] = (), *, empty: bool = False
) -> str:
    """A start tag, or that of an empty element; attributes that are None are left out."""
    pairs = attributes.items() if isinstance(attributes, Mapping) else attributes
    written = "".join(f" {key}={attribute(value)}" for key, value in pairs if value is not None)
    return f"<{name}{written}{'/' if empty else ''}>"


def element(name: str, value: object, attributes: Mapping[str, object] | Iterable[tuple[str, object]] = ()) -> str:
    """An element with text."""
    return f"{start(name, attributes)}{text_of(value)}</{name}>"
