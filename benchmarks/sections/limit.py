"""The section on the physical limit: how far from it a scan is, and which stage is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.experiments.limit import KINDS
from benchmarks.results import Record
from benchmarks.sections.section import COST_HEADER, Section, Table, cost_cells, figure, stage_seconds

SPLITTING = ("re", "polars")
"""The kinds that split into words; the faster of them is the limit."""


def limit(records: Sequence[Record]) -> Section:
    """What reading and splitting alone costs, beside the scans of the same corpora."""
    measured = {
        (record.parameters["megabytes"], record.parameters.get("kind", "polars")): record
        for record in sorted(records, key=lambda record: record.made)
        if record.benchmark == "limit"
    }
    scans = {
        record.parameters["megabytes"]: record
        for record in records
        if record.benchmark == "speed" and not record.parameters["options"]
    }
    order = list(KINDS)
    rows = [
        [f"{megabytes:g} MB", KINDS[kind], *cost_cells(record)]
        for (megabytes, kind), record in sorted(measured.items(), key=lambda one: (one[0][0], order.index(one[0][1])))
    ]
    limits = {
        megabytes: min(
            record.values["wall_units"]
            for (size, kind), record in measured.items()
            if size == megabytes
            if kind in SPLITTING
        )
        for megabytes in sorted({size for size, kind in measured if kind in SPLITTING})
    }
    both = [(megabytes, limits[megabytes], scans[megabytes]) for megabytes in limits if megabytes in scans]
    tables = [Table("", ["corpus", "what", *COST_HEADER], rows, texts=2)]
    if both:
        tables += [_distances(both), _stages(*both[-1])]
    return Section(
        "The physical limit",
        "Reading and splitting into words alone, the files being in memory: what no detector can go below. The limit "
        "is the faster of plain `re` on one core and Polars on all; a scan is a whole process. "
        + (_next(*both[-1]) if both else ""),
        "textreuse bench limit --megabytes 10",
        tables,
    )


def _distances(both: Sequence[tuple[float, float, Record]]) -> Table:
    rows = []
    for megabytes, least, scan in both:
        units = scan.values["wall_units"]
        stage, share = next(iter(_shares(scan).items()))
        without = units * (1 - share) / least
        rows.append(
            [
                *(f"{megabytes:g} MB", figure(least), figure(units), f"{units / least:.1f}"),
                *(stage, f"{share:.0%}", f"{without:.1f}"),
            ]
        )
    header = ["corpus", "limit, units", "scan, units", "times the limit", "costliest stage", "its share"]
    return Table("How far a scan is from the limit", [*header, "times the limit without it"], rows)


def _stages(megabytes: float, least: float, scan: Record) -> Table:
    seconds = stage_seconds(scan)
    rows = []
    for stage, share in _shares(scan).items():
        units = seconds[stage] / scan.values["unit_seconds"]
        rows.append([stage, figure(seconds[stage]), figure(units), f"{share:.1%}", f"{units / least:.1f}"])
    header = ["stage", "seconds", "units", "share", "times the limit"]
    return Table(f"Where a scan of {megabytes:g} MB goes", header, rows)


def _next(megabytes: float, least: float, scan: Record) -> str:
    """Sentences on how far the largest scan is from the limit, and what to make faster."""
    (first, share), (second, following) = list(_shares(scan).items())[:2]
    times = scan.values["wall_units"] / least
    return (
        f"At {megabytes:g} MB a scan takes {times:.1f} times the limit. Next to be made faster: {first}, {share:.0%} "
        f"of the whole, without which it would take {times * (1 - share):.1f} times the limit; then {second}, "
        f"{following:.0%}."
    )


def _shares(scan: Record) -> Mapping[str, float]:
    """The share of each stage in the whole process, largest first."""
    stages = sorted(stage_seconds(scan).items(), key=lambda stage: -stage[1])
    return {stage: seconds / scan.values["wall_seconds"] for stage, seconds in stages}
