"""Reads a run: its tables as columns, filtered and sorted, and what the reviewer said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.columns import Values
from reuse.errors import RunError
from reuse.run.declaration import named
from reuse.run.files import RunFiles
from reuse.run.notes import Review
from reuse.run.registry import table_of
from reuse.run.stored_tables import STORED
from reuse.run.table import Table


class Run(RunFiles):
    """A stored run, open for reading. Use `Run.open(path)`, as a context manager or with `close()`; or let go of it.

    A run never changes: a rescan puts another in its place, which `replaced` tells; an open run goes on reading the
    one that it opened. One Run may be used from several threads. Review notes are in `notes`, and can be written.

    Attributes:
        path: The run's folder.
        notes: The review notes.
    """

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r})"

    def check(self) -> None:
        """Refuse what cannot be read."""
        super().check()
        for table in STORED:
            columns = {row[1] for row in self.sql(f"PRAGMA table_info({table.name})")}
            missing = [column for column in table.stored if column not in columns]
            if missing:
                what = f"column {', '.join(missing)} in its table {table.name}" if columns else f"table {table.name}"
                remedy = f"textreuse rescan {self.path} makes it anew" if columns else "scan the documents again"
                raise RunError(
                    f"{self.path}: the run is broken, or older than this version (it has no {what}); {remedy}"
                )

    @property
    def documents(self) -> Table:
        """All documents."""
        return self.table("documents")

    @property
    def matches(self) -> Table:
        """All matches, with the passages' texts."""
        return self.table("matches")

    @property
    def clusters(self) -> Table:
        """All clusters."""
        return self.table("clusters")

    @property
    def formulas(self) -> Table:
        """All formulas."""
        return self.table("formulas")

    def table(
        self,
        name: str,
        *,
        where: str | None = None,
        order: str | None = None,
        descending: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
        columns: Sequence[str] | None = None,
    ) -> Table:
        """Rows of an exported table; read as they are looked at, so keep the run open.

        Args:
            name: documents, matches, clusters, formulas, or another table of `reuse.run.registry`.
            where: Filter, in the language that `reuse.run.where` describes.
            order: Column to sort by; None: the table's own order.
            descending: Sort from high to low; None: as is usual for the column (scores high to low, names low to high).
            limit: Most rows to return.
            offset: Rows to pass over.
            columns: Columns to return; None: all.

        Raises:
            UsageError: Unknown table, column or field; bad filter.
            RunError: The run is broken.
        """
        source = table_of(name)
        wanted = [column.name for column in source.columns] if columns is None else columns
        named(name, source.columns, wanted)
        numbers = self.ids(name, where, order, descending=descending, limit=limit, offset=offset)

        def read(rows: range, names: Sequence[str]) -> Mapping[str, Values]:
            return source.fetch(self, numbers[np.arange(rows.start, rows.stop, rows.step)], names).to_dict()

        types = {column.name: column.type for column in source.columns}
        return Table.read_later(read, wanted, len(numbers), name=name, types=types)

    def batches(
        self,
        name: str,
        *,
        where: str | None = None,
        order: str | None = None,
        descending: bool | None = None,
        columns: Sequence[str] | None = None,
        size: int = 10_000,
    ) -> Iterator[Table]:
        """The same rows as `table`, `size` at a time, so that memory does not grow with the run."""
        numbers = self.ids(name, where, order, descending=descending)
        for start in range(0, len(numbers), size):
            yield table_of(name).fetch(self, numbers[start : start + size], columns)

    def ids(
        self,
        name: str,
        where: str | None = None,
        order: str | None = None,
        *,
        descending: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> NDArray[np.int64]:
        """Row numbers (int64) of what `table` would return: fast for hundreds of thousands; read with `rows`."""
        return table_of(name).numbers(self, where=where, order=order, descending=descending, limit=limit, offset=offset)

    def rows(
        self, name: str, numbers: Sequence[int] | NDArray[np.int64], columns: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """The rows of these numbers, in this order, each as a dict."""
        return list(table_of(name).fetch(self, np.asarray(numbers, dtype=np.int64), columns).to_dicts())

    def count(self, name: str, where: str | None = None) -> int:
        """How many rows a table has, or how many pass the filter."""
        return table_of(name).count(self, where)

    def orphaned_notes(self) -> list[Review]:
        """Notes about matches, clusters or formulas that this run does not have; they are kept."""
        orphans: list[Review] = []
        for kind, name in (("match", "matches"), ("cluster", "clusters"), ("formula", "formulas")):
            about = [review for review in self.notes.all() if review.kind == kind]
            known = self.sql(
                f"SELECT id FROM {name} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([review.id for review in about]),),
            )
            present = {found for (found,) in known}
            orphans += [review for review in about if review.id not in present]
        return orphans
