"""What follows from all documents and matches of a changed run is worked out, and the run put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.clock import Clock
from reuse.clusters.by_content import find_clusters_by_content
from reuse.clusters.clusters import Clusters
from reuse.clusters.expand import Copied, in_documents
from reuse.corpus.document import Skipped
from reuse.formulas.phrases import Formulas
from reuse.incremental.clusters import grown_clusters
from reuse.incremental.collection import Collection
from reuse.index.store import StoredIndex
from reuse.options import ClusterOptions, ScanOptions
from reuse.pipeline import Asked, Counts, record_of
from reuse.run.kept_clusters import KeptClusters
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.kept_matches import KeptMatches
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.run.writer import RunWriter
from reuse.score.significance import Floor
from reuse.work.aside import Aside
from reuse.work.workers import Workers


@dataclass(frozen=True, slots=True)
class Changed:
    """A run as it is to be.

    Attributes:
        collection: Its documents.
        copy_groups: int64 (documents,): number of the text that each is a copy of, near copies included.
        kept: Its matches between texts.
        index: What texts are compared with.
        windows: Signatures.
        floor: Bits from which on a match is kept.
        pairs: Pairs of token positions that a scan of all would compare.
        characters: Of all texts.
        hidden: Matches below the floor that were found.
        known: Clusters of the matches that were there, if all these and their places are what they were; else None.
        before: Tokens that were there.
    """

    collection: Collection
    copy_groups: NDArray[np.int64]
    kept: KeptMatches
    index: QueryIndex
    windows: StoredIndex
    floor: Floor
    pairs: float
    characters: int
    hidden: int
    known: KeptClusters | None = None
    before: int = 0

    def clusters(self, found: Matches, whole: NDArray[np.int64], options: ClusterOptions, workers: Workers) -> Clusters:
        """The clusters of matches between texts and of whole documents (int64), in positions among all documents."""
        tokens = self.collection.tokens.by_class()
        if self.known is None:
            return find_clusters_by_content(found, tokens, options, whole, workers)
        return grown_clusters(self.known, self.before, found, tokens, self.index.places, whole, options, workers)


@dataclass(frozen=True, slots=True)
class Work:
    """Who does it, where it goes, and under which options.

    Attributes:
        options: Of the run.
        clock: Times the stages.
        writer: Of the run as it is to be.
        crew: Do the work.
    """

    options: ScanOptions
    clock: Clock
    writer: RunWriter
    crew: Workers

    def counted_once(self, copy_groups: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """The text that each document is a copy of (int64), where copies count once and there are any; else None."""
        copies = self.options.copies == "one" and len(np.unique(copy_groups)) < len(copy_groups)
        return copy_groups if copies else None

    def store(
        self, run: Run, changed: Changed, recurring: Aside[Formulas], asked: Asked, skipped: Sequence[Skipped]
    ) -> None:
        """Work out what follows from all, and put the run in its place.

        Args:
            run: As it was; it is closed.
            changed: As it is to be.
            recurring: Its formulas.
            asked: What it records of itself.
            skipped: What was left out.
        """
        every, kept, clock = changed.collection, changed.kept, self.clock
        with clock.stage("cluster"):
            copied, found = _copied(kept, every), kept.matches
            whole = every.firsts[copied.text]
            clusters = changed.clusters(found, whole, self.options.clusters, self.crew)
            kept_clusters = KeptClusters(clusters, whole)
            matches, clusters = in_documents(
                found.moved(*(-every.before_text(side) for side in (found.a_start, found.b_start))),
                clusters.moved(lambda starts: -every.before_text(starts)),
                copied,
                every.witnesses,
                every.tokens.bounds,
                every.text_bounds,
                changed.floor,
            )
        with clock.stage("formulas"):
            formulas = recurring.result()
            clock.timings["formulas"] = round(recurring.seconds, 4)
        with clock.stage("write"):
            counts = Counts(
                documents=every.tokens.documents,
                characters=changed.characters,
                tokens=len(every.tokens),
                words=len(every.tokens.vocabulary),
                matches=len(matches),
                hidden_matches=changed.hidden,
                clusters=int(clusters.of_match.max(initial=-1)) + 1,
                formulas=len(formulas),
                formulas_found=formulas.found,
            )
            meta = record_of(asked, self.options, clock.timings, counts, skipped, changed.pairs)
            run.close()  # where files in use cannot be moved, the new ones could not take their place
            self.writer.finish(
                matches,
                clusters,
                meta,
                index=changed.windows,
                asked=changed.index,
                kept=kept,
                grouped=kept_clusters,
                text_of=changed.copy_groups,
                options=self.options,
            )


def keeps_enough(run: Run) -> bool:
    """Whether documents can be added to a run, and removed, without comparing again what stays."""
    grouped = run.meta.get("between") or run.meta.get("across")
    return not grouped and bool(run.meta.get("query_index")) and KeptMatches.is_kept(run) and KeptFormulas.is_kept(run)


def stored_groups(run: Run) -> NDArray[np.int64]:
    """Of the documents of a run, the number of the text that each is a copy of (int64), near copies included."""
    return run.numbers("SELECT copy FROM (SELECT coalesce(copy_of, doc) AS copy FROM documents ORDER BY doc)")


def _copied(kept: KeptMatches, every: Collection) -> Copied:
    """The texts that are matched with their own copies."""
    bits = kept.copied_bits[every.firsts]
    rows = np.flatnonzero((every.witnesses.copies > 1) & (bits > 0))
    return Copied(rows, bits[rows])
