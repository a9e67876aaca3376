"""What a run keeps so that clusters need not be looked for anew where documents are added: those of its kept matches.

They are of the matches between distinct texts, as `kept_matches` has them, in the same positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.clusters.clusters import Clusters
from reuse.clusters.expand import Copied, in_first_documents
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import Witnesses
from reuse.run.schema import INDEX

if TYPE_CHECKING:
    from reuse.run.files import RunFiles

COLUMNS = {
    "kept_clusters": "int64 (matches, 2): the cluster of each kept match, and the first row of its lot (clusters.lots)",
    "kept_whole": "int64 (documents, 3): documents that are a passage as a whole; the cluster of each, and its lot",
    "kept_passages": "int64 (passages, 3): cluster, start and end, ascending",
    "kept_digested": "int64 (stretches, 2): what shorter passages say of longer ones",
}


@dataclass(frozen=True, slots=True)
class KeptClusters:
    """Clusters of kept matches.

    Attributes:
        clusters: These.
        whole: int64: the documents that are a passage as a whole, for they have copies.
    """

    clusters: Clusters
    whole: NDArray[np.int64]

    @classmethod
    def of(
        cls, clusters: Clusters, found: Matches, copied: Copied, witnesses: Witnesses, texts: Tokens
    ) -> KeptClusters:
        """Gather them at the end of a scan.

        Args:
            clusters: Of the matches and, as whole documents, of the texts that are matched with their copies.
            found: Matches among the witnesses.
            copied: These texts.
            witnesses: The distinct texts.
            texts: Their tokens.
        """
        return cls(*in_first_documents(clusters, found, copied.text, witnesses, texts))

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        found, count = self.clusters, len(self.clusters.of_match)
        _, first, number = np.unique(found.lots, return_index=True, return_inverse=True)
        lots = first[number]
        return {
            "kept_clusters": np.column_stack((found.of_match, lots[:count])),
            "kept_whole": np.column_stack((self.whole, found.of_whole, lots[count:])),
            "kept_passages": np.column_stack((found.cluster, found.start, found.end)),
            "kept_digested": found.digested,
        }

    @classmethod
    def load(cls, run: RunFiles) -> KeptClusters | None:
        """Those of a run; None: it keeps none.

        Raises:
            RunError: They are broken.
        """
        if not all((run.path / INDEX / f"{name}.npy").is_file() for name in COLUMNS):
            return None
        matches, wholes, passages, said = (np.asarray(run.column(name)) for name in COLUMNS)
        clusters = Clusters(
            matches[:, 0].astype(np.int32),
            passages[:, 0].astype(np.int32),
            passages[:, 1].copy(),
            passages[:, 2].copy(),
            wholes[:, 1].astype(np.int32),
            said,
            np.concatenate((matches[:, 1], wholes[:, 2])),
        )
        return cls(clusters, wholes[:, 0].copy())
