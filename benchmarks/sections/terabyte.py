"""What the page shows of a scan of a terabyte: measurements, how they grow, and what that comes to on many workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from benchmarks.experiments.terabyte import CHANGES, TERABYTE, growth_of
from benchmarks.plots import Axis, Series, plot
from benchmarks.results import Record
from benchmarks.sections.section import Section, Table, figure
from benchmarks.terabyte.growth import Growth, Law
from benchmarks.terabyte.shingles import RANKS

HOUR = 3600.0
GAIN = 0.9
"""Of the time with fewer workers, what more of them must get below to be worth having."""

MANY = 15
"""Steps that are shown."""

ABOUT = """\
Scans of {scanned} MB of generated prose by one worker, measured part by part in seconds of the processor. Each \
step grows by the power of the words that its measurements give, never less than in proportion; what is done with \
windows that are signed, until all are ({signed} of the larger scan). What that comes to at a terabyte is played \
through, event by event, on 1 to 1,000 workers. What is assumed: workers of 4 GB, disks that read and write 10 GB/s \
together and 1 GB/s for each worker, threads of the scan's own process that do not hinder each other, nobody who \
dies. So far beyond what was measured, hours say what comes first and what next, and no more.

**A terabyte cannot be scanned.** Keys of anchors end at some 10⁹ words ({keys_end} GB), the scan's own process \
would need {memory} of memory, and one join has {pairs} million equal keys, of a pair of words: equal keys are \
never parted, and so many fit into no worker. The rest of this section says what would come next if these three \
were mended.

**As it is, more than {enough} workers are of no use**: {fewest} hours on one, {enough_hours} on {enough}, \
{most_hours} on {most}. On {enough}, the scan's own process is busy for {own} hours: {alone} alone, while the \
workers wait for it, the rest handing out parts and taking them back. With more workers there are more ranges, \
each put together from a piece of every slice, which takes that process longer. If keys were brought together in \
two rounds, it would be {rounds_hours} hours on {most}; if what is done alone were cut into parts as well, \
{cut_hours}, most of them for the stage *{last}*. Of the workers' {worked} hours, {dearest_hours} are those of \
*{dearest}*, which grows by the power {power}: it is what to look at first, on one worker or many."""


def terabyte(records: Sequence[Record]) -> Section:
    """The measurements, their growth, and the simulation."""
    growth = growth_of(records)
    played = [record for record in records if record.benchmark == "terabyte"]
    return Section(
        "A terabyte",
        _about(growth, records, played),
        "textreuse bench terabyte --megabytes 100 1000",
        [_stages(growth), _steps(growth), _sizes(growth), _spreads(records), _times(played), _by_stage(played)],
        [("terabyte", "hours of a terabyte by workers", _drawn(played))],
    )


def _about(growth: Growth, records: Sequence[Record], played: Sequence[Record]) -> str:
    last, tokens = growth.scans[-1], growth.tokens(TERABYTE)
    hours = _hours(played)
    now, rounds, cut = (hours[name] for name in CHANGES)
    enough = _saturated(now)
    most = max(now)
    own = next(one.values for one in played if one.parameters == {"changes": "as it is", "workers": enough})
    stages = next(
        one.values["stages"] for one in played if one.parameters == {"changes": list(CHANGES)[-1], "workers": most}
    )
    worked = {name: growth.of("steps", name, "seconds") for name in last["steps"]}
    dearest = max(worked, key=lambda name: worked[name].at(tokens))
    pairs = max(record.values["of_rank"][_first(record)] for record in records if _is_of(record, 2))
    return ABOUT.format(
        signed=f"{growth.signed:.0%}",
        scanned=" and ".join(f"{scan['characters'] / 1e6:,.0f}" for scan in growth.scans),
        keys_end=round(2**30 / last["tokens"] * last["characters"] / 1e9),
        memory=_size(growth.of("memory", noticed=1).at(tokens)),
        pairs=f"{pairs * tokens / 1e6:,.0f}",
        enough=f"{enough:,}",
        fewest=_whole(now[min(now)]),
        enough_hours=_whole(now[enough]),
        most=f"{most:,}",
        most_hours=_whole(now[most]),
        own=_whole((own["alone"] + own["handing"]) / HOUR),
        alone=_whole(own["alone"] / HOUR),
        rounds_hours=_whole(rounds[most]),
        cut_hours=_whole(cut[most]),
        last=max(stages, key=lambda stage: float(stages[stage])),
        worked=_whole(sum(law.at(tokens) for law in worked.values()) / HOUR),
        dearest=dearest,
        dearest_hours=_whole(worked[dearest].at(tokens) / HOUR),
        power=_exponent(worked[dearest]),
    )


def _saturated(hours: Mapping[int, float]) -> int:
    """The number of workers from which on the next larger one of the series gains little, or loses."""
    return next((few for few, more in pairwise(sorted(hours)) if hours[more] > GAIN * hours[few]), max(hours))


def _hours(played: Sequence[Record]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {name: {} for name in CHANGES}
    for record in played:
        found[record.parameters["changes"]][record.parameters["workers"]] = record.values["seconds"] / HOUR
    return found


def _stages(growth: Growth) -> Table:
    """Seconds of each stage at each size, how they grow, and hours at a terabyte."""
    tokens = growth.tokens(TERABYTE)
    rows = []
    for stage, laws in growth.stage_laws().items():
        for who, law in zip(("workers", "the scan's own process"), laws, strict=True):
            measured = [law_of(growth, stage, who, row) for row in range(len(growth.scans))]
            if measured[-1] >= 0.01:
                rows.append([stage, who, *map(figure, measured), _exponent(law), figure(law.at(tokens) / HOUR)])
    header = [
        "stage",
        "who",
        *(f"s at {_corpus(scan)}" for scan in growth.scans),
        "grows by the power",
        "hours at 1 TB",
    ]
    return Table("Seconds of the processor by stage", header, rows, texts=2)


def law_of(growth: Growth, stage: str, who: str, row: int) -> float:
    """What was measured of a stage at one size."""
    worked, own = Growth([growth.scans[row]], growth.piece, growth.commonest).stage_laws()[stage]
    return worked.value if who == "workers" else own.value


def _steps(growth: Growth) -> Table:
    """The steps that are costliest at a terabyte: parts, bytes and seconds at the largest size."""
    tokens, steps = growth.tokens(TERABYTE), growth.scans[-1]["steps"]
    laws = {name: growth.of("steps", name, "seconds") for name in steps}
    rows = [
        [
            name,
            f"{steps[name]['parts']:,}",
            f"{steps[name]['bytes'] / 1e6:,.0f}",
            figure(steps[name]["seconds"]),
            figure(steps[name]["longest"]),
            figure(steps[name]["driver"]),
            _exponent(laws[name]),
            _whole(laws[name].at(tokens) / HOUR),
        ]
        for name in sorted(steps, key=lambda name: -laws[name].at(tokens))[:MANY]
    ]
    header = [
        "step",
        "parts",
        "MB made",
        "seconds",
        "longest part",
        "own process",
        "grows by the power",
        "hours at 1 TB",
    ]
    return Table(f"The {MANY} costliest steps at 1 TB, as measured at {_corpus(growth.scans[-1])}", header, rows)


def _sizes(growth: Growth) -> Table:
    """Rows and bytes at each size and at a terabyte."""
    tokens = growth.tokens(TERABYTE)
    rows = []
    for name, path, show in (
        ("words", ("tokens",), _count),
        ("matches", ("counts", "matches"), _count),
        ("formulas found", ("counts", "formulas_found"), _count),
        ("files of the workers at a time", ("disk",), _size),
        ("the run", ("run",), _size),
        ("memory of the scan's own process that no file backs", ("memory",), _size),
    ):
        values = []
        for scan in growth.scans:
            value = scan
            for key in path:
                value = value[key]
            values.append(float(value))  # type: ignore[arg-type]
        law = Law.of(growth.sizes, values, noticed=1)
        rows.append([name, *map(show, values), show(law.at(tokens))])
    return Table("Rows and bytes", ["", *(_corpus(scan) for scan in growth.scans), "1 TB"], rows)


def _spreads(records: Sequence[Record]) -> Table:
    rows = []
    for record in records:
        if record.benchmark == "terabyte-shingles":
            of, ranks = record.parameters, {int(rank): share for rank, share in record.values["of_rank"].items()}
            shares = [f"{ranks[rank]:.2g}" if rank in ranks else "–" for rank in RANKS]
            rows.append([f"{of['words']} words, {of['text']}", f"{record.values['once']:.0%}", *shares])
    fullest = next((record for record in records if record.benchmark == "terabyte-range"), None)
    title = "How unevenly runs of words are spread: share of the one of each rank in all"
    if fullest:
        of = fullest.values
        title += (
            f". The fullest range, {fullest.parameters['keys']:,} times the same three words, was joined at its real "
            f"size: {figure(of['cpu_seconds'])} s, {_size(of['peak_bytes'])}"
        )
    return Table(title, ["", "of them once", *(f"rank {rank:,}" for rank in RANKS)], rows)


def _times(played: Sequence[Record]) -> Table:
    rows = []
    for record in played:
        of, values = record.parameters, record.values
        hours, workers = values["seconds"] / HOUR, of["workers"]
        own = (values["alone"] + values["handing"]) / values["seconds"]
        rows.append(
            [
                *(of["changes"], f"{workers:,}", _whole(hours), _whole(hours * (workers + 1))),
                *(f"{values['worked'] / workers / values['seconds']:.0%}", f"{own:.0%}"),
            ]
        )
    header = ["program", "workers", "hours", "core-hours", "of which workers are busy", "own process busy"]
    return Table("A terabyte, played through", header, rows)


def _by_stage(played: Sequence[Record]) -> Table:
    now = [record for record in played if record.parameters["changes"] == "as it is"]
    stages = list(now[0].values["stages"])
    rows = [
        [f"{record.parameters['workers']:,}", *(_whole(record.values["stages"][stage] / HOUR) for stage in stages)]
        for record in now
    ]
    return Table("Hours by stage, as it is", ["workers", *stages], rows)


def _drawn(played: Sequence[Record]) -> str:
    hours = _hours(played)
    series = [Series(name, sorted(times.items())) for name, times in hours.items()]
    now = hours["as it is"]
    least = min(now)
    series.append(Series("if workers alone counted", [(few, now[least] * least / few) for few in now], dashed=True))
    return plot("A terabyte by workers", Axis("workers", log=True), Axis("hours", log=True), series)


def _is_of(record: Record, words: int) -> bool:
    return record.benchmark == "terabyte-shingles" and record.parameters["words"] == words


def _first(record: Record) -> int | str:
    """The first rank, which is a text where it was read from JSON."""
    ranks: list[int | str] = list(record.values["of_rank"])
    return ranks[0]


def _corpus(scan: Mapping[str, float]) -> str:
    return f"{scan['characters'] / 1e6:,.0f} MB"


def _exponent(law: Law) -> str:
    return f"{law.exponent:.2f}"


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _whole(hours: float) -> str:
    return f"{hours:,.0f}" if hours >= 10 else f"{hours:.1f}"


def _size(size: float) -> str:
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size:,.0f} bytes"
