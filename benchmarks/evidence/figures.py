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
        interval: Of 95 %, where few events stand behind the number: a value beyond the limits whose interval is not
            wholly beyond them decides nothing.
    """

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    note: str = ""
    interval: tuple[float, float] | None = None

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
        """`met` or `missed`; empty when nothing is wanted; `not measured`; `undecided`, when more would have to be."""
        if math.isnan(self.value):
            return "not measured"
        if self.least is None and self.most is None:
            return ""
        least = -math.inf if self.least is None else self.least
        most = math.inf if self.most is None else self.most
        if least <= self.value <= most:
            return "met"
        low, high = self.interval or (self.value, self.value)
        return "undecided" if high >= least and low <= most else "missed"


def record_of(part: str, figures: Iterable[Figure], options: Sequence[str]) -> Record:
    """The figures of one part as a record of results; what is not a number is stored as null."""
    rows = [asdict(figure) for figure in figures]
    stored = [{**row, "value": None if math.isnan(row["value"]) else row["value"]} for row in rows]
    return Record("evidence", {"part": part, "options": " ".join(options)}, {"figures": stored})


def figures_of(record: Record) -> list[Figure]:
    """The figures that a record holds."""
    rows = record.values["figures"]
    return [
        Figure(
            **{
                **row,
                "value": math.nan if row["value"] is None else row["value"],
                "interval": tuple(row["interval"]) if row["interval"] else None,
            }
        )
        for row in rows
    ]


def poisson_interval(count: int) -> tuple[float, float]:
    """The 95 % interval of the mean of a Poisson distribution that gave `count` events, by Byar's approximation."""
    if count < 0:
        raise ValueError(f"a count is at least 0, not {count}")
    more = count + 1
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * math.sqrt(count))) ** 3 if count else 0.0
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * math.sqrt(more))) ** 3


def share(name: str, hits: int, trials: int, *, least: float | None = None, most: float | None = None) -> Figure:
    """A share with the counts behind it."""
    return Figure(name, hits / trials if trials else math.nan, least, most, f"{hits:,} of {trials:,}")
