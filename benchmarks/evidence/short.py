"""What is found of short copies, by length, and what is reported that nobody copied."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import prose
from benchmarks.corpora.bibles import chapters
from benchmarks.corpora.changes import Level
from benchmarks.corpora.model import prose_model
from benchmarks.corpora.planted import Case, plant
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector, Found, write_texts
from benchmarks.passages import PassagePairs, overlaps, union_lengths


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of planted copies.

    Attributes:
        name: In words.
        level: How they are changed.
        words: Shortest and longest, in words.
        wanted: Share that is to be found; None: it is only told.
    """

    name: str
    level: Level
    words: tuple[int, int]
    wanted: float | None = None


EXACT, QUARTER = Level(), Level(words=(0.25, 0.25))

KINDS = (
    Kind("exact copies of 7–9 words", EXACT, (7, 9)),
    Kind("exact copies of 10–14 words", EXACT, (10, 14), 0.90),
    Kind("exact copies of 15–24 words", EXACT, (15, 24), 0.98),
    Kind("copies of 10–14 words, a quarter changed", QUARTER, (10, 14)),
    Kind("copies of 15–24 words, a quarter changed", QUARTER, (15, 24), 0.95),
    Kind("copies of 25–49 words, a quarter changed", QUARTER, (25, 49), 0.97),
)
"""What is planted; each kind between documents of its own, all scanned as one corpus."""

FALSE = 0.01
"""Largest wanted share of matches that are of no planted copy."""


ACROSS = 20.0
"""Most wanted matches between messages and chapters: about a dozen set phrases stand in both ("from year to year")."""


def short_figures(detector: Detector, copies: int = 300, seed: int = 1) -> Iterator[Figure]:
    """Recall by kind of copy, and false matches, in generated prose.

    Args:
        detector: What is measured.
        copies: Of each kind, about.
        seed: Of all choices.
    """
    texts: dict[str, str] = {}
    cases: dict[str, list[Case]] = {}
    for number, kind in enumerate(KINDS):
        made, cases[kind.name] = _planted(number, kind, copies, seed)
        texts |= made
    with tempfile.TemporaryDirectory() as temporary:
        found = detector.scan(write_texts(Path(temporary) / "texts", texts.items()))
    for kind in KINDS:
        hit = half_covered(cases[kind.name], found.pairs)
        yield share(f"{kind.name}: found", int(hit.sum()), len(hit), least=kind.wanted)
    everything = [case for some in cases.values() for case in some]
    yield _false(found, everything)
    yield unrelated_figure(detector)


def unrelated_figure(detector: Detector, speeches: int = 80, scriptures: int = 250) -> Figure:
    """Matches between State of the Union messages and chapters of a Bible, whose authors have English in common.

    A president quotes the Bible now and then, so the shortest ones are shown: a reader sees what they are.
    """
    every = [(f"speech-{name}.txt", text) for name, text in prose.speeches()]
    holy = [(f"chapter-{name}.txt", text) for name, text in chapters("web") if len(text.split()) >= 300]
    texts = {
        name: text for group, count in ((every, speeches), (holy, scriptures)) for name, text in evenly(group, count)
    }
    pairs = detector.scan_texts(texts.items()).pairs
    spoken = np.array([name.startswith("speech-") for name in pairs.documents])
    across = pairs.take(spoken[pairs.a] != spoken[pairs.b])
    rows = np.argsort(across.a_end - across.a_start, kind="stable")[:3].tolist()
    shown = [
        " ".join(texts[across.documents[across.a[row]]][across.a_start[row] : across.a_end[row]].split())
        for row in rows
    ]
    note = f"of {len(pairs):,} matches of {len(texts)} documents; shortest: " + "; ".join(
        f"“{text[:80]}”" for text in shown
    )
    return Figure(
        "matches between messages of presidents and chapters of a Bible", float(len(across)), most=ACROSS, note=note
    )


def evenly(texts: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """So many of some texts, evenly spaced."""
    return [texts[at * len(texts) // count] for at in range(min(count, len(texts)))]


def _planted(number: int, kind: Kind, copies: int, seed: int) -> tuple[dict[str, str], list[Case]]:
    """Documents with about so many copies of one kind, a copy to 250 words."""
    model = prose_model()
    documents = max(4, copies // 10)
    mean = sum(kind.words) / 2
    base = model.documents([2800] * documents, seed * 100 + number)
    vocabulary = next(model.documents([4000], seed * 100 + 50 + number)).split()
    named = ((f"{number}-{at:04d}.txt", text) for at, text in enumerate(base))
    levels: Mapping[str, Level] = {kind.name: kind.level}
    texts, cases = {}, []
    for name, text, found in plant(named, levels, vocabulary, seed=seed, share=mean / 250, words=kind.words):
        texts[name] = text
        cases += found
    return texts, cases


def half_covered(cases: list[Case], pairs: PassagePairs) -> NDArray[np.bool_]:
    """Which copies, bool (cases,), matches of their two documents cover by at least half, on both sides."""
    truth = PassagePairs.from_rows((c.a, c.a_start, c.a_end, c.b, c.b_start, c.b_end) for c in cases)
    names = sorted({*truth.documents, *pairs.documents})
    truth = truth.renumbered(names).oriented()
    rows = overlaps(truth, pairs.renumbered(names).oriented())
    a = union_lengths(rows.case, rows.a_start, rows.a_end, rows.cases)
    b = union_lengths(rows.case, rows.b_start, rows.b_end, rows.cases)
    return (2 * a >= truth.a_end - truth.a_start) & (2 * b >= truth.b_end - truth.b_start)


def _false(found: Found, cases: list[Case]) -> Figure:
    truth = PassagePairs.from_rows((c.a, c.a_start, c.a_end, c.b, c.b_start, c.b_end) for c in cases)
    names = sorted({*truth.documents, *found.pairs.documents})
    rows = overlaps(truth.renumbered(names).oriented(), found.pairs.renumbered(names).oriented())
    true = len(np.unique(rows.detection))
    return share("false matches between unrelated texts", len(found) - true, len(found), most=FALSE)
