"""Sections on what detection costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.results import Record
from benchmarks.sections.section import (
    COST_HEADER,
    Section,
    Table,
    asked,
    by_options,
    cost_cells,
    cost_plots,
    figure,
    growth,
    stage_seconds,
)


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
        "Formulas are looked for beside the other stages where there are processors to spare: how long they take says "
        "little of the whole, and the wait for them at its end counts as writing. "
        + _exponents(ordered, "megabytes", "MB"),
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
        "phrase's occurrences grow with the square of the documents, the cost must not. "
        + _exponents(ordered, "documents", "documents"),
        "textreuse bench formulas --documents 1000 2000 4000 8000",
        tables,
        _cost_plots(ordered, "documents", "documents", "formulas"),
    )


UNITS, MEMORY = 25.0, 1.5e9
"""Most units and bytes that a scan of codes is to take at `DENSE_MEGABYTES`."""

DENSE_MEGABYTES = 14.0


def dense(records: Sequence[Record]) -> Section:
    """Cost where everything copies everything, by kind of text and size."""
    ordered = sorted(
        records, key=lambda record: (asked(record), record.parameters["kind"], record.parameters["megabytes"])
    )
    rows, exponents = [], []
    groups: dict[str, list[Record]] = {}
    for record in ordered:
        kind, size = record.parameters["kind"], record.parameters["megabytes"]
        groups.setdefault(f"{kind}, {asked(record)}", []).append(record)
        held = size == DENSE_MEGABYTES and kind != "newswire"
        kept = record.values["wall_units"] <= UNITS and record.values["peak_bytes"] <= MEMORY
        verdict = ("met" if kept else "missed") if held else ""
        name = f"{kind}, {size:g} MB, {asked(record)}"
        busy = figure(record.values["cpu_units"])
        rows.append([name, *cost_cells(record), busy, f"{record.values['matches']:,}", verdict])
    for name, group in groups.items():
        one = growth(group)
        if one is not None:
            exponents.append(f"{name}: time grows as size to the power of {one.exponent:.2f}.")
    return Section(
        "Codes of law and newswire",
        "Codes that revise one another, with sections that recur within each, and stories half of which are copies of "
        f"others. At {DENSE_MEGABYTES:g} MB of codes at most {UNITS:g} units and {MEMORY / 1e9:g} GB are wanted. "
        + " ".join(exponents),
        "textreuse bench dense --kinds codes 'more codes' newswire --megabytes 1 4 14",
        [Table("", ["corpus", *COST_HEADER, "CPU units", "matches", "verdict"], rows)],
        cost_plots(groups, "megabytes", "MB of text", "dense"),
    )


def jobs(records: Sequence[Record]) -> Section:
    """Cost by number of jobs."""
    ordered = sorted(
        records, key=lambda record: (asked(record), record.parameters["megabytes"], record.parameters["jobs"])
    )
    alone = {_without_jobs(record): record for record in ordered if record.parameters["jobs"] == 1}
    rows = []
    for record in ordered:
        one = alone.get(_without_jobs(record))
        faster = f"{one.values['wall_units'] / record.values['wall_units']:.2f}" if one else "–"
        name = f"{record.parameters['megabytes']:g} MB, {asked(record)}"
        rows.append([name, record.parameters["jobs"], *cost_cells(record), faster])
    stages = list(dict.fromkeys(stage for record in ordered for stage in stage_seconds(record)))
    by_stage = [
        [
            f"{record.parameters['megabytes']:g} MB, {asked(record)}",
            record.parameters["jobs"],
            *(figure(stage_seconds(record).get(stage, 0)) for stage in stages),
        ]
        for record in ordered
    ]
    return Section(
        "Jobs",
        "The same scan with more jobs, and how many times as fast as with one it is, in units.",
        "textreuse bench jobs --megabytes 10",
        [
            Table("", ["corpus", "jobs", *COST_HEADER, "times as fast"], rows),
            Table("Seconds by stage", ["corpus", "jobs", *stages], by_stage),
        ],
    )


def kernels(records: Sequence[Record]) -> Section:
    """The inner loops alone."""
    rows = [
        [
            record.parameters["kernel"],
            f"{1000 * record.values['wall_seconds']:.2f}",
            f"{1000 * record.values['median_seconds']:.2f}",
            figure(record.values["wall_units"]),
        ]
        for record in records
    ]
    megabytes = records[0].parameters["megabytes"]
    return Section(
        "Kernels",
        f"The inner loops alone, on {megabytes:g} MB of generated prose with planted copies, each given what the "
        "stages before it made; timed by pytest-benchmark, in one thread.",
        "textreuse bench kernels",
        [Table("", ["kernel", "least ms", "median ms", "units"], rows)],
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


def reading(records: Sequence[Record]) -> Section:
    """Reading of each format, beside its library."""
    rows = [
        [
            f"{record.parameters['format']} ({record.values['bytes'] / 1e6:.1f} MB)",
            str(record.parameters["library"]),
            f"{record.values['library_seconds']:.3f}",
            f"{record.values['seconds']:.3f}",
            f"{record.values['seconds'] / max(record.values['library_seconds'], 1e-4):.1f}",
            f"{record.values['wall_seconds']:.3f}",
        ]
        for record in records
        if record.benchmark == "reading"
    ]
    return Section(
        "Reading formats",
        "Processor seconds for one file: the library alone, which parses it and throws away what it finds, and our "
        "reader, which makes a text of it with its pages, lines and elements. *Apart* is the wall time in the process "
        "of its own in which foreign formats are read.",
        "textreuse bench reading",
        [Table("", ["file", "library", "library alone", "ours", "times", "apart"], rows)],
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
        if record.benchmark == "outputs"
    ]
    answers = [_answers(record) for record in records if record.benchmark == "ui"]
    return Section(
        "Showing a run",
        "Whole processes that write reports and exports of a stored run of real prose with planted copies; and a "
        "session in the terminal interface, on a pseudo-terminal: from the command to the first list, and from a key "
        "to the screen's answer.",
        "textreuse bench outputs",
        [Table("", ["output", "seconds", "MB written"], rows), *answers],
    )


PAINT, KEY, CHANGE, OPEN = 1.0, 0.05, 0.1, 2.0
"""Most seconds that are wanted: to the first paint, a key, another screen, the report."""


def screens(records: Sequence[Record]) -> Section:
    """How quickly large runs are shown, against what is wanted."""
    tables = []
    for record in sorted(records, key=lambda one: (one.parameters["matches"], one.benchmark), reverse=True):
        size = f"{record.parameters['matches']:,} matches, {record.parameters['documents']:,} documents"
        if record.benchmark == "screens":
            tables += _pressed(record, size)
        else:
            values = record.values
            rows = [
                ["opened", f"{1000 * values['opened_seconds']:.0f}", _kept(values["opened_seconds"], OPEN)],
                ["written", f"{1000 * values['wall_seconds']:.0f}", ""],
            ]
            tables.append(Table(f"Report of {size}: {values['bytes'] / 1e6:.1f} MB", ["report", "ms", "verdict"], rows))
    return Section(
        "Large runs on the screen",
        "Every key on every screen of the terminal interface, in the real command on a pseudo-terminal: until the "
        "screen begins to answer, and until it is whole, with what is worked out in the background (medians, and the "
        "longest); busy is what a processor gave meanwhile to the thread that draws, which other work on the machine "
        f"does not change. Wanted is that the first screen stands within {PAINT:g} s, that a key is answered within "
        f"{1000 * KEY:.0f} ms and another screen stands within {1000 * CHANGE:.0f} ms; and that the report can be used "
        f"{OPEN:g} s after it is opened in headless Chromium.",
        "textreuse bench screens",
        tables,
    )


def _pressed(record: Record, size: str) -> list[Table]:
    paint, keys, changes = (record.values[name] for name in ("first_paint_seconds", "keys", "changes"))
    slow = {name: key for name, key in keys.items() if key["first"] > KEY}
    summary = [
        ["first paint", f"{1000 * paint:.0f}", "", "", "", _kept(paint, PAINT)],
        *(
            ["to " + name, *_waits(change), _kept(change["whole"], CHANGE)]
            for name, change in sorted(changes.items(), key=lambda one: -one[1]["whole"])
        ),
    ]
    last = sorted(keys.items(), key=lambda one: -one[1]["whole"])
    told = [[name, *_waits(key), _kept(key["first"], KEY)] for name, key in last[:SLOWEST]]
    header = ["begins after ms", "whole after ms", "longest ms", "busy ms", "verdict"]
    return [
        Table(f"Terminal, {size}, {record.values['peak_bytes'] / 1e6:.0f} MB", ["screen", *header], summary),
        Table(
            f"Keys, {size}: {len(keys) - len(slow)} of {len(keys)} answered in time; those that take longest",
            ["key", *header],
            told,
        ),
    ]


SLOWEST = 25
"""Keys that are told one by one."""


def _waits(wait: Mapping[str, float]) -> list[str]:
    return [f"{1000 * wait[name]:.0f}" for name in ("first", "whole", "worst", "busy")]


def _kept(seconds: float, wanted: float) -> str:
    return "met" if seconds <= wanted else "missed"


def later(records: Sequence[Record]) -> Section:
    """What comes after a scan of dense text: seconds, how many times the scan, and peak memory, by corpus."""
    corpora = list(dict.fromkeys(record.parameters["corpus"] for record in records))
    tables = [
        Table(
            corpus,
            ["command", "seconds", "scans", "peak MB"],
            [
                [
                    record.parameters["command"],
                    f"{record.values['wall_seconds']:.1f}",
                    f"{record.values['scans']:.2f}",
                    f"{record.values['peak_bytes'] / 1e6:.0f}",
                ]
                for record in records
                if record.parameters["corpus"] == corpus
            ],
        )
        for corpus in corpora
    ]
    return Section(
        "After a scan of dense text",
        "Every command that reads a run, as a process of its own, beside the scan that made it: where everything is "
        "copied, and where half of the text is zeros or numbers. The terminal: until its first screen stands.",
        "textreuse bench later",
        tables,
    )


def _answers(record: Record) -> Table:
    values = record.values
    title = (
        f"Terminal interface, {values['matches']:,} matches: first list after {values['first_paint_seconds']:.2f} s, "
        f"{values['peak_bytes'] / 1e6:.0f} MB"
    )
    rows = [
        [name, f"{1000 * key['median']:.0f}", f"{1000 * key['worst']:.0f}"]
        for name, key in values["key_seconds"].items()
    ]
    rows.append(["all", f"{1000 * values['median_seconds']:.0f}", f"{1000 * values['worst_seconds']:.0f}"])
    return Table(title, ["keys", "median ms", "worst ms"], rows)


def _without_jobs(record: Record) -> tuple[str, float]:
    return asked(record), record.parameters["megabytes"]


def _stages(records: Sequence[Record], size: str, what: str) -> Table:
    stages = list(dict.fromkeys(stage for record in records for stage in stage_seconds(record)))
    rows = [
        [
            f"{record.parameters[size]:,g} {what}",
            *(figure(stage_seconds(record).get(stage, 0)) for stage in stages),
        ]
        for record in records
    ]
    return Table("Seconds by stage", ["corpus", *stages], rows)


def _exponents(records: Sequence[Record], size: str, what: str) -> str:
    """Sentences on how time grows, one for each set of options that was run at two sizes or more."""
    grows = {options: growth(group) for options, group in by_options(records).items()}
    return " ".join(
        f"From {one.first.parameters[size]:,g} to {one.last.parameters[size]:,g} {what} time grows with size to the "
        f"power of {one.exponent:.2f} (fitted; {options})."
        for options, one in grows.items()
        if one is not None
    )


def _cost_plots(records: Sequence[Record], size: str, what: str, name: str) -> list[tuple[str, str, str]]:
    groups = {options: group for options, group in by_options(records).items() if len(group) > 1}
    return cost_plots(groups, size, what, name) if groups else []
