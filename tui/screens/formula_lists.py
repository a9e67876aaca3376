"""What the screen Formulas may list: formulas, and the words, n-grams and frames of the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reuse.analysis.collocates import WINDOW, place_names
from tui.widgets.list_columns import ListColumn, Row
from tui.widgets.sparks import blocks
from tui.words import short_bits


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list of what is worked out from a run when it is asked for.

    Attributes:
        key: What is pressed for it.
        table: Its name in the run and on top of the list.
        singular: What one row is.
        text: Column that holds the words of a row.
        columns: Columns of the list.
        waiting: What stands there while it is worked out.
    """

    key: str
    table: str
    singular: str
    text: str
    columns: tuple[ListColumn, ...]
    waiting: str


def _number(heading: str, name: str, width: int, from_width: int = 0) -> ListColumn:
    return ListColumn(heading, lambda row: f"{row[name]:,}", width, name, right=True, from_width=from_width)


def _decimal(heading: str, name: str, width: int, from_width: int = 0, digits: int = 2) -> ListColumn:
    def cell(row: Row) -> str:
        return "" if row[name] is None else f"{row[name]:,.{digits}f}"

    return ListColumn(heading, cell, width, name, right=True, from_width=from_width)


def _frequencies() -> tuple[ListColumn, ...]:
    return (
        _number("df", "df", 5),
        _number("tf", "tf", 7),
        _decimal("per million", "per_million", 11, 72, 1),
        _decimal("DP", "dp", 4, 60),
    )


OTHERS = (
    OtherList(
        "w",
        "wordlist",
        "word",
        "word",
        (*_frequencies(), ListColumn("word", lambda row: row["word"], 16, "word", grows=1)),
        "Counting the words …",
    ),
    OtherList(
        "n",
        "ngrams",
        "n-gram",
        "text",
        (
            *_frequencies(),
            ListColumn("bits", lambda row: short_bits(row["bits"]), 5, "bits", right=True, from_width=84),
            _number("length", "tokens", 5, 64),
            ListColumn("n-gram", lambda row: row["text"], 24, "text", grows=1),
        ),
        "Counting the n-grams …",
    ),
    OtherList(
        "r",
        "frames",
        "frame",
        "pattern",
        (
            _number("df", "df", 5),
            _number("tf", "tf", 6),
            ListColumn("bits", lambda row: short_bits(row["bits"]), 5, "bits", right=True, from_width=64),
            ListColumn("frame", lambda row: row["pattern"], 24, "pattern", grows=1),
        ),
        "Looking for frames: formulas with places that change …",
    ),
)

FILLERS = (
    ListColumn("place", lambda row: f"{row['place']}", 5, right=True),
    _number("times", "times", 6),
    ListColumn("what stands there", lambda row: row["filler"] or "nothing", 20, grows=1),
)


def _places(row: Row) -> tuple[str, str]:
    """How many stand at each place, as blocks: five on the left, the words themselves, five on the right."""
    drawn = blocks(np.array([row[name] for name in place_names(WINDOW).values()], dtype=np.int64))
    return f"{drawn[: WINDOW[0]]}|{drawn[WINDOW[0] :]}", "spark"


COLLOCATES = (
    ListColumn("word", lambda row: (row["word"], "key"), 12, grows=1),
    _number("near", "near", 6),
    _decimal("expected", "expected", 8, 72, 1),
    _number("df", "df", 5),
    _decimal("G²", "log_likelihood", 8, digits=0),
    _decimal("MI", "mi", 6),
    _decimal("logDice", "log_dice", 7, 64),
    _decimal("t", "t", 6, 84),
    ListColumn("places", _places, WINDOW[0] + WINDOW[1] + 1),
)


def rows_of(table: dict[str, list[object]]) -> list[Row]:
    """Columns as rows."""
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def slot_rows(slots: Sequence[Sequence[Sequence[object]]]) -> list[Row]:
    """What stands in each place of a frame, the commonest first."""
    return [
        {"place": place, "filler": filler, "times": times}
        for place, slot in enumerate(slots, start=1)
        for filler, times, *_ in slot
    ]
