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

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions
from reuse.arrays.keys import differs, distinct_in, pair_keys, pair_numbers
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import ranges, spread
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

    Cost: a few sorts of the content words of all phrases.
    """
    bits = -log2(np.maximum(tokens.vocabulary.counts, 1) / max(len(tokens), 1))
    phrase, _ = spread(lengths)
    words = tokens.ids[ranges(first, lengths)]
    phrase, words = phrase[content[words]], words[content[words]]
    second = np.flatnonzero(~differs(phrase))  # content words of which another stands before, in the same phrase
    one, other = words[second - 1], words[second]
    pairs, numbers = np.unique(pair_keys(np.minimum(one, other), np.maximum(one, other)), return_inverse=True)
    who, what = pair_numbers(distinct_in(np.sort(pair_keys(phrase[second], numbers))))
    pair = np.full(len(words), -1)
    pair[second] = numbers
    bits = bits[words]
    whole = np.bincount(phrase, bits, minlength=len(score))
    said = np.zeros(len(pairs) + 1, dtype=np.int64)  # in how many phrases that have their place; none has the last
    settled = np.zeros(len(score), dtype=bool)
    worth, by_ties = score.copy(), np.lexsort(ties)
    for _ in range(ROUNDS):
        times = np.append(said[pair], 0)
        new = np.bincount(phrase, bits / (1 + np.maximum(times[:-1], times[1:])), minlength=len(score))
        open_rows = np.flatnonzero(~settled)
        share = np.divide(new[open_rows], whole[open_rows], out=np.ones(len(open_rows)), where=whole[open_rows] > 0)
        worth[open_rows] = score[open_rows] * share
        left = by_ties[~settled[by_ties]]
        if not len(left):
            break
        chosen = _first_to_say(left[np.argsort(-worth[left], kind="stable")], len(score), who, what)
        settled |= chosen
        said += np.bincount(what[chosen[who]], minlength=len(said))
        stays = ~settled[phrase]
        phrase, pair, bits = phrase[stays], pair[stays], bits[stays]
        stays = ~settled[who]
        who, what = who[stays], what[stays]
    return np.asarray(by_ties[np.argsort(-worth[by_ties], kind="stable")], dtype=np.int64)


def _first_to_say(
    order: NDArray[np.int64], phrases: int, who: NDArray[np.int64], what: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which phrases stand above all others that have a pair of words of theirs and no place yet (bool, phrases).

    Nothing can come between these and what they are worth: what is worth more has no word pair of theirs.

    Args:
        order: int64: the phrases that have no place yet, the best first.
        phrases: How many there are in all.
        who: int64: phrases of them, one row for each pair of words that they have.
        what: int64: that pair.
    """
    rank = np.full(phrases, -1)
    rank[order] = np.arange(len(order))
    best = np.full(int(what.max(initial=-1)) + 1, len(order))
    np.minimum.at(best, what, rank[who])
    behind = np.bincount(who, rank[who] > best[what], minlength=phrases)
    return np.asarray((behind == 0) & (rank >= 0), dtype=np.bool_)
