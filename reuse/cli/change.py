"""What the commands that change a run say: progress while they work, one line of how the run stands, on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reuse.growth import Told


@contextmanager
def carried_out() -> Iterator[Told]:
    """Who is told of a change while the block runs."""
    from reuse.cli.progress import terminal_progress
    from reuse.growth import Told

    with terminal_progress() as progress:
        yield Told(progress, lambda: narrate("another process is changing this run; waiting for it"))


def narrate(line: str) -> None:
    """Say something to whoever looks on."""
    from reuse.display import visible

    print(visible(line, one_line=True), file=sys.stderr)


def documents(count: int) -> str:
    """`1 document`, `1,200 documents`."""
    return f"{count:,} document{'' if count == 1 else 's'}"


def print_state(path: Path) -> None:
    """Say what a run holds now."""
    from reuse.run.run import Run

    with Run.open(path) as run:
        counts = run.meta["counts"]
        narrate(
            f"{path}: {documents(counts['documents'])}, {counts['tokens']:,} words, {counts['matches']:,} matches, "
            f"{counts['formulas']:,} formulas"
        )
