"""Texts become folded code points, each with its place in the original.

Case and Unicode form are folded, invisible characters, Markdown emphasis inside words and hyphens inside words go, words
broken at a line or page end are joined, page numbers and running heads are blanked. Nothing is copied into a second
string: the result is an array of code points and the offset of each in the text that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.characters import TABLES

SEPARATOR = "\0"
"""Stands between the documents of a batch; it is neither a space nor part of a word, so nothing joins over it."""

_PAGE_NUMBER = re.compile(
    r"[\s\-–—\[(|]*(?:page|p\.|seite|s\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|von)\s*\d{1,4})?[\s\-–—\])|.]*",
    re.IGNORECASE,
)
_LONGEST_PAGE_NUMBER = 24  # code points
_LONGEST_RUNNING_HEAD = 120  # code points
_RUNNING_HEAD_DISTANCE = 3  # lines from the page number or page break
_LEAST_RUNNING_HEADS = 3
_EMPHASIS_INSIDE = re.compile(r"\*{1,3}(?=[^\W_])")
_LONGEST_BREAK = 400  # code points of white space over which a broken word is still joined


@dataclass(frozen=True, slots=True)
class Normalised:
    """The folded code points of a batch of texts.

    Attributes:
        codes: uint8 (ASCII texts) or uint32 (m,): folded code points, invisible ones gone.
        classes: uint8 (m,): class of each (`characters`): only BREAK, SPACE, NEWLINE, WORD, SOLO, MARK, TERMINATOR.
        offsets: int64 (m,): where the character begins in the batch, in code points; None when it is its row.
        widths: uint8 (m,): code points of the batch that it stands for; None when all are 1.
        original: uint8 or uint32: the code points of the batch as they were.
    """

    codes: NDArray[np.unsignedinteger]
    classes: NDArray[np.uint8]
    offsets: NDArray[np.int64] | None
    widths: NDArray[np.uint8] | None
    original: NDArray[np.unsignedinteger]

    def offset(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the characters begin in the batch, in code points."""
        return rows if self.offsets is None else self.offsets[rows]

    def width(self, rows: NDArray[np.int64]) -> NDArray[np.uint8] | int:
        """How many code points of the batch the characters stand for."""
        return 1 if self.widths is None else self.widths[rows]


def join_batch(texts: Sequence[str]) -> tuple[str, NDArray[np.int64]]:
    """One string of several texts, and the offset of each in it (int64, one more than texts)."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    return SEPARATOR.join(texts), np.concatenate(([0], np.cumsum(lengths)))


def normalise(batch: str, bounds: NDArray[np.int64]) -> Normalised:
    """Fold the texts that `join_batch` joined. Cost is linear in their length."""
    codes, classes = _classify(batch)
    for start, end in _page_furniture(batch, codes, bounds):
        classes[start:end] = characters.SPACE
    gone = _invisible(batch, codes, classes)
    original = codes
    offsets = None
    if gone.any():
        offsets = np.flatnonzero(~gone)
        codes, classes = codes[offsets], classes[offsets]
    if codes.dtype == np.uint8:
        folded = np.frombuffer(codes.tobytes().translate(TABLES.folded_bytes), dtype=np.uint8)
        return Normalised(folded, classes, offsets, None, original)
    if TABLES.irregular[codes].any():
        rows = np.arange(len(codes)) if offsets is None else offsets
        folded, classes, rows, widths = _compose(codes, classes, rows)
        return Normalised(folded, classes, rows, widths, original)
    return Normalised(TABLES.folded[codes], classes, offsets, None, original)


def _classify(batch: str) -> tuple[NDArray[np.unsignedinteger], NDArray[np.uint8]]:
    """Code points (uint8 for ASCII, else uint32) and their classes (uint8, writable)."""
    if batch.isascii():
        raw = batch.encode("ascii")
        return np.frombuffer(raw, dtype=np.uint8), _translate(raw, TABLES.class_bytes)
    codes = np.frombuffer(batch.encode("utf-32-le"), dtype="<u4")
    classes = _translate(np.minimum(codes, 255).astype(np.uint8).tobytes(), TABLES.class_bytes)
    high = np.flatnonzero(codes > 255)
    TABLES.learn(codes[high])
    classes[high] = TABLES.classes[codes[high]]
    return codes, classes


def _translate(raw: bytes, table: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(bytearray(raw.translate(table)), dtype=np.uint8)


def _invisible(batch: str, codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which characters vanish (bool, one a character); settles the class of every apostrophe, hyphen and asterisk."""
    gone = classes == characters.SKIP
    special = np.flatnonzero(classes >= characters.APOSTROPHE)
    special = special[(special > 0) & (special < len(codes) - 1)]
    kinds = classes[special]
    before, after = classes[special - 1], classes[special + 1]
    word_before = (before == characters.WORD) | (before == characters.MARK)
    inside = word_before & (after == characters.WORD)
    between_digits = _is_digit(codes[special - 1]) & _is_digit(codes[special + 1])

    hyphen = kinds == characters.HYPHEN
    gone[special[hyphen & inside & ~between_digits]] = True
    at_line_end = hyphen & word_before & ((after == characters.NEWLINE) | (after == characters.SPACE))
    for position in special[at_line_end].tolist():
        end = _next_visible(classes, position + 1)
        if end is not None and TABLES.lower[codes[end]] and (classes[position:end] == characters.NEWLINE).any():
            gone[position:end] = True

    emphasis = (kinds == characters.EMPHASIS) & word_before
    emphasis &= (after == characters.WORD) | (after == characters.EMPHASIS)
    for position in special[emphasis].tolist():
        inner = _EMPHASIS_INSIDE.match(batch, position)
        if inner:
            gone[inner.start() : inner.end()] = True

    apostrophe = special[(kinds == characters.APOSTROPHE) & inside]
    terminators = classes == characters.TERMINATOR
    classes[(classes >= characters.APOSTROPHE) & ~terminators] = characters.BREAK
    classes[apostrophe] = characters.WORD
    return gone


def _is_digit(codes: NDArray[np.unsignedinteger]) -> NDArray[np.bool_]:
    digits: NDArray[np.bool_] = (codes >= ord("0")) & (codes <= ord("9"))
    return digits


def _next_visible(classes: NDArray[np.uint8], start: int) -> int | None:
    """Position of the next character that is not white space, if it is near."""
    stretch = classes[start : start + _LONGEST_BREAK]
    visible = np.flatnonzero((stretch != characters.SPACE) & (stretch != characters.NEWLINE))
    return start + int(visible[0]) if len(visible) else None


def _page_furniture(
    batch: str, codes: NDArray[np.unsignedinteger], bounds: NDArray[np.int64]
) -> Iterator[tuple[int, int]]:
    """Spans of lines that are page numbers, and of running heads beside them.

    A page number stands alone on its line with an empty line, a page break or the end of the text beside it. A running
    head is a line next to a page number or page break that recurs there at least three times in its document, digits aside.
    """
    breaks = np.flatnonzero((codes == ord("\n")) | (codes == ord("\f")) | (codes == 0))
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(codes)]))
    lengths = ends - starts
    empty = np.concatenate(([True], lengths <= 1, [True]))
    beside_empty = empty[:-2] | empty[2:]
    short = np.flatnonzero((lengths > 0) & (lengths <= _LONGEST_PAGE_NUMBER) & beside_empty)
    numbers = [
        line
        for line in short.tolist()
        if _PAGE_NUMBER.fullmatch(text := batch[starts[line] : ends[line]]) and text.strip()
    ]
    for line in numbers:
        yield int(starts[line]), int(ends[line])
    marks = (
        numbers + np.flatnonzero(codes[np.minimum(ends, len(codes) - 1)] == ord("\f")).tolist() if len(codes) else []
    )
    if len(marks) < _LEAST_RUNNING_HEADS:
        return
    filled = np.flatnonzero(lengths > 1)
    beside: dict[tuple[int, str], set[int]] = {}
    for mark in marks:
        at = int(np.searchsorted(filled, mark))
        for neighbour in filled[max(at - 1, 0) : at + 2].tolist():
            if neighbour != mark and abs(neighbour - mark) <= _RUNNING_HEAD_DISTANCE:
                document = int(np.searchsorted(bounds, starts[neighbour], side="right"))
                head = batch[starts[neighbour] : ends[neighbour]]
                key = re.sub(r"\d+", "", head).strip().casefold()
                if key and len(head) <= _LONGEST_RUNNING_HEAD:
                    beside.setdefault((document, key), set()).add(neighbour)
    for lines in beside.values():
        if len(lines) >= _LEAST_RUNNING_HEADS:
            for line_number in lines:
                yield int(starts[line_number]), int(ends[line_number])


def _compose(
    codes: NDArray[np.unsignedinteger], classes: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.unsignedinteger], NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8]]:
    """Fold texts in which some characters do not map one to one: NFC and full case folding, cluster by cluster.

    A cluster is a letter with its combining marks, or a run of conjoining Hangul. What it folds to takes its place: each
    resulting character begins where the cluster begins and is as wide as the cluster.
    """
    irregular = np.flatnonzero(TABLES.irregular[codes])
    follows = (classes[irregular] == characters.MARK) & (irregular > 0)
    first = irregular - follows
    opens = np.ones(len(irregular), dtype=bool)
    opens[1:] = first[1:] > irregular[:-1] + (TABLES.jamo(codes[irregular[1:]]) & TABLES.jamo(codes[irregular[:-1]]))
    cluster_starts = first[opens]
    cluster_ends = irregular[np.concatenate((np.flatnonzero(opens)[1:] - 1, [len(irregular) - 1]))] + 1
    folded_clusters = [
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", "".join(map(chr, codes[start:end]))).casefold())
        for start, end in zip(cluster_starts.tolist(), cluster_ends.tolist(), strict=True)
    ]
    becomes = np.array([len(folded) for folded in folded_clusters], dtype=np.int64)
    copies = np.ones(len(codes), dtype=np.int64)
    for length in range(int((cluster_ends - cluster_starts).max())):
        within = cluster_starts + length < cluster_ends
        copies[cluster_starts[within] + length] = 0
    copies[cluster_starts] = becomes
    width = np.ones(len(codes), dtype=np.int64)
    width[cluster_starts] = offsets[cluster_ends - 1] + 1 - offsets[cluster_starts]
    rows = np.repeat(np.arange(len(codes)), copies)
    folded = TABLES.folded[codes][rows]
    place = np.cumsum(copies)[cluster_starts] - becomes
    if len(place):
        output = np.frombuffer("".join(folded_clusters).encode("utf-32-le"), dtype="<u4")
        TABLES.learn(output)
        within_cluster = np.arange(len(output)) - np.repeat(np.cumsum(becomes) - becomes, becomes)
        target = np.repeat(place, becomes) + within_cluster
        folded[target] = output
        classes = classes[rows]
        new = TABLES.classes[output]
        classes[target] = np.where((new == characters.MARK) | (new == characters.SOLO), new, characters.WORD)
    return folded, classes, offsets[rows], np.minimum(width[rows], 255).astype(np.uint8)
