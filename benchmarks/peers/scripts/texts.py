"""What the scripts share: reading the texts and writing the matches. Needs nothing but Python."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

Row = tuple[str, int, int, str, int, int]
"""a, a_start, a_end, b, b_start, b_end; spans in code points."""


def read_texts(folder: str | Path) -> dict[str, str]:
    """Names (relative to the folder) and texts, in order of name."""
    paths = sorted(Path(folder).rglob("*.txt"))
    texts = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            texts[path.relative_to(folder).as_posix()] = file.read()
    return texts


def write_matches(path: str | Path, rows: Iterable[Row]) -> None:
    """Matches as JSON Lines."""
    names = ("a", "a_start", "a_end", "b", "b_start", "b_end")
    with Path(path).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows)


def merged(pairs: Iterable[Row], gap: int) -> list[Row]:
    """Join window pairs of the same two documents that follow one another on both sides into passages.

    Args:
        pairs: The window pairs, in any order.
        gap: Most characters between two windows, on both sides, of one passage.
    """
    open_passages: dict[tuple[str, str], list[list[int]]] = {}
    done: list[Row] = []
    for a, a_start, a_end, b, b_start, b_end in sorted(pairs):
        still_open = []
        joined = False
        for passage in open_passages.get((a, b), []):
            if passage[1] + gap < a_start:
                done.append((a, passage[0], passage[1], b, passage[2], passage[3]))
                continue
            if not joined and passage[2] <= b_start <= passage[3] + gap:
                passage[1], passage[3] = max(passage[1], a_end), max(passage[3], b_end)
                joined = True
            still_open.append(passage)
        if not joined:
            still_open.append([a_start, a_end, b_start, b_end])
        open_passages[a, b] = still_open
    for (a, b), passages in open_passages.items():
        done += [(a, p[0], p[1], b, p[2], p[3]) for p in passages]
    return done
