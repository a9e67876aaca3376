"""Rows of formulas that a growing run takes over from what it was: they stand elsewhere in the order, nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges
from reuse.formulas.phrases import Formulas
from reuse.formulas.variants import Families
from reuse.run import rows
from reuse.run.phrasing import Phrasing, same_places
from reuse.run.stored_tables import FORMULAS

BEFORE = "formulas_before"
"""The table of the formulas that the run had, while those that it is to have are written."""

SET_ASIDE = f"ALTER TABLE {FORMULAS.name} RENAME TO {BEFORE};"
"""SQL that makes it."""

_FIGURES = ("df", "df_all", "tf_all", "bits")


@dataclass(frozen=True, slots=True)
class Moved:
    """Formulas that the run had, and what becomes of them.

    Attributes:
        before: Those that it had, their rows being those of the table BEFORE.
        same: int64 (formulas,): of each formula that it is to have, the row there that stands in the very same places;
            -1: there is none.
        whole: bool (formulas,): which of these have the same figures too and are families of their own, then and now.
    """

    before: Formulas
    same: NDArray[np.int64]
    whole: NDArray[np.bool_]

    @classmethod
    def of(cls, database: sqlite3.Connection, before: Formulas, formulas: Formulas, families: Families) -> Moved:
        """Those of a run.

        Args:
            database: Its tables.
            before: The formulas that it had.
            formulas: Those that it is to have.
            families: Their families.
        """
        same = same_places(before.tokens, before.bounds, before.positions, formulas)
        if not len(before):
            return cls(before, same, np.zeros(len(same), dtype=bool))
        joined = database.execute(f"SELECT formula FROM {BEFORE} WHERE variants > 1").fetchall()
        alone = np.ones(len(before), dtype=bool)
        alone[np.array(joined, dtype=np.int64).ravel()] = False
        whole = (same >= 0) & alone[same] & (families.members == 1)
        for name in _FIGURES:
            whole &= getattr(before, name)[same] == getattr(formulas, name)
        return cls(before, same, whole)

    def all_anew(self) -> Moved:
        """The same where no row is taken over."""
        return Moved(self.before, self.same, np.zeros_like(self.whole))

    def clash(self, database: sqlite3.Connection, ids: Iterable[str]) -> bool:
        """Whether a row that is taken over has one of these ids."""
        sought = json.dumps(list(ids))
        query = f"SELECT formula FROM {BEFORE} WHERE id IN (SELECT value FROM json_each(?))"
        having = np.array(database.execute(query, (sought,)).fetchall(), dtype=np.int64).ravel()
        return bool(np.isin(having, self.same[self.whole]).any())

    def phrasing(self, database: sqlite3.Connection) -> Phrasing:
        """How those are written that stand in the same places and are not taken over."""
        numbers = np.unique(self.same[~self.whole & (self.same >= 0)])
        query = f"SELECT text, id FROM {BEFORE} WHERE formula IN (SELECT value FROM json_each(?)) ORDER BY formula"
        known = database.execute(query, (json.dumps(numbers.tolist()),)).fetchall()
        texts, ids = zip(*known, strict=True) if known else ((), ())
        sizes = self.before.sizes()[numbers]
        positions = self.before.positions[ranges(self.before.bounds[numbers], sizes)]
        return Phrasing(self.before.tokens[numbers], bounds_of(sizes), positions, texts, ids)

    def take_over(self, database: sqlite3.Connection, dispersion: Iterable[float]) -> None:
        """Write the rows that are taken over under their new numbers, and drop the table BEFORE.

        Args:
            database: The tables of the run.
            dispersion: That of each of these formulas now, in their order.
        """
        database.execute("CREATE TEMP TABLE moved (formula INTEGER PRIMARY KEY, before INTEGER, dispersion REAL)")
        numbers = np.flatnonzero(self.whole)
        moved = zip(numbers.tolist(), self.same[numbers].tolist(), dispersion, strict=True)
        database.executemany("INSERT INTO moved VALUES (?, ?, ?)", moved)
        other = {"formula": "moved.formula", "dispersion": "moved.dispersion", "furniture": "'none'"}
        names = [name.strip('"') for name in FORMULAS.stored]
        database.execute(
            f"INSERT INTO {FORMULAS.name} ({', '.join(names)}) "
            f"SELECT {', '.join(other.get(name, f'{BEFORE}.{name}') for name in names)} "
            f"FROM moved CROSS JOIN {BEFORE} ON {BEFORE}.formula = moved.before ORDER BY moved.formula"
        )
        database.execute("DROP TABLE moved")
        database.execute(f"DROP TABLE {BEFORE}")


Written = Callable[[Formulas, Families, Phrasing], rows.Columns]
"""Makes the rows of formulas, given their families and how some of them are written."""


def moved_and_new(
    database: sqlite3.Connection, before: Formulas, formulas: Formulas, families: Families, written: Written
) -> rows.Columns:
    """Take over the rows of formulas that are as they were; the rows of all others, which are left to be written.

    Args:
        database: The tables of the run.
        before: The formulas that it had.
        formulas: Those that it is to have.
        families: Their families.
        written: Makes the rows of those that are not taken over.
    """
    moved = Moved.of(database, before, formulas, families)
    columns = _not_moved(moved, database, formulas, families, written)
    if moved.clash(database, columns["id"]):  # which of them has another id then follows from their order
        moved = moved.all_anew()
        columns = _not_moved(moved, database, formulas, families, written)
    moved.take_over(database, rows.rounded(formulas.dispersion[moved.whole]).tolist())
    return columns


def _not_moved(
    moved: Moved, database: sqlite3.Connection, formulas: Formulas, families: Families, written: Written
) -> rows.Columns:
    left = np.flatnonzero(~moved.whole)
    own = families.take(left)
    # What is taken over is a family of its own, so that all forms of one are left, or none.
    own = replace(own, head=np.searchsorted(left, own.head).astype(np.int32))
    return {**written(formulas.take(left), own, moved.phrasing(database)), "formula": left.tolist()}
