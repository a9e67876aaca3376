"""The command `textreuse`: one module a command, each a thin call into the engine.

Data goes to stdout, narration to stderr. Exit status: 0 done, 1 nothing could be read or a run is broken, 2 wrong
usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The arguments after the program's name; None: those of the process.

    Returns:
        The exit status.
    """
    from reuse.cli.commands import parse
    from reuse.display import visible
    from reuse.errors import TextReuseError, UsageError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without UTF-8 shows \u2026 instead of failing
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        status: int = arguments.run(arguments) or DONE
        sys.stdout.flush()
    except SystemExit as stop:  # argparse: 0 after --help, 2 after wrong usage, the message is out already
        status = stop.code if isinstance(stop.code, int) else FAILED
    except UsageError as error:
        status = _complain(visible(str(error)), WRONG_USAGE)
    except TextReuseError as error:
        status = _complain(visible(str(error)), FAILED)
    except KeyboardInterrupt:
        status = _complain("interrupted; what stood before stands", INTERRUPTED)
    except BrokenPipeError:
        # The reader has what it wanted (`… | head`). Point stdout elsewhere, or the interpreter's last flush complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        status = _complain(visible(f"{where}{error.strerror or error}"), FAILED)
    return status


def _complain(message: str, status: int) -> int:
    print(f"textreuse: {message}", file=sys.stderr)
    return status
