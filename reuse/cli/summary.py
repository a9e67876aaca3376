"""What `textreuse scan` says when it is done: the corpus, the finds, the best of them, what was left out, what next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reuse.cli.commands import COMMANDS
from reuse.cli.passages import aligned
from reuse.cli.terminal import command_name, console
from reuse.display import end_of, trimmed, visible, wrapped
from reuse.report.highlights import best_formulas, best_matches
from reuse.run.found import found_loosely
from reuse.shares import KINDS, in_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from reuse.run.run import Run

PASSAGES = 5
"""Passages quoted."""
FORMULAS = 8
"""Formulas listed."""
LINES = 2
"""Lines quoted of each passage."""
SKIPPED = 10
"""Files named among those that were left out."""

INDENT = "    "
HEADING = "bold cyan"

NEXT = {
    "browse": ("browse {run}", "read the matches"),
    "report": ("report {run} -o report.html", "a page to hand over (or report.md)"),
    "export": ("export {run} matches -o matches.csv", "a table for other tools"),
    "compare": ("compare {run} A B", "two documents side by side"),
}


def print_summary(run: Run, out: Console | None = None) -> None:
    """Print the summary of a run (to stdout, unless another console is given)."""
    out = out or console()
    for line in _lines(run, out.width):
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _lines(run: Run, width: int) -> Iterator[Text | str]:
    yield from _overview(run)
    yield from _passages(run, width)
    yield from _formulas(run, width)
    yield from _left_out(run, width)
    yield from _next(run, width)


def _overview(run: Run) -> Iterator[Text]:
    from rich.text import Text

    counts: Mapping[str, int] = run.meta["counts"]
    seconds = sum(run.meta["timings"].values())
    dates = [date for (date,) in run.sql("SELECT date FROM documents WHERE date IS NOT NULL ORDER BY date")]
    ((guessed,),) = run.sql("SELECT count(*) FROM documents WHERE date_guessed")
    corpus = f"{_count(counts['documents'], 'document')}, {_count(counts['tokens'], 'word')}"
    if dates:
        corpus += f", dated {dates[0]}" + (f" to {dates[-1]}" if dates[-1] != dates[0] else "")
        undated = counts["documents"] - len(dates)
        remarks = [f"{guessed:,} guessed"] * bool(guessed) + [f"{undated:,} without a date"] * bool(undated)
        corpus += f" ({', '.join(remarks)})" if remarks else ""
    yield Text(corpus)
    ((copies,),) = run.sql("SELECT count(copy_of) FROM documents")
    if copies:
        counted = "count as one document" if run.options.copies == "one" else "are counted each"
        one = copies == 1
        yield Text(
            f"{_count(copies, 'document')} {'is a copy' if one else 'are copies'} of another, word for word or nearly; "
            f"copies of a text {counted}"
        )
    found = f"{_count(counts['matches'], 'match', 'matches')} in {_count(counts['clusters'], 'cluster')}"
    line = Text(f"{found} and {_count(counts['formulas'], 'formula')}", style="bold")
    line.append(f" in {seconds:.1f} s", style="not bold")
    yield line
    if counts["matches"]:
        sums = ", ".join(f"total(tokens * {kind}) / sum(tokens)" for kind in KINDS)
        (shares,) = run.sql(f"SELECT {sums} FROM documents")
        yield Text(f"Of the words {in_words(shares)}")


def _passages(run: Run, width: int) -> Iterator[Text]:
    from rich.text import Text

    best = best_matches(run, PASSAGES)
    if not best:
        yield Text()
        yield Text("No two passages share enough words to be called reuse.")
        return
    yield from _heading("The most surprising passages", len(best), run.count("clusters"), "clusters")
    for number, match in enumerate(best, 1):
        yield Text()
        facts = (
            f"{match['bits']:,.0f} bits, {match['similarity']:.0%} alike, "
            f"{_count(max(match['tokens_a'], match['tokens_b']), 'word')}"
        )
        if match["cluster_passages"] > 2:
            facts += f", one of {match['cluster_passages']:,} passages with this text"
        yield Text.assemble((f"{number:>2}  ", "bold"), facts)
        if loosely := found_loosely(match["found_by"]):
            yield Text(INDENT + loosely)
        for side in ("a, b",) if match["a"] == match["b"] else ("a", "b"):
            yield Text(INDENT + _document(match, side, width - len(INDENT)), style="dim")
        for line in aligned(match["text_a"], match["text_b"], width=width - len(INDENT), most_lines=LINES):
            yield Text.assemble(INDENT, line)


def _document(match: Mapping[str, Any], side: str, width: int) -> str:
    parts = [match[side[0]], match[f"date_{side[0]}"] or "no date", match[f"title_{side[0]}"] or ""]
    name = "  ".join(visible(part, one_line=True) for part in parts if part)
    return trimmed(f"{side}  {name}", width)


def _formulas(run: Run, width: int) -> Iterator[Text]:
    from rich.text import Text

    best = best_formulas(run, FORMULAS)
    if not best:
        return
    yield from _heading("The most widespread formulas", len(best), run.count("formulas"), "formulas")
    yield Text()
    yield Text("  documents  times  bits", style="dim")
    for formula in best:
        figures = f"{formula['df']:>11,}{formula['tf']:>7,}{formula['bits']:>6,.0f}  "
        for line in wrapped(visible(formula["text"], one_line=True), width - len(figures)):
            yield Text.assemble(figures, (line, "bold"))
            figures = " " * len(figures)


def _left_out(run: Run, width: int) -> Iterator[Text]:
    from rich.text import Text

    counts: Mapping[str, int] = run.meta["counts"]
    skipped: list[Mapping[str, str]] = run.meta["skipped"]
    if skipped:
        yield Text()
        yield Text("Left out, or read with a reservation", style=HEADING)
        yield Text()
        for one in skipped[:SKIPPED]:
            yield Text(INDENT + end_of(visible(one["path"], one_line=True), width - len(INDENT)))
            why = visible(f"{one['reason']}; {one['remedy']}", one_line=True)
            for line in wrapped(why, width - 2 * len(INDENT)):
                yield Text(INDENT * 2 + line, style="dim")
        if len(skipped) > SKIPPED:
            yield Text(f"{INDENT}… and {len(skipped) - SKIPPED:,} more, listed in the run", style="dim")
    notes = []
    if counts.get("hidden_matches"):
        asked = run.options
        hidden = _count(counts["hidden_matches"], "match", "matches")
        notes.append(f"{hidden} left out that chance alone may have brought about (E > {asked.score.max_evalue:.2g}).")
    notes += [str(limit) for limit in run.meta.get("limits", [])]
    if notes:
        yield Text()
        for note in notes:
            yield Text(visible(note, one_line=True))


def _next(run: Run, width: int) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    yield Text("Next", style=HEADING)
    yield Text()
    name = shlex.quote(visible(str(run.path)))
    program = command_name()
    calls = [(f"{program} {call.format(run=name)}", what) for made, (call, what) in NEXT.items() if made in COMMANDS]
    longest = max((len(call) for call, _ in calls), default=0)
    for call, what in calls:
        explained = f"{call:<{longest}}  {what}"
        fits = len(INDENT) + len(explained) <= width
        yield Text.assemble(INDENT, (call, "bold"), (explained[len(call) :] if fits else "", "dim"))


def _heading(title: str, shown: int, total: int, of: str) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    yield Text.assemble((title, HEADING), (f"  {shown:,} of {total:,} {of}", "dim"))


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
