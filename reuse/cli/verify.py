"""`textreuse verify`: every quoted passage found again in the original files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DESCRIPTION = """\
Read the original files again and look for every passage that the run quotes.

Lists what is not as it was: files that changed or are gone, and how many passages still stand where the run says,
stand elsewhere, or are lost. The status is 1 when a passage is not where the run says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument(
        "--root",
        type=Path,
        metavar="DIR",
        help="folder that relative paths start from (default: that in which the run was made)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what is not as it was."""
    from reuse.display import visible
    from reuse.run.run import Run
    from reuse.verify import verify

    documents = unchanged = passages = found = 0
    with Run.open(arguments.run_path) as opened:
        for one in verify(opened, arguments.root):
            documents += 1
            unchanged += one.state == "unchanged"
            passages += one.passages
            found += one.found
            if one.state != "unchanged":
                fate = f"{one.found:,} of {one.passages:,} passages in place, {one.moved:,} moved, {one.lost:,} lost"
                print(f"{one.state}\t{visible(one.document, one_line=True)}\t{fate}")
    print(
        f"{unchanged:,} of {documents:,} documents unchanged; {found:,} of {passages:,} passages where the run says",
        file=sys.stderr,
    )
    return 0 if found == passages else 1
