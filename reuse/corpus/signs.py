"""Signs of what is no text: who owns a page, and where it is to be had."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_RESERVED = (
    *("all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "tutti i diritti riservati"),
    *("todos los derechos reservados", "todos os direitos reservados", "все права защищены"),
    *("جميع الحقوق محفوظة", "版权所有", "無断転載"),
)
"""What an owner says, of old by treaty in these very words (Buenos Aires 1910), in small letters."""
_OWNED = re.compile(r"©|\(c\)\s*\d{4}", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhttps?://|\bwww\.|\S@\w[\w.-]*\.\w", re.IGNORECASE)
_YEAR_BEHIND = 64  # code points behind a line in which the year of its sign may stand


def owners(text: str, codes: NDArray[np.unsignedinteger], breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places (int64) of owners' signs: ©, (c) with its year, all rights reserved.

    Args:
        text: The text.
        codes: Its code points.
        breaks: int64, ascending: where its lines end.
    """
    hints = np.concatenate([np.flatnonzero(codes == ord("©")), _spelled(codes, "(c)")])
    return np.array([*_found(_OWNED, text, hints, breaks), *_reserved(text)], dtype=np.int64)


def addresses(text: str, codes: NDArray[np.unsignedinteger], breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places (int64) of addresses of pages and of mail; arguments as of `owners`."""
    hints = np.concatenate([np.flatnonzero(codes == ord("@")), _spelled(codes, "://"), _spelled(codes, "ww.")])
    return np.array(list(_found(_ADDRESS, text, hints, breaks)), dtype=np.int64)


def _found(pattern: re.Pattern[str], text: str, hints: NDArray[np.int64], breaks: NDArray[np.int64]) -> Iterator[int]:
    """Where a pattern is found in lines with a hint of it: to look for it everywhere takes a hundred times as long."""
    lines = np.unique(np.searchsorted(breaks, hints))
    first, last = np.append(-1, breaks)[lines] + 1, np.append(breaks, len(text))[lines]
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        for match in pattern.finditer(text, start, end + _YEAR_BEHIND):
            if match.start() <= end:
                yield match.start()


def _spelled(codes: NDArray[np.unsignedinteger], three: str) -> NDArray[np.int64]:
    """Places (int64) of three signs, small or capital."""
    at = np.flatnonzero((codes == ord(three[0])) | (codes == ord(three[0].upper())))
    at = at[at < len(codes) - 2]
    for place, letter in enumerate(three):
        at = at[(codes[at + place] == ord(letter)) | (codes[at + place] == ord(letter.upper()))]
    return at


def _reserved(text: str) -> Iterator[int]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a capital that has no small letter of one code point
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    ascii_only = lowered.isascii()
    for phrase in _RESERVED:
        at = lowered.find(phrase) if phrase.isascii() or not ascii_only else -1
        while at >= 0:
            yield at
            at = lowered.find(phrase, at + 1)
