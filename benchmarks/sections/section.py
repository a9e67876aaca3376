"""What a section of the page is, and the cells that several share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.results import Record


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its title (may be empty), header and rows, the first column being text."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


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
        f"{values['wall_seconds']:.2f}",
        f"{values['wall_units']:.1f}",
        f"{values['cpu_seconds']:.2f}",
        f"{values['peak_bytes'] / 1e6:,.0f}",
    ]


def asked(record: Record) -> str:
    """The options of a record in words."""
    return str(record.parameters.get("options") or "default options")
