"""Who draws directly on whom: document × document, directed."""

from __future__ import annotations

import numpy as np

from reuse.analysis.drawn import drawn, preferences
from reuse.analysis.sections import sections_of
from reuse.analysis.stored import Columns, StoredRun, cells, dates_of, witnesses_of
from reuse.arrays.keys import differs
from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable


def source_table(run: StoredRun) -> Columns:
    """Who draws directly on whom, one row a pair of documents; columns as in SOURCES.

    Args:
        run: The run.
    """
    preferred, first = preferences(run, Dates.of(dates_of(run)).latest)
    count = len(run.document_ids)
    found = drawn(sections_of(run), witnesses_of(run), np.arange(count), preferred, first)
    length = np.diff(np.asarray(run.tokens.bounds))
    return {
        "document": [run.document_ids[row] for row in found.owner.tolist()],
        "source": [run.document_ids[row] for row in found.source.tolist()],
        "words": found.words.tolist(),
        "share": cells(found.words / np.maximum(length[found.owner], 1)),
        "sections": found.sections.tolist(),
        "confidence": cells(found.confidence.round(6)),
        "guessed": found.guessed.tolist(),
        "main": differs(found.owner).tolist(),
    }


SOURCES = ComputedTable(
    "sources",
    "one document and another that it draws on directly: part of it most likely was taken from there",
    (
        Column("document", "text", "id of the document that draws"),
        Column(
            "source",
            "text",
            "id of the document that it draws on: of copies of one text the one that most is taken from",
        ),
        Column("words", "integer", "words of the document that most likely were taken from there", falls=True),
        Column("share", "real", "the same as a share of all its words", falls=True),
        Column("sections", "integer", "sections of the document in which they stand", falls=True),
        Column("confidence", "real", "0 to 1: how likely that is, the mean over these words", falls=True),
        Column("guessed", "boolean", "a guessed date says so, of some of these words"),
        Column("main", "boolean", "of all its sources the one with most words: these rows are a tree"),
    ),
    source_table,
)
