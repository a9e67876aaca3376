"""A measured figure with the limits that it is to keep."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from benchmarks.results import Record


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        name: What was measured, in words.
        value: The measurement; not a number where there was nothing to measure.
        least: It is to be at least that; None: no lower limit.
        most: It is to be at most that; None: no upper limit.
        note: What else a reader should know, such as the counts behind a share.
    """

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def wanted(self) -> str:
        """The limits in words; empty when there are none."""
        if self.least is not None and self.most is not None:
            return f"{self.least:.3g} to {self.most:.3g}" if self.least < self.most else f"{self.least:.4g}"
        if self.least is not None:
            return f"≥ {self.least:.4g}"
        return "" if self.most is None else f"≤ {self.most:.4g}"

    @property
    def verdict(self) -> str:
        """`met` or `missed`; empty when nothing is wanted; `not measured` when there was nothing to measure."""
        if math.isnan(self.value):
            return "not measured"
        if self.least is None and self.most is None:
            return ""
        low = self.least is None or self.value >= self.least
        return "met" if low and (self.most is None or self.value <= self.most) else "missed"


def record_of(part: str, figures: Iterable[Figure], options: Sequence[str]) -> Record:
    """The figures of one part as a record of results; what is not a number is stored as null."""
    rows = [asdict(figure) for figure in figures]
    stored = [{**row, "value": None if math.isnan(row["value"]) else row["value"]} for row in rows]
    return Record("evidence", {"part": part, "options": " ".join(options)}, {"figures": stored})


def figures_of(record: Record) -> list[Figure]:
    """The figures that a record holds."""
    rows = record.values["figures"]
    return [Figure(**{**row, "value": math.nan if row["value"] is None else row["value"]}) for row in rows]


def share(name: str, hits: int, trials: int, **limits: float) -> Figure:
    """A share with the counts behind it."""
    return Figure(name, hits / trials if trials else math.nan, note=f"{hits:,} of {trials:,}", **limits)
