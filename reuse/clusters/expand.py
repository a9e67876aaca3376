"""What was found among witnesses becomes what holds of all documents: copies stand where their witness stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import ALIGNED, Matches
from reuse.align.paths import Paths
from reuse.arrays.ragged import owners_of, ranges, spread
from reuse.arrays.records import FlatColumns
from reuse.clusters.clusters import Clusters, numbered
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses
from reuse.index.pairing import Pairing
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise

MOST_PAIRS = 16
"""Pairs of documents up to which a match of two texts is listed for each; above, for the first of either only."""

_MOST_COPIES = 16  # documents of one text up to which each is matched with each other, above with the first one only


@dataclass(frozen=True, slots=True)
class Copied(FlatColumns):
    """Texts that stand in several documents which are compared, and say more than chance brings.

    Attributes:
        text: int64 (n,): which of the distinct texts.
        bits: float64 (n,): what its words say when they stand once more elsewhere.
    """

    text: NDArray[np.int64]
    bits: NDArray[np.float64]


def whole_texts(witnesses: Witnesses, pairing: Pairing, texts: Tokens, surprise: Surprise, floor: Floor) -> Copied:
    """The texts that are matched with their own copies.

    Args:
        witnesses: The distinct texts.
        pairing: Which texts are compared. Where they are in groups, copies are of one group, and so are not.
        texts: Their tokens.
        surprise: What words say.
        floor: Bits from which on a match is kept.
    """
    several = np.flatnonzero((witnesses.copies > 1) & (pairing.group is None))
    bits = bits_of_copies(several, texts, surprise)
    return Copied(several, bits).take(bits >= floor.alone)


def in_documents(
    matches: Matches,
    clusters: Clusters,
    copied: Copied,
    witnesses: Witnesses,
    bounds: NDArray[np.int64],
    texts: NDArray[np.int64],
    floor: Floor,
) -> tuple[Matches, Clusters]:
    """Matches and clusters of witnesses as those of documents.

    Args:
        matches: Among the witnesses.
        clusters: Theirs, with those of `copied` as whole texts.
        copied: The witnesses that are matched with their own copies.
        witnesses: The distinct texts.
        bounds: int64 (documents + 1,): where the documents begin, in token positions.
        texts: int64 (witnesses + 1,): where the witnesses begin, in theirs.
        floor: Bits from which on a match is kept.
    """
    rows, a, b = _listed(matches, witnesses, texts)
    moved = _moved(matches.take(rows), witnesses, bounds, texts, a, b)
    wholes, whole_rows = _matches_of_copies(copied, witnesses, bounds, texts, floor)
    of_match = np.concatenate((clusters.of_match[rows], clusters.of_whole[whole_rows]))
    moved = Matches.concatenate(moved, wholes)
    moved = moved.turned(moved.a_start > moved.b_start)
    order = np.lexsort((moved.b_end, moved.a_end, moved.b_start, moved.a_start))
    return moved.take(order), _passages(clusters, of_match[order], witnesses, bounds, texts)


def in_first_documents(
    clusters: Clusters, found: Matches, whole: NDArray[np.int64], witnesses: Witnesses, texts: Tokens
) -> tuple[Clusters, NDArray[np.int64]]:
    """Clusters of witnesses as those of the first document of each text.

    Args:
        clusters: Of the matches and, as whole documents, of some witnesses.
        found: The matches, among the witnesses.
        whole: int64: these witnesses.
        witnesses: The distinct texts.
        texts: Their tokens.

    Returns:
        Those of the matches in order of their places in these documents; and the documents (int64, ascending) that are
        whole.
    """
    shift = [witnesses.shift[texts.document_of(side)] for side in (found.a_start, found.b_start)]
    moved = found.moved(*shift)
    rows = moved.turned(moved.a_start > moved.b_start).order()
    further = clusters.moved(lambda starts: witnesses.shift[texts.document_of(starts)])
    number, passages = numbered(further.cluster, further.start, further.end)
    documents = witnesses.first[whole]
    by_document = np.argsort(documents)
    return Clusters(
        number[clusters.of_match[rows]],
        *passages,
        number[clusters.of_whole[by_document]],
        further.digested[np.argsort(further.digested[:, 0])],
        np.concatenate((clusters.lots[rows], clusters.lots[len(found) + by_document])),
    ), documents[by_document]


def _listed(
    matches: Matches, witnesses: Witnesses, texts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows of matches, and which of the documents of either text (from 0), for all that is listed of them."""
    home_a, home_b = owners_of(texts, matches.a_start), owners_of(texts, matches.b_start)
    copies_a, copies_b = witnesses.copies[home_a], witnesses.copies[home_b]
    count = np.where(home_a == home_b, copies_a, copies_a * copies_b)
    count = np.where(count > MOST_PAIRS, 1, count)
    rows, number = spread(count)
    inside = (home_a == home_b)[rows]
    width = np.where(count == 1, 1, copies_b)[rows]
    return rows, np.where(inside, number, number // width), np.where(inside, number, number % width)


def _moved(
    matches: Matches,
    witnesses: Witnesses,
    bounds: NDArray[np.int64],
    texts: NDArray[np.int64],
    copy_a: NDArray[np.int64],
    copy_b: NDArray[np.int64],
) -> Matches:
    """Matches with their positions among the tokens of all documents, in the copies of the texts that are named."""
    shift = []
    for start, copy in ((matches.a_start, copy_a), (matches.b_start, copy_b)):
        witness = owners_of(texts, start)
        document = witnesses.documents[witnesses.bounds[witness] + copy]
        shift.append(bounds[document] - texts[witness])
    return matches.moved(*shift)


def _matches_of_copies(
    copied: Copied, witnesses: Witnesses, bounds: NDArray[np.int64], texts: NDArray[np.int64], floor: Floor
) -> tuple[Matches, NDArray[np.int64]]:
    """Matches of whole texts with their copies, and the row of `copied` that each belongs to."""
    copies = witnesses.copies[copied.text]
    # Each of a few with each other one, each of many with the first.
    each = copies <= _MOST_COPIES
    count = np.where(each, copies * copies, copies)
    row, number = spread(count)
    one, other = np.where(each[row], number // copies[row], 0), number % copies[row]
    met = one < other
    row, one, other = row[met], one[met], other[met]
    a, b = (witnesses.documents[witnesses.bounds[copied.text[row]] + copy] for copy in (one, other))
    size = np.diff(texts)[copied.text[row]]
    bits = copied.bits[row]
    a_start, b_start = bounds[a], bounds[b]
    return Matches(
        a_start,
        a_start + size,
        b_start,
        b_start + size,
        size.astype(np.int32),
        np.ones(len(row), dtype=np.float32),
        bits.astype(np.float32),
        floor.evalues(bits),
        np.full(len(row), ALIGNED, dtype=np.uint8),
        Paths.straight(a_start, b_start, size),
    ), row


def bits_of_copies(rows: NDArray[np.int64], texts: Tokens, surprise: Surprise) -> NDArray[np.float64]:
    """What the words of some witnesses say when they stand once more elsewhere (float64, bits)."""
    size = np.diff(texts.bounds)[rows]
    said = surprise.of_copied(ranges(texts.bounds[:-1][rows], size))
    owner, _ = spread(size)
    return np.bincount(owner, weights=said, minlength=len(rows)).astype(np.float64)


def _passages(
    clusters: Clusters,
    of_match: NDArray[np.int32],
    witnesses: Witnesses,
    bounds: NDArray[np.int64],
    texts: NDArray[np.int64],
) -> Clusters:
    """Clusters whose passages stand in every document of their text, numbered by their first passage."""
    rows, shift = _everywhere(clusters.start, witnesses, bounds, texts)
    cluster, start, end = clusters.cluster[rows], clusters.start[rows] + shift, clusters.end[rows] + shift
    number, (cluster, start, end) = numbered(cluster, start, end)
    rows, shift = _everywhere(clusters.digested[:, 0], witnesses, bounds, texts)
    said = clusters.digested[rows] + shift[:, None]
    return Clusters(
        number[of_match],
        cluster,
        start,
        end,
        number[clusters.of_whole],
        said[np.argsort(said[:, 0])],
    )


def _everywhere(
    start: NDArray[np.int64], witnesses: Witnesses, bounds: NDArray[np.int64], texts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What begins at some tokens of witnesses, in every document of their text: its row, and how far off it stands."""
    witness = owners_of(texts, start)
    count = witnesses.copies[witness]
    rows, _ = spread(count)
    document = witnesses.documents[ranges(witnesses.bounds[witness], count)]
    return rows, bounds[document] - texts[witness[rows]]
