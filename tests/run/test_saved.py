"""Columns whose files grow: what is new is written behind what is there, and nobody else sees it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from reuse.run import saved

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there, a folder with files in use cannot be renamed")


@pytest.fixture
def former(tmp_path: Path) -> Path:
    saved.save(tmp_path / "former.npy", np.arange(5, dtype=np.int32), lasting=False)
    return tmp_path / "former.npy"


def numbers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def test_a_grown_file_is_what_the_whole_column_would_be_and_the_former_one_is_as_it_was(former: Path) -> None:
    path = former.with_name("grown.npy")
    mapped = np.load(former, mmap_mode="r")
    column = saved.grow(former, path, 5, numbers(7, 8, 9), lasting=True)
    assert column is not None
    assert column.tolist() == [0, 1, 2, 3, 4, 7, 8, 9]
    assert np.load(former).tolist() == [0, 1, 2, 3, 4]  # as long as nobody told it
    saved.tell_rows(path, 8, lasting=True)
    saved.save(former.with_name("whole.npy"), column, lasting=False)
    assert path.read_bytes() == former.with_name("whole.npy").read_bytes()
    assert mapped.tolist() == [0, 1, 2, 3, 4]


def test_what_was_left_behind_by_who_was_killed_is_overwritten(former: Path) -> None:
    killed, path = former.with_name("killed.npy"), former.with_name("grown.npy")
    saved.grow(former, killed, 5, numbers(1, 1, 1, 1), lasting=False)
    saved.tell_rows(killed, 9, lasting=False)
    killed.unlink()
    column = saved.grow(former, path, 5, numbers(7), lasting=False)
    assert column is not None
    assert column.tolist() == [0, 1, 2, 3, 4, 7]
    saved.tell_rows(path, 6, lasting=False)
    assert np.load(path).tolist() == np.load(path, mmap_mode="r").tolist() == [0, 1, 2, 3, 4, 7]


def test_a_file_that_a_third_run_has_too_does_not_grow(former: Path) -> None:
    former.with_name("copy.npy").hardlink_to(former)
    before = former.read_bytes()
    assert saved.grow(former, former.with_name("grown.npy"), 5, numbers(7), lasting=False) is None
    assert former.read_bytes() == before
    assert not former.with_name("grown.npy").exists()


@pytest.mark.parametrize("further", [np.zeros(2, dtype=np.int64), np.zeros(2, dtype=bool)])
def test_rows_of_another_type_are_not_written(former: Path, further: np.ndarray) -> None:
    assert saved.grow(former, former.with_name("grown.npy"), 5, further, lasting=False) is None
    assert not former.with_name("grown.npy").exists()


def test_where_there_are_no_links_nothing_is_left(former: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert saved.grow(former, former.with_name("grown.npy"), 5, numbers(7), lasting=False) is None
    assert list(former.parent.iterdir()) == [former]
