"""Whether what is hidden as furniture is furniture, and how much of it is hidden: generated pages with labels."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora.webpages import Labelled, pages
from benchmarks.detector import scan_into, textreuse
from benchmarks.errors import BenchmarkError
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector

MOST = 0.8
"""Share of either passage of a match that lies in spans of one label, for the match to have it."""

SOME = 0.1
"""Share of a passage in furniture with full stops, for it to count among these."""

FURNITURE = ("furniture", "stops", "lists")
"""Labels of what is furniture."""
TEXT = ("formulas", "copied")
"""Labels of what is none."""

Match = Mapping[str, Any]


def furniture_figures(detector: Detector, documents: int = 120, seed: int = 1) -> Iterator[Figure]:
    """Scan labelled pages and hold what is marked against the labels.

    Raises:
        BenchmarkError: The scan failed, or the detector marks no furniture.
    """
    made = {one.name: one for one in pages(documents, seed=seed)}
    with tempfile.TemporaryDirectory() as temporary:
        corpus, out = Path(temporary) / "pages", Path(temporary) / "pages.reuse"
        corpus.mkdir()
        for one in made.values():
            (corpus / one.name).write_text(one.text, encoding="utf-8")
        scan_into(out, [corpus], options=detector.options, python=detector.python)
        said = textreuse(["export", out.absolute(), "matches"], detector.python).output
    matches = [json.loads(line) for line in said.splitlines()]
    if any("furniture" not in match for match in matches[:1]):
        raise BenchmarkError("export RUN matches has no column furniture: this detector marks none")
    yield from scored(made, matches)


def scored(made: Mapping[str, Labelled], matches: Sequence[Match]) -> Iterator[Figure]:
    """Precision and recall of what is marked, and how much of each kind of text is."""
    labels = [label_of(made, match) for match in matches]
    marked = [match["furniture"] != "none" for match in matches]
    hidden = [label for label, hides in zip(labels, marked, strict=True) if hides]
    yield share("marked matches that are furniture", sum(one in FURNITURE for one in hidden), len(hidden), least=0.99)
    for label in (*FURNITURE, *TEXT):
        own = [hides for name, hides in zip(labels, marked, strict=True) if name == label]
        least, most = {"furniture": (0.8, None), **dict.fromkeys(TEXT, (None, 0.0))}.get(label, (None, None))
        yield share(f"{label}: matches that are marked", sum(own), len(own), least=least, most=most)


def label_of(made: Mapping[str, Labelled], match: Match) -> str:
    """The label that both passages of a match have; empty where they have none, or furniture and text.

    Of two kinds of furniture it is the one with full stops, or else the first.
    """
    found = {_label(made[match[side]], (match[f"{side}_start"], match[f"{side}_end"])) for side in ("a", "b")}
    if found <= set(FURNITURE):
        return next(label for label in ("stops", *FURNITURE) if label in found)
    return found.pop() if len(found) == 1 else ""


def _label(document: Labelled, passage: tuple[int, int]) -> str:
    """The label of a passage of which so much lies in furniture of any kind, or in text of one.

    Of furniture it is the kind that it has most of, but "stops" where a tenth of it has full stops.
    """
    start, end = passage
    inside = {
        label: sum(max(min(end, last) - max(start, first), 0) for first, last in getattr(document, label))
        for label in (*FURNITURE, *TEXT)
    }
    if sum(inside[label] for label in FURNITURE) >= MOST * (end - start):
        stops = inside["stops"] >= SOME * (end - start)
        return "stops" if stops else max(FURNITURE, key=inside.__getitem__)
    return next((label for label in TEXT if inside[label] >= MOST * (end - start)), "")
