"""What documents share with one another, summed by pair from the matches of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.matrix import Matrix, matrix

if TYPE_CHECKING:
    from reuse.run.run import Run


def shared_text(run: Run, numbers: NDArray[np.int64] | None = None) -> Matrix:
    """Pairs of documents that have matches; units of the matrix are the documents' ordinals.

    Args:
        run: The run.
        numbers: Numbers of the matches that count; None: all.

    Cost: linear in the matches. Formulas in common are not counted.
    """
    tokens = run.tokens
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
    if numbers is not None:
        spans = spans[numbers]
    sides = tokens.document_of(spans[:, 0]), tokens.document_of(spans[:, 2])
    nothing = np.zeros(0, dtype=np.int64)
    return matrix(np.diff(tokens.bounds), spans, sides, (nothing, nothing))
