"""The list of all tables that a run can be read as: a further one is one line here."""

from __future__ import annotations

from reuse.errors import UsageError
from reuse.run import comparisons
from reuse.run.computed import Computed
from reuse.run.declaration import ExportedTable
from reuse.run.stored_tables import CLUSTERS, DOCUMENTS, FORMULAS, MATCHES

EXPORTED: tuple[ExportedTable, ...] = (
    DOCUMENTS,
    MATCHES,
    CLUSTERS,
    FORMULAS,
    Computed(comparisons.FAMILIES),
    Computed(comparisons.LIVES),
    Computed(comparisons.FRAMES),
    Computed(comparisons.CONCORDANCE),
    Computed(comparisons.MATRIX),
    Computed(comparisons.PROFILES),
    Computed(comparisons.EDITS),
    Computed(comparisons.CHANGES),
)
"""In the order in which they are documented."""

BY_NAME = {table.name: table for table in EXPORTED}


def table_of(name: str) -> ExportedTable:
    """The table of this name.

    Raises:
        UsageError: There is none.
    """
    if name not in BY_NAME:
        raise UsageError(f"there is no table {name!r}; the tables are {', '.join(BY_NAME)}")
    return BY_NAME[name]
