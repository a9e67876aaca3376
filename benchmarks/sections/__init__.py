"""What the page shows of each benchmark: tables and plots built from records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.results import Record
from benchmarks.sections import costs, quality
from benchmarks.sections.section import Section, Table

__all__ = ["SECTIONS", "Section", "Table"]

SECTIONS: Mapping[str, Callable[[Sequence[Record]], Section]] = {
    "pan": quality.pan,
    "planted": quality.planted,
    "candidates": quality.candidates,
    "bibles": quality.bibles,
    "calibration": quality.calibration,
    "speed": costs.speed,
    "formulas": costs.formulas,
    "limit": costs.limit,
    "start": costs.start,
    "outputs": costs.outputs,
    "peers": quality.peers,
}
"""How each benchmark is shown, in the order of the page."""
