"""The whole job: files in, a stored run out. Each stage is a function of flat columns; read them top to bottom."""

from __future__ import annotations

import importlib.metadata
import platform
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches, find_regions
from reuse.clock import Clock, Progress
from reuse.clusters.clusters import find_clusters
from reuse.clusters.copies import find_copies
from reuse.clusters.expand import in_documents, whole_texts
from reuse.corpus.document import Document, Skipped, told_together
from reuse.corpus.files import innermost
from reuse.corpus.languages import GUESS, most_words
from reuse.corpus.letters import LATIN, letters_of, rule_names
from reuse.corpus.read import read_documents
from reuse.corpus.texts import Texts
from reuse.corpus.tokenise import classed, guess_languages, is_latin, tokenise
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import find_witnesses
from reuse.errors import CorpusError, UsageError
from reuse.fields import FieldValues
from reuse.index.candidates import find_candidates
from reuse.index.pairing import Pairing
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.run.age import age_of
from reuse.run.kept_clusters import KeptClusters
from reuse.run.kept_matches import KeptMatches
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.run.scan_record import groups_of
from reuse.run.start import as_recorded, start_of
from reuse.run.writer import RunWriter
from reuse.run.written_formulas import add_formulas
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise
from reuse.work import memory
from reuse.work.workers import Workers


def scan(
    paths: Sequence[str | Path],
    out: str | Path | None = None,
    options: ScanOptions | None = None,
    *,
    between: tuple[Path, Path] | None = None,
    across: str | None = None,
    texts: Texts | None = None,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> Run:
    """Find the passages that documents share and the formulas that recur across them.

    Args:
        paths: Folders and files to read; empty with `between` and `texts`.
        out: Folder of the run; default: the first path's name with the suffix `.reuse`, in the current folder.
        options: All parameters; default: the preset `formulaic`.
        between: Two folders whose documents are compared with each other only.
        across: Field (see `reuse.fields`); documents that agree in it are not compared with each other.
        texts: Texts in memory, to be read in place of files; `out` is needed then.
        progress: Told of every stage.
        workers: Who does the work; None: `options.jobs` threads.

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
    asked = Asked(tuple(map(str, sources)), as_recorded(target, Path.cwd()), between=between is not None, across=across)
    skipped: list[Skipped] = []
    crew = workers or Workers(options.jobs)
    if texts:
        documents = texts.documents(options.read, skipped)
    else:
        documents = read_documents(sources, options.read, skipped, workers=crew)
    return scan_documents(documents, target, options, asked, skipped, progress=progress, workers=crew)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked to hold and to compare.

    Attributes:
        paths: What was scanned: folders and files.
        folder: Where relative paths start, those of the documents as well; see `reuse.run.start`.
        between: Whether these are two folders whose documents are compared with each other only.
        across: Field; documents that agree in it are not compared with each other.
        additions: What was added since, the earliest first: `{"at": time, "paths": [path, …], "documents": [id, …]}`.
        generation: How many times everything was compared at once, the scan itself included; each time has a background
            of its own, under which the matches of what was there then are scored.
        added: Words added since the last time.
        removed: Words removed since.
        drift: Median share by which the bits of matches differ from those under the background of all that has come
            since; None: nothing has, or there is no match to tell by.
        drift_matches: Of how many matches that is the median.
    """

    paths: tuple[str, ...]
    folder: str
    between: bool = False
    across: str | None = None
    additions: tuple[Mapping[str, Any], ...] = ()
    generation: int = 1
    added: int = 0
    removed: int = 0
    drift: float | None = None
    drift_matches: int = 0


def scan_documents(
    documents: Iterator[Document],
    target: Path,
    options: ScanOptions,
    asked: Asked,
    skipped: list[Skipped],
    *,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> Run:
    """Find what documents share, wherever they are from; see `scan`.

    Args:
        documents: Each once, in the order of the run.
        target: Folder of the run.
        options: All parameters.
        asked: What the run records of itself.
        skipped: What is left out, as far as the documents have been read.
        progress: Told of every stage.
        workers: Who does the work; None: `options.jobs` threads.
    """
    letters = letters_of(options.read)
    clock = Clock(progress)
    with memory.without_cycles(), RunWriter(target) as writer, workers or Workers(options.jobs) as crew:
        with clock.stage("read and tokenise"):
            reading = _Reading(documents, writer, clock, asked, start_of(target, asdict(asked)))
            tokens, options = _by_language(tokenise(reading, crew, letters), options, skipped)
            tokens = crew.shared(tokens)
            groups = reading.groups()
            clock.tokens = len(tokens)
        if not tokens.documents:
            raise CorpusError(_nothing_read(asked.paths, skipped))
        stored = crew.aside(partial(writer.add_tokens, tokens))  # nobody waits for the disk
        with clock.stage("background"):
            alike = tokens.alike(crew)  # in which words that readers take for the same are one
            witnesses, distinct = crew.shared(find_witnesses(alike, groups, crew))
            del alike
            pairing = Pairing.of(distinct, None if groups is None else groups[witnesses.first])
            near, least = options.near_copies, options.near_copy_words
            text_of = find_copies(witnesses, distinct, near, least, pairing.group, crew)
            once = text_of if options.copies == "one" and len(np.unique(text_of)) < tokens.documents else None
            surprise = crew.shared(Surprise.of(distinct, options.score, crew))
            pairs = pairing.token_pairs(surprise.counted)
            floor = Floor.of(options.score, pairs)
        if spare := len(tokens) >= memory.LARGE:
            tokens = stored.result()
        recurring_phrases = crew.aside(partial(add_formulas, writer, stored, tokens, options, once), held=spare)
        with clock.stage("index"):
            anchors, signed = find_candidates(distinct, pairing, options.index, crew)
        with clock.stage("align"):
            regions = find_regions(distinct, anchors, surprise, floor, options.align, crew)
            recurring_phrases.begin()  # at the latest: the anchors, for which it had to wait, are gone
            found, hidden = find_matches(distinct, regions, surprise, floor, options.align, options.reworded, crew)
        with clock.stage("cluster"):
            copied = whole_texts(witnesses, pairing, distinct, surprise, floor)
            grouped = find_clusters(found, distinct, options.clusters, copied.text, crew)
            matches, clusters = in_documents(found, grouped, copied, witnesses, tokens.bounds, distinct.bounds, floor)
        with clock.stage("formulas"):
            formulas = recurring_phrases.result()
            clock.timings["formulas"] = round(recurring_phrases.seconds, 4)
        with clock.stage("write"):
            counts = Counts(
                documents=tokens.documents,
                characters=reading.characters,
                tokens=len(tokens),
                words=len(tokens.vocabulary),
                matches=len(matches),
                hidden_matches=hidden,
                clusters=int(clusters.of_match.max(initial=-1)) + 1,
                formulas=len(formulas),
                formulas_found=formulas.found,
            )
            meta = record_of(asked, options, clock.timings, counts, skipped, pairs)
            signed = signed.moved(witnesses.in_corpus(signed.windows.start, distinct), crew)
            index = StoredIndex.of(signed.windows, signed.signatures, options.index)
            size = options.index.shingle
            lookup = QueryIndex.of(tokens, distinct, witnesses, surprise, size, crew) if options.index.keep else None
            kept = KeptMatches.of(found, copied, witnesses, tokens, distinct) if options.index.keep else None
            known = KeptClusters.of(grouped, found, copied, witnesses, distinct) if options.index.keep else None
            writer.finish(
                matches,
                clusters,
                meta,
                index=index,
                asked=lookup,
                kept=kept,
                grouped=known,
                text_of=text_of,
                group=groups,
                options=options,
                workers=crew,
            )
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


class _Reading:
    """Hands the texts of documents to the tokeniser, and all else to the run, as they are read."""

    def __init__(
        self, documents: Iterator[Document], writer: RunWriter, clock: Clock, asked: Asked, start: Path
    ) -> None:
        self._documents, self._writer, self._clock, self._start = documents, writer, clock, start
        self._between = asked.paths if asked.between else ()
        self._folders = [start / path for path in self._between]
        self._values = FieldValues(asked.across) if asked.across else None
        self._sides: list[str] = []
        self.characters = 0

    def __iter__(self) -> Iterator[tuple[str, tuple[int, int] | None]]:
        for document in self._documents:
            self._writer.add_document(document)
            if self._values:
                self._values.add(document)
            if self._folders and document.path:
                self._sides.append(str(innermost(self._start / document.path, self._folders)))
            self.characters += len(document.text)
            self._clock.advance(len(document.text))
            yield document.text, document.body

    def groups(self) -> NDArray[np.int32] | None:
        """Group of each document (int32), documents of one group not being compared; None: all are compared.

        Raises:
            UsageError: One of the two folders has no document of its own, or no document has a value of the field.
        """
        if self._values:
            return groups_of(self._values.values())
        if not self._between:
            return None
        for row, side in enumerate(self._between):
            if self._sides and str(row) not in self._sides:
                other = self._between[1 - row]
                raise UsageError(
                    f"no document was read from {side} that does not lie in {other}, so there is nothing to compare; "
                    "name two folders that each have documents of their own"
                )
        return groups_of(self._sides)


def _by_language(tokens: Tokens, options: ScanOptions, skipped: list[Skipped]) -> tuple[Tokens, ScanOptions]:
    """What counts as the same in the language of the documents, where that is to be guessed.

    Returns:
        The tokens with the classes that their words have then, and the options that say so.
    """
    read = options.read
    if "all" in read.same_letters and LATIN not in rule_names(read.same_letters) and is_latin(tokens):
        read = replace(read, same_letters=f"{read.same_letters},{LATIN}")
    if read.stem == GUESS and tokens.documents:
        read = replace(read, stem=_language_of_stems(tokens, skipped))
    return (
        (tokens, options) if read == options.read else (classed(tokens, letters_of(read)), replace(options, read=read))
    )


def _language_of_stems(tokens: Tokens, skipped: list[Skipped]) -> str:
    found = guess_languages(tokens)
    language = most_words(found, tokens)
    if language is None:
        raise UsageError("no document is in a language that is recognised; name it (--stem LANGUAGE), or do without")
    others = Counter(name or "unknown" for name in found if name != language)
    if others:
        named = ", ".join(f"{name} {count:,}" for name, count in others.most_common())
        count = f"{others.total():,} of {len(found):,} documents"
        reason = f"{count} seem to be in another language than {language}, by which words have stems: {named}"
        skipped.append(Skipped("--stem guess", reason, "scan them apart, or name the language: --stem LANGUAGE"))
    return language


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each thing a scan read and found, under the names that a run records."""

    documents: int
    characters: int
    tokens: int
    words: int
    matches: int
    hidden_matches: int
    clusters: int
    formulas: int
    formulas_found: int


def record_of(
    asked: Asked,
    options: ScanOptions,
    timings: Mapping[str, float],
    counts: Counts,
    skipped: Sequence[Skipped],
    token_pairs: float,
) -> dict[str, Any]:
    """What a run says of its scan, as JSON can hold it."""
    facts = asdict(asked) | {"counts": asdict(counts)}
    age = age_of(facts)
    return {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        **facts,
        "options": asdict(options),
        "versions": versions(),
        "timings": timings,
        "skipped": [asdict(entry) for entry in skipped],
        "limits": [*limits_of(counts, options), *([age] if age else [])],
        "token_pairs": token_pairs,
    }


def _nothing_read(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    named = ", ".join(paths)
    nothing = "it has no files" if named else "there are none"
    return f"no document could be read from {named or 'the texts'}: {told_together(skipped) or nothing}"


def limits_of(counts: Counts, options: ScanOptions) -> list[str]:
    """Limits that the scan reached, and what else must be known to read its result, in words."""
    reached = []
    if LATIN in rule_names(options.read.same_letters):
        reached.append("u and v, i and j count as the same in matching and searching, as in Latin (--same-letters)")
    if options.read.stem:
        reached.append(f"words that have one stem in {options.read.stem} count as the same in matching and searching")
    if counts.formulas_found > counts.formulas:
        reached.append(
            f"{counts.formulas:,} of {counts.formulas_found:,} formulas are kept, best first"
            f" (--formulas-max-formulas {options.formulas.max_formulas})"
        )
    return reached
