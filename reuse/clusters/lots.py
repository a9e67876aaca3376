"""Which matches have to do with each other: the cluster of each follows from those of its own lot alone.

Passages that overlap are of one lot, and so are the two passages of a match and passages that say the same stretch of
words. So where documents are added, only the lots are looked at again that something new has to do with.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.arrays.components import connected_components
from reuse.arrays.ragged import owners_of, ranges
from reuse.clusters.first_places import FirstPlaces


def lots_of(
    matches: Matches, bounds: NDArray[np.int64], whole: NDArray[np.int64], first: FirstPlaces
) -> NDArray[np.int64]:
    """The lot of each match and, behind them, of each whole document (int64), by any number.

    Where a text stands first it goes on within a document, and from one stretch that passages cover to the next only
    where these are so near that none stands between them: so texts are of one lot too that are the same there.

    Cost: linear in the stretches of tokens that passages cover, and in those that stand in one piece elsewhere first.

    Args:
        matches: All matches.
        bounds: int64 (documents + 1,): document d owns the tokens bounds[d] to bounds[d + 1].
        whole: int64: documents that are a passage as a whole.
        first: Where each token of all these stands first.
    """
    inside = first.inside
    # What covers the end of a document and the beginning of the next is in two pieces, that have nothing in common.
    pieces = np.union1d(inside.starts, bounds[inside.numbers(bounds) >= 0])
    # From each of these to the next, tokens are of one piece, and the places where they stand first follow one another.
    begins = np.union1d(first.breaks.at, inside.numbers(pieces))
    place, size = first.places[begins], np.diff(begins, append=len(inside))
    low, high = owners_of(pieces, place), owners_of(pieces, place + size - 1)
    own = np.repeat(owners_of(pieces, inside.at(begins)), high - low + 1)
    labels = connected_components(len(pieces), own, ranges(low, high - low + 1))
    return labels[owners_of(pieces, np.concatenate((matches.a_start, bounds[whole])))]
