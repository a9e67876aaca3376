"""Escape, answered soon: a terminal sends it as the first sign of longer codes, so that one has to wait for the rest.

Textual waits ESCDELAY milliseconds, a tenth of a second unless told otherwise, and looks ten times a second whether
they are over. Terminals send the code of a key in one piece, so that a third of that is long enough.
"""

from __future__ import annotations

import os
import selectors
from types import ModuleType, SimpleNamespace

MILLISECONDS = 30


class Attentive(selectors.SelectSelector):
    """Waits no longer than ESCDELAY for what follows a key; for the next key as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self._pending = False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What can be read, as `selectors.SelectSelector` has it."""
        if self._pending and timeout is not None:
            timeout = min(timeout, int(os.environ["ESCDELAY"]) / 1000)
        found = super().select(timeout)
        self._pending = bool(found)
        return found


def set_delay() -> None:
    """Let Escape be waited for no longer than that, unless ESCDELAY says otherwise; before Textual is imported."""
    os.environ.setdefault("ESCDELAY", str(MILLISECONDS))


def heed_delay(driver: ModuleType) -> None:
    """Let a driver look for keys as often as that asks for: the one for terminals takes no selector from outside."""
    if hasattr(driver, "selectors") and os.environ.get("ESCDELAY", "").isdecimal():
        vars(driver)["selectors"] = SimpleNamespace(**{**vars(selectors), "SelectSelector": Attentive})
