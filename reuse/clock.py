"""How far a scan, or a change of a run, has got: which stage it is in, and how long each took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from reuse.work import memory


class Progress(Protocol):
    """Told what a scan is doing."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` says how much it has to do, if that is known."""

    def advance(self, n: int) -> None:
        """So much more of the stage is done."""


@dataclass
class Clock:
    """Times the stages, tells the progress of each and clears up after it.

    Attributes:
        progress: Who is told.
        tokens: Size of the corpus, as soon as it is known.
        timings: Seconds by stage.
    """

    progress: Progress | None
    tokens: int = 0
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        """While the block runs, the stage does."""
        if self.progress:
            self.progress.stage(name, total)
        start = perf_counter()
        yield
        memory.give_back(self.tokens)
        # What ran beside the other stages has told its time itself.
        self.timings.setdefault(name, round(perf_counter() - start, 4))

    def advance(self, amount: int) -> None:
        """So much more of the stage is done."""
        if self.progress:
            self.progress.advance(amount)
