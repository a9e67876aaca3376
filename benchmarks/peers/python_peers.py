"""Peers from PyPI."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers.peer import PythonPeer, call


class MinHashBaseline(PythonPeer):
    """datasketch and rapidfuzz put together as their documentation shows; both come with this project."""

    name = "datasketch MinHashLSH + rapidfuzz"
    package = "datasketch"
    script = "minhash_baseline.py"
    settings = "50-word windows every 25, 3-word shingles, 128 permutations, threshold 0.5; fuzz.ratio ≥ 60"

    def prepare(self, environments: Path, *, install: bool) -> str:  # noqa: ARG002 - nothing needs an environment
        """See Peer."""
        self.python = Path(sys.executable)
        return call([self.python, "-c", "from importlib.metadata import version as v; print(v('datasketch'))"])


class TextMatcher(PythonPeer):
    """text-matcher: difflib on trigrams of stems, a pair of documents at a time."""

    name = "text-matcher"
    package = "text-matcher"
    script = "text_matcher_pairs.py"
    settings = "defaults of its command (threshold 3, cutoff 5, trigrams), stop words kept"


class SentencePlagiarism(PythonPeer):
    """sentence-plagiarism: every sentence against every sentence."""

    name = "sentence-plagiarism"
    package = "sentence-plagiarism"
    script = "sentence_plagiarism_pairs.py"
    settings = "defaults of its command (Jaccard of the words of a sentence above 0.8)"
