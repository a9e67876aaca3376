"""Word (.docx) and OpenDocument (.odt), packages of XML; read are their words, not their looks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.extract import Extract
from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.packages import open_package, part_of
from reuse.corpus.places import Place, Places
from reuse.corpus.readers.described import described, fields_of
from reuse.corpus.readers.epub import epub_record
from reuse.corpus.records import Record
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file."""
    with open_package(path) as package:
        names = set(package.namelist())
        kind: Callable[[zipfile.ZipFile], Record]
        if "word/document.xml" in names:
            kind = _word
        elif "META-INF/container.xml" in names:
            kind = epub_record
        elif "content.xml" in names:
            kind = _open_document
        else:
            raise NotTextError("is no Word, OpenDocument or EPUB file", "convert it to plain text (.txt, UTF-8)")
        record = kind(package)
    if not record.text.strip():
        raise NotTextError("holds no text", "leave it out")
    yield record


class _Word(Handler):
    """The paragraphs of a Word document; what is deleted, and text boxes (kept for the end), are no part of them.

    Its pages are those that Word laid out when it saved the file, and those that the writer began.

    Attributes:
        out: The text so far.
        boxes: Text boxes.
        page: Number of the page.
        notes: Where footnotes and endnotes are referred to, by what their elements are called and their ids.
    """

    def __init__(self, out: Extract, notes: dict[tuple[str, str], Place]) -> None:
        self.out, self.notes = out, notes
        self.boxes: list[Extract] = []
        self.page = 1
        self._fresh = False  # whether nothing stands on the page yet
        self._path: list[str] = []

    def _here(self) -> Extract | None:
        if "del" in self._path or "Fallback" in self._path or "moveFrom" in self._path:
            return None
        return self.boxes[-1] if "txbxContent" in self._path and self.boxes else self.out

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, a break, a page."""
        self._path.append(name)
        if name == "txbxContent" and "Fallback" not in self._path:
            self.boxes.append(Extract())
            self.boxes[-1].here = self.out.here
        self._note(name, attributes)
        here = self._here()
        if here is None:
            return
        if name in {"p", "tr"}:
            here.paragraph()
        elif name in {"br", "cr"}:
            here.line()
        elif name == "tab":
            here.add(" ")
        elif name == "noBreakHyphen":
            here.add("-")
        elif name == "softHyphen":
            here.add("\u00ad")
        begun = name == "br" and attributes.get("type") == "page"
        if here is self.out and (begun or (name == "lastRenderedPageBreak" and not self._fresh)):
            self.page += 1
            self._fresh = begun
            here.page(str(self.page))

    def _note(self, name: str, attributes: Mapping[str, str]) -> None:
        """A note, which stands where it was referred to."""
        identity = attributes.get("id", "")
        if name in {"footnote", "endnote"}:
            self.out.here = self.notes.get((name, identity), Place())
        elif name in {"footnoteReference", "endnoteReference"}:
            named = self.out.here._replace(element=f"note {len(self.notes) + 1}")
            self.notes[name.removesuffix("Reference"), identity] = named

    def end(self, name: str) -> None:
        """A paragraph ends."""
        here = self._here()
        self._path.pop()
        if here is not None and name in {"p", "tc"}:
            here.paragraph()

    def data(self, text: str) -> None:
        """Text of a run."""
        here = self._here()
        if here is not None and self._path and self._path[-1] == "t":
            here.add(text)
            self._fresh = False


def _word(package: zipfile.ZipFile) -> Record:
    out = Extract()
    out.page("1")
    pages = 1
    notes: dict[tuple[str, str], Place] = {}
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if name not in package.namelist():
            continue
        handler = _Word(out, notes)
        out.paragraph()
        with part_of(package, name) as stream:
            parse_xml(stream, handler)
        for box in handler.boxes:
            out.paragraph()
            out.embed(box.text(), box.places)
        pages = max(pages, handler.page)
    places = out.places
    if pages == 1:  # it was not laid out, so where its pages end is not known
        places = replace(places, pages=[""] * len(places)) if notes else Places()
    said = described(package, "docProps/core.xml").said
    return Record(out.text(), fields_of(said, title="title", author="creator"), places=places)


class _OpenDocument(Handler):
    """The paragraphs of an OpenDocument text; its notes stand at the end, what is deleted nowhere."""

    def __init__(self) -> None:
        self.out, self.notes = Extract(), Extract()
        self.page = 1
        self._path: list[str] = []
        self.out.page("1")

    def _here(self) -> Extract | None:
        if "tracked-changes" in self._path or "annotation" in self._path or "note-citation" in self._path:
            return None
        return self.notes if "note" in self._path else self.out

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, a line break, a blank."""
        if name == "note":
            self.notes.here = self.out.here
        self._path.append(name)
        here = self._here()
        if here is None:
            return
        if name in {"p", "h"}:
            here.paragraph()
        elif name == "line-break":
            here.line()
        elif name in {"s", "tab"}:
            here.add(" ")
        elif name == "soft-page-break" and here is self.out:
            self.page += 1
            here.page(str(self.page))

    def end(self, name: str) -> None:
        """A paragraph ends."""
        here = self._here()
        self._path.pop()
        if here is not None and name in {"p", "h"} and "note" not in self._path:
            here.paragraph()

    def data(self, text: str) -> None:
        """Text of a paragraph."""
        here = self._here()
        if here is not None and {"p", "h"} & set(self._path):
            here.add(text)


def _open_document(package: zipfile.ZipFile) -> Record:
    handler = _OpenDocument()
    with part_of(package, "content.xml") as stream:
        parse_xml(stream, handler)
    if handler.notes.text():
        handler.out.paragraph()
        handler.out.embed(handler.notes.text(), handler.notes.places)
    said = described(package, "meta.xml").said
    places = handler.out.places if handler.page > 1 else Places()
    return Record(handler.out.text(), fields_of(said, title="title", author="initial-creator"), places=places)
