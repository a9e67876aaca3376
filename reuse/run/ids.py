"""Names that stay the same over rescans: hashes of what a row says, not of where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

ID_BYTES = 8
"""64 bits: among ten million rows, two share a name in one corpus out of 400,000 (and are then told apart)."""


def stable_ids(keys: Iterable[str]) -> list[str]:
    r"""16 hexadecimal digits of BLAKE2b of each key in UTF-8; a repeated id is hashed again with its count.

    Args:
        keys: What identifies each row, e.g. `a.txt\n10\n40\nb.txt\n0\n31` for a match.
    """
    ids = [blake2b(key.encode(), digest_size=ID_BYTES).hexdigest() for key in keys]
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
