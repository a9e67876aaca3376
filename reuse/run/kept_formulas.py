"""What a run keeps of its formulas so that they need not be found anew in all texts when documents are added.

All columns lie in the run's `index/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.formulas.edge_counts import EdgeCounts
from reuse.formulas.phrases import Ranked
from reuse.run.schema import INDEX
from reuse.score.pairs import PairTable

if TYPE_CHECKING:
    from reuse.run.files import RunFiles
    from reuse.run.run import Run

COLUMNS = {
    "formula_own_bits": "float64 (formulas,): bits an occurrence that each saves beyond the better ones in it",
    "formula_edges": "float64 (formulas,): how much is left of its score by what stands at its edges",
    "phrase_starts": "bool (tokens,): where no phrase runs on: sentences, words that are said over and over",
    "pair_hashes": "uint64 (pairs,): hash of the words of each pair of neighbours, ascending",
    "pair_counts": "int32 (pairs,): occurrences of each pair",
    "pair_places": "uint32 or int64 (pairs,): where the second word of its last occurrence stands",
    "word_ends": "int64 (words,): occurrences at the end of a part between marks",
    "word_openings": "int64 (words,): occurrences at the beginning of a sentence",
    "word_running": "int64 (words,): occurrences before a word that seldom ends a part, without a mark between",
}


@dataclass(frozen=True, slots=True)
class KeptFormulas:
    """The columns, as in COLUMNS.

    Attributes:
        ranked: The formulas, and what they are ranked by.
        starts: bool (tokens,).
        pairs: Pairs of words.
        edges: How often each word stands where.
    """

    ranked: Ranked
    starts: NDArray[np.bool_]
    pairs: PairTable
    edges: EdgeCounts

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {
            "formula_own_bits": self.ranked.own_bits,
            "formula_edges": self.ranked.edges,
            "phrase_starts": self.starts,
            "pair_hashes": self.pairs.hashes,
            "pair_counts": self.pairs.counts,
            "pair_places": self.pairs.places,
            "word_ends": self.edges.ends,
            "word_openings": self.edges.openings,
            "word_running": self.edges.running,
        }

    @staticmethod
    def is_kept(run: Run) -> bool:
        """Whether a run keeps them."""
        return all((run.path / INDEX / f"{name}.npy").is_file() for name in COLUMNS)

    @classmethod
    def load(cls, run: Run) -> KeptFormulas:
        """Those of a run, its formulas as they are written there.

        Raises:
            RunError: It keeps none, or they are broken.
        """
        from reuse.analysis.stored import formulas_of  # noqa: PLC0415 - no scan needs it

        column = {name: np.asarray(run.column(name)) for name in COLUMNS}
        formulas = replace(formulas_of(run), found=int(run.meta["counts"]["formulas_found"]))
        ranked = Ranked(formulas, column["formula_own_bits"], column["formula_edges"])
        edges = EdgeCounts(
            np.asarray(run.column("word_counts")), column["word_ends"], column["word_openings"], column["word_running"]
        )
        return cls(ranked, column["phrase_starts"], pairs_of(run), edges)


def pairs_of(run: RunFiles) -> PairTable:
    """The pairs of words of a run that keeps them.

    Raises:
        RunError: It keeps none, or they are broken.
    """
    return PairTable(*(run.column(f"pair_{name}") for name in ("hashes", "counts", "places")))
