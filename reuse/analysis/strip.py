"""The map of a document in one line: it is cut into equal parts, each says whom most of its words come from."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np

from reuse.analysis.stored import Columns
from reuse.shares import FRESH, FURNITURE, RECYCLED, REPEATED, SECTIONS, SHARED

SIGNS = {RECYCLED: "~", SHARED: "?", REPEATED: "=", FRESH: "·", FURNITURE: "#"}
"""Signs of words whose source is not named, by their kind."""

SAID = {
    RECYCLED: "an earlier document has it, which one it was taken from is not known",
    SHARED: "others have it, the order unknown",
    REPEATED: "the document itself has it before",
    FRESH: "fresh",
    FURNITURE: "furniture of pages",
}
"""What these signs mean."""

MOST = 8
"""Sources that have a sign of their own; what comes from others has OTHER."""

OTHER = "+"


@dataclass(frozen=True, slots=True)
class Whence:
    """One source of a document, as a line of the legend.

    Attributes:
        sign: Its letter, or OTHER for all that have none.
        source: Id of the document; empty: several.
        words: Words that come from there.
        share: The same as a share of all words.
        confidence: How likely that is, the mean over these words, 0 to 1.
        guessed: A guessed date says so, of some of them.
    """

    sign: str
    source: str
    words: int
    share: float
    confidence: float
    guessed: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A document in one line.

    Attributes:
        signs: A sign for each part.
        legend: The sources, those of most words first.
        rest: How many words have no source that is named, by kind, of those that there are.
    """

    signs: str
    legend: list[Whence]
    rest: dict[int, int]


def strip(table: Columns, width: int) -> Strip:
    """The sections of a document (`sections.map_table`) in so many parts."""
    words = np.array(table["words"], dtype=np.int64)
    total = int(words.sum())
    taken: dict[str, list[int]] = {}
    for row, source in enumerate(table["source"]):
        if source is not None:
            taken.setdefault(source, []).append(row)
    order = sorted(taken, key=lambda source: (-int(words[taken[source]].sum()), source))
    signs = dict(zip(order[:MOST], ascii_uppercase, strict=False))
    legend = [_line(table, signs[source], source, taken[source], total) for source in order[:MOST]]
    if len(order) > MOST:
        legend.append(_line(table, OTHER, "", [row for source in order[MOST:] for row in taken[source]], total))
    kinds = [SECTIONS.index(kind) for kind in table["kind"]]
    each = [
        SIGNS[kind] if source is None else signs.get(source, OTHER)
        for kind, source in zip(kinds, table["source"], strict=True)
    ]
    unnamed = [row for row, source in enumerate(table["source"]) if source is None]
    rest = {
        kind: int(sum(words[row] for row in unnamed if kinds[row] == kind))
        for kind in SIGNS
        if any(kinds[row] == kind for row in unnamed)
    }
    return Strip(_parts(words, each, width), legend, rest)


def _line(table: Columns, sign: str, source: str, rows: list[int], total: int) -> Whence:
    words = np.array([table["words"][row] for row in rows])
    sure = np.array([table["confidence"][row] for row in rows])
    guessed = any(table["guessed"][row] for row in rows)
    taken = int(words.sum())
    return Whence(sign, source, taken, taken / max(total, 1), float((words * sure).sum() / max(taken, 1)), guessed)


def _parts(words: np.ndarray[tuple[int], np.dtype[np.int64]], each: list[str], width: int) -> str:
    """The sign that most words of each part have; of several with as many the one that stands first in `each`."""
    total = int(words.sum())
    width = min(width, total)
    if not width:
        return ""
    distinct = list(dict.fromkeys(each))
    label = np.repeat([distinct.index(sign) for sign in each], words)
    part = np.arange(total) * width // total
    counts = np.bincount(part * len(distinct) + label, minlength=width * len(distinct)).reshape(width, -1)
    return "".join(distinct[most] for most in counts.argmax(axis=1).tolist())
