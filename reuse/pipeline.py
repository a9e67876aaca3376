"""The whole job: files in, a stored run out. Each stage is a function of flat columns; read them top to bottom."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches, find_regions, least_documents
from reuse.clusters.clusters import find_clusters, recurring
from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.errors import CorpusError, UsageError
from reuse.fields import FieldValues
from reuse.formulas.phrases import Formulas, find_formulas
from reuse.formulas.variants import find_families
from reuse.index.candidates import find_candidates
from reuse.index.pairing import Pairing
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.run.run import Run
from reuse.run.scan_record import groups_of
from reuse.run.writer import RunWriter
from reuse.score.background import Background
from reuse.work import memory
from reuse.work.threads import aside


class Progress(Protocol):
    """Told what a scan is doing."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` says how much it has to do, if that is known."""

    def advance(self, n: int) -> None:
        """So much more of the stage is done."""


def scan(
    paths: Sequence[str | Path],
    out: str | Path | None = None,
    options: ScanOptions | None = None,
    *,
    between: tuple[Path, Path] | None = None,
    across: str | None = None,
    progress: Progress | None = None,
) -> Run:
    """Find the passages that documents share and the formulas that recur across them.

    Args:
        paths: Folders and files to read; empty with `between`.
        out: Folder of the run; default: the first path's name with the suffix `.reuse`, in the current folder.
        options: All parameters; default: the preset `formulaic`.
        between: Two folders whose documents are compared with each other only.
        across: Field (see `reuse.fields`); documents that agree in it are not compared with each other.
        progress: Told of every stage.

    Returns:
        The stored run, opened.

    Raises:
        CorpusError: No document could be read.
        UsageError: An argument is wrong.
        RunError: The run cannot be written.
    """
    options = options or ScanOptions()
    sources = [Path(path) for path in (between or paths)]
    target = Path(out) if out is not None else default_run(sources)
    clock = _Clock(progress)
    skipped: list[Skipped] = []
    with memory.without_cycles(), RunWriter(target) as writer:
        with clock.stage("read and tokenise"):
            documents = read_documents(sources, options.read, skipped)
            reading = _Reading(documents, writer, clock, between=between, across=across)
            tokens = tokenise(reading, jobs=options.workers)
            pairing = Pairing.of(tokens, reading.groups())
            clock.tokens = len(tokens)
        if not tokens.documents:
            raise CorpusError(_nothing_read(sources, skipped))
        written = aside(lambda: writer.add_tokens(tokens, options.workers))  # nobody waits for the disk
        with clock.stage("background"):
            background = Background.of(tokens, options.workers)
        large = len(tokens) >= memory.LARGE
        if large:
            tokens = written.result()

        def add_formulas() -> Formulas:
            start = perf_counter()
            formulas = find_formulas(tokens, background, options.formulas)
            families = find_families(tokens, formulas, tokens.vocabulary.words, background=background)
            clock.timings["formulas"] = round(perf_counter() - start, 4)
            written.result()
            writer.add_formulas(formulas, (families.head.astype(np.int64), families.members.astype(np.int64)))
            return formulas

        beside = options.workers > 1
        repeated = aside(add_formulas) if beside and not large else None
        with clock.stage("index"):
            candidates = find_candidates(tokens, pairing, options.index, options.workers)
        with clock.stage("align"):
            regions = find_regions(
                tokens, candidates.hand_over(), background, pairing, options.align, options.reworded, options.workers
            )
            if beside and large:  # whose anchors leave no memory for it before
                repeated = aside(add_formulas)
            found, hidden = find_matches(
                tokens, regions, background, pairing, options.align, options.reworded, options.workers
            )
        with clock.stage("cluster"):
            kept = recurring(
                found,
                find_clusters(found, tokens.bounds),
                tokens.bounds,
                least_documents=least_documents(tokens.documents, options.align),
                least_bits=options.align.min_bits,
            )
            matches = found.take(np.flatnonzero(kept))
            clusters = find_clusters(matches, tokens.bounds)
        with clock.stage("formulas"):
            formulas = repeated.result() if repeated else add_formulas()
        with clock.stage("write"):
            counts = {
                "documents": tokens.documents,
                "characters": reading.characters,
                "tokens": len(tokens),
                "words": len(tokens.vocabulary),
                "matches": len(matches),
                "hidden_matches": hidden,
                "lone_matches": len(found) - len(matches),
                "clusters": int(clusters.of_match.max()) + 1 if len(matches) else 0,
                "formulas": len(formulas),
                "formulas_found": formulas.found,
            }
            meta = {
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "paths": [str(path) for path in sources],
                "between": between is not None,
                "across": across,
                "options": asdict(options),
                "versions": versions(),
                "timings": clock.timings,
                "counts": counts,
                "skipped": [asdict(entry) for entry in skipped],
                "limits": _limits(counts, options),
                "token_pairs": pairing.token_pairs(),
            }
            stored = StoredIndex.of(candidates.windows, candidates.signatures, options.index)
            writer.finish(matches, clusters, meta, index=stored)
    return Run.open(target)


def default_run(sources: Sequence[Path]) -> Path:
    """Where a run goes when nobody says: beside us, named after the first source."""
    if not sources:
        raise UsageError("nothing to scan: name folders or files")
    name = sources[0].resolve().name
    stem = name.split(".")[0] if sources[0].is_file() else name
    return Path(f"{stem or 'run'}.reuse")


def versions() -> dict[str, str]:
    """Versions of what a result may depend on."""
    packages = ("textreuse", "datasketch", "numpy", "rapidfuzz")
    return {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in packages}


@dataclass
class _Clock:
    """Times the stages, tells the progress of each and clears up after it.

    Attributes:
        progress: Who is told.
        tokens: Size of the corpus, as soon as it is known.
        timings: Seconds by stage.
    """

    progress: Progress | None
    tokens: int = 0
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        if self.progress:
            self.progress.stage(name, total)
        start = perf_counter()
        yield
        memory.give_back(self.tokens)
        # What ran beside the other stages has told its time itself.
        self.timings.setdefault(name, round(perf_counter() - start, 4))

    def advance(self, amount: int) -> None:
        if self.progress:
            self.progress.advance(amount)


class _Reading:
    """Hands the texts of documents to the tokeniser, and all else to the run, as they are read."""

    def __init__(
        self,
        documents: Iterator[Document],
        writer: RunWriter,
        clock: _Clock,
        *,
        between: tuple[Path, Path] | None,
        across: str | None,
    ) -> None:
        self._documents, self._writer, self._clock = documents, writer, clock
        self._between = between
        self._values = FieldValues(across) if across else None
        self._sides: list[str] = []
        self.characters = 0

    def __iter__(self) -> Iterator[tuple[str, tuple[int, int] | None]]:
        for document in self._documents:
            self._writer.add_document(document)
            if self._values:
                self._values.add(document)
            if self._between:
                self._sides.append(str([document.path.is_relative_to(side) for side in self._between].index(True)))
            self.characters += len(document.text)
            self._clock.advance(len(document.text))
            yield document.text, document.body

    def groups(self) -> NDArray[np.int32] | None:
        """Group of each document (int32), documents of one group not being compared; None: all are compared."""
        if self._values:
            return groups_of(self._values.values())
        return groups_of(self._sides) if self._between else None


def _nothing_read(sources: Sequence[Path], skipped: Sequence[Skipped]) -> str:
    named = ", ".join(str(source) for source in sources)
    reasons = "; ".join(f"{entry.path}: {entry.reason} ({entry.remedy})" for entry in skipped[:5])
    more = f"; and {len(skipped) - 5} more" if len(skipped) > 5 else ""
    return f"no document could be read from {named}" + (f": {reasons}{more}" if reasons else ": it has no files")


def _limits(counts: dict[str, Any], options: ScanOptions) -> list[str]:
    """Limits that the scan reached, in words."""
    reached = []
    if counts["formulas_found"] > counts["formulas"]:
        reached.append(
            f"{counts['formulas']:,} of {counts['formulas_found']:,} formulas are kept, best first"
            f" (--formulas-max-formulas {options.formulas.max_formulas})"
        )
    return reached
