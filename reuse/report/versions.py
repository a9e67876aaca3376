"""Versions of one story as a reader is told of them: when, against which, and what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reuse.analysis.versions import version_table
from reuse.report.differences import GAP

if TYPE_CHECKING:
    from reuse.run.run import Run

CHANGES = 6
"""Changes of a version that are said, unless another number is asked for."""
UNCHANGED = "nothing changed"
NO_EARLIER = "no earlier version is known"


@dataclass(frozen=True, slots=True)
class Version:
    """A document among the versions of its story.

    Attributes:
        document, name: Its id, and its name for readers.
        date: Its date; None: it has none.
        guessed: The date was guessed.
        previous: Name of the version that it is set against; None: no other is surely earlier.
        said: What changed, in one line.
    """

    document: str
    name: str
    date: str | None
    guessed: bool
    previous: str | None
    said: str


def stories(run: Run, most: int, *, document: str | None = None, changes: int = CHANGES) -> list[list[Version]]:
    """The stories with most versions, each version by version in the order of their dates.

    Args:
        run: The run.
        most: Most stories; one without a version that is set against an earlier one is none of them.
        document: Only the story of the document of this id, whatever it has.
        changes: Most changes of a version that are said.
    """
    table = version_table(run, None if document is not None else most, document)
    found: dict[str, list[Version]] = {}
    for values in zip(*table.values(), strict=True):
        row = dict(zip(table, values, strict=True))
        found.setdefault(row["story"], []).append(_version(row, run.name_of, changes))
    return list(found.values())


def _version(row: Mapping[str, Any], names: Mapping[str, str], changes: int) -> Version:
    return Version(
        document=row["document"],
        name=names[row["document"]],
        date=row["date"],
        guessed=row["date_guessed"],
        previous=None if row["previous"] is None else names[row["previous"]],
        said=NO_EARLIER if row["previous"] is None else said(json.loads(row["changed"]), row["changes"], changes),
    )


def said(changed: Sequence[Mapping[str, str]], total: int, most: int = CHANGES) -> str:
    """`twelve → nineteen; the → a`, and how many more there are.

    Args:
        changed: The changes, what matters most first.
        total: How many there are.
        most: Most that are said.
    """
    if not total:
        return UNCHANGED
    shown = [f"{one['before'] or GAP} → {one['after'] or GAP}" for one in changed[:most]]
    more = total - len(shown)
    return "; ".join([*shown, f"and {more:,} more"] if more else shown)
