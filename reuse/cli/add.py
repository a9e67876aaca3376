"""`textreuse add`: further documents for a run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.cli.paths import named_path

if TYPE_CHECKING:
    from reuse.growth import Added

DESCRIPTION = """\
Add documents to a run, with the options that it was made with. The new documents are compared with all; the old ones,
among one another, are not compared again, and keep their scores, until too many words are newer than the background
under which these were scored. Then, and by textreuse rescan at any time, it is as if all documents had been scanned at
once. Notes and marks stay.

PATH is a folder or a file, as for scan. Documents that the run has already (of the same id and text) are passed over,
so that a folder into which files come may be named again and again. A change that is stopped leaves the run as it was;
while another process changes the run, this one waits."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli import crew
    from reuse.cli.change import add_newer

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("paths", nargs="+", type=named_path, metavar="PATH", help="folders and files to read")
    add_newer(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what was left out")
    crew.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    """Add, and say what came in and what was left out."""
    from reuse.cli.change import carried_out, print_state
    from reuse.cli.crew import workers_from
    from reuse.growth import add

    with carried_out(workers_from(arguments, arguments.run_path)) as told:
        added = add(arguments.run_path, arguments.paths, newer=arguments.newer, told=told)
    if not arguments.quiet:
        _print_added(added)
    _print_left_out(added)
    if not arguments.quiet:
        print_state(arguments.run_path)


def _print_added(added: Added) -> None:
    from reuse.cli.change import ANEW, narrate
    from reuse.display import counted

    known = f" ({counted(added.known, 'document')} passed over: the run has {'it' if added.known == 1 else 'them'})"
    narrate(f"{counted(len(added.documents), 'document')} added{known if added.known else ''}")
    if added.anew:
        narrate(ANEW)
    if added.restated:
        first, *others = added.restated
        narrate(
            f"{first}{f' and {len(others):,} more' if others else ''}: passed over, though the title, the date, the "
            "source or other metadata are not those in the run; textreuse remove and add take them over"
        )


def _print_left_out(added: Added) -> None:
    from reuse.cli.change import narrate
    from reuse.corpus.document import grouped

    for one in grouped(added.skipped):
        narrate(f"{one.path}: {one.reason}; {one.remedy}")
