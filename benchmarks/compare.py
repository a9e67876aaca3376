"""Two sets of results side by side: ratios, and which moved more than the noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.results import Record, Results

COSTS = ("seconds", "units", "bytes")
"""Values whose name ends so are costs: less is better."""

QUALITIES = ("plagdet", "precision", "recall", "recall_all", "characters", "verses")
"""Values of this name, or inside a mapping of this name, are shares: more is better."""

COST_NOISE = 0.10
"""A cost moved when it changed by more than this share; where both sides were repeated, by more than twice the wider
of their spreads as well."""

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
    """Every cost and every quality that both results have; of several measurements of one thing the last counts."""
    before = {record.key: record for results in old for record in results.records}
    after = {record.key: record for results in new for record in results.records}
    for key in before.keys() & after.keys():
        spread = max(_spread(before[key]), _spread(after[key]))
        left, right = dict(_numbers(before[key].values)), dict(_numbers(after[key].values))
        for name in left.keys() & right.keys():
            verdict = _verdict(name, left[name], right[name], spread)
            if verdict is not None:
                yield Change(key, name, left[name], right[name], verdict)


def table(changes: Sequence[Change], *, everything: bool = False) -> str:
    """The changes that moved more than the noise (or all), as lines of text, with a count of the others."""
    shown = [change for change in changes if everything or change.verdict != "same"]
    lines = []
    for change in sorted(shown, key=lambda change: (change.record, change.value)):
        ratio = change.new / change.old if change.old else float("inf")
        moved = f"{change.verdict:<7}{change.old:>12.4g} → {change.new:<12.4g} × {ratio:<7.3f}"
        lines.append(f"{moved}{change.value}  [{change.record}]")
    same = sum(change.verdict == "same" for change in changes)
    return "\n".join([*lines, f"{len(changes)} values compared, {same} within the noise"])


def _numbers(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{prefix}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{prefix}{name}", float(value)


def _spread(record: Record) -> float:
    """Relative spread of a repeated cost: (most − least) / least."""
    repeated = record.values.get("all_wall_units") or [1.0]
    return float((max(repeated) - min(repeated)) / min(repeated))


def _verdict(name: str, old: float, new: float, spread: float) -> Literal["better", "worse", "same"] | None:
    parts = name.split(".")
    if any(part.endswith(COSTS) for part in parts):
        # Stages of milliseconds, and the unit itself, are all noise; peak memory is not repeated but steady.
        if parts[-1] in ("unit_seconds", "bytes") or max(old, new) < 0.05:
            return None
        moved = abs(new - old) > max(COST_NOISE, 2 * spread) * old
        return "same" if not moved else ("worse" if new > old else "better")
    if any(part in QUALITIES for part in parts) and parts[-1] not in ("cases", "detections", "granularity", "found"):
        moved = abs(new - old) > QUALITY_NOISE
        return "same" if not moved else ("better" if new > old else "worse")
    return None
