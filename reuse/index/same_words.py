"""Places of a text and of a corpus that say the same, gathered by what they say, so that not each is paired with each.

A run of words that is said ten times here and a thousand times there makes ten thousand pairs of places, and but a
thousand and ten places. What is said next tells them apart, and only small groups are paired.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import pair_keys
from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus.tokens import Tokens
from reuse.index.seeds import Anchors


@dataclass(frozen=True, slots=True)
class Side:
    """A text or a corpus, its words numbered as in the vocabulary of the text.

    Attributes:
        ids: int32 (tokens,): its words by its own numbers.
        numbers: int32 (words,): the common number of each; -1: the text has not got it.
        ends: bool (tokens + 1,): whether a document ends before each position, and behind the last token.
    """

    ids: NDArray[np.int32]
    numbers: NDArray[np.int32]
    ends: NDArray[np.bool_]

    @classmethod
    def of(cls, tokens: Tokens, hashes: NDArray[np.uint64]) -> Side:
        """That of some tokens, given the hashes of the text's words (uint64, ascending, at least one)."""
        own = tokens.vocabulary.hashes
        at = np.minimum(np.searchsorted(hashes, own), len(hashes) - 1)
        ends = np.zeros(len(tokens) + 1, dtype=bool)
        ends[tokens.bounds] = True
        return cls(tokens.ids, np.where(hashes[at] == own, at, -1).astype(np.int32), ends)

    def words(self, at: NDArray[np.int64]) -> NDArray[np.int32]:
        """The common numbers of the words at some positions (int32)."""
        return self.numbers[self.ids[at]]


@dataclass(frozen=True, slots=True)
class SameWords:
    """Places of a text and of a corpus in groups; those of one group say the same, as far as is known.

    Attributes:
        text, corpus: Both sides.
        a, b: int64: token positions in the one and in the other, by group and then ascending.
        a_group, b_group: int64: the number of the group of each, ascending.
    """

    text: Side
    corpus: Side
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    a_group: NDArray[np.int64]
    b_group: NDArray[np.int64]

    def anchors(self, size: int, longest: int, cap: int, most: int) -> list[Anchors]:
        """Pairs of places that say the same, those of frequent runs of words as soon as these are long enough.

        Args:
            size: Tokens that the places of a group may have in common: the hashes of so many are the same.
            longest: Tokens up to which runs of words are lengthened.
            cap: Places in the corpus up to which all are anchors of a place in the text.
            most: Places that are, of those that are more over `longest` tokens.

        Returns:
            Anchors whose `a` are positions in the text, and whose `b` are those in the corpus and the length of the
            text more.
        """
        same = self.confirmed(size)
        found = []
        while True:
            sizes = np.bincount(same.b_group, minlength=int(same.a_group.max(initial=-1)) + 1)
            rare = sizes <= cap
            paired = np.where(rare, sizes, most if size >= longest else 0)
            row = np.repeat(np.arange(len(same.a)), paired[same.a_group])
            b = same.b[ranges(bounds_of(sizes)[same.a_group], paired[same.a_group])]
            found.append(Anchors.single(same.a[row], b + len(same.text.ids), size))
            if size >= longest or rare.all():
                return found
            size += 1
            same = same.taken(~rare[same.a_group], ~rare[same.b_group]).longer(size)

    def confirmed(self, size: int) -> SameWords:
        """Groups of those that do say the same over so many tokens, given that the hashes of these are the same."""
        firsts = self.a[np.searchsorted(self.a_group, np.arange(int(self.a_group.max(initial=-1)) + 1))]
        here, there = np.ones(len(self.a), dtype=bool), np.ones(len(self.b), dtype=bool)
        for offset in range(size):
            words = self.text.words(firsts + offset)
            here &= words[self.a_group] == self.text.words(self.a + offset)
            there &= words[self.b_group] == self.corpus.words(self.b + offset)
        if here.all():
            return self.taken(here, there)
        same = self  # hashes of the text collide: its places make further groups
        for offset in range(size):
            same = same.agreeing(offset)
        return same

    def longer(self, size: int) -> SameWords:
        """Groups of those that say the same over so many tokens, given that they do over one less."""
        at = size - 1
        return self.taken(~self.text.ends[self.a + at], ~self.corpus.ends[self.b + at]).agreeing(at)

    def agreeing(self, offset: int) -> SameWords:
        """Groups of those that have the same word so many tokens further on, too."""
        keys = pair_keys(self.a_group, self.text.words(self.a + offset))
        wanted, a_group = np.unique(keys, return_inverse=True)
        theirs = self.corpus.words(self.b + offset)
        # What is in no group has a key that none has.
        keys = np.where(theirs < 0, np.uint64(2**64 - 1), pair_keys(self.b_group, theirs))
        b_group = np.searchsorted(wanted, keys)
        same = np.append(wanted, np.uint64(2**64 - 1))[b_group] == keys
        same &= theirs >= 0
        of_a, of_b = np.argsort(a_group, kind="stable"), np.flatnonzero(same)
        of_b = of_b[np.argsort(b_group[of_b], kind="stable")]
        return replace(self, a=self.a[of_a], b=self.b[of_b], a_group=a_group[of_a], b_group=b_group[of_b])

    def taken(self, a: NDArray[np.bool_], b: NDArray[np.bool_]) -> SameWords:
        """Some of the places."""
        return replace(self, a=self.a[a], b=self.b[b], a_group=self.a_group[a], b_group=self.b_group[b])
