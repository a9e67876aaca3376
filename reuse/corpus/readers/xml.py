"""XML: TEI, ALTO, PAGE; of other kinds all that is text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import ClassVar

from reuse.corpus.decode import NotTextError
from reuse.corpus.extract import Extract
from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.records import Record
from reuse.corpus.streams import read_bytes
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
_HYPHENS = ("-", "\u2010", "\u00ac", "\u2e17", "\u00ad")


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The one report of a file."""
    data = read_bytes(path)
    root = _ROOT.search(data[:65_536])
    name = root[1].decode("ascii", "replace") if root else ""
    kind = _KINDS.get(name.lower(), Plain)
    handler = kind()
    parse_xml(io.BytesIO(data), handler)
    if kind is Plain:
        troubles.file(f"is XML of no known kind ({name}); all its text was read", "convert it, or leave it out")
    if not handler.out.text().strip():
        raise NotTextError("holds no text", "leave it out")
    yield Record(handler.out.text(), handler.fields, places=handler.out.places)


class Plain(Handler):
    """Everything that is text, each element on a line of its own.

    Attributes:
        out: The text so far.
        fields: Metadata.
    """

    def __init__(self) -> None:
        self.out = Extract()
        self.fields: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.out.line()

    def end(self, name: str) -> None:
        """It ends."""
        self.out.line()

    def data(self, text: str) -> None:
        """Text."""
        self.out.add(text)


class Tei(Plain):
    """The text of a TEI document: what stands there in the end, without header, notes and page furniture.

    Of a correction the correct form is read, of a regularised word the original, of an abbreviation the expansion.
    """

    BLOCKS: ClassVar = frozenset((
        "p", "ab", "head", "div", "lg", "sp", "stage", "item", "row", "list", "table", "quote", "opener",
        "closer", "dateline", "salute", "signed",
    ))  # fmt: skip
    LINES: ClassVar = frozenset(["l", "cell", "label"])
    SKIPPED: ClassVar = frozenset(
        ["note", "fw", "figDesc", "sic", "abbr", "reg", "del", "facsimile", "sourceDoc", "standOff"]
    )

    def __init__(self) -> None:
        super().__init__()
        self._path: list[str] = []
        self._skipping = 0
        self._said: list[str] = []
        self._elements = [""]  # of each element that is open, what it lies in is called

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; pages, lines and elements are named as the document names them."""
        self._path.append(name)
        self._elements.append(_element_name(name, attributes) or self._elements[-1])
        self.out.element(self._elements[-1])
        if name == "teiHeader" or (name in self.SKIPPED and self._is_skipped(name)):
            self._skipping += 1
        self._said = []
        if "teiHeader" in self._path:
            self._header(name, attributes)
        elif self._skipping:
            return
        elif name == "pb" and attributes.get("n"):
            self.out.page(attributes["n"])
        elif name == "lb":
            if attributes.get("break") == "no":
                self.out.add("\u00ad")
            self.out.line()
            self._number(attributes)
        elif name in self.BLOCKS:
            self.out.paragraph()
        elif name in self.LINES:
            self.out.line()
            if name == "l":
                self._number(attributes)

    def _number(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("n"):
            self.out.numbered_line(attributes["n"])

    def end(self, name: str) -> None:
        """It ends."""
        self._path.pop()
        self._elements.pop()
        self.out.element(self._elements[-1])
        if "teiHeader" in self._path:
            self._end_of_header(name)
        elif name in self.BLOCKS:
            self.out.paragraph()
        elif name in self.LINES:
            self.out.line()
        if name == "teiHeader" or (name in self.SKIPPED and self._is_skipped(name)):
            self._skipping -= 1

    def data(self, text: str) -> None:
        """Text of the report or of its header."""
        if "teiHeader" in self._path:
            self._said.append(text)
        elif not self._skipping and "text" in self._path:
            self.out.add(text)

    def _is_skipped(self, name: str) -> bool:
        """Readings are left out only where there is a choice."""
        return name not in {"sic", "abbr", "reg"} or "choice" in self._path

    def _header(self, name: str, attributes: Mapping[str, str]) -> None:
        dated = name == "date" and "publicationStmt" not in self._path
        given = attributes.get("when") or attributes.get("from")
        if dated and given and "fileDesc" in self._path:
            self.fields.setdefault("date", given)

    def _end_of_header(self, name: str) -> None:
        said = " ".join("".join(self._said).split())
        self._said = []
        within = set(self._path)
        if not said or "revisionDesc" in within:
            return
        if name == "title" and "titleStmt" in within:
            self.fields.setdefault("title", said)
        elif name == "author" and "titleStmt" in within:
            self.fields.setdefault("author", said)
        elif name == "date" and "sourceDesc" in within:
            self.fields.setdefault("date", said)


class Alto(Plain):
    """The words of an ALTO page, line by line; words broken at line ends keep their hyphen.

    A page has the number that is printed on it, where the file says it, else that of its picture.
    """

    def __init__(self) -> None:
        super().__init__()
        self._line = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A page, a block, a line or a word."""
        if name == "Page":
            number = attributes.get("PRINTED_IMG_NR") or attributes.get("PHYSICAL_IMG_NR")
            self.out.page(number or "")
            self.out.paragraph()
            self._line = 0
        elif name == "TextBlock":
            self.out.paragraph()
        elif name == "TextLine":
            self._line += 1
            self.out.numbered_line(self._line)
        elif name == "String":
            self.out.add(f" {attributes.get('CONTENT', '')}")
        elif name == "HYP":
            self.out.add(attributes.get("CONTENT", "-"))

    def end(self, name: str) -> None:
        """Nothing ends but with what follows."""

    def data(self, text: str) -> None:
        """ALTO has its words in attributes."""


class Page(Plain):
    """The lines of a PAGE file, region by region in their reading order, and numbered in it."""

    def __init__(self) -> None:
        super().__init__()
        self._path: list[str] = []
        self._region = ""
        self._regions: dict[str, list[str]] = {}
        self._order: list[tuple[int, str]] = []
        self._said: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A region, a line, or a place in the reading order."""
        self._path.append(name)
        if name == "RegionRefIndexed":
            index = attributes.get("index", "")
            self._order.append((int(index) if index.isdecimal() else len(self._order), attributes.get("regionRef", "")))
        elif name == "TextRegion":
            self._region = attributes.get("id", "")
            self._regions.setdefault(self._region, [])
        elif name == "Unicode":
            self._said = []

    def end(self, name: str) -> None:
        """A line's text counts, not those of its words and not the region's own copy."""
        self._path.pop()
        if name == "Unicode" and self._path[-2:] == ["TextLine", "TextEquiv"]:
            self._regions.setdefault(self._region, []).append("".join(self._said))
        elif name == "PcGts":
            ranked = {region: place for place, region in reversed(self._order)}
            numbers = count(1)
            for region in sorted(self._regions, key=lambda one: ranked.get(one, len(ranked))):
                self.out.paragraph()
                for line in self._regions[region]:
                    self.out.numbered_line(next(numbers))
                    self.out.add(line)

    def data(self, text: str) -> None:
        """Text of a line, a word or a region."""
        if self._path and self._path[-1] == "Unicode":
            self._said.append(text)


def _element_name(name: str, attributes: Mapping[str, str]) -> str:
    """What an element is called: its id, or its kind and number (`chapter 3`); empty: nothing, as words are not."""
    if attributes.get("id") and name not in {"w", "c", "pc"}:
        return f"#{attributes['id']}"
    if name.startswith("div") and attributes.get("n"):
        return f"{attributes.get('type') or 'div'} {attributes['n']}"
    return ""


_KINDS: dict[str, type[Plain]] = {"tei": Tei, "teicorpus": Tei, "alto": Alto, "pcgts": Page}
