"""The candidate stage alone: which planted copies have an anchor, so that alignment can find them at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from datasketch import MinHashLSH
from numpy.typing import NDArray

from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.experiments.quality import planted_corpus
from benchmarks.passages import PassagePairs, overlaps
from benchmarks.results import Record
from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.index.candidates import find_candidates
from reuse.index.lsh import band_keys, choose_bands, lsh_anchors
from reuse.index.minhash import Windows, signatures, windows_of
from reuse.index.pairing import Pairing
from reuse.index.seeds import Anchors
from reuse.index.shingles import shingle_hashes
from reuse.options import IndexOptions, ScanOptions

NEAR = 0.2
"""How far apart an anchor may lie in source and copy, as a share of their lengths, to be on the copy's diagonal."""

OPTIONS = ScanOptions()
BINS = 20
"""Into how many bins of similarity the measured S-curve is cut."""


@dataclass(frozen=True, slots=True)
class Read:
    """A planted corpus, read: the ids of its documents, their tokens, the truth in the documents' numbers."""

    names: Sequence[str]
    tokens: Tokens
    truth: PassagePairs
    level: NDArray[np.str_]

    @classmethod
    def of(cls, corpus: PlantedCorpus) -> Read:
        """Read and tokenise it."""
        skipped: list[Skipped] = []
        documents: list[Document] = list(read_documents([corpus.texts], OPTIONS.read, skipped))
        names = [document.id for document in documents]
        tokens = tokenise((document.text, document.body) for document in documents)
        level = np.array([case.level for case in corpus.cases])
        return cls(names, tokens, corpus.pairs().renumbered(names).oriented(), level)


def candidates_records(megabytes: float, *, real: bool) -> Iterator[Record]:
    """Recall of the stage as a scan has it, of each of its two methods alone, and the S-curve of the bands."""
    read = Read.of(planted_corpus(megabytes, real=real))
    parameters = {"megabytes": megabytes, "real": real}
    for name, find in METHODS.items():
        yield Record("candidates", {**parameters, "by": name}, recall(read, find))
    yield Record("s-curve", parameters, measured_curve(read, OPTIONS.index))


def _by_minhash(tokens: Tokens, pairing: Pairing, options: IndexOptions) -> Sequence[Anchors]:
    windows = windows_of(tokens.bounds, options)
    return lsh_anchors(tokens, windows, signatures(tokens, windows, options), pairing, options)


METHODS: Mapping[str, Callable[[Tokens, Pairing, IndexOptions], Sequence[Anchors]]] = {
    "both, as in a scan": lambda tokens, pairing, options: list(find_candidates(tokens, pairing, options)[0]),
    "exact join": lambda tokens, pairing, options: list(
        find_candidates(tokens, pairing, replace(options, minhash="off"))[0]
    ),
    "MinHash": _by_minhash,
}
"""The ways to find candidates that are looked at."""


def recall(read: Read, find: Callable[[Tokens, Pairing, IndexOptions], Sequence[Anchors]]) -> dict[str, object]:
    """Share of the copies, by degree of change, with an anchor on their diagonal; how many anchors there are."""
    tokens, truth = read.tokens, read.truth
    begun = time.perf_counter()
    anchors = find(tokens, Pairing.of(tokens), OPTIONS.index)
    seconds = time.perf_counter() - begun
    a, b = (np.concatenate([getattr(part, side) for part in anchors]) for side in "ab")
    size = np.concatenate([part.lengths() for part in anchors])
    spans = [
        column
        for first in (a, b)
        for column in (
            tokens.document_of(first),
            tokens.starts[first].astype(np.int64),
            tokens.ends[np.minimum(first + size, len(tokens)) - 1].astype(np.int64),
        )
    ]
    found = overlaps(truth, PassagePairs.of(read.names, spans).oriented())
    # An anchor on the copy's own diagonal: it lies as far into the copy as into its source, give or take the changes.
    case = found.case
    into_a = (found.a_start - truth.a_start[case]) / (truth.a_end - truth.a_start)[case]
    into_b = (found.b_start - truth.b_start[case]) / (truth.b_end - truth.b_start)[case]
    hit = np.bincount(case[np.abs(into_a - into_b) < NEAR], minlength=len(truth)) > 0
    return {
        "recall": {name: float(hit[read.level == name].mean()) for name in dict.fromkeys(read.level.tolist())},
        "anchors": len(a),
        "tokens": len(tokens),
        "index_seconds": seconds,
    }


def measured_curve(read: Read, options: IndexOptions) -> dict[str, object]:
    """How many windows of copies agree in a band with the window of the source that they come from, by similarity.

    Similarity is the true one of the two sets of shingles. Told beside it are the bands that the theory is drawn for,
    and those that datasketch would choose for a threshold at that similarity.
    """
    first, second = _facing_windows(read, options)
    starts, rows = np.unique(np.concatenate((first, second)), return_inverse=True)
    windows = Windows(starts, starts + options.window)
    signed = signatures(read.tokens, windows, options)
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    left, right = rows[: len(first)], rows[len(first) :]
    agree = np.zeros(len(first), dtype=bool)
    for band in range(bands.count):
        keys = band_keys(signed, bands, band)
        agree |= keys[left] == keys[right]
    similarity = _similarity(read.tokens, starts, left, right, options)
    place = np.minimum((similarity * BINS).astype(np.int64), BINS - 1)
    theirs = MinHashLSH(threshold=options.similarity, num_perm=options.permutations)
    return {
        "bands": bands.count,
        "rows": bands.rows,
        "datasketch_bands": theirs.b,
        "datasketch_rows": theirs.r,
        "similarity": options.similarity,
        "asked": options.recall,
        "points": [
            {
                "similarity": float(similarity[place == number].mean()),
                "share": float(agree[place == number].mean()),
                "pairs": int((place == number).sum()),
            }
            for number in np.unique(place).tolist()
        ],
    }


def _facing_windows(read: Read, options: IndexOptions) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First tokens (int64) of windows of sources and of the windows as far into their copies, every step."""
    tokens, truth = read.tokens, read.truth

    def place(document: int, character: int) -> int:
        begin, end = tokens.bounds[document : document + 2]
        return int(begin + np.searchsorted(tokens.starts[begin:end], character))

    parts = [np.zeros((2, 0), dtype=np.int64)]
    columns = (truth.a, truth.a_start, truth.a_end, truth.b, truth.b_start, truth.b_end)
    for a, a_start, a_end, b, b_start, b_end in zip(*(column.tolist() for column in columns), strict=True):
        from_a, from_b = place(a, a_start), place(b, b_start)
        room_a, room_b = place(a, a_end) - from_a - options.window, place(b, b_end) - from_b - options.window
        into = np.arange(0, room_a + 1, options.step)
        parts.append(np.stack((from_a + into, from_b + np.rint(into * room_b / max(room_a, 1)).astype(np.int64))))
        parts[-1] = parts[-1][:, : len(into) if room_b >= 0 else 0]
    first, second = np.concatenate(parts, axis=1)
    return first, second


def _similarity(
    tokens: Tokens,
    starts: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    options: IndexOptions,
) -> NDArray[np.float64]:
    """Jaccard similarity (float64) of the shingles of pairs of windows, told by the rows of their starts."""
    width = options.window - options.shingle + 1
    hashes = shingle_hashes(tokens, options.shingle, (starts[:, None] + np.arange(width)).ravel())
    sets = [frozenset(row) for row in hashes.reshape(-1, width).tolist()]
    return np.array([len(sets[a] & sets[b]) / len(sets[a] | sets[b]) for a, b in zip(left, right, strict=True)])
