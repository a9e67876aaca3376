"""Whether the source that is named for a passage is the one it was taken from: planted chains and stars."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpora.lineages import CHAIN, STAR, Heir, write_lineages
from benchmarks.detector import scan_into, textreuse
from benchmarks.errors import BenchmarkError
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector

COLUMNS = ("doc", "start", "end", "source", "source_start", "source_end", "source_confidence")
"""Columns of `export RUN passages` that are read."""

WANTED = 0.95
"""Share of the passages whose source is to be right."""

SURE = 0.9
"""Confidence that is held against how often the source is right."""

Passage = Mapping[str, Any]


def sources_figures(
    detector: Detector, lines: int = 40, documents: int = 40, links: int = 4, seed: int = 1
) -> Iterator[Figure]:
    """Scan planted lines and hold the named sources against the truth.

    Raises:
        BenchmarkError: The scan failed, or the detector's passages name no source.
    """
    with tempfile.TemporaryDirectory() as temporary:
        corpus, out = Path(temporary) / "corpus", Path(temporary) / "sources.reuse"
        heirs = write_lineages(corpus, lines, documents, links, seed)
        scan_into(out, [corpus / "texts"], options=detector.options, python=detector.python)
        passages = exported(out, detector.python)
    yield from scored(heirs, passages)


def exported(out: Path, python: Path | None) -> list[Passage]:
    """The passages of a run, as `export` writes them.

    Raises:
        BenchmarkError: There is a passage without the columns of a source.
    """
    said = textreuse(["export", out.absolute(), "passages"], python).output
    rows = [json.loads(line) for line in said.splitlines()]
    absent = [name for name in COLUMNS for row in rows[:1] if name not in row]
    if absent:
        raise BenchmarkError(f"export RUN passages has no column {', '.join(absent)}: this detector names no sources")
    return rows


def scored(heirs: Sequence[Heir], passages: Sequence[Passage]) -> Iterator[Figure]:
    """Shares of the passages that were handed on whose source is right, by kind of line and for the last of a line."""
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(str(passage["doc"]), []).append(passage)
    best = [nearest(heir, by_document.get(heir.doc, ())) for heir in heirs]
    last = max((heir.link for heir in heirs), default=0)
    groups = {
        f"{CHAIN}s: passages with the right source": [heir.kind == CHAIN and heir.link > 0 for heir in heirs],
        f"{STAR}s: passages with the right source": [heir.kind == STAR and heir.link > 0 for heir in heirs],
        f"{CHAIN}s, the last link: passages with the right source": [
            heir.kind == CHAIN and heir.link == last for heir in heirs
        ],
    }
    for name, wanted in groups.items():
        right = [is_right(heir, passage) for heir, passage, chosen in zip(heirs, best, wanted, strict=True) if chosen]
        yield share(name, sum(right), len(right), least=WANTED)
    yield from _calibrated(heirs, best)
    firsts = [not passage["source"] for heir, passage in zip(heirs, best, strict=True) if not heir.link and passage]
    yield share("the first of a line has no source", sum(firsts), len(firsts), least=WANTED)
    yield share("passages found", sum(passage is not None for passage in best), len(heirs), least=WANTED)


def _calibrated(heirs: Sequence[Heir], best: Sequence[Passage | None]) -> Iterator[Figure]:
    """Whether sources are right as often as their confidence says, where that is high and where it is not."""
    named = [
        (float(passage["source_confidence"]), is_right(heir, passage))
        for heir, passage in zip(heirs, best, strict=True)
        if passage is not None and passage["source"] and heir.link
    ]
    sure = [right for confidence, right in named if confidence >= SURE]
    yield share(f"sources with a confidence of {SURE} and more that are right", sum(sure), len(sure), least=SURE)
    unsure = [(confidence, right) for confidence, right in named if confidence < SURE]
    if unsure:
        promised = sum(confidence for confidence, _ in unsure) / len(unsure)
        figure = share(
            f"sources with a confidence below {SURE} that are right",
            sum(right for _, right in unsure),
            len(unsure),
        )
        yield replace(figure, note=f"{figure.note}; the mean confidence is {promised:.2f}")


def nearest(heir: Heir, passages: Sequence[Passage]) -> Passage | None:
    """Of a document's passages the one that agrees best with a planted one; None when none agrees by half."""

    def agreement(passage: Passage) -> float:
        both = min(heir.end, passage["end"]) - max(heir.start, passage["start"])
        either = max(heir.end, passage["end"]) - min(heir.start, passage["start"])
        return float(both / either)

    best = max(passages, key=agreement, default=None)
    return best if best is not None and agreement(best) >= 0.5 else None


def is_right(heir: Heir, passage: Passage | None) -> bool:
    """Whether the named source is the true one, and the place named in it covers half of the true place."""
    if passage is None or passage["source"] != heir.source:
        return False
    both = min(heir.source_end, passage["source_end"]) - max(heir.source_start, passage["source_start"])
    return bool(2 * both >= heir.source_end - heir.source_start)
