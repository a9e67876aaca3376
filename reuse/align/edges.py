"""Edges at the phrase: the few words beyond a sentence's end that say next to nothing are not part of a passage.

Where a copy ends with its sentence, the next one of either text may happen to begin with the same *We* or *In the*, and
before its beginning both may have the same last word. A reader would not call these copied.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.rectangles import Rectangles
from reuse.arrays.ragged import spread
from reuse.corpus.tokens import Tokens
from reuse.options import AlignOptions
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise


def within_sentences(
    matches: Matches,
    counted: Rectangles,
    tokens: Tokens,
    surprise: Surprise,
    floor: Floor,
    options: AlignOptions,
) -> Matches:
    """Matches without the few words before a sentence or behind one that say next to nothing.

    Both texts have the border of the sentence between the same two words. A short sentence that both have as a whole
    stays, and so do words without which the match would not be kept.

    Args:
        matches: Of which the words at an edge are aligned one after the other.
        counted: As many: the parts of them whose words are counted in their bits.
        tokens: The corpus.
        surprise: What words say.
        floor: Bits from which on a match is kept.
        options: How few words, and how little.
    """
    paths = matches.paths
    border = np.append(tokens.opens_sentence, True)
    last, first = paths.size[paths.bounds[1:] - 1] - 1, paths.size[paths.bounds[:-1]] - 1
    behind = _beyond((matches.a_end, matches.b_end), -1, last, border, surprise, options)
    spare = first - np.where(paths.sizes() == 1, behind, 0)
    before = _beyond((matches.a_start, matches.b_start), 1, spare, border, surprise, options)
    lost = _said((counted.a_end, counted.b_end), -1, behind - (matches.a_end - counted.a_end), surprise)
    lost += _said((counted.a_start, counted.b_start), 1, before - (counted.a_start - matches.a_start), surprise)
    # What is kept for the sake of these words keeps them.
    needed = (matches.bits >= floor.kept) & (matches.bits - lost < floor.kept)
    before, behind, lost = (np.where(needed, 0, column) for column in (before, behind, lost))
    gone, bits = before + behind, (matches.bits - lost).astype(np.float32)
    lengths = (matches.a_end - matches.a_start + matches.b_end - matches.b_start).astype(np.float64)
    similarity = (matches.similarity * lengths - 2 * gone) / (lengths - 2 * gone)
    return replace(
        matches,
        a_start=matches.a_start + before,
        a_end=matches.a_end - behind,
        b_start=matches.b_start + before,
        b_end=matches.b_end - behind,
        matched=(matches.matched - gone).astype(np.int32),
        similarity=np.clip(similarity, 0, 1).astype(np.float32),
        bits=bits,
        evalue=floor.evalues(bits),
        paths=paths.lengthened(-before, -behind),
    )


_Edge = tuple[NDArray[np.int64], NDArray[np.int64]]  # where matches begin, or end, in either text


def _beyond(
    edge: _Edge,
    inward: int,
    spare: NDArray[np.int64],
    border: NDArray[np.bool_],
    surprise: Surprise,
    options: AlignOptions,
) -> NDArray[np.int64]:
    """Words (int64, one a match) from the edge to the border of a sentence that may go.

    Args:
        edge: Of the matches.
        inward: 1 if they begin there, -1 if they end.
        spare: int64: words that they can do without.
        border: bool (tokens + 1,): where a sentence begins, or a document ends.
        surprise: What words say.
        options: How many words, and how much they may say.
    """
    a, b = edge
    words = np.zeros(len(a), dtype=np.int64)
    whole = border[a] & border[b]
    for count in range(options.beyond_words, 0, -1):
        rows = np.flatnonzero(~whole & (spare >= count))
        words[rows[border[a[rows] + inward * count] & border[b[rows] + inward * count]]] = count
    words[_said(edge, inward, words, surprise, alone=True) > options.beyond_bits] = 0
    return words


def _said(
    edge: _Edge, inward: int, words: NDArray[np.int64], surprise: Surprise, *, alone: bool = False
) -> NDArray[np.float64]:
    """What so many words (int64, one a match) at the edge say after the word before each, or alone (float64, bits)."""
    rows, place = spread(np.maximum(words, 0))
    a, b = (side[rows] + (place if inward == 1 else -1 - place) for side in edge)
    said = surprise.of_aligned(a, b, np.full(len(rows), alone))
    return np.bincount(rows, weights=said, minlength=len(words)).astype(np.float64)
