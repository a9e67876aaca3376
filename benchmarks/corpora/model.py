"""A bigram model of real prose, and prose generated from it: as much text as wanted in which nothing is copied.

Generating walks the base text: from a word, jump to a random occurrence of the same word and take the word that follows
it there. With Witten–Bell smoothing (1991) a word seen with T different followers in c occurrences is followed by a
word drawn by overall frequency with probability T / (T + c), so that rare words do not drag their one context along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import prose

_PIECE = re.compile(r"\n\s*\n|[^\W_]+(?:['’.-][^\W_]+)*|[.,;:?!]")
_PARAGRAPH = "\n\n"
_CLOSING = frozenset(".,;:?!")
_SENTENCE_END = frozenset(".?!")


@dataclass(frozen=True, slots=True)
class ProseModel:
    """Word and follower counts of a base text, in a form that many walks can use at once.

    Attributes:
        pieces: object (pieces,): each distinct word with the space before it, stop or paragraph break.
        base: int32 (n,): the base text as numbers of pieces.
        followers: int32 (n - 1,): what follows each place in the base that has a follower, grouped by piece.
        bounds: int64 (pieces + 1,): piece p owns followers[bounds[p]] to followers[bounds[p + 1]].
        fresh: float64 (pieces,): probability that a piece's follower is drawn by overall frequency.
        ends_sentence: bool (pieces,).
    """

    pieces: NDArray[np.object_]
    base: NDArray[np.int32]
    followers: NDArray[np.int32]
    bounds: NDArray[np.int64]
    fresh: NDArray[np.float64]
    ends_sentence: NDArray[np.bool_]

    @classmethod
    def of(cls, texts: Iterable[str], *, smoothed: bool = True) -> ProseModel:
        """Learn from texts; without smoothing every two words in a row are two words in a row of the base."""
        number: dict[str, int] = {}
        base = np.array(
            [
                number.setdefault(_PARAGRAPH if piece.isspace() else piece, len(number))
                for text in texts
                for piece in _PIECE.findall(text + _PARAGRAPH)
            ],
            dtype=np.int32,
        )
        words = list(number)
        counts = np.bincount(base[:-1], minlength=len(words))
        bounds = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        pairs = np.unique(base[:-1].astype(np.int64) * len(words) + base[1:])
        kinds = np.bincount(pairs // len(words), minlength=len(words))
        written = [word if word == _PARAGRAPH or word in _CLOSING else " " + word for word in words]
        return cls(
            np.array(written, dtype=object),
            base,
            base[1:][np.argsort(base[:-1], kind="stable")],
            bounds,
            np.where(counts > 0, kinds / np.maximum(kinds + counts, 1), 1.0) if smoothed else (counts == 0) * 1.0,
            np.array([word in _SENTENCE_END for word in words], dtype=bool),
        )

    def walk(self, walks: int, steps: int, generator: np.random.Generator) -> NDArray[np.int32]:
        """Many texts at once, as numbers of pieces: int32 (walks, steps). Each begins as after a paragraph break."""
        state = np.full(walks, int(np.flatnonzero(self.pieces == _PARAGRAPH)[0]), dtype=np.int64)
        written = np.empty((steps, walks), dtype=np.int32)
        for step in range(steps):
            first = self.bounds[state]
            chosen = first + (generator.random(walks) * (self.bounds[state + 1] - first)).astype(np.int64)
            follower = self.followers[np.minimum(chosen, len(self.followers) - 1)]
            anywhere = self.base[(generator.random(walks) * len(self.base)).astype(np.int64)]
            state = np.where(generator.random(walks) < self.fresh[state], anywhere, follower).astype(np.int64)
            written[step] = state
        return np.ascontiguousarray(written.T)

    def text_of(self, numbers: NDArray[np.int32]) -> str:
        """The text of a walk."""
        return "".join(self.pieces[numbers].tolist()).replace("\n\n ", "\n\n").strip()

    def documents(self, lengths: Iterable[int], seed: int) -> Iterator[str]:
        """Generated documents of the wanted lengths (in pieces: words, stops and breaks), in a stream.

        Long documents are put together from walks of at most 512 steps, so that a batch is one array operation a step.
        """
        generator = np.random.default_rng(seed)
        batch: list[int] = []
        for length in lengths:
            batch.append(length)
            if sum(batch) >= 2_000_000:
                yield from self._batch(batch, generator)
                batch = []
        yield from self._batch(batch, generator)

    def _batch(self, lengths: list[int], generator: np.random.Generator) -> Iterator[str]:
        steps = 512
        walks = [-(-length // steps) for length in lengths]
        if not walks:
            return
        written = self.walk(sum(walks), steps, generator)
        row = 0
        for length, rows in zip(lengths, walks, strict=True):
            yield self.text_of(written[row : row + rows].ravel()[:length])
            row += rows


@lru_cache
def prose_model(*, smoothed: bool = True) -> ProseModel:
    """The model of all State of the Union messages."""
    return ProseModel.of((text for _, text in prose.speeches()), smoothed=smoothed)
