"""What can go wrong, said so that a user can mend it.

Every error names the thing (a file, an option, a run), the reason and the remedy.
"""

from __future__ import annotations

import signal

STOPPING = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__)
"""Signals that ask a process to end, as far as this system has them: Windows has no SIGHUP."""


class TextReuseError(Exception):
    """The root of all errors that this package raises on purpose (exit status 1)."""


class UsageError(TextReuseError):
    """The call itself is wrong: an unknown option, a value out of range (exit status 2)."""


class QueryError(UsageError):
    """A query or a filter is not understood; the message shows where.

    Attributes:
        reason: What is wrong and what to do.
        query: What was typed.
        at: Where in it, in code points.
    """

    def __init__(self, reason: str, query: str, at: int) -> None:
        from reuse.display import pointed  # noqa: PLC0415 - errors are imported before anything is displayed

        super().__init__(f"{reason}\n{pointed(query, at)}")
        self.reason, self.query, self.at = reason, query, at


class OptionsError(UsageError):
    """One or more options are out of range; the message lists all of them at once."""


class CorpusError(TextReuseError):
    """Nothing could be read."""


class RunError(TextReuseError):
    """A run is missing, broken, or of another schema version."""


class IndexMismatchError(RunError):
    """An index was made with other parameters than the call asks for; the message gives both values."""


class MissingExtraError(UsageError):
    """A feature needs a package that is not installed; the message gives the one line that installs it."""


class WorkError(TextReuseError):
    """Workers in other processes or on other machines could not do their part; the message says what to change."""


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end; whoever tidies up after an interrupt does so after this.

    Args:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number
        """The exit status that tells a shell of it."""
