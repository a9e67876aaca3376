"""Metadata that lie beside the reports, in `metadata.csv` or `metadata.jsonl`, by id."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reuse.corpus.document import Skipped
from reuse.corpus.files import Source
from reuse.corpus.jsonl import json_rows
from reuse.corpus.records import fields_as_text
from reuse.corpus.tables import table_rows
from reuse.corpus.troubles import Troubles, shown

_KEY = "id"
_REMEDY = "the id of a report is its path from the folder of the sidecar, such as 2021/opening.txt, or its id field"


class Sidecars:
    """All sidecars of a scan. Those of inner folders beat those of outer ones, `.jsonl` beats `.csv` beside it.

    They are UTF-8 or guessed: the encoding asked for is that of the reports.
    """

    def __init__(self, paths: Mapping[Path, bool], skipped: list[Skipped]) -> None:
        self._tables: dict[Path, dict[str, dict[str, str]]] = {}
        self._unused: list[tuple[Path, set[str]]] = []
        self._skipped = skipped
        self._wanted: dict[Path, list[set[str]]] = {}
        for path, whole in sorted(paths.items()):
            rows = _read(path, skipped)
            table = self._tables.setdefault(path.parent, {})
            for key, fields in rows.items():
                table[key] = table.get(key, {}) | fields
            if whole:
                unused = set(rows)
                self._unused.append((path, unused))
                self._wanted.setdefault(path.parent, []).append(unused)

    def fields_of(self, source: Source, record_id: str | None) -> dict[str, str]:
        """The fields for the report of that source, or for the record of it that has that id."""
        if not self._tables:
            return {}
        fields: dict[str, str] = {}
        parts = source.name.split("/")
        depth = len(source.path.relative_to(source.root).parts)
        for up in range(depth, 0, -1):  # from the root inwards, so that inner folders have the last word
            folder = source.path.parents[up - 1]
            table = self._tables.get(folder)
            key = "/".join(parts[-up:]) if record_id is None else record_id
            if table and key in table:
                fields |= table[key]
                for unused in self._wanted.get(folder, ()):
                    unused.discard(key)
        return fields

    def close(self) -> None:
        """Tell which rows name no report that was read."""
        for path, unused in self._unused:
            if unused:
                rows = f"{len(unused):,} row{'s name' if len(unused) > 1 else ' names'}"
                reason = f"{rows} no report that was read (first: '{min(unused)}')"
                self._skipped.append(Skipped(shown(path), reason, _REMEDY))


def _read(path: Path, skipped: list[Skipped]) -> dict[str, dict[str, str]]:
    troubles = Troubles(path, skipped)
    if path.suffix == ".jsonl":
        rows = json_rows(path, None, troubles)
    else:
        rows = table_rows(path, None, troubles, _KEY, "name the column with the reports' ids 'id'")
    table: dict[str, dict[str, str]] = {}
    for row in rows:
        fields = fields_as_text(row.fields)
        key = fields.pop(_KEY, None)
        if key is None:
            troubles.record(row.line, "has no id", _REMEDY)
        elif key in table:
            troubles.record(
                row.line, "has an id that an earlier row has; the earlier one counts", "remove one of the two"
            )
        else:
            table[key] = fields
    troubles.close()
    return table
