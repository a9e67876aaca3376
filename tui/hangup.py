"""A terminal that is gone: what is still written to it is lost, and nobody waits for it.

When a terminal is closed the system asks the program to end *and* to go on (SIGHUP, SIGCONT). Textual then draws once
more, in a thread that a failed write would end; what is drawn after that would wait for that thread for ever.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import IO, Any, TypeVar

from textual.app import App
from textual.driver import Driver

from tui.escape import heed_delay


class Lossy:
    """A file that takes what cannot be written as written.

    Args:
        file: The terminal's.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write, if it can be written."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if it can be flushed."""
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all else is the file's
        return getattr(self._file, name)


_Result = TypeVar("_Result")


class TerminalApp(App[_Result]):
    """An app that ends when its terminal is gone."""

    def get_driver_class(self) -> type[Driver]:
        """The platform's, but that it does not wait for a terminal that is gone, nor long for what follows Escape."""
        usual = super().get_driver_class()
        heed_delay(sys.modules[usual.__module__])

        class Outliving(usual):  # type: ignore[misc, valid-type]
            def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as the driver has them
                super().__init__(*arguments, **named)
                file = getattr(self, "_file", None)  # drivers of terminals have it; that of a browser writes elsewhere
                if file is not None:
                    self._file: Any = Lossy(file)

        return Outliving
