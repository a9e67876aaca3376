"""Pages as web sites, wire services and printers make them, with the truth of what recurs: furniture, or text.

Everything is made up. Furniture without a full stop: navigation above a page, links and an owner's sign beneath it, an
agency's lines at the head of a dispatch, a running head throughout a long text. Furniture with full stops: a notice
among the links, a colophon, an agency's lines each with a full stop, a running head that is set between the lines of a
sentence. Lists: a table of contents, an alphabet of links, numbered rows, tables and chapters counted up.

Text that must not be taken for it: copied paragraphs, and the formulas that open and close speeches, which stand in
the same place of many documents of one source just as furniture does: some above a title, some above a name, some again
and again throughout, some with an address in them.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.corpora.model import prose_model

PAGE, DISPATCH, SPEECH, BOOK, PLAIN, BULLETIN, ADDRESS, REPORT = KINDS = (
    "page",
    "dispatch",
    "speech",
    "book",
    "plain",
    "bulletin",
    "address",
    "report",
)

OPENING = (
    "Mr. Speaker, Mr. Vice President, Members of Congress, members of the Supreme Court and diplomatic corps, "
    "distinguished guests, and fellow citizens:"
)
CLOSING = "Thank you very much. May God bless you all, and may God bless this great country of ours. Good night."
INVOCATION = "In the name of God, the Compassionate, the Merciful, who guides the faithful in every hour of need."
REFRAIN = "We shall not be moved. We shall not be silenced. We shall rise again with every morning that is given to us."
WISHES = "Long live the unity of our people! Long live the harvest! Glory to those who till the soil and guard the sea!"
WRITE = "I read what you send to me at www.government.example. Thank you for listening, and have a great weekend, all."
FORMULAS = (OPENING, CLOSING, INVOCATION, REFRAIN, WISHES, WRITE)
"""What opens, closes or runs through speeches."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document; spans are half-open, in code points.

    Attributes:
        name: Its file.
        text: Its text.
        furniture: Spans of furniture without a full stop.
        stops: Spans of furniture with full stops.
        lists: Spans of tables of contents, and of what is counted up.
        formulas: Spans of what opens or closes a speech, or returns in it.
        copied: Spans of paragraphs that stand in other documents as well.
    """

    name: str
    text: str
    furniture: list[tuple[int, int]] = field(default_factory=list)
    stops: list[tuple[int, int]] = field(default_factory=list)
    lists: list[tuple[int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    copied: list[tuple[int, int]] = field(default_factory=list)


Part = tuple[str, str]
"""A label, or none, and what stands there."""


@dataclass(frozen=True, slots=True)
class _Site:
    """What the documents of one source have in common."""

    above: str
    beneath: str
    wire: str
    head: str
    notice: str
    colophon: str
    tags: str
    stopped_head: str
    contents: str
    title: str
    name: str
    links: str


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
        parts = [("", text) for text in body]
        if paragraph:
            parts.insert(len(parts) // 2, ("copied", paragraph))
        yield _document(
            f"{number:04}-{kind}.txt", _laid_out(kind, source.choice(made), parts, number % 16 < len(KINDS))
        )


def _site(source: random.Random, words: Sequence[str]) -> _Site:
    def named(size: int) -> str:
        return " ".join(word.capitalize() for word in source.sample(words, size))

    links = [named(source.randint(1, 3)) for _ in range(16)]
    owner = named(3)
    above = "\n".join((f"{owner} Online", "", *links[:9]))
    beneath = "\n".join((*links[9:], "", f"© 2019 {owner}. All rights reserved. Contact the {named(2)} desk"))
    wire = f"{owner} News Agency\n{named(3)} Service, {named(2)} Bureau\nFor the use of {named(3)} subscribers only"
    head = f"THE {named(5)} GAZETTE {named(3)}".upper()
    return _Site(
        above,
        beneath,
        wire,
        head,
        notice=f"{links[2]}\nPlease switch on scripts to use the pages of {owner}.\n{links[3]}",
        colophon=f"Printed for {owner} by {named(3)}. All rights reserved. Not for sale.",
        tags=f"{owner} News Agency.\n{named(2)} Bureau of {named(2)}.\nNot for release before noon.",
        stopped_head=f"The {named(3)} Gazette. Vol. XII. Bureau of {named(3)}. Morning edition. Not for sale.",
        contents="\n".join(f"{named(3)} {'.' * source.randint(8, 30)} {page}" for page in range(3, 60, 7)),
        title=f"MESSAGE OF THE {named(3)} TO THE {named(3)} ON THE OCCASION OF THE {named(3)} DAY".upper(),
        name=f"{named(2)}\nPresident of the {named(2)}",
        links="\n".join(links[4:12]),
    )


def _laid_out(kind: str, site: _Site, parts: list[Part], odd: bool) -> list[Part]:
    """The parts of a document of that kind, in order; parts are set apart by an empty line.

    Every other one (`odd`) has another list, or another closing.
    """
    listed = " ".join(string.ascii_uppercase if odd else map(str, range(1, 31)))
    counted = "\n".join(f"{'Table' if odd else 'Station'} {row}" for row in range(1, 13))
    twice = parts * 2
    made: dict[str, tuple[list[Part], list[Part], list[Part]]] = {
        PAGE: ([("furniture", site.above)], parts, [("lists", listed), ("furniture", site.beneath)]),
        DISPATCH: ([("furniture", site.wire)], parts, []),
        SPEECH: ([("formulas", OPENING)], parts, [("formulas", CLOSING)]),
        BOOK: ([], [part for each in twice for part in (("furniture", site.head), each)], []),
        PLAIN: (
            [("furniture", site.above), ("stops", site.notice), ("furniture", site.links)],
            parts,
            [("stops", site.colophon)],
        ),
        BULLETIN: ([("stops", site.tags)], [*parts, ("lists", counted)], parts[:1]),
        ADDRESS: (
            [("formulas", INVOCATION), ("furniture", site.title)],
            [part for each in twice for part in (("formulas", REFRAIN), each)],
            [("formulas", WISHES if odd else WRITE), ("furniture", site.name)],
        ),
        REPORT: ([("lists", site.contents)], [part for each in twice for part in _broken(each, site.stopped_head)], []),
    }
    above, body, beneath = made[kind]
    return [*above, *body, *beneath]


def _broken(part: Part, head: str) -> Iterator[Part]:
    """A paragraph with a running head between two lines of one of its sentences."""
    label, said = part
    words = said.split()
    at = next(
        (
            place
            for place in range(len(words) // 2, len(words))
            if words[place].islower() and words[place - 1].isalpha() and words[place].isalpha()
        ),
        len(words) // 2,
    )
    yield label, " ".join(words[:at])
    yield "stops", head
    yield label, " ".join(words[at:])


def _document(name: str, parts: Sequence[Part]) -> Labelled:
    text, made = "", Labelled(name, "")
    for label, said in parts:
        if label:
            getattr(made, label).append((len(text), len(text) + len(said)))
        text += f"{said}\n\n"
    return Labelled(name, text, made.furniture, made.stops, made.lists, made.formulas, made.copied)


def _paragraphs(text: str, least: int = 90) -> list[str]:
    """The text in paragraphs of so many words and more, each ending where a sentence does."""
    made: list[list[str]] = [[]]
    for word in text.split():
        made[-1].append(word)
        if len(made[-1]) >= least and word.endswith((".", "!", "?")):
            made.append([])
    return [f"{' '.join(words).rstrip('.,;:')}." for words in made if words]
