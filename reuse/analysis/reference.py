"""Formulas or words looked for in a reference corpus: formulaic here, or just English?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.association import MEASURES, PRIOR, association
from reuse.analysis.groups import each_text_once
from reuse.analysis.keyness import DISPERSION, Q
from reuse.analysis.permutation import Counts, q_values
from reuse.analysis.stored import Columns, StoredRun, cells, tokens_of
from reuse.analysis.telling import telling_rows
from reuse.analysis.units import Kind, Units, naming, units_of
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread
from reuse.columns import Column
from reuse.corpus.frequency_list import Frequencies
from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError

PREFIX = 12
"""Longer formulas are sought by their first so many words, and then compared on."""


@dataclass(frozen=True, slots=True)
class ReferenceTexts:
    """Documents, on either side of a comparison.

    Attributes:
        tokens: Their tokens.
        counted: bool (documents,): those that count, one of several copies of a text.
    """

    tokens: Tokens
    counted: NDArray[np.bool_]

    @classmethod
    def of(cls, run: StoredRun) -> ReferenceTexts:
        """The documents of a run, copies counted as the scan was told."""
        tokens = tokens_of(run)
        return cls(tokens, each_text_once(run, np.zeros(tokens.documents, dtype=np.int64)) >= 0)

    def words(self) -> NDArray[np.int64]:
        """Words of each document (int64); those that do not count have none."""
        return np.where(self.counted, np.diff(self.tokens.bounds), 0)

    def documents_with(self, units: _Sought) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every occurrence in documents that count: number of the unit, and its document (int64 both)."""
        which, positions = occurrences_in(units.words, units.lengths, self.tokens)
        documents = self.tokens.document_of_each()[positions].astype(np.int64)
        kept = self.counted[documents]
        return which[kept], documents[kept]


@dataclass(frozen=True, slots=True)
class WordList:
    """How often words occur in a corpus that is not at hand.

    Attributes:
        listed: Its words and how often they occur.
        words: Words of that corpus.
    """

    listed: Frequencies
    words: int


Reference = ReferenceTexts | WordList


@dataclass(frozen=True, slots=True)
class _Sought:
    """Words of formulas, end to end, as hashes (uint64), and the length of each formula (int64)."""

    words: NDArray[np.uint64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, units: Units, tokens: Tokens) -> _Sought:
        rows, within = spread(units.tokens)
        first = units.positions[units.bounds[:-1]]
        return cls(tokens.vocabulary.hashes[tokens.ids[first[rows] + within]], units.tokens)


def occurrences_in(
    words: NDArray[np.uint64], lengths: NDArray[np.int64], other: Tokens
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where formulas occur in a corpus, within its sentences: number of the formula, and position (int64 both).

    Args:
        words: uint64 (sum of lengths,): hashes of the normalised words of all formulas, end to end.
        lengths: int64 (formulas,): words of each formula.
        other: The corpus.

    Cost: one pass over the corpus for each distinct length up to PREFIX.
    """
    formulas: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    places: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    starts = bounds_of(lengths)[:-1]
    hashes = other.vocabulary.hashes[other.ids]
    room = _words_left(other)
    sought = np.minimum(lengths, PREFIX)
    rolled = np.zeros(len(other), dtype=np.uint64)
    for length in range(1, min(int(sought.max(initial=0)), len(other)) + 1):
        reach = len(other) - length + 1
        rolled[:reach] += mixed(hashes[length - 1 :] + np.uint64(length))
        rows = np.flatnonzero(sought == length)
        if not len(rows):
            continue
        flat, within = spread(np.full(len(rows), length))
        keys = np.add.reduceat(
            mixed(words[starts[rows][flat] + within] + (within + 1).astype(np.uint64)),
            np.arange(0, len(rows) * length, length),
        )
        order = np.argsort(keys)
        at = np.flatnonzero(room[:reach] >= length)
        low = np.searchsorted(keys[order], rolled[at], side="left")
        high = np.searchsorted(keys[order], rolled[at], side="right")
        hits, nth = spread(high - low)
        formula, place = rows[order[low[hits] + nth]], at[hits]
        whole = lengths[formula] <= room[place]
        row, within = spread(np.where(whole, lengths[formula], 0))
        differs = words[starts[formula][row] + within] != hashes[place[row] + within]
        whole[row[differs]] = False
        formulas.append(formula[whole])
        places.append(place[whole])
    return np.concatenate(formulas), np.concatenate(places)


def _words_left(tokens: Tokens) -> NDArray[np.int64]:
    """Words from each token to the end of its sentence, itself included (int64, tokens)."""
    borders = np.append(np.flatnonzero(tokens.opens_sentence), len(tokens))
    return np.repeat(borders[1:], np.diff(borders)) - np.arange(len(tokens))


@dataclass(frozen=True, slots=True)
class _Found:
    """Formulas or words on both sides.

    Attributes:
        tf, rest_tf: int64 (units,): occurrences here and in the reference corpus.
        words, rest_words: Words here and there.
        df, rest_df: int64 (units,): documents here and there; None: there are no documents there.
        q: float64 (units,): see `permutation.q_values`; NaN where there is none.
    """

    tf: NDArray[np.int64]
    rest_tf: NDArray[np.int64]
    words: int
    rest_words: int
    df: NDArray[np.int64]
    rest_df: NDArray[np.int64] | None
    q: NDArray[np.float64]


def _among_texts(sought: _Sought, here: ReferenceTexts, there: ReferenceTexts) -> _Found:
    """Documents on both sides: they can be dealt anew."""
    count = len(sought.lengths)
    which, documents = here.documents_with(sought)
    which_there, documents_there = there.documents_with(sought)
    rows, owners = (
        np.concatenate([which, which_there]),
        np.concatenate([documents, documents_there + here.tokens.documents]),
    )
    order = np.lexsort((owners, rows))
    rows, owners = rows[order], owners[order]
    inside = owners < here.tokens.documents
    words = np.concatenate([here.words(), there.words()])
    counted = words > 0
    counts = Counts.of(owners, bounds_of(np.bincount(rows, minlength=count)), words, counted)
    new = differs(rows, owners)
    ours = (np.arange(len(words)) < here.tokens.documents)[counted]
    return _Found(
        tf=np.bincount(rows[inside], minlength=count),
        rest_tf=np.bincount(rows[~inside], minlength=count),
        words=int(here.words().sum()),
        rest_words=int(there.words().sum()),
        df=np.bincount(rows[inside & new], minlength=count),
        rest_df=np.bincount(rows[~inside & new], minlength=count),
        q=q_values(counts, ours),
    )


def _beside_list(sought: _Sought, here: ReferenceTexts, there: WordList) -> _Found:
    count = len(sought.lengths)
    which, documents = here.documents_with(sought)
    order = np.lexsort((documents, which))
    new = differs(which[order], documents[order])
    by_hash = np.argsort(there.listed.hashes)
    hashes, times = there.listed.hashes[by_hash], there.listed.times[by_hash]
    at = np.minimum(np.searchsorted(hashes, sought.words), len(hashes) - 1)
    return _Found(
        tf=np.bincount(which, minlength=count),
        rest_tf=np.where(hashes[at] == sought.words, times[at], 0),
        words=int(here.words().sum()),
        rest_words=there.words,
        df=np.bincount(which[order][new], minlength=count),
        rest_df=None,
        q=np.full(count, np.nan),
    )


def reference_table(
    run: StoredRun, reference: Reference, *, of: Kind = "formulas", limit: int | None = 1000, prior: float = PRIOR
) -> Columns:
    """Formulas or words of a run against a reference corpus; highest z first: what is frequent here and not there.

    Columns as `reference_columns` has them. Occurrences are counted alike on either side, those within longer formulas
    too; formulas within a sentence. Where there are documents on both sides, q says what is beyond chance: they are
    dealt to the two corpora anew.

    Args:
        run: The run.
        reference: The texts of the reference corpus, or a list of its words.
        of: What is compared.
        limit: Most rows; formulas that only say again what better ones say are passed over. None: all.
        prior: Weight of the prior (see `association.log_odds_ratio`).

    Raises:
        UsageError: Formulas are to be compared with a list of words.
    """
    units, here = units_of(run, of), ReferenceTexts.of(run)
    sought = _Sought.of(units, here.tokens)
    if isinstance(reference, ReferenceTexts):
        found = _among_texts(sought, here, reference)
    elif of == "words":
        found = _beside_list(sought, here, reference)
    else:
        raise UsageError("a list of words says nothing of formulas; compare words (--words), or name a run or texts")
    every = association(found.tf, found.words, found.rest_tf, found.rest_words, prior)
    order = np.argsort(-every.z, kind="stable")
    order = order[found.tf[order] > 0]
    if limit is not None and len(order):
        columns = (units.positions, units.bounds, units.tokens)
        together = np.zeros(len(run.document_ids), dtype=np.int64)
        order = order[telling_rows((np.zeros_like(order), order), here.tokens, columns, together, limit)]
    measures = association(found.tf[order], found.words, found.rest_tf[order], found.rest_words, prior)
    return {
        **units.columns(order),
        "df": found.df[order].tolist(),
        "tf": found.tf[order].tolist(),
        "per_million": measures.per_million.tolist(),
        "rest_df": [None] * len(order) if found.rest_df is None else found.rest_df[order].tolist(),
        "rest_tf": found.rest_tf[order].tolist(),
        "rest_per_million": measures.rest_per_million.tolist(),
        **measures.columns(),
        "q": cells(found.q[order]),
        "dispersion": units.dispersion[order].tolist(),
    }


def reference_columns(of: Kind = "formulas") -> tuple[Column, ...]:
    """The columns of the table, of formulas or of words."""
    return (
        *naming(of),
        Column("df", "integer", "documents that have it, within longer formulas too", falls=True),
        Column("tf", "integer", "its occurrences, within longer formulas too", falls=True),
        Column("per_million", "real", "occurrences per million words", falls=True),
        Column("rest_df", "integer", "documents of the reference corpus that have it; none: it is a list", falls=True),
        Column("rest_tf", "integer", "its occurrences in the reference corpus", falls=True),
        Column("rest_per_million", "real", "occurrences per million words there", falls=True),
        *MEASURES,
        Q,
        DISPERSION,
    )
