"""Where in the documents of a run those runs of words stand that a further text has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import spread
from reuse.corpus.tokens import Tokens
from reuse.incremental.collection import Collection
from reuse.index.places import LookedUp
from reuse.index.shingles import complete, shingle_hashes

_SHARE = 16
"""Of so many tokens of the run, one may be looked at; where more would be, it costs less to read all."""


def places_of_runs(
    looked_up: LookedUp, size: int, text: Tokens, collection: Collection, before: int, length: int
) -> NDArray[np.int64] | None:
    """Where runs of so many words begin that a text has (int64, in any order), and others.

    Of the shingles in a run the rarest is followed.

    Args:
        looked_up: The shingles of the text in the distinct texts of the run.
        size: Words in a shingle.
        text: The text, the hash of a word being that of its class.
        collection: The documents of the run, and perhaps further ones behind them.
        before: How many documents the run has.
        length: Words of a run.

    Returns:
        None: It is quicker to read all of the run.
    """
    if length < size:
        return None
    here = np.flatnonzero(complete(text, length))
    _, first = np.unique(shingle_hashes(text, length, here), return_index=True)
    here = here[first]
    offsets = np.arange(length - size + 1)
    rows = np.stack([looked_up.rows(shingle_hashes(text, size, here + offset)) for offset in offsets])
    sizes = looked_up.found.sizes()
    offset = np.argmin(sizes[rows], axis=0)
    followed = np.unique(rows[offset, np.arange(len(here))] * len(offsets) + offset)
    row, offset = np.divmod(followed, len(offsets))
    if int(sizes[row].sum()) > collection.tokens.bounds[before] // _SHARE:
        return None
    found = looked_up.found.take(row).of(slice(None)) - np.repeat(offset, sizes[row])
    return _in_copies(found[found >= 0], collection, before)


def _in_copies(found: NDArray[np.int64], collection: Collection, before: int) -> NDArray[np.int64]:
    """The same places in all documents of the texts that they stand in (int64)."""
    bounds, witnesses = collection.tokens.bounds, collection.witnesses
    text = np.searchsorted(collection.firsts, collection.tokens.document_of(found), side="right") - 1
    several = np.flatnonzero(witnesses.copies[text] > 1)
    if len(several):
        row, within = spread(witnesses.copies[text[several]])
        copy = witnesses.documents[witnesses.bounds[text[several]][row] + within]
        others = found[several][row] + bounds[copy] - bounds[collection.firsts[text[several]][row]]
        found = np.concatenate((found, others[copy < before]))
    return found
