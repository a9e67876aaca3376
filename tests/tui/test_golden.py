"""A few whole screens as they were looked at and found good. `UPDATE_GOLDEN=1 pytest tests/tui/test_golden.py`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.conftest import opened, screen_text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [
        ("matches-80x24", (80, 24), ("j", "j", "j")),
        ("formulas-100x30", (100, 30), ("2",)),
        ("clusters-120x30", (120, 30), ("5",)),
    ],
)
async def test_screen(prose: Path, name: str, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async with opened(prose, size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        shown = screen_text(pilot) + "\n"
    file = GOLDEN / f"{name}.txt"
    if "UPDATE_GOLDEN" in os.environ:
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8"), shown
