"""Groups of documents: by year, source, or any field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import StoredRun
from reuse.arrays.keys import differs
from reuse.errors import UsageError
from reuse.fields import in_order, values_of


@dataclass(frozen=True, slots=True)
class Groups:
    """Documents in groups.

    Attributes:
        names: Names of the groups, in order.
        of_document: int64 (documents,): group of each document; -1 for a document that has no value.
    """

    names: list[str]
    of_document: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def number(self, name: str, field: str) -> int:
        """Number of the group of this name, or of the only one that has it in its name.

        Raises:
            UsageError: There is none, or there are several.
        """
        if name in self.names:
            return self.names.index(name)
        found = [number for number, one in enumerate(self.names) if name.casefold() in one.casefold()]
        if len(found) == 1:
            return found[0]
        some = ", ".join([self.names[number] for number in found or range(len(self.names))][:8])
        if found:
            raise UsageError(f"{name!r} is in the names of {len(found)} groups ({some}); write more of it")
        more = " …" if len(self.names) > 8 else ""
        raise UsageError(f"no {field} is named {name!r}; there are {some}{more}")

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Groups:
        """Documents with the same value form a group; groups are in the order of `reuse.fields.in_order`."""
        names = in_order(values)
        number = {name: place for place, name in enumerate(names)}
        return cls(names, np.array([number[value] if value else -1 for value in values], dtype=np.int64))

    def once(self, run: StoredRun) -> Groups:
        """The same groups with one of several copies of a text in each, the first: copies are one witness to it.

        As they are where the scan was told that copies count.
        """
        return Groups(self.names, each_text_once(run, self.of_document))


def each_text_once(run: StoredRun, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Groups of documents (int64, documents) of which copies of a document of the same group are left out (-1).

    Args:
        run: The run.
        groups: int64 (documents,): group of each document; -1: none.
    """
    if run.options.copies != "one":
        return groups
    first = np.array([row for (row,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")])
    order = np.lexsort((np.arange(len(first)), first != np.arange(len(first)), first, groups))
    again = np.zeros(len(groups), dtype=bool)
    again[order] = ~differs(groups[order], first[order])
    return np.where(again, -1, groups)


def groups_by(run: StoredRun, field: str | None = None) -> Groups:
    """The documents of a run grouped by a field.

    Args:
        run: The run.
        field: One of `reuse.fields.field_names`, in any case; None: each document by itself.

    Raises:
        UsageError: No document has a value of it; the message lists the fields.
    """
    if field is None:
        return Groups(list(run.document_ids), np.arange(len(run.document_ids), dtype=np.int64))
    values = values_of(run, field)
    return groups_by(run) if values == run.document_ids else Groups.of(values)
