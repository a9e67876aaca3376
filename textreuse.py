"""The command `textreuse`, in a module whose name is its own.

The packages `reuse`, `tui` and `benchmarks` share their names with others: PyPI has a licence tool `reuse`, many a
project a folder `benchmarks`. An installed textreuse keeps its own in a folder apart, which `textreuse.pth` puts at the
end of what Python searches: `import reuse` finds them there, and nothing of anybody else's is overwritten. Importing
this module puts that folder at the beginning, so that the command finds its own packages whatever else is installed,
and whatever the folder that it is called in holds. In Python, `import textreuse` before `import reuse` does the same.
"""

from __future__ import annotations

import os
import sys

__all__ = ["main"]

# Modules that Python has loaded already, and no other: an interrupt is answered from the first call of `main` on.
HERE = os.path.dirname(os.path.realpath(__file__))
APART = os.path.join(HERE, "textreuse_rooms")
ROOMS = APART if os.path.isdir(APART) else HERE
"""Where the packages are: in a clone, beside this file."""
FAILED, INTERRUPTED = 1, 130

sys.path.insert(0, ROOMS)


def main() -> int:
    """Run one command with the arguments of the process, and return its exit status."""
    try:
        import reuse  # noqa: PLC0415 - an interrupt while packages are imported is answered like any other

        found = os.path.realpath(reuse.__file__ or os.sep)
        if found != os.path.join(ROOMS, "reuse", "__init__.py"):
            return _complain(
                f"the package `reuse` that Python has loaded belongs to another program ({found}); install textreuse "
                "in an environment of its own: pipx install textreuse",
                FAILED,
            )
        from reuse.cli import main as command  # noqa: PLC0415 - only if it is ours

        return command()
    except KeyboardInterrupt:
        return _complain("interrupted; what stood before stands", INTERRUPTED)


def _complain(message: str, status: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"textreuse: {message}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
