"""Workers: results in order, errors and interruptions where they are asked for, and nothing that goes on after them."""

from __future__ import annotations

import pickle
import sys
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from operator import floordiv
from threading import Event, active_count, current_thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.work.workers import Into, StoppedError, Workers

KEYS = st.lists(st.lists(st.integers(0, 1 << 12), max_size=200), max_size=5)


class Elsewhere(ThreadPoolExecutor):
    """An executor as far away as another machine: whatever goes there and comes back is a copy."""

    def submit(self, function, *arguments):
        sent = pickle.dumps((function, arguments))
        return super().submit(lambda: pickle.loads(pickle.dumps(answer(*pickle.loads(sent)))))


def answer(function, arguments):
    return function(*arguments)


def square(number):
    return number * number


CREWS = [Workers(1), Workers(3), Workers(3, Elsewhere)]


@pytest.mark.parametrize("workers", CREWS)
def test_results_stand_in_the_order_of_the_parts(workers):
    assert workers.map(square, range(50)) == [number * number for number in range(50)]
    assert list(workers.stream(square, range(50))) == [number * number for number in range(50)]
    assert workers.map(square, []) == list(workers.stream(square, [])) == []


def test_a_part_that_takes_long_keeps_no_other_waiting():
    let_go, done = Event(), []

    def work(number):
        assert number or let_go.wait(10)
        done.append(number)
        if len(done) == 19:
            let_go.set()
        return number

    assert Workers(2).map(work, range(20)) == list(range(20))
    assert done[-1] == 0


@pytest.mark.parametrize("workers", CREWS)
def test_what_is_made_goes_where_it_belongs(workers):
    column = np.zeros(10, dtype=np.int64)
    workers.map(partial(rows_from, 3), range(0, 10, 3), into=Into(column))
    assert column.tolist() == [0, 0, 0, 3, 3, 3, 6, 6, 6, 9]
    keys = np.array([5, 1, 3, 0, 2, 4], dtype=np.uint64)
    column = np.zeros(6, dtype=np.uint64)
    workers.by_range([np.sort(keys[:3]), np.sort(keys[3:])], with_squares, low_width=0, into=Into(column))
    assert column.tolist() == [0, 1, 4, 9, 16, 25]


@pytest.mark.parametrize("workers", CREWS)
@pytest.mark.parametrize("rows", [1, 2, 255, 256, 257, 1000])
def test_what_belongs_anywhere_in_a_column_is_put_there(workers, rows):
    order = np.random.default_rng(rows).permutation(rows)[: rows - rows // 3]
    column = np.zeros(rows, dtype=np.int32)
    workers.scatter(with_squares, [order[start : start + 100] for start in range(0, len(order), 100)], column)
    expected = np.zeros(rows, dtype=np.int32)
    expected[order] = order**2
    assert column.tolist() == expected.tolist()


def rows_from(size, start):
    return slice(start, start + size), np.array(start)


def with_squares(keys):
    return keys.astype(np.int64), keys * keys


@pytest.mark.parametrize("workers", CREWS)
def test_no_more_parts_are_taken_than_are_worked_on(workers):
    taken = []

    def parts():
        for number in range(50):
            taken.append(number)
            yield number

    for given_back, result in enumerate(workers.stream(square, parts())):
        assert result == given_back**2
        assert len(taken) <= given_back + 1 + workers.count
    assert len(taken) == 50


@pytest.mark.parametrize("workers", CREWS)
def test_an_error_reaches_the_caller_and_what_waits_is_not_begun(workers):
    for way in (workers.map, lambda *arguments: list(workers.stream(*arguments))):
        taken = []
        parts = (taken.append(number) or number for number in (2, 1, 0, *range(1, 100)))
        with pytest.raises(ZeroDivisionError):
            way(partial(floordiv, 1), parts)
        assert len(taken) < 20


@given(KEYS, st.integers(0, 8), st.sampled_from([1, 2]))
def test_ranges_hold_all_keys_in_order_and_part_none_that_differ_in_low_digits_only(lists, low_width, count):
    slices = [np.sort(np.array(keys, dtype=np.uint64)) for keys in lists]
    ranges = Workers(count).by_range(slices, np.copy, low_width=low_width, size=64)
    assert np.concatenate(ranges).tolist() == sorted(key for keys in lists for key in keys)
    high = [{key >> low_width for key in part.tolist()} for part in ranges]
    assert sum(map(len, high)) == len(set().union(*high))


def test_many_keys_come_in_several_ranges():
    keys = np.arange(10_000, dtype=np.uint64)
    sizes = [len(part) for part in Workers(1).by_range([keys, keys], np.copy, low_width=0, size=1000)]
    assert len(sizes) >= 15
    assert max(sizes) <= 2000


def test_what_runs_aside_runs_at_the_same_time_and_leaves_the_interpreter_as_it_was():
    usual, begun, go_on = sys.getswitchinterval(), Event(), Event()

    def work(workers):
        assert workers.count == 1
        begun.set()
        assert go_on.wait(10)
        return current_thread().name

    with Workers(2) as workers:
        one = workers.aside(work)
        assert begun.wait(10)
        assert workers.aside(lambda _: "another").result() == "another"
        assert sys.getswitchinterval() < usual
        go_on.set()
        assert one.result() != current_thread().name
        with pytest.raises(ZeroDivisionError):
            workers.aside(lambda _: 1 // 0).result()
    assert sys.getswitchinterval() == pytest.approx(usual)


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_done_aside_holds_nothing_any_more(count):
    with Workers(count) as workers:
        work = partial(np.sum, np.arange(3))
        held = weakref.ref(work.args[0])
        begun = workers.aside(lambda _, work=work: work())
        del work
        assert begun.result() == 3
        assert held() is None


def test_one_worker_does_what_is_aside_when_its_result_is_wanted():
    done = []
    with Workers(1) as workers:
        later = workers.aside(lambda _: done.append(current_thread()))
        later.begin()
        assert done == []
        later.result()
        later.result()
        workers.aside(lambda _: done.append("never wanted"))
    assert done == [current_thread()]


def test_what_is_held_begins_when_it_is_told_to_or_its_result_is_wanted():
    with Workers(2) as workers:
        held, begun = workers.aside(lambda _: current_thread(), held=True), Event()
        told = workers.aside(lambda _: begun.set(), held=True)
        assert not begun.wait(0.05)
        told.begin()
        assert begun.wait(10)
        assert held.result() is current_thread()


def test_nothing_goes_on_beside_a_stage_that_failed():
    usual, before, done = sys.getswitchinterval(), active_count(), []

    def slowly(workers):
        return workers.map(lambda number: done.append(number) or time.sleep(0.001), range(100_000))

    def fail():
        with Workers(3) as workers:
            beside.append(workers.aside(slowly))
            while not done:
                time.sleep(0.001)
            workers.map(partial(floordiv, 1), [1, 0])

    beside = []
    with pytest.raises(ZeroDivisionError):
        fail()
    so_many = len(done)
    with pytest.raises(StoppedError):
        beside[0].result()
    assert active_count() == before
    assert sys.getswitchinterval() == pytest.approx(usual)
    time.sleep(0.01)
    assert len(done) == so_many < 100_000


def test_workers_can_be_used_again():
    workers = Workers(2)
    for _ in range(2):
        with workers:
            assert workers.map(square, range(5)) == [0, 1, 4, 9, 16]
            assert workers.aside(lambda alone: alone.map(square, [3])).result() == [9]
