"""Metadata that lie beside the reports, in `metadata.csv` or `metadata.jsonl`, by id."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from reuse.corpus.document import Skipped
from reuse.corpus.files import Source
from reuse.corpus.readers.json_records import json_rows
from reuse.corpus.readers.registry import reader_of
from reuse.corpus.readers.tables import table_rows
from reuse.corpus.records import fields_as_text
from reuse.corpus.roles import Roles
from reuse.corpus.troubles import Troubles, shown
from reuse.options import ReadOptions

_REMEDY = "the id of a report is its path from the folder of the sidecar, such as 2021/opening.txt, or its id field"
_MOST_COMPARED = 5_000  # ids among which the nearest to one that names nothing is looked for


class Sidecars:
    """All sidecars of a scan. Those of inner folders beat those of outer ones, `.jsonl` beats `.csv` beside it.

    They are UTF-8 or guessed: the encoding asked for is that of the reports. Their columns go by their usual names, but
    for those that the options name and that they have.
    """

    def __init__(self, paths: Mapping[Path, bool], options: ReadOptions, skipped: list[Skipped]) -> None:
        self._tables: dict[Path, dict[str, dict[str, str]]] = {}
        self._unused: list[tuple[Path, dict[str, str]]] = []
        self._skipped = skipped
        self._wanted: dict[Path, list[dict[str, str]]] = {}
        self._met: dict[str, str] = {}
        for path, whole in sorted(paths.items()):
            rows = _read(path, options, skipped)
            table = self._tables.setdefault(path.parent, {})
            for key, (_, fields) in rows.items():
                table[key] = table.get(key, {}) | fields
            if whole:
                unused = {key: name for key, (name, _) in rows.items()}
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
            if not table:
                continue
            name = "/".join(parts[-up:]) if record_id is None else record_id
            if len(self._met) < _MOST_COMPARED:
                self._met[_same_name(name)] = name
            key = _same_name(name)
            if key not in table and record_id is None and reader_of(key):
                key = _without_suffix(key)
            if key in table:
                fields |= table[key]
                for unused in self._wanted.get(folder, ()):
                    unused.pop(key, None)
        return fields

    def close(self) -> None:
        """Tell which rows name no report that was read, and which report is called most alike."""
        for path, unused in self._unused:
            if unused:
                rows = f"{len(unused):,} row{'s name' if len(unused) > 1 else ' names'}"
                first = min(unused)
                alike = difflib.get_close_matches(first, self._met, n=1, cutoff=0.8)
                near = f"; nearest: '{self._met[alike[0]]}'" if alike else ""
                reason = f"{rows} no report that was read (first: '{unused[first]}'{near})"
                self._skipped.append(Skipped(shown(path), reason, _REMEDY))


def _read(path: Path, options: ReadOptions, skipped: list[Skipped]) -> dict[str, tuple[str, dict[str, str]]]:
    """Id as it is written, and fields, by id as ids are compared."""
    troubles = Troubles(path, skipped)
    if path.suffix == ".jsonl":
        rows = json_rows(path, None, troubles)
    else:
        rows = table_rows(path, None, troubles, "id", ReadOptions(), "name the column with the reports' ids 'id'")
    roles = Roles(ReadOptions(), troubles, guess=False)
    asked = Roles(options, troubles, guess=False)
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for row in rows:
        fields = fields_as_text(roles.moved(asked.moved(row.fields)))
        name = fields.pop("id", None)
        if name is None:
            troubles.record(row.line, "has no id", _REMEDY)
            continue
        key = _same_name(name)
        if key in found:
            troubles.record(
                row.line, "has an id that an earlier row has; the earlier one counts", "remove one of the two"
            )
        else:
            found[key] = (name, fields)
    troubles.close()
    return found


def _same_name(name: str) -> str:
    """A file's name as ids are compared: composed letters, `/` between folders, no `./`."""
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")


def _without_suffix(name: str) -> str:
    return name.removesuffix(".gz").rsplit(".", 1)[0]
