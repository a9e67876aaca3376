"""E-mail: one message (.eml) or many (.mbox), each a report with its subject as title and its day as date."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.readers.html import page_of
from reuse.corpus.records import Record
from reuse.corpus.streams import read_bytes
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_HEADERS = {"title": "subject", "date": "date", "source": "from", "to": "to"}
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, AssertionError)
"""What the standard library raises on headers and bodies that are no such ones."""


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The messages of a file."""
    data = read_bytes(path)
    many = data.startswith(b"From ")
    found = 0
    for number, message in enumerate(_messages(data) if many else [data]):
        record = _record(message, number if many else None)
        if record is None:
            troubles.record(number + 1, "is a message without text", "leave it out")
        else:
            found += 1
            yield record
    if not found:
        raise NotTextError("holds no message with text", "leave it out")


def _messages(data: bytes) -> Iterator[bytes]:
    """The messages of an mbox: each begins with a line "From …" behind an empty one."""
    start = 0
    while start < len(data):
        following = data.find(b"\n\nFrom ", start)
        crlf = data.find(b"\r\n\r\nFrom ", start)
        end = min((place for place in (following, crlf) if place >= 0), default=len(data))
        yield data[data.find(b"\n", start) + 1 : end]
        start = data.find(b"From ", end) if end < len(data) else end


def _record(data: bytes, number: int | None) -> Record | None:
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
        text = _text(message)
        fields = {role: str(message[header]).strip() for role, header in _HEADERS.items() if message[header]}
        identity = str(message["message-id"]).strip("<> ") if message["message-id"] and number is not None else None
    except _BROKEN:
        return None
    return Record(text, fields, identity, number) if text.strip() else None


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    content = body.get_content()
    if body.get_content_subtype() == "html":
        return page_of(str(content).encode("utf-8", "replace"), "utf-8").main()[0]
    return str(content).replace("\r\n", "\n")
