"""All detectors side by side: the same corpus, the same truth, one after the other."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.cache import cache_folder
from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.detector import scan
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import mean_recall, planted_corpus
from benchmarks.experiments.speed import unit_seconds
from benchmarks.passages import PassagePairs
from benchmarks.peers.blast import Blast
from benchmarks.peers.dolos import Dolos
from benchmarks.peers.passim import Passim
from benchmarks.peers.peer import Peer
from benchmarks.peers.python_peers import MinHashBaseline, SentencePlagiarism, TextMatcher
from benchmarks.peers.r_textreuse import RTextReuse
from benchmarks.peers.textpair import TextPair
from benchmarks.process import Cost
from benchmarks.quality.planted import score_planted
from benchmarks.results import Record

OURS = "textreuse"
PEERS: tuple[type[Peer], ...] = (
    MinHashBaseline,
    TextPair,
    Passim,
    Dolos,
    Blast,
    RTextReuse,
    TextMatcher,
    SentencePlagiarism,
)

QUICK = 30.0
"""Seconds; whoever is quicker runs several times, for the noise of the machine is a large share of so short a time."""

REPEATS = 3
"""Runs of a quick detector, of which the fastest counts."""

Found = tuple[PassagePairs, Cost]
"""What a detector found, and what that cost."""

_FAILURES = (BenchmarkError, OSError, ValueError, LookupError, subprocess.SubprocessError)
"""How a peer fails: it is missing, ends badly or late, or writes what is not what its adapter expects."""


def book_words(megabytes: float) -> int:
    """Words of a document in the corpora that peers are run on: half-megabyte books from 10 MB on, less below."""
    return 80_000 if megabytes >= 10 else 8_000


def peers_records(
    sizes: Sequence[float],
    *,
    only: Sequence[str] = (),
    install: bool = False,
    limit: float = 900.0,
    options: Sequence[str] = (),
) -> Iterator[Record]:
    """This project's detector and every peer on planted corpora of books.

    Args:
        sizes: Megabytes of the corpora, ascending; a peer that failed on one is not tried on a larger one.
        only: Names of peers (in lower case, parts are enough); empty: all.
        install: Whether peers may be installed from package registries.
        limit: Seconds that each may take on a corpus.
        options: Words for this project's own `scan`.

    Yields:
        One record a size and detector; a peer that cannot run, fails or takes too long has a `reason` in place of
        scores.
    """
    chosen = [kind() for kind in PEERS]
    chosen = [peer for peer in chosen if not only or any(part.lower() in peer.name.lower() for part in only)]
    failed: dict[str, str] = {}
    for megabytes in sizes:
        corpus = planted_corpus(megabytes, real=False, document_words=book_words(megabytes))
        parameters = {"megabytes": megabytes, "real": corpus.real}
        before = unit_seconds(corpus.texts)
        found, cost = _fastest(partial(_ours, corpus.texts, options))
        unit = unit_seconds(corpus.texts)
        settings = {"settings": " ".join(options) or "defaults"}
        yield Record(
            "peers",
            {**parameters, "detector": OURS},
            {**settings, **_values(corpus, found, cost, (before + unit) / 2)},
        )
        for peer in chosen:
            values: dict[str, Any] = {"settings": peer.settings}
            if peer.name in failed:
                values["reason"] = f"not tried: {failed[peer.name]}"
            else:
                print(f"{peer.name}, {megabytes:g} MB …", file=sys.stderr)
                before = unit
                try:
                    values["version"] = peer.prepare(cache_folder() / "peers", install=install)
                    found, cost = _fastest(partial(_theirs, peer, corpus.texts, limit))
                    unit = unit_seconds(corpus.texts)
                    values |= _values(corpus, found, cost, (before + unit) / 2)
                except _FAILURES as error:
                    values["reason"] = str(error)
                    failed[peer.name] = f"at {megabytes:g} MB {error}"
            yield Record("peers", {**parameters, "detector": peer.name}, values)


def _ours(texts: Path, options: Sequence[str]) -> Found:
    detected = scan((texts,), options=options)
    return detected.pairs, detected.cost


def _theirs(peer: Peer, texts: Path, limit: float) -> Found:
    with tempfile.TemporaryDirectory() as work:
        return peer.find(texts, Path(work), limit)


def _fastest(find: Callable[[], Found]) -> Found:
    """The run that counts: the only one, or of a quick detector the fastest of REPEATS."""
    best = find()
    if best[1].wall <= QUICK:
        best = min((best, *(find() for _ in range(REPEATS - 1))), key=lambda found: found[1].wall)
    return best


def _values(corpus: PlantedCorpus, found: PassagePairs, cost: Cost, unit: float) -> dict[str, Any]:
    score = score_planted(corpus, found)
    return {
        "wall_seconds": cost.wall,
        "cpu_seconds": cost.cpu,
        "peak_bytes": cost.peak,
        "unit_seconds": unit,
        "wall_units": cost.wall / unit,
        "recall": {name: row.characters for name, row in score.levels.items()},
        "recall_all": mean_recall(score),
        "granularity": score.granularity,
        "precision": score.precision,
        "spurious": score.spurious,
        "matches": score.matches,
    }
