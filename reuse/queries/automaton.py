"""Regular expressions for whole words that read each letter once, whatever the expression.

Python's own matcher tries one way after the other, which takes for ever on `(a+)+b`. Here all ways are followed at the
same time: the expression is a graph of steps (Thompson 1968), a set of places in it is a state, and where a letter
leads from a state is worked out once (Rabin & Scott 1959). Cost: the letters of the words that are read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reuse.errors import UsageError

LARGEST = 1_000
"""Steps that an expression may have, repetitions written out."""

STATES = 10_000
"""States that are remembered at a time."""

SECONDS = 5.0
"""How long the words of a corpus may take."""

Fold = Callable[[str], Iterable[str]]
"""From a letter of a word to all letters of an expression that it may stand for."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A set of letters.

    Attributes:
        ranges: First and last code point of each range.
        kinds: Names of classes, each the method of `str` that tells its letters.
        negated: Whether it is all others.
    """

    ranges: tuple[tuple[int, int], ...]
    kinds: tuple[str, ...] = ()
    negated: bool = False

    def has(self, letters: Iterable[str]) -> bool:
        """Whether one of some letters that stand for one is in it."""
        found = any(
            any(low <= ord(letter) <= high for low, high in self.ranges)
            or any(getattr(letter, kind)() for kind in self.kinds)
            for letter in letters
        )
        return found != self.negated


@dataclass(slots=True)
class Graph:
    """The steps of an expression. Place 0 is its beginning.

    Attributes:
        steps: From each place: the letters that lead on, and where to; None: none does.
        free: From each place: where one gets without a letter.
        end: Where a word has been read.
    """

    steps: list[tuple[Letters, int] | None] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    end: int = 0

    def place(self) -> int:
        """A further place.

        Raises:
            UsageError: There are too many.
        """
        if len(self.steps) >= LARGEST:
            raise UsageError(f"the regular expression is too long (more than {LARGEST:,} steps); repeat less in it")
        self.steps.append(None)
        self.free.append([])
        return len(self.steps) - 1

    def reached(self, places: Iterable[int]) -> frozenset[int]:
        """The places, and all that one gets to from them without a letter."""
        found: set[int] = set()
        left = list(places)
        while left:
            place = left.pop()
            if place not in found:
                found.add(place)
                left += self.free[place]
        return frozenset(found)


@dataclass(eq=False, slots=True)
class _State:
    places: frozenset[int]
    accepts: bool
    following: dict[str, _State] = field(default_factory=dict)


class Automaton:
    """Reads words by an expression.

    Args:
        graph: The expression.
        fold: What a letter of a word may stand for.
    """

    def __init__(self, graph: Graph, fold: Fold) -> None:
        self._graph = graph
        self._fold = fold
        self._folded: dict[str, tuple[str, ...]] = {}
        self._forget()

    def accepts(self, word: str) -> bool:
        """Whether the whole of a word is one that the expression describes."""
        state = self._first
        for letter in word:
            state = state.following.get(letter) or self._step(state, letter)
            if not state.places:
                return False
        return state.accepts

    def accepted(self, words: Sequence[str], seconds: float = SECONDS) -> list[int]:
        """The numbers of the words that it describes, rising.

        Raises:
            UsageError: They take too long.
        """
        found: list[int] = []
        end = time.monotonic() + seconds
        for number, word in enumerate(words):
            if self.accepts(word):
                found.append(number)
            if number % 100 == 0 and time.monotonic() > end:
                raise UsageError(
                    f"the regular expression takes more than {seconds:g} seconds; make it simpler, with fewer "
                    "repetitions within one another"
                )
        return found

    def _forget(self) -> None:
        self._states: dict[frozenset[int], _State] = {}
        self._first = self._state(self._graph.reached([0]))

    def _state(self, places: frozenset[int]) -> _State:
        if places not in self._states:
            self._states[places] = _State(places, self._graph.end in places)
        return self._states[places]

    def _step(self, state: _State, letter: str) -> _State:
        if letter not in self._folded:
            self._folded[letter] = tuple(self._fold(letter))
        letters = self._folded[letter]
        steps = (self._graph.steps[place] for place in state.places)
        reached = self._graph.reached(step[1] for step in steps if step and step[0].has(letters))
        if len(self._states) >= STATES:
            self._forget()
        following = self._state(reached)
        state.following[letter] = following
        return following
