"""The overview of a run as lines of text, for `scan` and the terminal alike; some of the lines lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from reuse.display import ELLIPSIS, cells, counted, cut, cut_apart, padded, percent, trimmed, visible, wrapped
from reuse.naming import dated
from reuse.report.differences import differences, gap_between, interlinear
from reuse.report.direction import LEFT_TO_RIGHT, apart, filled, from_the_right
from reuse.report.html.drawn import timeline
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, Highlight, Link, Overview
from reuse.report.sentences import changes_said, version_facts
from reuse.shares import KINDS, in_words
from reuse.spacing import joined

if TYPE_CHECKING:
    from reuse.run.run import Run

INDENT = "    "
BLOCKS = "▁▂▃▄▅▆▇█"
KIND_CELLS, MOST_BAR = 10, 4
"""Cells of the name of a kind of words, and most cells of a bar."""
LABEL_A, LABEL_B, LABEL_SAME = "a  ", "b  ", "=  "
_LINES_ONLY = re.compile(r"l\. [^,]*")


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A line.

    Attributes:
        pieces: Text and style (plain, heading, strong, faint, differs) of each piece. No text in it acts on a terminal.
        target: What it is about: the name of a table and the id of its row, or `pair` or `within` and a filter of the
            matches. None: nothing. All lines about one thing have the same.
    """

    pieces: tuple[tuple[str, str], ...] = ()
    target: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        """The line without styles."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Most:
    """How many of each are told."""

    pairs: int
    passages: int
    formulas: int
    repetitions: int
    versions: int
    over_time: bool = False


NOTHING_SHARED = "No two passages share enough words to be called reuse."
ONLY_COPIES = "Whatever is shared is shared by copies of one text."
ALL_SET_ASIDE = (
    "All matches are set aside: marked as rejected or boilerplate, furniture of pages, or left out by a filter."
)

ONE_SCREEN = Most(pairs=5, passages=3, formulas=5, repetitions=1, versions=0)
"""What fits a screen of 40 lines, with what `scan` has to say beside it."""
MOST_VERSIONS = 5
"""Later versions of a text that are told."""
PAGE = Most(pairs=10, passages=8, formulas=12, repetitions=3, versions=4, over_time=True)
"""What one scrolls through."""


def digest(overview: Overview, width: int, most: Most) -> Iterator[DigestLine]:
    """Corpus, who repeats whom, passages, formulas, repetition, what was left out.

    Args:
        overview: What is told.
        width: Cells that a line may take up.
        most: How many of each.
    """
    for part in digest_parts(overview, width, most):
        yield from part


def digest_parts(overview: Overview, width: int, most: Most) -> Iterator[Iterator[DigestLine]]:
    """The same part by part; each is worked out when its lines are asked for."""
    yield _corpus(overview, width)
    if most.over_time:
        yield _over_time(overview.run, width)
    yield _pairs(overview, width, most.pairs)
    yield _passages(overview, width, most.passages)
    yield _versions(overview, width, most.versions)
    yield _formulas(overview, width, most.formulas)
    yield _repetitions(overview, width, most.repetitions)
    yield _set_aside(overview, width)


def heading(title: str, shown: int, total: str, target: tuple[str, str] | None = None) -> Iterator[DigestLine]:
    """A blank line, and a heading with how many of how many follow."""
    yield DigestLine()
    yield DigestLine(((title, "heading"), (f"  {shown:,} of {total}", "faint")), target)


def _corpus(overview: Overview, width: int) -> Iterator[DigestLine]:
    corpus = f"{counted(overview.documents, 'document')}, {counted(overview.words, 'word')}"
    if overview.dated:
        corpus += f", {overview.dated}"
    for said in filter(None, (corpus, overview.letters, overview.copies)):
        for line in wrapped(said, width):
            yield DigestLine(((line, "plain"),))
    found = f"{counted(overview.matches, 'match', 'matches')} in {counted(overview.clusters, 'cluster')}"
    formulas = f" and {counted(overview.phrases, 'formula')}"
    seconds = sum(overview.run.meta.get("timings", {}).values())
    yield DigestLine(((found + formulas, "strong"), (f" in {seconds:.1f} s" if seconds else "", "plain")))
    if overview.run.count("matches"):
        yield DigestLine(((f"Of the words {in_words(overview.shares)}", "plain"),))


def _over_time(run: Run, width: int) -> Iterator[DigestLine]:
    """Shares of the words that are reused, a line of bars for each kind, all on one scale."""
    names = ["date", "tokens", "furniture_tokens", *KINDS]
    documents = run.table("documents", columns=names)
    drawn = timeline({name: documents[name] for name in names})
    if drawn is None:
        return
    columns, (first, last) = drawn.columns, (drawn.columns[0].label, drawn.columns[-1].label)
    highest = max(part.share for column in columns for part in column.parts)
    wide = min((width - KIND_CELLS) // len(columns), MOST_BAR)
    if not highest or len(columns) < 2 or wide < 1:
        return
    yield DigestLine()
    said = f"  by {drawn.by}, {first} to {last}, at most {percent(highest)}"
    yield DigestLine((("How much is reused", "heading"), (cut(said, width - len("How much is reused")), "faint")))
    for at, part in enumerate(columns[0].parts):
        shares = [column.parts[at].share if column.words else None for column in columns]
        if any(shares):
            bars = "".join(_bar(share, highest) * wide for share in shares)
            yield DigestLine(((f"{part.kind:<{KIND_CELLS}}", "faint"), (bars, "plain")))


def _bar(share: float | None, highest: float) -> str:
    """A block as high as a share is; a dot where there is no text."""
    if share is None:
        return "·"
    return BLOCKS[min(int(share / highest * len(BLOCKS)), len(BLOCKS) - 1)] if share else " "


def _pairs(overview: Overview, width: int, most: int) -> Iterator[DigestLine]:
    found = overview.links(most)
    if not found:
        return
    total = "" if overview.all_linked else "at least "
    total += counted(overview.linked, "linked pair of documents", "linked pairs of documents")
    # What holds of all, or of all whose order is known at all, is said once.
    orders = {link.order for link in found}
    said = ORDER_NOTES["unknown" if orders == {"unknown"} else "known" if "known" in orders else "guessed"]
    head = list(heading("Who repeats whom", len(found), f"{total}, {said}" if said else total))
    if cells(head[-1].text) > width:
        head, said = list(heading("Who repeats whom", len(found), total)), ""
    yield from head
    figures = [f"{link.words:,} words" for link in found]
    widest = max(map(len, figures))
    for link, words in zip(found, figures, strict=True):
        facts = f"{words:>{widest}}, {percent(link.share):>4} of  "
        yield DigestLine(
            ((facts, "faint"), *_names(link, width - len(facts), overview.run.name_of, said)), _matches_of(link)
        )


def _matches_of(link: Link) -> tuple[str, str] | None:
    """The filter that shows the matches of the two; none if there is none, or a name cannot be put into a filter."""
    if not link.matches:
        return None
    ids = link.later["id"], link.earlier["id"]
    return None if any('"' in name for name in ids) else ("pair", " ".join(f'doc="{name}"' for name in ids))


def _names(link: Link, width: int, names: Mapping[str, str], said: str) -> Iterator[tuple[str, str]]:
    """Both documents, and what is known of their order unless that was said; the names share the width that is left."""
    verb = f" {ORDER_SAYS[link.order]} "
    known = ORDER_NOTES[link.order]
    note = f" ({known})" if known and known != said else ""
    later, earlier = (_named(names[document["id"]], document["date"]) for document in (link.later, link.earlier))
    later, earlier = _both((later, earlier), width - len(verb) - len(note))
    yield apart(later), "plain"
    yield verb, "faint"
    yield apart(earlier), "plain"
    yield note, "faint"


def _named(name: str, date: str | None) -> str:
    return dated(date, visible(name, one_line=True))


def _both(names: tuple[str, str], width: int) -> tuple[str, str]:
    """Two names that share so many cells: what one does not need the other has."""
    first, second = names
    half = width // 2
    own = min(max(half, width - cells(second)), cells(first))
    return cut_apart((first, second), own, width - own)


def _passages(overview: Overview, width: int, most: int) -> Iterator[DigestLine]:
    best = overview.passages(most)
    if best:
        total = counted(overview.between, "cluster")
        yield from heading("Passages of two documents", len(best), total, ("within", "within:false"))
        for passage in best:
            yield from _passage(passage, overview.run.name_of, width)
    elif not overview.within:
        yield DigestLine()
        for line in wrapped(_why_no_passages(overview), width):
            yield DigestLine(((line, "plain"),))


def _why_no_passages(overview: Overview) -> str:
    if not overview.run.count("matches"):
        return NOTHING_SHARED
    return ONLY_COPIES if overview.kept else ALL_SET_ASIDE


def _passage(passage: Highlight, names: Mapping[str, str], width: int) -> Iterator[DigestLine]:
    """What is said of it, where it stands, and a line of either side; a single line where both have the same words."""
    row = passage.row
    target = ("matches", row["id"])
    facts = passage.said()
    if row["cluster_passages"] > 2:
        facts += f", in {row['cluster_passages']:,} places"
    sides = ("a",) if row["a"] == row["b"] else ("a", "b")
    named = [_named(names[row[side]], row[f"date_{side}"]) for side in sides]
    free = width - len(facts) - 2
    shown = " + ".join(map(apart, _both((named[0], named[1]), free - 3) if len(sides) == 2 else [cut(named[0], free)]))
    yield DigestLine(((f"{facts}  ", "strong"), (shown, "faint")), target)
    if where := _where(row, sides):
        yield DigestLine(((INDENT + cut(where, width - len(INDENT)), "faint"),), target)
    before = "" if passage.begins else f"{ELLIPSIS} "
    texts = (before + visible(text, one_line=True) for text in (passage.text_a, passage.text_b))
    line = next(islice(interlinear(differences(*texts), width - len(INDENT) - len(LABEL_A)), 1), [])
    if all(cell.same for cell in line):  # what differs, if anything does, comes further on
        yield DigestLine(tuple(_set(LABEL_SAME, [(joined([cell.a for cell in line]), "plain")], width)), target)
        return
    for label, words in ((LABEL_A, [cell.a for cell in line]), (LABEL_B, [cell.b for cell in line])):
        pieces = []
        for cell, then, word in zip(line, [*line[1:], None], words, strict=True):
            gap = " " * (gap_between(cell, then) if then else 1)
            shown = padded(word, max(cells(cell.a), cells(cell.b))) + gap
            pieces.append((shown, "plain" if cell.same else "differs"))
        yield DigestLine(tuple(_set(label, pieces, width)), target)


def _set(label: str, pieces: Sequence[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    """A line of a passage behind its label: at the right edge, between marks, if it is read from right to left."""
    yield INDENT + label, "plain"
    text = "".join(text for text, _ in pieces)
    if from_the_right(text):
        free = width - len(INDENT) - len(label) - cells(text)
        yield " " * free + LEFT_TO_RIGHT, "plain"
        yield from pieces
        yield LEFT_TO_RIGHT, "plain"
    else:
        yield from pieces[:-1]
        yield pieces[-1][0].rstrip(), pieces[-1][1]


def _where(row: Mapping[str, Any], sides: Sequence[str]) -> str:
    """Where the passages stand; empty where no more is known than a line of a plain text."""
    places = [str(row[f"{side}_place"]) for side in sides]
    told = any(place and not _LINES_ONLY.fullmatch(place) for place in places)
    return " + ".join(visible(place, one_line=True) or "place unknown" for place in places) if told else ""


def _versions(overview: Overview, width: int, most: int) -> Iterator[DigestLine]:
    """Texts: a line for the earliest version of each, and what changed in the later ones."""
    if not most or not overview.changed_stories:
        return
    found = overview.versions(most, 1 + MOST_VERSIONS)
    yield from heading("Versions of one story", len(found), counted(overview.changed_stories, "story", "stories"))
    for first, *later in found:
        target = ("documents", first["document"])
        facts = f"{len(later) + 1:,} versions  "
        name = cut(_named(overview.run.name_of[first["document"]], first["date"]), width - len(facts))
        yield DigestLine(((facts, "strong"), (apart(name), "faint")), target)
        for row in later[:MOST_VERSIONS]:
            facts = INDENT + version_facts(row)
            said = trimmed(changes_said(row), width - len(facts))
            yield DigestLine(((facts, "faint"), (said, "plain")), ("documents", row["document"]))
        if len(later) > MOST_VERSIONS:
            yield DigestLine(((f"{INDENT}and {len(later) - MOST_VERSIONS:,} more", "faint"),), target)


def _formulas(overview: Overview, width: int, most: int) -> Iterator[DigestLine]:
    best = overview.formulas(most)
    if not best:
        return
    yield from heading("Formulas", len(best), counted(overview.families, "family", "families"))
    widest = [max(len(f"{formula[figure]:,}") for formula in best) for figure in ("df", "tf")]
    for formula in best:
        figures = f"{formula['df']:>{widest[0]},} documents, {formula['tf']:>{widest[1]},} times  "
        forms = f"  in {formula['variants']:,} forms" if formula["variants"] > 1 else ""
        free = width - len(figures) - len(forms)
        words = cut(visible(formula["text"], one_line=True), free)
        words = filled(words, free) if from_the_right(words) else apart(words)
        yield DigestLine(((figures, "faint"), (words, "strong"), (forms, "faint")), ("formulas", formula["id"]))


def _repetitions(overview: Overview, width: int, most: int) -> Iterator[DigestLine]:
    found = overview.repetitions(most)
    if found:
        total = counted(overview.within, "cluster")
        yield from heading("Repeated within one document", len(found), total, ("within", "within:true"))
        for one in found:
            yield from _passage(one, overview.run.name_of, width)


def _set_aside(overview: Overview, width: int) -> Iterator[DigestLine]:
    for said, target in ((overview.furniture, ("within", "furniture:any")), (overview.hidden, None)):
        if said:
            yield DigestLine()
            for line in wrapped(said, width):
                yield DigestLine(((line, "faint"),), target)
