"""Families: formulas that are forms of one another, and the form that heads them.

Two formulas are forms of one another when a few words are changed, inserted or left out and the words that stay carry
most of the information. Which formulas are compared at all is told by `candidates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein, Prefix
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from reuse.corpus.tokens import Tokens
from reuse.formulas.candidates import meeting
from reuse.formulas.groups import bounds_of, documents_of, spread
from reuse.formulas.phrases import Formulas
from reuse.score.background import Background

Words = Sequence[str] | NDArray[np.str_] | Callable[[int], str]
"""The normalised words by vocabulary id: a sequence, or a function of the id."""


@dataclass(frozen=True, slots=True)
class FamilyOptions:
    """When two formulas are forms of one another.

    Attributes:
        likeness: Least share (0–1) of the information of both formulas, in bits of their single words, that lies in
            the words that they have in common. Words that differ only by spelling or inflection count as common.
        head_likeness: The same for a form of a form: what it must still share with the head of the family.
        content: Least share (0–1) of the content words of either formula that the other has too (for content words see
            `content_words`): "the secretary of war" is no form of "the secretary of state", however much of it is "the
            secretary of".
        nested_likeness: The same as `likeness` where one of the two merely has more words before or behind: "the people
            of the united states" is a formula built on "of the united states", not a form of it. Less is asked of a
            form of a form, as by `head_likeness`; so it is of `content`.
        max_edits: Most words changed, inserted or left out; formulas of 12 words or more may have one a four words.
        same_word: Least likeness (0–1, shared characters) of two words that count as one word spelt or inflected
            differently; two words that share their first half, three letters or more, count as one as well.
    """

    likeness: float = 0.65
    head_likeness: float = 0.58
    content: float = 0.6
    nested_likeness: float = 0.85
    max_edits: int = 2
    same_word: float = 0.85


@dataclass(frozen=True, slots=True)
class Families:
    """The family of each formula. A family is named by its head: its best formula in default order.

    Attributes:
        head: int32 (formulas,): head of the family that the formula belongs to; its own number for a head.
        members: int32 (formulas,): forms in that family.
        df, tf: int32 (formulas,): documents and occurrences of the family, each place counted once even where several
            of its forms overlap there.
    """

    head: NDArray[np.int32]
    members: NDArray[np.int32]
    df: NDArray[np.int32]
    tf: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.head)


FUNCTION_BITS = 7.0
"""Words that stand more often than once in 2⁷ words (in a small corpus of n words, once in √n) are by and large those
of the grammar."""

CONTENT_BITS = 10.0
"""Words that stand more seldom than once in 2¹⁰ words are content words. Those between the two are, unless the word
before calls for them."""

CALLED_FOR = 0.5
"""Probability of a word after the one before it, from which on it is no content of its own: "states" after "united"."""


EDITS = 8
"""Edits to be expected between two long formulas that are forms of one another."""

WORDS_AN_EDIT = 4
"""Formulas of more than 12 words may have one edit more for each so many words."""


def find_families(
    tokens: Tokens,
    formulas: Formulas,
    words: Words,
    options: FamilyOptions | None = None,
    *,
    background: Background | None = None,
) -> Families:
    """Group formulas into families.

    Formulas are taken from the best to the last; each joins the family of the nearest better formula that it is a
    form of, provided that it is near enough to the head as well (so a family cannot drift away from it), or heads its
    own. Cost: linear in the formulas' words (times their length, for the deletions of short ones).

    Args:
        tokens: The corpus.
        formulas: Its formulas.
        words: The normalised words by vocabulary id.
        options: When two formulas are forms of one another.
        background: The word model of the corpus; None: it is made anew.
    """
    options = options or FamilyOptions()
    if not len(formulas):
        none = np.zeros(0, dtype=np.int32)
        return Families(none, none, none, none)
    ids = _formula_ids(tokens, formulas)
    content = content_words(tokens, background or Background.of(tokens), formulas)
    judge = _Judge.of(tokens, ids, formulas, words, content, options)
    left, right = meeting(ids, formulas.tokens)
    left, right = judge.nearest_first(left, right)
    heads = list(range(len(formulas)))
    bridges: dict[tuple[int, int], None] = {}
    for better, formula in zip(left.tolist(), right.tolist(), strict=True):
        top = heads[better]
        if heads[formula] == top or judge.likeness(better, formula) < options.likeness:
            continue
        if heads[formula] == formula and (top == better or judge.likeness(top, formula, 2) >= options.head_likeness):
            heads[formula] = top
        else:
            bridges[min(top, heads[formula]), max(top, heads[formula])] = None
    _bridge(heads, bridges, judge)
    head = np.array(heads, dtype=np.int32)
    df, tf = family_counts(tokens, formulas, head)
    members = np.bincount(head, minlength=len(head)).astype(np.int32)
    return Families(head, members[head], df[head], tf[head])


def _bridge(heads: list[int], bridges: Iterable[tuple[int, int]], judge: _Judge) -> None:
    """Join families whose forms are forms of one another, where the head and half of the one are near the other's head.

    A form that is better than the one that it was made from cannot join that, and heads a family of its own at first.
    """
    members: dict[int, list[int]] = {}
    for formula, head in enumerate(heads):
        members.setdefault(head, []).append(formula)
    for better, worse in bridges:
        if better in members and worse in members:
            near = [judge.likeness(better, form, 2) >= judge.options.head_likeness for form in members[worse]]
            if near[0] and 2 * sum(near) >= len(near):  # the first is the head
                for form in members[worse]:
                    heads[form] = better
                members[better] += members.pop(worse)


def content_words(tokens: Tokens, background: Background, formulas: Formulas) -> NDArray[np.bool_]:
    """Which words of formulas are content words (bool, sum of tokens): the words of all formulas, end to end.

    What the word before calls for is judged without the formula's own occurrences, as in `Background.token_bits`.
    """
    rows, within = spread(formulas.tokens)
    positions = formulas.first()[rows] + within
    counts = tokens.vocabulary.counts[tokens.ids]
    bits = -np.log2(counts[positions] / len(tokens))
    own = formulas.tf[rows]
    elsewhere = counts[np.maximum(positions - 1, 0)] - own
    together = background.pair_counts[positions] - own
    called_for = (within > 0) & (together > 0) & (together >= CALLED_FOR * elsewhere)
    least = min(FUNCTION_BITS, np.log2(len(tokens)) / 2)
    return np.asarray((bits > least) & ((bits > CONTENT_BITS) | ~called_for), dtype=np.bool_)


def family_counts(
    tokens: Tokens, formulas: Formulas, head: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Count documents and occurrences (df, tf; int32, formulas) of families at their heads; what overlaps is one."""
    positions, bounds = family_places(tokens, formulas, head)
    documents = documents_of(tokens)[positions]
    changes = np.ones(len(positions), dtype=np.int64)
    changes[1:] = documents[1:] != documents[:-1]
    tf = np.diff(bounds)
    changes[bounds[:-1][tf > 0]] = 1
    df = np.diff(bounds_of(changes)[bounds])
    return df.astype(np.int32), tf.astype(np.int32)


def family_places(
    tokens: Tokens, formulas: Formulas, head: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where families begin, with all their forms; where forms overlap, the place counts once, at its first word.

    Args:
        tokens: The corpus.
        formulas: Its formulas.
        head: int32 (formulas,): the head of each formula's family.

    Returns:
        Token positions (int64), family after family and ascending within one; int64 (formulas + 1,): the family of
        head f owns the rows bounds[f] to bounds[f + 1], none where f is no head.
    """
    owners = formulas.owners()
    family = head[owners].astype(np.int64)
    ends = formulas.positions + formulas.tokens[owners]
    order = np.argsort(family * len(tokens) + formulas.positions)
    family, starts, ends = family[order], formulas.positions[order], ends[order]
    # Within a family, an occurrence is new when it begins behind the end of all before it. Families are kept apart
    # by a shift of their positions, so that one running maximum serves all of them.
    shift = family * (len(tokens) + 1)
    reach = np.maximum.accumulate(ends + shift)
    fresh = np.ones(len(starts), dtype=bool)
    fresh[1:] = starts[1:] + shift[1:] >= reach[:-1]
    return starts[fresh], bounds_of(np.bincount(family[fresh], minlength=len(formulas)))


def _formula_ids(tokens: Tokens, formulas: Formulas) -> NDArray[np.int32]:
    """int32 (sum of tokens,): the words of all formulas, end to end."""
    rows, within = spread(formulas.tokens)
    return np.asarray(tokens.ids[formulas.first()[rows] + within], dtype=np.int32)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Compares two formulas word by word.

    Attributes:
        texts: Each formula as a string with one character a word, so that one C++ call compares two.
        tf: Occurrences of each formula.
        whole: Bits of all words of each formula.
        content: For each word of each formula, 1 for a content word, else 0.
        content_words: How many of these each formula has.
        bits: −log2 p of each distinct word.
        words: The normalised words by the same numbers.
        same_words: Pairs of these that have been compared, and whether they are forms of one word.
    """

    texts: list[str]
    tf: list[int]
    whole: list[float]
    content: list[bytes]
    content_words: list[int]
    bits: list[float]
    words: list[str]
    options: FamilyOptions
    same_words: dict[tuple[int, int], bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tokens: Tokens,
        ids: NDArray[np.int32],
        formulas: Formulas,
        words: Words,
        content: NDArray[np.bool_],
        options: FamilyOptions,
    ) -> _Judge:
        distinct, dense = np.unique(ids, return_inverse=True)
        joined = (dense.astype("<u4") + _FIRST_CHARACTER).tobytes().decode("utf-32-le")
        bounds = bounds_of(formulas.tokens)
        texts = [joined[start:end] for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
        bits = -np.log2(tokens.vocabulary.counts[distinct] / max(len(tokens), 1))
        read = words if callable(words) else words.__getitem__
        whole = np.add.reduceat(bits[dense], bounds[:-1])
        spelt = [str(read(word)) for word in distinct.tolist()]
        return cls(
            texts,
            formulas.tf.tolist(),
            whole.tolist(),
            [content[start:end].tobytes() for start, end in pairwise(bounds.tolist())],
            np.add.reduceat(content, bounds[:-1], dtype=np.int64).tolist(),
            bits.tolist(),
            spelt,
            options,
        )

    def nearest_first(
        self, left: NDArray[np.int64], right: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pairs that have few enough edits: by worse formula, then edits a word, then better formula."""
        texts = np.array(self.texts, dtype=object)
        lengths = np.array([len(text) for text in self.texts])
        longer = np.maximum(lengths[left], lengths[right])
        allowed = np.maximum(self.options.max_edits, longer // WORDS_AN_EDIT - 1)
        alike = np.abs(lengths[left] - lengths[right]) <= allowed
        left, right, longer, allowed = left[alike], right[alike], longer[alike], allowed[alike]
        # Few edits are the rule: with a hint of so many, long formulas are compared in a narrow band first.
        distance = cpdist(texts[left], texts[right], scorer=Levenshtein.distance, score_hint=EDITS, dtype=np.int32)
        close = np.flatnonzero(distance <= allowed)
        close = close[np.lexsort((left[close], distance[close] / longer[close], right[close]))]
        return left[close], right[close]

    def likeness(self, head: int, formula: int, steps: int = 1) -> float:
        """Share (0–1) of the information of both in the words that they share; 0 if `formula` cannot be a form.

        It cannot when too little of the content of either is left, with more edits than `steps` times the allowed
        ones, nor when it says less than the head and stands far more often: that is a more general formula, such as a
        part of the head that stands mostly elsewhere.
        """
        if self.tf[formula] > 2 * self.tf[head] and self.whole[formula] < self.whole[head]:
            return 0.0
        first, second, options = self.texts[head], self.texts[formula], self.options
        edits = Levenshtein.editops(first, second)
        if len(edits) > steps * max(options.max_edits, max(len(first), len(second)) // WORDS_AN_EDIT - 1):
            return 0.0
        easier = (steps - 1) * (options.likeness - options.head_likeness)
        most = 1 - options.content + easier
        left_first = most * self.content_words[head]
        left_second = most * self.content_words[formula]
        lost = 0.0
        for kind, at, to in cast("list[tuple[str, int, int]]", edits.as_list()):
            old = -1 if kind == "insert" else ord(first[at]) - _FIRST_CHARACTER
            new = -1 if kind == "delete" else ord(second[to]) - _FIRST_CHARACTER
            if old >= 0 and new >= 0 and self._same_word(old, new):
                continue
            if old >= 0:
                lost += self.bits[old]
                left_first -= self.content[head][at]
            if new >= 0:
                lost += self.bits[new]
                left_second -= self.content[formula][to]
            if min(left_first, left_second) < -1e-9:
                return 0.0
        shared = 1 - lost / max(self.whole[head] + self.whole[formula], 1e-9)
        least = options.nested_likeness - easier
        return 0.0 if shared < least and (first in second or second in first) else shared

    def _same_word(self, old: int, new: int) -> bool:
        known = self.same_words.get((old, new))
        if known is None:
            one, other = self.words[old], self.words[new]
            stem = Prefix.similarity(one, other)
            known = stem >= 3 and 2 * stem >= max(len(one), len(other))
            known = known or bool(ratio(one, other) >= 100 * self.options.same_word)
            self.same_words[old, new] = known
        return known


_FIRST_CHARACTER = 0x10000
"""Words are numbered from the first code point above the surrogates' plane."""
