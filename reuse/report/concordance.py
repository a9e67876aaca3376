"""The concordance (KWIC) of a run: every occurrence of some words in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.concordance import concordance_table
from reuse.run.query import words_sought
from reuse.run.search import occurrences
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run

Order = Literal["text", "left", "right", "date"]


def places(run: Run, words: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where words follow one another, in whatever spelling: token positions (int64), starts and ends (half-open).

    Args:
        run: The run.
        words: Words as typed; `*` in one stands for any letters or none, `?` for any one.

    Raises:
        QueryError: There is no word in `words`, or something that is not understood.
    """
    sought = words_sought(words)
    starts = occurrences(run, sought)
    return starts, starts + len(sought)


def concordance(run: Run, words: str, *, order: Order = "text", limit: int | None = None, width: int = 60) -> Table:
    """Every occurrence of words that follow one another, in whatever spelling and whatever stands between them.

    Args:
        run: The run.
        words: Words as typed; `*` in one stands for any letters or none, `?` for any one.
        order: As they stand in the documents, by the nearest words on the left or on the right, or by date.
        limit: Most occurrences.
        width: Code points of context on either side.

    Returns:
        Columns doc, date, start, end (code points of the document's text), left, keyword, right.

    Raises:
        QueryError: There is no word in `words`, or something that is not understood.
    """
    starts, ends = places(run, words)
    found = concordance_table(run, starts, ends, order=order, width=width, limit=limit)
    return Table(found, name="concordance")
