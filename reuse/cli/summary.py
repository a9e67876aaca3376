"""What `textreuse scan` says when it is done, on one screen: the corpus, who repeats whom, the best of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from reuse.cli.commands import COMMANDS
from reuse.cli.passages import LABEL_A, LABEL_B, LABEL_SAME, aligned
from reuse.cli.terminal import command_name, console
from reuse.display import ELLIPSIS, cells, cut, end_of, padded, trimmed, visible, wrapped
from reuse.report.highlights import Row
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, Highlight, Link, Overview
from reuse.shares import in_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from reuse.run.run import Run

PAIRS = 5
"""Pairs of documents that are named."""
PASSAGES = 3
"""Passages quoted, a line of each."""
FORMULAS = 5
"""Formulas listed, a line each."""
SKIPPED = 2
"""Files named among those that were left out."""

INDENT = "    "
HEADING = "bold cyan"
BETWEEN = "  "

NEXT = {
    "browse": ("browse {run}", "read the matches"),
    "report": ("report {run} -o report.html", "a page to hand over"),
}


def print_summary(run: Run, out: Console | None = None) -> None:
    """Print the summary of a run (to stdout, unless another console is given)."""
    out = out or console()
    for line in _lines(run, out.width):
        out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _lines(run: Run, width: int) -> Iterator[Text | str]:
    overview = Overview(run)
    yield from _corpus(overview)
    yield from _pairs(overview, width)
    yield from _passages(overview, width)
    yield from _formulas(overview, width)
    yield from _repetitions(overview, width)
    yield from _left_out(overview, width)
    yield from _next(run, width)


def _corpus(overview: Overview) -> Iterator[Text]:
    from rich.text import Text

    counts: Mapping[str, int] = overview.run.meta["counts"]
    first, last, guessed, undated = overview.dates
    corpus = f"{_count(counts['documents'], 'document')}, {_count(counts['tokens'], 'word')}"
    if first:
        corpus += f", dated {first}" + (f" to {last}" if last != first else "")
        remarks = [f"{guessed:,} guessed"] * bool(guessed) + [f"{undated:,} without a date"] * bool(undated)
        corpus += f" ({', '.join(remarks)})" if remarks else ""
    yield Text(corpus)
    if overview.copies:
        yield Text(overview.copies)
    found = f"{_count(counts['matches'], 'match', 'matches')} in {_count(counts['clusters'], 'cluster')}"
    line = Text(f"{found} and {_count(counts['formulas'], 'formula')}", style="bold")
    line.append(f" in {sum(overview.run.meta['timings'].values()):.1f} s", style="not bold")
    yield line
    if counts["matches"]:
        yield Text(f"Of the words {in_words(overview.shares)}")


def _pairs(overview: Overview, width: int) -> Iterator[Text]:
    from rich.text import Text

    found = overview.links(PAIRS)
    if not found:
        return
    yield from _heading("Who repeats whom", len(found), overview.linked, "pair of documents", "pairs of documents")
    figures = [f"{link.words:,} words" for link in found]
    widest = max(map(len, figures))
    for link, words in zip(found, figures, strict=True):
        facts = f"{words:>{widest}}, {link.share:>4.0%} of  "
        yield Text.assemble((facts, "dim"), _linked(link, width - len(facts)))


def _linked(link: Link, width: int) -> str:
    """Both documents and what is known of their order; the names share the width that is left."""
    verb = f" {ORDER_SAYS[link.order]} "
    note = f" ({ORDER_NOTES[link.order]})" if ORDER_NOTES[link.order] else ""
    each = (width - len(verb) - len(note)) // 2
    later, earlier = (_named(document) for document in (link.later, link.earlier))
    if later == earlier:
        later, earlier = (visible(document["id"], one_line=True) for document in (link.later, link.earlier))
    spare = max(each - cells(later), 0)
    return cut(later, each) + verb + cut(earlier, each + spare) + note


def _named(document: Row) -> str:
    name = visible(document["title"] or document["id"], one_line=True)
    return f"{document['date']} {name}" if document["date"] else name


def _passages(overview: Overview, width: int) -> Iterator[Text]:
    from rich.text import Text

    best = overview.passages(PASSAGES)
    if best:
        yield from _heading("Passages of two documents", len(best), overview.between, "cluster")
        for passage in best:
            yield from _passage(passage, width)
    elif not overview.within:
        yield Text()
        yield Text("No two passages share enough words to be called reuse.")


def _passage(passage: Highlight, width: int) -> Iterator[Text]:
    """What is said of it, where it stands, and a line of either side; a single line where both have the same words."""
    from rich.text import Text

    row = passage.row
    facts = passage.said()
    if row["cluster_passages"] > 2:
        facts += f", in {row['cluster_passages']:,} places"
    sides = ("a",) if row["a"] == row["b"] else ("a", "b")
    named = [_named({"id": row[side], "title": row[f"title_{side}"], "date": row[f"date_{side}"]}) for side in sides]
    each = (width - len(BETWEEN) - len(facts) - 3 * (len(sides) - 1)) // len(sides)
    yield Text.assemble((facts, "bold"), BETWEEN, (" + ".join(cut(name, each) for name in named), "dim"))
    before = "" if passage.begins else f"{ELLIPSIS} "
    lines = aligned(before + passage.text_a, before + passage.text_b, width=width - len(INDENT), most_lines=1)
    first, second = [*islice(lines, 2), Text()][:2]
    if first.plain[len(LABEL_A) :].casefold() == second.plain[len(LABEL_B) :].casefold():
        first, second = Text.assemble(LABEL_SAME, first[len(LABEL_A) :]), Text()  # what differs comes further on
    yield Text.assemble(INDENT, first)
    if second.plain.startswith(LABEL_B):
        yield Text.assemble(INDENT, second)


def _formulas(overview: Overview, width: int) -> Iterator[Text]:
    from rich.text import Text

    best = overview.formulas(FORMULAS)
    if not best:
        return
    families = overview.run.count("formulas", "head:true")
    yield from _heading("Formulas", len(best), families, "family", "families")
    widest = [max(len(f"{formula[figure]:,}") for formula in best) for figure in ("df", "tf")]
    for formula in best:
        figures = f"{formula['df']:>{widest[0]},} documents, {formula['tf']:>{widest[1]},} times  "
        forms = f"  in {formula['variants']:,} forms" if formula["variants"] > 1 else ""
        words = trimmed(visible(formula["text"], one_line=True), width - len(figures) - len(forms))
        yield Text.assemble((figures, "dim"), (words, "bold"), (forms, "dim"))


def _repetitions(overview: Overview, width: int) -> Iterator[Text]:
    best = overview.repetitions(1)
    if best:
        yield from _heading("Repeated within one document", len(best), overview.within, "cluster")
        yield from _passage(best[0], width)


def _left_out(overview: Overview, width: int) -> Iterator[Text]:
    from rich.text import Text

    skipped: list[Mapping[str, str]] = overview.run.meta["skipped"]
    if skipped:
        yield from _heading("Left out, or read with a reservation", min(len(skipped), SKIPPED), len(skipped), "file")
        for one in skipped[:SKIPPED]:
            why = visible(f"{one['reason']}; {one['remedy']}", one_line=True)
            name = end_of(visible(one["path"], one_line=True), width // 2)
            for line in wrapped(f"{name}: {why}", width - len(INDENT)):
                yield Text(INDENT + line)
    notes = [note for note in (overview.hidden, *map(str, overview.run.meta.get("limits", []))) if note]
    if notes:
        if not skipped:
            yield Text()
        for note in notes:
            for line in wrapped(visible(note, one_line=True), width):
                yield Text(line, style="dim")


def _next(run: Run, width: int) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    name = shlex.quote(visible(str(run.path)))
    program = command_name()
    calls = [(f"{program} {call.format(run=name)}", what) for made, (call, what) in NEXT.items() if made in COMMANDS]
    longest = max((len(call) for call, _ in calls), default=0)
    label = "Next"
    for call, what in calls:
        explained = padded(call, longest) + BETWEEN + what
        fits = len(label) + len(BETWEEN) + cells(explained) <= width
        yield Text.assemble((label, HEADING), BETWEEN, (call, "bold"), (explained[len(call) :] if fits else "", "dim"))
        label = " " * len(label)


def _heading(title: str, shown: int, total: int, one: str, several: str | None = None) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    yield Text.assemble((title, HEADING), (f"  {shown:,} of {_count(total, one, several)}", "dim"))


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
