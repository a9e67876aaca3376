"""A small run, made by hand so that every row is known, with text that tries to act on whoever prints it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reuse.align.matches import ALIGNED, REWORDED, Matches
from reuse.align.paths import Paths
from reuse.clusters.clusters import Clusters
from reuse.corpus.document import Document
from reuse.corpus.tokenise import tokenise
from reuse.formulas.phrases import find_formulas
from reuse.options import FormulaOptions, ScanOptions
from reuse.run.writer import RunWriter
from reuse.score.background import Background

SHARED_A = "ones closely knitted in the bonds of kinship and healthy and viable for ever"
SHARED_B = "ones closely knitted in the bonds of kinship and healthy and vibrant for ever"
HOSTILE_A = "the \x1b[2J quick | brown fox <script>alert(1)</script> over =1+1 the _lazy_ \u202edog"
HOSTILE_B = "the \x1b[2J quick | brown fox <script>alert(1)</script> above =1+1 the _lazy_ \u202edog"

DOCUMENTS = [
    Document(
        "a.txt", f"First of all. {SHARED_A}. And then some.", Path("in/a.txt"), title="The first", date="2021-06-05"
    ),
    Document("b.txt", f"Second comes this one. {SHARED_B}. The end.", Path("in/b.txt"), date="2022", date_guessed=True),
    Document(
        "조선.txt", f"=SUM(A1) {HOSTILE_A} @home", Path("in/조선.txt"), title="=1+1 <b>Bold</b> | **title**\x1b[31m"
    ),
    Document("한국.txt", f"-1 is less. {HOSTILE_B} at last", Path("in/한국.txt"), metadata={"place": "Pyongyang"}),
]
PAIRS = [(0, SHARED_A, 1, SHARED_B, 13, 80.0), (2, HOSTILE_A, 3, HOSTILE_B, 9, 60.0)]


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the documents' paths start from, with the files."""
    root = tmp_path_factory.mktemp("originals")
    (root / "in").mkdir()
    for document in DOCUMENTS:
        (root / document.path).write_bytes(document.text.encode())
    return root


@pytest.fixture(scope="session")
def run_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of four documents with two matches; nobody changes it."""
    tokens = tokenise((document.text, None) for document in DOCUMENTS)

    def positions(document: int, passage: str) -> tuple[int, int]:
        low, high = int(tokens.bounds[document]), int(tokens.bounds[document + 1])
        start = DOCUMENTS[document].text.index(passage)
        inside = (tokens.starts[low:high] >= start) & (tokens.ends[low:high] <= start + len(passage))
        return low + int(np.flatnonzero(inside)[0]), low + int(np.flatnonzero(inside)[-1]) + 1

    rows = [(*positions(a, one), *positions(b, other), words, bits) for a, one, b, other, words, bits in PAIRS]
    a_start, a_end, b_start, b_end, words, bits = (np.array(column) for column in zip(*rows, strict=True))
    matches = Matches(
        *(column.astype(np.int64) for column in (a_start, a_end, b_start, b_end)),
        matched=words.astype(np.int32),
        similarity=np.array([0.93, 0.9], dtype=np.float32),
        bits=bits.astype(np.float32),
        evalue=np.array([1e-12, 1e-8]),
        found_by=np.array([ALIGNED, REWORDED], dtype=np.uint8),
        paths=Paths.straight(a_start.astype(np.int64), b_start.astype(np.int64), words.astype(np.int64)),
    )
    clusters = Clusters(
        of_match=np.array([0, 1], dtype=np.int32),
        cluster=np.array([0, 0, 1, 1], dtype=np.int32),
        start=np.ravel([a_start, b_start], order="F").astype(np.int64),
        end=np.ravel([a_end, b_end], order="F").astype(np.int64),
    )
    formulas = find_formulas(tokens, Background.of(tokens), FormulaOptions())
    counts = {
        "documents": len(DOCUMENTS),
        "tokens": len(tokens),
        "characters": sum(len(document.text) for document in DOCUMENTS),
        "matches": len(matches),
        "hidden_matches": 3,
        "clusters": 2,
        "formulas": len(formulas),
        "formulas_found": len(formulas),
    }
    path = tmp_path_factory.mktemp("run") / "small.reuse"
    with RunWriter(path) as writer:
        for document in DOCUMENTS:
            writer.add_document(document)
        skipped = [{"path": "in/x\x1b.bin", "reason": "this is not text", "remedy": "convert it"}]
        meta = {
            "options": {"formulas": {"min_tokens": 4}},
            "versions": {"textreuse": "0"},
            "timings": {"read": 0.25},
            "skipped": skipped,
            "counts": counts,
            "limits": [],
        }
        writer.add_tokens(tokens)
        writer.add_formulas(formulas)
        writer.finish(matches, clusters, meta, options=ScanOptions())
    return path
