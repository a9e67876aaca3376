"""The formulas of a run to which documents are added."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences, opening
from reuse.formulas.grown import grown_formulas
from reuse.formulas.phrases import Formulas
from reuse.incremental.grown import Grown
from reuse.incremental.places import places_of_runs
from reuse.index.places import LookedUp
from reuse.options import ScanOptions
from reuse.run.kept_formulas import KeptFormulas
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
    return write_formulas(writer, stored, tokens, ranked.formulas, kept, background, options, text_of)
