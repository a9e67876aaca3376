"""On whom documents and groups draw directly, as far as the dates say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.sections import Sections
from reuse.analysis.stored import StoredRun, Witnesses
from reuse.arrays.keys import differs
from reuse.arrays.records import FlatColumns
from reuse.clusters.origins import Origins


def from_own_group(
    passages: Witnesses,
    from_where: Origins,
    owner: NDArray[np.int64],
    dates: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.bool_]:
    """Which passages (bool, passages) an earlier document of the same group has."""
    if not len(passages.cluster):
        return from_where.recycled
    first_day, last_day = dates
    keys = passages.cluster * (int(owner.max()) + 1) + owner[passages.document]
    _, number = np.unique(keys, return_inverse=True)
    earliest = np.full(int(number.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(earliest, number, last_day[passages.document])
    return earliest[number] < first_day[passages.document]


@dataclass(frozen=True, slots=True)
class Drawn(FlatColumns):
    """Who draws directly on whom, a row a pair; sorted by who draws, then the most words first.

    Attributes:
        owner: int64 (pairs,): the document or group that draws.
        source: int64 (pairs,): the document that it draws on.
        words: int64 (pairs,): words of the owner that most likely were taken from there.
        sections: int64 (pairs,): in so many sections.
        confidence: float64 (pairs,): how likely that is, the mean over these words.
        guessed: bool (pairs,): a guessed date says so, of some of them.
    """

    owner: NDArray[np.int64]
    source: NDArray[np.int64]
    words: NDArray[np.int64]
    sections: NDArray[np.int64]
    confidence: NDArray[np.float64]
    guessed: NDArray[np.bool_]


def drawn(
    found: Sections,
    passages: Witnesses,
    owner: NDArray[np.int64],
    preferred: NDArray[np.int64],
    first: NDArray[np.int64],
) -> Drawn:
    """Add up the sections by who draws and on whom.

    What was taken from copies of one text was taken from one witness, which goes by the copy that has most of it.

    Args:
        found: All sections.
        passages: The passages, with their sources.
        owner: int64 (documents,): group of each document; -1: left out. What a group takes from itself is left out.
        preferred: int64 (documents,): of sources with as many words the one with the least number here comes first.
        first: int64 (documents,): the first document of the text that each one is a copy of.
    """
    documents = max(len(owner), 1)
    rows = np.flatnonzero(found.passage >= 0)
    who, whence = owner[found.document[rows]], passages.source[found.passage[rows]]
    apart = (who >= 0) & (who != owner[whence])
    rows, who, whence = rows[apart], who[apart], whence[apart]
    # The copy that most words were taken from, of each text.
    pairs, number = np.unique(who * documents + whence, return_inverse=True)
    words = np.bincount(number, found.words[rows], minlength=len(pairs))
    copy = pairs % documents
    order = np.lexsort((preferred[copy], -words, first[copy], pairs // documents))
    best = order[differs((pairs // documents)[order], first[copy][order])]
    # All that was taken from the text.
    texts, text = np.unique(who * documents + first[whence], return_inverse=True)
    count, length, passage = len(texts), found.words[rows], found.passage[rows]
    words = np.bincount(text, length, minlength=count)
    sure = np.bincount(text, length * passages.confidence[passage], minlength=count)
    guessed = np.bincount(text, passages.guessed[passage], minlength=count) > 0
    order = np.lexsort((preferred[copy[best]], -words, texts // documents))
    return Drawn(
        owner=(texts // documents)[order],
        source=copy[best][order],
        words=words[order].astype(np.int64),
        sections=np.bincount(text, minlength=count)[order],
        confidence=(sure / np.maximum(words, 1))[order],
        guessed=guessed[order],
    )


def main_sources(pairs: Drawn, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The document that each of so many groups draws most on (int64; -1: none is known), and with how many words."""
    source, most = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    first = np.flatnonzero(differs(pairs.owner))
    source[pairs.owner[first]], most[pairs.owner[first]] = pairs.source[first], pairs.words[first]
    return source, most


def preferences(run: StoredRun, last_day: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What `drawn` reads of the documents of a run: `preferred`, the latest, then the first by id; and `first`.

    Args:
        run: The run.
        last_day: int64 (documents,): last day that the date of each can mean.
    """
    names = run.document_ids
    by_name = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    preferred = np.empty(len(names), dtype=np.int64)
    preferred[by_name[np.argsort(-last_day[by_name], kind="stable")]] = np.arange(len(names))
    first = np.array(
        [row for (row,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")], dtype=int
    )
    return preferred, first if run.options.copies == "one" else np.arange(len(names))
