"""The suite: what `textreuse bench` measures in one go, one step after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.corpora import bibles
from benchmarks.errors import BenchmarkError
from benchmarks.experiments import chance, quality, speed
from benchmarks.experiments.candidates import candidates_records
from benchmarks.experiments.kernels import kernels_records
from benchmarks.experiments.limit import limit_records
from benchmarks.experiments.outputs import outputs_records
from benchmarks.experiments.peers import peers_records
from benchmarks.results import Record

QUICK_SIZES = (1, 10)
FULL_SIZES = (1, 10, 100)
REPEATED = 10
"""Megabytes up to which a measurement of cost is repeated, so that its noise is known."""

Step = Callable[[], Iterable[Record]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the suite is to measure.

    Attributes:
        full: Everything; otherwise what takes some minutes.
        sizes: Of the speed series, in MB; empty: 1 and 10, and 100 if `full`.
        pan: Folder of a PAN corpus, if there is one.
        peers: Whether other detectors are installed and run as well.
        peer_sizes: In MB; empty: 1, and 10 if `full`.
        limit: Seconds that each of them may take.
        options: Further words for `textreuse scan`.
    """

    full: bool = False
    sizes: Sequence[float] = ()
    pan: Path | None = None
    peers: bool = False
    peer_sizes: Sequence[float] = ()
    limit: float = 900.0
    options: Sequence[str] = ()


def suite_records(plan: Plan) -> Iterator[Record]:
    """All records of a plan, as they are measured; a step that cannot be done is told of and left out."""
    for step in _steps(plan):
        try:
            yield from step()
        except BenchmarkError as error:
            print(f"left out: {error}", file=sys.stderr)


def _steps(plan: Plan) -> Iterator[Step]:
    options = plan.options
    yield speed.start_records
    for size in sorted(plan.sizes) or (FULL_SIZES if plan.full else QUICK_SIZES):
        repeat = 3 if size <= REPEATED else 1
        yield partial(speed.speed_records, [size], repeat=repeat, options=options)
        yield partial(limit_records, size, repeat=repeat)
    yield partial(speed.jobs_records, 10, repeat=3 if plan.full else 1, options=options)
    yield kernels_records
    for documents in (1000, 2000, 4000, 8000) if plan.full else (1000, 2000, 4000):
        yield partial(speed.formulas_records, [documents], options)
    for real in (True, False):
        yield partial(quality.planted_records, 10, real=real, options=options)
        yield partial(candidates_records, 10, real=real)
    for kind in chance.KINDS:
        yield partial(chance.calibration_records, [kind], 60 if plan.full else 3)
    if plan.pan is not None:
        yield partial(quality.pan_records, plan.pan, options)
    if plan.full:
        yield partial(outputs_records, 3)
        if len(bibles.installed()) > 1:
            yield partial(quality.bibles_records, (), options)
    if plan.peers:
        sizes = sorted(plan.peer_sizes) or ((1, 10) if plan.full else (1,))
        yield partial(peers_records, sizes, install=True, limit=plan.limit, options=options)
