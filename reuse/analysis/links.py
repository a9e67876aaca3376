"""Who repeats whom: two documents that share passages, the later one first where their dates tell which it is."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.groups import Groups
from reuse.analysis.matrix import matrix_of
from reuse.analysis.stored import StoredRun, dates_of
from reuse.calendar import Dates


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of documents with passages in common, those with most words first.

    Attributes:
        later: int64 (pairs,): the document that repeats: the later one; where the order is not known, the one that has
            the larger share of its words in common.
        earlier: int64 (pairs,): the document that is repeated.
        words: int64 (pairs,): words of `later` in passages that `earlier` has.
        share: float64 (pairs,): the same as a share of all words of `later`.
        matches: int64 (pairs,): matches between the two.
        known: bool (pairs,): the dates say which of the two is later.
        guessed: bool (pairs,): they do, and one of the two dates was guessed.
    """

    later: NDArray[np.int64]
    earlier: NDArray[np.int64]
    words: NDArray[np.int64]
    share: NDArray[np.float64]
    matches: NDArray[np.int64]
    known: NDArray[np.bool_]
    guessed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.later)

    def take(self, rows: NDArray[np.int64] | slice) -> Links:
        """Some of the pairs."""
        return Links(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})


def links(run: StoredRun, numbers: NDArray[np.int64] | None = None) -> Links:
    """Who repeats whom in a run; of the copies of a text only the first is a document here.

    Where the scan was told that copies count, each of them does.

    Args:
        run: The run.
        numbers: Numbers of the matches that count; None: all.

    Cost: linear in the matches, but for sorting.
    """
    count = len(run.document_ids)
    facts = list(run.sql("SELECT coalesce(copy_of, doc), date_guessed FROM documents ORDER BY doc"))
    first, guesses = np.array(facts, dtype=np.int64).reshape(count, 2).T
    apart = first == np.arange(count) if run.options.copies == "one" else np.ones(count, dtype=bool)
    pairs = matrix_of(
        run, Groups(list(run.document_ids), np.where(apart, np.arange(count), -1)), numbers, formulas=False
    )
    pairs = pairs.take(pairs.a != pairs.b)
    order = Dates.of(dates_of(run)).order(pairs.a, pairs.b)
    ranks = _ranks(run.document_ids)  # where all else is equal, ids decide: the order of the folder must not
    more = np.where(pairs.share_a == pairs.share_b, ranks[pairs.b] > ranks[pairs.a], pairs.share_b > pairs.share_a)
    b_repeats = np.where(order == 0, more, order < 0)
    found = Links(
        later=np.where(b_repeats, pairs.b, pairs.a),
        earlier=np.where(b_repeats, pairs.a, pairs.b),
        words=np.where(b_repeats, pairs.words_b, pairs.words_a),
        share=np.where(b_repeats, pairs.share_b, pairs.share_a),
        matches=pairs.matches,
        known=order != 0,
        guessed=(order != 0) & ((guesses[pairs.a] | guesses[pairs.b]) > 0),
    )
    return found.take(np.lexsort((ranks[found.earlier], ranks[found.later], -found.share, -found.words)))


def _ranks(names: list[str]) -> NDArray[np.int64]:
    """Place of each name (int64, names) in their order."""
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks
