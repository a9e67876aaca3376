"""Marks behind a passage that belong to it, where those who share the passage share them too.

Passages are ranges of tokens, and marks are no tokens: without this, whatever is quoted would lack its full stop, and
the bracket or the quotation mark that closes what it opens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.characters import CLOSING, TERMINATORS
from reuse.run.spans import Spans, TextOf, cut

_LONGEST = 6  # characters behind a passage that are looked at
_MARKS = frozenset(CLOSING + TERMINATORS)
_INSIDE_A_WORD = re.compile(r"[.!?][^\W_]")  # as in an address; other scripts put no space behind a mark
_OPENING = dict(zip('"”»›)]}」』】）', '"“«‹([{「『【（', strict=True))


def closing_marks(passage: str, behind: str) -> str:
    """The closing marks behind a passage, "" if there are none: what ends a sentence, and closes what it has opened.

    Args:
        passage: Its text.
        behind: The characters behind it.
    """
    taken = 0
    while taken < len(behind) and (behind[taken] in TERMINATORS or _closes(passage, behind[:taken], behind[taken])):
        taken += 1
    inside = taken and _INSIDE_A_WORD.match(behind, taken - 1)
    return behind[:taken].rstrip(".!?") if inside else behind[:taken]


def closed_matches(a: Spans, b: Spans, text_of: TextOf) -> tuple[Spans, Spans]:
    """The two sides of matches, with the closing marks that both sides have."""
    behind_a, behind_b = _behind(a, text_of), _behind(b, text_of)
    rows = np.flatnonzero(_marked(behind_a) & _marked(behind_b))
    marks = np.zeros(len(a.ends), dtype=np.int64)
    marks[rows] = behind_matches(*_of_rows(a, behind_a, rows, text_of), *_of_rows(b, behind_b, rows, text_of))
    return replace(a, ends=a.ends + marks), replace(b, ends=b.ends + marks)


def closed_passages(passages: Spans, cluster: NDArray[np.integer], text_of: TextOf) -> Spans:
    """Passages with the closing marks that another passage of their cluster (int, one a passage) has too."""
    behind = _behind(passages, text_of)
    rows = np.flatnonzero(_marked(behind))
    ends = passages.ends.copy()
    ends[rows] += behind_passages(*_of_rows(passages, behind, rows, text_of), cluster[rows])
    return replace(passages, ends=ends)


def behind_matches(
    a: Sequence[str], behind_a: Sequence[str], b: Sequence[str], behind_b: Sequence[str]
) -> NDArray[np.int64]:
    """How many characters behind both sides of each match are closing marks of both (int64).

    Args:
        a: The texts of its sides a.
        behind_a: The characters behind them.
        b: The texts of its sides b.
        behind_b: And what is behind those.
    """
    pairs = zip(map(closing_marks, a, behind_a), map(closing_marks, b, behind_b), strict=True)
    return _lengths(
        max((start for start in _starts(one) if other.startswith(start)), default="") for one, other in pairs
    )


def behind_passages(texts: Sequence[str], behind: Sequence[str], cluster: NDArray[np.integer]) -> NDArray[np.int64]:
    """How many characters behind each passage are closing marks that another passage of its cluster has too (int64).

    Args:
        texts: The passages.
        behind: The characters behind them.
        cluster: int: the cluster of each.
    """
    marks = list(zip(cluster.tolist(), map(closing_marks, texts, behind), strict=True))
    having = Counter((group, start) for group, sign in marks for start in _starts(sign))
    return _lengths(
        max((start for start in _starts(sign) if having[group, start] > 1), default="") for group, sign in marks
    )


def _behind(spans: Spans, text_of: TextOf) -> list[str]:
    """The characters behind each span among which its closing marks are."""
    return cut(spans.documents, spans.ends, spans.ends + _LONGEST, text_of)


def _marked(behind: Sequence[str]) -> NDArray[np.bool_]:
    """Whether what stands behind each span may be closing marks."""
    return np.array([characters[:1] in _MARKS for characters in behind], dtype=bool)


def _of_rows(
    spans: Spans, behind: Sequence[str], rows: NDArray[np.int64], text_of: TextOf
) -> tuple[list[str], list[str]]:
    """The texts of some spans, and the characters behind them."""
    texts = cut(spans.documents[rows], spans.starts[rows], spans.ends[rows], text_of)
    return texts, [behind[row] for row in rows.tolist()]


@cache
def _starts(sign: str) -> tuple[str, ...]:
    return tuple(sign[:size] for size in range(1, len(sign) + 1))


def _closes(passage: str, behind: str, sign: str) -> bool:
    """Whether a sign closes what a passage has opened and not closed, nor the marks behind it."""
    opening = _OPENING.get(sign)
    if opening is None:
        return False
    closed = passage.count(sign) + behind.count(sign)
    return closed % 2 == 1 if sign == opening else passage.count(opening) > closed


def _lengths(texts: Iterable[str]) -> NDArray[np.int64]:
    return np.array([len(text) for text in texts], dtype=np.int64)
