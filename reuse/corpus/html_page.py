"""A page of HTML: its main text, and what its head says of it; a text of a record that is a page, or a part of one."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from reuse.corpus.extract import Extract
from reuse.corpus.places import Places

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


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_NAMES = _BLOCKS | _SKIPPED | _VOID | frozenset((
    "html", "title", "span", "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "picture", "video",
    "audio", "details", "summary", "canvas", "param", "optgroup", "option", "textarea", "legend", "fieldset", "ruby",
    "rt", "rp",
))  # fmt: skip


def without_tags(text: str) -> str | None:
    """The text that a page of HTML, or a part of one, shows; None if it is none.

    It is one if it has tags of HTML and no others, and some element ends or a line does: `<a>` alone may be a letter,
    and `<name>` something to be filled in.
    """
    if "</" not in text and "<br" not in text and "<BR" not in text:
        return None
    tags = [(end, name.lower()) for end, name in _TAG.findall(text)]
    if not any(end or name == "br" for end, name in tags) or not {name for _, name in tags} <= _NAMES:
        return None
    page = HtmlPage()
    page.feed(text)
    page.close()
    return page.main()[0]


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
        self._inside = Counter[str]()  # how many elements of each name are open: what is never closed piles up
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
            self._inside[tag] += 1
        self._breaks(tag)
        self._place(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and what was left open in it."""
        if self._inside[tag]:
            closed = ""
            while closed != tag:
                closed = self._open.pop()
                self._inside[closed] -= 1
        self._breaks(tag)

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._inside["title"] and not self._inside["svg"]:
            self._title.append(data)
        if self._is_skipped():
            return
        for extract in self._targets():
            extract.add(data)

    def _is_skipped(self) -> bool:
        """Navigation and the like; but the heading of an article is a part of it."""
        if not any(self._inside[tag] for tag in _SKIPPED):
            return False
        inside = self._open[self._open.index("article") :] if "article" in self._open else self._open
        return any(tag in _SKIPPED and not (tag == "header" and inside is not self._open) for tag in inside)

    def _targets(self) -> list[Extract]:
        in_article = self._inside["article"] or self._inside["main"]
        return [self._whole, self._article] if in_article else [self._whole]

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
