"""Under which background a run was scored, if its words are no longer those that it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reuse.display import counted

DRIFT = 0.05
"""Median share by which bits may have drifted until everything should be scored anew: two bits at forty, a factor of
four in E."""


def age_of(meta: Mapping[str, Any]) -> str:
    """`scored under generation 1, 3.3% of the words are newer; median drift of bits 0.3% in 214 matches`, or nothing.

    It is empty where all is of one generation.

    Args:
        meta: What the run says of its scan.
    """
    added, removed, words = meta.get("added", 0), meta.get("removed", 0), meta["counts"]["tokens"]
    changes = [f"{_percent(added / max(words, 1))} of the words are newer"] if added else []
    as_many = " as many" if added else " as many words as it has"
    changes += [f"{_percent(removed / max(words, 1))}{as_many} are gone"] if removed else []
    if not changes:
        return ""
    said = f"scored under generation {meta['generation']}, {' and '.join(changes)}"
    drift = meta.get("drift")
    if drift is not None:
        matches = meta.get("drift_matches", 0)
        said += f"; median drift of bits {_percent(drift)} in {counted(matches, 'match', 'matches')}"
        said += ", so that all should be scored anew (textreuse rescan)" if drift > DRIFT else ""
    return said


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.095 else f"{share:.1%}"
