"""The standard streams as a command finds them: closed, cut off, full, or of a terminal without UTF-8."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def prepare() -> None:
    """Make every standard stream one that can be written to.

    Where a stream was closed by who called (`>&-`, a daemon), what is written to it goes nowhere, and no file that is
    opened later takes its number. A terminal without UTF-8 shows codes in place of the
    characters that it lacks.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _occupy(number)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _occupy(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)


def let_go() -> None:
    """Drop what cannot be written any more: nobody reads it, or the disk is full.

    The interpreter writes what is left when it ends; where that fails it complains, and changes the exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
