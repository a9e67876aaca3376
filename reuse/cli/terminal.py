"""The terminal that a command prints to. Colour adds to what is printed and never carries meaning alone."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 120
"""Cells: longer lines are hard to read, however wide the terminal."""


def console(file: TextIO | None = None, *, wide: bool = False) -> Console:
    """A rich console on a stream (default: stdout) that interprets no markup in what it prints.

    NO_COLOR, FORCE_COLOR, TERM=dumb and COLUMNS are honoured (by rich); where the stream is no terminal, lines have
    80 cells and nothing is coloured.

    Args:
        file: The stream.
        wide: Use the terminal's whole width, however wide.
    """
    from rich.console import Console

    class Piped(Console):
        """A console whose reader may have enough: that is for the command to deal with, not a failure."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    made = Piped(file=file or sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not wide and made.width > WIDEST:
        made.width = WIDEST
    return made


def command_name() -> str:
    """What to type to call this program again: its name, or its path where the shell would not find it by name."""
    called = Path(sys.argv[0])
    if called.name == "textreuse" and shutil.which("textreuse") != str(called.absolute()):
        return shlex.quote(str(called))
    if called.parts[-2:] == ("reuse", "__main__.py"):
        return "python -m reuse"
    return "python -m textreuse" if called.name == "textreuse.py" else "textreuse"


def binary_stdout() -> BinaryIO:
    """Standard output for bytes: what is exported is UTF-8 whatever the terminal's encoding."""
    sys.stdout.flush()
    return sys.stdout.buffer
