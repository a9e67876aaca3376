"""The concordance (KWIC) of a run: every occurrence of some words in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from reuse.errors import UsageError
from reuse.formulas.concordance import alphabet_of, context_order, lines_of
from reuse.run.search import occurrences, phrase_words
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.run.run import Run

Order = Literal["text", "left", "right"]


def concordance(run: Run, words: str, *, order: Order = "text", limit: int | None = None, width: int = 60) -> Table:
    """Every occurrence of words that follow one another, whatever their case and what stands between them.

    Args:
        run: The run.
        words: Words as typed; a `*` at the end stands for any ending.
        order: As they stand in the documents, or by the nearest words on the left or on the right.
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
    tokens = run.tokens
    starts = occurrences(run, sought)
    ends = starts + len(sought)
    if order != "text" and len(starts):
        alphabet = alphabet_of([text for (text,) in run.query("SELECT text FROM words ORDER BY word")])
        by_context = context_order(tokens, starts, ends, alphabet, order)
        starts, ends = starts[by_context], ends[by_context]
    lines = lines_of(tokens, starts[:limit].astype(np.int64), ends[:limit].astype(np.int64), run.text, width)
    dates = [date for (date,) in run.query("SELECT date FROM documents ORDER BY doc")]
    return Table(
        doc=[run.document_ids[document] for document in lines.document],
        date=[dates[document] for document in lines.document],
        start=lines.start,
        end=lines.end,
        left=lines.left,
        keyword=lines.keyword,
        right=lines.right,
    )
