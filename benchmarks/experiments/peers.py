"""All detectors side by side: the same corpus, the same truth, one after the other."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.cache import cache_folder
from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.detector import scan
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.quality import planted_corpus
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


def book_words(megabytes: float) -> int:
    """Words of a document in the corpora that peers are run on: half-megabyte books from 10 MB on, less below."""
    return 80_000 if megabytes >= 10 else 8_000


def peers_records(
    megabytes: float,
    *,
    only: Sequence[str] = (),
    install: bool = False,
    limit: float = 900.0,
    options: Sequence[str] = (),
) -> Iterator[Record]:
    """This project's detector and every peer on one planted corpus of books.

    Args:
        megabytes: Size of the corpus.
        only: Names of peers (in lower case, parts are enough); empty: all.
        install: Whether peers may be installed from package registries.
        limit: Seconds that each may take.
        options: Words for this project's own `scan`.

    Yields:
        One record a detector; a peer that cannot run, fails or takes too long has a `reason` in place of scores.
    """
    corpus = planted_corpus(megabytes, real=False, document_words=book_words(megabytes))
    parameters = {"megabytes": megabytes, "real": corpus.real}
    unit = unit_seconds(corpus.texts)
    ours = scan((corpus.texts,), options=options)
    settings = " ".join(options) or "defaults"
    yield Record(
        "peers",
        {**parameters, "detector": OURS},
        {"settings": settings, **_values(corpus, ours.pairs, ours.cost, unit)},
    )
    for kind in PEERS:
        peer = kind()
        if only and not any(part.lower() in peer.name.lower() for part in only):
            continue
        values: dict[str, Any] = {"settings": peer.settings}
        print(f"{peer.name} …", file=sys.stderr)
        try:
            values["version"] = peer.prepare(cache_folder() / "peers", install=install)
            with tempfile.TemporaryDirectory() as work:
                found, cost = peer.find(corpus.texts, Path(work), limit)
            values |= _values(corpus, found, cost, unit)
        except BenchmarkError as error:
            values["reason"] = str(error)
        yield Record("peers", {**parameters, "detector": peer.name}, values)


def _values(corpus: PlantedCorpus, found: PassagePairs, cost: Cost, unit: float) -> dict[str, Any]:
    score = score_planted(corpus, found)
    rows = score.levels.values()
    return {
        "wall_seconds": cost.wall,
        "cpu_seconds": cost.cpu,
        "peak_bytes": cost.peak,
        "unit_seconds": unit,
        "wall_units": cost.wall / unit,
        "recall": {name: row.characters for name, row in score.levels.items()},
        "recall_all": sum(row.characters * row.cases for row in rows) / max(sum(row.cases for row in rows), 1),
        "granularity": score.granularity,
        "precision": score.precision,
        "spurious": score.spurious,
        "matches": score.matches,
    }
