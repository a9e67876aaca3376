"""What two documents share: their matches in the order of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reuse.run.run import Run

_TURNED = {"a>b": "b>a", "b>a": "a>b"}


def matches_between(run: Run, left: int, right: int, where: str | None = None) -> list[dict[str, Any]]:
    """Rows of the table of matches, each with the left document's passage as `a`, in the order of that document.

    Args:
        run: The run.
        left: Ordinal of the document whose order counts.
        right: Ordinal of the other; the same for what a document repeats of itself.
        where: Filter of the matches.
    """
    numbers = set(run.ids("matches", where).tolist()) if where else None
    pairs = run.sql("SELECT match FROM matches WHERE a = ? AND b = ?", (min(left, right), max(left, right)))
    rows = run.rows("matches", [number for (number,) in pairs if numbers is None or number in numbers])
    if left > right:
        rows = [turned(row) for row in rows]
    return sorted(rows, key=lambda row: (row["a_start"], row["b_start"]))


def turned(row: dict[str, Any]) -> dict[str, Any]:
    """A match seen from the other side."""
    swapped = dict(row)
    for name in row:
        for this, other in (("a", "b"), ("b", "a")):
            if name == this:
                swapped[name] = row[other]
            elif name.startswith(f"{this}_"):
                swapped[name] = row[f"{other}{name[1:]}"]
            elif name.endswith(f"_{this}"):
                swapped[name] = row[f"{name[:-1]}{other}"]
    swapped["direction"] = _TURNED.get(row["direction"], row["direction"])
    return swapped


def share_covered(spans: list[tuple[int, int]], length: int) -> float:
    """Share of a text of this length that lies in at least one of the spans."""
    covered, reached = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered / max(length, 1)
