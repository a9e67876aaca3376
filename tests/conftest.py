"""For all tests: a busy machine makes no property false, and the quick suite is the same every day.

Where TEXTREUSE_SEARCH is set, property tests search on: with a fresh seed, and so many times as many examples. CI sets
it; what a search finds is printed as an example to keep.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from reuse.errors import STOPPING

SEARCH = int(os.environ.get("TEXTREUSE_SEARCH", "0"))

_AT_ANY_SPEED = [HealthCheck.too_slow]  # how fast a machine is, and what else it does, is not what is tested
settings.register_profile("quick", deadline=None, derandomize=True, suppress_health_check=_AT_ANY_SPEED)
settings.register_profile("search", deadline=None, print_blob=True, suppress_health_check=_AT_ANY_SPEED)
settings.load_profile("search" if SEARCH else "quick")


@pytest.fixture(autouse=True, scope="session")
def _signals_end_a_program() -> Iterator[None]:
    """Also where the tests run under `nohup` or behind a shell: some are ignored there, by what they start as well."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *STOPPING)}
    for number, handler in before.items():
        if handler is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A search runs the property tests only, each with so many times as many examples."""
    if not SEARCH:
        return
    properties = [item for item in items if getattr(getattr(item, "obj", None), "is_hypothesis_test", False)]
    for item in properties:
        own = item.obj._hypothesis_internal_use_settings
        item.obj._hypothesis_internal_use_settings = settings(own, max_examples=own.max_examples * SEARCH)
        item.add_marker(pytest.mark.timeout(120 * SEARCH))
    config.hook.pytest_deselected(items=[item for item in items if item not in properties])
    items[:] = properties
