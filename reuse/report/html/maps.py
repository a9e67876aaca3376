"""What the report says of where each document's text comes from, and which documents are copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from reuse.analysis.sections import sections_of
from reuse.analysis.stored import tokens_of, witnesses_of
from reuse.analysis.strip import strip
from reuse.run.run import Run
from reuse.shares import KINDS

PARTS = 120
"""Parts that a document's map is cut into."""


def maps(run: Run) -> list[list[Any] | None]:
    """For each document its map; None where no part of its text has a source.

    A map is a line of signs, one a part (see `analysis.strip`), and its legend: of each source its sign, the ordinal of
    the document (-1: several), its words, its share and how sure it is in per cent, 1 if a guessed date says so.
    """
    found, passages, tokens = sections_of(run), witnesses_of(run), tokens_of(run)
    names = run.document_ids
    ordinals = {name: number for number, name in enumerate(names)}
    bounds = np.searchsorted(found.document, np.arange(tokens.documents + 1))
    drawn = np.unique(found.document[found.passage >= 0])
    made: list[list[Any] | None] = [None] * tokens.documents
    for document in drawn.tolist():
        rows = found.take(slice(int(bounds[document]), int(bounds[document + 1])))
        sources = [None if row < 0 else names[passages.source[row]] for row in rows.passage.tolist()]
        columns: dict[str, list[Any]] = {
            "words": rows.words.tolist(),
            "kind": [KINDS[kind] for kind in rows.kind.tolist()],
            "source": sources,
            "confidence": passages.confidence[rows.passage].tolist(),
            "guessed": passages.guessed[rows.passage].tolist(),
        }
        line = strip(columns, PARTS)
        legend = [
            [
                one.sign,
                ordinals.get(one.source, -1),
                one.words,
                round(100 * one.share),
                round(100 * one.confidence),
                int(one.guessed),
            ]
            for one in line.legend
        ]
        made[document] = [line.signs, legend]
    return made


def copies(run: Run) -> dict[str, list[int]]:
    """For each document the ordinal of the first document of its text (-1: itself), and how many documents have it."""
    rows = list(run.sql("SELECT coalesce(copy_of, -1), copies FROM documents ORDER BY doc"))
    return {"copyOf": [first for first, _ in rows], "copies": [count for _, count in rows]}
