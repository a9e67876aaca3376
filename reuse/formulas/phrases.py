"""Formulas: phrases that recur, whole, as a reader would quote them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import slices_of
from reuse.arrays.records import FlatColumns, RaggedColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.best import Best
from reuse.formulas.branching import Sentences
from reuse.formulas.candidates import Candidates, candidates_of, names_of
from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.edges import Edges
from reuse.formulas.ranking import by_what_they_add, edges_seen
from reuse.formulas.repeats import Repeats, closed_repeats
from reuse.formulas.whole import Held, texts_with, whole_phrases
from reuse.options import FormulaOptions
from reuse.score.background import Background
from reuse.work.workers import ALONE, Workers

CHUNK = 1 << 17
"""Occurrences counted at once, so that temporaries stay in the cache."""

CANDIDATES = 5
"""Candidates kept for each formula that may be kept: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Formulas(RaggedColumns):
    """Recurring phrases with all their occurrences, in default order: by what each adds to those above (see `ranking`).

    Attributes:
        tokens: int32 (formulas,): length in tokens.
        df: int32 (formulas,): documents that have it, copies of a text counted once, longer formulas that
            hold it apart.
        tf: int32 (formulas,): occurrences, those within longer formulas left out.
        df_all, tf_all: int32 (formulas,): the same with what lies within longer formulas.
        bits: float32 (formulas,): surprise of its words under the background model without its own occurrences.
        dispersion: float32 (formulas,): Gries' DP (2008), 0 even to 1 clumped.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each of these occurrences, ascending within a
            formula.
        found: How many formulas there were before the best `max_formulas` were kept.
        complete: False when the search was cut short in a text that says one thing over and over.
    """

    ELEMENTS: ClassVar = ("positions",)

    tokens: NDArray[np.int32]
    df: NDArray[np.int32]
    tf: NDArray[np.int32]
    df_all: NDArray[np.int32]
    tf_all: NDArray[np.int32]
    bits: NDArray[np.float32]
    dispersion: NDArray[np.float32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    found: int = 0
    complete: bool = True

    def first(self) -> NDArray[np.int64]:
        """int64 (formulas,): position of the first word of each formula's first occurrence."""
        return self.positions[self.bounds[:-1]]


@dataclass(frozen=True, slots=True)
class Ranked(FlatColumns):
    """Formulas, and what their order goes by.

    Attributes:
        formulas: The formulas.
        own_bits: float64 (formulas,): bits an occurrence that each saves beyond the better ones in it.
        edges: float64 (formulas,): how much is left of its score by what stands at its edges (see `edges_seen`).
    """

    formulas: Formulas
    own_bits: NDArray[np.float64]
    edges: NDArray[np.float64]

    def in_order(self, tokens: Tokens, edges: Edges) -> Ranked:
        """The best of them in default order, `max_formulas` at most, with the dispersion that they have now.

        Args:
            tokens: The corpus.
            edges: What it says of the edges of phrases.
        """
        phrases, options = self.formulas, edges.options
        first, lengths = phrases.first(), phrases.tokens.astype(np.int64)
        score = (phrases.df - 1) * np.minimum(self.own_bits, options.most_bits) * self.edges
        ties = (names_of(first, lengths, tokens), -phrases.sizes(), -self.own_bits)
        order = by_what_they_add(score, ties, first, lengths, tokens, edges.content)[: options.max_formulas]
        best = self.take(order)
        spread = dispersion(best.formulas.positions, best.formulas.bounds, tokens)
        return replace(best, formulas=replace(best.formulas, dispersion=spread))


def find_formulas(
    tokens: Tokens,
    background: Background,
    options: FormulaOptions | None = None,
    workers: Workers = ALONE,
    text_of: NDArray[np.int64] | None = None,
) -> Formulas:
    """The formulas of a corpus, most widespread and surprising first; see `ranked_formulas`."""
    return ranked_formulas(tokens, background, options, workers, text_of).formulas


def ranked_formulas(
    tokens: Tokens,
    background: Background,
    options: FormulaOptions | None = None,
    workers: Workers = ALONE,
    text_of: NDArray[np.int64] | None = None,
    *,
    sentences: Sentences | None = None,
    counted: EdgeCounts | None = None,
) -> Ranked:
    """The formulas of a corpus, most widespread and surprising first, and what they are ranked by.

    A formula is a phrase of at least `min_tokens` words within one sentence that begins and ends where phrases do (see
    `edges`) and stands for itself (see `whole`): at least twice, in at least `min_documents` documents, other than as a
    part of a longer formula.

    Args:
        tokens: The corpus.
        background: Its word model, for the bits.
        options: What counts as a formula, and which are kept.
        workers: Look for them.
        text_of: int64 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.
        sentences: Its sentences; None: they are told apart.
        counted: How often its words stand at edges; None: they are counted.

    Returns:
        At most `max_formulas` formulas, ordered by what each adds to those above it (see `ranking`); ties by own bits,
        frequency, then the words' hashes, so that the order of the documents does not matter.
    """
    edges = Edges.of(tokens, background, options or FormulaOptions(), counted, workers=workers)
    repeats = closed_repeats(
        tokens, background, edges.options.min_tokens, edges.options.min_documents, workers, sentences=sentences
    )
    candidates = find_candidates(repeats, tokens, background, edges, text_of)
    found = formulas_among(candidates, tokens, background, edges, text_of)
    del candidates
    return found.in_order(tokens, edges)


def formulas_among(
    candidates: Candidates,
    tokens: Tokens,
    background: Background,
    edges: Edges,
    text_of: NDArray[np.int64] | None,
    held: Held | None = None,
) -> Ranked:
    """The formulas among candidates, in no order and their dispersion not told.

    Args:
        candidates: What may be one.
        tokens: The corpus.
        background: Its word model.
        edges: What it says of the edges of phrases.
        text_of: As for `ranked_formulas`.
        held: As for `whole_phrases`.
    """
    counted = _counted(candidates.positions, tokens, text_of)
    whole = whole_phrases(candidates, tokens, background, counted, edges.options, held)
    rows, tf = whole.rows, np.diff(whole.bounds)
    lengths = candidates.tokens[rows]
    formulas = Formulas(
        tokens=lengths.astype(np.int32),
        df=whole.df.astype(np.int32),
        tf=tf.astype(np.int32),
        df_all=candidates.df[rows].astype(np.int32),
        tf_all=candidates.sizes()[rows].astype(np.int32),
        bits=candidates.bits[rows].astype(np.float32),
        dispersion=np.zeros(len(rows), dtype=np.float32),
        bounds=whole.bounds,
        positions=whole.positions,
        found=len(rows),
        complete=candidates.complete,
    )
    seen = edges_seen(Repeats(lengths, whole.df, whole.bounds, whole.positions, True), edges)
    return Ranked(formulas, whole.own_bits, seen)


def find_candidates(
    repeats: Iterable[Repeats],
    tokens: Tokens,
    background: Background,
    edges: Edges,
    text_of: NDArray[np.int64] | None,
) -> Candidates:
    """What may be a whole phrase among closed repeats, which come lot by lot: each once, with all its occurrences."""
    options = edges.options
    best: Best[Candidates] = Best(CANDIDATES * options.max_formulas)
    complete = True
    for lot in repeats:
        complete &= lot.complete
        best.add(candidates_of(lot, tokens, background, edges))
    candidates = replace(Candidates.concatenate(*best.lots()).merged(), complete=complete)
    if text_of is None:
        return candidates
    # What a single text and its copies say is no phrase of which others could be a part.
    df = texts_with(candidates.owners(), _counted(candidates.positions, tokens, text_of), len(candidates))
    return replace(candidates, df=df).take(np.flatnonzero(df >= options.min_documents))


def _counted(positions: NDArray[np.int64], tokens: Tokens, text_of: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """What is counted of the tokens at some positions (int64): their document, or the text that this is a copy of."""
    documents = tokens.document_of(positions)
    return documents if text_of is None else text_of[documents]


def dispersion(positions: NDArray[np.int64], bounds: NDArray[np.int64], tokens: Tokens) -> NDArray[np.float32]:
    """Gries' DP (2008): half the summed distance between the documents' shares of the corpus and of the occurrences.

    Args:
        positions: int64 (occurrences,): tokens, ascending within each group.
        bounds: int64 (groups + 1,): group g owns the rows bounds[g] to bounds[g + 1]; no group is empty.
        tokens: The corpus; a document's share is its share of all tokens.

    Returns:
        float32 (groups,): 0 when the group is spread as the documents' lengths, towards 1 when all of it is in one
        short document.
    """
    sizes = np.diff(bounds)
    shares = np.diff(tokens.bounds) / max(len(tokens), 1)
    found = np.zeros(len(sizes), dtype=np.float32)
    for some in slices_of(sizes, CHUNK):
        first = bounds[:-1][some] - bounds[some.start]
        where = tokens.document_of(positions[bounds[some.start] : bounds[some.stop]])
        begins = differs(where)
        begins[first] = True
        opening = np.flatnonzero(begins)
        group = np.repeat(np.arange(len(first)), np.add.reduceat(begins, first, dtype=np.int64))
        share = np.diff(np.append(opening, len(where))) / sizes[some][group]
        expected = shares[where[opening]]
        # Documents without an occurrence add their own share: all shares together are 1.
        distance = 1.0 + np.bincount(group, np.abs(share - expected) - expected, minlength=len(first))
        found[some] = np.clip(distance / 2, 0.0, 1.0)
    return found
