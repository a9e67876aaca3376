"""The collocates of what a query finds in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reuse.analysis.collocates import (
    LEAST_TOGETHER,
    WINDOW,
    Collocates,
    Within,
    find_collocates,
)
from reuse.run.search import find

if TYPE_CHECKING:
    from reuse.queries.tree import Query
    from reuse.run.run import Run


def collocates(
    run: Run,
    query: str | Query,
    *,
    window: tuple[int, int] = WINDOW,
    within: Within = "document",
    least: int = LEAST_TOGETHER,
    order: str = "log_likelihood",
) -> Collocates:
    """The words near what a query asks for, and how strongly they are tied to it; see `find_collocates`.

    Args:
        run: The run.
        query: As typed (`reuse.queries.LANGUAGE`), or read.
        window: Words on the left and on the right that count as near.
        within: What a window does not reach out of.
        least: Fewest co-occurrences of a word.
        order: Column to sort by.

    Raises:
        QueryError: There is no word in the query, or something that is not understood.
        UsageError: The window is none, or too wide; or there is no such order.
    """
    spans = find(run, query)
    return find_collocates(run, (spans.starts, spans.ends), window=window, within=within, least=least, order=order)
