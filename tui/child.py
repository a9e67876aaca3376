"""A function called in a process of its own, which tells how it gets on.

The terminal UI owns this process' streams, so the child is a plain subprocess that is spoken to through pipes: the call
goes in, messages come out, each as a pickle. Both ends are this program on this machine.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reuse.errors import TextReuseError

OURS = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 3.0
"""How long a child that was interrupted may take to tidy up."""

Tell = Callable[[object], None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a child says.

    Attributes:
        kind: told (while it works), done (the result) or failed (the error).
        value: The message, the result, or the error.
    """

    kind: str
    value: Any


def our_python(code: str) -> list[str]:
    """The words of a command that runs some code with the modules that this process has found."""
    return [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(OURS)!r}); {code}"]


class Child:
    """A call in another process.

    Args:
        function: Found by its module and name; takes a function that tells something, then the arguments.
        arguments: Anything that can be pickled.
    """

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            our_python("from tui.child import answer; answer()"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # ctrl+c is the app's business
        )
        self._call = pickle.dumps((function, arguments))

    def messages(self) -> Iterator[Told]:
        """What the child says, until it is done, has failed or is gone. Waits for it: to be read in a thread."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return
        try:
            with suppress(BrokenPipeError):
                stdin.write(self._call)
                stdin.close()
            while True:
                told: Told = pickle.load(stdout)  # noqa: S301 - written by our own child
                yield told
                if told.kind != "told":
                    return
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return
        finally:
            stdout.close()
            self._process.wait()

    def stop(self) -> None:
        """End it: an interrupt first, so that it can tidy up."""
        if self._process.poll() is None:
            with suppress(OSError):
                self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self._process.kill()


def answer() -> None:
    """The child: carry out the call that comes on stdin. What is printed meanwhile goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(kind: str, value: object) -> None:
        pickle.dump(Told(kind, value), out)
        out.flush()

    try:
        function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
        result = function(lambda message: say("told", message), *arguments)
        say("done", result)
    except TextReuseError as error:
        say("failed", error)
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)  # nobody listens any more
    except Exception as error:  # noqa: BLE001 - whatever it was, the user must be told
        say("failed", TextReuseError(f"{type(error).__name__}: {error}"))
