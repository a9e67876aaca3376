"""What a run keeps so that documents can be added to it without comparing the old ones again: matches with their paths.

They are those between distinct texts, in token positions of the first document of each text, from which the tables of
matches and clusters follow. All columns lie in the run's `index/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.clusters.expand import Copied
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses
from reuse.run.schema import INDEX
from reuse.score.significance import Floor

if TYPE_CHECKING:
    from reuse.run.files import RunFiles

COLUMNS = {
    "kept_spans": "int64 (matches, 4): a_start, a_end, b_start, b_end; a_start < b_start, ascending",
    "kept_matched": "int32 (matches,): aligned tokens",
    "kept_similarity": "float32 (matches,)",
    "kept_bits": "float32 (matches,)",
    "kept_found_by": "uint8 (matches,): number of the way in which it was found",
    "kept_run_bounds": "int64 (matches + 1,): where the runs of each match begin in kept_runs",
    "kept_runs": "int64 (runs, 3): tokens from which on both sides are aligned, and how many tokens are",
    "copied_bits": "float64 (documents,): bits of a text that is matched with its copies, at the first of them; else 0",
    "part_starts": "bool (tokens,): whether a sentence begins there, or the token stands behind a mark",
}


@dataclass(frozen=True, slots=True)
class KeptMatches:
    """The columns, as in COLUMNS.

    Attributes:
        matches: Between texts; their E-values are not kept, for they depend on how much is compared.
        copied_bits: float64 (documents,).
        opens_part: bool (tokens,).
    """

    matches: Matches
    copied_bits: NDArray[np.float64]
    opens_part: NDArray[np.bool_]

    @classmethod
    def of(cls, found: Matches, copied: Copied, witnesses: Witnesses, tokens: Tokens, texts: Tokens) -> KeptMatches:
        """Gather them at the end of a scan.

        Args:
            found: Matches among the witnesses.
            copied: Those of them that are matched with their own copies.
            witnesses: The distinct texts.
            tokens: All documents.
            texts: The tokens of the witnesses.
        """
        sides = (found.a_start, found.b_start)
        moved = found.moved(*(witnesses.shift[texts.document_of(side)] for side in sides))
        bits = np.zeros(tokens.documents)
        bits[witnesses.first[copied.text]] = copied.bits
        return cls(moved.in_order(), bits, tokens.opens_part)

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        found, paths = self.matches, self.matches.paths
        return {
            "kept_spans": np.column_stack((found.a_start, found.a_end, found.b_start, found.b_end)),
            "kept_matched": found.matched,
            "kept_similarity": found.similarity,
            "kept_bits": found.bits,
            "kept_found_by": found.found_by,
            "kept_run_bounds": paths.bounds,
            "kept_runs": np.column_stack((paths.a, paths.b, paths.size)),
            "copied_bits": self.copied_bits,
            "part_starts": self.opens_part,
        }

    @staticmethod
    def is_kept(run: RunFiles) -> bool:
        """Whether a run keeps them."""
        return all((run.path / INDEX / f"{name}.npy").is_file() for name in COLUMNS)

    @classmethod
    def load(cls, run: RunFiles, floor: Floor) -> KeptMatches:
        """Those of a run.

        Args:
            run: The run.
            floor: Says how many such matches chance would bring.

        Raises:
            RunError: It keeps none, or they are broken.
        """
        column = {name: run.column(name) for name in COLUMNS}
        spans, runs = np.asarray(column["kept_spans"]), np.asarray(column["kept_runs"])
        bits = np.asarray(column["kept_bits"])
        a_start, a_end, b_start, b_end = (spans[:, side].copy() for side in range(4))
        paths = Paths(np.asarray(column["kept_run_bounds"]), *(runs[:, side].copy() for side in range(3)))
        matched, similarity, found_by = (
            np.asarray(column[f"kept_{name}"]) for name in ("matched", "similarity", "found_by")
        )
        matches = Matches(
            a_start, a_end, b_start, b_end, matched, similarity, bits, floor.evalues(bits), found_by, paths
        )
        return cls(matches, np.asarray(column["copied_bits"]), column["part_starts"])
