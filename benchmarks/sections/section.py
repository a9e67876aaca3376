"""What a section of the page is, and the cells that several share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.experiments.speed import fitted_exponent
from benchmarks.plots import Axis, Series, plot
from benchmarks.results import Record


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its title (may be empty), header and rows; its first `texts` columns hold text, the others numbers."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    texts: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A benchmark on the page.

    Attributes:
        title: Its heading.
        about: What is measured, in a sentence or two.
        command: What repeats it.
        tables: Its tables.
        plots: (file name without suffix, description, SVG).
    """

    title: str
    about: str
    command: str
    tables: Sequence[Table]
    plots: Sequence[tuple[str, str, str]] = ()


COST_HEADER = ("seconds", "units", "CPU seconds", "peak MB")


def cost_cells(record: Record) -> list[str]:
    """The cells under COST_HEADER."""
    values = record.values
    return [
        figure(values["wall_seconds"]),
        figure(values["wall_units"]),
        figure(values["cpu_seconds"]),
        f"{values['peak_bytes'] / 1e6:,.0f}",
    ]


def figure(value: float) -> str:
    """A cost to three figures, or to the whole number."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def stage_seconds(record: Record) -> dict[str, float]:
    """Seconds by stage; what is left of the whole process is its start and the writing of the run.

    Stages stand in the order in which they ended. Formulas that ended before the last stage, or leave no time for all
    others in turn, ran beside them and are no part of the whole; the wait for them at the end counts as writing.
    """
    stages = dict(record.values["stage_seconds"])
    rest = record.values["wall_seconds"] - sum(stages.values())
    if rest < 0 or "formulas" in list(stages)[:-1]:
        rest += stages.get("formulas", 0.0)
    return {**stages, "start and write": max(rest, 0.0)}


def cost_plots(groups: Mapping[str, Sequence[Record]], size: str, what: str, name: str) -> list[tuple[str, str, str]]:
    """Time and memory against a parameter that says how large the input was, a line for each group."""
    plots = []
    for title, unit, value, scale in (
        ("Time", "seconds", "wall_seconds", 1.0),
        ("Memory", "peak MB", "peak_bytes", 1e6),
    ):
        series = [
            Series(group, [(float(one.parameters[size]), one.values[value] / scale) for one in records])
            for group, records in groups.items()
        ]
        drawing = plot(f"{title} against size", Axis(what, log=True), Axis(unit, log=True), series)
        plots.append((f"{name}-{title.lower()}", f"{title.lower()} against size", drawing))
    return plots


def by_options(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The records of each set of options, named in words."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(asked(record), []).append(record)
    return groups


START = 2.0
"""Seconds of a scan below which starting up is much of it: such scans say little of how time grows."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How time grows: the fitted exponent, and the smallest and the largest measurement that it rests on."""

    exponent: float
    first: Record
    last: Record


def growth(records: Sequence[Record]) -> Growth | None:
    """The exponent of time against size, over scans that take longer than START if there are two; None for one size."""
    long = [record for record in records if record.values["wall_seconds"] >= START]
    used = sorted(long if len(_sizes(long)) > 1 else records, key=lambda record: record.values["bytes"])
    if len(_sizes(used)) < 2:
        return None
    sizes = [float(record.values["bytes"]) for record in used]
    return Growth(fitted_exponent(sizes, [record.values["wall_seconds"] for record in used]), used[0], used[-1])


def _sizes(records: Sequence[Record]) -> set[int]:
    return {record.values["bytes"] for record in records}


def asked(record: Record) -> str:
    """The options of a record in words."""
    return str(record.parameters.get("options") or "default options")
