"""Work in threads: results in order, errors and interruptions where they are asked for."""

from __future__ import annotations

import sys
from threading import Event, current_thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.work.threads import aside, in_ranges, in_threads, one_by_one

KEYS = st.lists(st.lists(st.integers(0, 1 << 12), max_size=200), max_size=5)


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_stand_in_the_order_of_the_parts(jobs):
    assert in_threads(lambda number: number * number, range(50), jobs) == [number * number for number in range(50)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_one_by_one_takes_no_more_than_it_works_on(jobs):
    taken = []

    def parts():
        for number in range(50):
            taken.append(number)
            yield number

    for given_back, result in enumerate(one_by_one(lambda number: number * number, parts(), jobs)):
        assert result == given_back**2
        assert len(taken) <= given_back + 1 + jobs
    assert len(taken) == 50


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_error_reaches_the_caller(jobs):
    with pytest.raises(ZeroDivisionError):
        in_threads(lambda number: 1 // number, [2, 1, 0], jobs)


def test_what_runs_aside_runs_at_the_same_time_and_leaves_the_interpreter_as_it_was():
    usual, begun, go_on = sys.getswitchinterval(), Event(), Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(10)
        return current_thread().name

    future = aside(work)
    assert begun.wait(10)
    assert aside(lambda: "another").result(10) == "another"
    assert not future.done()
    assert sys.getswitchinterval() < usual
    go_on.set()
    assert future.result(10) != current_thread().name
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0).result(10)
    assert sys.getswitchinterval() == pytest.approx(usual)


@given(KEYS, st.integers(0, 8), st.sampled_from([1, 2]))
def test_ranges_hold_all_keys_in_order_and_part_none_that_differ_in_low_bits_only(lists, low_bits, jobs):
    slices = [np.sort(np.array(keys, dtype=np.uint64)) for keys in lists]
    ranges = in_ranges(slices, np.copy, jobs, low_bits=low_bits, size=64)
    assert np.concatenate(ranges).tolist() == sorted(key for keys in lists for key in keys)
    high = [{key >> low_bits for key in part.tolist()} for part in ranges]
    assert sum(map(len, high)) == len(set().union(*high))


def test_many_keys_come_in_several_ranges():
    keys = np.arange(10_000, dtype=np.uint64)
    sizes = [len(part) for part in in_ranges([keys, keys], np.copy, 1, low_bits=0, size=1000)]
    assert len(sizes) >= 15
    assert max(sizes) <= 2000
