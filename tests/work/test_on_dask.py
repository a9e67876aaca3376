"""Workers on Dask: a real scheduler, begun as a batch system begins one."""

from __future__ import annotations

import platform
import subprocess
import sys
import threading
import time
from contextlib import suppress

import numpy as np
import pytest

import reuse
from reuse.errors import UsageError, WorkError
from reuse.work import on_dask
from reuse.work.on_dask import DaskWorkers
from tests.test_scan_apart import SEEDS, STAGES, content

pytest.importorskip("distributed", reason="Dask is an extra")
psutil = pytest.importorskip("psutil", reason="comes with Dask")


@pytest.mark.parametrize("scheduler", ["local:0", "local:", "no-such-file.json", "host"])
def test_what_is_no_scheduler_is_refused_with_what_is_one(scheduler, tmp_path):
    with pytest.raises(UsageError, match=r"local:N"):
        DaskWorkers(scheduler, tmp_path / "work")


@pytest.fixture(scope="module")
def of_seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    reuse.scan(SEEDS, folder / "out.reuse")
    return content(folder / "out.reuse")


def begin(module, *flags, code="pass"):
    """A command of Dask, after some code of ours."""
    program = f"{code}\nfrom distributed.cli.{module} import main\nmain()"
    return subprocess.Popen([sys.executable, "-c", program, *map(str, flags)], stderr=subprocess.DEVNULL)


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler's file; what begins workers for it."""
    path, begun = tmp_path / "scheduler.json", []

    def worker(*flags, **code):
        flags = ("--scheduler-file", path, "--nthreads", 1, "--no-dashboard", *flags)
        begun.append(begin("dask_worker", *flags, **code))

    begun.append(begin("dask_scheduler", "--scheduler-file", path, "--port", 0, "--no-dashboard"))
    while not path.exists():
        time.sleep(0.01)
    yield path, worker
    for process in reversed(begun):
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_a_scan_on_a_cluster_is_that_of_threads_and_leaves_it_running(scheduler, of_seeds, tmp_path):
    path, worker = scheduler
    worker()
    threading.Timer(1, worker).start()  # another one comes later
    for out in ("one.reuse", "two.reuse"):
        reuse.scan(SEEDS, tmp_path / out, workers=DaskWorkers(str(path), tmp_path / "work"))
        assert content(tmp_path / out) == of_seeds
    assert not (tmp_path / "work").exists()


class Killer:
    """Told of the stages of a scan; kills a worker in one of them, as soon as workers have made something."""

    def __init__(self, stage, folder):
        self.at, self.folder, self.killed = stage, folder, threading.Event()

    def stage(self, name, total):
        if name == self.at:
            threading.Thread(target=self.kill).start()

    def advance(self, n):
        pass

    def kill(self):
        before = time.monotonic()
        while not list(self.folder.glob("made-*")) and time.monotonic() < before + 60:
            time.sleep(0.001)
        while time.monotonic() < before + 60:
            for child in psutil.Process().children():
                with suppress(psutil.Error):  # it ended by itself
                    if "spawn_main" in " ".join(child.cmdline()):
                        child.kill()
                        self.killed.set()
                        return
            time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_that_a_worker_is_killed_in_a_stage_changes_nothing(stage, of_seeds, tmp_path):
    killer = Killer(stage, tmp_path / "work")
    workers = DaskWorkers("local:2", tmp_path / "work")
    reuse.scan(SEEDS, tmp_path / "out.reuse", workers=workers, progress=killer)
    assert killer.killed.is_set()
    assert content(tmp_path / "out.reuse") == of_seeds
    assert [path.name for path in tmp_path.iterdir()] == ["out.reuse"]


@pytest.mark.slow
def test_a_worker_of_another_version_is_refused_with_both(scheduler, tmp_path):
    path, worker = scheduler
    worker("--no-nanny", code="import reuse.work.tasks\nreuse.work.tasks.versions = lambda: 'textreuse 0.0.1'")
    with pytest.raises(WorkError, match=r"tcp://.* has textreuse 0\.0\.1, but the scan has .*textreuse 0\.1"):
        reuse.scan(SEEDS, tmp_path / "out.reuse", workers=DaskWorkers(str(path), tmp_path / "work"))
    assert [found.name for found in tmp_path.iterdir()] == ["scheduler.json"]


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_named(tmp_path):
    with pytest.raises(WorkError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler"):
        reuse.scan(SEEDS, tmp_path / "out.reuse", workers=DaskWorkers("tcp://127.0.0.1:9", tmp_path / "work"))
    assert list(tmp_path.iterdir()) == []


def test_workers_that_die_before_they_have_begun_are_told(tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr(on_dask, "_local", broken)
    with pytest.raises(WorkError, match="did not begin"), DaskWorkers("local:1", tmp_path / "work") as workers:
        workers.map(faults, [1])


def faults(_):
    """Pages that the system has to give to this process for columns which it takes up and lets go of."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(50):
        np.ones(200_000).sort()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU library can be told")
def test_a_worker_keeps_what_it_frees_for_what_comes_next(tmp_path):
    with DaskWorkers("local:1", tmp_path / "work") as workers:
        _, second = workers.map(faults, [1, 2])
    assert second < 50 * 200_000 * 8 / 4096 / 10
