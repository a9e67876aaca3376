"""Which documents a scan compared with which, read back from its run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.files import innermost
from reuse.corpus.letters import SameLetters, letters_of
from reuse.fields import values_of
from reuse.options import options_of
from reuse.run.start import start_of

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


def stored_letters(stored: Mapping[str, Any]) -> SameLetters:
    """Which letters count as the same in a run, from `meta["options"]`."""
    return letters_of(options_of(stored).read)


def group_names(run: RunFiles) -> list[str | None] | None:
    """Of each document, the folder of `--between` or the value of `--across` FIELD; None: all were compared.

    Documents of one name were not compared with each other; one without a name was with all.
    """
    field = run.meta.get("across")
    if run.meta.get("between"):
        start, sides = start_of(run.path, run.meta), run.meta["paths"]
        folders = [start / side for side in sides]
        stored = run.sql("SELECT path FROM documents ORDER BY doc")
        found = (innermost(start / path, folders) for (path,) in stored)
        return [None if side is None else sides[side] for side in found]
    if field is None:
        return None
    return values_of(run, field)


def groups_of(names: Sequence[str | None]) -> NDArray[np.int32]:
    """Group of each document (int32) by `group_names`; one without a name is a group of its own."""
    told_apart = [name or f"\0{row}" for row, name in enumerate(names)]
    return np.unique(np.array(told_apart, dtype=str), return_inverse=True)[1].astype(np.int32)
