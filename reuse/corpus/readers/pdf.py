"""PDF: the text that its pages have, page by page; pictures of text have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.corpus.decode import NotTextError
from reuse.corpus.places import Place, Places
from reuse.corpus.records import Record
from reuse.corpus.streams import LONGEST_TEXT
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_LINE_END = re.compile(r"\r\n?")
_BROKEN_WORD = re.compile("\ufffe\\n?")  # with which the library takes away the end of the line
_NEW_LINE = re.compile("\n")
_PAGE_END = "\n\f"


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file. A form feed stands between pages, a soft hyphen where a word is broken."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra
    except ImportError:
        raise NotTextError("is a PDF, which needs pypdfium2", "pip install 'textreuse[pdf]'") from None
    pages: list[str] = []
    places: list[tuple[int, Place]] = []
    size = 0
    try:
        document = pypdfium2.PdfDocument(path)
        names = _page_names(document)
        for number, name in enumerate(names):
            page = document[number]
            text = page.get_textpage().get_text_range(errors="replace")
            text = _BROKEN_WORD.sub("\u00ad\n", _LINE_END.sub("\n", text)).strip("\n")
            places += [(size + start, Place(name, str(line))) for line, start in enumerate(_line_starts(text), start=1)]
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
    yield Record(text, {}, places=Places.of(places))


def _page_names(document: PdfDocument) -> list[str]:
    """What the pages are called: as the file labels them (`xii`, `1`), if each has a label of its own, else counted."""
    labels = [document.get_page_label(number).strip() for number in range(len(document))]
    distinct = all(labels) and len(set(labels)) == len(labels)
    return labels if distinct else [str(number) for number in range(1, len(labels) + 1)]


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _NEW_LINE.finditer(text))]
