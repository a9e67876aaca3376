"""Tags that stand in a text as it was read: `<p>`, `</strong>`, `<lb n="3"/>`. They are mark-up and no words.

Records of databases and texts saved from the web have those of HTML, corpora those of their own, so that no list of
names tells what a tag is: one that ends an element is one if the text has the one that begins it, and the other way
round; one that has attributes in quotes or is empty (`<lb/>`) is one by itself. What stands alone in angle brackets
(`<a>` for a letter, `<name>` to be filled in, an address of mail) stays text. A text is looked at by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NAME = r"[^\W\d_][\w:.-]*"
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s<>"'=`]+)"""
_TAG = re.compile(
    rf"""<(?:(?P<declares>[!?][A-Za-z][^<>]*)
        |/(?P<ends>{_NAME})\s*
        |(?P<begins>{_NAME})(?:(?P<attributes>(?:\s+{_NAME}\s*=\s*{_VALUE})*)\s*(?P<empty>/?)|\s[^<>]*))>""",
    re.VERBOSE,
)
_HIDING = re.compile(r"<(?:!--|(?P<name>script|style)\b[^<>]*>)", re.IGNORECASE)
_ALONE = frozenset(["br", "hr", "wbr", "img", "input", "link", "meta", "col", "source"])
"""Elements of HTML that nothing ends."""
_PARAGRAPHS = frozenset((
    "address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "doc", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "lg", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "text", "tfoot", "th", "thead", "title", "tr", "ul",
))  # fmt: skip
"""Elements that are paragraphs of their own, in HTML, in TEI and in corpora."""
_LINES = frozenset(["br", "l", "lb", "line", "pb"])
"""Those that are lines of their own, or end one."""

INLINE, LINE, PARAGRAPH = range(3)


def tags(batch: str, bounds: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The tags in some texts: first row, row behind the last, and what they part (INLINE: nothing, LINE, PARAGRAPH).

    A comment is one, and a script or a style with all that is in it.

    Args:
        batch: Documents, joined by separators of one code point.
        bounds: Where each document begins, and behind the last one's separator.

    Cost: linear in the texts that have a `<`.
    """
    at = batch.find("<", bounds[0])
    document = 0
    while at >= 0:
        while bounds[document + 1] <= at:
            document += 1
        end = bounds[document + 1] - 1
        yield from _tags_of(batch, at, end)
        at = batch.find("<", end)


def _tags_of(batch: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    hidden = list(_hidden(batch, start, end))
    found: list[re.Match[str]] = []
    for hides, goes_on in zip([*hidden, (end, end)], [(start, start), *hidden], strict=True):
        found += _TAG.finditer(batch, goes_on[1], hides[0])
    begun = {tag["begins"].lower() for tag in found if tag["begins"]}
    ended = {tag["ends"].lower() for tag in found if tag["ends"]}
    yield from ((*span, PARAGRAPH) for span in hidden)
    for tag in found:
        name = (tag["begins"] or tag["ends"] or "").lower()
        if tag["begins"]:
            quoted = any(sign in (tag["attributes"] or "") for sign in "\"'")
            known = name in ended or name in _ALONE or bool(tag["empty"]) or quoted
        else:
            known = tag["declares"] is not None or name in begun
        if known:
            yield *tag.span(), _parts(batch, name, tag.end())


def _hidden(batch: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of comments, scripts and styles; what is never closed is none."""
    unclosed: set[str] = set()
    while opening := _HIDING.search(batch, start, end):
        start = opening.end()
        sign = f"</{opening['name'].lower()}" if opening["name"] else "-->"
        if sign in unclosed:
            continue
        closing = re.compile(sign + (r"\s*>" if opening["name"] else ""), re.IGNORECASE).search(batch, start, end)
        if closing:
            start = closing.end()
            yield opening.start(), start
        else:
            unclosed.add(sign)


def _parts(batch: str, name: str, end: int) -> int:
    """What a tag parts; one that ends a line parts nothing where the line ends anyway."""
    if name in _PARAGRAPHS:
        return PARAGRAPH
    return LINE if name in _LINES and batch[end : end + 1] not in {"\n", "\r"} else INLINE
