"""`textreuse compare`: two documents side by side, with what differs marked; or groups of documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reuse.cli.listing import FIELD
from reuse.display import percent

if TYPE_CHECKING:
    from rich.text import Text

    from reuse.run.run import Run

DESCRIPTION = f"""\
Show what two documents share, side by side, in the order of the first one.

A and B are ids of documents, or a part that only one id has. Name one document twice to see what it repeats of itself.
Words that differ stand in [brackets]; ≠ marks the lines that have some; [–] stands where a side has no words.

With --by FIELD, groups of documents are compared: all with one another (the words of each that stand in matches with
each other), or, with A and B, two of them: what they share, which formulas mark the one against the other (log-odds
ratio and q, as in keyness), and what changes when one says what the other says. With -o, the matrix, or all formulas
of A and B, go to a file.

{FIELD}"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from reuse.cli.listing import number_of_rows

    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("a", nargs="?", metavar="A", help="document (or group) on the left")
    parser.add_argument("b", nargs="?", metavar="B", help="document (or group) on the right")
    parser.add_argument("--by", metavar="FIELD", help="compare groups of documents: those that agree in this field")
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        metavar="FILE",
        help="write a page instead: .html; of groups a table: .jsonl .csv .tsv",
    )
    parser.add_argument("--where", metavar="FILTER", help='matches to show, e.g. "similarity>0.8 words>=20"')
    parser.add_argument(
        "--limit", type=number_of_rows, metavar="N", help="of groups: most rows, or most formulas of either group"
    )
    parser.add_argument("--no-guard", action="store_true", help="of groups: write text as it is")


def run(arguments: argparse.Namespace) -> None:
    """Print the passages that the two documents share, or what groups have in common."""
    from reuse.cli.groups import compare_all, compare_two
    from reuse.cli.passages import side_by_side
    from reuse.cli.terminal import console
    from reuse.report.pair import matches_between
    from reuse.run.run import Run

    _check(arguments)
    out = console()
    with Run.open(arguments.run_path) as opened:
        if arguments.by:
            (compare_two if arguments.a else compare_all)(opened, arguments)
            return
        left, right = document_named(opened, arguments.a), document_named(opened, arguments.b)
        if arguments.out:
            _write(opened, arguments.out, left, right, arguments.where)
            return
        matches = matches_between(opened, left, right, arguments.where)
        for line in _heading(opened, left, right, matches):
            out.print(line)
        for match in matches:
            out.print()
            out.print(_facts(match), style="dim")
            for line in side_by_side(match["text_a"], match["text_b"], width=out.width):
                out.print(line, no_wrap=True, overflow="ignore", crop=False)


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what makes no sense together."""
    from reuse.errors import UsageError

    if arguments.a and not arguments.b:
        raise UsageError(f"{arguments.a} is to be compared with what? name two documents, or two groups with --by")
    if not arguments.a and not arguments.by:
        raise UsageError("name two documents, or a field with --by to compare groups of documents")
    if arguments.by and arguments.where:
        raise UsageError("--where filters the matches of two documents; it does not go with --by")
    if not arguments.by and (arguments.limit is not None or arguments.no_guard):
        raise UsageError("--limit and --no-guard go with --by only")


def _write(run: Run, out: Path, left: int, right: int, where: str | None) -> None:
    from reuse.errors import UsageError
    from reuse.report.html.pair import write_pair

    if out.suffix.lower() != ".html":
        raise UsageError(f"{out}: the format is chosen by the suffix; it can be .html")
    count = write_pair(run, out, left, right, where)
    print(f"{count:,} {'passage' if count == 1 else 'passages'} written to {out}", file=sys.stderr)


def document_named(run: Run, name: str) -> int:
    """Ordinal of the document with this id, or of the only one whose id has this in it.

    Raises:
        UsageError: There is none, or there are several.
    """
    from reuse.errors import UsageError

    ids = run.document_ids
    if name in ids:
        return ids.index(name)
    found = [number for number, one in enumerate(ids) if name in one]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"{run.path}: no document's id has {name!r} in it; textreuse export RUN documents lists them")
    some = ", ".join(ids[number] for number in found[:5]) + (" …" if len(found) > 5 else "")
    raise UsageError(f"{run.path}: {name!r} is in the ids of {len(found)} documents ({some}); write more of it")


def _heading(run: Run, left: int, right: int, matches: list[dict[str, Any]]) -> list[Text]:
    from rich.text import Text

    from reuse.display import visible
    from reuse.report.pair import share_covered

    lines = []
    for document, side in ((left, "a"), (right, "b")):
        ((name, date, title, tokens),) = run.sql(
            "SELECT id, date, title, tokens FROM documents WHERE doc = ?", (document,)
        )
        spans = [(match[f"{side}_start"], match[f"{side}_end"]) for match in matches]
        share = share_covered(spans, len(run.text(document)))
        parts = [name, date or "no date", title or "", f"{tokens:,} words", f"{share:.0%} of it shared"]
        lines.append(Text("  ".join(visible(part, one_line=True) for part in parts if part), style="bold"))
    count = f"{len(matches):,} {'passage' if len(matches) == 1 else 'passages'} in common"
    return [*lines, Text(count if matches else "No passage in common."), *map(Text, _taken(run, left, right))]


def _taken(run: Run, left: int, right: int) -> Iterator[str]:
    """What the one most likely took directly from the other."""
    from reuse.analysis.sections import map_table, words_from
    from reuse.display import visible

    names = run.document_ids
    for document, other in ((left, right), (right, left)):
        if words := words_from(map_table(run, document), names[other]):
            later, earlier = (visible(names[one], one_line=True) for one in (document, other))
            yield f"{later} most likely took {words:,} {'word' if words == 1 else 'words'} directly from {earlier}"


def _facts(match: Mapping[str, Any]) -> str:
    return (
        f"{match['matched_tokens']:,} words in common, {percent(match['similarity'])} alike, "
        f"{match['bits']:,.0f} bits; "
        f"at {_where(match, 'a')} and {_where(match, 'b')}"
    )


def _where(match: Mapping[str, Any], side: str) -> str:
    return match[f"{side}_place"] or f"{match[f'{side}_start']:,}–{match[f'{side}_end']:,}"
