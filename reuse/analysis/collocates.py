"""Collocates: the words that stand near what a query finds, and how strongly they are tied to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.cooccurrence import attraction
from reuse.analysis.groups import each_text_once
from reuse.analysis.stored import Columns, StoredRun, cells, spellings_of_run, tokens_of
from reuse.arrays.keys import differs
from reuse.columns import Column
from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError

WINDOW = (5, 5)
"""Words on the left and on the right that count as near, unless the reader says otherwise."""

WIDEST = 50
"""Most words on either side."""

LEAST_TOGETHER = 3
"""Co-occurrences that a word must have, unless the reader says otherwise: measures of fewer say next to nothing."""

MEASURES = (
    Column("log_likelihood", "real", "G² of all four cells (Dunning 1993)", falls=True),
    Column("mi", "real", "mutual information, in bits (Church & Hanks 1990)", falls=True),
    Column("mi3", "real", "the same with co-occurrences cubed (Daille 1994)", falls=True),
    Column("log_dice", "real", "logDice (Rychlý 2008), 14 at most", falls=True),
    Column("t", "real", "t-score (Church et al. 1991)", falls=True),
    Column("delta_p", "real", "ΔP (Gries 2013): how much likelier the word is near than elsewhere", falls=True),
    Column("delta_p_back", "real", "ΔP: how much likelier the word is to stand near than other words are", falls=True),
)

ORDERS = (*(column.name for column in MEASURES), "near", "tf", "df")
"""Columns that the table can be sorted by."""

Within = Literal["document", "sentence"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words near the occurrences of something, each word of the text once.

    Attributes:
        positions: int64 (n,): tokens near an occurrence.
        places: int64 (n,): where each stands, seen from the nearest occurrence: -1 is the first word on its left, 1 the
            first on its right. Of two that are as near, the one behind the word counts.
    """

    positions: NDArray[np.int64]
    places: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.positions)


def surroundings(
    tokens: Tokens,
    spans: tuple[NDArray[np.int64], NDArray[np.int64]],
    window: tuple[int, int] = WINDOW,
    within: Within = "document",
) -> Surroundings:
    """The words near some spans.

    Args:
        tokens: The corpus.
        spans: int64 (spans,) each: token positions where each begins and ends (half-open), both rising strictly.
        window: Words on the left and on the right.
        within: What a window does not reach out of.

    Words of a span are near another span, if they are, but not near their own. Cost: spans times the width of the
    window.
    """
    starts, ends = spans
    if within == "sentence":
        opens = np.append(np.flatnonzero(tokens.opens_sentence), len(tokens))
        low = opens[np.searchsorted(opens, starts, side="right") - 1]
        high = opens[np.searchsorted(opens, ends - 1, side="right")]
    else:
        owner = tokens.document_of(starts)
        low, high = tokens.bounds[owner], tokens.bounds[owner + 1]
    taken = np.zeros(len(tokens), dtype=bool)
    positions: list[NDArray[np.int64]] = []
    places: list[NDArray[np.int64]] = []
    for distance in range(1, max(window) + 1):
        for side, width in zip((-1, 1), window, strict=True):
            if distance > width:
                continue
            at = starts - distance if side < 0 else ends - 1 + distance
            at = at[(at >= low) & (at < high)]
            at = at[~taken[at]]
            taken[at] = True
            positions.append(at)
            places.append(np.full(len(at), side * distance))
    return Surroundings(np.concatenate(positions), np.concatenate(places))


@dataclass(frozen=True, slots=True)
class Collocates:
    """What stands near a node, and how many there are of what was counted.

    Attributes:
        table: Columns as `collocate_columns` has them.
        nodes: Occurrences of the node that were counted.
        window: Words near them.
        words: All words that were counted.
    """

    table: Columns
    nodes: int
    window: int
    words: int


def find_collocates(
    run: StoredRun,
    spans: tuple[NDArray[np.int64], NDArray[np.int64]],
    *,
    window: tuple[int, int] = WINDOW,
    within: Within = "document",
    least: int = LEAST_TOGETHER,
    order: str = "log_likelihood",
) -> Collocates:
    """The words near some spans, one row a word; those that avoid the spans last.

    What is counted are words of the text, each once, however many spans it is near: so the figures are those of a table
    of four cells, a word or another, near or elsewhere. Copies of a text are one witness: their words do not count, as
    they do where the scan was told that copies count.

    Args:
        run: The run.
        spans: Token positions where each span begins and ends (int64 both, half-open), both rising strictly.
        window: Words on the left and on the right that count as near.
        within: What a window does not reach out of.
        least: Fewest co-occurrences of a word.
        order: Column to sort by, highest first; one of ORDERS.

    Raises:
        UsageError: The window is none, or too wide; or there is no such order.
    """
    _check(window, within, order)
    tokens = tokens_of(run)
    owner = tokens.document_of_each()
    inside = (each_text_once(run, np.zeros(tokens.documents, dtype=np.int64)) >= 0)[owner]
    kept = inside[spans[0]]
    near = surroundings(tokens, (spans[0][kept], spans[1][kept]), window, within)
    nodes, words = int(kept.sum()), int(inside.sum())
    near_tf = np.bincount(tokens.ids[near.positions], minlength=len(tokens.vocabulary))
    tf = np.bincount(tokens.ids[inside], minlength=len(tokens.vocabulary))
    rows = np.flatnonzero(near_tf >= max(least, 1))
    found = attraction(near_tf[rows], tf[rows], len(near), words, nodes)
    by_row = _Occurrences.of(tokens, near, rows)
    columns = {
        "tf": tf[rows],
        "near": near_tf[rows],
        "expected": found.expected,
        "rate": near_tf[rows] / max(nodes, 1),
        "df": by_row.documents(owner),
        **{column.name: getattr(found, column.name) for column in MEASURES},
        **by_row.places(window),
    }
    avoids = near_tf[rows] < found.expected
    ranked = np.lexsort((rows, -tf[rows], -columns[order], avoids))
    spelled = spellings_of_run(run)
    table: Columns = {"word": [spelled[number] for number in rows[ranked].tolist()]}
    table |= {name: cells(values[ranked]) for name, values in columns.items()}
    return Collocates(table, nodes, len(near), words)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """The occurrences near a node of the words that have a row.

    Attributes:
        row: int64 (n,): row of each.
        position: int64 (n,): its token.
        place: int64 (n,): where it stands, as in Surroundings.
        rows: Number of rows.
    """

    row: NDArray[np.int64]
    position: NDArray[np.int64]
    place: NDArray[np.int64]
    rows: int

    @classmethod
    def of(cls, tokens: Tokens, near: Surroundings, words: NDArray[np.int64]) -> _Occurrences:
        row_of = np.full(len(tokens.vocabulary), -1)
        row_of[words] = np.arange(len(words))
        row = row_of[tokens.ids[near.positions]]
        listed = row >= 0
        return cls(row[listed], near.positions[listed], near.places[listed], len(words))

    def documents(self, owner: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many documents have each word near a node."""
        order = np.lexsort((self.position, self.row))
        rows = self.row[order]
        return np.bincount(rows[differs(rows, owner[self.position[order]])], minlength=self.rows)

    def places(self, window: tuple[int, int]) -> dict[str, NDArray[np.int64]]:
        """How many stand on the left, on the right and at each place."""
        left, right = window
        width = left + right + 1
        grid = np.bincount(self.row * width + self.place + left, minlength=self.rows * width).reshape(-1, width)
        sides = {"left": grid[:, :left].sum(axis=1), "right": grid[:, left:].sum(axis=1)}
        return sides | {name: grid[:, place + left] for place, name in place_names(window).items()}


def place_names(window: tuple[int, int]) -> dict[int, str]:
    """Names of the places of a window from left to right: L2, L1, R1."""
    names = {place: f"L{-place}" if place < 0 else f"R{place}" for place in range(-window[0], window[1] + 1)}
    del names[0]
    return names


def collocate_columns(window: tuple[int, int] = WINDOW) -> tuple[Column, ...]:
    """The columns of the table for a window."""
    places = place_names(window)
    return (
        Column("word", "text", "the word as it is written most often"),
        Column("tf", "integer", "all its occurrences", falls=True),
        Column("near", "integer", "those near what was looked for", falls=True),
        Column("expected", "real", "how many would be near if it were as frequent there as everywhere", falls=True),
        Column("rate", "real", "near, per occurrence of what was looked for", falls=True),
        Column("df", "integer", "documents in which it is near", falls=True),
        *MEASURES,
        Column("left", "integer", "near on the left", falls=True),
        Column("right", "integer", "near on the right", falls=True),
        *(
            Column(name, "integer", f"as word {name} from the nearest occurrence", falls=True)
            for name in places.values()
        ),
    )


def _check(window: tuple[int, int], within: str, order: str) -> None:
    if not (min(window) >= 0 and 0 < max(window) <= WIDEST):
        raise UsageError(f"a window has 1 to {WIDEST} words on a side, and may have 0 on the other; not {window}")
    if within not in {"document", "sentence"}:
        raise UsageError(f"a window stays within a document or a sentence, not within a {within}")
    if order not in ORDERS:
        raise UsageError(f"collocates have no order {order!r}; there are {', '.join(ORDERS)}")
