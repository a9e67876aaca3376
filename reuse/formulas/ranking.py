"""The order of whole phrases: what each adds to a list that one reads from the top.

Three factors, none of them a list of words:

* What the phrase saves: (df - 1) × own bits, up to `most_bits` of them.
* *Its edges as they are seen.* A phrase that is whole stands at marks, or beside words of the grammar, if its own edges
  are words that phrases end with, and open with; one that is cut goes on with words of content, or always with one
  word: "… the highest glory and warmest" (greetings, congratulations), "(Political) Bureau and secretary", "he stressed
  the need" (to, for), "the first of its kind in the history" (of).
* *What stands above it already.* Content words that follow one another in better phrases too ("united states") count
  half below the first of these, a third below the second: a greedy choice by relevance and novelty (Carbonell and
  Goldstein 1998, there for documents).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs, pair_keys
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, ranges, row_of_each
from reuse.arrays.records import RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.edges import Edges
from reuse.formulas.repeats import Repeats

ROUNDS = 12
"""Rounds in which the order settles: in each, what has nothing better beside it. Of phrases that have the same words,
so many come into their order; the rest counts all of these as said."""


def edges_seen(phrases: Repeats, edges: Edges) -> NDArray[np.float64]:
    """How much is left of the scores of phrases by what stands at their edges (float64, phrases; `cut`² to 1).

    Args:
        phrases: The phrases, each with one occurrence at least.
        edges: What the corpus says of edges.
    """
    factor = np.ones(len(phrases))
    if not len(phrases):
        return factor
    ids, opens, at = edges.ids, edges.opens, phrases.positions
    behind = at + phrases.tokens[phrases.owners()]
    before, after = ids[np.maximum(at - 1, 0)], ids[np.minimum(behind, len(ids) - 1)]
    # "The …" begins there whatever stands before it, but not "and …", which hardly ever opens a sentence. Adjectives
    # seldom end a part, as words of the grammar do: before a noun they are its head.
    begins = opens[at] | edges.ends_seldom[before] & ~edges.content[before]
    begins |= edges.ends_seldom[ids[at]] & (edges.as_opener[ids[at]] >= 1)
    # Before a word of the grammar a phrase is over if its last word ends phrases elsewhere, and if not nearly all go on
    # with that one word ("in the history of"): then it was cut before a slot.
    ends = edges.ends_seldom[after] & (edges.as_end[ids[behind - 1]] >= 1)
    ends &= (edges.behind(phrases).commonest <= edges.options.fixed)[phrases.owners()]
    ends |= opens[behind]
    cut = edges.options.cut
    for seen in (begins, ends):
        factor *= cut + (1 - cut) * np.add.reduceat(seen, phrases.bounds[:-1], dtype=np.int64) / phrases.sizes()
    return factor


def by_what_they_add(
    score: NDArray[np.float64],
    ties: tuple[NDArray[np.generic], ...],
    first: Positions,
    lengths: NDArray[np.int64],
    tokens: Tokens,
    content: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Phrases in the order of what each adds to those above it (int64, phrases).

    Args:
        score: float64 (phrases,): what each is worth alone.
        ties: Columns that decide between equals, the last one first, ascending.
        first: int64 (phrases,): position of the first word of an occurrence of each.
        lengths: int64 (phrases,): their words.
        tokens: The corpus.
        content: bool (words,): which words of the vocabulary are of content.

    Cost: one sort of the content words of all phrases, and in each round a look at the pairs of words that several
    phrases have; what a phrase is worth is worked out again where a pair of its words was said.
    """
    said = _Said.of(first, lengths, tokens, content, len(score))
    by_ties = np.lexsort(ties)
    place = np.empty(len(score), dtype=np.int64)
    place[by_ties] = np.arange(len(score))
    worth, settled = score.copy(), np.zeros(len(score), dtype=bool)
    shared, touched = said.shared, np.zeros(0, dtype=np.int64)
    for _ in range(ROUNDS):
        if len(touched):
            worth[touched] = score[touched] * said.new(touched)
        chosen = _first_to_say(np.where(settled, -np.inf, worth), place, shared) & ~settled
        settled |= chosen
        if settled.all():
            break
        touched = said.say(chosen, shared)
        touched = touched[~settled[touched]]
        shared = shared.without(settled)
    return np.asarray(by_ties[np.argsort(-worth[by_ties], kind="stable")], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Pairs(RaggedColumns):
    """Pairs of content words that follow one another in several phrases.

    Attributes:
        numbers: int64 (pairs,): the number of each.
        bounds: int64 (pairs + 1,): pair p has the rows bounds[p] to bounds[p + 1] of `phrases`.
        phrases: int64: the phrases that have each, each once.
    """

    ELEMENTS: ClassVar = ("phrases",)

    numbers: NDArray[np.int64]
    bounds: NDArray[np.int64]
    phrases: NDArray[np.int64]

    def without(self, settled: NDArray[np.bool_]) -> _Pairs:
        """Those that phrases have which are not settled (bool, phrases), with these."""
        if not len(self):
            return self
        left = ~settled[self.phrases]
        sizes = np.add.reduceat(left, self.bounds[:-1], dtype=np.int64)
        return _Pairs(self.numbers[sizes > 0], bounds_of(sizes[sizes > 0]), self.phrases[left])


@dataclass(frozen=True, slots=True)
class _Said:
    """What has been said of the content words of phrases.

    Attributes:
        bounds: int64 (phrases + 1,): phrase p has the rows bounds[p] to bounds[p + 1] of the next two.
        bits: float64 (content words,): how much each says.
        pair: int64 (content words,): number of the pair that it makes with the one before it in its phrase; the last
            one where there is none, or no other phrase has it.
        whole: float64 (phrases,): what its words say together.
        times: int64 (pairs + 1,): in how many phrases that have their place each pair is; none has the last.
        shared: The pairs.
    """

    bounds: NDArray[np.int64]
    bits: NDArray[np.float64]
    pair: NDArray[np.int64]
    whole: NDArray[np.float64]
    times: NDArray[np.int64]
    shared: _Pairs

    @classmethod
    def of(
        cls,
        first: Positions,
        lengths: NDArray[np.int64],
        tokens: Tokens,
        content: NDArray[np.bool_],
        phrases: int,
    ) -> _Said:
        """Nothing yet; as for `by_what_they_add`."""
        bits = -log2(np.maximum(tokens.vocabulary.counts, 1) / max(len(tokens), 1))
        phrase, words = np.repeat(np.arange(phrases), lengths), tokens.ids[ranges(first, lengths)]
        there = content[words]
        phrase, words = phrase[there], words[there]
        second = np.flatnonzero(~differs(phrase))  # content words of which another stands before, in the same phrase
        one, other = words[second - 1], words[second]
        keys = pair_keys(np.minimum(one, other), np.maximum(one, other))
        rows, bounds = equal_groups(mixed(keys), lambda at: (keys[at].view(np.int64),))
        numbers = np.arange(len(bounds) - 1)
        pair = np.full(len(words), len(numbers))
        pair[second[rows]] = row_of_each(bounds)
        having = _Pairs(numbers, bounds, phrase[second[rows]])
        once = differs(having.phrases)
        once[bounds[:-1]] = True
        own = bits[words]
        whole = np.bincount(phrase, own, minlength=phrases).astype(np.float64)
        of_phrases = bounds_of(np.bincount(phrase, minlength=phrases))
        return cls(of_phrases, own, pair, whole, np.zeros(len(bounds), dtype=np.int64), having.where(once))

    def new(self, phrases: NDArray[np.int64]) -> NDArray[np.float64]:
        """The share of what some phrases (int64) say that has not been said yet (float64, 0 to 1)."""
        sizes = np.diff(self.bounds)[phrases]
        row = np.repeat(np.arange(len(phrases)), sizes)
        words = ranges(self.bounds[phrases], sizes)
        before = self.times[self.pair[words]]
        behind = np.append(before[1:], 0)
        behind[np.cumsum(sizes) - 1] = 0
        new = np.bincount(row, self.bits[words] / (1 + np.maximum(before, behind)), minlength=len(phrases))
        whole = self.whole[phrases]
        return np.divide(new, whole, out=np.ones(len(phrases)), where=whole > 0)

    def say(self, chosen: NDArray[np.bool_], shared: _Pairs) -> NDArray[np.int64]:
        """Count the pairs of the chosen phrases (bool); the phrases (int64) that have some of them as well.

        Args:
            chosen: Phrases that come to their places.
            shared: Such pairs as they have, with all phrases that have no place yet, they among them.
        """
        if not len(shared):
            return np.zeros(0, dtype=np.int64)
        more = np.add.reduceat(chosen[shared.phrases], shared.bounds[:-1], dtype=np.int64)
        self.times[shared.numbers] += more
        there = np.zeros(len(chosen), dtype=bool)
        there[shared.phrases[np.repeat(more > 0, shared.sizes())]] = True
        return np.flatnonzero(there)


def _first_to_say(worth: NDArray[np.float64], place: NDArray[np.int64], shared: _Pairs) -> NDArray[np.bool_]:
    """Which phrases stand above all others that have a pair of words of theirs and no place yet (bool, phrases).

    Nothing can come between these and what they are worth: what is worth more has no word pair of theirs.

    Args:
        worth: float64 (phrases,).
        place: int64 (phrases,): which of equally good ones comes first.
        shared: Pairs with the phrases of them that have no place yet.
    """
    if not len(shared):
        return np.ones(len(worth), dtype=bool)
    own = worth[shared.phrases]
    best = np.flatnonzero(own == np.repeat(np.maximum.reduceat(own, shared.bounds[:-1]), shared.sizes()))
    pair = shared.owners()[best]
    opens = np.flatnonzero(differs(pair))
    places = place[shared.phrases[best]]
    foremost = places == np.repeat(np.minimum.reduceat(places, opens), np.diff(opens, append=len(pair)))
    first = np.bincount(shared.phrases[best[foremost]], minlength=len(worth))
    return np.asarray(first == np.bincount(shared.phrases, minlength=len(worth)), dtype=np.bool_)
