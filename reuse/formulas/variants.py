"""Families: formulas that are forms of one another, and the form that heads them.

Two formulas are forms of one another when a few words are changed, inserted or left out and the words that stay carry
most of the information. Which formulas are compared at all is told by `candidates`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, ranges, row_of_each, slices_of, spread
from reuse.arrays.records import FlatColumns
from reuse.corpus.tokens import Tokens
from reuse.formulas.company import Company
from reuse.formulas.likeness import Close, Judge, Words
from reuse.formulas.meeting import meeting
from reuse.formulas.moulds import Moulds
from reuse.formulas.phrases import Formulas
from reuse.formulas.whole import texts_with
from reuse.options import FamilyOptions
from reuse.score.background import Background

CHUNK = 1 << 20
"""Occurrences of families looked at at once: bounds the memory."""

ROUNDS = 3
"""How often the heads are guessed, so that what must be known of them can be found out for all at once."""


@dataclass(frozen=True, slots=True)
class Families(FlatColumns):
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

    @classmethod
    def alone(cls, formulas: Formulas) -> Families:
        """Each formula as a family of its own."""
        numbers = np.arange(len(formulas), dtype=np.int32)
        return cls(numbers, np.ones_like(numbers), formulas.df, formulas.tf)


def find_families(
    tokens: Tokens,
    formulas: Formulas,
    words: Words,
    options: FamilyOptions | None = None,
    *,
    background: Background | None = None,
    text_of: NDArray[np.int64] | None = None,
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
        text_of: int64 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.
    """
    options = options or FamilyOptions()
    if not len(formulas):
        return Families.empty()
    ids = _formula_ids(tokens, formulas)
    close = Close.among(*meeting(ids, formulas.tokens), ids, formulas.tokens, options)
    head = np.arange(len(formulas), dtype=np.int32)
    if len(close):
        # What has no other close to it is a family of its own: nothing more need be known of it.
        compared = np.unique(np.concatenate((close.left, close.right)))
        judge = _judge(tokens, ids, formulas, compared, words, options, background, text_of)
        one, other = (np.searchsorted(compared, side) for side in (close.left, close.right))
        left, right = judge.forms(Close(one, other, close.edits))
        head[compared] = compared[_heads(left, right, judge)]
    df, tf = family_counts(tokens, formulas, head)
    members = np.bincount(head, minlength=len(head)).astype(np.int32)
    return Families(head, members[head], df[head], tf[head])


def _judge(
    tokens: Tokens,
    ids: NDArray[np.int32],
    formulas: Formulas,
    compared: NDArray[np.int64],
    words: Words,
    options: FamilyOptions,
    background: Background | None,
    text_of: NDArray[np.int64] | None,
) -> Judge:
    """The judge of some formulas (int64, rows), which are numbered from 0 on then; as for `find_families`."""
    background = background or Background.of(tokens)

    def content_of(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        return content_words(tokens, background, formulas.take(rows), options)

    some = formulas.take(compared)
    of_documents = np.arange(tokens.documents) if text_of is None else text_of
    counted = of_documents[tokens.document_of(some.positions)]
    company = Company.of(some, counted, len(np.unique(of_documents[np.diff(tokens.bounds) > 0])))
    moulds = Moulds.among(compared, ids, formulas.tokens, content_of)
    return Judge.of(tokens, _formula_ids(tokens, some), some, words, content_of(compared), (company, moulds), options)


class _Near:
    """Whether formulas are near enough to heads of families, as far as it is known.

    What is known is kept under head · formulas + formula.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._formulas = len(judge.tf)
        self._known: dict[int, bool] = {}

    def of(self, head: int, formula: int) -> bool:
        """Whether a formula may be in the family of that head."""
        near = self._known.get(head * self._formulas + formula)
        if near is None:
            near = self._judge.likeness(head, formula, 2) >= self._judge.options.head_likeness
            self._known[head * self._formulas + formula] = near
        return near

    def guess(self, asked: set[int]) -> Callable[[int, int], bool]:
        """The same, but what is not known is supposed to be so, and noted down in `asked`."""
        known, formulas = self._known, self._formulas

        def supposed(head: int, formula: int) -> bool:
            near = known.get(head * formulas + formula)
            if near is None:
                asked.add(head * formulas + formula)
            return near is not False

        return supposed

    def learn(self, asked: NDArray[np.int64]) -> None:
        """Find out about many pairs at once, given as above."""
        head, formula = np.divmod(asked, self._formulas)
        near = self._judge.likenesses(head, formula, 2) >= self._judge.options.head_likeness
        self._known.update(zip(asked.tolist(), near.tolist(), strict=True))


def _heads(left: NDArray[np.int64], right: NDArray[np.int64], judge: Judge) -> list[int]:
    """The head of each formula's family.

    Args:
        left: int64 (pairs,): formulas, in the order of `Judge.forms`.
        right: int64 (pairs,): worse formulas that are forms of them.
        judge: Compares formulas.
    """
    pairs = left.tolist(), right.tolist()
    near = _Near(judge)
    for _ in range(ROUNDS):
        asked: set[int] = set()
        _joined(pairs, len(judge.tf), near.guess(asked))
        near.learn(np.array(list(asked), dtype=np.int64))
    heads, joined_at = _joined(pairs, len(judge.tf), near.of)
    _bridge(heads, _bridges(left, right, np.array(heads), np.array(joined_at)), near, judge.options.bridge)
    return heads


def _joined(
    pairs: tuple[list[int], list[int]], formulas: int, near: Callable[[int, int], bool]
) -> tuple[list[int], list[int]]:
    """The head of each formula, and the row of `pairs` that made it so; 0 where it heads a family of its own."""
    heads, joined_at = list(range(formulas)), [0] * formulas
    for row, better, formula in zip(range(len(pairs[0])), *pairs, strict=True):
        if heads[formula] == formula:
            top = heads[better]
            if top == better or near(top, formula):
                heads[formula] = top
                joined_at[formula] = row
    return heads, joined_at


def _bridges(
    left: NDArray[np.int64], right: NDArray[np.int64], heads: NDArray[np.int64], joined_at: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Families that have a form of one another: better · formulas + worse, in the order in which it comes up.

    A form joins the first family that it may; what it is alike to behind that row shows which other families touch.
    """
    one, other = heads[left], heads[right]
    touch = (one != other) & (np.arange(len(left)) >= joined_at[right])
    bridges = np.minimum(one, other)[touch] * np.int64(len(heads)) + np.maximum(one, other)[touch]
    _, first = np.unique(bridges, return_index=True)
    return np.asarray(bridges[np.sort(first)], dtype=np.int64)


def _bridge(heads: list[int], bridges: NDArray[np.int64], near: _Near, share: float) -> None:
    """Join families with forms alike, where the head and such a share of the one are near the other's head.

    A form that is better than the one that it was made from cannot join that, and heads a family of its own at first.
    """
    near.learn(bridges)
    better, worse = (column.tolist() for column in np.divmod(bridges, max(len(heads), 1)))
    touching = [(one, other) for one, other in zip(better, worse, strict=True) if near.of(one, other)]
    order = np.argsort(heads, kind="stable")
    bounds = np.searchsorted(np.array(heads)[order], np.arange(len(heads) + 1)).tolist()
    members = {head: order[bounds[head] : bounds[head + 1]].tolist() for bridge in touching for head in bridge}
    forms_of_worse = [one * len(heads) + form for one, other in touching for form in members[other]]
    near.learn(np.array(forms_of_worse, dtype=np.int64))
    for one, other in touching:
        if one in members and other in members:
            forms = members[other]
            if sum(near.of(one, form) for form in forms) >= share * len(forms):
                for form in forms:
                    heads[form] = one
                members[one] += members.pop(other)


def content_words(
    tokens: Tokens, background: Background, formulas: Formulas, options: FamilyOptions
) -> NDArray[np.bool_]:
    """Which words of formulas are content words (bool, sum of tokens): the words of all formulas, end to end.

    What the word before calls for is judged without the formula's own occurrences, as in `Background.token_bits`.
    """
    rows, within = spread(formulas.tokens)
    positions = formulas.first()[rows] + within
    counts = tokens.vocabulary.counts
    own_counts = counts[tokens.ids[positions]]
    bits = -log2(own_counts / len(tokens))
    own = formulas.tf[rows]
    elsewhere = counts[tokens.ids[np.maximum(positions - 1, 0)]] - own
    together = background.pairs_at(positions) - own
    called_for = (within > 0) & (together > 0) & (together >= options.called_for * elsewhere)
    least = min(options.function_bits, log2(len(tokens)) / 2)
    return np.asarray((bits > least) & ((bits > options.content_bits) | ~called_for), dtype=np.bool_)


def family_counts(
    tokens: Tokens, formulas: Formulas, head: NDArray[np.int32], text_of: NDArray[np.int32] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Count documents and occurrences (df, tf; int32, formulas) of families at their heads; what overlaps is one.

    Args:
        tokens: The corpus.
        formulas: Its formulas.
        head: int32 (formulas,): the head of each formula's family.
        text_of: int32 (documents,): number of the text that each document is a copy of, where copies of a text count as
            one document; None: each counts.
    """
    positions, bounds = family_places(tokens, formulas, head)
    documents = tokens.document_of(positions)
    counted = documents if text_of is None else text_of[documents]
    df = texts_with(row_of_each(bounds), counted, len(bounds) - 1)
    return df.astype(np.int32), np.diff(bounds).astype(np.int32)


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
    tf = formulas.sizes()
    by_family = np.argsort(head, kind="stable")
    in_family = bounds_of(np.bincount(head, minlength=len(head)))
    occurrences = np.bincount(head, tf, minlength=len(head)).astype(np.int64)
    found, counts = [np.zeros(0, dtype=np.int64)], np.zeros(len(head), dtype=np.int64)
    for some in slices_of(occurrences, CHUNK):
        members = by_family[in_family[some.start] : in_family[some.stop]]
        rows = ranges(formulas.bounds[members], tf[members])
        # Families are kept apart by a shift of their positions, so that one sort and one running maximum serve many.
        shift = np.repeat(head[members].astype(np.int64) * (len(tokens) + 1), tf[members])
        starts = formulas.positions[rows] + shift
        order = np.argsort(starts)
        starts = starts[order]
        ends = starts + np.repeat(formulas.tokens[members], tf[members])[order]
        # Within a family, an occurrence is new when it begins behind the end of all before it.
        fresh = np.ones(len(starts), dtype=bool)
        fresh[1:] = starts[1:] >= np.maximum.accumulate(ends)[:-1]
        family, places = np.divmod(starts[fresh], len(tokens) + 1)
        found.append(places)
        counts += np.bincount(family, minlength=len(head))
    return np.concatenate(found), bounds_of(counts)


def _formula_ids(tokens: Tokens, formulas: Formulas) -> NDArray[np.int32]:
    """int32 (sum of tokens,): the words of all formulas, end to end."""
    return np.asarray(tokens.ids[ranges(formulas.first(), formulas.tokens)], dtype=np.int32)
