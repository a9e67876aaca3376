"""Every repeat that cannot be extended: the branching nodes of the suffix tree of all sentences.

A run of words is *closed* when no one-word extension inside its sentences occurs as often. On the right that makes it a
branching node of the suffix tree of the sentences (the end of each sentence counting as a word of its own); on the left
it means that the words before its occurrences differ. When they do not differ for a run, they do not differ for any
longer run that begins with it, so such a run is dropped with all that would follow: two copies of a document cost one
walk along the document, not one from each of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens

Positions = NDArray[np.int64]
Columns = Callable[[Positions], Sequence[NDArray[np.integer]]]

LONGEST_STEP = 1 << 14
"""Words that a walk compares at once at most; it starts with one and doubles while all occurrences agree."""

STEP_BUDGET = 1 << 22
"""Words compared in one round at most, all walks together: bounds the memory."""

WORK_FACTOR = 300
"""Words compared at most, per word of the corpus. Prose needs fewer than 20; a word repeated n times in a row has n
closed runs of up to n occurrences each, and only such texts reach the limit."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Closed runs of words with all their occurrences, in no particular order.

    Attributes:
        tokens: int64 (repeats,): length in words.
        df: int64 (repeats,): documents that have it.
        bounds: int64 (repeats + 1,): repeat r owns the rows bounds[r] to bounds[r + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a repeat.
        complete: False when the search was cut short (see WORK_FACTOR): the longest runs of a text that says one
            thing over and over are missing.
    """

    tokens: NDArray[np.int64]
    df: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: Positions
    complete: bool


@dataclass(frozen=True, slots=True)
class _Walks:
    """Groups of positions that begin with the same words, each group walking to its next branch.

    Attributes:
        positions, bounds: The occurrences, ascending within a walk.
        depth: Words that they are known to share.
        step: Words to compare next.
        limit: Words from the occurrence that is nearest to the end of its sentence to that end.
        df: Documents that have it.
    """

    positions: Positions
    bounds: NDArray[np.int64]
    depth: NDArray[np.int64]
    step: NDArray[np.int64]
    limit: NDArray[np.int64]
    df: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.depth)

    def owners(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    def take(self, keep: NDArray[np.bool_]) -> _Walks:
        sizes = np.diff(self.bounds)
        return _Walks(
            self.positions[np.repeat(keep, sizes)],
            bounds_of(sizes[keep]),
            self.depth[keep],
            self.step[keep],
            self.limit[keep],
            self.df[keep],
        )


def closed_repeats(tokens: Tokens, min_tokens: int, min_documents: int) -> Repeats:
    """All closed runs of at least `min_tokens` words, found twice or more and in at least `min_documents` documents.

    Every occurrence counts, overlapping ones too. Exact: equal hashes are always compared word by word.
    Cost: one sort of the corpus, then work in proportion to the words of the runs found times their occurrences.
    """
    corpus = _Corpus.of(tokens, min_documents)
    walks = _first_walks(corpus, min_tokens)
    found: list[_Walks] = []
    work = WORK_FACTOR * len(tokens) + 10 * STEP_BUDGET
    while len(walks) and work > 0:
        agreed, block = corpus.agreement(walks)
        work -= int((np.diff(walks.bounds) * np.maximum(block, 1)).sum())
        depth = walks.depth + agreed
        walks = replace(walks, depth=depth, step=np.minimum(2 * walks.step, LONGEST_STEP))
        branches = (agreed < block) | (depth == walks.limit)
        ended = walks.take(branches)
        found.append(ended)
        walks = _joined([walks.take(~branches), corpus.children(ended)])
    every = _joined(found)
    return Repeats(every.depth, every.df, every.bounds, every.positions, complete=not len(walks))


def bounds_of(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """int64 (groups + 1,): where each of the groups of these sizes begins and ends when they stand end to end."""
    bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds


def spread(lengths: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For rows of the given lengths laid end to end: the row of each element, and its place in the row (int64 both)."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    return rows, np.arange(len(rows)) - bounds_of(lengths)[rows]


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The columns that the walks read."""

    ids: NDArray[np.int32]
    documents: NDArray[np.int32]
    sentence_ends: NDArray[np.int32]
    opens_sentence: NDArray[np.bool_]
    min_documents: int

    @classmethod
    def of(cls, tokens: Tokens, min_documents: int) -> _Corpus:
        opens = tokens.opens_sentence
        starts = np.append(np.flatnonzero(opens), len(tokens))
        ends = np.repeat(starts[1:].astype(np.int32), np.diff(starts))
        return cls(tokens.ids, documents_of(tokens), ends, opens, min_documents)

    def agreement(self, walks: _Walks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many of the next words all occurrences have in common, and how many were compared, for each walk."""
        sizes = np.diff(walks.bounds)
        budget = max(1, STEP_BUDGET // len(walks.positions))
        block = np.minimum(np.minimum(walks.step, walks.limit - walks.depth), budget)
        leaders = walks.positions[walks.bounds[:-1]]
        others = np.ones(len(walks.positions), dtype=bool)
        others[walks.bounds[:-1]] = False
        at = walks.positions[others]
        owner = np.repeat(np.arange(len(walks)), sizes - 1)
        agreed = block.copy()
        if block.max() <= 1:
            compared = block[owner] == 1
            at, owner = at[compared], owner[compared]
            differs = self.ids[at + walks.depth[owner]] != self.ids[(leaders + walks.depth)[owner]]
            agreed[owner[differs]] = 0
            return agreed, block
        member, offset = spread(block[owner])
        owner = owner[member]
        ahead = walks.depth[owner] + offset
        differs = self.ids[at[member] + ahead] != self.ids[leaders[owner] + ahead]
        np.minimum.at(agreed, owner[differs], offset[differs])
        return agreed, block

    def children(self, ended: _Walks) -> _Walks:
        """The walks that go on from a branch: occurrences with the same next word, where two or more have it."""
        ended = ended.take(np.diff(ended.bounds) > max(2, self.min_documents))
        owner = ended.owners()
        following = ended.positions + ended.depth[owner]
        inside = following < self.sentence_ends[ended.positions]
        positions, owner = ended.positions[inside], owner[inside]
        word = self.ids[following[inside]]
        hashes = mixed(owner.astype(np.uint64) << np.uint64(32) | word.astype(np.uint64))
        order, bounds = equal_groups(hashes, lambda rows: (owner[rows], word[rows]))
        depth = ended.depth[owner[order[bounds[:-1]]]] + 1
        return self.worth_walking(positions[order], bounds, depth)

    def worth_walking(self, at: Positions, bounds: NDArray[np.int64], depth: NDArray[np.int64]) -> _Walks:
        """The groups that are in enough documents and whose occurrences do not all follow the same word."""
        first = bounds[:-1]
        if not len(first):
            return _joined([])
        opens = self.opens_sentence[at]
        before = self.ids[np.maximum(at - 1, 0)]
        varies = opens.copy()
        varies[1:] |= before[1:] != before[:-1]
        varies[first] = opens[first]
        documents = self.documents[at]
        changes = np.ones(len(at), dtype=bool)
        changes[1:] = documents[1:] != documents[:-1]
        changes[first] = True
        df = np.add.reduceat(changes, first, dtype=np.int64)
        limit = np.minimum.reduceat(self.sentence_ends[at] - at, first)
        walks = _Walks(at, bounds, depth, np.ones(len(first), dtype=np.int64), limit, df)
        return walks.take(np.logical_or.reduceat(varies, first) & (df >= self.min_documents))


def documents_of(tokens: Tokens) -> NDArray[np.int32]:
    """int32 (tokens,): the document of every token."""
    return np.repeat(np.arange(tokens.documents, dtype=np.int32), np.diff(tokens.bounds))


def _first_walks(corpus: _Corpus, min_tokens: int) -> _Walks:
    """Positions grouped by their first `min_tokens` words, where two or more have them."""
    starts = len(corpus.ids) - min_tokens + 1
    if starts < 2:
        return _joined([])
    ends = corpus.sentence_ends[:starts]
    inside = np.flatnonzero(np.arange(min_tokens, starts + min_tokens, dtype=np.int32) <= ends)
    hashes = np.zeros(starts, dtype=np.uint64)
    for offset in range(min_tokens):
        hashes += corpus.ids[offset : offset + starts].view(np.uint32)
        hashes *= np.uint64(0x9E3779B97F4A7C15)
    hashes = hashes[inside]
    order, bounds = equal_groups(
        hashes, lambda rows: [corpus.ids[inside[rows] + offset] for offset in range(min_tokens)]
    )
    return corpus.worth_walking(inside[order], bounds, np.full(len(bounds) - 1, min_tokens))


def _joined(walks: Sequence[_Walks]) -> _Walks:
    none = np.zeros(0, dtype=np.int64)

    def column(values: Iterable[Positions]) -> Positions:
        return np.concatenate([none, *values])

    return _Walks(
        column(walk.positions for walk in walks),
        bounds_of(column(np.diff(walk.bounds) for walk in walks)),
        column(walk.depth for walk in walks),
        column(walk.step for walk in walks),
        column(walk.limit for walk in walks),
        column(walk.df for walk in walks),
    )


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijective mix of 64-bit values whose high bits depend on all bits (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def equal_groups(hashes: NDArray[np.uint64], columns: Columns) -> tuple[Positions, NDArray[np.int64]]:
    """Group rows with equal columns; rows that stand alone are left out.

    Args:
        hashes: uint64 (n,): a hash of each row's columns, good in its high bits; overwritten.
        columns: Gives the columns of the rows asked for. Rows are grouped by these values: the hashes only bring
            candidates together.

    Returns:
        Row numbers (int64), group after group and ascending within a group; bounds of the groups (int64, groups + 1).
    """
    if len(hashes) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    row_bits = np.uint64(int(len(hashes) - 1).bit_length())
    row_mask = (np.uint64(1) << row_bits) - np.uint64(1)
    # One sort of plain integers, hash above row number, is several times faster than an argsort.
    hashes &= ~row_mask
    hashes |= np.arange(len(hashes), dtype=np.uint64)
    hashes.sort()
    changes = np.ones(len(hashes) + 1, dtype=bool)
    changes[1:-1] = (hashes[1:] ^ hashes[:-1]) > row_mask
    together = ~(changes[:-1] & changes[1:])
    order = (hashes[together] & row_mask).astype(np.int64)
    begins = changes[:-1][together]
    collides = np.zeros(len(order), dtype=bool)
    for column in columns(order):
        collides[1:] |= column[1:] != column[:-1]
    collides &= ~begins
    if collides.any():
        order, begins = _regrouped(order, begins, collides, columns)
    bounds = np.append(np.flatnonzero(begins), len(order))
    sizes = np.diff(bounds)
    alone = sizes == 1
    return order[np.repeat(~alone, sizes)], bounds_of(sizes[~alone])


def _regrouped(
    order: Positions, begins: NDArray[np.bool_], collides: NDArray[np.bool_], columns: Columns
) -> tuple[Positions, NDArray[np.bool_]]:
    """Sort the few groups in which hashes collided by their columns instead."""
    group = np.cumsum(begins) - 1
    mixed_up = np.zeros(group[-1] + 1, dtype=bool)
    mixed_up[group[collides]] = True
    rows = np.flatnonzero(mixed_up[group])
    members = order[rows]
    values = columns(members)
    arranged = np.lexsort((members, *values, group[rows]))
    order, begins = order.copy(), begins.copy()
    order[rows] = members[arranged]
    for column in values:
        begins[rows[1:]] |= column[arranged][1:] != column[arranged][:-1]
    return order, begins
