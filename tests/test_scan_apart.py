"""A scan by workers that share no memory: byte for byte that of threads, whoever dies in between."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

import reuse
from benchmarks.experiments.quality import planted_corpus
from reuse.corpus import tokenise
from reuse.formulas import repeats
from reuse.index import places, seeds
from reuse.options import IndexOptions, ScanOptions
from reuse.score import background
from reuse.work import files
from reuse.work.apart import WorkersApart
from tests.test_pipeline import TEXTS, write
from tests.work.test_apart import Shuffled

SEEDS = Path(__file__).parents[1] / "seeds"
OPTIONS = ScanOptions(index=IndexOptions(minhash="all"))  # every stage has something to do
STAGES = ["read and tokenise", "background", "index", "align", "cluster", "formulas", "write"]
OF_THE_MOMENT = {"created", "timings"}


def content(folder: Path) -> dict[str, object]:
    """Every row of every table of a run, and its columns, but for what depends on the moment."""
    database = sqlite3.connect(folder / "run.sqlite")
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'")
    tables = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names.fetchall()}
    database.close()
    tables["meta"] = [row for row in tables["meta"] if row[0] not in OF_THE_MOMENT]
    return tables | {path.name: path.read_bytes() for path in (folder / "index").iterdir()}


@pytest.fixture(scope="module")
def by_threads(tmp_path_factory):
    folder = tmp_path_factory.mktemp("threads")
    write(folder / "in", TEXTS)
    reuse.scan(folder / "in", folder / "out.reuse", OPTIONS)
    return folder


@pytest.mark.parametrize("ranges", [1, 7, 64])
def test_the_result_is_the_same_for_any_number_of_parts_in_any_order(ranges, by_threads, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGE", 1)
    for module, name, size in (
        (tokenise, "BATCH_SIZE", 3000),
        (background, "_SLICE", 400),
        (seeds, "_SLICE", 300),
        (places, "_SLICE", 300),
        (repeats, "LOT", 200),
    ):
        monkeypatch.setattr(module, name, size)
    sent = []

    def engine(count):
        executor = Shuffled(count, seed=ranges)
        sent.append(executor)
        return executor

    workers = WorkersApart(3, engine, tmp_path / "work", ranges=ranges)
    reuse.scan(by_threads / "in", tmp_path / "out.reuse", OPTIONS, workers=workers)
    assert content(tmp_path / "out.reuse") == content(by_threads / "out.reuse")
    assert [path.name for path in tmp_path.iterdir()] == ["out.reuse"]


@pytest.fixture(scope="module")
def of_seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    reuse.scan(SEEDS, folder / "out.reuse")
    return content(folder / "out.reuse")


class Killer:
    """Told of the stages of a scan; kills a worker in one of them."""

    def __init__(self, stage):
        self.at, self.killed = stage, []

    def stage(self, name, total):
        if name == self.at:
            threading.Thread(target=self.kill).start()

    def advance(self, n):
        pass

    def kill(self):
        before = time.monotonic()
        while not (workers := multiprocessing.active_children()) and time.monotonic() < before + 10:
            time.sleep(0.001)
        os.kill(workers[0].pid, signal.SIGKILL)
        self.killed.append(workers[0].pid)


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_that_a_worker_is_killed_in_a_stage_changes_nothing(stage, of_seeds, tmp_path):
    killer = Killer(stage)
    workers = reuse.ProcessWorkers(2, tmp_path / "work")
    reuse.scan(SEEDS, tmp_path / "out.reuse", workers=workers, progress=killer)
    assert killer.killed
    assert content(tmp_path / "out.reuse") == of_seeds
    assert [path.name for path in tmp_path.iterdir()] == ["out.reuse"]


@pytest.fixture(scope="module")
def prose(tmp_path_factory):
    """Ten megabytes, and what threads find in them."""
    texts, folder = planted_corpus(10, real=False).texts, tmp_path_factory.mktemp("prose")
    reuse.scan(texts, folder / "out.reuse")
    return texts, content(folder / "out.reuse")


@pytest.mark.slow
@pytest.mark.parametrize("ranges", [1, 7, 64])
def test_ten_megabytes_are_the_same_in_any_number_of_ranges_in_any_order(ranges, prose, tmp_path):
    texts, by_threads = prose
    workers = WorkersApart(2, partial(Shuffled, seed=ranges), tmp_path / "work", ranges=ranges)
    reuse.scan(texts, tmp_path / "out.reuse", workers=workers)
    assert content(tmp_path / "out.reuse") == by_threads


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_that_a_busy_worker_is_killed_in_a_stage_changes_nothing(stage, prose, tmp_path):
    texts, by_threads = prose
    killer, workers = Killer(stage), reuse.ProcessWorkers(2, tmp_path / "work")
    reuse.scan(texts, tmp_path / "out.reuse", workers=workers, progress=killer)
    assert killer.killed
    assert content(tmp_path / "out.reuse") == by_threads


COMMAND = [sys.executable, "-m", "reuse", "scan", str(SEEDS), "--workers", "2", "-q", "-o"]


def begun(target, *flags):
    """A scan in a process of its own, as soon as its workers have made something."""
    process = subprocess.Popen([*COMMAND, str(target), *flags])
    while process.poll() is None and not list(target.parent.glob("*work*/made-*")):
        time.sleep(0.01)
    return process


def processes_of(group):
    found = subprocess.run(["ps", "-o", "pid=", "-g", str(group)], capture_output=True, text=True, check=False)
    return found.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_scan_that_is_stopped_leaves_neither_files_nor_processes(sent, tmp_path):
    process = subprocess.Popen([*COMMAND, str(tmp_path / "out.reuse")], start_new_session=True)
    while not list(tmp_path.glob(".*work*/made-*")):
        time.sleep(0.01)
    os.killpg(process.pid, sent)  # as a terminal or a batch system does
    assert process.wait(30) == {signal.SIGINT: 130, signal.SIGTERM: 143}[sent]
    assert list(tmp_path.iterdir()) == []
    before = time.monotonic()
    while (left := processes_of(process.pid)) and time.monotonic() < before + 10:
        time.sleep(0.1)
    assert left == []


def made(folder):
    """When each result of a worker was written; nothing while the folder is being removed."""
    try:
        return {path.name: path.stat().st_mtime_ns for path in folder.glob("made-*")}
    except FileNotFoundError:
        return {}


@pytest.mark.slow
def test_a_scan_that_was_killed_goes_on_from_what_is_whole(of_seeds, tmp_path):
    target = tmp_path / "out.reuse"
    process = begun(target, "--resume")
    process.kill()
    process.wait()
    before = made(tmp_path / "out.reuse.work")
    again, seen = subprocess.Popen([*COMMAND, str(target), "--resume"]), before
    while again.poll() is None:
        seen = max(seen, made(tmp_path / "out.reuse.work"), key=len)  # in the end all are removed
        time.sleep(0.01)
    assert again.returncode == 0
    assert before.items() < seen.items()
    assert content(target) == of_seeds
    assert [path.name for path in tmp_path.iterdir()] == ["out.reuse"]


@pytest.mark.slow
def test_the_next_scan_removes_what_a_killed_one_left(tmp_path):
    target = tmp_path / "out.reuse"
    process = begun(target)
    process.kill()
    process.wait()
    assert list(tmp_path.glob(".out.reuse.work-*"))
    subprocess.run([*COMMAND, str(target)], check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.reuse"]
