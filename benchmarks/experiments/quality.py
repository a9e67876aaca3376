"""How well this project's detector finds reuse: PAN, planted copies, parallel Bibles."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Indel

from benchmarks.cache import cached
from benchmarks.corpora import bibles, chance
from benchmarks.corpora.planted import PlantedCorpus, read_planted, write_planted
from benchmarks.detector import Detected, scan
from benchmarks.passages import PassagePairs, overlaps
from benchmarks.quality import pan, planted
from benchmarks.results import Record

SIGNIFICANT = 1e-3
"""The E-value that copies of ordinary prose are to stay under."""

LIMITS = (1000.0, 100.0, 10.0, 1.0, 1e-1, 1e-3, 1e-6, 1e-9, 1e-15, 1e-30)
"""The limits of the E-value at which precision and recall are looked at."""

_MARGIN = -math.log2(max(LIMITS))  # bits beyond chance at the loosest of them


def pan_records(
    folder: Path, options: Sequence[str] = (), halves: Sequence[int | None] = (None, 0, 1)
) -> Iterator[Record]:
    """One scan of `src/` against `susp/`, scored by class on the whole corpus (None) and on its halves."""
    corpora = [(half, pan.read_pan(folder, half)) for half in halves]
    found = scan((folder / "src", folder / "susp"), between=True, options=options)
    for half, corpus in corpora:
        scores = {name: asdict(row) for name, row in pan.score(corpus, found.pairs).items()}
        parameters = {"half": "both" if half is None else str(half), "options": " ".join(options)}
        yield Record("pan", parameters, {"scores": scores, **costs(found)})


def scan_once(corpus: PlantedCorpus, options: Sequence[str] = ()) -> PassagePairs:
    """The matches of one scan of a planted corpus."""
    return scan((corpus.texts,), options=options).pairs


def planted_corpus(megabytes: float, *, real: bool, document_words: int = 3000) -> PlantedCorpus:
    """A planted corpus of the cache, made when it is not there."""
    kind = "real" if real else f"generated-{document_words}"
    folder = cached(
        f"planted-{megabytes:g}MB-{kind}",
        lambda path: write_planted(path, megabytes, real=real, document_words=document_words),
    )
    return read_planted(folder)


def chance_corpus(kind: str, megabytes: float, seed: int) -> Path:
    """A chance corpus of the cache, made when it is not there."""
    name = f"chance-{kind}-{megabytes:g}MB-{seed}"
    return cached(name, lambda path: chance.write_chance(path, kind, megabytes, seed))


def planted_records(megabytes: float, *, real: bool, options: Sequence[str] = ()) -> Iterator[Record]:
    """The planted corpus of that size, scored."""
    yield planted_record(planted_corpus(megabytes, real=real), options)


def planted_record(corpus: PlantedCorpus, options: Sequence[str] = ()) -> Record:
    """One scan of a planted corpus, its score, and what other limits of the E-value would give.

    For real prose another scan, of as much generated prose without copies, tells how many matches chance makes.
    """
    found = scan((corpus.texts,), options=options)
    score = planted.score_planted(corpus, found.pairs)
    values: dict[str, Any] = {"score": asdict(score), "thresholds": thresholds(corpus, options), **costs(found)}
    values["score"].pop("examples")
    values["significant"] = significant_share(corpus, found)
    if corpus.real:
        values["decoys"] = len(scan((chance_corpus("generated", corpus.megabytes, seed=1),), options=options).pairs)
        values["decoy_share"] = values["decoys"] / max(score.matches, 1)
    return Record("planted", {"megabytes": corpus.megabytes, "real": corpus.real, "options": " ".join(options)}, values)


def thresholds(corpus: PlantedCorpus, options: Sequence[str] = ()) -> list[dict[str, float]]:
    """Precision and recall at falling limits of the E-value, from one scan that keeps nearly everything."""
    found = scan((corpus.texts,), options=(*options, *f"--score-margin={_MARGIN} --score-alone={_MARGIN}".split()))
    rows = []
    for limit in LIMITS:
        kept = found.evalues <= limit
        if kept.any():
            score = planted.score_planted(corpus, found.pairs.take(kept))
            rows.append(
                {
                    "evalue": limit,
                    "bits": float(found.bits[kept].min()),
                    "matches": int(kept.sum()),
                    "recall": mean_recall(score),
                    "precision": 1 - score.spurious,
                    "granularity": score.granularity,
                }
            )
    return rows


def mean_recall(score: planted.PlantedScore) -> float:
    """Character recall, each copy of whatever level counting the same."""
    rows = score.levels.values()
    return sum(row.characters * row.cases for row in rows) / max(sum(row.cases for row in rows), 1)


def significant_share(corpus: PlantedCorpus, found: Detected) -> float:
    """Share of the unchanged copies that have a match with E ≤ 10⁻³."""
    truth = corpus.pairs().renumbered(found.pairs.documents).oriented()
    rows = overlaps(truth, found.pairs.take(found.evalues <= SIGNIFICANT).oriented())
    unchanged = np.array([case.level == "none" for case in corpus.cases])
    return float((rows.detections_of_cases() > 0)[unchanged].mean()) if unchanged.any() else 0.0


def bibles_records(names: Sequence[str] | None = None, options: Sequence[str] = ()) -> list[Record]:
    """The first version against each of the others, in one scan each: recall of the aligned verses."""
    chosen = list(names or sorted(bibles.installed(), key=lambda name: (name != "kjv", name)))
    records = []
    with tempfile.TemporaryDirectory() as temporary:
        versions = [bibles.write_version(name, Path(temporary) / name) for name in chosen]
        for other in versions[1:]:
            first = versions[0]
            truth = bibles.aligned(first, other)
            found = scan((first.folder, other.folder), between=True, options=options)
            detections = found.pairs.renumbered(truth.documents).oriented()
            truth = truth.oriented()
            shared = overlaps(truth, detections)
            covered = shared.shared_of_cases()
            verses = sorted(first.verses.keys() & other.verses.keys())[::31]
            texts = [_texts(version) for version in (first, other)]
            alike = [
                Indel.normalized_similarity(*(text[verse].casefold().split() for text in texts)) for verse in verses
            ]
            values = {
                "likeness": float(np.mean(alike)),
                "recall": float(covered.sum() / truth.lengths().sum()),
                "verses": float((covered * 2 >= truth.lengths()).mean()),
                "matches": len(detections),
                **costs(found),
            }
            records.append(Record("bibles", {"a": first.name, "b": other.name, "options": " ".join(options)}, values))
    return records


def _texts(version: bibles.Version) -> dict[int, str]:
    books = {name: (version.folder / name).read_text("utf-8") for name, _, _ in version.verses.values()}
    return {verse: books[name][start:end] for verse, (name, start, end) in version.verses.items()}


def costs(found: Detected) -> dict[str, Any]:
    """What a scan cost, in the names that results use."""
    return {
        "wall_seconds": found.cost.wall,
        "cpu_seconds": found.cost.cpu,
        "peak_bytes": found.cost.peak,
        "stage_seconds": dict(found.timings),
    }
