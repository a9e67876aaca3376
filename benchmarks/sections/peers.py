"""The section on other detectors, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.experiments.peers import QUICK, REPEATS
from benchmarks.plots import Axis, Series, plot
from benchmarks.results import Record
from benchmarks.sections.section import COST_HEADER, Section, Table, cost_cells, cost_plots


def peers(records: Sequence[Record]) -> Section:
    """All detectors on the same corpora, and why some are missing."""
    tables: list[Table] = []
    plots: list[tuple[str, str, str]] = []
    ran = [record for record in records if "reason" not in record.values]
    for size in sorted({record.parameters["megabytes"] for record in records}):
        here = [record for record in ran if record.parameters["megabytes"] == size]
        if here:
            tables.append(_detectors(size, here))
            plots.append((f"peers-{size:g}MB", f"recall against time at {size:g} MB", _recall_against_time(size, here)))
        absent = [
            [record.parameters["detector"], " ".join(record.values["reason"].split())[:300]]
            for record in records
            if record.parameters["megabytes"] == size and "reason" in record.values
        ]
        if absent:
            tables.append(Table(f"{size:g} MB: not measured", ["detector", "reason"], absent, texts=2))
    settings = {record.parameters["detector"]: record.values["settings"] for record in records}
    tables.append(Table("Settings", ["detector", "settings"], list(settings.items()), texts=2))
    by_detector: dict[str, list[Record]] = {}
    for record in sorted(ran, key=lambda record: record.parameters["megabytes"]):
        by_detector.setdefault(record.parameters["detector"], []).append(record)
    if any(len(found) > 1 for found in by_detector.values()):
        plots += cost_plots(by_detector, "megabytes", "MB of text", "peers")
    return Section(
        "Side by side with others",
        "The same planted corpus of books (8,000 words each below 10 MB, 80,000 from there on), the same truth, one "
        "after the other on the same machine; recall by degree of change. Who takes less than "
        f"{QUICK:g} s runs {REPEATS} times, and the fastest counts. A detector that finds windows or sentences "
        "is scored by the spans that it reports.",
        "textreuse bench peers --megabytes 1 10 --install",
        tables,
        plots,
    )


def _detectors(size: float, records: Sequence[Record]) -> Table:
    levels = list(records[0].values["recall"])
    rows = [
        [
            " ".join(filter(None, (record.parameters["detector"], record.values.get("version")))),
            *cost_cells(record),
            *(f"{record.values['recall'][level]:.3f}" for level in levels),
            f"{record.values['granularity']:.2f}",
            record.values["matches"],
            f"{record.values['spurious']:.1%}",
        ]
        for record in sorted(records, key=lambda record: record.values["wall_units"])
    ]
    return Table(f"{size:g} MB", ["detector", *COST_HEADER, *levels, "granularity", "matches", "spurious"], rows)


def _recall_against_time(size: float, records: Sequence[Record]) -> str:
    points = [
        Series(
            "",
            [(record.values["wall_units"], record.values["recall_all"])],
            line=False,
            labels=[record.parameters["detector"]],
        )
        for record in records
    ]
    return plot(
        f"Recall against time, {size:g} MB",
        Axis("units of time", log=True),
        Axis("character recall, mean of all copies", low=0.0, high=1.0),
        points,
    )
