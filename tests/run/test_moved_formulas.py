"""Rows of formulas that a growing run takes over are those that it would write.

the run had:  1 A  2 B  3 C (two forms)        it is to have:  1 A  2 D (new)  3 B  4 C (two forms)
taken over:   A, and B as 3                    written: D, C
"""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

import reuse
from reuse.formulas.phrases import Formulas
from reuse.run.moved_formulas import BEFORE, Moved
from tests.prose import Prose

FORMS = ["brave sailors mended torn nets yesterday", "brave sailors mended worn nets yesterday"]
INNER = "quiet harbour beside winter mountains"
LONGER = f"she painted the {INNER} again before breakfast"


def texts() -> list[dict[str, str]]:
    """Texts with phrases in common, in parts.

    In the second part there are another form of a phrase of the first, and a phrase that holds one of the first.
    """
    prose = Prose(3)
    phrases = [" ".join(prose.words(7)) for _ in range(9)]
    chosen = [[phrases[n % 9], phrases[n * n % 9], FORMS[0] if n % 2 else INNER] for n in range(10)]
    parts = [chosen, [[LONGER, FORMS[1]], [LONGER, FORMS[1]]], [[phrases[1]], [phrases[2], FORMS[1]]], [["nothing"]]]
    numbers = itertools.count()
    return [
        {
            f"{next(numbers):02}": "\n".join(f"{prose.sentences(2)} {phrase.capitalize()}." for phrase in own)
            for own in part
        }
        for part in parts
    ]


def table(run: reuse.Run) -> list[tuple[object, ...]]:
    return list(run.sql("SELECT * FROM formulas ORDER BY formula"))


@pytest.fixture
def grown(tmp_path: Path) -> list[tuple[object, ...]]:
    return table(in_parts(tmp_path / "moved.reuse"))


def in_parts(path: Path) -> reuse.Run:
    first, *others = texts()
    run = reuse.scan(texts=first, out=path)
    for part in others:
        run = run.add(texts=part, newer=1.0)
    return run


def test_rows_are_those_that_are_written_anew(tmp_path: Path, grown: list[tuple[object, ...]]) -> None:
    moved, real = [], Moved.of

    def anew(*given: object) -> Moved:
        found = real(*given)
        moved.append(int(np.count_nonzero(found.whole)))
        return found.all_anew()

    with patch.object(Moved, "of", anew):
        assert table(in_parts(tmp_path / "anew.reuse")) == grown
    # Nothing that the last part says was said before; the others have a form, and what holds a phrase.
    assert moved[-1] == len(grown) - 2
    assert 0 < moved[0] < moved[-1]
    assert len({row[-3] for row in grown}) == len(grown) - 1


def test_where_an_id_is_taken_all_rows_are_written_anew(tmp_path: Path, grown: list[tuple[object, ...]]) -> None:
    with patch.object(Moved, "clash", lambda *_: True):
        assert table(in_parts(tmp_path / "anew.reuse")) == grown


def test_an_id_clashes_with_rows_that_are_taken_over_only() -> None:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE {BEFORE} (formula INTEGER PRIMARY KEY, id TEXT)")
    database.executemany(f"INSERT INTO {BEFORE} VALUES (?, ?)", enumerate(["first", "second", "third"]))
    moved = Moved(Formulas.empty(), np.array([2, 0, -1]), np.array([True, False, False]))
    assert moved.clash(database, ["another", "third"])
    assert not moved.clash(database, ["another", "first", "second"])
    assert not moved.all_anew().clash(database, ["third"])
