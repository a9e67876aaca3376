"""`textreuse browse`: the terminal UI."""

from __future__ import annotations

import argparse
import codecs
import os
import sys

from reuse.cli.paths import named_path

DESCRIPTION = """\
Read a run in the terminal: matches side by side, formulas with their concordance, documents. ? shows the keys.

PATH is a run, or folders and files, which are scanned first (into ./NAME.reuse, as scan does)."""

HOST, PORT = "localhost", 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "paths", nargs="+", type=named_path, metavar="PATH", help="a run, or folders and files to scan first"
    )
    parser.add_argument("--at", metavar="KIND:ID", help="where to open: match:ID, cluster:ID, formula:ID, document:ID")
    parser.add_argument("--web", action="store_true", help="serve the same to a browser on this machine")
    parser.add_argument(
        "--host", default=HOST, metavar="NAME", help=f"name or address that --web listens at (default: {HOST})"
    )
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"port for --web (default: {PORT})")


def run(arguments: argparse.Namespace) -> None:
    """Start the app; this returns when the user quits it."""
    from reuse.errors import UsageError

    if arguments.web:
        from tui.web import serve

        serve(arguments.paths, arguments.at, host=arguments.host, port=arguments.port)
        return
    served = "TEXTUAL_DRIVER" in os.environ  # by --web: the browser is the terminal
    if not served and not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("browse needs a terminal; textreuse report writes a page, textreuse export a table")
    if not served and codecs.lookup(sys.stderr.encoding).name != "utf-8":  # the app draws on stderr
        raise UsageError(
            f"browse draws with signs that a terminal in {sys.stderr.encoding} has not; if yours shows UTF-8, say so: "
            "export LC_ALL=C.UTF-8"
        )
    import tui

    tui.browse(arguments.paths, at=arguments.at)
