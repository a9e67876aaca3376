"""Two sets of results side by side: ratios, and which moved more than the noise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.results import Record, Results, newest

COSTS = ("seconds", "units", "bytes")
"""Values whose name ends so are costs: less is better."""

QUALITIES = ("plagdet", "precision", "recall", "recall_all", "characters", "verses")
"""Values of this name, or inside a mapping of this name, are shares: more is better."""

FAULTS = ("granularity", "spurious", "decoy_share")
"""Values of this name count what should not be: less is better."""

COUNTS = ("cases", "detections", "found")
"""Values of this name are no shares, or say what others say better."""

COST_NOISE = 0.10
"""A cost moved when it changed by more than this share; where a side was repeated, by more than twice its spread, the
wider one if both were, as well."""

QUALITY_NOISE = 0.002
"""A share moved when it changed by more than this: corpora are deterministic by seed, so there is little noise."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value in both results.

    Attributes:
        record: The measurement's key.
        value: The value's name, nested names joined by dots.
        old, new: The two values.
        verdict: Whether it moved more than the noise, and which way.
    """

    record: str
    value: str
    old: float
    new: float
    verdict: Literal["better", "worse", "same"]


def compare(old: Sequence[Results], new: Sequence[Results]) -> Iterator[Change]:
    """Every cost and every quality that both results have; of several measurements of one thing the newest counts."""
    before, after = _by_key(old), _by_key(new)
    for key in before.keys() & after.keys():
        repeated = [one for one in (before[key], after[key]) if _repetitions(one)]
        spread = max(map(_spread, repeated), default=0.0)
        left, right = dict(_numbers(before[key].values)), dict(_numbers(after[key].values))
        for name in left.keys() & right.keys():
            verdict = _verdict(name, left[name], right[name], spread, timed_often="all_seconds" in after[key].values)
            if verdict is not None:
                yield Change(key, name, left[name], right[name], verdict)


def remarks(old: Sequence[Results], new: Sequence[Results]) -> list[str]:
    """What a reader of the comparison must know: measurements that only one side has, machines that differ."""
    before, after = _by_key(old), _by_key(new)
    said = []
    for which, one, other in (("old", before, after), ("new", after, before)):
        alone = [record.benchmark for key, record in one.items() if key not in other]
        if alone:
            said.append(f"{len(alone)} measurements only in the {which} results: {', '.join(sorted(set(alone)))}")
    machines = [{json.dumps(one.machine, sort_keys=True) for one in side} for side in (old, new)]
    if machines[0] != machines[1]:
        said.append("measured on different machines: of the costs only those in units compare")
    return said


def table(changes: Sequence[Change], *, everything: bool = False) -> str:
    """The changes that moved more than the noise (or all), as lines of text, with a count of the others."""
    shown = [change for change in changes if everything or change.verdict != "same"]
    lines = []
    for change in sorted(shown, key=lambda change: (change.record, change.value)):
        ratio = change.new / change.old if change.old else float("inf")
        moved = f"{change.verdict:<7}{change.old:>12.4g} → {change.new:<12.4g} × {ratio:<7.3f}"
        lines.append(f"{moved}{change.value}  [{change.record}]")
    same = sum(change.verdict == "same" for change in changes)
    noise = f"of a cost {COST_NOISE:.0%} or, if more, twice the spread of its repetitions; of a share {QUALITY_NOISE}"
    return "\n".join([*lines, f"{len(changes)} values compared, {same} within the noise ({noise})"])


def _by_key(results: Sequence[Results]) -> dict[str, Record]:
    return {record.key: record for record in newest(results)}


def _numbers(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{prefix}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{prefix}{name}", float(value)


def _repetitions(record: Record) -> list[float]:
    return sorted(record.values.get("all_wall_units") or record.values.get("all_seconds") or [])


def _spread(record: Record) -> float:
    """Relative spread of a repeated cost: of its upper quartile above the least, which is the value that counts."""
    repeated = _repetitions(record)
    return repeated[-(-3 * (len(repeated) - 1) // 4)] / repeated[0] - 1


def _verdict(
    name: str, old: float, new: float, spread: float, *, timed_often: bool
) -> Literal["better", "worse", "same"] | None:
    parts = name.split(".")
    if any(part.endswith(COSTS) for part in parts):
        # What took milliseconds once, and the unit itself, are all noise; peak memory is not repeated but steady.
        if parts[-1] in ("unit_seconds", "bytes") or (max(old, new) < 0.05 and not timed_often):
            return None
        moved = abs(new - old) > max(COST_NOISE, 2 * spread) * old
        return "same" if not moved else ("worse" if new > old else "better")
    if parts[-1] in FAULTS or (any(part in QUALITIES for part in parts) and parts[-1] not in COUNTS):
        moved = abs(new - old) > QUALITY_NOISE
        return "same" if not moved else ("better" if (new > old) != (parts[-1] in FAULTS) else "worse")
    return None
