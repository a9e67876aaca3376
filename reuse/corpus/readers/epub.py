"""EPUB: the files of a book in the order in which they are read, each under its title in the table of contents."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reuse.corpus.decode import NotTextError
from reuse.corpus.extract import Extract
from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.packages import part_of
from reuse.corpus.readers.described import described, fields_of
from reuse.corpus.readers.html import page_of
from reuse.corpus.records import Record

_LONGEST_TITLE = 80  # code points


def epub_record(package: zipfile.ZipFile) -> Record:
    """A book. Its elements are its files; its pages those that the printed book has, where the files say so.

    Raises:
        NotTextError: It is broken.
    """
    container = described(package, "META-INF/container.xml")
    root = next((attributes.get("full-path") for name, attributes in container.elements if name == "rootfile"), None)
    if root is None or root not in package.namelist():
        raise NotTextError("is a broken EPUB: it does not say where its contents are", "mend it with an EPUB editor")
    book = described(package, root)
    items = [attributes for name, attributes in book.elements if name == "item"]
    files = {item.get("id", ""): _at(root, item.get("href", "")) for item in items}
    titles = _titles(package, [_at(root, item.get("href", "")) for item in items if _is_contents(item)])
    out = Extract()
    spine = (attributes.get("idref", "") for name, attributes in book.elements if name == "itemref")
    for number, name in enumerate(spine, start=1):
        part = files.get(name, "")
        if part not in package.namelist():
            continue
        with part_of(package, part) as stream:
            text, places = page_of(stream.read(), None).main()
        out.paragraph()
        out.element(titles.get(part, f"part {number}"))
        out.embed(text, replace(places, elements=[""] * len(places)))
        if places and places.pages[-1]:
            out.page(places.pages[-1])
    fields = fields_of(book.said, title="title", author="creator", date="date", source="publisher")
    return Record(out.text(), fields, places=out.places)


def _at(beside: str, address: str) -> str:
    """The name in the package of what a file in it points to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(beside), address.split("#", maxsplit=1)[0]))


def _is_contents(item: Mapping[str, str]) -> bool:
    return "nav" in item.get("properties", "").split() or item.get("media-type") == "application/x-dtbncx+xml"


def _titles(package: zipfile.ZipFile, contents: Iterable[str]) -> dict[str, str]:
    """The first title that a table of contents has for each file; a broken table says nothing."""
    titles: dict[str, str] = {}
    for name in contents:
        if name not in package.namelist():
            continue
        found = _Contents()
        try:
            with part_of(package, name) as stream:
                parse_xml(stream, found)
        except NotTextError:
            continue
        for address, title in found.entries:
            if title and _at(name, address) not in titles:
                titles[_at(name, address)] = title
    return titles


class _Contents(Handler):
    """A table of contents, of EPUB 3 (links in a `nav`) or EPUB 2 (an NCX).

    Attributes:
        entries: Address and title of each entry.
    """

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []
        self._said: list[str] = []
        self._address = ""
        self._is_list = True

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An entry begins; lists of pages and of landmarks are no tables of contents."""
        if name == "nav":
            self._is_list = attributes.get("type", "toc") == "toc"
        elif name in {"a", "navLabel"}:
            self._said = []
            self._address = attributes.get("href", "")
        elif name == "content":
            self._enter(attributes.get("src", ""))

    def end(self, name: str) -> None:
        """An entry ends."""
        if name == "a" and self._is_list:
            self._enter(self._address)

    def data(self, text: str) -> None:
        """A part of a title."""
        self._said.append(text)

    def _enter(self, address: str) -> None:
        self.entries.append((address, " ".join("".join(self._said).split())[:_LONGEST_TITLE].rstrip()))
