"""What the overview draws: how much of each period is reused, and who draws on whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reuse.calendar import all_periods, date_order, fitting_period, period_name, period_number
from reuse.display import cells, percent
from reuse.naming import dated
from reuse.report.html.charts import LABELS
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, Link
from reuse.shares import KINDS

WIDTH, HEIGHT = 620, 130
"""Of the timeline, in units of the SVG."""
WIDEST = 72
"""A column is no wider."""
DIGIT = 9.6
"""Width of a digit under it where the screen is narrow: there the drawing is half as wide, and its letters are not."""
REUSED = KINDS[:3]
"""What is drawn, from the bottom up: what is fresh is the rest."""

ROW = 22
"""Height of a document in the network."""
NAMES = 300
"""Most width of their names."""
LETTER = 6.6
"""Width of a letter of them, with something to spare."""
NAME_LENGTH = 46
"""Letters of a name that fit into that."""
MOST_NODES = 10
"""Documents that a network of arcs can show and still be read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of words in a column: its rectangle, and its share of the words of the period."""

    kind: str
    share: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A period.

    Attributes:
        label, short: Its name, and what stands under it (may be empty).
        words, documents: Of the period.
        x, width: Of its rectangles.
        parts: The kinds of REUSED.
    """

    label: str
    short: str
    words: int
    documents: int
    x: float
    width: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Shares of words that are reused, by period.

    Attributes:
        by: The period: decade, year, month.
        top: Share at the upper edge of the drawing.
        columns: From the earliest on; periods without a document have no words.
        undated: Documents that are in none.
    """

    by: str
    top: float
    columns: list[Column]
    undated: int


def timeline(documents: Mapping[str, Sequence[Any]]) -> Timeline | None:
    """How much of the words of each period is recycled, shared and repeated; None for fewer than two periods.

    Args:
        documents: Columns date, tokens, furniture_tokens and those of KINDS.
    """
    by = fitting_period(documents["date"])
    numbers = [period_number(date, by) for date in documents["date"]]
    every = all_periods((number for number in numbers if number is not None), by)
    if len(every) < 2:
        return None
    place = {number: at for at, number in enumerate(every)}
    rows = np.array([at for at, number in enumerate(numbers) if number is not None], dtype=np.int64)
    column = np.array([place[number] for number in numbers if number is not None], dtype=np.int64)
    tokens, furniture = (np.array(documents[name], dtype=np.float64)[rows] for name in ("tokens", "furniture_tokens"))
    words = np.bincount(column, tokens, minlength=len(every))
    text = tokens - furniture
    of_text = np.bincount(column, text, minlength=len(every))
    counts = np.bincount(column, minlength=len(every))
    shares = {
        kind: np.bincount(column, text * np.array(documents[kind])[rows], minlength=len(every)) / np.maximum(of_text, 1)
        for kind in REUSED
    }
    top = max(float(np.sum(list(shares.values()), axis=0).max()), 0.01)
    step = min(WIDTH / len(every), WIDEST)
    shown = max(-(-len(every) // (2 * LABELS)), int(np.ceil(DIGIT * len(period_name(every[0], by)) / step)))
    columns = []
    for at, number in enumerate(every):
        floor, parts = float(HEIGHT), []
        for kind in REUSED:
            height = float(shares[kind][at]) / top * HEIGHT
            floor -= height
            parts.append(Part(kind, float(shares[kind][at]), round(floor, 2), round(height, 2)))
        name = period_name(number, by)
        columns.append(
            Column(
                name,
                name if at % shown == 0 else "",
                int(words[at]),
                int(counts[at]),
                round(at * step + 1, 2),
                round(max(step - 2, 1.0), 2),
                tuple(parts),
            )
        )
    return Timeline(by, top, columns, len(numbers) - len(rows))


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the network, in its row."""

    id: str
    name: str
    y: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A link of the network.

    Attributes:
        path: The arc, from who repeats to who is repeated.
        width: Of its line.
        arrow: The points of its arrow; empty where the order of the two is not known.
        says: What it says.
        pair: Ids of the two.
    """

    path: str
    width: float
    arrow: str
    says: str
    pair: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """Who draws on whom among a few documents, by date from top to bottom; arcs beside their names.

    Attributes:
        nodes, arcs: The documents and the links.
        names: Width of the names, in units of the SVG.
        height, width: Of the whole.
    """

    nodes: list[Node]
    arcs: list[Arc]
    names: float
    height: float
    width: float


def network(links: Sequence[Link], names: Mapping[str, str]) -> Network | None:
    """The strongest links, as many as MOST_NODES documents have among them.

    None for fewer than two links, and where no order is known: there is nobody to draw on.
    """
    chosen: list[Link] = []
    documents: dict[str, Mapping[str, Any]] = {}
    for link in links:
        both = {row["id"]: row for row in (link.later, link.earlier)}
        if len(documents | both) <= MOST_NODES:
            documents |= both
            chosen.append(link)
    if len(chosen) < 2 or all(link.order == "unknown" for link in chosen):
        return None
    order = sorted(documents.values(), key=lambda row: (row["date"] is None, date_order(row["date"]) or 0, row["id"]))
    y = {row["id"]: (at + 0.5) * ROW for at, row in enumerate(order)}
    nodes = [Node(row["id"], _named(row, names), y[row["id"]]) for row in order]
    most = max(link.words for link in chosen)
    reach = max(abs(y[link.later["id"]] - y[link.earlier["id"]]) for link in chosen)
    wide = min(float(NAMES), round(LETTER * max(cells(node.name) for node in nodes)))
    arcs = [_arc(link, names, y, most, wide + 10.0) for link in chosen]
    return Network(nodes, arcs, wide, len(order) * ROW, wide + 24 + min(reach / 2, 150.0) + 12)


def _named(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = dated(row["date"], names[row["id"]])
    return said if len(said) <= NAME_LENGTH else f"{said[: NAME_LENGTH - 1].rstrip()}…"


def _arc(link: Link, names: Mapping[str, str], y: Mapping[str, float], most: int, x: float) -> Arc:
    """The arc of a link: it begins and ends at x, beside the names."""
    start, end = y[link.later["id"]], y[link.earlier["id"]]
    bulge = min(abs(end - start) / 2, 150.0)
    path = f"M{x:.1f} {start:.1f}C{x + bulge * 1.33:.1f} {start:.1f} {x + bulge * 1.33:.1f} {end:.1f} {x:.1f} {end:.1f}"
    points = f"{x - 4:.1f},{end:.1f} {x + 5:.1f},{end - 4:.1f} {x + 5:.1f},{end + 4:.1f}"
    note = f" ({ORDER_NOTES[link.order]})" if ORDER_NOTES[link.order] else ""
    says = (
        f"{_named(link.later, names)} {ORDER_SAYS[link.order]} {_named(link.earlier, names)}{note}: "
        f"{link.words:,} words, {percent(link.share)} of it"
    )
    return Arc(
        path=path,
        width=round(1 + 5 * (link.words / max(most, 1)) ** 0.5, 2),
        arrow=points if link.order != "unknown" else "",
        says=says,
        pair=(link.later["id"], link.earlier["id"]),
    )
