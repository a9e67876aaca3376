"""`textreuse remove`: documents taken out of a run."""

from __future__ import annotations

import argparse
from pathlib import Path

DESCRIPTION = """\
Take documents out of a run, by their ids (textreuse export RUN documents lists them). Their matches go, all others keep
their scores until too many words have come and gone; then, and by textreuse rescan, it is as if the rest had been
scanned at once. The files that the documents were read from are not touched. Notes and marks stay."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli import crew
    from reuse.cli.change import add_newer

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("documents", nargs="+", metavar="DOC", help="ids of documents")
    add_newer(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing of what was removed")
    crew.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    """Remove, and say how the run stands."""
    from reuse.cli.change import ANEW, carried_out, narrate, print_state
    from reuse.cli.crew import workers_from
    from reuse.display import counted
    from reuse.growth import remove

    with carried_out(workers_from(arguments, arguments.run_path)) as told:
        anew = remove(arguments.run_path, arguments.documents, newer=arguments.newer, told=told)
    if not arguments.quiet:
        narrate(f"{counted(len(set(arguments.documents)), 'document')} removed")
        if anew:
            narrate(ANEW)
        print_state(arguments.run_path)
