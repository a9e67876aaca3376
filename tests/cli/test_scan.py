"""The main job from the outside: the seeds scanned, shown, exported, read from Python."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import reuse
from reuse.cli import main
from reuse.run.run import Run

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with reuse.scan(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds.reuse") as scanned:
        yield scanned


def fastest(command: list[str | Path], times: int) -> float:
    """Seconds of the fastest of several runs: what the machine's other work adds is left out."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


@pytest.mark.slow
def test_the_seeds_are_scanned_in_three_seconds(tmp_path: Path) -> None:
    assert fastest([sys.executable, "-m", "reuse", "scan", SEEDS, "-o", tmp_path / "seeds.reuse"], 2) < 3


def test_help_takes_a_fifth_of_a_second() -> None:
    bare = fastest([sys.executable, "-c", "pass"], 5)
    assert fastest([sys.executable, "-m", "reuse", "--help"], 5) - bare < 0.2


def test_the_summary_of_the_seeds_shows_passages_and_formulas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["scan", str(SEEDS)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("5 documents, 19,7")
    assert "ones closely knitted in the" in out
    assert "5 documents, 19 times  Party members and other working people" in out
    assert "textreuse report seeds.reuse -o report.html" in out
    assert err == ""


def test_every_exported_passage_cuts_out_of_the_original_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "matches.jsonl"
    assert main(["export", str(run.path), "matches", "-o", str(out)]) == 0
    texts = {path.name: path.read_bytes().decode() for path in SEEDS.glob("*.txt")}
    rows = [json.loads(line) for line in out.read_text("utf-8").split("\n")[:-1]]
    assert len(rows) == run.count("matches") > 100
    for row in rows:
        for side in "ab":
            assert texts[row[side]][row[f"{side}_start"] : row[f"{side}_end"]] == row[f"text_{side}"]


def test_tables_are_data_frames_in_one_call(run: Run) -> None:
    matches, formulas = run.matches, run.formulas
    assert len(pd.DataFrame(matches)) == len(matches) == run.count("matches")
    assert pl.DataFrame(formulas).height == len(formulas) == run.count("formulas")


def test_one_path_or_several_may_be_given(tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("*.txt"))[:2]
    with reuse.scan([str(file) for file in files], tmp_path / "two.reuse") as two:
        assert two.document_ids == [file.name for file in files]
    with reuse.scan(str(files[0]), tmp_path / "one.reuse") as one:
        assert one.document_ids == [files[0].name]


def test_a_scan_between_two_folders_compares_them_with_each_other_only(tmp_path: Path) -> None:
    for number, path in enumerate(sorted(SEEDS.glob("*.txt"))):
        folder = tmp_path / "ab"[number % 2]
        folder.mkdir(exist_ok=True)
        (folder / path.name).write_bytes(path.read_bytes())
    out = tmp_path / "out.reuse"
    assert main(["scan", "--between", str(tmp_path / "a"), str(tmp_path / "b"), "-o", str(out), "-q"]) == 0
    with Run.open(out) as run:
        pairs = set(zip(run.matches["a"], run.matches["b"], strict=True))
    assert pairs
    assert all(a.startswith("a/") and b.startswith("b/") for a, b in pairs)


def test_quiet_is_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(SEEDS), "-o", str(tmp_path / "q.reuse"), "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("words", [["scan", ""], ["scan", "--between", "", "."], ["browse", ""], ["audit", ""]])
def test_an_empty_path_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "write . for the current folder" in capsys.readouterr().err
