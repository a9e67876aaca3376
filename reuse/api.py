"""What Python users work with: `reuse.scan` makes a run, and whatever can be asked of a run is a method of it.

Each method is one call of the function that the command of the same name calls, and imports it when it is called.
"""

from __future__ import annotations

import reprlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reuse import growth, pipeline
from reuse.analysis.asked import SOURCES, source_table
from reuse.analysis.association import PRIOR
from reuse.analysis.changes import CHANGES, change_table
from reuse.analysis.collocates import LEAST_TOGETHER, WINDOW, Within, collocate_columns
from reuse.analysis.contrast import contrast_columns, pair_table
from reuse.analysis.frames import filler_table, frames_of
from reuse.analysis.keyness import keyness_columns, keyness_table
from reuse.analysis.matrix import MATRIX, matrix_table
from reuse.analysis.ngrams import LEAST_RANGE, LENGTHS, NGRAMS, ngram_table
from reuse.analysis.pframes import LEAST_FILLERS, PFRAMES, pframe_table
from reuse.analysis.profiles import OF_GROUPS, profile_table
from reuse.analysis.reference import ReferenceTexts, reference_columns, reference_table
from reuse.analysis.sections import MAP, map_table
from reuse.analysis.units import Kind
from reuse.corpus.read import read_documents
from reuse.corpus.texts import Texts
from reuse.errors import UsageError
from reuse.options import ScanOptions, preset
from reuse.progress import notebook_progress
from reuse.run.run import Run as StoredRun
from reuse.run.table import Table

if TYPE_CHECKING:
    from reuse.clock import Progress
    from reuse.columns import Column, Values
    from reuse.corpus.document import Skipped
    from reuse.report.news import News
    from reuse.why import Explanation, Span
    from reuse.work.workers import Workers


def scan(
    paths: str | Path | Sequence[str | Path] = (),
    out: str | Path | None = None,
    options: ScanOptions | None = None,
    *,
    texts: Any = None,  # noqa: ANN401 - a list, a dict, or a data frame of any library
    preset: str | None = None,
    between: tuple[str | Path, str | Path] | None = None,
    across: str | None = None,
    progress: Progress | Literal[False] | None = None,
    workers: Workers | None = None,
) -> Run:
    """Find the passages that documents share and the formulas that recur across them.

    Args:
        paths: Folders and files to read, or one of them; none with `texts` or `between`.
        out: Folder of the run; default: the first path's name with the suffix `.reuse`, in the current folder. A run of
            texts goes, by default, into a temporary folder that is removed when nobody holds the run any more.
        options: All parameters; default: those of `preset`.
        texts: Texts in memory in place of paths: a list of texts; a dict of texts by id; a list of dicts, or a data
            frame (pandas, polars, pyarrow) with the columns `text` and, as far as they are known, `id`, `date`,
            `title`, `source` and any others.
        preset: Options for a purpose: `formulaic` (the default), `quotations`, `near-duplicates` or `ocr`.
        between: Two folders whose documents are compared with each other only.
        across: Field; documents that agree in it are not compared with each other.
        progress: Told of every stage; None: a notebook shows a line, all else nothing; False: nothing at all.
        workers: Who does the work; None: `options.jobs` threads.

    Returns:
        The stored run, opened.

    Raises:
        CorpusError: No document could be read.
        UsageError: An argument is wrong.
        RunError: The run cannot be written.
    """
    sources = [paths] if isinstance(paths, str | Path) else paths
    _check_sources(sources, texts, between)
    asked = _options(options, preset)
    temporary = tempfile.mkdtemp(prefix="textreuse-") if texts is not None and out is None else None
    target = Path(temporary, "texts.reuse") if temporary else out
    try:
        with notebook_progress() if progress is None else nullcontext(progress or None) as told:
            made = pipeline.scan(
                sources,
                target,
                asked,
                between=(Path(between[0]), Path(between[1])) if between else None,
                across=across,
                texts=None if texts is None else Texts(texts),
                progress=told,
                workers=workers,
            )
        with made:
            run = Run.open(made.path)
    except BaseException:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
        raise
    if temporary:
        run.folder = _Temporary(temporary)
    return run


class _Temporary:
    """A folder that is removed when no run in it is held any more."""

    def __init__(self, path: str) -> None:
        weakref.finalize(self, shutil.rmtree, path, ignore_errors=True)


class Run(StoredRun):
    """A stored run: its tables, its analyses, what can be made of it. Open one with `Run.open(path)`.

    `run.matches`, `run.documents`, `run.clusters` and `run.formulas` are what the scan found;
    `run.table(name, where=…)` filters and sorts these and all other tables. The analyses are worked out when they are
    asked for.
    """

    folder: _Temporary | None = None

    def add(
        self,
        paths: str | Path | Sequence[str | Path] = (),
        *,
        texts: Any = None,  # noqa: ANN401 - see `scan`
        newer: float = growth.NEWER,
        progress: Progress | Literal[False] | None = None,
        workers: Workers | None = None,
    ) -> Run:
        """Add documents; this object goes on reading the run as it was.

        They are compared with all; the old ones, among one another, are not compared again, and keep their scores.
        Documents that the run has already, of the same id and text, are passed over. What was left out is in
        `meta["skipped"]` of the new run.

        Args:
            paths: Folders and files to read, or one of them; none with `texts`.
            texts: Texts in memory, as for `scan`.
            newer: Share of the words, 0 to 1, that may be newer than the background; beyond, all is compared anew.
            progress: As for `scan`.
            workers: As for `scan`.

        Returns:
            The run as it is now. `rescan` makes it what one scan of all would give.

        Raises:
            CorpusError: Nothing could be read.
            UsageError: An argument is wrong.
            RunError: The run cannot be written.
        """
        sources = [paths] if isinstance(paths, str | Path) else paths
        _check_sources(sources, texts, None)
        given = None if texts is None else Texts(texts)
        with _told(progress, workers) as told:
            growth.add(self.path, [Path(path) for path in sources], texts=given, newer=newer, told=told)
        return self._again()

    def query(
        self,
        text: str | None = None,
        *,
        paths: str | Path | Sequence[str | Path] = (),
        texts: Any = None,  # noqa: ANN401 - see `scan`
        against: Literal["old", "new", "all"] = "old",
        out: str | Path | None = None,
        workers: Workers | None = None,
    ) -> Run:
        """What a text draws on: the documents of this run that share passages with it. This run stays as it is.

        Args:
            text: The text, whose id is `text`.
            paths: Files and folders in its place.
            texts: Texts in memory in its place, as for `scan`.
            against: With what several texts are compared: this run, each other, or both.
            out: Folder of what is found; None: a temporary one that is removed when nobody holds it any more.
            workers: Who does the work; None: one thread.

        Returns:
            A run of the text and of those documents: `matches` are the passages, `sources()` the documents. Scores are
            those that a scan of all would give under this run's background.

        Raises:
            CorpusError: Nothing could be read.
            UsageError: An argument is wrong.
            RunError: This run keeps no index.
        """
        from reuse.query import query  # noqa: PLC0415

        sources = [paths] if isinstance(paths, str | Path) else paths
        given = {"text": text} if text is not None else texts
        _check_sources(sources, given, None)
        skipped: list[Skipped] = []
        options = self.options.read
        documents = (
            read_documents([Path(path) for path in sources], options, skipped)
            if given is None
            else Texts(given).documents(options, skipped)
        )
        temporary = None if out else tempfile.mkdtemp(prefix="textreuse-")
        folder = _Temporary(temporary) if temporary else None
        target = Path(temporary, "query.reuse") if temporary else Path(str(out))
        given_workers = [workers] if workers else []
        query(self, documents, target, skipped, *given_workers, against=against, lasting=out is not None)
        found = Run.open(target)
        found.folder = folder
        return found

    def news(self, since: str | int | None = None, *, against: Literal["old", "new", "all"] = "old") -> News:
        """What the last additions brought: documents, matches, formulas that are new, each as a table.

        Args:
            since: A number: so many of the last additions. A date or a time (ISO 8601): those made then or later. None:
                the last one.
            against: With what the new documents are compared: older ones, each other, or all.

        Raises:
            UsageError: `since` is neither a number nor a date.
        """
        from reuse.report.news import news  # noqa: PLC0415

        return news(self, None if since is None else str(since), against)

    def sources(self) -> Table:
        """Who draws directly on whom: one row a document and one of its sources, that of most words first.

        Of a run that `query` gave: the documents that share passages with the text, those of most words first.
        """
        asked = self.meta.get("query")
        if asked is None:
            return self.table("sources")
        texts = [self.ordinal(name) for name in asked["documents"]]
        found = source_table(self, texts, asked.get("against", "old"))
        return _table("sources", SOURCES, found)

    def remove(
        self,
        *documents: str,
        newer: float = growth.NEWER,
        progress: Progress | Literal[False] | None = None,
        workers: Workers | None = None,
    ) -> Run:
        """Take documents out, by their ids; this object goes on reading the run as it was.

        Args:
            documents: Their ids.
            newer: As for `add`.
            progress: As for `scan`.
            workers: As for `scan`.

        Returns:
            The run as it is now. `rescan` makes it what a scan of the rest would give.

        Raises:
            UsageError: The run has no such document, or none would be left.
            RunError: The run cannot be written.
        """
        given: Sequence[object] = documents  # a notebook checks no types
        if wrong := [one for one in given if not isinstance(one, str)]:
            raise UsageError(
                f"remove takes the id of a document, not {reprlib.repr(wrong[0])}: of a list, remove(*ids)"
            )
        with _told(progress, workers) as told:
            growth.remove(self.path, documents, newer=newer, told=told)
        return self._again()

    def rescan(self, *, progress: Progress | Literal[False] | None = None, workers: Workers | None = None) -> Run:
        """Make the run anew from the texts that it keeps, with its own options, and open it.

        Raises:
            RunError: The run cannot be written.
        """
        with _told(progress, workers) as told:
            growth.rescan(self.path, told)
        return self._again()

    def _again(self) -> Run:
        run = Run.open(self.path)
        run.folder = self.folder
        return run

    def ngrams(self, lengths: tuple[int, int] = LENGTHS, min_range: int = LEAST_RANGE) -> Table:
        """All closed n-grams (lexical bundles), the most frequent first.

        Args:
            lengths: Words of the shortest and of the longest.
            min_range: Fewest documents that must have one.

        Returns:
            Columns as in `reuse.analysis.ngrams.NGRAMS`.

        Raises:
            UsageError: The lengths or the range are none.
        """
        return _table("ngrams", NGRAMS.columns, ngram_table(self, lengths, min_range))

    def pframes(self, min_fillers: int = LEAST_FILLERS, min_documents: int = 2) -> Table:
        """Every p-frame of 4 to 8 words with one slot inside, chance ones too, the most widespread first.

        Args:
            min_fillers: Fewest different fillers.
            min_documents: Fewest documents that must have it.

        Returns:
            Columns as in `reuse.analysis.pframes.PFRAMES`.

        Raises:
            UsageError: A slot with fewer than two fillers was asked for.
        """
        return _table("p-frames", PFRAMES, pframe_table(self, min_fillers, min_documents))

    def keyness(
        self,
        by: str | None = None,
        *,
        of: Kind = "formulas",
        between: tuple[str, str] | None = None,
        reference: StoredRun | str | Path | None = None,
        reference_words: int | None = None,
        limit: int | None = 100,
        min_documents: int = 1,
        prior: float = PRIOR,
    ) -> Table:
        """What marks a group: each against the rest, one against another, or the whole corpus against another corpus.

        Args:
            by: Field to group documents by, such as `year`, `source` or a column of the metadata; None: each document
                by itself.
            of: `formulas` or `words`.
            between: Two of its groups: one row a formula, what marks the first comes first, what marks the second last.
            reference: With what the whole corpus is compared in place of groups: another run, or the path of a run, of
                texts (a folder, a file) or of a list of words and their counts (.csv, .tsv; for words only).
            reference_words: Words of the corpus behind such a list; None: the sum of its counts.
            limit: Most rows a group, those passed over that only say again what better ones say; None: all.
            min_documents: Fewest documents of a group that must have a formula.
            prior: Weight of the prior, as a share of the words of either side: more of it holds back what is rare.

        Returns:
            Columns as in `reuse.analysis.keyness.keyness_columns`, `contrast.contrast_columns` or
            `reference.reference_columns`. What is beyond chance is told by `q`, not by `z`; against a list there is
            no q, since it has no documents.

        Raises:
            UsageError: There is no such field or group, or there is one group only.
            CorpusError: The reference cannot be read.
        """
        if reference is not None:
            from reuse.run.references import open_reference  # noqa: PLC0415

            against = (
                ReferenceTexts.of(reference)
                if isinstance(reference, StoredRun)
                else open_reference(Path(reference), self.options.read, [], reference_words)
            )
            return _table(
                "keyness", reference_columns(of), reference_table(self, against, of=of, limit=limit, prior=prior)
            )
        if between:
            found = pair_table(
                self, by or "document", *between, of=of, limit=limit, min_documents=min_documents, prior=prior
            )
            return _table("keyness", contrast_columns(of), found)
        found = keyness_table(self, by, of=of, limit=limit, min_documents=min_documents, prior=prior)
        return _table("keyness", keyness_columns(of), found)

    def concordance(self, query: str, *, order: str = "text", width: int = 60, limit: int | None = None) -> Table:
        """Every occurrence of what a query asks for, in its context (KWIC).

        Args:
            query: Words that follow one another, and all that `reuse.queries.LANGUAGE` shows.
            order: `text` (as they stand in the documents), `date`, `left`, `right`, or by words as in `1L-2L-1R-0`.
            width: Code points of context on either side; no word is cut.
            limit: Most rows.

        Raises:
            QueryError: There is no word in the query, or something that is not understood.
            UsageError: There is no such order.
        """
        from reuse.report.concordance import concordance  # noqa: PLC0415

        return concordance(self, query, order=order, width=width, limit=limit)

    def collocates(
        self,
        query: str,
        *,
        window: tuple[int, int] = WINDOW,
        within: Within = "document",
        least: int = LEAST_TOGETHER,
        order: str = "log_likelihood",
    ) -> Table:
        """The words near what a query asks for, and how strongly they are tied to it; the strongest first.

        Args:
            query: Words that follow one another, and all that `reuse.queries.LANGUAGE` shows.
            window: Words on the left and on the right that count as near.
            within: What a window does not reach out of: `document` or `sentence`.
            least: Fewest co-occurrences of a word.
            order: Column to sort by: one of `reuse.analysis.collocates.ORDERS`.

        Returns:
            Columns as in `reuse.analysis.collocates.collocate_columns`.

        Raises:
            QueryError: There is no word in the query, or something that is not understood.
            UsageError: The window is none, or too wide; or there is no such order.
        """
        from reuse.report.collocates import collocates  # noqa: PLC0415

        found = collocates(self, query, window=window, within=within, least=least, order=order)
        return _table("collocates", collocate_columns(window), found.table)

    def life(self, *forms: str, by: str | None = None, limit: int | None = None) -> Table:
        """When words were said: first and last, how often in each period, whether they were born or dropped.

        Args:
            forms: Queries (`reuse.queries.LANGUAGE`). Several count as one, and each has a row of its own besides.
                None: the families of formulas, best first.
            by: day, month, year, decade or century; None: what fits the dates.
            limit: Most rows.

        Raises:
            UsageError: A form has no word, or no document has a date that says so much.
        """
        from reuse.report.life import life_of_words, lives_of_families  # noqa: PLC0415

        found = life_of_words(self, forms, by) if forms else lives_of_families(self, by, limit)
        return found if limit is None else found[:limit]

    def profile(self, by: str | None = None) -> Table:
        """How much of each document or group is recycled, repeated and fresh, how formulaic it is, whom it draws on.

        Args:
            by: Field to group documents by; None: each by itself.

        Raises:
            UsageError: No document has the field.
        """
        return _table("profile", OF_GROUPS, profile_table(self, by))

    def sections(self, document: str) -> Table:
        """Along a document, which section comes from whom: recycled with its source, shared, repeated or fresh.

        Args:
            document: Its id.

        Returns:
            Columns as in `reuse.analysis.sections.MAP`, in the order of the text.

        Raises:
            UsageError: There is no such document.
        """
        return _table("sections", MAP, map_table(self, self.ordinal(document)))

    def matrix(self, by: str | None = None) -> Table:
        """Who shares with whom: one row a pair of documents (or groups) that share a match or a formula.

        Args:
            by: Field to group documents by; None: each by itself.

        Raises:
            UsageError: No document has the field.
        """
        return _table("matrix", MATRIX.columns, matrix_table(self, by))

    def changes(self, by: str | None = None, *, between: tuple[str, str] | None = None) -> Table:
        """What is changed when text is taken over, the same change summed over all matches; most frequent first.

        Args:
            by: Field to sum by as well.
            between: Two groups of that field: only matches between them count, read from the first to the second.

        Raises:
            UsageError: There is no such field or group.
        """
        return _table("changes", CHANGES.columns, change_table(self, by=by, between=between))

    def edits(self) -> Table:
        """Every change between the two passages of a match, one row each."""
        return self.table("edits")

    def frames(self) -> Table:
        """Formulas with slots (p-frames), and what fills the slots; the most widespread and surprising first."""
        return self.table("frames")

    def fillers(self, frame: int) -> Table:
        """What fills the slots of one frame, occurrence by occurrence.

        Args:
            frame: Row of the table of frames.
        """
        return Table(filler_table(self, frames_of(self), frame), name="fillers")

    def wordlist(self) -> Table:
        """All words: how often, in how many documents, how evenly spread over them; the most frequent first."""
        return self.table("wordlist")

    def families(self) -> Table:
        """Formulas that are forms of one another."""
        return self.table("families")

    def why(self, a: Span, b: Span) -> Explanation:
        """What every stage of the scan made of a pair of spans, and which filter dropped it if there is no match.

        Args:
            a: Id of a document, start and end (half-open, in code points).
            b: Another span, of the same document or another.

        Raises:
            UsageError: There is no such document, or no word in a span.
        """
        from reuse.why import why  # noqa: PLC0415

        return why(self, a, b)

    def verify(self, root: str | Path | None = None, *, texts: Any = None) -> Table:  # noqa: ANN401 - see `scan`
        """Whether every quoted passage still stands where the run says: one row a document.

        Args:
            root: Folder that relative paths start from; None: the current one.
            texts: The texts again, if the run was made of texts in memory.

        Raises:
            UsageError: The run was made of texts in memory, and they are not given.
        """
        from reuse.verify import Verified, verify  # noqa: PLC0415

        rows = [
            asdict(one) | {"path": str(one.path or ""), "lost": one.lost}
            for one in verify(self, None if root is None else Path(root), texts=None if texts is None else Texts(texts))
        ]
        names = [*Verified.__dataclass_fields__, "lost"]
        return Table({name: [row[name] for row in rows] for name in names}, name="verified")

    def export(self, table: str, path: str | Path, *, where: str | None = None, guard: bool = True) -> int:
        """Write a table to a file in the format of its suffix: .jsonl, .csv, .tsv or .parquet.

        Args:
            table: Its name.
            path: The file.
            where: Filter of its rows.
            guard: Put an apostrophe before text in CSV and TSV that a spreadsheet would take for a formula.

        Returns:
            Number of rows written.

        Raises:
            UsageError: There is no such table or format, or the filter cannot be read.
            MissingExtraError: Parquet was asked for and pyarrow is not installed.
            TextReuseError: The file cannot be written.
        """
        from reuse.report.export import Selection, export  # noqa: PLC0415

        return export(self, table, Path(path), Selection(where=where), guard=guard)

    def report(
        self, path: str | Path, *, where: str | None = None, top: int | None = None, brief: bool = False
    ) -> None:
        """Write a report to hand over: a page of HTML, or a digest in Markdown, by the suffix of the file.

        Args:
            path: The file.
            where: Filter of the matches that are shown.
            top: Most matches that are shown.
            brief: No more than a page, in Markdown.

        Raises:
            UsageError: There is no such format, it has no brief form, or the filter cannot be read.
            TextReuseError: The file cannot be written.
        """
        from reuse.report.pages import write_report  # noqa: PLC0415

        write_report(self, Path(path), where=where, top=top, brief=brief)

    def _repr_html_(self) -> str:
        """What a notebook shows: how much was read and found."""
        counts = ((name, self.count(name)) for name in ("documents", "matches", "clusters", "formulas"))
        cells = "".join(f"<tr><td>{name}</td><td>{count:,}</td></tr>" for name, count in counts)
        return f"<p>{escape(repr(self))}</p><table>{cells}</table>"


def _table(name: str, declared: Sequence[Column], cells: Mapping[str, Values]) -> Table:
    return Table(cells, name=name, types={column.name: column.type for column in declared})


@contextmanager
def _told(progress: Progress | Literal[False] | None, workers: Workers | None) -> Iterator[growth.Told]:
    """Who is told of a change, as the arguments of `scan` have it."""
    with notebook_progress() if progress is None else nullcontext(progress or None) as told:
        yield growth.Told(told, workers=workers)


def _check_sources(paths: Sequence[Any], texts: object, between: object) -> None:
    if isinstance(paths, dict) or hasattr(paths, "columns"):
        raise UsageError("texts in memory are given by name: reuse.scan(texts=…)")
    if (len(paths) > 0) + (texts is not None) + (between is not None) != 1:
        raise UsageError(
            "nothing to scan, or too much: name folders or files, or two folders with between=…, or give texts=…"
        )


def _options(options: ScanOptions | None, purpose: str | None) -> ScanOptions | None:
    if options and purpose:
        raise UsageError("give options or a preset, not both; reuse.preset(NAME) has the options of one, to change")
    return preset(purpose) if purpose else options
