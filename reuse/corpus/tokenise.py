"""Texts become Tokens: word borders, word hashes, vocabulary ids, sentence starts.

Everything is array work over batches of some megabytes, so that cost is a few nanoseconds a character and batches can
run in threads (NumPy releases the interpreter's lock).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import distinct_in, first_of_each
from reuse.arrays.ragged import bounds_of, owners_of
from reuse.corpus import characters
from reuse.corpus.hashing import LONGEST, factorise, hash_bytes, multipliers
from reuse.corpus.languages import COMMON, any_in, languages_of
from reuse.corpus.letters import LATIN, SameLetters, rule_names
from reuse.corpus.normalise import SEPARATOR, Folded, base_of_marks, canonical, fold, join_batch, normal_form, written
from reuse.corpus.sentences import Words, kinds_of, known_words, part_starts, sentence_starts
from reuse.corpus.spellings import Variants, commonest, variants_of
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.work.workers import ALONE, Workers

BATCH_SIZE = 2_000_000
"""Code points that are tokenised at a time: large enough to spread the cost of a call, small enough for the cache."""

_HASHES = 1 << 21  # hashes of words that are numbered at a time, to bound the memory

ALL_LETTERS = SameLetters(rule_names("all"))


@dataclass(frozen=True, slots=True)
class _Batch:
    """The tokens of a batch of texts; `words` numbers its own distinct words.

    Of these, `hashes` are the hashes, `counts` says how often and `first` at which token each stands here, `spellings`
    what stands in the text there, joined by SEPARATOR; `variants` are all their spellings but the plain ones.
    """

    words: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    first: NDArray[np.int64]
    spellings: str
    variants: Variants
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    opens_sentence: NDArray[np.bool_]
    opens_part: NDArray[np.bool_]
    lengths: NDArray[np.int64]


def tokenise(
    texts: Iterable[tuple[str, tuple[int, int] | None]], workers: Workers = ALONE, letters: SameLetters = ALL_LETTERS
) -> Tokens:
    """Tokenise a corpus.

    Args:
        texts: Each document's text, and the half-open span of it that holds the report (None: all of it).
        workers: Tokenise batches of texts.
        letters: Which words are of one class.

    Returns:
        Tokens of all documents, in order.
    """
    return _assemble(list(workers.stream(_tokenised, _batches(texts))), workers, letters)


def hash_words(words: Sequence[str]) -> NDArray[np.uint64]:
    """Hashes of words as the tokeniser would hash them (uint64, one a word; of its first token if it has several)."""
    hashes = np.zeros(len(words), dtype=np.uint64)
    for row, word in enumerate(words):
        batch = _tokenise_batch([word], [None])
        if len(batch.words):
            hashes[row] = batch.hashes[batch.words[0]]
    return hashes


def hash_classes(words: Sequence[str], letters: SameLetters) -> NDArray[np.uint64]:
    """Hashes (uint64) of the classes of normalised words, as `Vocabulary.classes` has them."""
    return _classes(words, _hash_forms([word.replace("-", "") for word in words]), letters)


def classed(tokens: Tokens, letters: SameLetters) -> Tokens:
    """The same tokens, with the classes that their words have by these letters."""
    known = tokens.vocabulary
    return replace(tokens, vocabulary=replace(known, classes=_classes(known.words, known.hashes, letters)))


def guess_languages(tokens: Tokens) -> list[str | None]:
    """The language of each document (one of `languages.COMMON`), by its commonest words; None: not known."""
    return languages_of(tokens, _common_hashes())


def is_latin(tokens: Tokens) -> bool:
    """Whether any document is Latin, whatever else is read beside it."""
    return any_in(LATIN, tokens, _common_hashes())


def words_of(text: str) -> list[str]:
    """The normalised words of a text, for display and for queries."""
    batch = _tokenise_batch([text], [None])
    forms = [normal_form(spelling) for spelling in batch.spellings.split(SEPARATOR)]
    return [forms[word] for word in batch.words.tolist()]


def written_words(text: str) -> list[str]:
    """The words of a text as they stand in it, line breaks and all."""
    batch = _tokenise_batch([text], [None])
    return [text[start:end] for start, end in zip(batch.starts.tolist(), batch.ends.tolist(), strict=True)]


_Texts = tuple[list[str], list[tuple[int, int] | None]]
"""A batch of texts, and the body of each."""


def _batches(texts: Iterable[tuple[str, tuple[int, int] | None]]) -> Iterator[_Texts]:
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


def _tokenised(batch: _Texts) -> _Batch:
    return _tokenise_batch(*batch)


def _tokenise_batch(texts: Sequence[str], bodies: Sequence[tuple[int, int] | None]) -> _Batch:
    joined, bounds = join_batch(texts)
    text = fold(joined, bounds)
    starts, ends = _token_borders(text.classes)
    if any(body is not None for body in bodies):
        kept = _inside_bodies(starts, bounds, bodies)
        starts, ends = starts[kept], ends[kept]
    distinct, words = factorise(_hash_tokens(text, starts, ends))
    borders = Words.of(text, starts, ends, kinds_of(distinct, _known_hashes())[words])
    token_bounds = np.searchsorted(starts, bounds)
    lengths = np.diff(token_bounds)
    opens = sentence_starts(text, borders, token_bounds[:-1][lengths > 0])
    opens_part = opens | part_starts(text, borders)
    origins = np.repeat(bounds[:-1], lengths)
    first = first_of_each(words, len(distinct))
    spellings = SEPARATOR.join(written(text, starts[first], ends[first]))
    return _Batch(
        words,
        distinct,
        np.bincount(words, minlength=len(distinct)),
        first,
        spellings,
        variants_of(text, starts, ends, words, opens),
        (starts - origins).astype(np.int32),
        (ends - origins).astype(np.int32),
        opens,
        opens_part,
        lengths,
    )


def _token_borders(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows where tokens begin and end (int64, half-open)."""
    part = np.zeros(len(classes) + 2, dtype=bool)
    np.greater_equal(classes, characters.WORD, out=part[1:-1])
    edges = np.flatnonzero(part[1:] != part[:-1])
    starts, ends = edges[0::2], edges[1::2]
    solo = np.flatnonzero(classes == characters.SOLO)
    if not len(solo):
        return starts, ends
    # Every letter of a script without spaces opens a token, and so does what follows it, its marks apart.
    borders = np.zeros(len(classes) + 1, dtype=bool)
    borders[solo] = True
    marks = np.flatnonzero(classes == characters.MARK)
    after = np.concatenate((solo, marks[classes[base_of_marks(classes, marks)] == characters.SOLO])) + 1
    after = after[after < len(classes)]
    borders[after[classes[after] == characters.WORD]] = True
    inner = np.flatnonzero(borders)
    return np.union1d(starts, inner), np.union1d(ends, inner[part[1:-1][np.maximum(inner - 1, 0)] & (inner > 0)])


def _inside_bodies(
    starts: NDArray[np.int64], bounds: NDArray[np.int64], bodies: Sequence[tuple[int, int] | None]
) -> NDArray[np.bool_]:
    document = owners_of(bounds, starts)
    low = np.array([body[0] if body else 0 for body in bodies], dtype=np.int64) + bounds[:-1]
    high = np.array([bounds[i] + body[1] if body else bounds[i + 1] for i, body in enumerate(bodies)], dtype=np.int64)
    return (starts >= low[document]) & (starts < high[document])


def _hash_tokens(text: Folded, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """64-bit hashes (uint64) of the tokens' normalised forms; equal words have equal hashes in every batch.

    The low bytes of a word's folded code points are hashed in blocks of eight; the bytes above, if it has any, are
    hashed alike and added, so that an ASCII batch and a mixed one agree. Words with irregular characters are written
    out first, each distinct one once.
    """
    hashes = hash_bytes(text.low, starts, ends - starts, multipliers()[0])
    if text.high is not None:
        rows = distinct_in(np.searchsorted(starts, np.flatnonzero(text.high), side="right") - 1)
        rows = rows[rows >= 0]  # before the first token stands what is none, such as a page number
        for plane, byte in enumerate((0, 8), start=1):
            part = (text.high >> np.uint16(byte)).astype(np.uint8)
            if part.any():  # zeros add nothing
                hashes[rows] += hash_bytes(part, starts[rows], ends[rows] - starts[rows], multipliers()[plane])
    odd = np.searchsorted(starts, text.irregular, side="right") - 1
    odd = odd[(odd >= 0) & (text.irregular < ends[odd])] if len(starts) else odd[:0]
    odd = distinct_in(np.sort(np.concatenate((odd, np.flatnonzero(ends - starts > LONGEST)))))
    if len(odd):
        words = written(text, starts[odd], ends[odd])
        distinct = list(dict.fromkeys(words))
        hash_of = dict(zip(distinct, _hash_forms([canonical(word) for word in distinct]).tolist(), strict=True))
        hashes[odd] = np.array([hash_of[word] for word in words], dtype=np.uint64)
    return hashes


def _hash_forms(forms: Sequence[str]) -> NDArray[np.uint64]:
    """Hashes (uint64) of normalised forms, as words without irregular characters get theirs."""
    lengths = np.array([len(form) for form in forms], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    codes = np.frombuffer("".join(forms).encode("utf-32-le"), dtype="<u4")
    hashes = np.zeros(len(forms), dtype=np.uint64)
    for plane, odd in enumerate(multipliers()):
        hashes += hash_bytes((codes >> np.uint32(8 * plane)).astype(np.uint8), starts, lengths, odd)
    for row in np.flatnonzero(lengths > LONGEST).tolist():
        digest = hashlib.blake2b(forms[row].encode(), digest_size=8).digest()
        hashes[row] = int.from_bytes(digest, "little")
    return hashes


def _assemble(batches: list[_Batch], workers: Workers, letters: SameLetters) -> Tokens:
    """Tokens of all batches under one vocabulary; the batches are used up."""
    if not batches:
        batches = [_tokenise_batch([], [])]
    distinct, numbers = _numbered([batch.hashes for batch in batches])
    borders = np.cumsum([0, *(len(batch.hashes) for batch in batches)]).tolist()
    positions = np.cumsum([0, *(len(batch.words) for batch in batches)]).tolist()
    counts = np.zeros(len(distinct), dtype=np.int64)
    first = np.concatenate([batch.first + position for batch, position in zip(batches, positions, strict=False)])
    for batch, (begin, end) in zip(batches, pairwise(borders), strict=True):
        counts[numbers[begin:end]] += batch.counts  # each of a batch's distinct words is another one of the corpus
    earliest = first_of_each(numbers, len(distinct))
    plain = []
    of_batch = np.searchsorted(earliest, borders)  # a word's number tells in which batch it stands first
    for batch, begin, (low, high) in zip(batches, borders, pairwise(of_batch.tolist()), strict=False):
        spelling = batch.spellings.split(SEPARATOR) if high > low else []
        plain += [canonical(spelling[row - begin]) for row in earliest[low:high].tolist()]
    spelled = commonest(
        plain,
        counts,
        ((batch.variants, numbers[begin:end]) for batch, (begin, end) in zip(batches, pairwise(borders), strict=True)),
    )
    lengths = np.concatenate([batch.lengths for batch in batches])
    total = positions[-1]
    ids, starts, ends = (workers.column(total, np.int32) for _ in range(3))
    columns = _Columns(ids, starts, ends, workers.column(total, bool), workers.column(total, bool))
    # Each batch is let go as soon as it is copied, so that hardly any column is twice in memory.
    numbered = (
        (slice(*positions[row : row + 2]), numbers[slice(*borders[row : row + 2])], batches.pop())
        for row in range(len(batches) - 1, -1, -1)
    )
    workers.map(_in_corpus, numbered, into=columns.put)
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    words = list(map(normal_form, spelled))
    classes = _classes(words, distinct, letters)
    vocabulary = Vocabulary(distinct, counts, first[earliest], words, spelled, classes)
    return Tokens(
        columns.ids, columns.starts, columns.ends, columns.opens_sentence, bounds, vocabulary, columns.opens_part
    )


def _numbered(lots: Sequence[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """`factorise` of all lots, one after the other, some of them at a time to bound the memory."""
    bounds = bounds_of(np.array([len(lot) for lot in lots], dtype=np.int64))
    distinct, numbers = np.zeros(0, dtype=np.uint64), np.empty(int(bounds[-1]), dtype=np.int32)
    begin = 0
    while begin < len(lots):
        most = bounds[begin] + max(_HASHES, 4 * len(distinct))
        end = max(int(np.searchsorted(bounds, most, side="right")) - 1, begin + 1)
        known = len(distinct)  # they keep their numbers, for they come first
        distinct, found = factorise(np.concatenate([distinct, *lots[begin:end]]))
        numbers[bounds[begin] : bounds[end]] = found[known:]
        begin = end
    return distinct, numbers


def _classes(words: Sequence[str], hashes: NDArray[np.uint64], letters: SameLetters) -> NDArray[np.uint64]:
    """Hash (uint64) of the class of each word; its own hash where the class is spelt as the word is."""
    classes = hashes.copy()
    ascii_words = np.array([word.isascii() for word in words], dtype=bool)
    for rows in (np.flatnonzero(ascii_words), np.flatnonzero(~ascii_words)):  # the former are done much faster
        spelt = [words[row] for row in rows.tolist()]
        keys = letters.keys(spelt)
        others = [place for place, word in enumerate(spelt) if keys[place] != word.replace("-", "")]
        classes[rows[others]] = _hash_forms([keys[place] for place in others])
    return classes


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of Tokens, of all batches or of one."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    opens_sentence: NDArray[np.bool_]
    opens_part: NDArray[np.bool_]

    def put(self, made: tuple[slice, _Columns]) -> None:
        """Fill in some of the rows."""
        rows, columns = made
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(columns, name)


def _in_corpus(numbered: tuple[slice, NDArray[np.int32], _Batch]) -> tuple[slice, _Columns]:
    """Where the tokens of a batch stand in the corpus, and their columns, given the corpus' numbers of its words."""
    rows, numbers, batch = numbered
    return rows, _Columns(numbers[batch.words], batch.starts, batch.ends, batch.opens_sentence, batch.opens_part)


@cache
def _common_hashes() -> dict[str, NDArray[np.uint64]]:
    return {name: _hash_forms([normal_form(word) for word in words.split()]) for name, words in COMMON.items()}


@cache
def _known_hashes() -> NDArray[np.uint64]:
    return _hash_forms(known_words())
