"""Processes as workers."""

from __future__ import annotations

import multiprocessing
import os
import time
from functools import partial
from multiprocessing.connection import wait

from reuse.work.processes import ProcessWorkers


def sleep_or_die(died, part):
    """The first time, one part dies while the other has long to go."""
    if died.exists():
        return part
    if part == "dies":
        time.sleep(0.5)  # so that the other has begun
        died.touch()
        os._exit(1)
    time.sleep(60)
    return part


def test_when_a_worker_dies_the_others_of_its_executor_end_at_once(tmp_path):
    # One that ends later, or never, is what the scan's own process waits for when it ends.
    known = multiprocessing.active_children()
    with ProcessWorkers(2, tmp_path / "between") as workers:
        workers.map(time.sleep, [0.3] * 4)  # both processes are there
        first = [child for child in multiprocessing.active_children() if child not in known]
        parts = ["sleeps", "dies"]
        assert workers.map(partial(sleep_or_die, tmp_path / "died"), parts) == parts
        left, until = [child.sentinel for child in first], time.monotonic() + 10
        while left and time.monotonic() < until:
            ended = wait(left, timeout=until - time.monotonic())
            left = [sentinel for sentinel in left if sentinel not in ended]
        for child in first:
            child.kill()
        assert not left
