"""HTML: the main text of a page, and what its head says of it; hOCR with its pages and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from reuse.corpus.decode import NotTextError, decode
from reuse.corpus.extract import Extract
from reuse.corpus.places import Places
from reuse.corpus.records import Record
from reuse.corpus.streams import read_bytes
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "table", "tr", "blockquote", "pre", "figure", "hr", "body", "address",
))  # fmt: skip
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select",
    "svg", "math", "iframe", "object", "figcaption", "head",
))  # fmt: skip
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_META = {
    "og:title": "title",
    "dc.title": "title",
    "citation_title": "title",
    "article:published_time": "date",
    "datepublished": "date",
    "date": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "pubdate": "date",
    "citation_publication_date": "date",
    "og:site_name": "source",
    "dc.publisher": "source",
    "og:url": "url",
    "author": "author",
}
_WRAPPERS = frozenset(["html", "body", "main", "article", "div"])
_OCR_LINES = frozenset(["ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"])
_PAGE_NUMBER = re.compile(r"ppageno\s+(\d+)")


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


class HtmlPage(HTMLParser):
    """A page as it is parsed.

    Attributes:
        fields: Title, date, source, address and author, as its head gives them.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._whole, self._article = Extract(), Extract()
        self._open: list[str] = []
        self._title: list[str] = []
        self._page = self._line = 0

    def main(self) -> tuple[str, Places]:
        """The text of what is marked as the article, else of the whole page; and its places. Settles the title, too."""
        if self._title:
            self.fields.setdefault("title", " ".join("".join(self._title).split()))
        chosen = self._article if self._article.text().strip() else self._whole
        return chosen.text(), chosen.places

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            role = _META.get(
                (attributes.get("property") or attributes.get("name") or attributes.get("itemprop", "")).lower()
            )
            if role and attributes.get("content"):
                self.fields.setdefault(role, attributes["content"].strip())
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical" and attributes.get("href"):
            self.fields["url"] = attributes["href"].strip()
        elif tag == "time" and attributes.get("datetime") and not self._is_skipped():
            self.fields.setdefault("date", attributes["datetime"].strip())
        if tag not in _VOID:
            self._open.append(tag)
        self._breaks(tag)
        self._place(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and what was left open in it."""
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass
        self._breaks(tag)

    def handle_data(self, data: str) -> None:
        """Text."""
        if "title" in self._open and "svg" not in self._open:
            self._title.append(data)
        if self._is_skipped():
            return
        for extract in self._targets():
            extract.add(data)

    def _is_skipped(self) -> bool:
        """Navigation and the like; but the heading of an article is a part of it."""
        inside = self._open[self._open.index("article") :] if "article" in self._open else self._open
        return any(tag in _SKIPPED and not (tag == "header" and inside is not self._open) for tag in inside)

    def _targets(self) -> list[Extract]:
        return [self._whole, self._article] if {"article", "main"} & set(self._open) else [self._whole]

    def _breaks(self, tag: str) -> None:
        for extract in self._targets():
            if tag == "br":
                extract.line()
            elif tag in _BLOCKS:
                extract.paragraph()

    def _place(self, tag: str, attributes: dict[str, str]) -> None:
        """Pages and lines of hOCR, page breaks of books; else the last id that an address can point to."""
        kinds = set(attributes.get("class", "").split())
        if "ocr_page" in kinds:
            said = _PAGE_NUMBER.search(attributes.get("title", ""))
            self._page = int(said[1]) + 1 if said else self._page + 1
            self._line = 0
            self._whole.paragraph()
            self._whole.page(str(self._page))
        elif kinds & _OCR_LINES:
            self._line += 1
            self._whole.numbered_line(self._line)
        elif attributes.get("epub:type") == "pagebreak" or attributes.get("role") == "doc-pagebreak":
            for extract in self._targets():
                extract.page(attributes.get("title") or attributes.get("aria-label", ""))
        elif attributes.get("id") and not self._page and tag not in _WRAPPERS and not self._is_skipped():
            for extract in self._targets():
                extract.element(f"#{attributes['id']}")
