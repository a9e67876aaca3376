"""Signs of what is no text: who owns a page, and where it is to be had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_RESERVED = {
    "v": (
        *("all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "tutti i diritti riservati"),
        *("todos los derechos reservados", "todos os direitos reservados"),
    ),
    "щ": ("все права защищены",),
    "ظ": ("جميع الحقوق محفوظة",),
    "权": ("版权所有",),
    "断": ("無断転載",),
}
"""What an owner says, of old by treaty in these very words (Buenos Aires 1910), by a rare letter of theirs."""
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
    hints = np.concatenate([np.flatnonzero(codes == ord("©")), _spelled(codes, "(", ("(c)",))])
    said = [_spelled(codes, *one) for one in _RESERVED.items()]
    return np.concatenate([np.array(list(_found(_OWNED, text, hints, breaks)), dtype=np.int64), *said])


def addresses(text: str, codes: NDArray[np.unsignedinteger], breaks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places (int64) of addresses of pages and of mail; arguments as of `owners`."""
    spelled = _spelled(codes, ":", ("://",)), _spelled(codes, "w", ("ww.",))
    hints = np.concatenate([np.flatnonzero(codes == ord("@")), *spelled])
    return np.array(list(_found(_ADDRESS, text, hints, breaks)), dtype=np.int64)


def _found(pattern: re.Pattern[str], text: str, hints: NDArray[np.int64], breaks: NDArray[np.int64]) -> Iterator[int]:
    """Where a pattern is found in lines with a hint of it: to look for it everywhere takes a hundred times as long."""
    lines = np.unique(np.searchsorted(breaks, hints))
    first, last = np.append(-1, breaks)[lines] + 1, np.append(breaks, len(text))[lines]
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        for match in pattern.finditer(text, start, end + _YEAR_BEHIND):
            if match.start() <= end:
                yield match.start()


def _spelled(codes: NDArray[np.unsignedinteger], rare: str, spellings: Sequence[str]) -> NDArray[np.int64]:
    """Places (int64) of some spellings, in small or capital letters, by a letter that all of them have."""
    found = [np.zeros(0, dtype=np.int64)]
    fits = np.iinfo(codes.dtype).max >= ord(rare)
    at = np.flatnonzero((codes == ord(rare)) | (codes == ord(rare.upper()))) if fits else found[0]
    for letters in spellings:
        start = at - letters.index(rare)
        start = start[(start >= 0) & (start + len(letters) <= len(codes))]
        for place, letter in enumerate(letters):
            own = codes[start + place]
            start = start[(own == ord(letter)) | (own == ord(letter.upper()))]
        found.append(start)
    return np.concatenate(found)
