"""What the report says of where each document's text comes from, and which documents are copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reuse.analysis.sections import sections_of
from reuse.analysis.stored import tokens_of, witnesses_of
from reuse.analysis.strip import MOST, OTHER, strip
from reuse.run.run import Run
from reuse.shares import SECTIONS

SURE = 95
"""Per cent of confidence from which on it is not said."""
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
            "kind": [SECTIONS[kind] for kind in rows.kind.tolist()],
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


@dataclass(frozen=True, slots=True)
class Bar:
    """Parts of a map that have one source, as a rectangle of its drawing."""

    style: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map as a page shows it without a script.

    Attributes:
        parts: How many parts it has.
        bars: Its rectangles; what is fresh has none.
        legend: For each source its sign, name (empty: several) and what is said of it.
    """

    parts: int
    bars: list[Bar]
    legend: list[tuple[str, str, str]]


def drawn(found: Sequence[Any], names: Sequence[str]) -> Drawn:
    """A map of `maps`, ready to be drawn; the classes of the rectangles are those that the script gives them."""
    signs, legend = found
    bars = []
    for run in re.finditer(r"([^·])\1*", signs):
        number = ord(run[1]) - ord("A")
        style = f"from{number}" if 0 <= number < MOST else "from-other" if run[1] == OTHER else "unnamed"
        bars.append(Bar(style, run.start(), len(run[0])))
    told = []
    for sign, source, words, share, sure, guessed in legend:
        said = f"{words:,} words, {share}%" + (f", sure {sure}%" if sure < SURE else "")
        told.append((sign, names[source] if source >= 0 else "", said + (", by a guessed date" if guessed else "")))
    return Drawn(len(signs), bars, told)


def copies(run: Run) -> dict[str, list[int]]:
    """For each document the ordinal of the first document of its text (-1: itself), and how many documents have it."""
    rows = list(run.sql("SELECT coalesce(copy_of, -1), copies FROM documents ORDER BY doc"))
    return {"copyOf": [first for first, _ in rows], "copies": [count for _, count in rows]}
