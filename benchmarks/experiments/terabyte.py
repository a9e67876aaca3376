"""A scan of a terabyte: what is measured for the model, and what the model says on so many workers."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.corpora.prose import speeches
from benchmarks.experiments.quality import planted_corpus
from benchmarks.process import run
from benchmarks.results import Record
from benchmarks.terabyte.growth import Changes, Cluster, Growth, begins_and_joins, merged
from benchmarks.terabyte.references import seconds_of_a_piece
from benchmarks.terabyte.shingles import spread, tokens_of
from benchmarks.terabyte.simulation import played
from benchmarks.terabyte.trace import Step, Trace

TERABYTE = 1e12
"""Characters."""

WORKERS = (1, 3, 10, 30, 100, 300, 1000)

CHANGES: Mapping[str, Changes] = {
    "as it is": Changes(),
    "joins in two rounds": Changes(rounds=True),
    "and nothing done alone": Changes(rounds=True, cut=True),
}
"""What is played through: the program as it is, and what would have to change one after the other."""

JOINED = {2: ("pairs.grouped",), 3: ("seeds.groups", "places.sorted_places")}
"""The functions that bring together equal runs of so many words."""

_SPREAD_ON = 100.0  # megabytes of generated prose


def terabyte_records(sizes: Sequence[float], *, keys: int = 0, measured: Sequence[Record] = ()) -> Iterator[Record]:
    """Everything: what the model rests on, unless it is given, and what it says."""
    found = list(measured)
    for record in () if measured else measured_records(sizes, keys=keys):
        found.append(record)
        yield record
    yield from model_records(found)


def measured_records(sizes: Sequence[float], *, keys: int = 0) -> Iterator[Record]:
    """What the model rests on.

    Args:
        sizes: Megabytes of generated prose, ascending; each is scanned by one worker.
        keys: Occurrences of one shingle that are joined, as the fullest range; 0: those of the commonest one in a
            terabyte, if the messages are typical.
    """
    for megabytes in sizes:
        corpus = planted_corpus(megabytes, real=False).texts
        with tempfile.TemporaryDirectory() as folder:
            found = json.loads(run([sys.executable, "-m", "benchmarks.terabyte.trace", corpus, folder]).output)
        trace = Trace(**{**found, "steps": [Step(**step) for step in found["steps"]]})
        yield Record("terabyte-scan", {"megabytes": megabytes}, merged(trace))
    generated = sorted(planted_corpus(_SPREAD_ON, real=False).texts.rglob("*.txt"))
    texts_of: dict[str, Iterator[str]] = {
        "State of the Union": (text for _, text in speeches()),
        f"generated, {_SPREAD_ON:g} MB": (path.read_text("utf-8") for path in generated),
    }
    share = 0.0
    for name, texts in texts_of.items():
        tokens = tokens_of(texts)
        for size in JOINED:
            shares = spread(tokens, size)
            share = max(share, shares.of_rank[1]) if size == 3 else share
            yield Record("terabyte-shingles", {"text": name, "words": size}, asdict(shares))
    count = keys or round(share * TERABYTE / 6)
    cost = run([sys.executable, "-m", "benchmarks.terabyte.shingles", str(count)])
    yield Record(
        "terabyte-range", {"keys": count}, {"cpu_seconds": json.loads(cost.output)["seconds"], "peak_bytes": cost.peak}
    )
    yield Record("terabyte-pieces", {}, {"piece_seconds": seconds_of_a_piece()})


def model_records(measured: Sequence[Record], series: Sequence[int] = WORKERS) -> Iterator[Record]:
    """A terabyte on so many workers, as the program is and as it might be."""
    growth = growth_of(measured)
    tokens = growth.tokens(TERABYTE)
    for name, changes in CHANGES.items():
        for workers in series:
            items, beside = growth.program(tokens, Cluster(workers), changes)
            found = played(items, workers, beside, *begins_and_joins(items))
            yield Record("terabyte", {"changes": name, "workers": workers}, asdict(found))


def growth_of(measured: Sequence[Record]) -> Growth:
    """How scans grow, by the records of those that were measured."""
    scans: list[Mapping[str, Any]] = [record.values for record in measured if record.benchmark == "terabyte-scan"]
    piece = next(record.values["piece_seconds"] for record in measured if record.benchmark == "terabyte-pieces")
    spreads = [record for record in measured if record.benchmark == "terabyte-shingles"]
    shares: dict[str, float] = {}
    for record in spreads:
        # As keys of JSON, ranks are texts.
        share = {int(rank): value for rank, value in record.values["of_rank"].items()}[1]
        for function in JOINED[record.parameters["words"]]:
            shares[function] = max(shares.get(function, 0.0), share)
    return Growth(sorted(scans, key=lambda scan: float(scan["tokens"])), piece, shares)
