"""From columns of token positions to the rows of `run.sqlite`: for each table its values, by column.

Everything is computed as whole columns; those of NumPy become Python values, which is what SQLite takes fastest, some
rows at a time (`in_slices`), for as such they take up ten times the memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import FOUND_BY, Matches
from reuse.align.relations import RELATIONS, relations
from reuse.arrays.ragged import bounds_of, ranges
from reuse.calendar import Dates, date_order
from reuse.clusters.clusters import Clusters
from reuse.clusters.copies import Copies
from reuse.clusters.furniture import FURNITURE, NONE
from reuse.clusters.origins import kinds_of_words, origins, partly_digested, words_by_kind
from reuse.clusters.sources import Sources
from reuse.corpus.normalise import as_written, canonical
from reuse.corpus.places import Places
from reuse.corpus.tokens import Tokens
from reuse.formulas.phrases import Formulas
from reuse.formulas.variants import Families
from reuse.options import RelationOptions
from reuse.run.closing import closed_matches
from reuse.run.facts import DocumentFacts
from reuse.run.ids import span_ids, stable_ids, told_apart
from reuse.run.known_matches import KnownMatches
from reuse.run.passages import Passages
from reuse.run.phrasing import Phrasing, written_most
from reuse.run.schema import SCHEMA_VERSION
from reuse.run.spans import Spans, TextOf, cut
from reuse.run.storable import storable, storable_json
from reuse.shares import KINDS, shares_of
from reuse.work.workers import ALONE, Workers

Columns = Mapping[str, Iterable[Any]]
"""Values of the rows of a table by column, all of one length; an array stands for the Python values of its elements."""

_ROWS = 1 << 14  # that are Python values at a time

DIRECTIONS = ("a>b", "unknown", "b>a")


def in_slices(columns: Columns) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table as Python values, some at a time."""
    rows = zip(*map(_values, columns.values()), strict=True)
    while some := list(islice(rows, _ROWS)):
        yield some


def _values(column: Iterable[Any]) -> Iterator[Any]:
    if not isinstance(column, np.ndarray):
        yield from column
        return
    for start in range(0, len(column), _ROWS):
        yield from column[start : start + _ROWS].tolist()


def meta(facts: Mapping[str, Any]) -> Columns:
    """Rows of `meta`: each value as JSON."""
    recorded = dict(sorted({**facts, "schema_version": SCHEMA_VERSION}.items()))
    return {
        "key": recorded,
        "value": [storable_json(json.dumps(value, ensure_ascii=False)) for value in recorded.values()],
    }


def words(tokens: Tokens, text_of: TextOf, known: Sequence[str] = ()) -> Columns:
    """Rows of `words`; a vocabulary that leaves its words out has them as they are written first.

    Args:
        tokens: All documents.
        text_of: The text of a document.
        known: The normal forms of the first words, as far as they are known.
    """
    vocabulary = tokens.vocabulary
    spellings = list(vocabulary.spellings)
    if len(spellings) != len(vocabulary):
        spans = Spans.of(tokens, vocabulary.first, vocabulary.first + 1)
        spellings = list(map(as_written, cut(*spans.places, text_of)))
    return {
        "word": range(len(vocabulary)),
        "text": spellings,
        "normal": [*known, *map(canonical, spellings[len(known) :])],
        "count": vocabulary.counts.tolist(),
    }


def places(known: Sequence[tuple[int, Places]]) -> Columns:
    """Rows of `places`, of documents by their numbers."""
    return {
        "doc": [document for document, own in known for _ in own.starts],
        "start": [start for _, own in known for start in own.starts],
        "page": [storable(page) for _, own in known for page in own.pages],
        "line": [storable(line) for _, own in known for line in own.lines],
        "element": [storable(element) for _, own in known for element in own.elements],
    }


def documents(
    facts: Sequence[DocumentFacts],
    tokens: Tokens,
    groups: Clusters,
    *,
    dates: Dates,
    copies: Copies,
    sources: Sources,
    furniture: NDArray[np.int64],
    workers: Workers = ALONE,
) -> Columns:
    """Rows of `documents`; `furniture` are the stretches of words that are furniture of pages (see `Furniture`)."""
    owners = tokens.document_of(groups.start)
    size = groups.end - groups.start
    in_part = partly_digested(groups.start, groups.end, groups.digested)
    whence = origins(
        groups.cluster.astype(np.int64), owners, size, dates.earliest, dates.latest, sources.document, in_part
    )
    kinds = kinds_of_words(len(tokens), whence, groups.start, groups.end, furniture, groups.digested, workers=workers)
    words = words_by_kind(kinds, tokens.bounds)
    shares = shares_of(words)
    return {
        "doc": range(len(facts)),
        **{known.name: [getattr(fact, known.name) for fact in facts] for known in fields(DocumentFacts)},
        "date_order": [date_order(fact.date) for fact in facts],
        "tokens": np.diff(tokens.bounds),
        "furniture_tokens": words[:, len(KINDS)],
        **{kind: shares[:, number] for number, kind in enumerate(KINDS)},
        "copy_of": [None if first == doc else first for doc, first in enumerate(copies.first.tolist())],
        "copies": copies.count,
        "first_token": tokens.bounds[:-1],
    }


def places_by_id(facts: Sequence[DocumentFacts]) -> NDArray[np.int64]:
    """Place of each document (int64) when they are put in order of their ids."""
    places = np.empty(len(facts), dtype=np.int64)
    places[sorted(range(len(facts)), key=lambda ordinal: facts[ordinal].id)] = np.arange(len(facts))
    return places


def oriented(found: Matches, tokens: Tokens, facts: Sequence[DocumentFacts]) -> Matches:
    """Matches turned so that the id of document a comes before that of b, in whatever order the documents were read."""
    rank = places_by_id(facts)
    turned = rank[tokens.document_of(found.a_start)] > rank[tokens.document_of(found.b_start)]
    if not turned.any():
        return found
    return replace(
        found,
        a_start=np.where(turned, found.b_start, found.a_start),
        a_end=np.where(turned, found.b_end, found.a_end),
        b_start=np.where(turned, found.a_start, found.b_start),
        b_end=np.where(turned, found.a_end, found.b_end),
    )


def matches(
    found: Matches,
    groups: Clusters,
    tokens: Tokens,
    *,
    facts: Sequence[DocumentFacts],
    dates: Dates,
    text_of: TextOf,
    options: RelationOptions,
    furniture: NDArray[np.uint8],
    before: KnownMatches,
) -> Columns:
    """Rows of `matches`; `before` is known of the run it grows from."""
    a, b, ids, relation = _as_texts_say(found, tokens, [fact.id for fact in facts], text_of, options, before)
    lengths = np.diff(tokens.bounds)
    order = dates.order(a.documents, b.documents)
    guesses = np.array([fact.date_guessed for fact in facts], dtype=bool)
    guessed = (order != 0) & (guesses[a.documents] | guesses[b.documents])
    return {
        "match": range(len(found)),
        "id": ids,
        "a": a.documents,
        "a_start": a.starts,
        "a_end": a.ends,
        "b": b.documents,
        "b_start": b.starts,
        "b_end": b.ends,
        "similarity": rounded(found.similarity),
        "a_coverage": (a.tokens / lengths[a.documents]),
        "b_coverage": (b.tokens / lengths[b.documents]),
        "tokens_a": a.tokens,
        "tokens_b": b.tokens,
        "matched_tokens": found.matched,
        "bits": rounded(found.bits),
        "evalue": found.evalue,
        "cluster": groups.of_match,
        "found_by": _named(FOUND_BY, found.found_by),
        "relation": relation,
        "furniture": _named(FURNITURE, furniture),
        "direction": _named(DIRECTIONS, order + 1),
        "direction_guessed": guessed,
    }


def _as_texts_say(
    found: Matches,
    tokens: Tokens,
    names: Sequence[str],
    text_of: TextOf,
    options: RelationOptions,
    before: KnownMatches,
) -> tuple[Spans, Spans, list[str], list[str]]:
    """Both sides of matches, their ids and relations; only of those that are not known are the texts looked at."""
    a, b = Spans.of(tokens, found.a_start, found.a_end), Spans.of(tokens, found.b_start, found.b_end)
    same = before.same_as(found)
    new, known = np.flatnonzero(same < 0), np.flatnonzero(same >= 0)
    new_a, new_b = closed_matches(a.take(new), b.take(new), text_of)
    for side, (own, closed) in enumerate(((a, new_a), (b, new_b))):
        own.ends[new], own.ends[known] = closed.ends, before.ends[same[known], side]
    ids = iter(span_ids(names, new_a.places, new_b.places))
    kinds = iter(relations(tokens, found.take(new), text_of, options).tolist())
    rows = same.tolist()
    return (
        a,
        b,
        told_apart([before.ids[row] if row >= 0 else next(ids) for row in rows]),
        [before.relations[row] if row >= 0 else RELATIONS[next(kinds)] for row in rows],
    )


def clusters(
    groups: Clusters,
    found: Matches,
    *,
    facts: Sequence[DocumentFacts],
    dates: Dates,
    text_of: TextOf,
    copies: Copies,
    furniture: NDArray[np.uint8],
    passages: Passages,
) -> Columns:
    """Rows of `clusters`.

    Args:
        groups: The clusters.
        found: The matches.
        facts: Of the documents.
        dates: Theirs.
        text_of: The text of a document.
        copies: Which documents are of one text.
        furniture: uint8 (clusters,): what kind of furniture each is.
        passages: Of the clusters.
    """
    spans = passages.spans
    count = len(furniture)
    bounds = np.searchsorted(groups.cluster, np.arange(count + 1))
    sizes = np.diff(bounds)
    names = [fact.id for fact in facts]

    opens = np.ones(len(groups.cluster), dtype=bool)  # the first passage of its document in its cluster
    opens[1:] = (np.diff(groups.cluster) != 0) | (np.diff(spans.documents) != 0)
    bits = np.zeros(count, dtype=np.float32)
    np.maximum.at(bits, groups.of_match, found.bits)

    ranks = dates.ranks[spans.documents]
    ranks = np.where(ranks < 0, len(dates.distinct), ranks)
    earliest = np.lexsort((groups.start, ranks, groups.cluster))[bounds[:-1]]
    first = bounds[:-1]
    first_dates, last_dates = dates.first_and_last(spans.documents, bounds)
    witnesses = np.unique(groups.cluster * np.int64(len(facts)) + copies.first[spans.documents]) // max(len(facts), 1)
    return {
        "cluster": range(count),
        "id": span_ids(names, (spans.documents[first], spans.starts[first], spans.ends[first])),
        "passages": sizes,
        "documents": np.add.reduceat(opens.astype(np.int64), first) if count else [],
        "witnesses": np.bincount(witnesses, minlength=count),
        "tokens": np.add.reduceat(spans.tokens, first) / sizes if count else [],
        "bits": rounded(bits),
        "furniture": _named(FURNITURE, furniture),
        "first_date": first_dates,
        "last_date": last_dates,
        "text": passages.texts(earliest, text_of),
    }


def passages(
    groups: Clusters, sources: Sources, tokens: Tokens, facts: Sequence[DocumentFacts], spans: Spans
) -> Columns:
    """Rows of `passages`; `spans` are theirs, closing marks included."""
    known = sources.document >= 0
    there = Spans.of(tokens, sources.start[known], sources.end[known])
    there_ends = there.ends + _marks_of_sources(groups, sources, tokens, spans)[known]
    guesses = np.array([fact.date_guessed for fact in facts], dtype=bool)
    guessed = known & (guesses[spans.documents] | guesses[sources.document])
    return {
        "passage": range(len(known)),
        "cluster": groups.cluster,
        "doc": spans.documents,
        "start": spans.starts,
        "end": spans.ends,
        "tokens": spans.tokens,
        "source": where_known(known, there.documents),
        "source_start": where_known(known, there.starts),
        "source_end": where_known(known, there_ends),
        "source_guessed": guessed,
        "source_similarity": where_known(known, sources.similarity[known].round(6)),
        "source_confidence": where_known(known, sources.confidence[known].round(6)),
    }


def _marks_of_sources(groups: Clusters, sources: Sources, tokens: Tokens, spans: Spans) -> NDArray[np.int64]:
    """How many characters of closing marks the passage has in which the source of each passage ends (int64)."""
    marks = spans.ends - tokens.ends[groups.end - 1]
    in_order = groups.cluster * np.int64(len(tokens) + 1)
    ends = in_order + groups.end  # ascend, for the passages of a cluster do not overlap
    row = np.minimum(np.searchsorted(ends, in_order + sources.end), len(ends) - 1)
    return np.where(ends[row] == in_order + sources.end, marks[row], 0)


def where_known(known: NDArray[np.bool_], values: NDArray[Any]) -> Iterator[Any]:
    """The values where they are known, None elsewhere."""
    rows = np.cumsum(known) - 1
    for start in range(0, len(known), _ROWS):
        here = slice(start, start + _ROWS)
        cells = np.full(len(known[here]), None, dtype=object)
        cells[known[here]] = values[rows[here][known[here]]]
        yield from cells.tolist()


def _named(names: Sequence[str], numbers: NDArray[np.integer]) -> NDArray[np.object_]:
    """The names that stand for some numbers."""
    found: NDArray[np.object_] = np.array(names, dtype=object)[numbers]
    return found


def formulas(
    phrases: Formulas,
    families: Families,
    tokens: Tokens,
    words: Columns,
    dates: Dates,
    text_of: TextOf,
    before: Phrasing,
) -> Columns:
    """Rows of `formulas`; `words` are those of the table of words, `before` is known of the run it grows from.

    What stands where it stood before is written as it was.
    """
    same = before.same_as(phrases)
    rows, new = same.tolist(), phrases.take(np.flatnonzero(same < 0))
    numbers = tokens.ids[ranges(new.first(), new.tokens)].tolist()
    normal = list(map(list(words["normal"]).__getitem__, numbers))
    names = (" ".join(normal[start:end]).encode() for start, end in pairwise(bounds_of(new.tokens).tolist()))
    new_ids, new_texts = iter(stable_ids(names)), iter(written_most(new, tokens, text_of))
    ids = told_apart([before.ids[row] if row >= 0 else next(new_ids) for row in rows])
    first_dates, last_dates = dates.first_and_last(tokens.document_of(phrases.positions), phrases.bounds)
    return {
        "formula": range(len(phrases)),
        "id": ids,
        "text": [before.texts[row] if row >= 0 else next(new_texts) for row in rows],
        "tokens": phrases.tokens,
        "df": phrases.df,
        "tf": phrases.tf,
        "df_all": phrases.df_all,
        "tf_all": phrases.tf_all,
        "first_date": first_dates,
        "last_date": last_dates,
        "bits": rounded(phrases.bits),
        "dispersion": rounded(phrases.dispersion),
        "family": [ids[head] for head in families.head.tolist()],
        "variants": families.members,
        "furniture": [FURNITURE[NONE]] * len(phrases),  # until the matches are known
    }


def rounded(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Single precision as the shortest decimals that stand for it: 0.9, not 0.8999999761581421."""
    return scores.astype(np.float64).round(6)
