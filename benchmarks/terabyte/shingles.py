"""How unevenly keys are spread: what the fullest range of a join holds, and how long it takes at its real size.

Keys that are equal are never parted, so that a range has at least as many as the commonest has occurrences, however
many ranges there are. `python -m benchmarks.terabyte.shingles N` joins N occurrences of one shingle.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.index.pairing import Pairing
from reuse.index.seeds import find_anchors
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import IndexOptions

RANKS = (1, 2, 5, 10, 100, 1000, 10_000)
"""Of the shingles whose share is told."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How often the shingles of some text occur.

    Attributes:
        shingles: How many there are.
        distinct: How many of them are different.
        once: Share of the different ones that occur once.
        of_rank: For each of RANKS, as far as there are so many, the share of that one in all shingles.
    """

    shingles: int
    distinct: int
    once: float
    of_rank: dict[int, float]


def spread(tokens: Tokens, size: int) -> Spread:
    """How often runs of so many words occur."""
    keys = shingle_hashes(tokens, size)[complete(tokens, size)]
    counts = np.sort(np.unique(keys, return_counts=True)[1])[::-1]
    shares = {rank: float(counts[rank - 1] / len(keys)) for rank in RANKS if rank <= len(counts)}
    return Spread(len(keys), len(counts), float(np.mean(counts == 1)), shares)


def tokens_of(texts: Iterable[str]) -> Tokens:
    """The tokens of some texts."""
    return tokenise((text, None) for text in texts)


def joined(count: int) -> dict[str, float]:
    """Seconds of the processor that the first join takes, if one shingle has so many occurrences and there is no other.

    Cutting the keys into ranges changes nothing: all of them are one range.
    """
    tokens = _of_one_word(count)
    begun = time.process_time()
    groups = next(find_anchors(tokens, Pairing.of(tokens, None), IndexOptions()))
    return {"seconds": time.process_time() - begun, "frequent": len(groups[1])}


def _of_one_word(count: int) -> Tokens:
    """A document of one word over and over; columns that no join looks at take up no memory."""

    def all_of(value: int, dtype: type) -> NDArray[np.int32]:
        return np.broadcast_to(np.array(value, dtype=dtype), count)

    word = Vocabulary(np.array([7], dtype=np.uint64), np.array([count]), np.array([0]), ["word"], ["word"])
    nowhere = all_of(0, np.int32)
    opens = np.broadcast_to(np.array(False), count)
    return Tokens(nowhere, nowhere, nowhere, opens, np.array([0, count]), word, opens)


if __name__ == "__main__":
    print(json.dumps(joined(int(sys.argv[1]))))
