"""`textreuse scan`: find what documents share, store it as a run, print a summary."""

from __future__ import annotations

import argparse
from pathlib import Path
from textwrap import fill

from reuse.cli.listing import FIELD
from reuse.cli.paths import named_path
from reuse.corpus.readers.registry import KINDS

DESCRIPTION = f"""\
Find the passages and formulas that documents share and store them as a run.

PATH is a folder (read with all its folders) or a file; each kind of file may also be packed (.gz):
{fill(KINDS, 118, break_on_hyphens=False)}.
A file metadata.csv or metadata.jsonl in a folder gives dates, titles and sources, keyed by id.

{FIELD}"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli import crew
    from reuse.cli.parameters import add_parameters

    parser.usage = (
        "textreuse scan PATH… [-o RUN] [--between A B | --across FIELD] [--workers N | --dask SCHEDULER] [PARAMETER…]"
    )
    parser.add_argument("paths", nargs="*", type=named_path, metavar="PATH", help="folders and files to read")
    parser.add_argument("-o", "--out", type=Path, metavar="RUN", help="folder of the run (default: ./NAME.reuse)")
    parser.add_argument(
        "--between", nargs=2, type=named_path, metavar=("A", "B"), help="compare two folders with each other only"
    )
    parser.add_argument("--across", metavar="FIELD", help="skip pairs of documents that agree in a field")
    parser.add_argument("-q", "--quiet", action="store_true", help="print no summary")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="say how signatures are cut into bands, and how long stages took"
    )
    crew.add_arguments(parser)
    add_parameters(parser)


def run(arguments: argparse.Namespace) -> None:
    """Scan and print the summary."""
    from reuse.cli.crew import workers_from
    from reuse.cli.parameters import options_from
    from reuse.cli.progress import terminal_progress
    from reuse.errors import UsageError

    if bool(arguments.paths) == bool(arguments.between):
        raise UsageError("name the folders or files to scan, or two folders with --between; textreuse scan --help")
    options = options_from(arguments)

    import reuse
    from reuse.pipeline import default_run

    between = tuple(arguments.between) if arguments.between else None
    target = arguments.out or default_run(between or arguments.paths)
    with terminal_progress() as progress:
        found = reuse.scan(
            arguments.paths,
            target,
            options,
            between=between,
            across=arguments.across,
            progress=progress,
            workers=workers_from(arguments, target),
        )
    if arguments.verbose:
        from reuse.cli.verbose import print_bands, print_timings

        print_bands(options.index)
        print_timings(found.meta["timings"])
    if not arguments.quiet:
        from reuse.cli.summary import print_summary

        print_summary(found)
