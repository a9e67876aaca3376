"""Whether E-values mean what they say: matches in text where nothing was copied, against the number to be expected.

What is counted are the matches of the first, strict pass before any filter but that of the E-value: reworded passages
and text that recurs are judged by other things as well.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.chance import write_chance
from benchmarks.results import Record
from reuse.align.align import find_matches, find_regions
from reuse.corpus.tokenise import tokenise
from reuse.index.candidates import find_candidates
from reuse.index.pairing import Pairing
from reuse.options import RewordedOptions, ScanOptions, ScoreOptions
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise

KINDS = ("shuffled", "generated")
"""The kinds of chance corpora."""

EVALUES = (0.01, 0.1, 1.0, 10.0)
"""The values of E at which matches are counted."""

_MARGIN = -math.log2(max(EVALUES))

OPTIONS = ScanOptions(score=ScoreOptions(margin=_MARGIN, alone=_MARGIN), reworded=RewordedOptions(enabled=False))
"""Options that keep matches up to the largest of them, however few bits they have."""


def calibration_records(kinds: Sequence[str], seeds: int, megabytes: float = 1.0) -> Iterator[Record]:
    """One record a kind of chance text."""
    for kind in kinds:
        yield calibration_record(kind, seeds, megabytes)


def calibration_record(kind: str, seeds: int, megabytes: float = 1.0) -> Record:
    """Mean number of matches with E ≤ x over the corpora of many seeds, with the standard error of that mean.

    Expected: x, at every x.
    """
    table = np.array(
        [np.searchsorted(chance_evalues(kind, megabytes, seed), EVALUES, side="right") for seed in range(1, seeds + 1)],
        dtype=np.float64,
    )
    values = {
        "evalues": list(EVALUES),
        "matches": table.mean(axis=0).tolist(),
        "standard_errors": (table.std(axis=0) / np.sqrt(seeds)).tolist(),
        "seeds": seeds,
    }
    return Record("calibration", {"kind": kind, "megabytes": megabytes}, values)


def chance_evalues(kind: str, megabytes: float, seed: int) -> NDArray[np.float64]:
    """E-values (float64, ascending) of the matches in one chance corpus."""
    with tempfile.TemporaryDirectory() as temporary:
        paths = sorted(write_chance(Path(temporary) / "texts", kind, megabytes, seed).iterdir())
        tokens = tokenise((path.read_text("utf-8"), None) for path in paths)
    pairing = Pairing.of(tokens)
    anchors, _ = find_candidates(tokens, pairing, OPTIONS.index)
    surprise = Surprise.of(tokens, OPTIONS.score)
    floor = Floor.of(OPTIONS.score, pairing.token_pairs(surprise.counted))
    regions = find_regions(tokens, anchors, surprise, floor, OPTIONS.align)
    found, _ = find_matches(tokens, regions, surprise, floor, OPTIONS.align, OPTIONS.reworded)
    return np.sort(found.evalue)
