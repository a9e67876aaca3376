"""Finds where a query stands: spans of token positions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import differs
from reuse.arrays.ragged import spread
from reuse.corpus.normalise import as_written
from reuse.corpus.tokens import Tokens
from reuse.queries.lexicon import Lexicon, spelt_as
from reuse.queries.tree import Either, Exactness, Gap, Near, Node, Query, Sequence, Word

_SPELLINGS = 1 << 16
"""Spellings that are remembered at a time."""

_Piece = Word | Either | Gap


@dataclass(frozen=True, slots=True)
class Spans:
    """Places in a corpus.

    Attributes:
        starts: int64 (spans,): position of the first token of each, rising.
        ends: int64 (spans,): behind its last one.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def none(cls) -> Spans:
        """No place."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class Finder:
    """Finds queries in a corpus.

    Args:
        tokens: The corpus.
        lexicon: Its words.
        text_of: The text of a document by ordinal; read only for words that are to be found as they are written.
    """

    def __init__(self, tokens: Tokens, lexicon: Lexicon, text_of: Callable[[int], str]) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._text_of = text_of

    def find(self, query: Query) -> Spans:
        """Every place, each within one document; of places that lie within one another the shortest.

        Cost: a pass over the tokens for each line of words in the query, then its occurrences; of a gap, times its
        width at most.

        Raises:
            UsageError: A regular expression takes too long.
        """
        found = self._find(query.tree)
        if not len(found):
            return found
        order = np.lexsort((found.ends, found.starts))
        order = order[differs(found.starts[order])]
        starts, ends = found.starts[order], found.ends[order]
        least = np.minimum.accumulate(ends[::-1])[::-1]
        kept = np.append(ends[:-1] < least[1:], True)
        return Spans(starts[kept], ends[kept])

    def _find(self, node: Node) -> Spans:
        if isinstance(node, Near):
            left, right = self._find(node.left), self._find(node.right)
            gap = Gap(0, node.words)
            return _together(self._behind(left, right, gap), self._behind(right, left, gap))
        if isinstance(node, Sequence):
            return self._sequence(node)
        if isinstance(node, Either) and not _is_word(node):
            return _together(*map(self._find, node.choices))
        return self._line([node])

    def _sequence(self, node: Sequence) -> Spans:
        """Lines of single words and fixed gaps, and what is no such line, one behind the other."""
        lines: list[list[_Piece] | Node] = []
        gaps: list[Gap] = []
        gap: Gap | None = None
        for part in node.parts:
            if isinstance(part, Gap) and part.least < part.most:
                gap = part
            elif gap is None and lines and isinstance(lines[-1], list) and _is_piece(part):
                lines[-1].append(part)  # type: ignore[arg-type]
            else:
                gaps.append(gap or Gap(0, 0))
                lines.append([part] if _is_piece(part) else part)  # type: ignore[list-item, arg-type]
                gap = None
        found = [self._line(line) if isinstance(line, list) else self._find(line) for line in lines]
        spans = found[0]
        for (_, right), between in zip(pairwise(found), gaps[1:], strict=True):
            spans = self._behind(spans, right, between)
        return spans

    def _line(self, pieces: list[_Piece]) -> Spans:
        """Where single words and fixed gaps follow one another: a pass for the rarest of them, then look-ups."""
        tokens, ids = self._tokens, self._tokens.ids
        widths = [piece.most if isinstance(piece, Gap) else 1 for piece in pieces]
        offsets = np.cumsum([0, *widths])
        length = int(offsets[-1])
        words = [(int(at), piece) for at, piece in zip(offsets[:-1], pieces, strict=True) if not isinstance(piece, Gap)]
        wanted = [(at, self._wanted(piece)) for at, piece in words]
        counts = self._tokens.vocabulary.counts
        wanted.sort(key=lambda one: int(counts[one[1]].sum()))
        starts = np.arange(len(tokens) - length + 1, dtype=np.int64)
        for nth, (at, chosen) in enumerate(wanted):
            if nth:
                starts = starts[chosen[ids[starts + at]]]
            else:
                starts = _places(ids, chosen) - at
                starts = starts[starts >= 0]
            starts = starts[starts + length <= len(tokens)]
        starts = starts[tokens.document_of(starts) == tokens.document_of(starts + length - 1)]
        for at, piece in words:
            if _as_written(piece):
                starts = starts[self._spelt(starts + at, piece)]
        return Spans(starts, starts + length)

    def _wanted(self, piece: Word | Either) -> NDArray[np.bool_]:
        """Bool (words,): the words of the vocabulary that are meant."""
        wanted = np.zeros(len(self._tokens.vocabulary), dtype=bool)
        for word in piece.choices if isinstance(piece, Either) else (piece,):
            wanted[self._lexicon.ids(word)] = True  # type: ignore[arg-type]
        return wanted

    def _spelt(self, positions: NDArray[np.int64], word: Word | Either) -> NDArray[np.bool_]:
        """Bool (positions,): whether a word stands there as it is written."""
        passes = lru_cache(_SPELLINGS)(spelt_as(word))  # type: ignore[arg-type]
        found = np.zeros(len(positions), dtype=bool)
        columns = self._tokens.document_of(positions), self._tokens.starts[positions], self._tokens.ends[positions]
        for row, (document, start, end) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
            found[row] = passes(as_written(self._text_of(document)[start:end]))
        return found

    def _behind(self, left: Spans, right: Spans, gap: Gap) -> Spans:
        """What begins with a span on the left and ends with one on the right of it, with so many words between."""
        low = np.searchsorted(right.starts, left.ends + gap.least, side="left")
        high = np.searchsorted(right.starts, left.ends + gap.most, side="right")
        which, nth = spread(high - low)
        starts, ends = left.starts[which], right.ends[low[which] + nth]
        inside = self._tokens.document_of(starts) == self._tokens.document_of(ends - 1)
        return _together(Spans(starts[inside], ends[inside]))


def _places(ids: NDArray[np.int32], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Positions (int64, rising) of some words."""
    which = np.flatnonzero(chosen)
    found = np.flatnonzero(ids == which[0] if len(which) == 1 else chosen[ids])
    return found.astype(np.int64)


def _together(*several: Spans) -> Spans:
    """All of several spans, each once, by start and end."""
    starts = np.concatenate([spans.starts for spans in several])
    ends = np.concatenate([spans.ends for spans in several])
    order = np.lexsort((ends, starts))
    order = order[differs(starts[order], ends[order])]
    return Spans(starts[order], ends[order])


def _is_piece(node: Node | Gap) -> bool:
    return isinstance(node, Gap | Word) or _is_word(node)


def _is_word(node: Node) -> bool:
    """Whether it is alternatives that are one word each."""
    return isinstance(node, Either) and all(
        isinstance(choice, Word) and not _as_written(choice) for choice in node.choices
    )


def _as_written(node: Word | Either) -> bool:
    return isinstance(node, Word) and node.exactness == Exactness.AS_WRITTEN
