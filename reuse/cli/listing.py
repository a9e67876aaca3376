"""A table on the terminal, in columns; or, with -o, in a file for other programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.run.table import Table

FIELD = """\
FIELD is a column that came with the documents, in any case of letters, or document, title, source, date, day, month,
year, decade, century; where a column has one of these names, date.year and the like name what the program knows."""

LEAST_SHOWN = 0.01
"""Nearer to 0 a number is not shown as 0, which it is not."""

LEAST_TEXT = 12
"""Cells that a column of text gets even on a narrow terminal."""


NAMES = frozenset(["name", "source", "group", "a", "b"])
"""Columns that name documents or groups."""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare where the rows go: the same on every command that lists something."""
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="write all columns to .jsonl .csv .tsv .xlsx .parquet instead"
    )
    parser.add_argument("--limit", type=number_of_rows, metavar="N", help="most rows")
    parser.add_argument("--no-guard", action="store_true", help="write text as it is, spreadsheet formulas included")


def number_of_rows(text: str) -> int:
    """A number of rows as typed, for argparse."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows")
    return int(text)


def show(
    table: Table,
    arguments: argparse.Namespace,
    shown: Mapping[str, str] | None = None,
    shares: Collection[str] = (),
    adding_up: Sequence[str] = (),
    every: int | None = None,
) -> None:
    """Print a table, or write it to the file that the user named.

    Args:
        table: All columns.
        arguments: With what `add_output` declared.
        shown: Columns to print, with their headings. None: all, by name.
        shares: Of these, the ones to print in per cent.
        adding_up: Of these, those that add up to 1 and are rounded so that they still do.
        every: Rows that there are, where the table is a part of them; None: all are in it.
    """
    every = len(table) if every is None else every
    if arguments.limit is not None:
        table = table[: arguments.limit]
    of_all = part(len(table), every)
    if arguments.out:
        from reuse.report.export import write_table

        write_table(table, arguments.out, guard=not arguments.no_guard)
        print(f"{of_all} written to {arguments.out}", file=sys.stderr)
        return
    columns = shown or {name: name for name in table.columns}
    texts = {
        name: [_percent(value) if name in shares else _cell(value) for value in table[name]] for name in columns
    } | _adding_up(table, adding_up)
    print_columns(
        list(columns.values()),
        [texts[name] for name in columns],
        [_is_numeric(table[name]) for name in columns],
        [name in NAMES for name in columns],
    )
    if len(table) < every:
        print(of_all, file=sys.stderr)


def part(shown: int, every: int) -> str:
    """`5 of 737 rows`; `737 rows` if these are all."""
    return f"{shown:,} of {every:,} rows" if shown < every else f"{every:,} rows"


def print_columns(
    headings: Sequence[str], texts: Sequence[Sequence[str]], numeric: Sequence[bool], names: Sequence[bool]
) -> None:
    """Print columns under their headings: numbers to the right, text to the left and trimmed where it must be.

    Of names the end is kept where that tells more of them apart.
    """
    from rich.text import Text

    from reuse.cli.terminal import console
    from reuse.display import cells, end_of, padded, trimmed

    out = console(wide=True)
    widths = [max(map(cells, [heading, *column])) for heading, column in zip(headings, texts, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > out.width:
        widest = max((at for at, number in enumerate(numeric) if not number), key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= LEAST_TEXT:
            break
        widths[widest] -= 1

    cuts = [
        end_of
        if named and len({end_of(text, width) for text in column}) > len({trimmed(text, width) for text in column})
        else trimmed
        for column, width, named in zip(texts, widths, names, strict=True)
    ]

    def line(values: Sequence[str], cuts: Sequence[Callable[[str, int], str]]) -> str:
        parts = [
            value.rjust(width) if right else padded(cut(value, width), width)
            for value, width, right, cut in zip(values, widths, numeric, cuts, strict=True)
        ]
        return "  ".join(parts).rstrip()

    out.print(Text(line(headings, [trimmed] * len(headings)), style="dim"), no_wrap=True, overflow="ignore", crop=False)
    for row in zip(*texts, strict=True):
        out.print(Text(line(row, cuts)), no_wrap=True, overflow="ignore", crop=False)


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    from reuse.display import visible

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}" if value == 0 or abs(value) >= LEAST_SHOWN else f"{'-' * (value < 0)}<{LEAST_SHOWN}"
    return visible(", ".join(map(str, value)) if isinstance(value, list) else str(value), one_line=True)


def _adding_up(table: Table, names: Sequence[str]) -> dict[str, list[str]]:
    from reuse.shares import whole_percents

    rounded = [whole_percents(values) for values in zip(*(table[name] for name in names), strict=True)]
    return {name: [f"{row[place]}%" for row in rounded] for place, name in enumerate(names)}


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _is_numeric(column: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in column if value is not None)
