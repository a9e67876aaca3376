"""PDF: the text that its pages have, page by page; pictures of text have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.records import Record
from reuse.corpus.streams import LONGEST_TEXT
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_LINE_END = re.compile(r"\r\n?")
_PAGE_END = "\n\f"


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file. A form feed stands between pages, U+FFFE where the layout breaks a word."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotTextError("is a PDF, which needs pypdfium2", "pip install 'textreuse[pdf]'") from None
    pages: list[str] = []
    places: list[tuple[int, str]] = []
    size = 0
    try:
        document = pypdfium2.PdfDocument(path)
        for number in range(len(document)):
            page = document[number]
            text = _LINE_END.sub("\n", page.get_textpage().get_text_range(errors="replace")).strip("\n")
            places.append((size, f"p. {number + 1}"))
            pages.append(text)
            size += len(text) + len(_PAGE_END)
            page.close()
            if size > LONGEST_TEXT // 4:
                raise NotTextError("holds too much text", "split it into smaller files")
    except pypdfium2.PdfiumError as error:
        raise NotTextError(f"is a PDF that cannot be read ({error})", "mend it, or print it to another PDF") from None
    empty = sum(not text.strip() for text in pages)
    if empty == len(pages):
        raise NotTextError(
            "is a PDF without text: pictures of pages", "recognise its text first, such as with ocrmypdf"
        )
    if empty:
        troubles.file(
            f"has {empty:,} of {len(pages):,} pages without text", "recognise their text, such as with ocrmypdf"
        )
    text = _PAGE_END.join(pages).encode("utf-8", "replace").decode("utf-8")
    yield Record(text, {}, places=tuple(places))
