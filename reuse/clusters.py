"""Clusters: all passages that carry the same text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Clusters:
    """Passages grouped by the text that they carry.

    Attributes:
        of_match: int32 (matches,): cluster of each match, numbered from 0.
        cluster: int32 (passages,): cluster of each passage; passages are sorted by (cluster, start).
        start, end: int64 (passages,): token positions of each passage; overlapping passages of a cluster are one.
    """

    of_match: NDArray[np.int32]
    cluster: NDArray[np.int32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
