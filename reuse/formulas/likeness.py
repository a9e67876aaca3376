"""How alike two formulas are: the share of their information that lies in the words that they have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein, Postfix, Prefix
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, ranges, slices_of
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.company import Company
from reuse.formulas.moulds import Moulds
from reuse.formulas.phrases import Formulas
from reuse.formulas.word_edits import edits_of
from reuse.options import FamilyOptions

Words = Sequence[str] | NDArray[np.str_] | Callable[[int], str]
"""The normalised words by vocabulary id: a sequence, or a function of the id."""

EDITS = 8
"""Edits to be expected between two long formulas that are forms of one another."""

_FIRST_CHARACTER = 0x10000
"""Words are written as characters from the first code point above the surrogates' plane."""

SLICE = 1 << 16
"""Pairs that rapidfuzz compares in one call, during which it keeps the interpreter to itself."""

WORDS = 1 << 19
"""Words of the pairs that are compared at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Close(FlatColumns):
    """Pairs of formulas that differ by few enough words for the one to be a form of the other.

    Attributes:
        left: int64 (pairs,): the better formula of each.
        right: int64 (pairs,): the worse one.
        edits: int32 (pairs,): words by which they differ.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    edits: NDArray[np.int32]

    @classmethod
    def among(
        cls,
        left: NDArray[np.int64],
        right: NDArray[np.int64],
        ids: NDArray[np.int32],
        lengths: NDArray[np.integer],
        options: FamilyOptions,
    ) -> Close:
        """Those of some pairs.

        Args:
            left: int64 (pairs,): better formulas.
            right: int64 (pairs,): worse ones.
            ids: int32 (words,): numbers of the words of all formulas, formula after formula.
            lengths: int (formulas,): their words.
            options: When two formulas are forms of one another.
        """
        allowed = allowed_edits(np.maximum(lengths[left], lengths[right]), options)
        may = np.abs(lengths[left] - lengths[right]) <= allowed
        left, right, allowed = left[may], right[may], allowed[may]
        compared, rows = numbered(np.concatenate((left, right)))
        one, other = np.split(rows, 2)
        words = ids[ranges(bounds_of(lengths)[compared], lengths[compared])]
        texts = as_texts(numbered(words)[1], bounds_of(lengths[compared]))
        edits = np.zeros(len(left), dtype=np.int32)
        for start in range(0, len(left), SLICE):
            some = slice(start, start + SLICE)
            # Few edits are the rule: with a hint of so many, long formulas are compared in a narrow band first.
            edits[some] = cpdist(
                texts[one[some]], texts[other[some]], scorer=Levenshtein.distance, score_hint=EDITS, dtype=np.int32
            )
        return cls(left, right, edits).take(edits <= allowed)


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares formulas word by word: two at a time (`likeness`), or many (`likenesses`), with the same results.

    Attributes:
        ids: int32 (words of all formulas,): numbers of the words, formula after formula.
        bounds: int64 (formulas + 1,): formula f owns the rows bounds[f] to bounds[f + 1] of `ids` and `content`.
        texts: object (formulas,): each formula as a string with one character a word.
        tf: int64 (formulas,): occurrences.
        whole: float64 (formulas,): bits of all words of each formula.
        content: bool (words of all formulas,): which are content words.
        content_words: int64 (formulas,): how many content words each has.
        bits: float64 (distinct words,): −log2 p of each word.
        words: object (distinct words,): the normalised words by the same numbers.
        letters: int64 (distinct words,): characters of each.
        company: The documents that they stand in.
        moulds: What is the same in several but for one place.
        options: When two formulas are forms of one another.
    """

    ids: NDArray[np.int32]
    bounds: NDArray[np.int64]
    texts: NDArray[np.object_]
    tf: NDArray[np.int64]
    whole: NDArray[np.float64]
    content: NDArray[np.bool_]
    content_words: NDArray[np.int64]
    bits: NDArray[np.float64]
    words: NDArray[np.object_]
    letters: NDArray[np.int64]
    company: Company
    moulds: Moulds
    options: FamilyOptions

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        ids: NDArray[np.int32],
        formulas: Formulas,
        words: Words,
        content: NDArray[np.bool_],
        known: tuple[Company, Moulds],
        options: FamilyOptions,
    ) -> Judge:
        """The judge of some formulas of a corpus.

        Args:
            tokens: The corpus.
            ids: int32 (words of these formulas,): their vocabulary ids, formula after formula.
            formulas: These formulas.
            words: The normalised words by vocabulary id.
            content: bool (words of these formulas,): see `content_words`.
            known: The documents that they stand in, and what they are the same in as others but for one place.
            options: When two formulas are forms of one another.
        """
        distinct, numbers = numbered(ids)
        read = words if callable(words) else words.__getitem__
        bits = -log2(tokens.vocabulary.counts[distinct] / max(len(tokens), 1))
        spelt = [str(read(word)) for word in distinct.tolist()]
        return cls.between(numbers, formulas.tokens, formulas.tf, content, bits, spelt, options, known)

    @classmethod
    def between(
        cls,
        numbers: NDArray[np.integer],
        lengths: NDArray[np.integer],
        tf: NDArray[np.integer],
        content: NDArray[np.bool_],
        bits: NDArray[np.float64],
        words: Sequence[str],
        options: FamilyOptions,
        known: tuple[Company, Moulds] | None = None,
    ) -> Judge:
        """The judge of formulas of these lengths, words and frequencies; see the attributes."""
        bounds = bounds_of(lengths)
        known = known or (Company.unknown(len(lengths)), Moulds.of(numbers.astype(np.int32), lengths, content))
        return cls(
            numbers.astype(np.int32),
            bounds,
            as_texts(numbers, bounds),
            tf.astype(np.int64),
            np.add.reduceat(bits[numbers], bounds[:-1]),
            content,
            np.add.reduceat(content, bounds[:-1], dtype=np.int64),
            bits,
            _objects(words),
            np.array([len(word) for word in words], dtype=np.int64),
            *known,
            options,
        )

    def forms(self, close: Close) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which pairs of a better and a worse formula are alike enough for the worse to be a form of the better.

        Returns:
            The pairs in two columns, by worse formula, then edits a word, then better formula.
        """
        close = close.take(self.likenesses(close.left, close.right) >= self.options.likeness)
        lengths = np.diff(self.bounds)
        longer = np.maximum(lengths[close.left], lengths[close.right])
        close = close.take(np.lexsort((close.left, close.edits / longer, close.right)))
        return close.left, close.right

    def likeness(self, head: int, formula: int, steps: int = 1) -> float:
        """Share (0–1) of the information of both in the words that they share; 0 if `formula` cannot be a form.

        It cannot when too little of the content of either is left (words that each has of its own count more
        where the two seem to be two ideas), with more edits than `steps` times the allowed
        ones, nor when it says less than the head and stands far more often: that is a more general formula, such as a
        part of the head that stands mostly elsewhere.
        """
        if self.tf[formula] > self.options.more_often * self.tf[head] and self.whole[formula] < self.whole[head]:
            return 0.0
        first, second, options = str(self.texts[head]), str(self.texts[formula]), self.options
        edits = Levenshtein.editops(first, second)
        if len(edits) > steps * max(options.max_edits, max(len(first), len(second)) // options.words_an_edit - 1):
            return 0.0
        most, least = self._limits(steps)
        own_first, own_second, lost = 0, 0, 0.0  # content words that the other has not, and bits
        for kind, at, to in cast("list[tuple[str, int, int]]", edits.as_list()):
            old = -1 if kind == "insert" else ord(first[at]) - _FIRST_CHARACTER
            new = -1 if kind == "delete" else ord(second[to]) - _FIRST_CHARACTER
            if old >= 0 and new >= 0 and self.same_word(str(self.words[old]), str(self.words[new])):
                continue
            if old >= 0:
                lost += self.bits[old]
                own_first += int(self.content[self.bounds[head] + at])
            if new >= 0:
                lost += self.bits[new]
                own_second += int(self.content[self.bounds[formula] + to])
        times = 1.0
        if own_first and own_second:
            times = float(self._apart(np.array([head]), np.array([formula]))[0])
        left_first = most * self.content_words[head] - times * own_first
        left_second = most * self.content_words[formula] - times * own_second
        if min(left_first, left_second) < -1e-9:
            return 0.0
        shared = float(1 - lost / max(self.whole[head] + self.whole[formula], 1e-9))
        return 0.0 if shared < least and (first in second or second in first) else shared

    def likenesses(self, heads: NDArray[np.int64], formulas: NDArray[np.int64], steps: int = 1) -> NDArray[np.float64]:
        """`likeness` (float64, pairs) of many pairs of a head and a formula."""
        found = np.zeros(len(heads))
        rows = np.flatnonzero(~self._more_general(heads, formulas))
        lengths = np.diff(self.bounds)
        for part in slices_of(lengths[heads[rows]] + lengths[formulas[rows]], WORDS):
            some = rows[part]
            found[some] = self._shared(heads[some], formulas[some], steps)
        return found

    def _shared(self, heads: NDArray[np.int64], formulas: NDArray[np.int64], steps: int) -> NDArray[np.float64]:
        """The likeness of so many pairs, however often the one stands and the other."""
        pairs = len(heads)
        edits = edits_of(self.ids, self.bounds, self.texts, heads, formulas)
        lengths = np.diff(self.bounds)
        longer = np.maximum(lengths[heads], lengths[formulas])
        few = np.bincount(edits.pair, minlength=pairs) <= steps * allowed_edits(longer, self.options)
        replaced = (edits.old >= 0) & (edits.new >= 0)
        counts = few[edits.pair]
        replaced &= counts
        counts[replaced] = ~self._same_words(self.ids[edits.old[replaced]], self.ids[edits.new[replaced]])
        pair, old, new = edits.pair[counts], edits.old[counts], edits.new[counts]
        most, least = self._limits(steps)
        own = []
        bits = np.zeros((len(pair), 2))
        for side, rows in enumerate((old, new)):
            there = rows >= 0
            bits[there, side] = self.bits[self.ids[rows[there]]]
            own.append(np.bincount(pair[there], self.content[rows[there]], minlength=pairs))
        both = np.flatnonzero(np.minimum(*own) > 0)
        times = np.ones(pairs)
        times[both] = self._apart(heads[both], formulas[both])
        left = [most * self.content_words[heads] - times * own[0], most * self.content_words[formulas] - times * own[1]]
        # Summed up in the order of the text, the old word before the new one, so that the last bit is the same as well.
        lost = np.bincount(np.repeat(pair, 2), bits.ravel(), minlength=pairs)
        shared = 1 - lost / np.maximum(self.whole[heads] + self.whole[formulas], 1e-9)
        shared[~few | (np.minimum(left[0], left[1]) < -1e-9)] = 0.0
        for row in np.flatnonzero((shared != 0) & (shared < least)).tolist():
            first, second = self.texts[heads[row]], self.texts[formulas[row]]
            if first in second or second in first:
                shared[row] = 0.0
        return np.asarray(shared, dtype=np.float64)

    def _apart(self, heads: NDArray[np.int64], formulas: NDArray[np.int64]) -> NDArray[np.float64]:
        """How many times the content words count that either of a pair has of its own (float64, pairs)."""
        texts = self.texts[heads], self.texts[formulas]
        common = (
            cpdist(*texts, scorer=Prefix.similarity, dtype=np.int64),
            cpdist(*texts, scorer=Postfix.similarity, dtype=np.int64),
        )
        times = np.where(self.moulds.shared(heads, formulas, common), self.options.in_a_mould, 1.0)
        times[self.company.kept(heads, formulas, self.options.company)] = self.options.in_company
        return times

    def _more_general(self, heads: NDArray[np.int64], formulas: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the formulas (bool, pairs) say less than the head and stand far more often."""
        often: NDArray[np.bool_] = self.tf[formulas] > self.options.more_often * self.tf[heads]
        return often & (self.whole[formulas] < self.whole[heads])

    def _limits(self, steps: int) -> tuple[float, float]:
        """Most of the content that may be lost, and the least likeness of nested formulas (shares, 0–1)."""
        easier = (steps - 1) * (self.options.likeness - self.options.head_likeness)
        return 1 - self.options.content + easier, self.options.nested_likeness - easier

    def same_word(self, one: str, other: str) -> bool:
        """Whether two words are forms of one word: alike enough, or the same for their first half."""
        stem = Prefix.similarity(one, other)
        if stem >= self.options.stem and 2 * stem >= max(len(one), len(other)):
            return True
        return bool(ratio(one, other) >= 100 * self.options.same_word)

    def _same_words(self, old: NDArray[np.int32], new: NDArray[np.int32]) -> NDArray[np.bool_]:
        """`same_word` of many pairs of words by number (bool, pairs), each distinct pair looked at once."""
        keys, which = np.unique(old.astype(np.int64) << np.int64(32) | new, return_inverse=True)
        one, other = self.words[keys >> np.int64(32)], self.words[keys & np.int64(0xFFFFFFFF)]
        letters = np.maximum(self.letters[keys >> np.int64(32)], self.letters[keys & np.int64(0xFFFFFFFF)])
        stem = cpdist(one, other, scorer=Prefix.similarity, dtype=np.int64)
        alike = cpdist(one, other, scorer=ratio, dtype=np.float64) >= 100 * self.options.same_word
        return np.asarray(((stem >= self.options.stem) & (2 * stem >= letters) | alike)[which], dtype=np.bool_)


def allowed_edits(longer: NDArray[np.integer], options: FamilyOptions) -> NDArray[np.int64]:
    """Most edits (int64, pairs) between two formulas of which the longer has so many words."""
    return np.asarray(np.maximum(options.max_edits, longer // options.words_an_edit - 1), dtype=np.int64)


def numbered(ids: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct ones (int64, ascending) of some numbers from 0 on, and for each of these its row there (int64)."""
    present = np.zeros(int(ids.max(initial=-1)) + 1, dtype=bool)
    present[ids] = True
    return np.flatnonzero(present), (np.cumsum(present) - 1)[ids]


def as_texts(numbers: NDArray[np.integer], bounds: NDArray[np.int64]) -> NDArray[np.object_]:
    """Formulas (object, formulas) as strings with one character a word, given the words of all of them end to end."""
    joined = (numbers.astype("<u4") + np.uint32(_FIRST_CHARACTER)).tobytes().decode("utf-32-le")
    return _objects([joined[a:b] for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)])


def _objects(texts: Sequence[str]) -> NDArray[np.object_]:
    """Strings as an array of objects."""
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column
