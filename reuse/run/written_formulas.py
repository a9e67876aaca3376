"""The formulas of a run: found in its tokens, joined to families, and written beside the stages that follow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.formulas.branching import Sentences, opening
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.phrases import Formulas, ranked_formulas
from reuse.formulas.variants import find_families
from reuse.options import ScanOptions
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.phrasing import Phrasing
from reuse.run.writer import RunWriter
from reuse.score.background import Background
from reuse.score.pairs import EqualPairs, PairTable
from reuse.work.aside import Aside
from reuse.work.workers import Workers


def add_formulas(
    writer: RunWriter,
    stored: Aside[Tokens],
    tokens: Tokens,
    options: ScanOptions,
    text_of: NDArray[np.int64] | None,
    workers: Workers,
) -> Formulas:
    """Find formulas and their families, and write them as soon as the tokens are stored.

    Args:
        writer: Writes them.
        stored: Done when the tokens are stored.
        tokens: All documents.
        options: Of formulas and families.
        text_of: int64 (documents,): of which text each is a copy, where copies count once.
        workers: Do the work.
    """
    pairs = EqualPairs.of(tokens, workers)
    background = Background.of(tokens, workers, pairs=pairs)
    table = PairTable.of(tokens, pairs, workers) if options.index.keep else None
    del pairs
    starts = opening(tokens, workers)
    sentences = Sentences.opened(tokens, starts, options.formulas.min_documents, workers=workers)
    counted = EdgeCounts.of(tokens, options.formulas)
    ranked = ranked_formulas(
        tokens, background, options.formulas, workers, text_of, sentences=sentences, counted=counted
    )
    del sentences
    kept = None if table is None else KeptFormulas(ranked, starts, table, counted)
    return write_formulas(writer, stored, tokens, ranked.formulas, kept, background, options, text_of)


def write_formulas(
    writer: RunWriter,
    stored: Aside[Tokens],
    tokens: Tokens,
    formulas: Formulas,
    kept: KeptFormulas | None,
    background: Background,
    options: ScanOptions,
    text_of: NDArray[np.int64] | None,
    *,
    before: Formulas | None = None,
    phrasing: Phrasing | None = None,
) -> Formulas:
    """Find the families of formulas, and write both as soon as the tokens are stored.

    Args:
        writer: Writes them.
        stored: Done when the tokens are stored.
        tokens: All documents.
        formulas: Their formulas.
        kept: What documents are added to later; None: it is not kept.
        background: Of the tokens.
        options: Of families.
        text_of: As for `add_formulas`.
        before: Those of the run that grows; None: there is none.
        phrasing: How some are written; None: it is not known, or as those of that run.
    """
    words = tokens.vocabulary.words
    families = find_families(tokens, formulas, words, options.families, background=background, text_of=text_of)
    stored.result()
    writer.add_formulas(formulas, families, kept, before=before, phrasing=phrasing)
    return formulas
