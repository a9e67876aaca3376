"""HTML: the main text of a page, and what its head says of it; hOCR with its pages and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError, decode
from reuse.corpus.html_page import HtmlPage
from reuse.corpus.records import Record
from reuse.corpus.streams import read_bytes
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file."""
    data = read_bytes(path)
    page = page_of(data, options.encoding)
    text, places = page.main()
    if not text.strip():
        raise NotTextError("holds no text", "leave it out")
    yield Record(text, page.fields, places=places)


def page_of(data: bytes, encoding: str | None) -> HtmlPage:
    """A page, parsed; its encoding is what was asked for, else UTF-8, else what it says of itself."""
    if encoding is None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            said = _CHARSET.search(data[:4_096])
            encoding = said[1].decode("ascii") if said and said[1].lower() not in {b"utf-8", b"utf8"} else None
    try:
        text = decode(data, encoding).text
    except LookupError:
        text = decode(data).text
    page = HtmlPage()
    page.feed(text)
    page.close()
    return page
