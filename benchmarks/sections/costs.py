"""Sections on what detection costs."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.experiments.speed import fitted_exponent
from benchmarks.plots import Axis, Series, plot
from benchmarks.results import Record
from benchmarks.sections.section import COST_HEADER, Section, Table, asked, cost_cells


def speed(records: Sequence[Record]) -> Section:
    """Cost by size of the corpus."""
    ordered = sorted(records, key=lambda record: (record.parameters["options"], record.parameters["megabytes"]))
    rows = [
        [
            f"{record.parameters['megabytes']:g} MB, {asked(record)}",
            *cost_cells(record),
            f"{min(record.values['recall'].values()):.3f}",
        ]
        for record in ordered
    ]
    tables = [Table("", ["corpus", *COST_HEADER, "lowest recall"], rows), _stages(ordered, "megabytes", "MB")]
    return Section(
        "Speed",
        "Whole processes, from files to the finished run, formulas included, on generated prose with planted copies. "
        + _exponent(ordered, "bytes"),
        "textreuse bench speed --megabytes 1 10 100 1000",
        tables,
        _cost_plots(ordered, "megabytes", "MB of text", "speed"),
    )


def formulas(records: Sequence[Record]) -> Section:
    """Cost by number of documents with dense formulas."""
    ordered = sorted(records, key=lambda record: record.parameters["documents"])
    rows = [
        [
            f"{record.parameters['documents']:,} documents",
            *cost_cells(record),
            record.values["matches"],
            f"{record.values['recall']:.3f}",
        ]
        for record in ordered
    ]
    tables = [
        Table("", ["corpus", *COST_HEADER, "matches", "phrases in clusters"], rows),
        _stages(ordered, "documents", "documents"),
    ]
    return Section(
        "Dense formulas",
        "Forty phrases, ten of them in every document, each word replaced with probability 0.1: the pairs of a "
        "phrase's occurrences grow with the square of the documents, the cost must not. " + _exponent(ordered, "bytes"),
        "textreuse bench formulas --documents 1000 2000 4000 8000",
        tables,
        _cost_plots(ordered, "documents", "documents", "formulas"),
    )


def start(records: Sequence[Record]) -> Section:
    """Start-up times."""
    rows = [[record.parameters["command"], f"{record.values['wall_seconds']:.3f}"] for record in records]
    return Section(
        "Start-up",
        "Bare Python, `textreuse --help`, and `import reuse`; the best of three.",
        "textreuse bench",
        [Table("", ["", "seconds"], rows)],
    )


def outputs(records: Sequence[Record]) -> Section:
    """Times of reports, exports and the terminal interface."""
    rows = [
        [
            f"{record.parameters['output']} ({record.parameters['megabytes']:g} MB)",
            f"{record.values['wall_seconds']:.3f}",
            f"{record.values['bytes'] / 1e6:.1f}",
        ]
        for record in records
    ]
    return Section(
        "Showing a run",
        "Whole processes that write reports and exports of a stored run of real prose with planted copies. How quickly "
        "the terminal interface answers is measured by `python -m benchmarks.ui`.",
        "textreuse bench outputs",
        [Table("", ["output", "seconds", "MB written"], rows)],
    )


def limit(records: Sequence[Record]) -> Section:
    """What reading and splitting alone costs."""
    rows = [[f"{record.parameters['megabytes']:g} MB", *cost_cells(record)] for record in records]
    return Section(
        "The physical limit",
        "Reading and splitting into words alone, in the fastest library at hand (Polars on all cores): what no "
        "detector can go below.",
        "textreuse bench limit --megabytes 10",
        [Table("", ["corpus", *COST_HEADER], rows)],
    )


def _stages(records: Sequence[Record], size: str, what: str) -> Table:
    stages = list(dict.fromkeys(stage for record in records for stage in record.values["stage_seconds"]))
    rows = [
        [
            f"{record.parameters[size]:,g} {what}",
            *(f"{record.values['stage_seconds'].get(stage, 0):.2f}" for stage in stages),
        ]
        for record in records
    ]
    return Table("Seconds by stage", ["corpus", *stages], rows)


def _exponent(records: Sequence[Record], size: str) -> str:
    """Sentences on how time grows, one for each set of options that was run at two sizes or more."""
    sentences = []
    for options, group in _by_options(records).items():
        sizes = [float(record.values[size]) for record in group]
        if len(set(sizes)) > 1:
            exponent = fitted_exponent(sizes, [record.values["wall_seconds"] for record in group])
            sentences.append(f"Time grows with size to the power of {exponent:.2f} (fitted; {options}).")
    return " ".join(sentences)


def _cost_plots(records: Sequence[Record], size: str, what: str, name: str) -> list[tuple[str, str, str]]:
    groups = {options: group for options, group in _by_options(records).items() if len(group) > 1}
    if not groups:
        return []
    plots = []
    for title, unit, value, scale in (
        ("Time", "seconds", "wall_seconds", 1.0),
        ("Memory", "peak MB", "peak_bytes", 1e6),
    ):
        series = [
            Series(options, [(float(one.parameters[size]), one.values[value] / scale) for one in group])
            for options, group in groups.items()
        ]
        drawing = plot(title, Axis(what, log=True), Axis(unit, log=True), series)
        plots.append((f"{name}-{title.lower()}", f"{title.lower()} against size", drawing))
    return plots


def _by_options(records: Sequence[Record]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(asked(record), []).append(record)
    return groups
