"""On which documents some texts draw, or which draw on them: the documents that they share passages with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reuse.analysis.stored import Columns, StoredRun, matches_by_bits
from reuse.analysis.told_once import Told, told_once
from reuse.arrays.spans import union_lengths
from reuse.columns import Column

SOURCES = (
    Column("document", "text", "id of the document"),
    Column("date", "text", "its date"),
    Column("title", "text", "its title"),
    Column("shared", "integer", "words of the texts that it has too", falls=True),
    Column("matches", "integer", "matches between the texts and it", falls=True),
    Column("bits", "real", "surprise of the best of these", falls=True),
)


def source_table(run: StoredRun, texts: Sequence[int], against: str = "old") -> Columns:
    """The documents that some documents of a run share passages with, those that share most words first.

    Args:
        run: The run.
        texts: Ordinals of those documents.
        against: `old`: they themselves are none of the others; `new` or `all`: each is to the others.
    """
    spans = np.asarray(run.column("match_tokens"))
    bits = np.array([value for (value,) in run.sql("SELECT bits FROM matches ORDER BY match")], dtype=np.float64)
    starts, ends = spans[:, [0, 2]].ravel(order="F"), spans[:, [1, 3]].ravel(order="F")
    own = run.tokens.document_of(starts)
    other = np.roll(own, len(spans))
    met = np.isin(own, texts) & (~np.isin(other, texts) if against == "old" else own != other)
    documents, number = np.unique(other[met], return_inverse=True)
    shared = union_lengths(number, starts[met], ends[met], len(documents))
    best = np.zeros(len(documents))
    np.maximum.at(best, number, np.tile(bits, 2)[met])
    facts = {row[0]: row[1:] for row in run.sql("SELECT doc, id, date, title FROM documents")}
    order = np.lexsort((documents, -best, -shared))
    rows = [facts[document] for document in documents[order].tolist()]
    return {
        "document": [name for name, _, _ in rows],
        "date": [date for _, date, _ in rows],
        "title": [title for _, _, title in rows],
        "shared": shared[order].tolist(),
        "matches": np.bincount(number, minlength=len(documents))[order].tolist(),
        "bits": best[order].tolist(),
    }


def passages_told(run: StoredRun, texts: Sequence[int]) -> Told:
    """The matches of some documents of a run that tell each stretch of their texts once, the most surprising first.

    Args:
        run: The run; all its matches are with these documents, as in the answer of a query.
        texts: Ordinals of those documents.
    """
    asked = np.zeros(run.tokens.documents, dtype=bool)
    asked[list(texts)] = True
    return told_once(run, matches_by_bits(run), asked)
