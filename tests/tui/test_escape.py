"""A lone Escape is answered soon, whoever waits for the rest of a longer key."""

from __future__ import annotations

import os
import selectors
import time
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import ui
from tui.escape import MILLISECONDS, Attentive, heed_delay, set_delay


def _waited(selector: Attentive) -> float:
    begin = time.perf_counter()
    selector.select(0.5)
    return time.perf_counter() - begin


def test_what_follows_a_key_is_waited_for_shortly_and_the_next_key_as_long_as_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ESCDELAY", str(MILLISECONDS))
    out, into = os.pipe()
    with Attentive() as selector:
        selector.register(out, selectors.EVENT_READ)
        os.write(into, b"\x1b")
        assert selector.select(0.5)
        os.read(out, 1)
        assert _waited(selector) < 0.4
        assert _waited(selector) >= 0.4
    os.close(out)
    os.close(into)


def test_the_user_may_say_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCDELAY", "250")
    set_delay()
    assert os.environ["ESCDELAY"] == "250"
    monkeypatch.delenv("ESCDELAY")
    driver = ModuleType("driver")
    driver.selectors = selectors  # type: ignore[attr-defined]
    heed_delay(driver)
    assert driver.selectors is selectors
    set_delay()
    heed_delay(driver)
    assert driver.selectors.SelectSelector is Attentive
    monkeypatch.delenv("ESCDELAY")


@pytest.mark.slow
def test_escape_leaves_a_dialog_within_a_tenth_of_a_second(prose: Path, tmp_path: Path) -> None:
    terminal = ui.browse(prose, tmp_path)
    terminal.until(ui.FIRST_PAINT)
    terminal.settle(1.0)
    waits = []
    for _ in range(6):
        terminal.press("?", 0.3)
        waits.append(terminal.press("\x1b", 0.3))
    terminal.leave()
    assert min(wait.first for wait in waits if wait is not None) < 0.1
