"""How often each word of a corpus stands at the edges of the parts between marks; counted on as the corpus grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.counting import occurrences
from reuse.corpus.tokens import Tokens
from reuse.options import FormulaOptions

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache


@dataclass(frozen=True, slots=True)
class EdgeCounts:
    """How often each word stands where.

    Attributes:
        counts: int64 (words,): anywhere.
        ends: int64 (words,): at the end of a part.
        openings: int64 (words,): at the beginning of a sentence.
        running: int64 (words,): before a word that seldom ends a part, without a mark between.
    """

    counts: NDArray[np.int64]
    ends: NDArray[np.int64]
    openings: NDArray[np.int64]
    running: NDArray[np.int64]

    @classmethod
    def of(cls, tokens: Tokens, options: FormulaOptions) -> EdgeCounts:
        """Count a corpus."""
        return cls._since(tokens, 0, (), options)

    def with_further(self, tokens: Tokens, since: int, options: FormulaOptions) -> EdgeCounts:
        """Those of a corpus whose tokens before a position, where a document begins, are counted already.

        Cost: the new tokens, and a look at each old one: has its word come to end parts seldom, or no more?

        Args:
            tokens: The corpus; words that are new have the last numbers.
            since: That position.
            options: What is asked of an edge.
        """
        counts, ends, openings, running = (
            np.append(column, np.zeros(len(tokens.vocabulary) - len(column), dtype=np.int64))
            for column in (self.counts, self.ends, self.openings, self.running)
        )
        before = EdgeCounts(counts, ends, openings, running)
        found = self._since(tokens, since, (counts, ends, openings, running), options)
        # Before words that are of another kind than they were, others run on, or do no more.
        seldom = found.as_end(options) < options.least_end
        changed = seldom != (before.as_end(options) < options.least_end)
        parts = parts_of(tokens)
        for start in range(1, since if changed.any() else 0, _SLICE):
            end = min(start + _SLICE, since)
            here = start + np.flatnonzero(changed[tokens.ids[start:end]] & ~parts[start:end])
            np.add.at(found.running, tokens.ids[here - 1], np.where(seldom[tokens.ids[here]], 1, -1))
        return found

    @classmethod
    def _since(
        cls, tokens: Tokens, since: int, before: tuple[NDArray[np.int64], ...], options: FormulaOptions
    ) -> EdgeCounts:
        """What the tokens from a position on add to the columns of those before it; none: there are none."""
        words, ids = len(tokens.vocabulary), tokens.ids[since:]
        counts, ends, openings, running = before or (np.zeros(words, dtype=np.int64) for _ in range(4))
        parts = parts_of(tokens)[since:]
        counts = counts + occurrences(ids, words)
        ends = ends + occurrences(ids[:-1], words, parts[1:])
        ends[ids[-1:]] += 1  # behind the last, a part is over
        openings = openings + occurrences(ids, words, tokens.opens_sentence[since:])
        found = cls(counts, ends, openings, running)
        seldom = found.as_end(options) < options.least_end
        step = max(_SLICE, words)  # so that adding up costs less than counting
        for start in range(1, len(ids), step):
            here = slice(start, min(start + step, len(ids)))
            runs_on = seldom[ids[here]] & ~parts[here]
            running = running + np.bincount(ids[start - 1 : here.stop - 1][runs_on], minlength=words)
        return cls(counts, ends, openings, running)

    @property
    def end_share(self) -> float:
        """Share of all uses of words in which they end a part."""
        return float(self.ends.sum()) / max(int(self.counts.sum()), 1)

    def as_end(self, options: FormulaOptions) -> NDArray[np.float64]:
        """Shares of the uses of each word in which it ends a part, as multiples of that; smoothed (float64, words)."""
        return multiple(self.ends, self.counts, self.end_share, options.smoothing)


def multiple(
    times: NDArray[np.integer], uses: NDArray[np.integer], share: float, smoothing: float
) -> NDArray[np.float64]:
    """Times of words in so many uses as multiples of what the average word's share would give; smoothed."""
    return np.asarray((times + smoothing) / (uses * share + smoothing), dtype=np.float64)


def parts_of(tokens: Tokens) -> NDArray[np.bool_]:
    """Which tokens begin a part between marks (bool, tokens); where that is not known, a sentence."""
    return tokens.opens_part if len(tokens.opens_part) else tokens.opens_sentence
