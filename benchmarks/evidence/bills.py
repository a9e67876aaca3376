"""Which order of matches puts bills that share substance before bills that share only boilerplate."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.bills import Bill, bills
from benchmarks.detector import scan_into, textreuse
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector

ORDERS = ("matched_tokens", "bits", "bits_rare")
"""Columns of matches: a pair of bills has the highest of its matches."""


def bills_figures(detector: Detector, documents: int = 160, seed: int = 1) -> Iterator[Figure]:
    """Scan generated bills and hold the order of their pairs against what they share.

    Raises:
        BenchmarkError: The scan failed, or the detector has none of the columns.
    """
    made = bills(documents, models=documents // 5, seed=seed)
    with tempfile.TemporaryDirectory() as temporary:
        corpus, out = Path(temporary) / "bills", Path(temporary) / "bills.reuse"
        corpus.mkdir()
        for bill in made:
            (corpus / bill.name).write_text(bill.text, encoding="utf-8")
        scan_into(out, [corpus], options=detector.options, python=detector.python)
        said = textreuse(["export", out.absolute(), "matches"], detector.python).output
    yield from scored(made, [json.loads(line) for line in said.splitlines()])


def scored(made: Sequence[Bill], matches: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    """How well each order tells the pairs that share substance, of all pairs with a match."""
    models = {bill.name: bill.models for bill in made}
    pairs = sorted({(match["a"], match["b"]) for match in matches if match["a"] != match["b"]})
    number = {pair: at for at, pair in enumerate(pairs)}
    substance = np.array([bool(models[a] & models[b]) for a, b in pairs], dtype=bool)
    named = [name for at, name in enumerate(models) for other in list(models)[:at] if models[name] & models[other]]
    count = int(substance.sum())
    yield share("pairs that share substance: found", count, len(named), least=0.95)
    for order in ORDERS:
        highest = np.full(len(pairs), -np.inf)
        for match in matches:
            at = number.get((match["a"], match["b"]))
            if at is not None:
                highest[at] = max(highest[at], match[order])
        note = f"{count} pairs share substance, {len(pairs) - count} only boilerplate"
        yield Figure(f"{order}: area under the curve", area(highest, substance), note=note)
        first = np.argsort(-highest, kind="stable")[:count]
        yield share(f"{order}: of as many first pairs, such that share substance", int(substance[first].sum()), count)


def area(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The probability that one that is right has a higher score than one that is not, ties counting half (AUC)."""
    below = np.searchsorted(np.sort(scores[~right]), scores[right], side="left")
    level = np.searchsorted(np.sort(scores[~right]), scores[right], side="right")
    return float((below + level).sum() / 2 / max(int(right.sum()) * int((~right).sum()), 1))
