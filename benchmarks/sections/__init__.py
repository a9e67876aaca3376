"""What the page shows of each benchmark: tables and plots built from records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.results import Record
from benchmarks.sections import costs, quality
from benchmarks.sections.evidence import evidence
from benchmarks.sections.limit import limit
from benchmarks.sections.peers import peers
from benchmarks.sections.section import Section, Table
from benchmarks.sections.targets import targets
from benchmarks.sections.terabyte import terabyte
from benchmarks.sections.workers import workers

__all__ = ["Section", "Table", "sections_of"]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A section of the page.

    Attributes:
        build: Makes it from records.
        needs: It is shown when there are records of all these benchmarks.
        uses: Records of these are handed to it as well.
    """

    build: Callable[[Sequence[Record]], Section]
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()


_PAGE = (
    _Shown(targets, ("peers", "speed")),
    _Shown(peers, ("peers",)),
    _Shown(costs.speed, ("speed",)),
    _Shown(costs.jobs, ("jobs",)),
    _Shown(workers, ("workers",)),
    _Shown(terabyte, ("terabyte", "terabyte-scan", "terabyte-shingles", "terabyte-pieces"), ("terabyte-range",)),
    _Shown(limit, ("limit",), ("speed",)),
    _Shown(costs.kernels, ("kernels",)),
    _Shown(costs.reading, ("reading",)),
    _Shown(costs.formulas, ("formulas",)),
    _Shown(costs.dense, ("dense",)),
    _Shown(quality.planted, ("planted",)),
    _Shown(quality.candidates, ("candidates",), ("s-curve",)),
    _Shown(quality.pan, ("pan",)),
    _Shown(quality.bibles, ("bibles",)),
    _Shown(quality.phrases, ("phrases",)),
    _Shown(quality.calibration, ("calibration",)),
    _Shown(evidence, ("evidence",)),
    _Shown(costs.start, ("start",)),
    _Shown(costs.outputs, ("outputs",), ("ui",)),
    _Shown(costs.screens, ("screens",), ("opened",)),
    _Shown(costs.later, ("later",)),
)
"""The sections in their order."""


def sections_of(records: Sequence[Record]) -> list[Section]:
    """The sections that some records give, in the order of the page."""
    measured = {record.benchmark for record in records}
    return [
        shown.build([record for record in records if record.benchmark in shown.needs + shown.uses])
        for shown in _PAGE
        if measured.issuperset(shown.needs)
    ]
