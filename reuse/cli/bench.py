"""`textreuse bench`: the benchmarks, which have a command line of their own."""

from __future__ import annotations

import argparse

DESCRIPTION = """\
Measure how fast and how well reuse is found, on this machine.

Without arguments: a suite of some minutes. `textreuse bench --help` lists the experiments."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: all are passed on as they are."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="passed on to the benchmarks")


def run(arguments: argparse.Namespace) -> int:
    """Hand over to the benchmarks."""
    from benchmarks.cli import main

    return main(arguments.arguments)
