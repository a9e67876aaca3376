"""Whether E-values mean what they say: matches in text where nothing was copied, against the number to be expected."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpora.chance import Kind, write_chance
from benchmarks.detector import scan
from benchmarks.results import Record

KINDS: tuple[Kind, ...] = ("shuffled", "generated")
"""The kinds of chance corpora."""

EVALUES = (0.01, 0.1, 1.0, 10.0)
"""The values of E at which matches are counted."""

KEEP_ALL = ("--align-max-evalue", "100")
"""Words for `scan` that keep matches up to well above the largest of them."""


def calibration_record(kind: Kind, seeds: int, megabytes: float = 1.0, options: Sequence[str] = ()) -> Record:
    """Mean number of matches with E ≤ x over the corpora of many seeds, with the standard error of that mean.

    Expected: x, at every x.
    """
    counts = []
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as temporary:
            found = scan(
                (write_chance(Path(temporary) / "texts", kind, megabytes, seed),), options=[*options, *KEEP_ALL]
            )
        counts.append([int((found.evalues <= value).sum()) for value in EVALUES])
    table = np.array(counts, dtype=np.float64)
    values = {
        "evalues": list(EVALUES),
        "matches": table.mean(axis=0).tolist(),
        "standard_errors": (table.std(axis=0) / np.sqrt(seeds)).tolist(),
        "seeds": seeds,
    }
    return Record("calibration", {"kind": kind, "megabytes": megabytes, "options": " ".join(options)}, values)
