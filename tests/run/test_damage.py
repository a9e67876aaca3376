"""A damaged run is told as that, whatever is damaged; a whole one never."""

import shutil
import sqlite3

import numpy as np
import pytest

from reuse.errors import RunError
from reuse.run.damage import damage_of
from reuse.run.registry import exported_tables
from reuse.run.run import Run
from reuse.run.schema import COLUMNS


def read_all(path):
    with Run.open(path) as run:
        for name in exported_tables():
            run.table(name).to_dicts()
        run.count("documents", "people")
        run.count("formulas", "the people*")


def told(path):
    """What is said of the damage; damage that no table shows need not be told."""
    try:
        read_all(path)
    except RunError as error:
        return str(error)
    return "scan the documents again"


def test_a_whole_run_has_no_damage(run):
    assert damage_of(run) == ""


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("damage", ["empty", "half", "fewer", "nonsense"])
def test_any_damaged_column_gives_one_clear_error(path, name, damage):
    file = path / "index" / f"{name}.npy"
    whole = np.load(file)
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "fewer":
        np.save(file, whole[: len(whole) // 2])
    else:
        np.save(file, np.full_like(whole, 10**6 if whole.dtype != bool else True))
    assert "scan the documents again" in told(path)


@pytest.mark.parametrize("seed", range(20))
def test_any_damaged_page_gives_one_clear_error(path, tmp_path, seed):
    random = np.random.default_rng(seed)
    copy = tmp_path / "copy"
    shutil.copytree(path, copy)
    data = bytearray((copy / "run.sqlite").read_bytes())
    start = int(random.integers(1, len(data) // 4096)) * 4096
    data[start : start + 4096] = random.integers(0, 256, 4096, dtype=np.uint8).tobytes() if seed % 2 else b"\xff" * 4096
    (copy / "run.sqlite").write_bytes(data)
    assert "scan the documents again" in told(copy)


def test_facts_that_are_no_json_are_told(path):
    database = sqlite3.connect(path / "run.sqlite")
    database.execute("UPDATE meta SET value = '{'")
    database.commit()
    database.close()
    with Run.open(path) as run, pytest.raises(RunError, match="facts cannot be read"):
        run.meta  # noqa: B018 - it is read
