"""What `textreuse scan` says when it is done, on one screen: the overview, what was left out, what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reuse.cli.commands import COMMANDS
from reuse.cli.terminal import command_name, console
from reuse.corpus.document import Skipped, grouped
from reuse.display import cells, counted, end_of, padded, visible, wrapped
from reuse.report.digest import INDENT, ONE_SCREEN, DigestLine, digest, heading
from reuse.report.overview import Overview

if TYPE_CHECKING:
    from rich.console import Console

    from reuse.run.run import Run

SKIPPED = 2
"""Files named among those that were left out."""
BETWEEN = "  "
STYLES = {"plain": "", "heading": "bold cyan", "strong": "bold", "faint": "dim", "differs": "bold red"}

NEXT = {
    "browse": ("browse {run}", "read the matches"),
    "report": ("report {run} -o report.html", "a page to hand over"),
}


def print_summary(run: Run, out: Console | None = None) -> None:
    """Print the summary of a run (to stdout, unless another console is given)."""
    from rich.text import Text

    out = out or console()
    for line in _lines(run, out.width):
        text = Text.assemble(*((text, STYLES[style]) for text, style in line.pieces))
        out.print(text, no_wrap=True, overflow="ignore", crop=False)


def _lines(run: Run, width: int) -> Iterator[DigestLine]:
    yield from digest(Overview(run), width, ONE_SCREEN)
    yield from _left_out(run, width)
    yield from _next(run, width)


def _left_out(run: Run, width: int) -> Iterator[DigestLine]:
    skipped = grouped(Skipped(**one) for one in run.meta["skipped"])
    if skipped:
        shown = skipped[:SKIPPED]
        yield from heading("Left out, or read with a reservation", len(shown), counted(len(skipped), "remark"))
        for one in shown:
            why = visible(f"{one.reason}; {one.remedy}", one_line=True)
            name = end_of(visible(one.path, one_line=True), width // 2)
            for line in wrapped(f"{name}: {why}", width - len(INDENT)):
                yield DigestLine(((INDENT + line, "plain"),))
    for limit in run.meta.get("limits", []):
        for line in wrapped(visible(str(limit), one_line=True), width):
            yield DigestLine(((line, "plain"),))


def _next(run: Run, width: int) -> Iterator[DigestLine]:
    yield DigestLine()
    name = shlex.quote(visible(str(run.path)))
    program = command_name()
    calls = [(f"{program} {call.format(run=name)}", what) for made, (call, what) in NEXT.items() if made in COMMANDS]
    longest = max((len(call) for call, _ in calls), default=0)
    label = "Next"
    for call, what in calls:
        explained = padded(call, longest) + BETWEEN + what
        fits = len(label) + len(BETWEEN) + cells(explained) <= width
        rest = explained[len(call) :] if fits else ""
        yield DigestLine(((label, "heading"), (BETWEEN, "plain"), (call, "strong"), (rest, "faint")))
        label = " " * len(label)
