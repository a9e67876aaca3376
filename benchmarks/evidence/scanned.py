"""A detector to measure, and what its stored run says, read by the documented tables and columns of a run."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.detector import matches_of, scan_into, textreuse
from benchmarks.passages import PassagePairs
from benchmarks.process import Cost

OPEN = ("--align-max-evalue=10", "--align-min-bits=0", "--score-margin=-4", "--score-alone=-4", "--no-reworded-enabled")
"""Options that leave no filter but that of the E-value, for detectors of several generations: one that the measured
detector does not have is left out."""


@dataclass(frozen=True, slots=True)
class Words:
    """The corpus as the run's index holds it.

    Attributes:
        ids: int32 (tokens,): word of each token.
        bounds: int64 (documents + 1,): document d owns tokens bounds[d] to bounds[d + 1].
        spans: int64 (matches, 4): a_start, a_end, b_start, b_end of each match, as positions of tokens.
    """

    ids: NDArray[np.int32]
    bounds: NDArray[np.int64]
    spans: NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What a run says.

    Attributes:
        pairs: Its matches; documents are named by their ids.
        scores: Columns of the matches: bits, evalue, tokens_a, tokens_b, matched_tokens (float64), found_by (object).
        passages: int64 (passages, 4): cluster, document, start and end of every passage.
        copy_of: The document that each document (by number) is a copy of; its own number where it is none, or where
            the run does not tell copies.
        words: The index.
        cost: Of the scan.
    """

    pairs: PassagePairs
    scores: Mapping[str, NDArray[np.float64]]
    found_by: NDArray[np.object_]
    passages: NDArray[np.int64]
    copy_of: NDArray[np.int64]
    words: Words
    cost: Cost

    def __len__(self) -> int:
        return len(self.pairs)

    @cached_property
    def linked(self) -> frozenset[tuple[str, str]]:
        """Pairs of documents, by id, that a match links."""
        return self._pairs_of(zip(self.pairs.a.tolist(), self.pairs.b.tolist(), strict=True))

    @cached_property
    def together(self) -> frozenset[tuple[str, str]]:
        """Pairs of documents, by id, that have passages of one cluster, or of which one is a copy of the other."""
        groups: dict[int, set[int]] = {}
        copies: dict[int, set[int]] = {}
        for document, original in enumerate(self.copy_of.tolist()):
            copies.setdefault(original, set()).add(document)
        for cluster, document in self.passages[:, :2].tolist():
            groups.setdefault(cluster, set()).update(copies[int(self.copy_of[document])])
        members = [sorted(group) for group in (*groups.values(), *copies.values())]
        return self._pairs_of(pair for group in members for pair in combinations(group, 2))

    def renamed(self, name_of: Mapping[str, str]) -> Found:
        """The same with other names for the documents."""
        pairs = replace(self.pairs, documents=tuple(name_of[name] for name in self.pairs.documents))
        return replace(self, pairs=pairs)

    def _pairs_of(self, rows: Iterable[tuple[int, int]]) -> frozenset[tuple[str, str]]:
        names = self.pairs.documents
        ordered = (sorted((names[a], names[b])) for a, b in set(rows) if a != b)
        return frozenset((first, second) for first, second in ordered)


@dataclass(frozen=True, slots=True)
class Detector:
    """The detector that is measured.

    Attributes:
        options: Further words for its command `scan`.
        python: Interpreter of the environment that it is installed in; None: this one.
    """

    options: tuple[str, ...] = ()
    python: Path | None = None

    def scan(self, folder: Path, options: Sequence[str] = ()) -> Found:
        """Scan a folder into a run that is read and thrown away."""
        with tempfile.TemporaryDirectory() as temporary:
            out = Path(temporary) / "evidence.reuse"
            cost = scan_into(out, [folder], options=(*self.options, *options), python=self.python)
            return read_run(out, cost)

    def scan_texts(self, texts: Iterable[tuple[str, str]], options: Sequence[str] = ()) -> Found:
        """Write texts, given with their names, into a folder and scan it."""
        with tempfile.TemporaryDirectory() as temporary:
            return self.scan(write_texts(Path(temporary) / "texts", texts), options)

    def opened(self) -> Detector:
        """The same with no filter but that of the E-value, as far as it has options for that."""
        known = textreuse(["scan", "--help"], self.python).output
        added = [option for option in OPEN if option.partition("=")[0] in known]
        return replace(self, options=(*self.options, *added))


def write_texts(folder: Path, texts: Iterable[tuple[str, str]]) -> Path:
    """Write texts as files of a new folder, one each, named as given, and return it."""
    folder.mkdir(parents=True)
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def read_run(folder: Path, cost: Cost) -> Found:
    """Read what a stored run says."""
    pairs = matches_of(folder)
    numbers = ("bits", "evalue", "tokens_a", "tokens_b", "matched_tokens")
    with closing(sqlite3.connect(f"file:{folder / 'run.sqlite'}?mode=ro", uri=True)) as database:
        rows = database.execute(f"SELECT {', '.join(numbers)} FROM matches ORDER BY match").fetchall()
        columns = np.array(rows, dtype=np.float64).reshape(-1, len(numbers))
        found_by = np.array([name for (name,) in database.execute("SELECT found_by FROM matches ORDER BY match")])
        passages = np.array(
            database.execute('SELECT cluster, doc, "start", "end" FROM passages').fetchall(), dtype=np.int64
        )
        copies = np.arange(len(pairs.documents))
        if any(row[1] == "copy_of" for row in database.execute("PRAGMA table_info(documents)")):
            place = {name: number for number, name in enumerate(pairs.documents)}
            rows = database.execute("SELECT doc, copy_of FROM documents WHERE copy_of <> ''").fetchall()
            for document, original in rows:
                copies[document] = place[original] if isinstance(original, str) else original
    index = folder / "index"
    words = Words(
        np.load(index / "token_ids.npy"),
        np.load(index / "document_bounds.npy").astype(np.int64),
        np.load(index / "match_tokens.npy").astype(np.int64).reshape(-1, 4),
    )
    scores = dict(zip(numbers, columns.T, strict=True))
    return Found(pairs, scores, found_by.astype(object), passages.reshape(-1, 4), copies, words, cost)
