"""Plots as SVG text: points, lines, logarithmic axes, nothing to install. The ground is white on dark pages too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

COLOURS = (
    *("#3b6fb6", "#c8553d", "#4f8a4f", "#8b5fa8", "#b8860b"),
    *("#5f7480", "#c0568f", "#2f9090", "#7a4a2a", "#222222"),
)
GUIDE = "#9a9a9a"
WIDTH, DRAWN = 640, 300
FONT = 'font-family="sans-serif" font-size="12"'
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 44, 55
CHARACTER, LINE = 6.6, 14
"""About how wide a character of a label is, and how high."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one colour.

    Attributes:
        name: For the legend; empty: not in the legend.
        points: (x, y), in order.
        line: Whether the points are joined.
        labels: A text beside each point, left out where it would cover another one's; a single point always has its
            own. Empty: none.
        dashed: Whether the line is dashed and has no dots, as for a reference.
        dots: Whether the points are marked.
    """

    name: str
    points: Sequence[tuple[float, float]]
    line: bool = True
    labels: Sequence[str] = ()
    dashed: bool = False
    dots: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its title, whether it is logarithmic, and its ends (None: from the points)."""

    title: str
    log: bool = False
    low: float | None = None
    high: float | None = None


def plot(title: str, x: Axis, y: Axis, series: Sequence[Series]) -> str:
    """The plot as an SVG document; points at or below 0 are left out of logarithmic axes."""
    drawn = [(one, [(a, b) for a, b in one.points if (a > 0 or not x.log) and (b > 0 or not y.log)]) for one in series]
    every = [point for _, points in drawn for point in points]
    if not every:
        every = [(1.0, 1.0)]
    named = [one for one in series if one.name]
    top = TOP + 18 * len(named)
    height = top + DRAWN + BOTTOM
    scale_x = _Scale(x, [point[0] for point in every], LEFT, WIDTH - RIGHT)
    scale_y = _Scale(y, [point[1] for point in every], top + DRAWN, top)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="14" fill="#222222">{escape(title)}</text>',
        *_axes(scale_x, scale_y),
    ]
    taken: list[_Box] = [
        (scale_x(a) - 4, scale_y(b) - 4, scale_x(a) + 4, scale_y(b) + 4)
        for one, points in drawn
        for a, b in points
        if one.labels
    ]
    for number, (one, points) in enumerate(drawn):
        colour = GUIDE if one.dashed else COLOURS[number % len(COLOURS)]
        places = [(scale_x(a), scale_y(b)) for a, b in points]
        parts += _drawn(one, places, colour)
        parts += _labelled(one, places, taken)
        if one.name:
            at = TOP + 18 * named.index(one)
            parts.append(f'<rect x="{LEFT}" y="{at - 9}" width="10" height="10" fill="{colour}"/>')
            parts.append(f'<text x="{LEFT + 16}" y="{at}" fill="#222222">{escape(one.name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


class _Scale:
    """From values of an axis to places on the page."""

    def __init__(self, axis: Axis, values: Sequence[float], start: float, end: float) -> None:
        low = axis.low if axis.low is not None else min(values)
        high = axis.high if axis.high is not None else max(values)
        self.axis, self.start, self.end = axis, start, end
        if axis.log:
            self.low, self.high = math.log10(low), math.log10(high)
            margin = max((self.high - self.low) * 0.05, 0.02)
        else:
            self.low, self.high = low, high
            margin = (high - low) * 0.05 or 0.5
        self.low -= margin if axis.low is None else 0
        self.high += margin if axis.high is None else 0

    def __call__(self, value: float) -> float:
        at = math.log10(value) if self.axis.log else value
        share = (at - self.low) / ((self.high - self.low) or 1.0)
        return self.start + (self.end - self.start) * share

    def ticks(self) -> list[float]:
        """Round values inside the axis."""
        if self.axis.log:
            decades = range(math.floor(self.low), math.ceil(self.high) + 1)
            for fine in ((1,), (1, 3), (1, 2, 5)):
                found = [step * 10.0**decade for decade in decades for step in fine]
                found = [value for value in found if self.low <= math.log10(value) <= self.high]
                if len(found) >= 3:
                    return found
            return _round_values(10**self.low, 10**self.high)
        return _round_values(self.low, self.high)


def _round_values(low: float, high: float) -> list[float]:
    """Three to seven round values between two others."""
    step = 10 ** math.floor(math.log10((high - low) / 4))
    step *= next(many for many in (1, 2, 2.5, 5, 10) if (high - low) / (step * many) <= 6)
    return [number * step for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _axes(x: _Scale, y: _Scale) -> list[str]:
    left, right, bottom, top = x.start, x.end, y.start, y.end
    parts = []
    for value in x.ticks():
        at = x(value)
        parts.append(f'<path d="M{at:.1f} {top}V{bottom}" stroke="#e4e4e4"/>')
        parts.append(
            f'<text x="{at:.1f}" y="{bottom + 17}" text-anchor="middle" fill="#555555">{_number(value)}</text>'
        )
    for value in y.ticks():
        at = y(value)
        parts.append(f'<path d="M{left} {at:.1f}H{right}" stroke="#e4e4e4"/>')
        parts.append(f'<text x="{left - 7}" y="{at + 4:.1f}" text-anchor="end" fill="#555555">{_number(value)}</text>')
    parts.append(f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#555555"/>')
    named = 'text-anchor="middle" fill="#222222"'
    parts.append(f'<text x="{(left + right) / 2}" y="{bottom + 41}" {named}>{escape(x.axis.title)}</text>')
    turned = f'transform="translate(18 {(top + bottom) / 2}) rotate(-90)"'
    parts.append(f"<text {turned} {named}>{escape(y.axis.title)}</text>")
    return parts


def _drawn(one: Series, places: Sequence[tuple[float, float]], colour: str) -> list[str]:
    parts = []
    if one.line and len(places) > 1:
        path = "L".join(f"{a:.1f} {b:.1f}" for a, b in places)
        dashes = ' stroke-dasharray="5 4"' if one.dashed else ""
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
    if one.dots and not one.dashed:
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in places]
    return parts


_Box = tuple[float, float, float, float]
"""Left, top, right and bottom of what a label must not cover."""


def _labelled(one: Series, places: Sequence[tuple[float, float]], taken: list[_Box]) -> list[str]:
    """The labels, each on the first of four sides of its point where it covers nothing; `taken` grows by them."""
    parts = []
    for (x, y), label in zip(places, one.labels, strict=False):
        width = CHARACTER * len(label)
        boxes = [
            (left, top, left + width, top + LINE)
            for top in (y - LINE - 3, y + 3)
            for left in (x + 7, x - 7 - width)
            if LEFT <= left <= WIDTH - width
        ]
        free = [box for box in boxes if not any(_overlap(box, other) for other in taken)]
        if not free and len(places) > 1:
            continue
        left, top, right, bottom = (free or boxes or [(x + 7, y - LINE - 3, x + 7 + width, y - 3)])[0]
        taken.append((left, top, right, bottom))
        anchor, at = ("start", left) if left > x else ("end", right)
        parts.append(
            f'<text x="{at:.1f}" y="{bottom - 3:.1f}" text-anchor="{anchor}" fill="#222222">{escape(label)}</text>'
        )
    return parts


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _number(value: float) -> str:
    if value != 0 and (abs(value) >= 1e5 or abs(value) < 1e-3):
        return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
    return f"{value:.4g}"
