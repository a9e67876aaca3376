"""The section on targets: what speed and recall are to be, and whether the results have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.experiments.peers import OURS
from benchmarks.peers.passim import Passim
from benchmarks.peers.python_peers import MinHashBaseline
from benchmarks.peers.textpair import TextPair
from benchmarks.results import Record
from benchmarks.sections.section import Section, Table, growth

MET, MISSED, UNKNOWN = "met", "missed", "not measured"
EXPONENT = 1.1
LARGEST = 1000.0
"""Megabytes of the largest scan that is to be shown."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A detector that is to be beaten.

    Attributes:
        name: Of its adapter.
        times: How many times as fast this project is to be.
        megabytes: The size that this is said of; None: every size.
        units: What the rival took there when the target was set; None: the target speaks of no figure.
    """

    name: str
    times: float
    megabytes: float | None = None
    units: float | None = None


RIVALS = (
    Rival(TextPair.name, 5, 10, 12.4 / 0.30),
    Rival(Passim.name, 8, 100, 196 / 3.0),
    Rival(MinHashBaseline.name, 10),
)

Pairs = Mapping[tuple[float, str], Record]


def targets(records: Sequence[Record]) -> Section:
    """Every target with what was measured and a verdict."""
    ran = {
        (record.parameters["megabytes"], record.parameters["detector"]): record
        for record in records
        if record.benchmark == "peers" and "reason" not in record.values
    }
    speed = [record for record in records if record.benchmark == "speed" and not record.parameters["options"]]
    rows = [row for rival in RIVALS for row in _speed_rows(rival, ran)]
    rows += [_exponent_row(speed), _largest_row(speed)]
    recall = [row for rival in RIVALS for row in _recall_rows(rival, ran)]
    levels = dict.fromkeys(level for record in ran.values() for level in record.values["recall"])
    tables = [Table("", ["target", "wanted", "measured", "verdict"], rows)]
    if recall:
        header = ["recall above that of", *levels, "verdict"]
        tables.append(Table("Recall at every degree of change: ours less theirs", header, recall))
    counts = [row[-1] for row in (*rows, *recall)]
    return Section(
        "Targets",
        "What was to be reached, worked out from the results below. Times are whole processes in units, side by side "
        "on the same corpus; a target that names units is held against what that detector took when the target was "
        "set. "
        f"{counts.count(MET)} met, {counts.count(MISSED)} missed, {counts.count(UNKNOWN)} not measured.",
        "",
        tables,
    )


def _speed_rows(rival: Rival, ran: Pairs) -> Iterator[list[str]]:
    measured = sorted(size for size, name in ran if name == rival.name and (size, OURS) in ran)
    wanted = [size for size in measured if rival.megabytes in (None, size)]
    for size in wanted:
        ratio = ran[size, rival.name].values["wall_units"] / ran[size, OURS].values["wall_units"]
        verdict = MET if ratio >= rival.times else MISSED
        yield [f"faster than {rival.name}, {size:g} MB", f"{rival.times:g} ×", f"{ratio:.1f} ×", verdict]
    if not wanted:
        size_named = f", {rival.megabytes:g} MB" if rival.megabytes else ""
        yield [f"faster than {rival.name}{size_named}", f"{rival.times:g} ×", "–", UNKNOWN]
    if rival.units is not None and rival.megabytes is not None:
        most = rival.units / rival.times
        ours = ran.get((rival.megabytes, OURS))
        name = f"{rival.times:g} × faster than {rival.units:.0f} units ({rival.name}), {rival.megabytes:g} MB"
        if ours is None:
            yield [name, f"≤ {most:.1f} units", "–", UNKNOWN]
        else:
            units = ours.values["wall_units"]
            yield [name, f"≤ {most:.1f} units", f"{units:.1f} units", MET if units <= most else MISSED]


def _exponent_row(speed: Sequence[Record]) -> list[str]:
    name, wanted = "time against size, fitted exponent", f"≤ {EXPONENT:g}"
    one = growth(speed)
    if one is None:
        return [name, wanted, "–", UNKNOWN]
    measured = f"{one.exponent:.2f} ({one.first.parameters['megabytes']:g} to {one.last.parameters['megabytes']:g} MB)"
    return [name, wanted, measured, MET if one.exponent <= EXPONENT else MISSED]


def _largest_row(speed: Sequence[Record]) -> list[str]:
    name = f"a scan of {LARGEST:g} MB"
    for record in speed:
        if record.parameters["megabytes"] == LARGEST:
            values = record.values
            seconds, gigabytes = values["wall_seconds"], values["peak_bytes"] / 1e9
            return [name, "measured", f"{seconds:,.0f} s, {gigabytes:.1f} GB", MET]
    return [name, "measured", "–", UNKNOWN]


def _recall_rows(rival: Rival, ran: Pairs) -> Iterator[list[str]]:
    for size in sorted(size for size, name in ran if name == rival.name and (size, OURS) in ran):
        ours, theirs = (ran[size, name].values["recall"] for name in (OURS, rival.name))
        gains = {level: ours[level] - theirs[level] for level in ours}
        verdict = MET if all(gain > 0 for gain in gains.values()) else MISSED
        yield [f"{rival.name}, {size:g} MB", *(f"{gain:+.4f}".replace("-", "−") for gain in gains.values()), verdict]
