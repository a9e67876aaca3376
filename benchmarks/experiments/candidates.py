"""The candidate stage alone: which planted copies have an anchor, so that alignment can find them at all."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.passages import PassagePairs, overlaps
from benchmarks.results import Record
from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.index.pairing import Pairing
from reuse.index.seeds import find_anchors
from reuse.options import ScanOptions

NEAR = 0.2
"""How far apart an anchor may lie in source and copy, as a share of their lengths, to be on the copy's diagonal."""


def candidates_record(corpus: PlantedCorpus) -> Record:
    """Share of the copies, by degree of change, with an anchor on their diagonal; how many anchors there are."""
    options = ScanOptions()
    skipped: list[Skipped] = []
    documents: list[Document] = list(read_documents([corpus.texts], options.read, skipped))
    tokens = tokenise((document.text, document.body) for document in documents)
    begun = time.perf_counter()
    anchors = [found for found, _ in find_anchors(tokens, Pairing.of(tokens), options.index)]
    seconds = time.perf_counter() - begun
    a, b = (np.concatenate([getattr(part, side) for part in anchors]) for side in "ab")
    size = np.concatenate([np.full(len(part), part.size) for part in anchors])
    names = [document.id for document in documents]
    spans = [
        column
        for first in (a, b)
        for column in (
            tokens.document_of(first),
            tokens.starts[first].astype(np.int64),
            tokens.ends[np.minimum(first + size, len(tokens)) - 1].astype(np.int64),
        )
    ]
    truth = corpus.pairs().renumbered(names).oriented()
    found = overlaps(truth, PassagePairs.of(names, spans).oriented())
    # An anchor on the copy's own diagonal: it lies as far into the copy as into its source, give or take the changes.
    case = found.case
    into_a = (found.a_start - truth.a_start[case]) / (truth.a_end - truth.a_start)[case]
    into_b = (found.b_start - truth.b_start[case]) / (truth.b_end - truth.b_start)[case]
    hit = np.bincount(case[np.abs(into_a - into_b) < NEAR], minlength=len(truth)) > 0
    level = np.array([case.level for case in corpus.cases])
    values = {
        "recall": {name: float(hit[level == name].mean()) for name in dict.fromkeys(level.tolist())},
        "anchors": len(a),
        "tokens": len(tokens),
        "index_seconds": seconds,
    }
    return Record("candidates", {"megabytes": corpus.megabytes, "real": corpus.real}, values)
