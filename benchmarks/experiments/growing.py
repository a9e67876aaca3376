"""A collection that grows: asking about a text, adding a hundredth, beside other libraries' indexes on the same work.

Some documents of a planted corpus are held back. A scan of the rest is asked about each of them, and they are added.
What is to be found is the pairs of a held-back document and another one that a scan of all matches by 100 bits or more.
Seconds are those of the processor. What an addition costs is told as a share of a scan of all, too, for the hundredth
and for three tenths of it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

import reuse
from benchmarks.experiments.indexes import INDEXES, Index
from benchmarks.experiments.quality import planted_corpus
from benchmarks.results import Record

ASKED = 20
"""Documents that are asked about."""
SURE = "bits>=100"
"""Matches that both have to find."""
KEPT = (
    *("shingle_*", "background_*", "witness_*", "kept_*", "pair_*", "p*_starts.npy", "copied_*"),
    *("formula_[eo]*", "word_[eor]*"),
)
"""Columns that a run keeps to be asked and added to."""

Pairs = set[tuple[str, str]]
Made = TypeVar("Made")


def growing_records(megabytes: float) -> Iterator[Record]:
    """One record for this program, one for each of the others."""
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
        index_bytes = sum(path.stat().st_size for pattern in KEPT for path in (run.path / "index").glob(pattern))
        found, seconds = _asked(asked, lambda name, text: set(run.query(texts={name: text}).sources()["document"]))
        few = reuse.Run.open(shutil.copytree(run.path, Path(place, "few.reuse")))
        _, few_seconds = _timed(lambda: few.add(texts={name: texts[name] for name in held[: -(-len(held) * 3 // 10)]}))
        _, add_seconds = _timed(lambda: run.add(texts={name: texts[name] for name in held}))
        values = {
            "query_seconds": seconds,
            "add_seconds": add_seconds,
            "scan_seconds": scan_seconds,
            "add_share": add_seconds / scan_seconds,
            "add_few_share": few_seconds / scan_seconds,
            "index_bytes": index_bytes,
            "text_bytes": sum(len(text.encode()) for text in rest.values()),
        }
        yield Record("growing", {**parameters, "by": "textreuse"}, values | _recall(found, sought))
        for kind in INDEXES:
            try:
                index = kind()
                costs, found = _other(index, rest, asked, {name: texts[name] for name in held})
            except ImportError as error:
                print(f"{kind.name}: not measured ({error}); pip install {error.name}", file=sys.stderr)
                continue
            yield Record("growing", {**parameters, "by": kind.name}, costs | _recall(found, sought))


def _other(
    index: Index, rest: Mapping[str, str], asked: Mapping[str, str], held: Mapping[str, str]
) -> tuple[dict[str, float], Pairs]:
    """What the same costs with another index, and what it finds."""
    _, build_seconds = _timed(partial(index.insert, rest))
    found, seconds = _asked(asked, index.documents_like)
    index_bytes = index.stored_bytes()
    _, add_seconds = _timed(partial(index.insert, held))
    measured = {
        "query_seconds": seconds,
        "add_seconds": add_seconds,
        "build_seconds": build_seconds,
        "index_bytes": index_bytes,
    }
    return measured, found


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
    start = process_time()
    made = make()
    return made, process_time() - start
