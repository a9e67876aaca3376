"""The four shares of a text: what is recycled, shared, repeated and fresh in it. Each word is of one kind: they add up.

A word is *recycled* if it stands in a passage that a document of an earlier date has; else *shared* if another document
has the passage and the dates do not say which was first; else *repeated* if the document itself has it before; else
*fresh*. What only later documents have is fresh: they have it from here.

Furniture of pages (see `reuse.clusters.furniture`) is no part of a text: its words are of none of these kinds, and the
shares are of the others. Of a passage of which another document has less than half, as a sentence has that draws a page
together, only the words that agree are of a kind: the sentence has said no more of the page than that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reuse.columns import Column

KINDS = ("recycled", "shared", "repeated", "fresh")
"""Names of the kinds of words, by number; of those that apply to a word the first is its kind."""

RECYCLED, SHARED, REPEATED, FRESH = range(len(KINDS))

SECTIONS = (*KINDS, "furniture")
"""Names of what a section of a document may be, by number: of a kind, or furniture of pages."""

FURNITURE = len(KINDS)

SHARES = (
    Column(
        "recycled",
        "real",
        "share of its words, furniture of pages apart, in passages that a document of an earlier date has",
        falls=True,
    ),
    Column(
        "shared",
        "real",
        "share of its other words in passages that another document has too, while it is unknown which was first",
        falls=True,
    ),
    Column(
        "repeated", "real", "share of its other words in passages that stand earlier in the same document", falls=True
    ),
    Column("fresh", "real", "share of its words that is none of these; the four add up to 1", falls=True),
)
"""The columns of the four shares, in every table that has them."""


def shares_of(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Words by kind as shares that add up to 1 (float64, rows × 4); who has no words has nothing that is not fresh.

    Args:
        counts: int64 (rows, 4 or 5): words of each kind; furniture of pages, if it is told, comes last and is left out.
    """
    counts = counts[:, : len(KINDS)]
    words = counts.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = counts / np.maximum(words, 1)
    shares[words[:, 0] == 0, FRESH] = 1.0
    return shares


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Shares that add up to 1 as whole per cents that add up to 100.

    Those that lose most when they are cut are rounded up (Hamilton's method of largest remainders); what is there at
    all has at least 1, which the largest gives, so that 100 means that there is nothing else.
    """
    exact = np.asarray(shares, dtype=np.float64) * 100
    whole = np.floor(exact + 1e-9).astype(np.int64)
    missing = 100 - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    for row in np.flatnonzero((whole == 0) & (exact > 0)).tolist():
        whole[row] = 1
        whole[int(whole.argmax())] -= 1
    return [int(value) for value in whole]


def in_words(shares: Sequence[float]) -> str:
    """The four shares as a sentence says them: `12% are recycled, 3% shared, 85% fresh`."""
    said = [f"{share}% {kind}" for kind, share in zip(KINDS, whole_percents(shares), strict=True) if share]
    return ", ".join(said).replace("% ", "% are ", 1)
