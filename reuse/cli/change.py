"""What the commands that change a run say: progress while they work, one line of how the run stands, on stderr."""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reuse.growth import Told
    from reuse.work.workers import Workers

ANEW = "all documents were compared anew"


def add_newer(parser: argparse.ArgumentParser) -> None:
    """Declare up to when what stays is not compared again."""
    from reuse.growth import NEWER

    parser.add_argument(
        "--newer",
        type=_share,
        default=NEWER,
        metavar="SHARE",
        help="share of the words, 0 to 1, that may have come or gone since all was last compared at once; beyond, "
        f"all is compared anew (default: {NEWER}; 0: always, 1: never)",
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share from 0 to 1")
    return value


@contextmanager
def carried_out(workers: Workers | None) -> Iterator[Told]:
    """Who is told of a change while the block runs, and who does its work (None: threads)."""
    from reuse.cli.progress import terminal_progress
    from reuse.growth import Told

    with terminal_progress() as progress:
        yield Told(progress, lambda: narrate("another process is changing this run; waiting for it"), workers)


def narrate(line: str) -> None:
    """Say something to whoever looks on."""
    from reuse.display import visible

    print(visible(line, one_line=True), file=sys.stderr)


def print_state(path: Path) -> None:
    """Say what a run holds now."""
    from reuse.display import counted
    from reuse.run.age import age_of
    from reuse.run.run import Run

    with Run.open(path) as run:
        counts, age = run.meta["counts"], age_of(run.meta)
        narrate(
            f"{path}: {counted(counts['documents'], 'document')}, {counted(counts['tokens'], 'word')}, "
            f"{counted(counts['matches'], 'match', 'matches')}, {counted(counts['formulas'], 'formula')}"
            f"{f'; {age}' if age else ''}"
        )
