"""Workers that share a folder only: the same results, whatever order tasks run in, and whoever dies."""

from __future__ import annotations

import mmap
import pickle
import random
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import partial
from operator import floordiv

import numpy as np
import pytest

from reuse.errors import WorkError
from reuse.work import files, tasks
from reuse.work.apart import WorkersApart
from reuse.work.workers import Into, Workers


class Shuffled(ThreadPoolExecutor):
    """An engine's executor: does what waits in an order drawn by lot, and of each task a copy, as elsewhere."""

    def __init__(self, count=2, seed=1):
        super().__init__(count)
        self.random, self.waiting, self.lock = random.Random(seed), [], threading.Lock()

    def submit(self, task):
        with self.lock:
            self.waiting.append((future := Future(), pickle.dumps(task)))
        super().submit(self.do_one)
        return future

    def do_one(self):
        with self.lock:
            future, pickled = self.waiting.pop(self.random.randrange(len(self.waiting)))
        try:
            future.set_result(pickle.loads(pickle.dumps(pickle.loads(pickled)())))
        except (ArithmeticError, OSError, MemoryError, WorkError) as error:
            future.set_exception(error)


def square(numbers):
    return numbers * numbers


def test_results_come_back_in_order_and_the_folder_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGE", 64)
    parts = np.arange(5000).reshape(50, 100)
    with WorkersApart(3, Shuffled, tmp_path / "work") as workers:
        assert np.array_equal(workers.map(square, parts), square(parts))
        assert np.array_equal(list(workers.stream(square, parts)), square(parts))
        assert len(list((tmp_path / "work").iterdir())) < 10  # what was read has gone
    assert list(tmp_path.iterdir()) == []


def test_so_many_ranges_as_are_asked_for(tmp_path):
    keys = np.sort(np.random.default_rng(1).integers(0, 1 << 40, 100_000, dtype=np.uint64))
    for count in (1, 7, 64):
        with WorkersApart(2, Shuffled, tmp_path / "work", ranges=count) as workers:
            found = workers.by_range([keys[::2], keys[1::2]], np.copy, low_width=0)
        assert count <= len(found) <= count + 2
        assert np.array_equal(np.concatenate(found), keys)


def test_an_error_of_a_part_reaches_the_caller_and_nothing_is_left(tmp_path):
    with pytest.raises(ZeroDivisionError), WorkersApart(2, Shuffled, tmp_path / "work") as workers:
        workers.map(partial(floordiv, 1), [2, 1, 0, 5])
    assert list(tmp_path.iterdir()) == []


def test_what_is_aside_has_the_same_workers(tmp_path):
    with WorkersApart(2, Shuffled, tmp_path / "work") as workers:
        begun = workers.aside(lambda beside: beside.map(partial(floordiv, 12), [1, 2, 3]))
        assert workers.map(partial(floordiv, 24), [1, 2, 3]) == [24, 12, 8]
        assert begun.result() == [12, 6, 4]


def test_a_function_is_written_once_however_stages_take_turns(tmp_path):
    sent, both_sent = [], threading.Barrier(2)

    class Noting(Shuffled):
        def submit(self, task):
            sent.append(task.function)
            return super().submit(task)

    def parts():
        for number in range(1, 6):
            yield number
            both_sent.wait(10)

    with WorkersApart(9, Noting, tmp_path / "work") as workers:
        begun = workers.aside(lambda own: own.map(partial(floordiv, 60), parts()))
        assert workers.map(partial(floordiv, 120), parts()) == [120, 60, 40, 30, 24]
        assert begun.result() == [60, 30, 20, 15, 12]
    assert len(set(sent)) == 2


class Dying(Executor):
    """An executor that is broken as soon as it has got a certain part."""

    def __init__(self, deaths):
        self.deaths, self.broken = deaths, False

    def submit(self, task):
        if self.broken:
            raise BrokenExecutor
        future = Future()
        if self.deaths and b"die" in task.part:
            self.deaths.pop()
            self.broken = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(task())
        return future


def test_what_a_dead_worker_had_is_done_once_more(tmp_path):
    deaths = [1]
    with WorkersApart(2, lambda _: Dying(deaths), tmp_path / "work") as workers:
        assert workers.map(str.upper, ["a", "die", "b", "c", "d"]) == ["A", "DIE", "B", "C", "D"]
    assert deaths == []


def test_a_part_at_which_two_workers_died_is_given_up(tmp_path):
    with (
        pytest.raises(WorkError, match=r"died more than once.*--memory"),
        WorkersApart(2, lambda _: Dying([1, 1]), tmp_path / "work") as workers,
    ):
        workers.map(str.upper, ["a", "die", "b"])
    assert list(tmp_path.iterdir()) == []


def test_another_version_is_refused_with_both(tmp_path, monkeypatch):
    class Old(Shuffled):
        def do_one(self):
            monkeypatch.setattr(tasks, "versions", lambda: "textreuse 0.0.1")
            super().do_one()

    with (
        pytest.raises(WorkError, match=r"has textreuse 0\.0\.1, but the scan has .* textreuse 0\.1"),
        WorkersApart(2, Old, tmp_path / "work") as workers,
    ):
        workers.map(square, [1, 2])


def test_want_of_memory_and_of_disk_are_told_with_a_remedy(tmp_path):
    for error, said in ((MemoryError(), "--memory"), (OSError(28, "No space left on device"), "disk is full")):
        with pytest.raises(WorkError, match=said), WorkersApart(2, Shuffled, tmp_path / "work") as workers:
            workers.map(partial(fail, error), [1])


def fail(error, _):
    raise error


def test_columns_that_grow_with_the_corpus_are_mapped_files_beside_the_stages_too(tmp_path):
    def mapped(workers):
        column = workers.column(files.LARGE, np.int64)
        workers.map(square_of, range(0, len(column), 1000), into=Into(column))
        assert np.array_equal(column, np.arange(len(column)) ** 2)
        return isinstance(column.base, mmap.mmap)

    with WorkersApart(2, Shuffled, tmp_path / "work") as workers:
        assert mapped(workers)
        assert workers.aside(mapped).result()
    assert Workers(2).column(files.LARGE, np.int64).base is None


def square_of(start):
    rows = np.arange(start, min(start + 1000, files.LARGE))
    return slice(start, start + len(rows)), rows**2


def test_a_full_disk_is_told_with_a_remedy_when_a_column_is_asked_for(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full, raising=False)
    with pytest.raises(WorkError, match="disk is full"), WorkersApart(2, Shuffled, tmp_path / "work") as workers:
        workers.column(files.LARGE, np.int32)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "work").write_text("")
    with (
        pytest.raises(WorkError, match=r"work: this folder .* cannot be made"),
        WorkersApart(2, Shuffled, tmp_path / "work") as workers,
    ):
        workers.map(square, [1])


def test_what_was_done_before_is_not_done_again(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGE", 64)
    done = []

    class Counting(Shuffled):
        def submit(self, task):
            done.append(task.made)
            return super().submit(task)

    parts = np.arange(5000).reshape(50, 100)

    def all_of_it(stop):
        with WorkersApart(2, Counting, tmp_path / "work", resume=True) as workers:
            squares = workers.map(square, parts)
            if stop:
                raise KeyboardInterrupt
            return workers.map(square, [np.array(one) for one in squares])

    with pytest.raises(KeyboardInterrupt):
        all_of_it(stop=True)
    assert len(done) == 50
    assert np.array_equal(all_of_it(stop=False), square(square(parts)))
    assert len(done) == len(set(done)) == 100
    assert list(tmp_path.iterdir()) == []


def test_what_is_shared_is_the_same_and_takes_up_no_memory(tmp_path):
    columns = {"rows": np.arange(1 << 16), "words": [str(number) for number in range(10_000)]}
    assert Workers(2).shared(columns) is columns
    with WorkersApart(2, Shuffled, tmp_path / "work") as workers:
        same = workers.shared(columns)
        assert np.array_equal(same["rows"], columns["rows"])
        assert same["words"] is columns["words"]
        assert isinstance(same["rows"].base.base.obj, mmap.mmap)
