"""The list of all tables that a run can be read as: a further one is one line here."""

from __future__ import annotations

from functools import cache

from reuse.errors import UsageError
from reuse.run.computed import Computed
from reuse.run.declaration import ExportedTable
from reuse.run.stored_tables import CLUSTERS, DOCUMENTS, FORMULAS, MATCHES, PASSAGES

FILTERED = {table.name: table for table in (DOCUMENTS, MATCHES, CLUSTERS, PASSAGES, FORMULAS)}
"""Those that are stored, and take a filter, by name."""


@cache
def exported_tables() -> dict[str, ExportedTable]:
    """All of them by name, in the order in which they are documented."""
    # Late, for a scan needs none of them.
    from reuse.analysis.changes import CHANGES  # noqa: PLC0415
    from reuse.analysis.concordance import CONCORDANCE  # noqa: PLC0415
    from reuse.analysis.dispersion import DISPERSION  # noqa: PLC0415
    from reuse.analysis.edits import EDITS  # noqa: PLC0415
    from reuse.analysis.families import FAMILIES  # noqa: PLC0415
    from reuse.analysis.frames import FRAMES  # noqa: PLC0415
    from reuse.analysis.lives import LIVES  # noqa: PLC0415
    from reuse.analysis.matrix import MATRIX  # noqa: PLC0415
    from reuse.analysis.ngrams import NGRAMS  # noqa: PLC0415
    from reuse.analysis.profiles import PROFILES  # noqa: PLC0415
    from reuse.analysis.sources import SOURCES  # noqa: PLC0415
    from reuse.analysis.versions import VERSIONS  # noqa: PLC0415
    from reuse.analysis.wordlist import WORDLIST  # noqa: PLC0415

    computed = (
        WORDLIST,
        FAMILIES,
        LIVES,
        FRAMES,
        NGRAMS,
        CONCORDANCE,
        DISPERSION,
        MATRIX,
        SOURCES,
        PROFILES,
        EDITS,
        CHANGES,
        VERSIONS,
    )
    return {**FILTERED, **{table.name: Computed(table) for table in computed}}


def table_of(name: str) -> ExportedTable:
    """The table of this name.

    Raises:
        UsageError: There is none.
    """
    if name in FILTERED:
        return FILTERED[name]
    tables = exported_tables()
    if name not in tables:
        raise UsageError(f"there is no table {name!r}; the tables are {', '.join(tables)}")
    return tables[name]
