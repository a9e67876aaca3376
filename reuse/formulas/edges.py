"""Where phrases may begin and end, told from the marks of the corpus itself: in any language, without a list of words.

Two things are asked of an edge:

* *Its word.* What stands before commas and full stops shows which words can end a phrase: "government" does in one use
  of four, "the" and "of" do in one of a thousand. A word can begin one when it opens sentences or ends phrases often
  enough, or is not of the kind that runs on into words that cannot end one ("of the", "which has").
* *Its neighbours.* A phrase is over where what follows is as free as it is after its last word anywhere; while one
  neighbour stands there far more often than that, the phrase goes on (branching entropy, Harris 1955, counted against
  the edge word's own branching).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.counting import counted_up_to
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import group_sizes, pair_keys, places_in, with_places
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import row_of_each
from reuse.arrays.stepped import Ranks
from reuse.corpus.tokens import Tokens
from reuse.formulas.edge_counts import EdgeCounts, multiple, parts_of
from reuse.formulas.repeats import Repeats
from reuse.formulas.sequences import number_values
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers


@dataclass(frozen=True, slots=True)
class Edges:
    """What a corpus says of the edges of phrases.

    Attributes:
        ids: int32 (n,): its tokens.
        opens: bool (n + 1,): which of them open a part between marks; True behind the last.
        opened: int32 (n + 2,): how many of those before each do; or looked up.
        counts: int64 (words,): occurrences of each word.
        background: Its word model.
        ends_of, openings_of: int64 (words,): times that each word ends a part, and opens a sentence.
        end_share, opening_share: Shares of all uses of words in which they do.
        running: int64 (words,): times that a word follows it, without a mark between, that seldom ends a part.
        as_end, as_opener: float64 (words,): shares of the uses of each word in which it ends a part, and opens a
            sentence, as multiples of those of the average word; smoothed.
        ends_seldom: bool (words,): which words seldom end a part.
        content: bool (words,): which words are of content, being rare.
        numbers: bool (words,): which words are numbers in digits.
        options: What is asked of an edge.
    """

    ids: NDArray[np.int32]
    opens: NDArray[np.bool_]
    opened: NDArray[np.int32] | Ranks
    counts: NDArray[np.int64]
    background: Background
    ends_of: NDArray[np.int64]
    openings_of: NDArray[np.int64]
    end_share: float
    opening_share: float
    running: NDArray[np.int64]
    as_end: NDArray[np.float64]
    as_opener: NDArray[np.float64]
    ends_seldom: NDArray[np.bool_]
    content: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    options: FormulaOptions

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        background: Background,
        options: FormulaOptions,
        counted: EdgeCounts | None = None,
        *,
        looked_up: bool = False,
        workers: Workers = ALONE,
    ) -> Edges:
        """What a corpus says.

        Args:
            tokens: The corpus.
            background: Its word model.
            options: What is asked of an edge.
            counted: How often its words stand at edges; None: they are counted.
            looked_up: Whether so few places are asked for that nothing is laid out for all.
            workers: Have a place for columns.
        """
        counted = counted or EdgeCounts.of(tokens, options)
        opens = workers.column(len(tokens) + 1, bool)
        opens[:-1] = parts_of(tokens)
        opens[-1] = True
        opened: NDArray[np.int32] | Ranks
        if looked_up:
            opened = Ranks.of(opens)
        else:
            opened = workers.column(len(opens) + 1, np.int32)
            counted_up_to(opens, opened[1:])
        ids, counts = tokens.ids, counted.counts
        opening_share = float(counted.openings.sum()) / max(len(ids), 1)
        as_end = counted.as_end(options)
        as_opener = multiple(counted.openings, counts, opening_share, options.smoothing)
        numbers = number_values(tokens.vocabulary) >= 0
        bits = -log2(np.maximum(counts, 1) / max(len(ids), 1))
        content = bits > min(options.content_bits, log2(max(len(ids), 2)) / 2)
        return cls(
            ids=ids,
            opens=opens,
            opened=opened,
            counts=counts,
            background=background,
            ends_of=counted.ends,
            openings_of=counted.openings,
            end_share=counted.end_share,
            opening_share=opening_share,
            running=counted.running,
            as_end=as_end,
            as_opener=as_opener,
            ends_seldom=as_end < options.least_end,
            content=content,
            numbers=numbers,
            options=options,
        )

    def begins(
        self, first: NDArray[np.int64], tf: NDArray[np.int64], stands_so: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Whether phrases of two words or more can begin with their first words (bool).

        Args:
            first: Position of the first word of one occurrence.
            tf: Occurrences of each phrase: they do not tell against it.
            stands_so: Whether they stand behind a mark often enough.
        """
        word, following = self.ids[first], self.ids[first + 1]
        outside = np.maximum(self.counts[word] - tf, 0)
        running = self.running[word] - tf * self.ends_seldom[following]
        options = self.options
        as_end = multiple(self.ends_of[word], outside, self.end_share, options.smoothing)
        as_opener = multiple(self.openings_of[word], outside, self.opening_share, options.smoothing)
        often = as_end + as_opener >= 2 * options.least_beginning
        together = self.background.pairs_at(first + 1)
        called_for = together >= options.called_for * self.counts[word]
        called_for |= together >= np.maximum(options.called_for * self.counts[following], options.least_called)
        free = running <= options.runs_on * (outside + options.few)
        return np.asarray(free | often | called_for | stands_so, dtype=np.bool_)

    def ends(self, last: NDArray[np.int64], tf: NDArray[np.int64], stands_so: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether phrases of two words or more can end with their last words, at these positions; as above."""
        word = self.ids[last]
        outside = np.maximum(self.counts[word] - tf, 0)
        as_end = multiple(self.ends_of[word], outside, self.end_share, self.options.smoothing)
        often = as_end >= self.options.least_end
        called_for = self.background.pairs_at(last) >= self.options.called_for * self.counts[word]
        return np.asarray(often | called_for | stands_so, dtype=np.bool_)

    def before(self, repeats: Repeats) -> Branching:
        """How free the words before repeats are."""
        at = repeats.positions
        return self._branching(repeats, self.opens[at], self.ids[np.maximum(at - 1, 0)], at, self.ids[at])

    def behind(self, repeats: Repeats) -> Branching:
        """How free the words behind repeats are."""
        at = repeats.positions + np.repeat(repeats.tokens, repeats.sizes())
        inside = np.minimum(at, len(self.ids) - 1)  # behind the last token there is a mark
        return self._branching(repeats, self.opens[at], self.ids[inside], inside, self.ids[at - 1])

    def _branching(
        self,
        repeats: Repeats,
        marked: NDArray[np.bool_],
        neighbours: NDArray[np.int32],
        pairs: NDArray[np.int64],
        words: NDArray[np.int32],
    ) -> Branching:
        """The same, given what stands at each occurrence.

        Args:
            repeats: The repeats.
            marked: bool (occurrences,): a mark stands there.
            neighbours: int32 (occurrences,): the word there.
            pairs: int64 (occurrences,): position of the later one of that word and the edge word.
            words: int32 (occurrences,): the edge word.
        """
        rows, sizes, first = row_of_each(repeats.bounds), repeats.sizes(), repeats.bounds[:-1]
        same = _like_it(rows, neighbours)
        same[marked] = 1
        likely = np.minimum(np.maximum(self.background.pairs_at(pairs), 1) / self.counts[words], 1.0)
        own = self.options.own_branching
        seen = (same - 1 + own * likely) / (sizes[rows] - 1 + own)
        surplus = np.maximum(log2(seen / likely), 0.0)
        surplus[marked] = 0.0
        if not len(first):
            return Branching(*(np.zeros(0) for _ in range(3)))
        return Branching(
            np.add.reduceat(surplus, first) / sizes,
            np.maximum.reduceat(np.where(marked, 0, same), first) / sizes,
            np.add.reduceat(marked, first, dtype=np.int64) / sizes,
        )


@dataclass(frozen=True, slots=True)
class Branching:
    """How freely words stand at one edge of phrases.

    Attributes:
        surplus: float64 (phrases,): bits by which neighbours are likelier there than beside the edge word anywhere, on
            the average; at most what can be said without the occurrence in question.
        commonest: float64 (phrases,): share (0–1) of the occurrences with the commonest neighbour.
        marked: float64 (phrases,): share (0–1) of the occurrences that stand at a mark there.
    """

    surplus: NDArray[np.float64]
    commonest: NDArray[np.float64]
    marked: NDArray[np.float64]


def _like_it(rows: NDArray[np.int64], values: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many elements of the same row have the same value (int64, elements), itself included.

    A collision of hashes (a few in 10⁸) costs one element a wrong count.
    """
    width = len(rows).bit_length()
    keys = with_places(mixed(pair_keys(rows, values)), np.arange(len(rows)), width)
    keys.sort()
    places = places_in(keys, width).view(np.int64)
    sizes = group_sizes(keys, width)
    found = np.empty(len(rows), dtype=np.int64)
    found[places] = np.repeat(sizes, sizes)
    return found
