"""What a scan of any size would be made of, by measured ones: each step grows by a power of the words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.experiments.speed import fitted_exponent
from benchmarks.terabyte.simulation import Alone, Item, Step, bundled
from benchmarks.terabyte.trace import Trace
from reuse.options import IndexOptions

NOTICED = 0.05
"""Seconds from which on a measurement says how something grows; below, it grows as the words do."""

SLICE, SMALLEST, KEY = 1 << 18, 1 << 19, 128
"""Keys of a slice and of the smallest range, and the memory of a worker that one of a range takes: see `reuse.work`."""

WINDOWED, SIGNING, SIGNED = ("lsh.", "minhash."), "minhash.Signing", 1 << 13
"""Functions whose work follows the windows that are signed, which all may be and no more; the one that signs them, and
how many a part of it has: see `reuse.index.minhash`."""

PARTS = 10
"""Parts of a step that are played for each worker; of more, neighbours are taken together."""

CUT = 10_000
"""Parts into which what is done alone is cut where it is asked what that would bring."""

BESIDE_FROM, JOINED_BY = "align", "formulas"
"""The stage with which formulas begin to be looked for in a large corpus, and the one that waits for them."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is assumed of the machines.

    Attributes:
        workers: How many there are.
        memory: Bytes that each may take up.
        link: Bytes a second that one can read or write.
        disks: Bytes a second that all together can.
    """

    workers: int
    memory: int = 4 << 30
    link: float = 1e9
    disks: float = 10e9

    @property
    def rate(self) -> float:
        """Bytes a second for each worker while all read and write."""
        return min(self.link, self.disks / self.workers)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is supposed to be otherwise than it is.

    Attributes:
        rounds: Whether keys are brought together in two rounds, so that no range needs a piece of every slice.
        cut: Whether what the scan's own process does alone is cut into parts for all workers.
    """

    rounds: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """Something that grows by a power of the words.

    Attributes:
        value: What was measured at most.
        tokens: At how many words.
        exponent: As fitted; 1 where it could not be.
        most: Times as much for each word as was measured at most, beyond which it cannot grow.
    """

    value: float
    tokens: float
    exponent: float
    most: float = math.inf

    @classmethod
    def of(
        cls, tokens: Sequence[float], values: Sequence[float], noticed: float = NOTICED, most: float = math.inf
    ) -> Law:
        """The law through the largest measurement, by all of them.

        Args:
            tokens: Words of each corpus, ascending.
            values: What was measured.
            noticed: What is smaller says nothing of how it grows.
            most: See there.
        """
        known = [(size, value) for size, value in zip(tokens, values, strict=True) if value >= noticed]
        exponent = fitted_exponent(*zip(*known, strict=True)) if len(known) > 1 else 1.0
        return cls(values[-1], tokens[-1], exponent, most)

    def at(self, tokens: float) -> float:
        """What is to be expected at so many words: never less than in proportion to them."""
        grown = tokens / self.tokens
        return float(self.value * grown * min(grown ** max(self.exponent - 1, 0.0), self.most))


def merged(trace: Trace) -> dict[str, Any]:
    """A trace as a record holds it: the parts of a step summed; what runs aside is one step for each function."""
    steps: dict[str, dict[str, Any]] = {}
    turns: Counter[str] = Counter()
    for step in trace.steps:
        name = f"{step.stage}: {step.name}"
        turns[name] += 1
        name += " (aside)" if step.aside else f" ({turns[name]})" if turns[name] > 1 else ""
        one = steps.setdefault(
            name,
            {"stage": step.stage, "function": step.name, "aside": step.aside, "parts": 0, "seconds": 0.0}
            | {"longest": 0.0, "driver": 0.0, "bytes": 0, "slices": step.slices},
        )
        one["parts"] += len(step.tasks)
        one["seconds"] += sum(step.tasks)
        one["longest"] = max(one["longest"], *step.tasks, 0.0)
        one["driver"] += step.driver
        one["bytes"] += step.made
    known = ("characters", "tokens", "documents", "serial", "beside", "written", "disk", "run", "memory", "counts")
    return {name: getattr(trace, name) for name in known} | {"steps": steps}


@dataclass(frozen=True, slots=True)
class Growth:
    """Measured scans, by which others are told.

    Attributes:
        scans: `merged` traces, by words ascending.
        piece: Seconds that one piece of one range costs where parts are handed out.
        commonest: Share of the commonest key in all of them, by the function that joins them: no range has fewer.
    """

    scans: Sequence[Mapping[str, Any]]
    piece: float
    commonest: Mapping[str, float]

    @property
    def sizes(self) -> list[float]:
        """Words of each scan."""
        return [float(scan["tokens"]) for scan in self.scans]

    def tokens(self, characters: float) -> float:
        """Words of a corpus of so many characters."""
        last = self.scans[-1]
        return float(characters * last["tokens"] / last["characters"])

    def of(self, *path: str, noticed: float = NOTICED) -> Law:
        """The law of something that all traces tell."""
        values = []
        for scan in self.scans:
            found: Any = scan
            for name in path:
                found = found.get(name, {})
            values.append(float(found or 0.0))
        signs = path[0] == "steps" and self.scans[-1]["steps"][path[1]]["function"].startswith(WINDOWED)
        return Law.of(self.sizes, values, noticed, 1 / self.signed if signs else math.inf)

    @property
    def signed(self) -> float:
        """The share of all windows that were signed in the largest scan: those where shingles crowd."""
        scan = self.scans[-1]
        parts: int = sum(step["parts"] for step in scan["steps"].values() if step["function"] == SIGNING)
        return min(float(max(parts, 1) * SIGNED * IndexOptions().step / scan["tokens"]), 1.0)

    def stage_laws(self) -> dict[str, tuple[Law, Law]]:
        """For each stage, the seconds of all workers, and those of the scan's own process."""
        laws = {}
        for stage in self.scans[-1]["serial"]:
            worked, own = [], []
            for scan in self.scans:
                steps = [step for step in scan["steps"].values() if step["stage"] == stage]
                worked.append(sum(step["seconds"] for step in steps))
                beside = scan["beside"] if stage == JOINED_BY else 0.0
                own.append(scan["serial"].get(stage, 0.0) + sum(step["driver"] for step in steps) + beside)
            laws[stage] = Law.of(self.sizes, worked), Law.of(self.sizes, own)
        return laws

    def program(self, tokens: float, cluster: Cluster, changes: Changes) -> tuple[list[Item], list[Item]]:
        """What the main thread of a scan of so many words does, and what the one beside it does."""
        main: list[Item] = []
        beside: list[Item] = []
        for stage in self.scans[-1]["serial"]:
            main += self._alone(stage, self.of("serial", stage).at(tokens), changes)
            for name, step in self.scans[-1]["steps"].items():
                if step["stage"] == stage:
                    (beside if step["aside"] else main).append(self._step(name, step, tokens, cluster, changes))
        beside += self._alone(JOINED_BY, self.of("beside").at(tokens), changes)
        return main, beside

    def _alone(self, stage: str, seconds: float, changes: Changes) -> list[Item]:
        return [Step(stage, [seconds / CUT] * CUT)] if changes.cut else [Alone(stage, seconds)]

    def _step(self, name: str, step: Mapping[str, Any], tokens: float, cluster: Cluster, changes: Changes) -> Step:
        grown = tokens / self.sizes[-1]
        seconds = self.of("steps", name, "seconds").at(tokens)
        driver = self.of("steps", name, "driver").at(tokens)
        parts = max(round(step["parts"] * grown), 1)
        moved = 2 * step["bytes"] * grown / cluster.rate  # written by one worker, read by another
        fullest = 0.0
        if step["slices"]:
            slices = step["slices"] * grown
            parts = ranges_of(slices * SLICE, cluster)
            if not changes.rounds:
                driver += slices * parts * self.piece
            fullest = seconds * max(self.commonest.get(step["function"], 0.0) - 1 / parts, 0.0)
        part = (seconds - fullest + moved) / parts
        found = bundled(Step(step["stage"], [part] * parts, driver / parts), PARTS * cluster.workers)
        even = list(found.parts)
        even[len(even) // 2] += fullest
        return Step(found.stage, even, found.driver)


def ranges_of(keys: float, cluster: Cluster) -> int:
    """Ranges into which so many keys are parted; as `WorkersApart` does it."""
    size = max(min(keys / (32 * cluster.workers), cluster.memory / KEY), SMALLEST)
    return max(round(keys / size), 1)


def begins_and_joins(items: Sequence[Item]) -> tuple[int, int]:
    """The items with which the second thread begins, and for which it is waited for."""
    stages = [item.stage for item in items]
    return stages.index(BESIDE_FROM), stages.index(JOINED_BY)
