"""What the page shows of workers that share no memory."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.results import Record
from benchmarks.sections.section import COST_HEADER, Section, Table, asked, cost_cells, figure, stage_seconds


def workers(records: Sequence[Record]) -> Section:
    """Cost of the same scan by threads, by processes and on Dask."""
    ordered = sorted(records, key=lambda record: (asked(record), *_of_a_series(record)))
    threads = {_of_a_series(record): record for record in ordered if record.parameters["way"] == "threads"}
    rows, by_stage = [], []
    stages = list(dict.fromkeys(stage for record in ordered for stage in stage_seconds(record)))
    for record in ordered:
        values, base = record.values, threads.get(_of_a_series(record))
        slower = figure(values["wall_units"] / base.values["wall_units"]) if base else "–"
        of = record.parameters
        kind = f" of {of['kind']}" if of.get("kind") else ""
        name = f"{of['megabytes']:g} MB{kind}, {of['workers']} {of['way']}"
        held = [_megabytes(values.get(of, 0)) for of in ("driver_bytes", "worker_bytes", "disk_bytes")]
        same = ("the same" if values["same"] else "another") if base else "–"
        rows.append([name, *cost_cells(record), figure(values["cpu_units"]), slower, *held, same])
        by_stage.append([name, *(figure(stage_seconds(record).get(stage, 0)) for stage in stages)])
    header = [*COST_HEADER, "CPU units", "of the threads' time", "driver MB", "worker MB", "disk MB", "result"]
    return Section(
        "Workers that share no memory",
        "The same scan by threads, by processes of this machine and on a Dask scheduler. The memory of the driver and"
        " of the largest worker is what no file backs; on the disk lie the workers' files and the run.",
        "textreuse bench workers --megabytes 10 --workers 2",
        [Table("", ["", *header], rows), Table("Seconds by stage", ["", *stages], by_stage)],
        [],
    )


def _of_a_series(record: Record) -> tuple[str, float, int, str]:
    of = record.parameters
    return of.get("kind", ""), of["megabytes"], of["workers"], of["memory"]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f}" if size else "–"
