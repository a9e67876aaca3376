"""The formulas of a run to which documents are added, or from which they are taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import owners_of, ranges
from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences, opening
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.grown import grown_formulas, left_formulas
from reuse.formulas.phrases import Formulas
from reuse.incremental.grown import Grown
from reuse.incremental.places import places_of_runs
from reuse.index.places import LookedUp
from reuse.options import ScanOptions
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.phrasing import Phrasing
from reuse.run.writer import RunWriter
from reuse.run.written_formulas import write_formulas
from reuse.score.background import TabledBackground
from reuse.score.pairs import EqualPairs, PairTable
from reuse.work.aside import Aside
from reuse.work.workers import Workers


def add_grown_formulas(
    writer: RunWriter,
    stored: Aside[Tokens],
    before: KeptFormulas,
    grown: Grown,
    looked_up: LookedUp,
    options: ScanOptions,
    text_of: NDArray[np.int64] | None,
    workers: Workers,
) -> Formulas:
    """Find what new documents have of formulas, and write all formulas as soon as the tokens are stored.

    Args:
        writer: Writes them.
        stored: Done when the tokens are stored.
        before: What is known of the formulas of the old documents.
        grown: All documents.
        looked_up: The shingles of the new ones in the run.
        options: Of formulas and families.
        text_of: int64 (documents,): of which text each is a copy, where copies count once.
        workers: Do the work.
    """
    tokens, new, since = grown.tokens, grown.added, len(before.starts)
    # What is a copy of a text says nothing of how often its pairs were counted.
    fresh = np.repeat(np.isin(np.arange(grown.before, tokens.documents), grown.fresh), np.diff(new.bounds))
    further = PairTable.of(new, EqualPairs.of(new, workers), before=since, counts=fresh)
    pairs = before.pairs.with_further(further)
    background = TabledBackground.under(tokens, pairs)
    starts = writer.grown("phrase_starts", opening(new))
    places = places_of_runs(
        looked_up, grown.index.places.size, new.by_class(), grown.every, grown.before, options.formulas.min_tokens
    )
    sentences = Sentences.opened(tokens, starts, options.formulas.min_documents, since=since, places=places)
    counted = before.edges.with_further(tokens, since, options.formulas)
    ranked = grown_formulas(before.ranked, tokens, background, sentences, counted, options.formulas, workers, text_of)
    kept = KeptFormulas(ranked, starts, pairs, counted)
    return write_formulas(
        writer,
        stored,
        tokens,
        ranked.formulas,
        kept,
        background,
        options,
        text_of,
        before=before.ranked.formulas,
    )


@dataclass(frozen=True, slots=True)
class Parted:
    """The documents of a run, those that are left first and those that are gone behind them.

    Attributes:
        tokens: Of those that are left.
        counting: bool (documents left,): which of them say how often pairs of words were counted.
        ids: int32: of all, under the vocabulary of those that are left; words that nobody says any more have further
            numbers.
        bounds: int64 (documents + 1,): where each of them begins.
        before: int64 (documents + 1,): where each document of the run began.
        begins: int64 (documents,): where it does now.
    """

    tokens: Tokens
    counting: NDArray[np.bool_]
    ids: NDArray[np.int32]
    bounds: NDArray[np.int64]
    before: NDArray[np.int64]
    begins: NDArray[np.int64]

    def moved(self, positions: NDArray[np.integer]) -> NDArray[np.int64]:
        """Where tokens of the run stand now (int64), given their positions."""
        home = owners_of(self.before, positions)
        return positions + (self.begins - self.before[:-1])[home]

    def column(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A column of the tokens of the run as one of these."""
        found = np.empty_like(rows)
        sizes = np.diff(self.before)
        found[ranges(self.begins, sizes)] = rows
        return found

    def sentences(self, opens: NDArray[np.bool_], min_documents: int) -> Sentences:
        """All of them, what is gone being what is sought; `opens` as for `Sentences.opened`."""
        every = replace(self.tokens, ids=self.ids, bounds=self.bounds)
        return Sentences.opened(every, opens, min_documents, since=len(self.tokens))


def add_left_formulas(
    writer: RunWriter,
    stored: Aside[Tokens],
    before: KeptFormulas,
    phrasing: Phrasing,
    parted: Parted,
    options: ScanOptions,
    text_of: NDArray[np.int64] | None,
    workers: Workers,
) -> Formulas:
    """Find anew the formulas that documents had which are gone, and write all as soon as the tokens are stored.

    Args:
        writer: Writes them.
        stored: Done when the tokens are stored.
        before: What is known of the formulas of all documents.
        phrasing: How these are written.
        parted: The documents.
        options: Of formulas and families.
        text_of: int64 (documents left,): of which text each is a copy, where copies count once.
        workers: Do the work.
    """
    tokens = parted.tokens
    counts = np.repeat(parted.counting, np.diff(tokens.bounds))
    pairs = PairTable.of(tokens, EqualPairs.of(tokens, workers), workers, counts=counts)
    background = TabledBackground.under(tokens, pairs)
    starts = parted.column(np.asarray(before.starts))
    counted = EdgeCounts.of(tokens, options.formulas)
    phrases = replace(before.ranked.formulas, positions=parted.moved(before.ranked.formulas.positions))
    ranked = left_formulas(
        replace(before.ranked, formulas=phrases),
        tokens,
        background,
        parted.sentences(starts, options.formulas.min_documents),
        counted,
        options.formulas,
        workers,
        text_of,
    )
    kept = KeptFormulas(ranked, starts[: len(tokens)], pairs, counted)
    written = replace(phrasing, positions=phrases.positions)
    return write_formulas(writer, stored, tokens, ranked.formulas, kept, background, options, text_of, phrasing=written)
