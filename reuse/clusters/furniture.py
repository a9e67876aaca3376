"""Furniture: what recurs because of where it stands, and is no text that anybody passes on.

Three kinds are told, each by what it is and never by how many documents there are: numbers or letters that are counted
up (the rows of a table, an alphabet of links); lines without a sentence before or behind the body of three texts and
more (navigation, datelines, tables of contents, owners' signs); and such a line that returns again and again throughout
a text (a running head). Whatever has a sentence is none, however often it closes a text: such are the formulas that
people look for. Of a text that closes hardly a sentence with a sign, only what is counted up is told. What has full
stops and is no sentence all the same is told by `reuse.corpus.layout`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, owners_of, ranges, slices_of
from reuse.arrays.spans import NO_STRETCHES, Union, covered
from reuse.clusters.clusters import Clusters
from reuse.corpus.layout import layout_of
from reuse.corpus.tokens import Tokens
from reuse.options import FurnitureOptions
from reuse.work.workers import ALONE, Workers

FURNITURE = ("none", "numbers", "edges", "running")
"""Names of the kinds."""
NONE, NUMBERS, EDGES, RUNNING = range(len(FURNITURE))

_AT_ONCE = 1_000_000  # tokens
_AROUND = 4  # tokens on either side by which it is told whether one is counted up
_NOT_COUNTED = -(10**9)
_LATER_SCRIPTS = 0x2E80  # from here on scripts whose letters are words


@dataclass(frozen=True, slots=True)
class Phrases:
    """All occurrences of some phrases.

    Attributes:
        family: int64 (occurrences,): number of the family that each is of.
        start, end: int64 (occurrences,): positions of tokens.
        families: How many numbers there are.
    """

    family: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    families: int

    @classmethod
    def nothing(cls) -> Phrases:
        """No phrases."""
        nowhere = np.zeros(0, dtype=np.int64)
        return cls(nowhere, nowhere, nowhere, 0)

    def in_documents(self, chosen: NDArray[np.bool_], tokens: Tokens) -> Phrases:
        """The occurrences in some documents (bool, documents)."""
        here = chosen[tokens.document_of(self.start)]
        return Phrases(self.family[here], self.start[here], self.end[here], self.families)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is furniture of pages; numbers of kinds are those of FURNITURE.

    Attributes:
        of_matches: uint8 (matches,): the kind of each match.
        of_clusters: uint8 (clusters,): of each cluster the first kind in order of its matches', if all are some.
        of_families: uint8 (families,): of each family of phrases.
        words: int64 (stretches, 2): from which token to which the words are furniture, in order and apart from one
            another: passages of such clusters, and of passages that have sentences too the lines that stand outside.
    """

    of_matches: NDArray[np.uint8]
    of_clusters: NDArray[np.uint8]
    of_families: NDArray[np.uint8]
    words: NDArray[np.int64]


def find_furniture(
    matches: Matches,
    clusters: Clusters,
    phrases: Phrases,
    tokens: Tokens,
    words: Sequence[str],
    first: NDArray[np.int64],
    text_of: Callable[[int], str],
    options: FurnitureOptions,
    workers: Workers = ALONE,
) -> Furniture:
    """What kind of furniture each match, cluster and family of phrases is, and which words are.

    A match is furniture if both of its passages are: what stands in a sentence somewhere is shown for it; and if the
    words that agree are, as those of two pages that have but links in common, with whatever between them. A family is
    if so many of its occurrences are as words of a passage must be. Those in documents without a passage that may be
    furniture count as text.

    Args:
        matches: All matches.
        clusters: Their clusters.
        phrases: The formulas.
        tokens: All documents.
        words: The normalised words of the vocabulary.
        first: int64 (documents,): the first document of the text that each one is a copy of.
        text_of: The text of a document by ordinal; asked for those that have a passage.
        options: What counts.
        workers: Have a place for columns.

    Cost: linear in the texts of the documents that have a passage which may recur so, but for sorting the passages.
    """
    found = np.zeros(len(matches), dtype=np.uint8)
    if not len(matches) or not options.enabled:
        nothing = np.zeros(_clusters(clusters), dtype=np.uint8), np.zeros(phrases.families, dtype=np.uint8)
        return Furniture(found, *nothing, NO_STRETCHES)
    count = len(clusters.cluster)
    start = np.concatenate((clusters.start, matches.a_start, matches.b_start))
    end = np.concatenate((clusters.end, matches.a_end, matches.b_end))
    often = np.bincount(clusters.cluster)[clusters.cluster] >= min(options.texts, options.returns + 1)
    laid_out = np.zeros(tokens.documents, dtype=bool)
    laid_out[tokens.document_of(clusters.start[often])] = True
    inside = phrases.in_documents(laid_out, tokens)
    start, end = np.concatenate((start, inside.start)), np.concatenate((end, inside.end))
    texts = first[tokens.document_of(clusters.start)]
    shares, outside = _shares(tokens, start, end, _values(words), laid_out, text_of, workers)
    passages = shares[:count] >= options.share
    edges = _recurring(clusters, passages[:, EDGES], texts, options.texts)
    running = _returning(clusters, passages[:, RUNNING], tokens, options)
    a, b, of_phrases = np.split(shares[count:] >= options.share, (len(matches), 2 * len(matches)))
    sides = a & b
    for kind, enough in ((RUNNING, running), (EDGES, edges)):
        found[sides[:, kind] & enough[clusters.of_match]] = kind
    found[sides[:, NUMBERS]] = NUMBERS
    whole = (_of_clusters(clusters, found) != NONE)[clusters.cluster]
    some = shares[:count, EDGES] > 0
    some &= _recurring(clusters, some, texts, options.texts)[clusters.cluster]
    outside &= covered(len(tokens), clusters.start[some], clusters.end[some], workers)
    outside |= covered(len(tokens), clusters.start[whole], clusters.end[whole], workers)
    stretches = _stretches(outside)
    found[(found == NONE) & _agree_on(stretches, matches.paths, options.share)] = EDGES
    families = _of_families(phrases, inside, of_phrases, first[tokens.document_of(inside.start)], options)
    return Furniture(found, _of_clusters(clusters, found), families, stretches)


def _of_families(
    phrases: Phrases, inside: Phrases, is_such: NDArray[np.bool_], text: NDArray[np.int64], options: FurnitureOptions
) -> NDArray[np.uint8]:
    """What kind of furniture each family is (uint8).

    Args:
        phrases: All occurrences.
        inside: Those that were looked at.
        is_such: bool (looked at, kinds): what each is.
        text: int64 (looked at,): the text that it stands in.
        options: What counts.
    """
    enough = options.share * np.bincount(phrases.family, minlength=phrases.families)
    found = np.zeros(phrases.families, dtype=np.uint8)
    for kind in (EDGES, NUMBERS):
        family = inside.family[is_such[:, kind]]
        pairs = np.unique(np.column_stack((family, text[is_such[:, kind]])), axis=0)
        texts = np.bincount(pairs[:, 0], minlength=phrases.families)
        times = np.bincount(family, minlength=phrases.families)
        found[(times >= enough) & (texts >= (options.texts if kind == EDGES else 1))] = kind
    return found


def _values(words: Sequence[str]) -> NDArray[np.int64]:
    """What each word counts (int64): a number of few digits, a letter by its place; _NOT_COUNTED for all others."""
    values = np.full(len(words), _NOT_COUNTED, dtype=np.int64)
    short = np.array(list(map(len, words))) == 1
    for row in np.flatnonzero(short | np.array(list(map(str.isdecimal, words)), dtype=bool)).tolist():  # hardly any
        values[row] = _value(words[row])
    return values


def _value(word: str) -> int:
    if word.isdecimal() and len(word) < 9:
        return int(word)
    alone = len(word) == 1 and word.isalpha() and ord(word) < _LATER_SCRIPTS
    return -ord(word) if alone else _NOT_COUNTED


def _shares(
    tokens: Tokens,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    values: NDArray[np.int64],
    laid_out: NDArray[np.bool_],
    text_of: Callable[[int], str],
    workers: Workers,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Share of the words of each span (float64, spans × kinds) that are counted up, outside, in heads (see `Layout`).

    The last two are 0 in documents whose layout nobody asks for (`laid_out`, bool, documents). And which tokens of the
    others stand outside (bool, tokens).
    """
    lines: NDArray[np.bool_] = workers.column(len(tokens), bool)
    shares = np.zeros((len(start), len(FURNITURE)))
    document = tokens.document_of(start)
    shares[:, NUMBERS] = _counted_up(tokens, document, start, end, values)
    asked = np.flatnonzero(laid_out[document])
    asked = asked[np.argsort(document[asked], kind="stable")]
    documents, owner = np.unique(document[asked], return_inverse=True)
    spans = bounds_of(np.bincount(owner, minlength=len(documents)))
    sizes = np.diff(tokens.bounds)[documents]
    for rows in slices_of(sizes, _AT_ONCE):
        part, bounds = documents[rows], bounds_of(sizes[rows])
        here = slice(int(spans[rows.start]), int(spans[rows.stop]))
        shift = (bounds[:-1] - tokens.bounds[part])[owner[here] - rows.start]
        low, high = start[asked[here]] + shift, end[asked[here]] + shift
        layout = layout_of(tokens, part, text_of, values >= 0)
        lines[ranges(tokens.bounds[part], sizes[rows])] = layout.outside
        for kind, found in ((EDGES, layout.outside), (RUNNING, layout.heads)):
            until = bounds_of(found)
            shares[asked[here], kind] = (until[high] - until[low]) / (high - low)
    return shares, lines


def _agree_on(stretches: NDArray[np.int64], paths: Paths, share: float) -> NDArray[np.bool_]:
    """Which paths (bool) have such a share of their tokens on both sides in some stretches (int64 (stretches, 2))."""
    match, count = paths.owners(), len(paths)
    marked = Union.of(*stretches.T)
    sides = (marked.within(start, start + paths.size) for start in (paths.a, paths.b))
    a, b = (np.bincount(match, inside, minlength=count) for inside in sides)
    enough = share * paths.pairs()
    found: NDArray[np.bool_] = (a >= enough) & (b >= enough)
    return found


def _stretches(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """From which token to which (int64 (stretches, 2), half-open) all are marked (bool, tokens)."""
    edges, before = [], np.zeros(1, dtype=bool)  # whether the token before a slice is marked
    for start in range(0, len(marked), _AT_ONCE):
        here = marked[start : start + _AT_ONCE]
        edges.append(start + np.flatnonzero(here != np.append(before, here[:-1])))
        before = here[-1:]
    return np.concatenate([*edges, np.full(int(before[0]), len(marked))]).reshape(-1, 2)


def _counted_up(
    tokens: Tokens,
    document: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    values: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Share of the words of each span (float64) that are what counting on gives; of its `document` (int64), too."""
    # What stands a few words around a span decides. Lifting each document above the one before keeps them apart.
    low = np.maximum(start - _AROUND, tokens.bounds[document]) + document
    high = np.minimum(end + _AROUND, tokens.bounds[document + 1]) + document
    lifted = Union.of(low, high)
    owner = np.empty(len(lifted.starts), dtype=np.int64)
    owner[np.searchsorted(lifted.starts, low, side="right") - 1] = document
    sizes = np.diff(lifted.bounds)
    until = np.zeros(len(lifted) + 1, dtype=np.int64)
    for some in slices_of(sizes, _AT_ONCE):
        bounds = bounds_of(sizes[some])
        ids = tokens.ids[ranges(lifted.starts[some] - owner[some], sizes[some])]
        until[lifted.bounds[some.start] + 1 : lifted.bounds[some.stop] + 1] = _counted(ids, bounds, values)
    np.cumsum(until, out=until)
    first = lifted.numbers(start + document)
    return np.asarray((until[first + end - start] - until[first]) / (end - start), dtype=np.float64)


def _counted(ids: NDArray[np.int32], bounds: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens (bool) of some stretches are what counting on gives: the same number, the next, or the same step.

    Numbers with one word before each of them count on as well: Table 1, Table 2, Table 3. A token goes by up to
    _AROUND others on either side.
    """
    value = values[ids]
    step = np.diff(value, prepend=_NOT_COUNTED)
    known = value != _NOT_COUNTED
    follows = known & np.append(False, known[:-1])
    follows[bounds[:-1][np.diff(bounds) > 0]] = False
    letter = value < 0
    same_step = (step == np.append(_NOT_COUNTED, step[:-1])) & np.append(False, follows[:-1])
    counted: NDArray[np.bool_] = follows & np.where(letter, step == -1, (np.abs(step) <= 1) | same_step)
    counted[:-1] |= counted[1:]  # the one that counting begins with
    counted[_named(ids, value, bounds)] = True
    return counted


def _named(ids: NDArray[np.integer], value: NDArray[np.int64], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places (int64) of numbers that follow one another, each behind the same word, and of these words."""
    if len(ids) < 4:
        return np.zeros(0, dtype=np.int64)
    known = value != _NOT_COUNTED
    found = (ids[:-3] == ids[2:-1]) & known[1:-2] & (value[3:] == value[1:-2] + 1) & (value[1:-2] >= 0) & ~known[:-3]
    at = np.flatnonzero(found)
    at = at[owners_of(bounds, at) == owners_of(bounds, at + 3)]
    return np.concatenate([at + place for place in range(4)])


def _recurring(
    clusters: Clusters, passages: NDArray[np.bool_], text: NDArray[np.int64], least: int
) -> NDArray[np.bool_]:
    """Which clusters (bool) have such passages in so many texts."""
    pairs = np.unique(np.column_stack((clusters.cluster[passages], text[passages])), axis=0)
    enough: NDArray[np.bool_] = np.bincount(pairs[:, 0], minlength=_clusters(clusters)) >= least
    return enough


def _returning(
    clusters: Clusters, passages: NDArray[np.bool_], tokens: Tokens, options: FurnitureOptions
) -> NDArray[np.bool_]:
    """Which clusters (bool) have such passages again and again in one document, with much text between them."""
    cluster, start = clusters.cluster[passages], clusters.start[passages]
    document = tokens.document_of(start)
    opens = differs(cluster, document)
    apart = np.diff(start, prepend=0) >= options.apart
    again = np.add.reduceat((apart & ~opens).astype(np.int64), np.flatnonzero(opens)) if len(opens) else opens
    found = np.zeros(_clusters(clusters), dtype=bool)
    found[cluster[opens][again >= options.returns]] = True
    return found


def _clusters(clusters: Clusters) -> int:
    return int(clusters.cluster.max(initial=-1)) + 1


def _of_clusters(clusters: Clusters, furniture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What kind of furniture each cluster is (uint8): the first in order of its matches (uint8), if all are some."""
    least = np.full(_clusters(clusters), len(FURNITURE), dtype=np.uint8)
    np.minimum.at(least, clusters.of_match, furniture)
    return np.where(least < len(FURNITURE), least, NONE).astype(np.uint8)
