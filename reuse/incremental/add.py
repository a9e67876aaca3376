"""Documents are added to a run: they are compared with it and with one another, what is there is not compared again.

Matches of the old documents keep their bits; those of the new ones are scored under the run's background and what the
new ones add to it. Old documents stay near copies of the text that they were; new ones are told from what they meet.
Clusters, formulas and shares are worked out anew from all matches and tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches
from reuse.align.matches import Matches
from reuse.clock import Clock, Progress
from reuse.clusters.copies import find_copies
from reuse.clusters.expand import bits_of_copies
from reuse.corpus.document import Document, Skipped
from reuse.corpus.tokenise import tokenise
from reuse.corpus.witnesses import Witnesses
from reuse.incremental.drift import median_drift
from reuse.incremental.formulas import add_grown_formulas
from reuse.incremental.grown import Grown
from reuse.incremental.meeting import Meeting, Shared
from reuse.incremental.store import Changed, Work, stored_groups
from reuse.index.candidates import SignedWindows
from reuse.index.minhash import Windows
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.pipeline import Asked
from reuse.run.kept_clusters import KeptClusters
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.kept_matches import KeptMatches
from reuse.run.run import Run
from reuse.run.scan_record import stored_letters
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
        work = Work(options, clock, writer, crew)
        with clock.stage("read and tokenise"):
            new = tokenise(_read(documents, writer), crew, stored_letters(run.meta["options"]))
            grown = Grown.of(run, new, writer.grown)
            clock.tokens = len(grown.tokens)
        written = crew.aside(partial(writer.add_tokens, grown.tokens))
        with clock.stage("index"):
            shared = Shared.of(grown, options, crew)
        kept = KeptFormulas.load(run)
        with clock.stage("background"):
            meeting = Meeting.of(grown, shared, kept.pairs, options, crew)
            groups = _copy_groups(run, grown, meeting, options)
        recurring_phrases = crew.aside(
            partial(
                add_grown_formulas,
                writer,
                written,
                kept,
                grown,
                shared.looked_up,
                options,
                work.counted_once(groups),
            )
        )
        with clock.stage("align"):
            found, hidden = find_matches(
                meeting.tokens, meeting.regions, meeting.surprise, meeting.floor, options.align, options.reworded, crew
            )
            changed = Changed(
                grown.every,
                groups,
                _kept(run, grown, meeting, found),
                meeting.index(grown, options.index.shingle, writer.grown),
                _windows(run, grown, shared.signed, options),
                meeting.floor,
                meeting.pairs,
                run.meta["counts"]["characters"] + sum(len(one.text) for one in documents),
                run.meta["counts"]["hidden_matches"] + hidden,
                KeptClusters.load(run),
                len(run.tokens),
            )
        asked = replace(asked, added=asked.added + len(grown.tokens) - len(run.tokens))
        with clock.stage("drift"):
            known = changed.kept.matches
            drift = median_drift(
                known.take(known.b_start < len(run.tokens)),
                grown.tokens,
                changed.index,
                changed.floor,
                options,
                added=asked.added,
                workers=crew,
            )
            told = (drift.median, drift.matches) if drift else (None, 0)
            asked = replace(asked, drift=told[0], drift_matches=told[1])
        work.store(run, changed, recurring_phrases, asked, skipped)


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
    several = grown.every.witnesses.copies[np.searchsorted(grown.every.firsts, meeting.documents[rows])] > 1
    rows = rows[several & (bits[meeting.documents[rows]] == 0)]
    said = bits_of_copies(rows, meeting.tokens, meeting.surprise)
    bits[meeting.documents[rows]] = np.where(said >= meeting.floor.alone, said, 0.0)
    return KeptMatches(Matches.concatenate(before.matches, moved).in_order(), bits, grown.tokens.opens_part)


def _copy_groups(run: Run, grown: Grown, meeting: Meeting, options: ScanOptions) -> NDArray[np.int64]:
    """Number of the text that each document is a copy of (int64, documents); the old ones stay with theirs."""
    text_of = np.concatenate((stored_groups(run), np.arange(grown.before, grown.tokens.documents)))
    count = len(meeting.documents)
    alone = Witnesses(np.arange(count), np.arange(count + 1), np.zeros(count, dtype=np.int64))
    near = find_copies(alone, meeting.tokens, options.near_copies, options.near_copy_words)
    # Old documents come first, so that each text of the group takes the number of the first old one, if there is any.
    _, first, group = np.unique(near, return_index=True, return_inverse=True)
    fresh = meeting.documents >= grown.before
    text_of[meeting.documents[fresh]] = text_of[meeting.documents[first[group]]][fresh]
    return text_of[grown.every.text_of]


def _windows(run: Run, grown: Grown, signed: SignedWindows, options: ScanOptions) -> StoredIndex:
    """The signatures that are kept, with those of windows of the new documents."""
    before = StoredIndex.load(run.path / INDEX)
    starts = grown.tokens.bounds[grown.fresh]
    text = np.concatenate(([0], np.cumsum(np.diff(grown.tokens.bounds)[grown.fresh])))
    home = np.searchsorted(text, signed.windows.start, side="right") - 1
    moved = signed.moved(signed.windows.start - text[home] + starts[home])
    windows = Windows.concatenate(Windows(before.windows.start, before.windows.end), moved.windows)
    return StoredIndex.of(windows, np.concatenate((before.signatures, moved.signatures)), options.index)
