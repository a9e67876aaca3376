"""`textreuse rescan`: a run made anew from the texts that it keeps."""

from __future__ import annotations

import argparse
from pathlib import Path

DESCRIPTION = """\
Make a run anew from the texts that it keeps, with the options that it was made with: as if all that it holds had been
scanned at once. The original files are not read. A run that an older version of textreuse wrote becomes one of this
version. Notes and marks stay."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli import crew

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing of the run")
    crew.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    """Make the run anew, and say how it stands."""
    from reuse.cli.change import carried_out, print_state
    from reuse.cli.crew import workers_from
    from reuse.growth import rescan

    with carried_out(workers_from(arguments, arguments.run_path)) as told:
        rescan(arguments.run_path, told)
    if not arguments.quiet:
        print_state(arguments.run_path)
