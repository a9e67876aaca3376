"""Word (.docx), OpenDocument (.odt) and EPUB: packages of XML; read are their words, not their looks."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.extract import Extract
from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.packages import open_package, part_of
from reuse.corpus.readers.html import page_of
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
            kind = _epub
        elif "content.xml" in names:
            kind = _open_document
        else:
            raise NotTextError("is no Word, OpenDocument or EPUB file", "convert it to plain text (.txt, UTF-8)")
        record = kind(package)
    if not record.text.strip():
        raise NotTextError("holds no text", "leave it out")
    yield record


class _Collects(Handler):
    """Text of elements by their names, for the small files that say what a package is."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note an element."""
        self.elements.append((name, attributes))
        self._name = name

    def end(self, name: str) -> None:
        """What follows belongs to no element that counts."""
        self._name = ""

    def data(self, text: str) -> None:
        """Note its text."""
        if self._name:
            self.said[self._name] = (self.said.get(self._name, "") + text).strip()


def _described(package: zipfile.ZipFile, name: str) -> _Collects:
    found = _Collects()
    if name in package.namelist():
        with part_of(package, name) as stream:
            parse_xml(stream, found)
    return found


def _fields(said: Mapping[str, str], **roles: str) -> dict[str, str]:
    return {role: said[name] for role, name in roles.items() if said.get(name)}


class _Word(Handler):
    """The paragraphs of a Word document; what is deleted, and text boxes (kept for the end), are no part of them."""

    def __init__(self, out: Extract) -> None:
        self.out = out
        self.boxes: list[Extract] = []
        self._path: list[str] = []
        self._page = 1

    def _here(self) -> Extract | None:
        if "del" in self._path or "Fallback" in self._path or "moveFrom" in self._path:
            return None
        return self.boxes[-1] if "txbxContent" in self._path and self.boxes else self.out

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, a break, a page."""
        self._path.append(name)
        if name == "txbxContent" and "Fallback" not in self._path:
            self.boxes.append(Extract())
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
        page_break = name == "lastRenderedPageBreak" or (name == "br" and attributes.get("type") == "page")
        if page_break:
            self._page += 1
            here.place(f"p. {self._page}")

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


def _word(package: zipfile.ZipFile) -> Record:
    out = Extract()
    out.place("p. 1")
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if name not in package.namelist():
            continue
        handler = _Word(out)
        out.paragraph()
        with part_of(package, name) as stream:
            parse_xml(stream, handler)
        for box in handler.boxes:
            out.paragraph()
            out.add(box.text(), verbatim=True)
    said = _described(package, "docProps/core.xml").said
    return Record(out.text(), _fields(said, title="title", author="creator"), places=tuple(out.places))


class _OpenDocument(Handler):
    """The paragraphs of an OpenDocument text; its notes stand at the end, what is deleted nowhere."""

    def __init__(self) -> None:
        self.out, self.notes = Extract(), Extract()
        self._path: list[str] = []

    def _here(self) -> Extract | None:
        if "tracked-changes" in self._path or "annotation" in self._path or "note-citation" in self._path:
            return None
        return self.notes if "note" in self._path else self.out

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A paragraph, a line break, a blank."""
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
        elif name == "soft-page-break":
            here.paragraph()

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
        handler.out.add(handler.notes.text(), verbatim=True)
    said = _described(package, "meta.xml").said
    return Record(handler.out.text(), _fields(said, title="title", author="initial-creator"))


def _epub(package: zipfile.ZipFile) -> Record:
    container = _described(package, "META-INF/container.xml")
    root = next((attributes["full-path"] for name, attributes in container.elements if name == "rootfile"), None)
    if root is None or root not in package.namelist():
        raise NotTextError("is a broken EPUB: it does not say where its contents are", "mend it with an EPUB editor")
    described = _described(package, root)
    files = {
        attributes.get("id", ""): attributes.get("href", "")
        for name, attributes in described.elements
        if name == "item"
    }
    spine = [attributes.get("idref", "") for name, attributes in described.elements if name == "itemref"]
    out = Extract()
    for number, name in enumerate(spine, start=1):
        part = posixpath.normpath(posixpath.join(posixpath.dirname(root), files.get(name, "").split("#")[0]))
        if part not in package.namelist():
            continue
        with part_of(package, part) as stream:
            text, _ = page_of(stream.read(), None).main()
        out.paragraph()
        out.place(f"ch. {number}")
        out.add(text, verbatim=True)
    fields = _fields(described.said, title="title", author="creator", date="date", source="publisher")
    return Record(out.text(), fields, places=tuple(out.places))
