"""How words are written: of the spellings that count as one word, the one that is written most often.

A spelling is plain where the text has the normalised word itself, letter by letter. Only the others are looked at one
by one, and of these each once: capitals, accents in another form, hyphens, words broken at a line end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges
from reuse.corpus import characters
from reuse.corpus.characters import TABLES
from reuse.corpus.hashing import factorise, hash_bytes, multipliers
from reuse.corpus.normalise import Folded, as_written, written


@dataclass(frozen=True, slots=True)
class Variants:
    """Spellings of words of a batch that are not plain, each with its count.

    Attributes:
        words: int32 (spellings,): which of the batch's words it is.
        inside: int64 (spellings,): how often the word is written so inside a sentence.
        opening: int64 (spellings,): how often at the beginning of one.
        spellings: The spellings; one may recur, with another count.
    """

    words: NDArray[np.int32]
    inside: NDArray[np.int64]
    opening: NDArray[np.int64]
    spellings: list[str]


def variants_of(
    text: Folded,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    words: NDArray[np.int32],
    opens_sentence: NDArray[np.bool_],
) -> Variants:
    """The spellings of a batch of texts that are not plain.

    Args:
        text: The batch.
        starts: int64 (tokens,): row of each token's first character.
        ends: int64 (tokens,): row behind its last.
        words: int32 (tokens,): number of each token's word.
        opens_sentence: bool (tokens,): whether it is the first of a sentence.
    """
    tokens = _with_any(_changed(text), starts, ends)
    if not len(tokens):
        none = np.zeros(0, dtype=np.int64)
        return Variants(words[:0], none, none, [])
    hashes = words[tokens].astype(np.uint64) * multipliers()[0, -1]
    hashes += _hashes_as_written(text, starts[tokens], ends[tokens] - starts[tokens])
    distinct, numbers = factorise(hashes)
    first = np.empty(len(distinct), dtype=np.int64)
    first[numbers[::-1]] = tokens[::-1]
    spellings = list(map(as_written, written(text, starts[first], ends[first])))
    opens = opens_sentence[tokens]
    inside, opening = (np.bincount(numbers[chosen], minlength=len(distinct)) for chosen in (~opens, opens))
    return Variants(words[first], inside, opening, spellings)


def _with_any(changed: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The tokens (int64, ascending) with a character that is changed; `changed` is used up."""
    found = changed[starts]  # most are changed in their first character, which needs no search
    changed[starts] = False
    rows = np.flatnonzero(changed)
    rows = rows[rows > starts[0]] if len(starts) else rows[:0]
    tokens = np.searchsorted(starts, rows, side="right") - 1
    found[tokens[rows < ends[tokens]]] = True
    return np.flatnonzero(found)


def _changed(text: Folded) -> NDArray[np.bool_]:
    """Bool (rows,): the characters that are not what they fold to, or do not count."""
    changed: NDArray[np.bool_] = text.codes.astype(np.uint8) != text.low
    if text.codes.itemsize > 1:
        rows = np.flatnonzero(text.codes > 127)
        folded = text.low[rows].astype(np.uint32)
        if text.high is not None:
            folded |= text.high[rows].astype(np.uint32) << np.uint32(8)
        changed[rows] = text.codes[rows] != folded
    changed |= text.classes == characters.INNER
    changed[text.irregular] = True
    return changed


def _hashes_as_written(text: Folded, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Hashes (uint64) of some tokens, character by character as they stand in the text."""
    letters = text.codes[ranges(starts, lengths)]
    own = bounds_of(lengths)[:-1]
    hashes = np.zeros(len(starts), dtype=np.uint64)
    for plane in range(letters.itemsize):
        part = (letters >> np.asarray(8 * plane, dtype=letters.dtype)).astype(np.uint8)
        if plane < len(multipliers()) and part.any():  # zeros add nothing
            hashes += hash_bytes(part, own, lengths, multipliers()[plane])
    return hashes


def commonest(
    plain: Sequence[str],
    counts: NDArray[np.int64],
    batches: Iterable[tuple[Variants, NDArray[np.int32]]],
) -> list[str]:
    """Each word as it is written most often.

    How it is written inside sentences counts first, for at their beginning many words have a capital that is not their
    own. Of spellings that are as frequent, the last by code points is taken: `the` before `The` before `THE`.

    Args:
        plain: The words' normalised forms.
        counts: int64 (words,): occurrences of each in the corpus.
        batches: The variants of each batch, and which word each of the batch's words is (int32).
    """
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for variants, numbers in batches:
        columns = (
            numbers[variants.words].tolist(),
            variants.spellings,
            variants.inside.tolist(),
            variants.opening.tolist(),
        )
        for word, spelling, inside, opening in zip(*columns, strict=True):
            of_word = found.setdefault(word, {})
            before = of_word.get(spelling, (0, 0))
            of_word[spelling] = (before[0] + inside, before[1] + opening)
    words = list(plain)
    for word, of_word in found.items():
        rest = int(counts[word]) - sum(map(sum, of_word.values()))
        if rest:  # plain ones
            before = of_word.get(plain[word], (0, 0))
            of_word[plain[word]] = (before[0] + rest, before[1])
        words[word] = max(of_word, key=lambda spelling: (of_word[spelling], spelling))
    return words


def joined(words: Sequence[str]) -> str:
    """Words in line, as their script joins them: no space beside a letter of a script that has none."""
    if not words or "".join(words).isascii():
        return " ".join(words)
    close = [_stands_alone(word[:1]) for word in words]
    rest = (word if one or other else f" {word}" for word, (one, other) in zip(words[1:], pairwise(close), strict=True))
    return words[0] + "".join(rest)


@lru_cache(maxsize=1 << 16)
def _stands_alone(character: str) -> bool:
    """Whether a token that begins so is a letter of a script without spaces."""
    return bool(character) and TABLES.class_of(character) == characters.SOLO
