"""Work in threads: results in order, errors and interruptions where they are asked for."""

from __future__ import annotations

import sys
from threading import Event, current_thread

import pytest

from reuse.threads import aside, in_threads


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_stand_in_the_order_of_the_parts(jobs):
    assert in_threads(lambda number: number * number, range(50), jobs) == [number * number for number in range(50)]


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
    assert not future.done()
    go_on.set()
    assert future.result(10) != current_thread().name
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0).result(10)
    assert sys.getswitchinterval() == pytest.approx(usual)
