"""`textreuse browse`: the terminal UI."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DESCRIPTION = """\
Read a run in the terminal: matches side by side, formulas with their concordance, documents. ? shows the keys.

PATH is a run, or folders and files, which are scanned first (into ./NAME.reuse, as scan does)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a run, or folders and files to scan first")
    parser.add_argument("--at", metavar="KIND:ID", help="where to open: match:ID, cluster:ID, formula:ID, document:ID")


def run(arguments: argparse.Namespace) -> None:
    """Start the app; this returns when the user quits it."""
    from reuse.errors import UsageError

    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("browse needs a terminal; textreuse report writes a page, textreuse export a table")
    import reuse
    from reuse.cli.progress import terminal_progress
    from reuse.run.folder import is_run

    path = arguments.paths[0]
    if len(arguments.paths) > 1 or (path.exists() and not is_run(path)):
        with terminal_progress() as progress, reuse.scan(arguments.paths, progress=progress) as scanned:
            path = scanned.path
    import tui

    tui.browse(path, at=arguments.at)
