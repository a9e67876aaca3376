"""The concordance (KWIC) of a run: every occurrence of some words in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reuse.analysis.formula_tables import concordance_table
from reuse.errors import UsageError
from reuse.run.search import occurrences, phrase_words
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run

Order = Literal["text", "left", "right", "date"]


def concordance(run: Run, words: str, *, order: Order = "text", limit: int | None = None, width: int = 60) -> Table:
    """Every occurrence of words that follow one another, whatever their case and what stands between them.

    Args:
        run: The run.
        words: Words as typed; a `*` at the end stands for any ending.
        order: As they stand in the documents, by the nearest words on the left or on the right, or by date.
        limit: Most occurrences.
        width: Code points of context on either side.

    Returns:
        Columns doc, date, start, end (code points of the document's text), left, keyword, right.

    Raises:
        UsageError: There is no word in `words`.
    """
    sought = phrase_words(words)
    if not sought:
        raise UsageError(f"{words!r} has no word to look for")
    starts = occurrences(run, sought)
    found = concordance_table(run, starts, starts + len(sought), order=order, width=width, limit=limit)
    return Table(found, name="concordance")
