"""Bar charts as data for the template: which bars there are, how tall, and what each stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.calendar import all_periods, fitting_period, period_name, period_number

WIDTH, HEIGHT = 300, 90
"""Of the drawing area, in units of the SVG."""
GAP = 2
WIDEST = 36
"""A bar is no wider: few bars do not become blocks."""
LABELS = 5
"""Most labels under the bars; the table beside has all."""
CHARACTER = 6
"""Width of a character of a label, with something to spare, in units of the SVG."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: What it counts.
        short: What stands under it; may be empty.
        count: How many.
        x, y, width, height: Its rectangle in units of the SVG.
    """

    label: str
    short: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart with its table.

    Attributes:
        title: What is counted, as a caption.
        unit: Head of the table's first column.
        counted: Head of its second column.
        bars: The bars from left to right.
    """

    title: str
    unit: str
    counted: str
    bars: list[Bar]


def bar_chart(title: str, unit: str, counted: str, labels: Sequence[str], counts: Sequence[int]) -> Chart:
    """Bars of equal width from the left, the tallest as tall as the drawing."""
    step = min(WIDTH / max(len(labels), 1), WIDEST + GAP)
    highest = max([*counts, 1])
    widest = CHARACTER * max(map(len, labels), default=0)
    every = max(ceil(len(labels) / LABELS), ceil(widest / step))
    bars = []
    for place, (label, count) in enumerate(zip(labels, counts, strict=True)):
        height = round(max(count / highest * HEIGHT, 1.0 if count else 0.0), 2)
        bars.append(
            Bar(
                label,
                label if place % every == 0 else "",
                count,
                round(place * step + GAP / 2, 2),
                round(HEIGHT - height, 2),
                round(max(step - GAP, 1.0), 2),
                height,
            )
        )
    return Chart(title, unit, counted, bars)


def shares_chart(title: str, unit: str, counted: str, values: NDArray[Any]) -> Chart:
    """Values between 0 and 1 in steps of 5%, from the lowest that occurs."""
    steps = np.clip((values * 20 + 1e-9).astype(np.int64), 0, 19)
    first = int(steps.min()) if len(steps) else 0
    counts = np.bincount(steps, minlength=20)[first:]
    labels = [f"{5 * step}–{5 * step + 5}%" for step in range(first, 20)]
    return bar_chart(title, unit, counted, labels, counts.tolist())


def doubling_chart(title: str, unit: str, counted: str, values: NDArray[Any]) -> Chart:
    """Values in steps that double, from the lowest to the highest that occurs."""
    if not len(values):
        return bar_chart(title, unit, counted, [], [])
    low = max(int(np.floor(np.log2(max(float(values.min()), 1.0)))), 0)
    high = max(int(np.floor(np.log2(max(float(values.max()), 1.0)))), low) + 1
    edges = [2**power for power in range(low, high + 1)]
    counts = np.histogram(np.clip(values, edges[0], None), [*edges[:-1], np.inf])[0]
    labels = [str(start) if end == start + 1 else f"{start:,}–{end - 1:,}" for start, end in pairwise(edges)]
    return bar_chart(title, unit, counted, labels, counts.tolist())


def years_chart(title: str, unit: str, counted: str, dates: Sequence[str | None]) -> Chart:
    """Dates by the period that fits them."""
    period = fitting_period(dates)
    found = Counter(number for date in dates if (number := period_number(date, period)) is not None)
    every = all_periods(found, period)
    labels = [period_name(number, period) for number in every]
    return bar_chart(title, unit, counted, labels, [found[number] for number in every])
