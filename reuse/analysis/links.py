"""Who repeats whom: two documents that share passages, the later one first where their dates tell which it is."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import StoredRun, Witnesses, dates_of, witnesses_of
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, owners_of, spread
from reuse.arrays.spans import NO_STRETCHES, Union, union_lengths
from reuse.calendar import Dates

MOST_PAIRS = 1_000_000
"""Pairs of texts of all clusters that are looked at, each in both orders; of the largest clusters, which lie beyond,
only the matches are. A thousand letters with one closing sentence have half a million pairs, which nobody reads."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of documents with passages of one text, those with most words first.

    Attributes:
        later: int64 (pairs,): the document that repeats: the later one; where the order is not known, the one that has
            the larger share of its words in common.
        earlier: int64 (pairs,): the document that is repeated.
        words: int64 (pairs,): words in common: in passages of either that the other has, whichever are fewer.
        share: float64 (pairs,): the same as a share of the words of `later`; of both furniture of pages is left out.
        matches: int64 (pairs,): matches between these very documents; 0 where only others link them.
        known: bool (pairs,): the dates say which of the two is later.
        guessed: bool (pairs,): they do, and one of the two dates was guessed.
        complete: Whether these are all pairs; else there are more of the largest clusters.
    """

    later: NDArray[np.int64]
    earlier: NDArray[np.int64]
    words: NDArray[np.int64]
    share: NDArray[np.float64]
    matches: NDArray[np.int64]
    known: NDArray[np.bool_]
    guessed: NDArray[np.bool_]
    complete: bool

    def __len__(self) -> int:
        return len(self.later)

    def take(self, rows: NDArray[np.int64] | slice) -> Links:
        """Some of the pairs."""
        columns = {column.name: getattr(self, column.name) for column in fields(self)}
        return Links(**{name: one if name == "complete" else one[rows] for name, one in columns.items()})


def links(
    run: StoredRun,
    numbers: NDArray[np.int64] | None = None,
    group: NDArray[np.int32] | None = None,
    *,
    furniture: bool = False,
) -> Links:
    """Who repeats whom in a run: every two texts that have passages of one cluster, whether or not a match links them.

    Text that very many have is matched with representatives, and that of copies with a few of them; who is linked with
    whom follows from the clusters. Copies are one document here, the first of them, unless the scan was told that each
    counts: between two texts it is said what the copies have in common that share most.

    Args:
        run: The run.
        numbers: Numbers of the matches that count, and of whose clusters; None: all.
        group: int32 (documents,): documents of one group were not compared with each other; None: all were.
        furniture: Whether furniture of pages counts: else two documents that have but links in common are none.

    Cost: linear in the matches and in the pairs that are found, MOST_PAIRS of clusters at most.
    """
    count = len(run.document_ids)
    words_of = "tokens" if furniture else "tokens - furniture_tokens"
    facts = list(run.sql(f"SELECT coalesce(copy_of, doc), date_guessed, {words_of} FROM documents ORDER BY doc"))
    first, guesses, words = np.array(facts, dtype=np.int64).reshape(count, 3).T
    text = first if run.options.copies == "one" else np.arange(count, dtype=np.int64)
    left_out = NO_STRETCHES if furniture else np.asarray(run.column("furniture_words"))
    shared = _shared(run, numbers, text, group, left_out)
    # What says something again and again, or at length where the other condenses it, has no more in common with the
    # other than that one has with it.
    both = shared.words.min(axis=0)
    share_a, share_b = both / np.maximum(words[shared.a], 1), both / np.maximum(words[shared.b], 1)
    order = Dates.of(dates_of(run)).order(shared.a, shared.b)
    ranks = _ranks(run.document_ids)  # where all else is equal, ids decide: the order of the folder must not
    more = np.where(share_a == share_b, ranks[shared.b] > ranks[shared.a], share_b > share_a)
    b_repeats = np.where(order == 0, more, order < 0)
    found = Links(
        later=np.where(b_repeats, shared.b, shared.a),
        earlier=np.where(b_repeats, shared.a, shared.b),
        words=both,
        share=np.where(b_repeats, share_b, share_a),
        matches=shared.matches,
        known=order != 0,
        guessed=(order != 0) & ((guesses[shared.a] | guesses[shared.b]) > 0),
        complete=shared.complete,
    )
    most_first = np.lexsort((ranks[found.earlier], ranks[found.later], -found.share, -found.words))
    return found.take(most_first[found.words[most_first] > 0])


@dataclass(frozen=True, slots=True)
class _Shared:
    """Pairs of texts, a < b, by their first documents: matches of theirs, and words of either that the other has.

    `complete` is as in Links.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    matches: NDArray[np.int64]
    words: NDArray[np.int64]
    complete: bool


def _shared(
    run: StoredRun,
    numbers: NDArray[np.int64] | None,
    text: NDArray[np.int64],
    group: NDArray[np.int32] | None,
    left_out: NDArray[np.int64],
) -> _Shared:
    """What every two texts have in common but some stretches of words; of copies, of those two that have most."""
    count = len(text)
    spans, cluster = _matched(run, numbers)
    bounds = np.asarray(run.tokens.bounds)
    sides = [owners_of(bounds, spans[:, side]) for side in (0, 2)]
    apart = text[sides[0]] != text[sides[1]]
    spans, cluster = spans[apart], cluster[apart]
    a, b = (side[apart] for side in sides)
    passages = witnesses_of(run)
    passages = passages.take(np.isin(passages.cluster, cluster))
    *more, complete = _of_clusters(passages, text, group, text[a] * count + text[b], cluster)
    # A row for each span of either side: the two documents, the one that it is of being named first.
    own = np.concatenate((a, b, passages.document[more[0]]))
    other = np.concatenate((b, a, passages.document[more[1]]))
    start = np.concatenate((spans[:, 0], spans[:, 2], passages.start[more[0]]))
    end = np.concatenate((spans[:, 1], spans[:, 3], passages.end[more[0]]))
    apart_from, nowhere = Union.of(*left_out.T), np.zeros_like(start)
    start, end = start - apart_from.within(nowhere, start), end - apart_from.within(nowhere, end)
    directed, row = np.unique(own * count + other, return_inverse=True)
    said = union_lengths(row, start, end, len(directed))
    matches = np.bincount(row[: 2 * len(a)], minlength=len(directed))
    matches[text[directed // count] * count + text[directed % count] != directed] = 0  # only of the first documents
    low, high = text[directed // count], text[directed % count]
    turned = low > high
    keys, pair = np.unique(np.where(turned, high, low) * count + np.where(turned, low, high), return_inverse=True)
    words = np.zeros((2, len(keys)), dtype=np.int64)
    np.maximum.at(words, (turned.astype(np.int64), pair), said)
    most = np.zeros(len(keys), dtype=np.int64)
    np.maximum.at(most, pair, matches)
    return _Shared(keys // count, keys % count, most, words, complete)


def _matched(run: StoredRun, numbers: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token positions (int64, matches x 4) and clusters (int64) of the matches that count."""
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)
    stored = (number for (number,) in run.sql("SELECT cluster FROM matches ORDER BY match"))
    cluster = np.fromiter(stored, dtype=np.int64, count=len(spans))
    return (spans, cluster) if numbers is None else (spans[numbers], cluster[numbers])


def _of_clusters(
    passages: Witnesses,
    text: NDArray[np.int64],
    group: NDArray[np.int32] | None,
    matched: NDArray[np.int64],
    cluster: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Rows of passages (int64 both) of two texts in one cluster that no match of it links, in both orders; if all are.

    Args:
        passages: Of the clusters that count.
        text: int64 (documents,): the first document of the text of each.
        group: int32 (documents,): documents of one group were not compared.
        matched: int64 (matches,): the two texts of each match, as one number.
        cluster: int64 (matches,): its cluster.
    """
    count = len(text)
    of = text[passages.document]
    # Of the copies of a text in a cluster the first document speaks, or else the first that has a passage.
    order = np.lexsort((passages.start, passages.document, passages.document != of, of, passages.cluster))
    opens = differs(passages.cluster[order], of[order])
    speaker = passages.document[order][opens][np.cumsum(opens) - 1]
    order = order[passages.document[order] == speaker]
    sizes = np.diff(np.flatnonzero(differs(passages.cluster[order])), append=len(order))
    rising = np.argsort(sizes, kind="stable")
    kept = np.zeros(len(sizes), dtype=bool)
    kept[rising] = np.cumsum(sizes[rising] ** 2) <= MOST_PAIRS
    width, begins = np.repeat(sizes, sizes), np.repeat(bounds_of(sizes)[:-1], sizes)
    row, nth = spread(np.where(np.repeat(kept, sizes), width, 0))
    one, two = order[row], order[begins[row] + nth]
    differ = of[one] != of[two]
    if group is not None:
        differ &= group[passages.document[one]] != group[passages.document[two]]
    one, two = one[differ], two[differ]
    known = np.concatenate((matched, matched % count * count + matched // count))
    linked = np.isin(
        passages.cluster[one] * count * count + of[one] * count + of[two],
        np.concatenate((cluster, cluster)) * count * count + known,
    )
    return one[~linked], two[~linked], bool(kept.all())


def _ranks(names: list[str]) -> NDArray[np.int64]:
    """Place of each name (int64, names) in their order."""
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks
