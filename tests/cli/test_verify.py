from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.run.run import Run
from reuse.verify import verify


@pytest.fixture
def root(originals: Path, tmp_path: Path) -> Path:
    """A copy of the original files, to be spoilt."""
    return shutil.copytree(originals, tmp_path / "copy")


def test_untouched_files_verify(run_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(run_path), "--root", str(root)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "4 of 4 documents unchanged; 4 of 4 passages where the run says\n"


def test_what_changed_moved_or_went_is_told(run_path: Path, root: Path) -> None:
    a, b, c = (root / "in" / name for name in ("a.txt", "b.txt", "조선.txt"))
    a.write_text("Added. " + a.read_text("utf-8"), "utf-8")
    b.write_text(b.read_text("utf-8").replace("vibrant", "viable"), "utf-8")
    c.unlink()
    with Run.open(run_path) as run:
        found = {one.document: one for one in verify(run, root)}
    told = {name: (one.state, one.found, one.moved, one.lost) for name, one in found.items()}
    assert told == {
        "a.txt": ("changed", 0, 1, 0),
        "b.txt": ("changed", 0, 0, 1),
        "조선.txt": ("missing", 0, 0, 1),
        "한국.txt": ("unchanged", 1, 0, 0),
    }


def test_lost_passages_are_status_1(run_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "in" / "a.txt").write_text("Nothing of it.", "utf-8")
    assert main(["verify", str(run_path), "--root", str(root)]) == 1
    assert capsys.readouterr().out == "changed\ta.txt\t0 of 1 passages in place, 0 moved, 1 lost\n"


def test_a_change_outside_the_passages_leaves_them_verified(run_path: Path, root: Path) -> None:
    with (root / "in" / "a.txt").open("a", encoding="utf-8") as file:
        file.write(" More at the end.")
    with Run.open(run_path) as run:
        (one,) = [one for one in verify(run, root) if one.document == "a.txt"]
    assert (one.state, one.found) == ("changed", 1)
