"""What was asked of a scan, read back from its run: the options, and which documents were compared with which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.files import innermost
from reuse.corpus.letters import SameLetters, rule_names
from reuse.fields import values_of
from reuse.options import ScanOptions

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


def options_of(stored: Mapping[str, Any]) -> ScanOptions:
    """Options from `meta["options"]` of a run; what the run does not say has its default.

    Raises:
        OptionsError: A value is out of range.
    """
    hints = get_type_hints(ScanOptions)
    known = {field.name for field in fields(ScanOptions)} & stored.keys()
    return ScanOptions(
        **{name: hints[name](**stored[name]) if is_dataclass(hints[name]) else stored[name] for name in known}
    )


def letters_of(stored: Mapping[str, Any]) -> SameLetters:
    """Which letters count as the same in a run, from `meta["options"]`."""
    return SameLetters(rule_names(options_of(stored).read.same_letters))


def group_names(run: RunFiles) -> list[str | None] | None:
    """Of each document, the folder of `--between` or the value of `--across` FIELD; None: all were compared.

    Documents of one name were not compared with each other; one without a name was with all.
    """
    field = run.meta.get("across")
    if run.meta.get("between"):
        sides = [Path(side) for side in run.meta["paths"]]
        stored = run.query("SELECT path FROM documents ORDER BY doc")
        found = (innermost(Path(path), sides) for (path,) in stored)
        return [None if side is None else str(sides[side]) for side in found]
    if field is None:
        return None
    return values_of(run, field)


def groups_of(names: Sequence[str | None]) -> NDArray[np.int32]:
    """Group of each document (int32) by `group_names`; one without a name is a group of its own."""
    told_apart = [name or f"\0{row}" for row, name in enumerate(names)]
    return np.unique(np.array(told_apart, dtype=str), return_inverse=True)[1].astype(np.int32)
