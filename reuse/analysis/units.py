"""What is counted in documents and compared: the formulas of a run, or its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import Columns, StoredRun, formula_names, formulas_of, spellings_of_run, tokens_of
from reuse.analysis.wordlist import deviation, word_counts
from reuse.arrays.ragged import bounds_of
from reuse.columns import Column
from reuse.errors import UsageError

Kind = Literal["formulas", "words"]

_NAMES: dict[Kind, tuple[Column, ...]] = {
    "formulas": (Column("formula", "text", "id of the formula"), Column("text", "text", "its words")),
    "words": (Column("word", "text", "the word as it is written most often"),),
}


@dataclass(frozen=True, slots=True)
class Units:
    """Formulas or words, with their occurrences.

    Attributes:
        kind: Which of both.
        names: What a row says of each, by column: id and text of formulas, words as they are written.
        tokens: int64 (units,): length of each in words.
        bounds: int64 (units + 1,): unit u owns the positions bounds[u] to bounds[u + 1].
        positions: int64 (occurrences,): where each begins, ascending within a unit.
        dispersion: float64 (units,): Gries' DP of each.
    """

    kind: Kind
    names: tuple[Sequence[str], ...]
    tokens: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    dispersion: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.tokens)

    def columns(self, rows: NDArray[np.int64]) -> Columns:
        """What names some of them, as `naming` declares it."""
        which = rows.tolist()
        return {
            column.name: [names[unit] for unit in which]
            for column, names in zip(naming(self.kind), self.names, strict=True)
        }


def naming(kind: Kind) -> tuple[Column, ...]:
    """The columns that name a formula or a word.

    Raises:
        UsageError: There is no such kind.
    """
    if kind not in _NAMES:
        raise UsageError(f"there are {' and '.join(_NAMES)} to count, no {kind}")
    return _NAMES[kind]


def units_of(run: StoredRun, kind: Kind) -> Units:
    """The formulas or the words of a run. Cost: of words, one sort of the tokens.

    Raises:
        UsageError: There is no such kind.
    """
    naming(kind)
    if kind == "formulas":
        formulas = formulas_of(run)
        return Units(
            kind,
            formula_names(run),
            formulas.tokens.astype(np.int64),
            formulas.bounds,
            formulas.positions,
            formulas.dispersion.astype(np.float64),
        )
    tokens = tokens_of(run)
    bounds = bounds_of(np.bincount(tokens.ids, minlength=len(tokens.vocabulary)))
    ones = np.ones(len(tokens.vocabulary), dtype=np.int64)
    positions = np.argsort(tokens.ids, kind="stable")
    return Units(kind, (spellings_of_run(run),), ones, bounds, positions, deviation(word_counts(tokens)))
