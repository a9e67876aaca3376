"""A scan played through on so many workers, event by event.

The scan's own process hands out the parts of a step one by one, two for each worker at a time, and takes back what was
made; a worker takes the part that has waited longest. Between steps that process works alone. Beside the stages runs a
second thread of it, with steps of its own, for the same workers.

What is assumed: the two threads do not hinder each other, all workers are equal, none dies, and what a part reads and
writes is in its seconds.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

AHEAD = 2
"""Parts that are handed out at a time for each worker."""


@dataclass(frozen=True, slots=True)
class Step:
    """What workers do at the same time.

    Attributes:
        stage: To which it belongs.
        parts: Seconds of each part, at its worker.
        driver: Seconds of the scan's own process for each part, half before and half after.
    """

    stage: str
    parts: Sequence[float]
    driver: float = 0.0


@dataclass(frozen=True, slots=True)
class Alone:
    """What the scan's own process does while workers wait: so many seconds."""

    stage: str
    seconds: float


Item = Step | Alone


@dataclass(slots=True)
class Played:
    """What became of it.

    Attributes:
        seconds: From the beginning to the end.
        worked: Seconds of all workers together.
        alone: Seconds of the main thread in which it worked alone.
        handing: Seconds of the main thread in which it handed out parts and took them back.
        stages: Seconds of the main thread by stage, waiting included.
    """

    seconds: float = 0.0
    worked: float = 0.0
    alone: float = 0.0
    handing: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)


def played(items: Sequence[Item], workers: int, beside: Sequence[Item] = (), begins: int = 0, joins: int = 0) -> Played:
    """Play a scan through.

    Args:
        items: What the main thread does, in order.
        workers: How many there are.
        beside: What the second thread does.
        begins: The item with which that begins.
        joins: The item that does not begin before that has ended; `len(items)`: none, and the end waits for it.
    """
    return _Play(workers).run(items, beside, begins, joins)


def bundled(step: Step, most: int) -> Step:
    """About the same in at most so many parts: neighbours are one, with the seconds of all."""
    size = -(-len(step.parts) // most) if step.parts else 1
    if size <= 1:
        return step
    left = iter(step.parts)
    bundles = []
    while bundle := list(islice(left, size)):
        bundles.append(sum(bundle))
    return Step(step.stage, bundles, step.driver * len(step.parts) / len(bundles))


class _Play:
    """The workers, what waits for them, and what happens next."""

    def __init__(self, workers: int) -> None:
        self.workers, self.idle = workers, workers
        self.waiting: deque[tuple[_Thread, float]] = deque()
        self.worked = 0.0
        self._events: list[tuple[float, int, _Thread, str, float]] = []
        self._count = 0

    def run(self, items: Sequence[Item], beside: Sequence[Item], begins: int, joins: int) -> Played:
        second = _Thread(self, beside)
        main = _Thread(self, items, second, begins, joins)
        main.go_on(0.0)
        while self._events:
            now, _, thread, what, seconds = heapq.heappop(self._events)
            if what == "made":
                self.idle += 1
                self._begin(now)
            thread.happened(now, what, seconds)
        return Played(max(main.ended, second.ended), self.worked, main.alone, main.handing, main.stages)

    def at(self, time: float, thread: _Thread, what: str, seconds: float = 0.0) -> None:
        """Something will happen to a thread."""
        self._count += 1  # what is to happen first of things at the same time is what was said first
        heapq.heappush(self._events, (time, self._count, thread, what, seconds))

    def take(self, now: float, thread: _Thread, seconds: float) -> None:
        """A part waits for a worker."""
        self.waiting.append((thread, seconds))
        self._begin(now)

    def _begin(self, now: float) -> None:
        while self.idle and self.waiting:
            thread, seconds = self.waiting.popleft()
            self.idle -= 1
            self.worked += seconds
            self.at(now + seconds, thread, "made")


class _Thread:
    """A thread of the scan's own process, on its way through its items."""

    def __init__(
        self, play: _Play, items: Sequence[Item], second: _Thread | None = None, begins: int = 0, joins: int = 0
    ) -> None:
        self._play, self._items = play, items
        self._second, self._begins, self._joins = second, begins, joins
        self._at = -1
        self._since = 0.0
        self._step: Step | None = None
        self._left: Iterator[float] = iter(())
        self._next: float | None = None
        self._out = self._back = 0  # parts handed out; those of them that came back and were not taken yet
        self._busy = False
        self.begun = self.over = False
        self.ended = 0.0
        self.waits: _Thread | None = None  # who goes on when this has ended
        self.alone = self.handing = 0.0
        self.stages: dict[str, float] = {}

    def go_on(self, now: float) -> None:
        """Begin with the next item, if it may begin."""
        self.begun = True
        if self._at >= 0:
            stage = self._items[self._at].stage
            self.stages[stage] = self.stages.get(stage, 0.0) + now - self._since
        self._since = now
        self._at += 1
        second = self._second
        if second and not second.begun and self._at >= min(self._begins, len(self._items)):
            second.go_on(now)
        if second and self._at == self._joins and not second.over:
            second.waits = self
            return
        self.begin(now)

    def begin(self, now: float) -> None:
        """Do the item that it is at; at the end, let go of who waits for that."""
        if self._at >= len(self._items):
            self.ended, self.over = now, True
            if self.waits:
                self.waits.begin(now)
            return
        item = self._items[self._at]
        if isinstance(item, Alone):
            self.alone += item.seconds
            self._play.at(now + item.seconds, self, "alone")
            return
        self._step, self._left = item, iter(item.parts)
        self._next = next(self._left, None)
        self._turn(now)

    def happened(self, now: float, what: str, seconds: float) -> None:
        """Something that was said to happen does."""
        if what == "alone":
            self.go_on(now)
            return
        if what == "made":
            self._back += 1
        else:
            self._busy = False
            if what == "sent":
                self._play.take(now, self, seconds)
            else:
                self._out -= 1
        self._turn(now)

    def _turn(self, now: float) -> None:
        """Take back a part, else hand out another one, else go on if all is done."""
        step = self._step
        if self._busy or step is None:
            return
        half = step.driver / 2
        if self._back:
            self._back -= 1
            self._spend(half)
            self._play.at(now + half, self, "taken")
        elif self._next is not None and self._out < AHEAD * self._play.workers:
            self._out += 1
            self._spend(half)
            self._play.at(now + half, self, "sent", self._next)
            self._next = next(self._left, None)
        elif self._next is None and not self._out:
            self._step = None
            self.go_on(now)

    def _spend(self, seconds: float) -> None:
        self._busy = True
        self.handing += seconds
