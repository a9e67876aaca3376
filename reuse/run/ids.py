"""Names that stay the same over rescans: hashes of what a row says, not of where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

ID_BYTES = 8
"""64 bits: among ten million rows, two share a name in one corpus out of 400,000 (and are then told apart)."""


def stable_ids(keys: Iterable[bytes]) -> list[str]:
    """16 hexadecimal digits of BLAKE2b of what identifies each row; a repeated id is hashed again with its count."""
    return told_apart([blake2b(key, digest_size=ID_BYTES).hexdigest() for key in keys])


def told_apart(ids: list[str]) -> list[str]:
    """The same ids; one that stands there before is hashed again with its count."""
    if len(set(ids)) == len(ids):
        return ids
    seen: set[str] = set()
    for row, name in enumerate(ids):
        unique = name
        times = 1
        while unique in seen:
            times += 1
            unique = blake2b(f"{name}\n{times}".encode(), digest_size=ID_BYTES).hexdigest()
        seen.add(unique)
        ids[row] = unique
    return ids


def span_ids(names: Sequence[str], *sides: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]) -> list[str]:
    """Stable ids of rows that are each made of one or more spans.

    A row's key is, for each side, the 64-bit BLAKE2b of the document's id, the start and the end, as little-endian
    64-bit integers: independent of the order of files and of what else was read.

    Args:
        names: The documents' ids.
        sides: Documents (ordinals), starts and ends (code points) of the spans, int64 (n,) each.
    """
    hashes = [blake2b(name.encode(), digest_size=ID_BYTES).digest() for name in names]
    of_document = np.array([int.from_bytes(digest, "little") for digest in hashes], dtype="<u8")
    columns = [
        column
        for documents, starts, ends in sides
        for column in (of_document[documents], starts.astype("<u8"), ends.astype("<u8"))
    ]
    packed = np.column_stack(columns).astype("<u8").tobytes()
    width = 8 * len(columns)
    return stable_ids(packed[at : at + width] for at in range(0, len(packed), width))
