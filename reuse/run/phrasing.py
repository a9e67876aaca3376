"""How a phrase is written: as it stands most often, with the capitals, accents and hyphens that it has there.

The commonest spelling of each word by itself would make what nobody wrote: "the no child left behind act".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import pair_keys
from reuse.arrays.ragged import ranges
from reuse.corpus.normalise import as_written
from reuse.corpus.spellings import joined
from reuse.corpus.tokens import Tokens
from reuse.formulas.phrases import Formulas


def written_most(phrases: Formulas, tokens: Tokens, text_of: Callable[[int], str]) -> list[str]:
    """Each phrase as it is written most often.

    How it is written inside sentences counts first, for at their beginning the first word has a capital that may not be
    its own. Of what is as frequent, the last by code points is taken, as of single words.

    Args:
        phrases: The phrases.
        tokens: The corpus.
        text_of: The text of a document by ordinal; asked once for each that has a phrase.

    Cost: linear in the occurrences; words are looked at once for each way in which a phrase is written.
    """
    # Memory-mapped columns are slow to cut small pieces from.
    tokens = replace(tokens, starts=np.asarray(tokens.starts), ends=np.asarray(tokens.ends))
    spans: list[dict[str, _Written]] = [{} for _ in range(len(phrases))]
    for phrase, position, opens, span in _occurrences(phrases, tokens, text_of):
        inside, count, first = spans[phrase].get(span, (0, 0, position))
        spans[phrase][span] = (inside + (not opens), count + 1, first)
    return [_commonest(own, size, tokens) for own, size in zip(spans, phrases.tokens.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How phrases of a former run are written, whose documents and tokens are the first of those of today.

    Attributes:
        tokens: int32 (phrases,): words of each.
        bounds: int64 (phrases + 1,): phrase p owns the rows bounds[p] to bounds[p + 1] of `positions`.
        positions: int64 (occurrences,): position of the first word of each occurrence, ascending within a phrase.
        texts: Each as it is written most often.
        ids: Of the rows.
    """

    tokens: NDArray[np.int32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    texts: Sequence[str]
    ids: Sequence[str]

    @classmethod
    def nothing(cls) -> Phrasing:
        """No phrase is known."""
        return cls(np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), [], [])

    def same_as(self, phrases: Formulas) -> NDArray[np.int64]:
        """The row here (int64) of each of some phrases that stands in the very same places; -1: there is none."""
        return same_places(self.tokens, self.bounds, self.positions, phrases)


def same_places(
    tokens: NDArray[np.int32], bounds: NDArray[np.int64], positions: NDArray[np.int64], phrases: Formulas
) -> NDArray[np.int64]:
    """The row (int64) of each of some phrases that stands in the very same places; -1: there is none.

    Args:
        tokens: As in `Phrasing`, of the phrases among which it is looked for.
        bounds: Of these.
        positions: Of these.
        phrases: The phrases.
    """
    found = np.full(len(phrases), -1)
    if not len(tokens):
        return found
    # As long, and first in the same place: it has the same words.
    own = pair_keys(tokens, positions[bounds[:-1]])
    order = np.argsort(own)
    wanted = pair_keys(phrases.tokens, phrases.first())
    at = order[np.minimum(np.searchsorted(own, wanted, sorter=order), len(own) - 1)]
    sizes = phrases.sizes()
    rows = np.flatnonzero((own[at] == wanted) & (np.diff(bounds)[at] == sizes))
    chosen = sizes[rows]
    there = positions[ranges(bounds[at[rows]], chosen)]
    moved = there != phrases.positions[ranges(phrases.bounds[rows], chosen)]
    elsewhere = np.bincount(np.repeat(np.arange(len(rows)), chosen)[moved], minlength=len(rows)) > 0
    rows = rows[~elsewhere]
    found[rows] = at[rows]
    return found


_REMEMBERED = 1 << 14  # words whose writing is not worked out again

_AT_ONCE = 1 << 17
"""Occurrences at a time, to bound memory."""

_Written = tuple[int, int, int]
"""How often inside a sentence, how often in all, and the position of the first word of one occurrence."""


def _occurrences(
    phrases: Formulas, tokens: Tokens, text_of: Callable[[int], str]
) -> Iterator[tuple[int, int, bool, str]]:
    """Phrase, position, whether it opens a sentence, and the text from its first character to its last.

    In the order of the documents, so that the text of each is fetched once.
    """
    order, owners = np.argsort(phrases.positions, kind="stable"), phrases.owners()
    text, current = "", -1
    for start in range(0, len(order), _AT_ONCE):
        rows = order[start : start + _AT_ONCE]
        owner, positions = owners[rows], phrases.positions[rows]
        columns = (
            owner,
            positions,
            tokens.opens_sentence[positions],
            tokens.document_of(positions),
            tokens.starts[positions],
            tokens.ends[positions + phrases.tokens[owner] - 1],
        )
        for phrase, position, opens, document, begin, end in zip(*(one.tolist() for one in columns), strict=True):
            if document != current:
                text, current = text_of(document), document
            yield phrase, position, opens, text[begin:end]


def _commonest(spans: dict[str, _Written], size: int, tokens: Tokens) -> str:
    """Of the texts of a phrase of so many words, what is written most often, once line breaks and mark-up are gone."""
    found: dict[str, tuple[int, int]] = {}
    for span, (inside, count, first) in spans.items():
        phrase = plain_words(span, size) or _as_words(span, first, size, tokens)
        before = found.get(phrase, (0, 0))
        found[phrase] = (before[0] + inside, before[1] + count)
    return max(found, key=lambda phrase: (found[phrase], phrase))


def plain_words(span: str, size: int) -> str:
    """A text of so many words in line, if between commas and white space there are only letters and digits of ASCII.

    Else, as where a page number stands among them, it is empty.
    """
    words = span.replace(", ", " ").split()
    return " ".join(words) if len(words) == size and span.isascii() and "".join(words).isalnum() else ""


def _as_words(span: str, first: int, size: int, tokens: Tokens) -> str:
    """The words of a text in line, given the position of the first one and how many they are."""
    starts, ends = (column[first : first + size].tolist() for column in (tokens.starts, tokens.ends))
    begin = starts[0]
    return joined([_as_written(span[start - begin : end - begin]) for start, end in zip(starts, ends, strict=True)])


_as_written = lru_cache(_REMEMBERED)(as_written)
