"""Groups of documents: by year, source, or any field; and dates as far as they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError
from reuse.fields import in_order, values_of
from reuse.options import ScanOptions


class StoredRun(Protocol):
    """What the comparisons need of a run (`reuse.run.Run` has it)."""

    @property
    def tokens(self) -> Tokens:
        """The tokens of all documents."""

    @property
    def document_ids(self) -> list[str]:
        """Ids of all documents, by ordinal."""

    @property
    def options(self) -> ScanOptions:
        """What the scan was told."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on `run.sqlite`."""

    def text(self, document: int) -> str:
        """The text of a document, by ordinal."""

    def column(self, name: str) -> NDArray[Any]:
        """A column of `index/`."""

    def kept(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Columns that were worked out before and kept; None: there are none."""

    def keep(self, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Keep columns for later, if they can be kept."""


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


def dates_of(run: StoredRun) -> list[str | None]:
    """The dates of all documents, by ordinal."""
    return [date for (date,) in run.query("SELECT date FROM documents ORDER BY doc")]
