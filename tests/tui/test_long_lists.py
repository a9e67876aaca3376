"""Long lists, whose rows a thread finds: what is said while one waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reuse.run.run import Run
from tests.tui.conftest import opened, seen, type_text
from tui.screens import listed
from tui.screens.listed import Listed
from tui.screens.matches_screen import Matches

PATIENCE = 5.0
"""Seconds after which a thread goes on that a failed test left waiting."""


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """While it is shut, the thread that finds the rows of a list waits."""
    opened_gate = threading.Event()
    opened_gate.set()
    found = Matches._ids

    def waiting(self: Matches, run: Run, limit: int | None = None) -> NDArray[np.int64]:
        if limit is None:
            opened_gate.wait(PATIENCE)
        return found(self, run, limit)

    monkeypatch.setattr(listed, "AT_ONCE", 0)
    monkeypatch.setattr(Matches, "_ids", waiting)
    yield opened_gate
    opened_gate.set()


async def test_sorting_is_said_at_once_and_keys_go_on(made: Path, gate: threading.Event) -> None:
    async with opened(made) as pilot:
        await pilot.press("1")
        await seen(pilot, "Matches · 120")
        gate.clear()
        await pilot.press("s")
        await seen(pilot, "Matches · sorting by ")
        table = pilot.app.query_one("#matches", Listed).table
        await pilot.press("j", "j")
        assert table.cursor == 2
        gate.set()
        await seen(pilot, "Matches · 120")


async def test_a_filter_that_is_wrong_leaves_the_count_of_the_rows_that_stand_there(
    made: Path, gate: threading.Event
) -> None:
    async with opened(made) as pilot:
        await pilot.press("1")
        await seen(pilot, "Matches · 120")
        gate.clear()
        await pilot.press("slash")
        await type_text(pilot, "nonsense:1")
        await seen(pilot, "Matches · filtering …")
        gate.set()
        await seen(pilot, "no field 'nonsense'")
        await seen(pilot, "Matches · 120")
