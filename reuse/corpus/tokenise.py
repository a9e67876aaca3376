"""Texts become Tokens: word borders, word hashes, vocabulary ids, sentence starts.

Everything is array work over batches of some megabytes, so that cost is a few nanoseconds a character and batches can
run in threads (NumPy releases the interpreter's lock).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.normalise import Normalised, join_batch, normalise
from reuse.corpus.sentences import ABBREVIATIONS, sentence_starts
from reuse.corpus.tokens import Tokens, Vocabulary

BATCH_SIZE = 4_000_000
"""Code points that are tokenised at a time: large enough to spread the cost of a call, small enough for the cache."""

_LONGEST_WORD = 256  # letters; the rare longer one is hashed by a digest
_BLOCK_MULTIPLIERS = np.random.default_rng(20220707).integers(1, 2**63, size=(3, _LONGEST_WORD // 8), dtype=np.uint64)
_BLOCK_MULTIPLIERS |= np.uint64(1)


@dataclass(frozen=True, slots=True)
class _Batch:
    """The tokens of a batch of texts; `words` numbers its own distinct words, whose hashes are `hashes`."""

    words: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    opens_sentence: NDArray[np.bool_]
    lengths: NDArray[np.int64]


def tokenise(texts: Iterable[tuple[str, tuple[int, int] | None]], jobs: int = 1) -> Tokens:
    """Tokenise a corpus.

    Args:
        texts: Each document's text, and the half-open span of it that holds the report (None: all of it).
        jobs: Threads.

    Returns:
        Tokens of all documents, in order.
    """
    batches: list[_Batch] = []
    if jobs == 1:
        batches.extend(_tokenise_batch(*batch) for batch in _batches(texts))
    else:
        with ThreadPoolExecutor(jobs) as pool:
            waiting: list[Future[_Batch]] = []
            for batch in _batches(texts):
                waiting.append(pool.submit(_tokenise_batch, *batch))
                while len(waiting) > jobs:  # so that texts do not pile up in memory
                    batches.append(waiting.pop(0).result())
            batches.extend(future.result() for future in waiting)
    return _assemble(batches)


def hash_words(words: Sequence[str]) -> NDArray[np.uint64]:
    """Hashes of words as the tokeniser would hash them (uint64, one a word; of its first token if it has several)."""
    hashes = np.zeros(len(words), dtype=np.uint64)
    for row, word in enumerate(words):
        batch = _tokenise_batch([word], [None])
        if len(batch.words):
            hashes[row] = batch.hashes[batch.words[0]]
    return hashes


def words_of(text: str) -> list[str]:
    """The normalised words of a text, for display and for queries."""
    batch = _tokenise_batch([text], [None])
    return [normal_form(text[start:end]) for start, end in zip(batch.starts.tolist(), batch.ends.tolist(), strict=True)]


def normal_form(word: str) -> str:
    """A token's original characters as a reader would write the normalised word: folded, straight, unbroken."""
    if word.isascii() and word.isalnum():
        return word.lower()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    kept = []
    for character in folded:
        kind = characters.TABLES.class_of(character)
        if kind == characters.APOSTROPHE:
            kept.append("'")
        elif kind == characters.HYPHEN:
            kept.append("" if character == "\N{SOFT HYPHEN}" else "-")
        elif kind in (characters.WORD, characters.SOLO, characters.MARK):
            kept.append(character)
    return "".join(kept)


def _batches(
    texts: Iterable[tuple[str, tuple[int, int] | None]],
) -> Iterator[tuple[list[str], list[tuple[int, int] | None]]]:
    batch: list[str] = []
    bodies: list[tuple[int, int] | None] = []
    size = 0
    for text, body in texts:
        batch.append(text)
        bodies.append(body)
        size += len(text) + 1
        if size >= BATCH_SIZE:
            yield batch, bodies
            batch, bodies, size = [], [], 0
    if batch:
        yield batch, bodies


def _tokenise_batch(texts: Sequence[str], bodies: Sequence[tuple[int, int] | None]) -> _Batch:
    joined, bounds = join_batch(texts)
    text = normalise(joined, bounds)
    starts, lasts = _token_borders(text)
    origins, ends = text.offset(starts), text.offset(lasts) + text.width(lasts)
    if any(body is not None for body in bodies):
        kept = _inside_bodies(origins, bounds, bodies)
        starts, lasts, origins, ends = starts[kept], lasts[kept], origins[kept], ends[kept]
    hashes = _hash_tokens(text.codes, starts, lasts + 1)
    distinct, words = factorise(hashes)
    abbreviated = np.isin(distinct, _abbreviation_hashes())[words] if len(texts) else np.zeros(0, dtype=bool)
    abbreviated |= (lasts == starts) & (text.classes[starts] == characters.WORD)
    opens = sentence_starts(text, starts, lasts, abbreviated)
    token_bounds = np.searchsorted(origins, bounds)
    lengths = np.diff(token_bounds)
    opens[token_bounds[:-1][lengths > 0]] = True
    document_starts = np.repeat(bounds[:-1], lengths)
    return _Batch(
        words,
        distinct,
        (origins - document_starts).astype(np.int32),
        (ends - document_starts).astype(np.int32),
        opens,
        lengths,
    )


def _token_borders(text: Normalised) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last character of each token, as rows of the normalised text (int64)."""
    classes = text.classes
    part = (classes == characters.WORD) | (classes == characters.SOLO) | (classes == characters.MARK)
    opens = part.copy()
    opens[1:] &= ~part[:-1]
    solo = np.flatnonzero(classes == characters.SOLO)
    if len(solo):
        # Every letter of a script without spaces opens a token; so does what follows it, unless that is its mark.
        opens[solo] = True
        after = solo[solo < len(classes) - 1] + 1
        opens[after[classes[after] == characters.WORD]] = True
        marks = np.flatnonzero((classes == characters.MARK) & ~opens)
        ended = marks[marks < len(classes) - 1] + 1
        base = _base_of_marks(classes, ended - 1)
        opens[ended[(classes[ended] == characters.WORD) & (classes[base] == characters.SOLO)]] = True
    starts = np.flatnonzero(opens)
    closes = part.copy()
    closes[:-1] &= ~part[1:] | opens[1:]
    return starts, np.flatnonzero(closes)


def _base_of_marks(classes: NDArray[np.uint8], marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The last character before each mark that is not a mark itself."""
    bases = np.flatnonzero(classes != characters.MARK)
    if not len(bases):
        return np.zeros(len(marks), dtype=np.int64)
    return bases[np.maximum(np.searchsorted(bases, marks) - 1, 0)]


def _inside_bodies(
    origins: NDArray[np.int64], bounds: NDArray[np.int64], bodies: Sequence[tuple[int, int] | None]
) -> NDArray[np.bool_]:
    document = np.searchsorted(bounds, origins, side="right") - 1
    low = np.array([body[0] if body else 0 for body in bodies], dtype=np.int64) + bounds[:-1]
    high = np.array([bounds[i] + body[1] if body else bounds[i + 1] for i, body in enumerate(bodies)], dtype=np.int64)
    return (origins >= low[document]) & (origins < high[document])


def _hash_tokens(
    codes: NDArray[np.unsignedinteger], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """64-bit hashes (uint64) of the words at codes[start:end]; equal words have equal hashes in every batch.

    The low bytes of a word's code points are hashed in blocks of eight; the higher bytes, if it has any, are hashed
    alike and added, so that an ASCII batch and a mixed one agree.
    """
    lengths = np.minimum(ends - starts, _LONGEST_WORD)
    hashes = _hash_bytes(codes.astype(np.uint8), starts, lengths, _BLOCK_MULTIPLIERS[0])
    if codes.dtype != np.uint8:
        wide = np.add.reduceat(codes > 255, starts, dtype=np.int64) > 0 if len(starts) else np.zeros(0, dtype=bool)
        # reduceat sums up to the next token's start: the characters between are no letters, so any hit is checked.
        rows = np.flatnonzero(wide)
        for byte in (1, 2):
            plane = (codes >> np.uint32(8 * byte)).astype(np.uint8)
            hashes[rows] += _hash_bytes(plane, starts[rows], lengths[rows], _BLOCK_MULTIPLIERS[byte])
    for row in np.flatnonzero(ends - starts > _LONGEST_WORD).tolist():
        word = codes[starts[row] : ends[row]].astype("<u4").tobytes()
        hashes[row] = int.from_bytes(hashlib.blake2b(word, digest_size=8).digest(), "little")
    return hashes


def _hash_bytes(
    plane: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], multipliers: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Sum over blocks of eight bytes of mix(block × odd constant); blocks of zeros add nothing."""
    padded = np.concatenate((plane, np.zeros(8, dtype=np.uint8)))
    blocks = np.ndarray((len(plane) + 1,), dtype="<u8", buffer=padded, strides=(1,))
    hashes = np.zeros(len(starts), dtype=np.uint64)
    rows = np.arange(len(starts))
    for number in range(_LONGEST_WORD // 8):
        left = lengths[rows] - 8 * number
        if number:
            rows, left = rows[left > 0], left[left > 0]
            if not len(rows):
                break
        mask = _BLOCK_MASKS[np.minimum(left, 8)]
        hashes[rows] += _mix((blocks[starts[rows] + 8 * number] & mask) * multipliers[number])
    return hashes


_BLOCK_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], dtype=np.uint64)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijection of 64-bit words that leaves 0 alone (the finaliser of MurmurHash3, Appleby)."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def factorise(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Distinct values in order of first occurrence, and the number of each value among them.

    An open-addressed hash table filled for all values at once: some sequential passes instead of a sort. The values must
    be hashes, for their high bits choose the slot.

    Returns:
        uint64 (distinct,) and int32 (values,).
    """
    size = 1 << max(
        (len(values) // 4).bit_length(), 8
    )  # most words recur, so the table starts small and stays in cache
    while True:
        result = _factorise_with(values, size)
        if result is not None:
            return result
        size *= 4


def _factorise_with(values: NDArray[np.uint64], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int32]] | None:
    """`factorise` with a table of `size` slots (a power of two); None if they are too few."""
    table = np.zeros(size, dtype=np.uint64)
    used = np.zeros(size, dtype=bool)
    first = np.zeros(size, dtype=np.int64)
    slots = (values >> np.uint64(65 - size.bit_length())).astype(np.int64)
    pending = np.arange(len(values))
    while len(pending):
        at = slots[pending]
        # Where several values claim a free slot the last assignment holds; reversed, that is the first in order.
        claims = np.flatnonzero(~used[at])[::-1]
        table[at[claims]] = values[pending[claims]]
        first[at[claims]] = pending[claims]
        used[at[claims]] = True
        if np.count_nonzero(used) > size // 2:
            return None
        pending = pending[table[at] != values[pending]]
        slots[pending] = (slots[pending] + 1) & (size - 1)
    occupied = np.flatnonzero(used)
    occupied = occupied[np.argsort(first[occupied])]
    number = np.zeros(size, dtype=np.int32)
    number[occupied] = np.arange(len(occupied), dtype=np.int32)
    return table[occupied], number[slots]


def _assemble(batches: Sequence[_Batch]) -> Tokens:
    """Tokens of all batches under one vocabulary."""
    if not batches:
        batches = [_tokenise_batch([], [])]
    distinct, numbers = factorise(np.concatenate([batch.hashes for batch in batches]))
    borders = np.cumsum([0, *(len(batch.hashes) for batch in batches)])
    ids = np.concatenate([numbers[borders[i] : borders[i + 1]][batch.words] for i, batch in enumerate(batches)])
    counts = np.bincount(ids, minlength=len(distinct)).astype(np.int64)
    first = np.empty(len(distinct), dtype=np.int64)
    first[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
    lengths = np.concatenate([batch.lengths for batch in batches])
    return Tokens(
        ids,
        np.concatenate([batch.starts for batch in batches]),
        np.concatenate([batch.ends for batch in batches]),
        np.concatenate([batch.opens_sentence for batch in batches]),
        np.concatenate(([0], np.cumsum(lengths))),
        Vocabulary(distinct, counts, first),
    )


@cache
def _abbreviation_hashes() -> NDArray[np.uint64]:
    codes = [np.frombuffer(word.encode("ascii"), dtype=np.uint8) for word in sorted(ABBREVIATIONS)]
    return np.concatenate([_hash_tokens(word, np.zeros(1, dtype=np.int64), np.array([len(word)])) for word in codes])
