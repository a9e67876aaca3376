"""The concordance (KWIC) of a run: every occurrence of some words in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reuse.analysis.concordance import concordance_table
from reuse.run.search import find
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.queries.tree import Query
    from reuse.run.run import Run


def concordance(
    run: Run, query: str | Query, *, order: str = "text", limit: int | None = None, width: int = 60
) -> Table:
    """Every occurrence of what a query asks for.

    Args:
        run: The run.
        query: As typed (`reuse.queries.LANGUAGE`), or read.
        order: `text` (as they stand in the documents), `date`, `left`, `right`, or places of words as in `1L-2L-1R-0`
            (the nearest on the left, the second there, the nearest on the right, the words found).
        limit: Most occurrences.
        width: Code points of context on either side.

    Returns:
        Columns doc, date, start, end (code points of the document's text), left, keyword, right.

    Raises:
        QueryError: There is no word in the query, or something that is not understood.
        UsageError: There is no such order.
    """
    spans = find(run, query)
    found = concordance_table(run, spans.starts, spans.ends, order=order, width=width, limit=limit)
    return Table(found, name="concordance")
