"""The command `textreuse`: one module a command, each a thin call into the engine.

Data goes to stdout, narration to stderr. Exit status: 0 done, 1 nothing could be read or a run is broken, 2 wrong
usage, 130 interrupted, 143 and 129 stopped by SIGTERM and SIGHUP.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

DONE, FAILED, WRONG_USAGE, NOTHING_FOUND, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The arguments after the program's name; None: those of the process.

    Returns:
        The exit status.
    """
    from reuse.cli.streams import let_go, prepare

    prepare()
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        status = _complain("interrupted; what stood before stands", INTERRUPTED)
    let_go()
    return status


def _run(argv: Sequence[str]) -> int:
    from reuse.cli.stopping import stoppable
    from reuse.display import visible
    from reuse.errors import Stopped, TextReuseError, UsageError

    try:
        with stoppable():
            status = _carried_out(argv)
            sys.stdout.flush()
    except Stopped as stopped:
        status = _complain(f"stopped by {stopped}; what stood before stands", stopped.status)
    except UsageError as error:
        status = _complain(visible(str(error)), WRONG_USAGE)
    except TextReuseError as error:
        status = _complain(visible(str(error)), FAILED)
    except BrokenPipeError:  # the reader has what it wanted (`… | head`)
        status = DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        status = _complain(visible(f"{where}{error.strerror or error}"), FAILED)
    return status


def _carried_out(argv: Sequence[str]) -> int:
    from reuse.cli.commands import parse

    try:
        arguments = parse(argv)
        return arguments.run(arguments) or DONE
    except SystemExit as stop:  # argparse: 0 after --help, 2 after wrong usage, the message is out already
        return stop.code if isinstance(stop.code, int) else FAILED


def _complain(message: str, status: int) -> int:
    with suppress(OSError):  # a terminal that is gone
        print(f"textreuse: {message}", file=sys.stderr)
    return status
