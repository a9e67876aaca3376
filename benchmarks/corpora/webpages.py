"""Pages as web sites, wire services and printers make them, with the truth of what recurs: furniture, or text.

Everything is made up. Furniture: navigation above a page, links and an owner's sign beneath it, an agency's lines at
the head of a dispatch, a running head throughout a long text, an alphabet of links and a table's numbered rows. Text
that must not be taken for it: copied paragraphs, and the formulas that open and close speeches, which stand in the same
place of many documents of one source just as furniture does.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.corpora.model import prose_model

PAGE, DISPATCH, SPEECH, BOOK = "page", "dispatch", "speech", "book"
KINDS = (PAGE, DISPATCH, SPEECH, BOOK)

OPENING = (
    "Mr. Speaker, Mr. Vice President, Members of Congress, members of the Supreme Court and diplomatic corps, "
    "distinguished guests, and fellow citizens:"
)
CLOSING = "Thank you very much. May God bless you all, and may God bless this great country of ours. Good night."


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document; spans are half-open, in code points.

    Attributes:
        name: Its file.
        text: Its text.
        furniture: Spans of furniture.
        formulas: Spans of what opens or closes a speech.
        copied: Spans of paragraphs that stand in other documents as well.
    """

    name: str
    text: str
    furniture: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    copied: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Site:
    """What the documents of one source have in common."""

    above: str
    beneath: str
    wire: str
    head: str


def pages(count: int = 120, sites: int = 6, shared: float = 0.3, seed: int = 1) -> Iterator[Labelled]:
    """Make documents of all kinds in turn.

    Args:
        count: How many.
        sites: Sources, each with furniture of its own.
        shared: Share of the documents that have a copied paragraph.
        seed: Of all choices.
    """
    source = random.Random(seed)
    model = prose_model()
    bodies = [_paragraphs(text) for text in model.documents([420] * count, seed)]
    copied = [" ".join(text.split()) for text in model.documents([90] * max(count // 8, 2), seed + 1)]
    words = [
        word for text in model.documents([3000], seed + 2) for word in text.split() if word.isalpha() and len(word) > 4
    ]
    made = [_site(source, words) for _ in range(sites)]
    for number, body in enumerate(bodies):
        kind = KINDS[number % len(KINDS)]
        paragraph = source.choice(copied) if source.random() < shared else ""
        yield _document(f"{number:04}-{kind}.txt", kind, source.choice(made), body, paragraph, number)


def _site(source: random.Random, words: Sequence[str]) -> _Site:
    def named(size: int) -> str:
        return " ".join(word.capitalize() for word in source.sample(words, size))

    links = [named(source.randint(1, 3)) for _ in range(16)]
    owner = named(3)
    above = "\n".join((f"{owner} Online", "", *links[:9]))
    beneath = "\n".join((*links[9:], "", f"© 2019 {owner}. All rights reserved. Contact the {named(2)} desk"))
    wire = f"{owner} News Agency\n{named(3)} Service, {named(2)} Bureau\nFor the use of {named(3)} subscribers only"
    return _Site(above, beneath, wire, f"THE {named(5)} GAZETTE {named(3)}".upper())


def _document(name: str, kind: str, site: _Site, body: Sequence[str], paragraph: str, number: int) -> Labelled:
    parts: list[tuple[str, str]] = [("", text) for text in body]
    if paragraph:
        parts.insert(len(parts) // 2, ("copied", paragraph))
    if kind == PAGE:
        rows = " ".join(f"{row}" for row in range(1, 31))
        alphabet = " ".join(string.ascii_uppercase)
        parts = [
            ("furniture", site.above),
            *parts,
            ("furniture", rows if number % 8 else alphabet),
            ("furniture", site.beneath),
        ]
    elif kind == DISPATCH:
        parts = [("furniture", site.wire), *parts]
    elif kind == SPEECH:
        parts = [("formulas", OPENING), *parts, ("formulas", CLOSING)]
    else:
        parts = [part for each in parts * 2 for part in (("furniture", site.head), each)]
    text, made = "", Labelled(name, "")
    for label, said in parts:
        if label:
            getattr(made, label).append((len(text), len(text) + len(said)))
        text += f"{said}\n\n"
    return Labelled(name, text, made.furniture, made.formulas, made.copied)


def _paragraphs(text: str, least: int = 90) -> list[str]:
    """The text in paragraphs of so many words and more, each ending where a sentence does."""
    made: list[list[str]] = [[]]
    for word in text.split():
        made[-1].append(word)
        if len(made[-1]) >= least and word.endswith((".", "!", "?")):
            made.append([])
    return [f"{' '.join(words).rstrip('.,;:')}." for words in made if words]
