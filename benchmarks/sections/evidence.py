"""The section on evidence: figures with the limits that they are to keep."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.evidence.figures import figures_of
from benchmarks.results import Record
from benchmarks.sections.section import Section, Table, asked


def evidence(records: Sequence[Record]) -> Section:
    """Every figure of every part."""
    tables = []
    for record in records:
        rows = [
            [figure.name, f"{figure.value:.4g}", figure.wanted, figure.verdict, figure.note]
            for figure in figures_of(record)
        ]
        title = f"{record.parameters['part']}, {asked(record)}"
        tables.append(Table(title, ["figure", "measured", "wanted", "verdict", "behind it"], rows))
    return Section(
        "Evidence",
        "Whether what is stated of a match holds on collections in which everything copies everything: with more "
        "documents beside it, in another order, in short text, among copies, and against chance.",
        "textreuse bench evidence",
        tables,
    )
