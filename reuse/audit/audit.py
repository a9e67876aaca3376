"""The measured recall of a scan on the user's own text, with exact confidence intervals."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reuse.audit.changes import Level
from reuse.audit.plant import Copy, plant
from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.errors import CorpusError
from reuse.options import ReadOptions, ScanOptions
from reuse.pipeline import scan
from reuse.run.folder import is_run
from reuse.run.run import Run
from reuse.run.scan_record import group_names, groups_of, options_of
from reuse.score.intervals import Share, clopper_pearson
from reuse.work.workers import Workers

LENGTHS = (12, 20, 40, 100)
"""Lengths of the planted passages, in words."""

LEVELS: Mapping[str, Level] = {
    "none": Level(),
    "5 % of words": Level(words=(0.05, 0.05)),
    "15 % of words": Level(words=(0.15, 0.15)),
    "28 % of words, moved": Level(words=(0.28, 0.28), reordered=0.2),
    "2 % of letters": Level(characters=0.02),
}
"""Degrees of change of the planted copies."""

SHARE = 0.2
"""Planted words by words of the corpus, at most: more would change what the copies are to be found in."""

GROUP = "group"
"""Field of the planted corpus: documents of one group are not compared."""

MOST_COPIES = 50
"""Copies of each length and degree of change, at most."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Recall of one kind of copy.

    Attributes:
        change: Name of the degree of change.
        words: Length of the passages, in words.
        found: Copies of which matches with their source cover at least half, on both sides.
        characters: Mean share of the copies' characters that such matches cover.
    """

    change: str
    words: int
    found: Share
    characters: float


def audit(
    sources: Sequence[str | Path],
    options: ScanOptions | None = None,
    *,
    seed: int = 1,
    rounds: int = 1,
    confidence: float = 0.95,
) -> list[Measured]:
    """Plant copies in a copy of the corpus, scan it, and count what is found.

    Args:
        sources: A run, whose documents and options are taken, and which of them it compares; or folders and files.
        options: Of the scan; None: those of the run, or the defaults.
        seed: Of what is planted where.
        rounds: How often to plant and scan, each time with the next seed: more copies, narrower intervals.
        confidence: Level of the intervals.

    Returns:
        Recall by degree of change and length.

    Raises:
        CorpusError: No document could be read.
        UsageError: There are not two documents with words that are compared.
        RunError: The run is broken.
    """
    paths = [Path(path) for path in sources]
    groups: NDArray[np.int32] | None = None
    if len(paths) == 1 and is_run(paths[0]):
        with Run.open(paths[0]) as run:
            texts = [run.text(number) for number in range(len(run.document_ids))]
            options = options or options_of(run.meta["options"])
            names = group_names(run)
            groups = groups_of(names) if names else None
    else:
        options = options or ScanOptions()
        skipped: list[Skipped] = []
        texts = [_body(document) for document in read_documents(paths, options.read, skipped)]
    if not texts:
        raise CorpusError(f"no document could be read from {', '.join(map(str, paths))}")
    tokens = tokenise(((text, None) for text in texts), Workers(options.jobs))
    each = int(SHARE * len(tokens) / (sum(LENGTHS) * len(LEVELS)))
    copies: list[Copy] = []
    parts = [np.zeros((0, 2))]
    for number in range(rounds):
        planted, found = plant(
            texts,
            tokens,
            lengths=LENGTHS,
            levels=LEVELS,
            each=min(max(each, 1), MOST_COPIES),
            seed=seed + number,
            groups=groups,
        )
        copies += found
        parts.append(_covered(planted, found, options, groups))
    covered = np.concatenate(parts)
    return [
        Measured(
            name,
            words,
            clopper_pearson(int((covered[rows] >= 0.5).all(axis=1).sum()), len(rows), confidence),
            float(covered[rows, 1].mean()) if rows else float("nan"),
        )
        for name in LEVELS
        for words in LENGTHS
        for rows in [[row for row, copy in enumerate(copies) if (copy.change, copy.words) == (name, words)]]
    ]


def _body(document: Document) -> str:
    start, end = document.body or (0, len(document.text))
    return document.text[start:end]


def _covered(
    texts: Sequence[str], copies: Sequence[Copy], options: ScanOptions, groups: NDArray[np.int32] | None
) -> NDArray[np.float64]:
    """Share of each copy's source and of the copy that matches of the two cover: float64 (copies, 2)."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "corpus.jsonl"
        width = len(str(len(texts)))
        with corpus.open("w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                record = {"id": f"{number:0{width}}", "text": text}
                if groups is not None:
                    record[GROUP] = f"{groups[number]}"
                file.write(json.dumps(record) + "\n")
        plain = replace(options, read=ReadOptions())
        across = None if groups is None else GROUP
        with scan([corpus], Path(temporary) / "audit.reuse", plain, across=across) as run:
            rows = list(run.query("SELECT a, a_start, a_end, b, b_start, b_end FROM matches"))
            number_of = {int(name): ordinal for ordinal, name in enumerate(run.document_ids)}
    matches: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
    for a, a_start, a_end, b, b_start, b_end in rows:
        matches.setdefault((a, b), []).append((a_start, a_end, b_start, b_end))
        matches.setdefault((b, a), []).append((b_start, b_end, a_start, a_end))
    shares = []
    for copy in copies:
        pair = number_of[copy.source], number_of[copy.target]
        both = [
            row
            for row in matches.get(pair, ())
            if row[0] < copy.source_end and row[1] > copy.source_start and row[2] < copy.end and row[3] > copy.start
        ]
        shares.append(
            (
                _share_covered([row[:2] for row in both], copy.source_start, copy.source_end),
                _share_covered([row[2:] for row in both], copy.start, copy.end),
            )
        )
    return np.array(shares, dtype=np.float64).reshape(-1, 2)


def _share_covered(spans: Sequence[tuple[int, int]], start: int, end: int) -> float:
    """Share of a span that others cover together."""
    covered, reach = 0, start
    for low, high in sorted(spans):
        covered += max(min(high, end) - max(low, reach), 0)
        reach = max(reach, min(high, end))
    return covered / max(end - start, 1)
