"""Indexes of other libraries: asked which documents share something with a text, and added to."""

from __future__ import annotations

import pickle
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray

WINDOW, STEP, SHINGLE, PERMUTATIONS, THRESHOLD = 50, 25, 3, 128, 0.5
"""Of MinHashLSH: words in a window and from one to the next, words in a shingle; its documented threshold."""
SCALED, SHARED = 10, 3
"""Of sourmash: one shingle in how many is kept, and how many of these two documents must share."""
EXACT = 8
"""Words in a row that are looked up in a suffix array."""


class Index(ABC):
    """An index of documents.

    Attributes:
        name: The library.
    """

    name: str

    @abstractmethod
    def insert(self, texts: Mapping[str, str]) -> None:
        """Add documents."""

    @abstractmethod
    def documents_like(self, name: str, text: str) -> set[str]:
        """Documents that share something with a text, itself left out."""

    @abstractmethod
    def stored_bytes(self) -> int:
        """What it takes up on a disk."""


class MinHashIndex(Index):
    """datasketch's MinHashLSH of windows of words; keys are the document and the number of the window."""

    name = "MinHashLSH"

    def __init__(self) -> None:
        self._index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def insert(self, texts: Mapping[str, str]) -> None:
        """See Index."""
        with self._index.insertion_session() as session:
            for name, text in texts.items():
                for number, signature in enumerate(_signatures(text)):
                    session.insert((name, number), signature)

    def documents_like(self, name: str, text: str) -> set[str]:
        """See Index."""
        found = {other for signature in _signatures(text) for other, _ in self._index.query(signature)}
        return found - {name}

    def stored_bytes(self) -> int:
        """As pickled."""
        return len(pickle.dumps(self._index))


class SourmashIndex(Index):
    """sourmash (Brown and Irber 2016): a sketch of each document's shingles of words, all of them gone through."""

    name = "sourmash"

    def __init__(self) -> None:
        from sourmash.index import LinearIndex  # noqa: PLC0415 - only who has it can measure it

        self._index: Any = LinearIndex()

    def insert(self, texts: Mapping[str, str]) -> None:
        """See Index."""
        for name, text in texts.items():
            self._index.insert(_sketch(name, text))

    def documents_like(self, name: str, text: str) -> set[str]:
        """See Index."""
        found = self._index.prefetch(_sketch(name, text), threshold_bp=SCALED * SHARED)
        return {one.signature.name for one in found} - {name}

    def stored_bytes(self) -> int:
        """As its own files hold it."""
        from sourmash.sourmash_args import SaveSignaturesToLocation  # noqa: PLC0415 - as above

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "index.zip")
            with SaveSignaturesToLocation(str(path)) as save:
                for signature in self._index.signatures():
                    save.add(signature)
            return path.stat().st_size


class SuffixArrayIndex(Index):
    """A suffix array of all texts (divsufsort), made anew whenever one comes; runs of words are looked up in it."""

    name = "suffix array"

    def __init__(self) -> None:
        self._names: list[str] = []
        self._texts: list[bytes] = []
        self._bounds = np.zeros(1, dtype=np.int64)
        self._joined = self._suffixes = np.zeros(0, dtype=np.uint8)

    def insert(self, texts: Mapping[str, str]) -> None:
        """See Index."""
        from pydivsufsort import divsufsort  # noqa: PLC0415 - only who has it can measure it

        self._names += texts
        self._texts += [b" " + b" ".join(_words(text)) + b" \n" for text in texts.values()]
        self._bounds = np.cumsum([0, *map(len, self._texts)])
        self._joined = np.frombuffer(bytearray(b"".join(self._texts)), dtype=np.uint8)
        self._suffixes = divsufsort(self._joined)

    def documents_like(self, name: str, text: str) -> set[str]:
        """See Index."""
        from pydivsufsort import sa_search  # noqa: PLC0415 - as above

        words, found = _words(text), set()
        for start in range(len(words) - EXACT + 1):
            sought = b" " + b" ".join(words[start : start + EXACT]) + b" "
            count, first = sa_search(self._joined, self._suffixes, np.frombuffer(bytearray(sought), dtype=np.uint8))
            if count:
                places: NDArray[np.int64] = np.asarray(self._suffixes[first : first + count], dtype=np.int64)
                found |= set(np.searchsorted(self._bounds, places, side="right").tolist())
        return {self._names[row - 1] for row in found} - {name}

    def stored_bytes(self) -> int:
        """The texts and the array."""
        return self._joined.nbytes + self._suffixes.nbytes


INDEXES: tuple[type[Index], ...] = (MinHashIndex, SourmashIndex, SuffixArrayIndex)
"""All of them; `sourmash` and `pydivsufsort` are measured where they are installed."""


def _words(text: str) -> list[bytes]:
    return [word.encode() for word in re.findall(r"\w+", text.lower())]


def _signatures(text: str) -> list[MinHash]:
    words = _words(text)
    windows = [words[start : start + WINDOW] for start in range(0, max(len(words) - WINDOW, 0) + STEP, STEP)]
    shingles = [set(_shingles(one)) for one in windows]
    made: list[MinHash] = MinHash.bulk([one for one in shingles if one], num_perm=PERMUTATIONS)
    return made


def _shingles(words: list[bytes]) -> list[bytes]:
    return [b" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)]


def _sketch(name: str, text: str) -> Any:  # noqa: ANN401 - of a library without types
    from sourmash import MinHash as Sketch  # noqa: PLC0415 - as above
    from sourmash import SourmashSignature  # noqa: PLC0415 - as above

    sketch = Sketch(n=0, ksize=SHINGLE, scaled=SCALED)
    hashes = (blake2b(one, digest_size=8).digest() for one in _shingles(_words(text)))
    sketch.add_many([int.from_bytes(one, "little") for one in hashes])
    return SourmashSignature(sketch, name=name)
