"""The stored index: the signatures of a run's windows, and the parameters without which they mean nothing.

Three files in the run's `index/`: `window_tokens.npy`, `window_signatures.npy` (memory-mapped when loaded) and
`parameters.json`. Signatures are datasketch's, so an index can be handed to `datasketch.MinHashLSH` and its storages.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.errors import IndexMismatchError, RunError
from reuse.index.lsh import Bands
from reuse.index.minhash import SCHEME, Windows
from reuse.options import IndexOptions

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

NORMALISATION = 1
"""Raised whenever equal texts get other shingle hashes than before: by normalising, splitting or hashing words."""

WINDOWS, SIGNATURES, PARAMETERS = "window_tokens.npy", "window_signatures.npy", "parameters.json"


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """Signatures of windows, with what they depend on.

    Attributes:
        windows: Which stretches of the corpus have a signature.
        signatures: uint32 (windows, permutations).
        parameters: Scheme, seed, permutations, shingle, window, step, normalisation; package versions under `versions`.
    """

    windows: Windows
    signatures: NDArray[np.uint32]
    parameters: Mapping[str, Any]

    @classmethod
    def of(cls, windows: Windows, signatures: NDArray[np.uint32], options: IndexOptions) -> StoredIndex:
        """The index of windows signed under these options."""
        versions = {name: importlib.metadata.version(name) for name in ("textreuse", "datasketch", "numpy")}
        return cls(windows, signatures, _parameters(options) | {"versions": versions})

    def save(self, folder: Path) -> None:
        """Write the index into an existing folder.

        Raises:
            OSError: It cannot be written.
        """
        spans = np.column_stack((self.windows.start, self.windows.end))
        np.save(folder / WINDOWS, spans, allow_pickle=False)
        np.save(folder / SIGNATURES, self.signatures, allow_pickle=False)
        (folder / PARAMETERS).write_text(json.dumps(dict(self.parameters), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, options: IndexOptions | None = None) -> StoredIndex:
        """Read an index, its arrays memory-mapped.

        Args:
            folder: The run's `index/`.
            options: What the caller's own signatures depend on; None: the caller has none.

        Raises:
            RunError: There is no index, or it is broken.
            IndexMismatchError: It was made under other parameters; the message gives both values of each.
        """
        try:
            parameters = json.loads((folder / PARAMETERS).read_text("utf-8"))
            spans = np.load(folder / WINDOWS, mmap_mode="r", allow_pickle=False)
            signatures = np.load(folder / SIGNATURES, mmap_mode="r", allow_pickle=False)
            index = cls(Windows(spans[:, 0], spans[:, 1]), signatures, dict(parameters))
        except (OSError, ValueError, IndexError, TypeError) as error:
            raise RunError(f"{folder}: the index cannot be read ({error}); scan the documents again") from error
        if options is not None:
            index.check(folder, options)
        return index

    def check(self, folder: Path, options: IndexOptions) -> None:
        """Refuse options under which signatures would be others.

        Raises:
            IndexMismatchError: The message gives both values of every parameter that differs.
        """
        different = [
            f"{name} is {self.parameters.get(name)} in the index and {value} in the call"
            for name, value in _parameters(options).items()
            if self.parameters.get(name) != value
        ]
        if different:
            raise IndexMismatchError(
                f"{folder}: the index was made with other parameters: {'; '.join(different)}; "
                "ask with the index's own, or scan the documents again"
            )

    def minhash(self, row: int) -> MinHash:
        """The signature of a window as datasketch has it."""
        import datasketch  # noqa: PLC0415 - takes half a second, and no scan needs it

        return datasketch.MinHash(
            seed=self.parameters["seed"],
            hashvalues=np.array(self.signatures[row]),
            permutations=datasketch.MinHash(
                self.parameters["permutations"], self.parameters["seed"], scheme=SCHEME
            ).permutations,
            scheme=SCHEME,
        )

    def as_datasketch(self, bands: Bands, **settings: Any) -> MinHashLSH:  # noqa: ANN401 - datasketch's own arguments
        """A `datasketch.MinHashLSH` of all windows; keys are their rows.

        Args:
            bands: How signatures are cut; at least two bands, as datasketch wants it.
            settings: Further arguments of MinHashLSH, such as `storage_config`.
        """
        import datasketch  # noqa: PLC0415 - as above

        index = datasketch.MinHashLSH(
            num_perm=self.parameters["permutations"], params=(bands.count, bands.rows), **settings
        )
        with index.insertion_session() as session:
            for row in range(len(self.windows)):
                session.insert(row, self.minhash(row))
        return index


def _parameters(options: IndexOptions) -> dict[str, Any]:
    """What a signature depends on."""
    names = ("seed", "permutations", "shingle", "window", "step")
    return {"scheme": SCHEME, "normalisation": NORMALISATION} | {name: getattr(options, name) for name in names}
