"""Candidates: where the corpus may repeat itself, by the exact join and, where that thins out, by MinHash and LSH.

The exact join finds every pair of places that share a shingle, as long as the shingle is rare. Where shingles are
frequent it needs them to agree over more tokens, and then links to the first few; there, windows that share many
shingles are found by their signatures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import slices_of
from reuse.corpus.tokens import Tokens
from reuse.index.lsh import lsh_anchors
from reuse.index.minhash import Windows, signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors, find_anchors
from reuse.options import IndexOptions
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # tokens of the documents whose windows are looked at, or windows, at a time


@dataclass(frozen=True, slots=True)
class SignedWindows:
    """Windows with a signature each.

    Attributes:
        windows: Where they are.
        signatures: uint32 (windows, permutations).
    """

    windows: Windows
    signatures: NDArray[np.uint32]

    def moved(self, starts: NDArray[np.int64], workers: Workers = ALONE) -> SignedWindows:
        """The same windows where they begin (int64, one a window) among other tokens, in their order there.

        Args:
            starts: Where they begin.
            workers: Have a place for columns.
        """
        order = np.argsort(starts, kind="stable")
        sizes = self.windows.end - self.windows.start
        signed = workers.column(self.signatures.shape, np.uint32)
        for begin in range(0, len(order), _SLICE):
            signed[begin : begin + _SLICE] = self.signatures[order[begin : begin + _SLICE]]
        return SignedWindows(Windows(starts[order], (starts + sizes)[order]), signed)


def find_candidates(
    tokens: Tokens, pairing: Pairing, options: IndexOptions, workers: Workers = ALONE
) -> tuple[Iterator[Anchors], SignedWindows]:
    """Find where the corpus may repeat itself.

    Args:
        tokens: The corpus.
        pairing: Which documents are compared.
        options: `options.minhash` says which windows get a signature.
        workers: Do the work.

    Returns:
        Shared shingles, in parts that each are of one size and are let go as they are taken, for a large corpus has
        many; and the windows that got a signature.
    """
    crowded = np.zeros(0, dtype=np.int64)
    anchors = []
    for longer_by, (found, frequent) in enumerate(find_anchors(tokens, pairing, options, workers)):
        anchors += found
        if longer_by <= 1:
            crowded = frequent
    windows = signed_windows(tokens, crowded, options)
    signed = signatures(tokens, windows, options, workers)
    if len(windows):
        anchors += lsh_anchors(tokens, windows, signed, pairing, options, workers)
    anchors.reverse()
    return (anchors.pop() for _ in range(len(anchors))), SignedWindows(windows, signed)


def signed_windows(tokens: Tokens, crowded: NDArray[np.int64], options: IndexOptions) -> Windows:
    """The windows that get a signature.

    Args:
        tokens: The corpus.
        crowded: int64, ascending: positions whose shingle is too frequent for the exact join even one token longer.
        options: `options.minhash`: `all` windows, `off` for none, `crowded` for those of whose shingles at least
            the share `options.crowded` is crowded.
    """
    if options.minhash == "off":
        return Windows.empty()
    if options.minhash == "all":
        return windows_of(tokens.bounds, options)
    found = []
    for some in slices_of(np.diff(tokens.bounds), _SLICE):
        windows = windows_of(tokens.bounds[some.start : some.stop + 1], options)
        last = windows.end - options.shingle + 1
        count = np.searchsorted(crowded, last) - np.searchsorted(crowded, windows.start)
        found.append(windows.take(count >= options.crowded * (last - windows.start)))
    return Windows.concatenate(*found)
