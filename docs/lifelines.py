"""Lives of formulas as SVG: a line a formula from its first year to its last, a dot for each year that has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

LABEL, WIDTH, RIGHT, ROW, TOP, BOTTOM = 390, 980, 24, 24, 56, 34
INK, FAINT, GRID, COLOUR = "#222222", "#8a8a8a", "#e4e4e4", "#3b6fb6"
FONT = 'font-family="sans-serif" font-size="12"'


@dataclass(frozen=True, slots=True)
class Life:
    """One formula's life.

    Attributes:
        name: What stands on the left.
        years: Years that have it, with the documents that do.
        born, dropped: Whether its absence before or after is no accident; else the line runs out in dashes.
    """

    name: str
    years: Sequence[tuple[int, int]]
    born: bool
    dropped: bool


def lifelines(title: str, lives: Sequence[Life], first: int, last: int) -> str:
    """The lives as an SVG document, one under the other; the white ground is drawn for dark pages.

    Args:
        title: What is shown.
        lives: At least one; each has a year.
        first: First year of the corpus.
        last: Its last year.
    """
    height = TOP + ROW * len(lives) + BOTTOM
    scale = (WIDTH - RIGHT - LABEL) / (last - first)

    def at(year: float) -> float:
        return LABEL + (year - first) * scale

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="24" font-size="14" fill="{INK}">{escape(title)}</text>',
    ]
    for year in range(-(-first // 25) * 25, last + 1, 25):
        parts.append(f'<path d="M{at(year):.1f} {TOP - 12}V{height - BOTTOM}" stroke="{GRID}"/>')
        parts.append(
            f'<text x="{at(year):.1f}" y="{height - BOTTOM + 18}" text-anchor="middle" fill="{FAINT}">{year}</text>'
        )
    for row, life in enumerate(lives):
        middle = TOP + ROW * row
        parts.append(
            f'<text x="{LABEL - 14}" y="{middle + 4}" text-anchor="end" fill="{INK}">{escape(life.name)}</text>'
        )
        parts += _line(life, middle, at, (first, last))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(life: Life, y: float, at: Callable[[float], float], ends: tuple[int, int]) -> list[str]:
    begin, end = life.years[0][0], life.years[-1][0]
    parts = [f'<path d="M{at(begin):.1f} {y}H{at(end):.1f}" stroke="{COLOUR}" stroke-width="2"/>']
    dashes = f'stroke="{FAINT}" stroke-dasharray="2 4"'
    if not life.born and begin > ends[0]:
        parts.append(f'<path d="M{at(ends[0]):.1f} {y}H{at(begin):.1f}" {dashes}/>')
    if not life.dropped and end < ends[1]:
        parts.append(f'<path d="M{at(end):.1f} {y}H{at(ends[1]):.1f}" {dashes}/>')
    parts += [
        f'<circle cx="{at(year):.1f}" cy="{y}" r="3" fill="{COLOUR}"><title>{year}</title></circle>'
        for year, _ in life.years
    ]
    if life.born:
        parts.append(f'<path d="M{at(begin) - 5:.1f} {y - 7}V{y + 7}" stroke="{INK}" stroke-width="2"/>')
    if life.dropped:
        parts.append(f'<path d="M{at(end) + 5:.1f} {y - 7}V{y + 7}" stroke="{INK}" stroke-width="2"/>')
    return parts
