"""Finds what a query asks for in a run, and the rows whose passages have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.queries.find import Finder, Spans
from reuse.queries.lexicon import Forms, Lexicon
from reuse.queries.read import read_query
from reuse.queries.tree import Exactness, Query, words_in
from reuse.run.scan_record import stored_letters

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


def find(run: RunFiles, query: str | Query) -> Spans:
    """Where a query stands in a run.

    Args:
        run: The run.
        query: As typed (`reuse.queries.LANGUAGE`), or read.

    Raises:
        QueryError: There is no word in it, or something that is not understood.
    """
    finder = Finder(run.tokens, _lexicon(run), run.text)
    return finder.find(read_query(query) if isinstance(query, str) else query)


def find_in(run: RunFiles, query: str, document: int) -> list[tuple[int, int]]:
    """Where a query stands in one document: half-open spans of its text, in code points.

    Cost: the tokens of the document, and the words of the corpus where the query has a pattern.

    Raises:
        QueryError: There is no word in it, or something that is not understood.
    """
    tokens = run.tokens
    low, high = tokens.bounds[document : document + 2].tolist()
    starts, ends = tokens.starts[low:high], tokens.ends[low:high]
    bounds = np.array([0, high - low], dtype=np.int64)
    own = Tokens(tokens.ids[low:high], starts, ends, tokens.opens_sentence[low:high], bounds, tokens.vocabulary)
    spans = Finder(own, _lexicon(run), lambda _: run.text(document)).find(read_query(query))
    return list(zip(starts[spans.starts].tolist(), ends[spans.ends - 1].tolist(), strict=True))


def rows_with(run: RunFiles, table: str, query: Query) -> NDArray[np.int64]:
    """Numbers (int64) of the documents, matches or formulas that have it: in their text, in either passage."""
    spans = find(run, query)
    if table == "documents":
        return np.unique(run.tokens.document_of(spans.starts))
    if table == "formulas":
        return _formulas_with(run, spans, query)
    of_matches = run.column("match_tokens")
    found = _have(spans, of_matches[:, 0], of_matches[:, 1]) | _have(spans, of_matches[:, 2], of_matches[:, 3])
    return np.flatnonzero(found).astype(np.int64)


def _formulas_with(run: RunFiles, spans: Spans, query: Query) -> NDArray[np.int64]:
    """The formulas that have it: their words are the same wherever they occur, but not how these are written."""
    bounds, positions = run.column("formula_bounds"), run.column("formula_positions")
    lengths = run.numbers("SELECT tokens FROM formulas ORDER BY formula")
    if all(word.exactness < Exactness.AS_WRITTEN for word in words_in(query.tree)):
        first = positions[bounds[:-1]]
        return np.flatnonzero(_have(spans, first, first + lengths)).astype(np.int64)
    formulas = np.repeat(np.arange(len(lengths)), np.diff(bounds))
    return np.unique(formulas[_have(spans, positions, positions + lengths[formulas])]).astype(np.int64)


def _have(spans: Spans, begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which ranges of token positions (half-open) hold the whole of a span."""
    first = np.searchsorted(spans.starts, begin, side="left")  # the later ones end later
    return np.append(spans.ends, np.iinfo(np.int64).max)[first] <= end


def formulas_in(run: RunFiles, documents: Sequence[int]) -> NDArray[np.int64]:
    """Numbers (int64) of the formulas that occur in one of the documents."""
    positions = run.column("formula_positions")
    chosen = np.zeros(run.tokens.documents, dtype=bool)
    chosen[list(documents)] = True
    inside = np.flatnonzero(chosen[run.tokens.document_of(positions)])
    return np.unique(np.searchsorted(run.column("formula_bounds"), inside, side="right") - 1).astype(np.int64)


def _lexicon(run: RunFiles) -> Lexicon:
    letters = stored_letters(run.meta.get("options", {}))

    def read_forms() -> Forms:
        return Forms.of([str(normal) for (normal,) in run.sql("SELECT normal FROM words ORDER BY word")], letters)

    return Lexicon(run.tokens.vocabulary, letters, lambda: run.once("forms", read_forms))
