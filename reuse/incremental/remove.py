"""Documents are taken out of a run: their matches go, all others stay as they are.

What the run's background counts of the documents that go, it goes on counting until everything is compared anew.
Near copies stay those of one text, even if the one in their middle goes. Exact copies, clusters, formulas and shares
are worked out anew from what stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.keys import first_of_each
from reuse.arrays.ragged import bounds_of, ranges
from reuse.clock import Clock, Progress
from reuse.corpus.normalise import normal_form
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.incremental.collection import Collection
from reuse.incremental.formulas import Parted, add_left_formulas
from reuse.incremental.store import Changed, Work, stored_groups
from reuse.index.candidates import SignedWindows
from reuse.index.places import GrownPlaces, ShinglePlaces
from reuse.index.store import StoredIndex
from reuse.options import ScanOptions
from reuse.pipeline import Asked
from reuse.run.kept_formulas import KeptFormulas
from reuse.run.kept_matches import KeptMatches
from reuse.run.known_clusters import KnownClusters
from reuse.run.known_matches import KnownMatches
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.run.schema import INDEX
from reuse.run.stored_documents import StoredDocuments
from reuse.run.writer import RunWriter
from reuse.score.significance import Floor
from reuse.work import memory
from reuse.work.workers import Workers


def remove_documents(
    stored: StoredDocuments,
    gone: NDArray[np.int64],
    asked: Asked,
    *,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> None:
    """Take documents out of a run that keeps what is needed for it (see `keeps_enough`), and put the rest in its place.

    Args:
        stored: The run.
        gone: int64: ordinals of the documents that go; others are left.
        asked: What the run records of itself.
        progress: Told of every stage.
        workers: Who does the work; None: as many threads as the scan had.
    """
    options = stored.options
    clock = Clock(progress)
    with (
        memory.without_cycles(),
        Run.open(stored.path) as run,
        RunWriter(stored.path) as writer,
        workers or Workers(options.jobs) as crew,
    ):
        work = Work(options, clock, writer, crew)
        with clock.stage("read and tokenise"):
            left = _Left.of(run, np.setdiff1d(np.arange(run.tokens.documents), gone))
            characters = 0
            for document in stored.some(left.documents):
                writer.add_document(document)
                characters += len(document.text)
            clock.tokens = len(left.every.tokens)
            words = _words(run, left)
        writer.knows(left.known_matches(stored.matches()), left.known_clusters(stored.clusters()))
        written = crew.aside(lambda alone: writer.add_tokens(words, alone))
        groups = _numbered(stored_groups(run)[left.documents])
        recurring_phrases = crew.aside(
            partial(
                add_left_formulas,
                writer,
                written,
                KeptFormulas.load(run),
                stored.phrasing(),
                left.parted(words),
                options,
                work.counted_once(groups),
            )
        )
        with clock.stage("index"):
            pairs = float(run.meta["token_pairs"])
            floor = Floor.of(options.score, pairs)
            changed = Changed(
                replace(left.every, tokens=words),
                groups,
                left.kept(KeptMatches.load(run, floor), words.opens_part),
                left.index(),
                left.windows(run, options),
                floor,
                pairs,
                characters,
                run.meta["counts"]["hidden_matches"],
            )
        asked = replace(asked, removed=asked.removed + len(run.tokens) - len(words))
        work.store(run, changed, recurring_phrases, asked, stored.skipped)


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a run.

    Attributes:
        documents: int64: ordinals of the documents that are left, ascending.
        before: The tokens of all that were there.
        asked: What the run kept, so that texts could be compared with it.
        words: int64: the words that are left, by their former numbers, ascending.
        number: int32 (words before,): what each is from now on; such as nobody says any more have further numbers.
        every: The documents that are left; of their tokens all but spellings.
        first: int64 (documents before,): of a document that was the first of its text, the one (by its new ordinal)
            that is so now; -1: the text is gone.
    """

    documents: NDArray[np.int64]
    before: Tokens
    asked: QueryIndex
    words: NDArray[np.int64]
    number: NDArray[np.int32]
    every: Collection
    first: NDArray[np.int64]

    @classmethod
    def of(cls, run: Run, documents: NDArray[np.int64]) -> _Left:
        """What is left when only these documents (int64, ordinals) stay."""
        before, asked = run.tokens, QueryIndex.load(run)
        sizes = np.diff(before.bounds)[documents]
        rows = ranges(before.bounds[documents], sizes)
        old_ids = before.ids[rows]
        counts = np.bincount(old_ids, minlength=len(before.vocabulary))
        words = np.flatnonzero(counts)
        number = np.empty(len(counts), dtype=np.int32)
        number[np.concatenate((words, np.flatnonzero(counts == 0)))] = np.arange(len(counts), dtype=np.int32)
        ids = number[old_ids]
        known = before.vocabulary
        tokens = Tokens(
            ids,
            before.starts[rows],
            before.ends[rows],
            before.opens_sentence[rows],
            bounds_of(sizes),
            Vocabulary(
                known.hashes[words], counts[words], first_of_each(ids, len(words)), classes=known.classes[words]
            ),
            run.column("part_starts")[rows],
        )
        text = asked.text_of()[documents]
        text_of = _numbered(text)
        first = np.full(before.documents, -1)
        first[text] = text_of
        return cls(documents, before, asked, words, number, Collection(tokens, text_of), first)

    def parted(self, words: Tokens) -> Parted:
        """The documents that are left, whose tokens these are, and behind them those that are gone."""
        gone = np.setdiff1d(np.arange(self.before.documents), self.documents)
        order = np.concatenate((self.documents, gone))
        sizes = np.diff(self.before.bounds)
        begins = np.empty(len(order), dtype=np.int64)
        begins[order] = bounds_of(sizes[order])[:-1]
        rows = ranges(self.before.bounds[gone], sizes[gone])
        ids = np.concatenate((words.ids, self.number[self.before.ids[rows]]))
        counting = np.isin(np.arange(words.documents), self.every.firsts)
        return Parted(words, counting, ids, bounds_of(sizes[order]), self.before.bounds, begins)

    def moved(self, positions: NDArray[np.integer]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Whether the text of each position is left (bool), and how much further on (int64) it stands then.

        Args:
            positions: In documents that were the first of their text.
        """
        home = self.before.document_of(positions)
        first = self.first[home]
        return first >= 0, self.every.tokens.bounds[first] - self.before.bounds[home]

    def kept(self, before: KeptMatches, opens_part: NDArray[np.bool_]) -> KeptMatches:
        """The matches that are left."""
        (left_a, shift_a), (left_b, shift_b) = (
            self.moved(side) for side in (before.matches.a_start, before.matches.b_start)
        )
        rows = np.flatnonzero(left_a & left_b)
        bits = np.zeros(len(self.documents))
        of_text = np.flatnonzero(self.first >= 0)
        bits[self.first[of_text]] = before.copied_bits[of_text]
        matches = before.matches.take(rows).moved(shift_a[rows], shift_b[rows]).in_order()
        return KeptMatches(matches, bits, opens_part)

    def known_matches(self, before: KnownMatches) -> KnownMatches:
        """What is known of the matches that are left."""
        begins, ends = before.tokens[:, ::2], before.tokens[:, 1::2]
        home = self.before.document_of(begins)
        number = self._numbers()[home]
        shift = self.every.tokens.bounds[number] - self.before.bounds[home]
        rows = np.flatnonzero((number >= 0).all(axis=1))
        tokens = np.stack((begins + shift, ends + shift), axis=2).reshape(-1, 4)[rows]
        ids, relations = ([column[row] for row in rows.tolist()] for column in (before.ids, before.relations))
        return KnownMatches(tokens, before.matched[rows], before.ends[rows], ids, relations)

    def known_clusters(self, before: KnownClusters) -> KnownClusters:
        """What is known of the clusters; of such as had a passage that is gone nobody will ask."""
        documents = self._numbers()[before.passages.documents]
        return replace(before, passages=replace(before.passages, documents=documents))

    def _numbers(self) -> NDArray[np.int64]:
        """The ordinal of each document of the run from now on (int64, documents before); -1: it is gone."""
        numbers = np.full(self.before.documents, -1)
        numbers[self.documents] = np.arange(len(self.documents))
        return numbers

    def index(self) -> QueryIndex:
        """What texts are compared with from now on."""
        before, tokens = self.asked, self.every.tokens
        shingles = GrownPlaces(self._places(before.places.first), self._places(before.places.later))
        of_text = np.flatnonzero(self.first >= 0)
        sizes = np.diff(self.before.bounds)[of_text]
        here, there = ranges(self.before.bounds[of_text], sizes), ranges(tokens.bounds[self.first[of_text]], sizes)
        pairs = np.zeros(len(tokens), dtype=np.int32)
        counted = np.zeros(len(tokens), dtype=bool)
        pairs[there], counted[there] = before.pairs[here], before.counted[here]
        witnesses = self.every.witnesses
        return QueryIndex(
            shingles,
            pairs,
            counted,
            before.words[self.words],
            before.total,
            witnesses.documents,
            witnesses.bounds,
        )

    def _places(self, before: ShinglePlaces) -> ShinglePlaces:
        """The places of shingles that are left."""
        places = before.places.astype(np.int64)
        left, shift = self.moved(places)
        # Where a copy takes over the place of the text is another one, in the same order of hashes.
        until = bounds_of(left)
        moved = (places + shift)[left].astype(before.places.dtype)
        return ShinglePlaces(moved, until[before.parts], before.size, before.width)

    def windows(self, run: Run, options: ScanOptions) -> StoredIndex:
        """The signatures that are left."""
        before = StoredIndex.load(run.path / INDEX)
        left, shift = self.moved(before.windows.start)
        signed = SignedWindows(before.windows.take(left), before.signatures[left])
        signed = signed.moved(signed.windows.start + shift[left])
        return StoredIndex.of(signed.windows, signed.signatures, options.index)


def _words(run: Run, left: _Left) -> Tokens:
    """The tokens that are left, their words spelled as they were."""
    every = [text for (text,) in run.sql("SELECT text FROM words ORDER BY word")]
    spellings = [every[word] for word in left.words.tolist()]
    tokens = left.every.tokens
    known = replace(tokens.vocabulary, words=list(map(normal_form, spellings)), spellings=spellings)
    return replace(tokens, vocabulary=known)


def _numbered(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row the first row that has the same label (int64)."""
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    return first[number]
