"""Documents are added to a run: they are compared with it and with one another, what is there is not compared again.

Matches of the old documents keep their bits; those of the new ones are scored under the run's background and what the
new ones add to it. Copies, clusters, formulas and shares are worked out anew from all matches and tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.addition.grown import Grown
from reuse.addition.meeting import Meeting, Shared
from reuse.align.align import find_matches
from reuse.align.matches import Matches
from reuse.clusters.clusters import find_clusters
from reuse.clusters.copies import find_copies
from reuse.clusters.expand import Copied, bits_of_copies, in_documents
from reuse.corpus.document import Document, Skipped
from reuse.corpus.tokenise import tokenise
from reuse.corpus.witnesses import Witnesses
from reuse.index.candidates import SignedWindows
from reuse.index.minhash import Windows
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.pipeline import Asked, Clock, Counts, Progress, add_formulas, record_of
from reuse.run.kept_matches import KeptMatches
from reuse.run.run import Run
from reuse.run.scan_record import letters_of
from reuse.run.schema import INDEX
from reuse.run.stored_documents import StoredDocuments
from reuse.run.writer import RunWriter
from reuse.work import memory
from reuse.work.workers import Workers


def add_documents(
    stored: StoredDocuments,
    documents: Sequence[Document],
    asked: Asked,
    skipped: Sequence[Skipped],
    *,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> None:
    """Add documents to a run that keeps what is needed for it (see `keeps_enough`), and put the result in its place.

    Args:
        stored: The run.
        documents: Further documents, of ids that it has not.
        asked: What the run records of itself.
        skipped: What was left out.
        progress: Told of every stage.
        workers: Who does the work; None: as many threads as the scan had.
    """
    options = stored.options
    clock = Clock(progress)
    with (
        memory.without_cycles(),
        Run.open(stored.path) as run,
        RunWriter(stored.path, former=stored) as writer,
        workers or Workers(options.jobs) as crew,
    ):
        with clock.stage("read and tokenise"):
            grown = Grown.of(run, tokenise(_read(documents, writer), crew, letters_of(run.meta["options"])))
            clock.tokens = len(grown.tokens)
        written = crew.aside(partial(writer.add_tokens, grown.tokens))
        with clock.stage("index"):
            shared = Shared.of(grown, options, crew)
        with clock.stage("background"):
            meeting = Meeting.of(grown, shared, options, crew)
            text_of = _copies(run, grown, meeting, options)
            once = text_of if options.copies == "one" and len(np.unique(text_of)) < len(text_of) else None
        recurring_phrases = crew.aside(partial(add_formulas, writer, written, grown.tokens, options, once))
        with clock.stage("align"):
            new, hidden = find_matches(
                meeting.tokens, meeting.regions, meeting.surprise, meeting.floor, options.align, options.reworded, crew
            )
        with clock.stage("cluster"):
            kept = _kept(run, grown, meeting, new)
            copied, texts = _copied(kept, grown), grown.texts
            sides = (kept.matches.a_start, kept.matches.b_start)
            found = kept.matches.moved(*(-grown.before_text(side) for side in sides))
            clusters = find_clusters(found, texts, copied.text, crew)
            matches, clusters = in_documents(
                found, clusters, copied, grown.witnesses, grown.tokens, texts, meeting.floor
            )
        with clock.stage("formulas"):
            formulas = recurring_phrases.result()
            clock.timings["formulas"] = round(recurring_phrases.seconds, 4)
        with clock.stage("write"):
            before = run.meta["counts"]
            counts = Counts(
                documents=grown.tokens.documents,
                characters=before["characters"] + sum(len(one.text) for one in documents),
                tokens=len(grown.tokens),
                words=len(grown.tokens.vocabulary),
                matches=len(matches),
                hidden_matches=before["hidden_matches"] + hidden,
                clusters=int(clusters.of_match.max(initial=-1)) + 1,
                formulas=len(formulas),
                formulas_found=formulas.found,
            )
            asked = replace(asked, added=asked.added + len(grown.tokens) - len(run.tokens))
            meta = record_of(asked, options, clock.timings, counts, skipped, meeting.pairs)
            windows = _windows(run, grown, shared.signed, options)
            lookup = meeting.index(grown, options.index.shingle)
            run.close()
            writer.finish(matches, clusters, meta, index=windows, asked=lookup, kept=kept, text_of=text_of)


def keeps_enough(run: Run) -> bool:
    """Whether documents can be added to a run without comparing the old ones again."""
    grouped = run.meta.get("between") or run.meta.get("across")
    return not grouped and bool(run.meta.get("query_index")) and KeptMatches.is_kept(run)


def _read(documents: Sequence[Document], writer: RunWriter) -> Iterator[tuple[str, tuple[int, int] | None]]:
    for document in documents:
        writer.add_document(document)
        yield document.text, document.body


def _kept(run: Run, grown: Grown, meeting: Meeting, new: Matches) -> KeptMatches:
    """All matches between texts, and what the texts say that are matched with their copies."""
    before = KeptMatches.load(run, meeting.floor)
    moved = new.moved(*(meeting.in_corpus(side, grown) for side in (new.a_start, new.b_start)))
    bits = np.zeros(grown.tokens.documents)
    bits[: grown.before] = before.copied_bits
    rows = np.flatnonzero(np.isin(meeting.documents, np.union1d(grown.copied_now, grown.fresh)))
    several = grown.witnesses.copies[np.searchsorted(grown.firsts, meeting.documents[rows])] > 1
    rows = rows[several & (bits[meeting.documents[rows]] == 0)]
    said = bits_of_copies(rows, meeting.tokens, meeting.surprise)
    bits[meeting.documents[rows]] = np.where(said >= meeting.floor.alone, said, 0.0)
    return KeptMatches(Matches.concatenate(before.matches, moved).in_order(), bits, grown.tokens.opens_part)


def _copied(kept: KeptMatches, grown: Grown) -> Copied:
    """The texts that are matched with their own copies."""
    bits = kept.copied_bits[grown.firsts]
    rows = np.flatnonzero((grown.witnesses.copies > 1) & (bits > 0))
    return Copied(rows, bits[rows])


def _copies(run: Run, grown: Grown, meeting: Meeting, options: ScanOptions) -> NDArray[np.int64]:
    """Number of the text that each document is a copy of (int64, documents); the old ones stay with theirs."""
    stored = [row for (row,) in run.sql("SELECT coalesce(copy_of, doc) FROM documents ORDER BY doc")]
    text_of = np.concatenate((np.array(stored, dtype=np.int64), np.arange(grown.before, grown.tokens.documents)))
    count = len(meeting.documents)
    alone = Witnesses(np.arange(count), np.arange(count + 1), np.zeros(count, dtype=np.int64))
    near = find_copies(alone, meeting.tokens, options.near_copies)
    # Old documents come first, so that each text of the group takes the number of the first old one, if there is any.
    _, first, group = np.unique(near, return_index=True, return_inverse=True)
    fresh = meeting.documents >= grown.before
    text_of[meeting.documents[fresh]] = text_of[meeting.documents[first[group]]][fresh]
    return text_of[grown.text_of]


def _windows(run: Run, grown: Grown, signed: SignedWindows, options: ScanOptions) -> StoredIndex:
    """The signatures that are kept, with those of windows of the new documents."""
    before = StoredIndex.load(run.path / INDEX)
    starts = grown.tokens.bounds[grown.fresh]
    text = np.concatenate(([0], np.cumsum(np.diff(grown.tokens.bounds)[grown.fresh])))
    home = np.searchsorted(text, signed.windows.start, side="right") - 1
    moved = signed.moved(signed.windows.start - text[home] + starts[home])
    windows = Windows.concatenate(Windows(before.windows.start, before.windows.end), moved.windows)
    return StoredIndex.of(windows, np.concatenate((before.signatures, moved.signatures)), options.index)
