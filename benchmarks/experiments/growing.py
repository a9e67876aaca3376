"""A collection that grows: asking about a text, adding a hundredth, beside datasketch's MinHashLSH on the same work.

Some documents of a planted corpus are held back. A scan of the rest is asked about each of them, and they are added.
What is to be found is the pairs of a held-back document and another one that a scan of all matches by 100 bits or more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from datasketch import MinHash, MinHashLSH

import reuse
from benchmarks.experiments.quality import planted_corpus
from benchmarks.results import Record

ASKED = 20
"""Documents that are asked about."""
SURE = "bits>=100"
"""Matches that both have to find."""
WINDOW, STEP, SHINGLE, PERMUTATIONS, THRESHOLD = 50, 25, 3, 128, 0.5
"""Of MinHashLSH: words in a window and from one to the next, words in a shingle; its documented threshold."""

Pairs = set[tuple[str, str]]
Made = TypeVar("Made")


def growing_records(megabytes: float) -> Iterator[Record]:
    """One record for this program, one for MinHashLSH."""
    folder = planted_corpus(megabytes, real=False, document_words=1000).texts
    yield from growing(folder, {"megabytes": megabytes})


def growing(folder: Path, parameters: Mapping[str, object]) -> Iterator[Record]:
    """The same for a folder of texts."""
    with TemporaryDirectory() as place:
        whole, scan_seconds = _timed(lambda: reuse.scan(folder, Path(place, "whole.reuse")))
        texts = {name: whole.text(name) for name in whole.document_ids}
        held = list(texts)[::100]
        sought = {
            (own, other)
            for row in whole.table("matches", where=SURE, columns=["a", "b"]).to_dicts()
            for own, other in ((row["a"], row["b"]), (row["b"], row["a"]))
            if own in held[:ASKED] and other not in held
        }
        asked = {name: texts[name] for name in held[:ASKED]}
        rest = {name: text for name, text in texts.items() if name not in held}
        run = reuse.scan(texts=rest, out=Path(place, "rest.reuse"))
        index_bytes = sum(
            path.stat().st_size
            for pattern in ("shingle_*", "background_*", "witness_*")
            for path in (run.path / "index").glob(pattern)
        )
        found, seconds = _asked(asked, lambda name, text: set(run.query(texts={name: text}).sources()["document"]))
        _, add_seconds = _timed(lambda: run.add(texts={name: texts[name] for name in held}))
        values = {
            "query_seconds": seconds,
            "add_seconds": add_seconds,
            "scan_seconds": scan_seconds,
            "index_bytes": index_bytes,
            "text_bytes": sum(len(text.encode()) for text in rest.values()),
        }
        yield Record("growing", {**parameters, "by": "textreuse"}, values | _recall(found, sought))
        yield Record("growing", {**parameters, "by": "MinHashLSH"}, _minhash(rest, asked, held, texts, sought))


def _minhash(
    rest: Mapping[str, str],
    asked: Mapping[str, str],
    held: list[str],
    texts: Mapping[str, str],
    sought: Pairs,
) -> dict[str, float]:
    index = _Windows(MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS))
    _, build_seconds = _timed(lambda: index.insert(rest))
    found, seconds = _asked(asked, index.documents_like)
    _, add_seconds = _timed(lambda: index.insert({name: texts[name] for name in held}))
    return {"query_seconds": seconds, "add_seconds": add_seconds, "build_seconds": build_seconds} | _recall(
        found, sought
    )


@dataclass(frozen=True, slots=True)
class _Windows:
    """A MinHashLSH of windows of words; keys are the document and the number of the window."""

    index: MinHashLSH

    def insert(self, texts: Mapping[str, str]) -> None:
        with self.index.insertion_session() as session:
            for name, text in texts.items():
                for number, signature in enumerate(_signatures(text)):
                    session.insert((name, number), signature)

    def documents_like(self, name: str, text: str) -> set[str]:
        found = {other for signature in _signatures(text) for other, _ in self.index.query(signature)}
        return found - {name}


def _signatures(text: str) -> list[MinHash]:
    words = [word.encode() for word in re.findall(r"\w+", text.lower())]
    windows = [words[start : start + WINDOW] for start in range(0, max(len(words) - WINDOW, 0) + STEP, STEP)]
    shingles = [{b" ".join(one[at : at + SHINGLE]) for at in range(len(one) - SHINGLE + 1)} for one in windows]
    made: list[MinHash] = MinHash.bulk([one for one in shingles if one], num_perm=PERMUTATIONS)
    return made


def _asked(texts: Mapping[str, str], ask: Callable[[str, str], set[str]]) -> tuple[Pairs, float]:
    """The documents that each text is said to share something with, and the median of the seconds it took."""
    found: Pairs = set()
    seconds = []
    for name, text in texts.items():
        others, took = _timed(partial(ask, name, text))
        found |= {(name, other) for other in others}
        seconds.append(took)
    return found, median(seconds)


def _recall(found: Pairs, sought: Pairs) -> dict[str, float]:
    return {"recall": len(found & sought) / max(len(sought), 1), "pairs": len(sought), "found": len(found)}


def _timed(make: Callable[[], Made]) -> tuple[Made, float]:
    start = perf_counter()
    made = make()
    return made, perf_counter() - start
