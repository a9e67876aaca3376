"""How strongly two things are tied that stand near one another: the association measures that corpus linguists know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attraction:
    """Association of each word with the surroundings of a node, float64 (words,) each.

    Attributes:
        expected: Co-occurrences to be expected if the word stood as often near the node as elsewhere.
        log_likelihood: G² of all four cells (Dunning 1993), never below 0, for words that avoid the node too.
        mi: Pointwise mutual information, in bits (Church & Hanks 1990).
        mi3: The same with the co-occurrences cubed, against its love of what is rare (Daille 1994).
        log_dice: logDice (Rychlý 2008): 14 if word and node never stand without one another, 1 less for half of that.
        t: t-score (Church et al. 1991).
        delta_p: ΔP (Gries 2013) of the word given the surroundings: how much likelier it is there than elsewhere.
        delta_p_back: ΔP of the surroundings given the word: how much likelier it stands there than other words do.

    Where there are no co-occurrences, `mi`, `mi3`, `log_dice` and `t` are NaN.
    """

    expected: Numbers
    log_likelihood: Numbers
    mi: Numbers
    mi3: Numbers
    log_dice: Numbers
    t: Numbers
    delta_p: Numbers
    delta_p_back: Numbers


def attraction(near: NDArray[np.integer], tf: NDArray[np.integer], window: int, words: int, nodes: int) -> Attraction:
    """All measures.

    Args:
        near: int64 (words,): occurrences of each word near a node.
        tf: int64 (words,): all its occurrences.
        window: Words near a node.
        words: All words.
        nodes: Occurrences of the node; for logDice, which knows no window.
    """
    seen, all_seen = near.astype(np.float64), tf.astype(np.float64)
    far = words - window
    expected = all_seen * (window / max(words, 1))
    some = np.where(seen > 0, seen, np.nan)
    ratio = some / expected
    cells = (seen, window - seen, all_seen - seen, far - (all_seen - seen))
    means = (expected, window - expected, all_seen - expected, far - (all_seen - expected))
    g = 2 * sum((_surprise(cell, mean) for cell, mean in zip(cells, means, strict=True)), np.zeros(len(seen)))
    return Attraction(
        expected=expected,
        log_likelihood=np.maximum(g, 0.0),
        mi=np.log2(ratio),
        mi3=np.log2(ratio * some**2),
        log_dice=14 + np.log2(2 * some / (nodes + all_seen)),
        t=(some - expected) / np.sqrt(some),
        delta_p=seen / max(window, 1) - (all_seen - seen) / max(far, 1),
        delta_p_back=seen / np.maximum(all_seen, 1) - (window - seen) / np.maximum(words - all_seen, 1),
    )


def _surprise(seen: Numbers, expected: Numbers) -> Numbers:
    there = (seen > 0) & (expected > 0)
    found: Numbers = np.where(there, seen * np.log(np.where(there, seen, 1.0) / np.where(there, expected, 1.0)), 0.0)
    return found
