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

from reuse.corpus.tokens import Tokens
from reuse.index.lsh import lsh_anchors
from reuse.index.minhash import Windows, signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors, find_anchors
from reuse.options import IndexOptions


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the index has to say.

    Attributes:
        anchors: Shared shingles, in parts, each of one size.
        windows: The windows that have a signature.
        signatures: uint32 (windows, permutations).
    """

    anchors: list[Anchors]
    windows: Windows
    signatures: NDArray[np.uint32]

    def hand_over(self) -> Iterator[Anchors]:
        """Give the anchors away, part after part: a large corpus has many, and whoever takes them packs them."""
        while self.anchors:
            yield self.anchors.pop()


def find_candidates(tokens: Tokens, pairing: Pairing, options: IndexOptions, jobs: int = 1) -> Candidates:
    """Find where the corpus may repeat itself.

    Args:
        tokens: The corpus.
        pairing: Which documents are compared.
        options: `options.minhash` says which windows get a signature.
        jobs: Threads.
    """
    crowded = np.zeros(0, dtype=np.int64)
    anchors = []
    for longer_by, (found, frequent) in enumerate(find_anchors(tokens, pairing, options, jobs)):
        anchors += found
        if longer_by <= 1:
            crowded = frequent
    windows = signed_windows(tokens, crowded, options)
    signed = signatures(tokens, windows, options, jobs)
    if len(windows):
        anchors.append(lsh_anchors(tokens, windows, signed, pairing, options, jobs))
    return Candidates(anchors, windows, signed)


def signed_windows(tokens: Tokens, crowded: NDArray[np.int64], options: IndexOptions) -> Windows:
    """The windows that get a signature.

    Args:
        tokens: The corpus.
        crowded: int64, ascending: positions whose shingle is too frequent for the exact join even one token longer.
        options: `options.minhash`: `all` windows, `off` for none, `crowded` for those of whose shingles at least
            the share `options.crowded` is crowded.
    """
    if options.minhash == "off":
        return Windows(crowded[:0], crowded[:0])
    windows = windows_of(tokens.bounds, options)
    if options.minhash == "all":
        return windows
    last = windows.end - options.shingle + 1
    count = np.searchsorted(crowded, last) - np.searchsorted(crowded, windows.start)
    return windows.take(count >= options.crowded * (last - windows.start))
