"""Texts become classified, folded characters, in place.

Case and Unicode form are folded; invisible characters, Markdown emphasis inside words and hyphens inside words do not
count; words broken at a line or page end are one; page numbers, running heads, tags and where links lead are blanked.
Nothing is copied into a second string, so the offset map back to the original text is the identity: a token is a
stretch of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.broken_words import ends_of_breaks
from reuse.corpus.characters import TABLES, codes_of, decimal_digits, fold_case
from reuse.corpus.furniture import page_furniture
from reuse.corpus.links import link_targets
from reuse.corpus.open_iti import marks
from reuse.corpus.tags import tags

SEPARATOR = "\0"
"""Stands before, between and behind the documents of a batch; it is neither a space nor part of a word, so nothing
joins over it, and the first and the last document have the same surroundings as any other."""

_EMPHASIS_INSIDE = re.compile(r"\*{1,3}(?=[^\W_])")
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HYPHEN_WITHIN_LINE = re.compile(rf"[{characters.VISIBLE_HYPHENS}](?![{_INVISIBLE}]*\s)")
_SOFT_HYPHEN = 0xAD
_NOT_IN_ASCII_WORDS = re.compile(r"(?<![0-9])\.|\.(?![0-9])|[^0-9a-z'.]+")
_NOT_IN_ASCII_SPELLINGS = re.compile(r"(?<![0-9])[.,]|[.,](?![0-9])|[^0-9A-Za-z'.,]+")
_POINTS = ".\u066b\uff0e"
"""Between digits part of a number: the full stop, the Arabic decimal separator, the full-width stop."""
_PARTING = ",\u066c\uff0c"
"""Parts thousands: the comma, the Arabic separator, the full-width comma."""
_WITHIN_NUMBERS = re.compile(rf"(?<=\d)[{_POINTS}{_PARTING}](?=\d)")
_FRACTION_SLASH = "\u2044"  # which folding writes into ½: without it that would be twelve
_NO_ROWS = np.zeros(0, dtype=np.int64)
_IN_CANONICAL = (characters.WORD, characters.MARK, characters.SOLO, characters.APOSTROPHE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A batch of texts, character by character; a row is a code point of the batch.

    Attributes:
        batch: The texts as `join_batch` joined them.
        codes: uint8 (ASCII), uint16 or uint32 (n,): the code points as they are.
        classes: uint8 (n,): BREAK, SPACE, NEWLINE, TERMINATOR, WORD, MARK, INNER or SOLO (see `characters`).
        low: uint8 (n,): low byte of each folded code point.
        high: uint16 (n,): the rest of it; None when it is 0 everywhere.
        irregular: int64: rows, ascending, of characters in whose words folding is more than one code point for another.
    """

    batch: str
    codes: NDArray[np.unsignedinteger]
    classes: NDArray[np.uint8]
    low: NDArray[np.uint8]
    high: NDArray[np.uint16] | None
    irregular: NDArray[np.int64]


def join_batch(texts: Sequence[str]) -> tuple[str, NDArray[np.int64]]:
    """One string of several texts, and the offset of each in it (int64); behind these, its length."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    return SEPARATOR.join(["", *texts, ""]), np.concatenate(([1], 1 + np.cumsum(lengths)))


def fold(batch: str, bounds: NDArray[np.int64]) -> Folded:
    """Classify and fold the texts that `join_batch` joined. Cost is linear in their length."""
    codes, classes, low, high, irregular = _look_up(batch)
    for start, end in page_furniture(batch, codes, bounds):
        classes[start:end] = characters.SPACE
    for start, end in chain(link_targets(batch), marks(batch, bounds.tolist())):
        classes[start] = characters.BREAK
        classes[start + 1 : end] = characters.SPACE
    for start, end, parts in tags(batch, bounds.tolist()):
        classes[start] = characters.BREAK  # so that a hyphen before it breaks no word
        classes[start + 1 : end] = characters.SPACE
        classes[start + 1 : start + 1 + parts] = characters.NEWLINE  # two are an empty line
    separators = _join_numbers(codes, classes)
    inner = np.concatenate((_settle_classes(batch, codes, classes), separators))
    if len(inner):
        irregular = np.sort(np.concatenate((irregular, inner)))
    return Folded(batch, codes, classes, low, high, irregular)


def written(text: Folded, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[str]:
    """What stands in the text at some tokens; where a word is broken at a page end, without the page number in it.

    Args:
        text: The batch.
        starts: int64 (tokens,): row of each token's first character.
        ends: int64 (tokens,): row after its last one.
    """
    words = [text.batch[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    inner = np.flatnonzero(text.classes == characters.INNER)
    line_ends = inner[TABLES.classes[text.codes[inner]] == characters.NEWLINE]
    broken = np.searchsorted(line_ends, starts) != np.searchsorted(line_ends, ends)
    for number in np.flatnonzero(broken).tolist():
        classes = text.classes[starts[number] : ends[number]].tolist()
        word = words[number]
        spaces = [place for place, character in enumerate(word) if character.isspace()]
        words[number] = "".join(
            character
            for place, character in enumerate(word)
            if classes[place] != characters.INNER or character.isspace() or not spaces[0] < place < spaces[-1]
        )
    return words


def canonical(word: str) -> str:
    """The normalised form of one token's characters: what its hash stands for."""
    if word.isascii():
        return word.lower() if word.isalnum() else _NOT_IN_ASCII_WORDS.sub("", word.lower())
    folded = fold_case(word)
    points = {match.start() for match in _WITHIN_NUMBERS.finditer(folded) if match[0] in _POINTS}
    kinds = [TABLES.class_of(character) for character in folded]
    kept = (
        "'" if kind == characters.APOSTROPHE else "." if place in points else character
        for place, (character, kind) in enumerate(zip(folded, kinds, strict=True))
        if kind in _IN_CANONICAL or place in points or character == _FRACTION_SLASH
    )
    return unicodedata.normalize("NFKC", "".join(kept))


def normal_form(word: str) -> str:
    """As `canonical`, but as a reader would write it: hyphens within a line stay."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return "-".join(filter(None, (canonical(part) for part in _HYPHEN_WITHIN_LINE.split(word))))


def as_written(word: str) -> str:
    """One token's characters as a reader would write them: case and letters stay, line breaks and mark-up go."""
    if word.isascii():
        if word.isalnum():
            return word
        return "-".join(
            filter(None, (_NOT_IN_ASCII_SPELLINGS.sub("", part) for part in _HYPHEN_WITHIN_LINE.split(word)))
        )
    return "-".join(filter(None, map(_letters_of, _HYPHEN_WITHIN_LINE.split(word))))


def _letters_of(part: str) -> str:
    composed = unicodedata.normalize("NFC", part)
    marks = {match.start() for match in _WITHIN_NUMBERS.finditer(composed)}
    return "".join(
        character
        for place, character in enumerate(composed)
        if TABLES.class_of(character) in _IN_CANONICAL or place in marks
    )


def _look_up(
    batch: str,
) -> tuple[
    NDArray[np.unsignedinteger], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint16] | None, NDArray[np.int64]
]:
    """Codes, classes (writable), low and high parts of the folded codes, rows of irregular characters."""
    if batch.isascii():
        raw = batch.encode("ascii")
        return (
            codes_of(batch),
            _translate(raw, TABLES.class_bytes),
            _translate(raw, TABLES.folded_bytes),
            None,
            _NO_ROWS,
        )
    codes = codes_of(batch)
    raw = codes.astype(np.uint8).tobytes()  # all but ASCII is looked up below
    classes, low = _translate(raw, TABLES.class_bytes), _translate(raw, TABLES.folded_bytes)
    rows = np.flatnonzero(codes > 127)
    beyond = codes[rows].astype(np.uint32)
    TABLES.learn(beyond)
    classes[rows] = TABLES.classes[beyond]
    folded = TABLES.folded[beyond]
    low[rows] = folded.astype(np.uint8)
    high = None
    in_word = (folded > 255) & (classes[rows] >= characters.WORD) & (classes[rows] <= characters.SOLO)
    if in_word.any():
        high = np.zeros(len(codes), dtype=np.uint16)
        high[rows[in_word]] = folded[in_word] >> np.uint32(8)
    return codes, classes, low, high, rows[TABLES.irregular[beyond]]


def _translate(raw: bytes, table: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(bytearray(raw.translate(table)), dtype=np.uint8)


def _join_numbers(codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Let numbers be one word: "3.5", "1,000.50"; returns the rows of the signs that their form leaves out or rewrites.

    A point between digits is part of the number. A comma is none where it parts thousands: one to three digits, the
    first no 0, and then three and three; "1,000" is "1000". Any other comma parts ("1,5", "1990,1991"). Points and
    commas of other scripts are signs for these, and so are the digits; those of scripts without spaces are words.
    """
    return np.concatenate((_join_points(codes, classes), _join_thousands(codes, classes)))


def _join_points(codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Points within numbers become part of a word; the rows of those that are written otherwise than a full stop."""
    stops = _rows_of(_POINTS, codes)
    stops = stops[_in_number(codes, classes, stops - 1) & _in_number(codes, classes, stops + 1)]
    classes[stops] = characters.WORD
    rewritten: NDArray[np.int64] = stops[codes[stops] != ord(".")]
    return rewritten


def _join_thousands(codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The rows of the commas that part thousands, which become INNER."""
    commas = _rows_of(_PARTING, codes)
    commas = commas[_in_number(codes, classes, commas - 1)]

    def digit(offset: int) -> NDArray[np.bool_]:
        return _in_number(codes, classes, commas + offset)

    commas = commas[digit(1) & digit(2) & digit(3) & ~digit(4) & ~(digit(-2) & digit(-3) & digit(-4))]
    if not len(commas):
        return _NO_ROWS
    first = commas - 1 - digit(-2) - (digit(-2) & digit(-3))
    before = codes[first - 1]
    parts = np.isin(before, _codes_of(_PARTING))
    goes_on = parts & (np.append(-1, commas[:-1]) == first - 1) & (commas - first == 3)
    after_number = (parts | np.isin(before, _codes_of(_POINTS))) & _in_number(codes, classes, first - 2)
    begins = ~after_number & ~np.isin(codes[first], _zeros())
    heads = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(commas))))
    parting: NDArray[np.int64] = commas[begins[heads] & (classes[commas] == characters.BREAK)]
    classes[parting] = characters.INNER
    return parting


def _rows_of(signs: str, codes: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Rows (int64, ascending) of some signs; of codes of one byte only the first, which is ASCII, can be there."""
    found = codes == ord(signs[0])
    for sign in signs[1:] if codes.itemsize > 1 else "":
        found |= codes == ord(sign)
    return np.flatnonzero(found)


@cache
def _codes_of(signs: str) -> NDArray[np.uint32]:
    return np.array([ord(sign) for sign in signs], dtype=np.uint32)


@cache
def _zeros() -> NDArray[np.uint32]:
    """The zero of every script."""
    return _codes_of("".join(digit for digit in "0" + decimal_digits() if not unicodedata.decimal(digit)))


def _settle_classes(batch: str, codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Decide by its surroundings what every character from SKIP on is; returns the rows that became INNER."""
    special = np.flatnonzero(classes >= characters.SKIP)
    kinds = classes[special]
    classes[special] = characters.BREAK
    invisible = (kinds == characters.SKIP) | (codes[special] == _SOFT_HYPHEN)
    # What is invisible hides nothing: surroundings are the next characters that are not.
    rows_before, rows_after = _surroundings(special, invisible)
    inside_text = (rows_before >= 0) & (rows_after < len(codes))
    special, kinds, invisible = special[inside_text], kinds[inside_text], invisible[inside_text]
    rows_before, rows_after = rows_before[inside_text], rows_after[inside_text]
    after = classes[rows_after]
    word_before = _in_word(classes, rows_before)
    inside = word_before & _in_word(classes, rows_after)
    between_digits = _is_digit(codes[rows_before]) & _is_digit(codes[rows_after])
    hyphen = kinds == characters.HYPHEN

    inner_rows = [special[inside & hyphen & ~invisible & ~between_digits]]
    line_end = hyphen & word_before & ((after == characters.SPACE) | (after == characters.NEWLINE))
    for row, end in ends_of_breaks(batch, classes, special[line_end].tolist(), rows_after[line_end].tolist()):
        inner_rows.append(np.arange(row, end))
    for row in special[(kinds == characters.EMPHASIS) & word_before].tolist():
        emphasis = _EMPHASIS_INSIDE.match(batch, row)
        if emphasis and classes[emphasis.end()] == characters.WORD:
            inner_rows.append(np.arange(*emphasis.span()))
    classes[np.concatenate(inner_rows)] = characters.INNER
    classes[special[(kinds == characters.APOSTROPHE) & inside]] = characters.WORD
    # An invisible character may stand beside a hyphen or an apostrophe, so it comes last.
    joins = np.flatnonzero(invisible & (classes[special] == characters.BREAK))
    for side in (rows_before, rows_after):
        joins = joins[_in_word(classes, side[joins]) | (classes[side[joins]] == characters.INNER)]
    inner_rows.append(special[joins])
    classes[special[joins]] = characters.INNER
    return np.concatenate(inner_rows)


def _surroundings(
    special: NDArray[np.int64], invisible: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (int64) of the nearest characters before and after each special one that are not invisible."""
    number = np.arange(len(special))
    neighbours = np.diff(special) == 1
    first, last = number.copy(), number.copy()
    first[1:][neighbours & invisible[:-1]] = 0
    last[:-1][neighbours & invisible[1:]] = len(special)
    first = np.maximum.accumulate(first)
    last = np.minimum.accumulate(last[::-1])[::-1]
    return special[first] - 1, special[last] + 1


def _in_word(classes: NDArray[np.uint8], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each row is part of a word of a script that puts spaces between words."""
    in_word: NDArray[np.bool_] = classes[rows] == characters.WORD
    marks = np.flatnonzero(classes[rows] == characters.MARK)
    in_word[marks] = classes[base_of_marks(classes, rows[marks])] != characters.SOLO
    return in_word


def base_of_marks(classes: NDArray[np.uint8], marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The last character before each mark that is not a mark itself (row 0 if there is none)."""
    bases = np.flatnonzero(classes != characters.MARK) if len(marks) else marks
    if not len(bases):
        return np.zeros(len(marks), dtype=np.int64)
    return bases[np.maximum(np.searchsorted(bases, marks) - 1, 0)]


def _in_number(
    codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8], rows: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which rows, cut off at the ends of the batch, are digits of scripts that put spaces between words."""
    rows = np.clip(rows, 0, len(codes) - 1)
    found: NDArray[np.bool_] = _is_digit(codes[rows]) & (classes[rows] == characters.WORD)
    return found


def _is_digit(codes: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    """Which code points are decimal digits, of whatever script."""
    digits: NDArray[np.bool_] = TABLES.digits[codes]
    return digits
