"""Which matches of one scan another scan has as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.passages import PassagePairs, overlaps

AGREEMENT = 0.8
"""Two matches are the same when on either side the characters that both have are this share of those that one has."""


def kept(these: PassagePairs, those: PassagePairs, agreement: float = AGREEMENT) -> NDArray[np.bool_]:
    """Which matches, bool (these,), are among those as well, at nearly the same place.

    Args:
        these: Matches; their documents' names count.
        those: Matches of another scan, of as many documents or other ones.
        agreement: Characters shared by characters of either, on both sides; 1: the very same spans.
    """
    names = sorted({*these.documents, *those.documents})
    cases, others = these.renumbered(names).oriented(), those.renumbered(names).oriented()
    rows = overlaps(cases, others)
    alike = np.ones(len(rows.case), dtype=bool)
    for start, end, shared in (
        ("a_start", "a_end", rows.a_end - rows.a_start),
        ("b_start", "b_end", rows.b_end - rows.b_start),
    ):
        mine = (getattr(cases, end) - getattr(cases, start))[rows.case]
        theirs = (getattr(others, end) - getattr(others, start))[rows.detection]
        alike &= shared >= agreement * (mine + theirs - shared)
    found = np.zeros(len(these), dtype=bool)
    found[rows.case[alike]] = True
    return found


def same_share(these: PassagePairs, those: PassagePairs, agreement: float = AGREEMENT) -> float:
    """Share of the matches of two scans, all counted together, that both have; not a number when there are none."""
    total = len(these) + len(those)
    both = kept(these, those, agreement).sum() + kept(those, these, agreement).sum()
    return float(both / total) if total else float("nan")


def among(pairs: PassagePairs, documents: set[str]) -> PassagePairs:
    """The matches whose two documents are both among the named ones."""
    wanted = np.array([name in documents for name in pairs.documents] or [False])
    return pairs.take(wanted[pairs.a] & wanted[pairs.b])
