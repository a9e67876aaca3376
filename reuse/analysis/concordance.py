"""Concordances: occurrences in context."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import Columns, StoredRun, dates_of, formula_names, tokens_of, words_of_run
from reuse.arrays.ragged import owners_of
from reuse.calendar import Dates
from reuse.columns import Column, LongTable
from reuse.corpus.places import cited
from reuse.formulas.concordance import Lines, alphabet_of, context_order, lines_of, places_of_order


def concordance_table(
    run: StoredRun,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    order: str = "text",
    width: int = 60,
    limit: int | None = None,
    offset: int = 0,
) -> Columns:
    """Occurrences in context; the order is made from the tokens, and only the rows asked for are cut from the texts.

    Args:
        run: The run.
        starts: int64 (occurrences,): token position where each begins.
        ends: int64 (occurrences,): where it ends (half-open).
        order: "text" (documents in order), "date", or by words around, as `places_of_order` reads it.
        width: Code points of context on either side.
        limit: Most rows; None: all.
        offset: Rows to pass over.

    Raises:
        UsageError: There is no such order.
    """
    tokens, dates = tokens_of(run), dates_of(run)
    if order == "date":
        known = Dates.of(dates)
        when = known.ranks[tokens.document_of(starts)]
        rows = np.lexsort((starts, np.where(when < 0, len(known.distinct), when)))
    elif order == "text":
        rows = np.argsort(starts, kind="stable")
    else:
        places = places_of_order(order)
        rows = context_order(tokens, starts, ends, alphabet_of(words_of_run(run)), places)
    rows = rows[offset : None if limit is None else offset + limit]
    lines = lines_of(tokens, starts[rows], ends[rows], run.text, width)
    return {
        "doc": [run.document_ids[document] for document in lines.document],
        "date": [dates[document] for document in lines.document],
        "place": _places(run, lines),
        "start": lines.start,
        "end": lines.end,
        "left": lines.left,
        "keyword": lines.keyword,
        "right": lines.right,
    }


def formula_concordance(run: StoredRun, numbers: NDArray[np.int64], width: int = 60) -> Columns:
    """Occurrences of formulas in context, for the export; rows are numbered formula after formula.

    Args:
        run: The run.
        numbers: int64: rows of the column `formula_positions`.
        width: Code points of context on either side.
    """
    bounds = np.asarray(run.column("formula_bounds"))
    which = owners_of(bounds, numbers)
    lengths = np.array([words for (words,) in run.sql("SELECT tokens FROM formulas ORDER BY formula")], dtype=np.int64)
    starts = np.asarray(run.column("formula_positions"))[numbers]
    lines = lines_of(tokens_of(run), starts, starts + lengths[which], run.text, width)
    ids = formula_names(run)[0]
    return {
        "formula": [ids[number] for number in which.tolist()],
        "doc": [run.document_ids[document] for document in lines.document],
        "place": _places(run, lines),
        "start": lines.start,
        "end": lines.end,
        "left": lines.left,
        "keyword": lines.keyword,
        "right": lines.right,
    }


def _places(run: StoredRun, lines: Lines) -> list[str]:
    """Where the keywords stand."""
    documents, starts, ends = (np.array(column, dtype=np.int64) for column in (lines.document, lines.start, lines.end))
    return cited(documents, starts, ends, run.places)


def _formula_places(run: StoredRun) -> int:
    return len(run.column("formula_positions"))


CONCORDANCE = LongTable(
    "concordance",
    "one occurrence of a formula in its context",
    (
        Column("formula", "text", "id of the formula"),
        Column("doc", "text", "id of the document"),
        Column("place", "text", "where it stands there (p. 12, l. 3), if that is known"),
        Column("start", "integer", "start of the keyword, in code points"),
        Column("end", "integer", "its end (half-open)"),
        Column("left", "text", "what stands before, on one line"),
        Column("keyword", "text", "the formula as it is written"),
        Column("right", "text", "what stands behind"),
    ),
    _formula_places,
    formula_concordance,
)
