"""Groups of equal runs of words that walk on word by word, all at once, until their ways part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.hashing import mixed
from reuse.arrays.keys import differs
from reuse.arrays.ragged import bounds_of, spread
from reuse.arrays.records import RaggedColumns
from reuse.arrays.stepped import Ranks, Stepped
from reuse.corpus.tokens import Tokens
from reuse.formulas.sequences import refrains, sequences
from reuse.work.workers import ALONE, Workers

LONGEST_STEP = 1 << 14
"""Words that a walk compares at once at most; it starts with one and doubles while all occurrences agree."""

STEP_BUDGET = 1 << 22
"""Words compared in one round at most, all walks together: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Walks(RaggedColumns):
    """Groups of positions that begin with the same words, each group walking to its next branch.

    Attributes:
        positions, bounds: The occurrences, ascending within a walk.
        depth: Words that they are known to share.
        step: Words to compare next.
        limit: Words from the occurrence that is nearest to the end of its sentence to that end.
        df: Documents that have it.
        partners: For each of `positions`, a number that goes with it: whatever the caller wants to know of it later;
            empty where there is nothing to know.
        origin: For each walk, a number that its branches inherit.
    """

    ELEMENTS: ClassVar = ("positions", "partners")

    positions: Positions
    bounds: NDArray[np.int64]
    depth: NDArray[np.int64]
    step: NDArray[np.int64]
    limit: NDArray[np.int64]
    df: NDArray[np.int64]
    partners: Positions
    origin: NDArray[np.int64]


def opening(tokens: Tokens, workers: Workers = ALONE) -> NDArray[np.bool_]:
    """Which tokens begin a sentence (bool), or stand where no phrase goes on (see `sequences`).

    Args:
        tokens: The corpus.
        workers: Have a place for columns.
    """
    opens = sequences(tokens, workers)
    opens |= refrains(tokens, workers)
    opens |= tokens.opens_sentence
    return opens


@dataclass(frozen=True, slots=True)
class Sentences:
    """The columns that the walks read, and which runs are worth one.

    Attributes:
        ids: int32 (n,): the tokens.
        documents: int32 (n,): the document of each.
        sentence_ends: int32 (n,): where the sentence of each ends; as that, looked up where only new text counts.
        opens_sentence: bool (n,): which of them begin one.
        min_documents, min_occurrences: What a run must have at least.
        since: Position from which on a run must have an occurrence; 0: anywhere.
        places: int64: where before that position such runs begin, and others, in any order; None: anywhere.
    """

    ids: NDArray[np.int32]
    documents: NDArray[np.int32] | Stepped
    sentence_ends: NDArray[np.int32] | Stepped
    opens_sentence: NDArray[np.bool_]
    min_documents: int
    min_occurrences: int
    since: int = 0
    places: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, tokens: Tokens, min_documents: int, min_occurrences: int = 2) -> Sentences:
        """The columns of a corpus; nothing runs into a sequence or into the next refrain (see `sequences`)."""
        return cls.opened(tokens, opening(tokens), min_documents, min_occurrences)

    @classmethod
    def opened(
        cls,
        tokens: Tokens,
        opens: NDArray[np.bool_],
        min_documents: int,
        min_occurrences: int = 2,
        *,
        since: int = 0,
        places: NDArray[np.int64] | None = None,
        workers: Workers = ALONE,
    ) -> Sentences:
        """The same where it is known which tokens begin a sentence (bool, tokens; as `opening` has it)."""
        starts = np.append(np.flatnonzero(opens), len(tokens))
        ends = Stepped(starts, starts[1:].astype(np.int32), Ranks.of(opens) if since else None)
        documents = Stepped(tokens.bounds, np.arange(tokens.documents, dtype=np.int32))
        if not since:  # nearly all rows are asked for
            laid_out = documents.laid_out(workers), ends.laid_out(workers)
            return cls(tokens.ids, *laid_out, opens, min_documents, min_occurrences)
        return cls(tokens.ids, documents, ends, opens, min_documents, min_occurrences, since, places)

    def backwards(self) -> Sentences:
        """The same sentences read from their ends: position p becomes n - 1 - p."""
        opens = np.append(self.opens_sentence[1:], True)[::-1]
        starts = np.append(np.flatnonzero(opens), len(opens))
        ends = np.repeat(starts[1:].astype(np.int32), np.diff(starts))
        return Sentences(self.ids[::-1], self.documents[:][::-1], ends, opens, self.min_documents, self.min_occurrences)

    def walked(self, walks: Walks, work: int, most: int | None = None) -> tuple[Walks, bool]:
        """All branches that the walks come to, the nearest first, and whether they are all.

        Args:
            walks: Where to begin.
            work: Words compared at most.
            most: No more branches are sought when those found have so many occurrences; None: no limit.
        """
        found: list[Walks] = []
        occurrences = 0
        while len(walks) and work > 0 and (most is None or occurrences < most):
            agreed, block = self.agreement(walks)
            work -= int((walks.sizes() * np.maximum(block, 1)).sum())
            depth = walks.depth + agreed
            walks = replace(walks, depth=depth, step=np.minimum(2 * walks.step, LONGEST_STEP))
            branches = (agreed < block) | (depth == walks.limit)
            ended = walks.take(branches)
            found.append(ended)
            occurrences += len(ended.positions)
            walks = Walks.concatenate(walks.take(~branches), self.children(ended))
        return Walks.concatenate(*found), not len(walks)

    def agreement(self, walks: Walks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many of the next words all occurrences have in common, and how many were compared, for each walk."""
        sizes = walks.sizes()
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

    def children(self, ended: Walks) -> Walks:
        """The walks that go on from a branch: occurrences with the same next word, where two or more have it."""
        ended = ended.take(ended.sizes() > max(self.min_occurrences, self.min_documents))
        owner = ended.owners()
        following = ended.positions + ended.depth[owner]
        inside = following < self.sentence_ends[ended.positions]
        positions, owner = ended.positions[inside], owner[inside]
        word = self.ids[following[inside]]
        hashes = mixed(owner.astype(np.uint64) << np.uint64(32) | word.astype(np.uint64))
        order, bounds = equal_groups(hashes, lambda rows: (owner[rows], word[rows]))
        depth = ended.depth[owner[order[bounds[:-1]]]] + 1
        partners = ended.partners[inside][order] if len(ended.partners) else ended.partners
        origin = ended.origin[owner[order[bounds[:-1]]]]
        return self.worth_walking(positions[order], bounds, depth, partners, origin)

    def worth_walking(
        self,
        at: Positions,
        bounds: NDArray[np.int64],
        depth: NDArray[np.int64],
        partners: Positions,
        origin: NDArray[np.int64],
    ) -> Walks:
        """The groups in enough documents, not all behind the same word, that have an occurrence behind `since`."""
        sizes = np.diff(bounds)
        worth = sizes >= self.min_occurrences
        if len(at):
            worth &= at[bounds[1:] - 1] >= self.since
            opens = self.opens_sentence[at]
            before = self.ids[np.maximum(at - 1, 0)]
            varies = opens.copy()
            varies[1:] |= before[1:] != before[:-1]
            varies[bounds[:-1]] = opens[bounds[:-1]]
            worth &= np.logical_or.reduceat(varies, bounds[:-1])
        if not worth.any():
            return Walks.empty()
        rows = np.repeat(worth, sizes)
        at, bounds, depth, origin = at[rows], bounds_of(sizes[worth]), depth[worth], origin[worth]
        partners = partners[rows] if len(partners) else partners
        first = bounds[:-1]
        documents = self.documents[at]
        changes = differs(documents)
        changes[first] = True
        df = np.add.reduceat(changes, first, dtype=np.int64)
        limit = np.minimum.reduceat(self.sentence_ends[at] - at, first)
        walks = Walks(at, bounds, depth, np.ones(len(first), dtype=np.int64), limit, df, partners, origin)
        enough = df >= self.min_documents
        return walks if enough.all() else walks.take(enough)
