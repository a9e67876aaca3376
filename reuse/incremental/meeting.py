"""What new documents have to do with a run: shared shingles, where they may share passages, how surprising that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reuse.align.rectangles import Regions
from reuse.arrays.ragged import ranges
from reuse.beside import all_pair_counts, behind_documents, regions_beside, with_own
from reuse.corpus.tokens import Tokens
from reuse.incremental.grown import Behind, Grown
from reuse.index.candidates import SignedWindows, find_candidates
from reuse.index.pairing import Pairing
from reuse.index.places import LookedUp, anchors_with
from reuse.index.seeds import Anchors
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import ScanOptions
from reuse.run.query_index import QueryIndex
from reuse.score.background import Background
from reuse.score.pairs import EqualPairs, PairTable
from reuse.score.repeats import says_again
from reuse.score.significance import Floor
from reuse.score.surprise import COPIES, Surprise
from reuse.work.workers import Workers

_CAP = 64  # places of a shingle up to which all are anchors: what a scan lengthens sooner its signatures find, too


@dataclass(frozen=True, slots=True)
class Shared:
    """Shared shingles of new texts.

    Attributes:
        text: The tokens of the new texts.
        with_old: Anchors with the run, as `anchors_with` gives them.
        within: Anchors among the new texts.
        signed: Windows of these that got a signature.
        looked_up: The shingles of all new documents, looked up in the run.
    """

    text: Tokens
    with_old: Sequence[Anchors]
    within: Sequence[Anchors]
    signed: SignedWindows
    looked_up: LookedUp

    @classmethod
    def of(cls, grown: Grown, options: ScanOptions, workers: Workers) -> Shared:
        """Look the shingles of the new texts up in the run, and join them with one another."""
        text = grown.every.alike(grown.fresh)
        within, signed = find_candidates(text, Pairing.of(text), options.index, workers)
        looked_up = LookedUp.of(grown.index.places, grown.added.by_class(), grown.old)
        with_old = anchors_with(
            grown.index.places,
            text,
            grown.old,
            options.index.longest_seed,
            cap=_CAP,
            most=options.index.representatives,
            looked_up=looked_up,
        )
        return cls(text, with_old, list(within), signed, looked_up)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The new texts, behind those old documents that they may share passages with.

    Attributes:
        documents: int64: all of these, ascending.
        behind: Tokens of the old ones.
        tokens: Of all.
        regions: Where they may share a passage, a before b.
        surprise: What their words say, under the run's background and what the new texts add to it.
        pairs: Pairs of token positions that a scan of all would compare.
        floor: Bits from which on a match is kept.
    """

    documents: NDArray[np.int64]
    behind: int
    tokens: Tokens
    regions: Regions
    surprise: Surprise
    pairs: float
    floor: Floor

    @classmethod
    def of(cls, grown: Grown, shared: Shared, table: PairTable, options: ScanOptions, workers: Workers) -> Meeting:
        """Chain the anchors, gather the documents that they lead to, and add the new texts to the background.

        Args:
            grown: The run and the new documents.
            shared: The shingles of these.
            table: The pairs of words of the run.
            options: Of the run.
            workers: Do the work.
        """
        index, text, score = grown.index, shared.text, options.score
        counts, pairs = _known_counts(grown, shared, table)
        own_pairs = EqualPairs.of(text, workers)
        again, _ = says_again(text, score.counted_once, workers, pairs=own_pairs)
        alone = Background.of(text, workers, counted=~again, weight=score.prior_weight, pairs=own_pairs)
        total = index.total + alone.total
        regions = regions_beside(
            text,
            grown.old,
            [*shared.with_old, *shared.within],
            with_own(counts, pairs, alone, total),
            Floor.of(score, total * total / 2),
            options,
            left_out=COPIES,
            workers=workers,
        )
        inside = regions.b_start < len(text)
        home = grown.old.document_of(regions.b_start[~inside] - len(text))
        met = np.union1d(home, grown.copied_now)
        documents = np.concatenate((met, grown.fresh))
        tokens = grown.every.alike(documents)
        behind = int(tokens.bounds[len(met)])
        all_pairs = EqualPairs.of(tokens, workers)
        again, again_here = says_again(tokens, score.counted_once, workers, pairs=all_pairs)
        again[:behind] = True  # the old ones are counted already
        own = Background.of(tokens, workers, counted=~again, weight=score.prior_weight, pairs=all_pairs)
        total = index.total + own.total
        old = ranges(grown.tokens.bounds[met], np.diff(grown.tokens.bounds)[met])
        background = with_own(counts, np.concatenate((index.pairs[old], pairs)), own, total)
        counted = np.concatenate((index.counted[old], ~again[behind:]))
        shift = (tokens.bounds[: len(met)] - grown.tokens.bounds[met])[np.searchsorted(met, home)] - len(text)
        return cls(
            documents,
            behind,
            tokens,
            behind_documents(regions, inside, shift, behind),
            Surprise.under(background, counted, tokens, score, workers, counted_here=~again_here),
            total * total / 2,
            Floor.of(score, total * total / 2),
        )

    def in_corpus(self, positions: NDArray[np.int64], grown: Grown) -> NDArray[np.int64]:
        """How much further on (int64) the tokens at some positions stand among all documents."""
        return (grown.tokens.bounds[self.documents] - self.tokens.bounds[:-1])[self.tokens.document_of(positions)]

    def index(self, grown: Grown, size: int, behind: Behind) -> QueryIndex:
        """What the run keeps from now on, so that texts can be compared with it.

        Args:
            grown: The run and the new documents.
            size: Tokens in a shingle.
            behind: As for `Grown.of`.
        """
        before, tokens = grown.index, grown.tokens
        fresh = ranges(tokens.bounds[grown.fresh], np.diff(tokens.bounds)[grown.fresh])
        since = len(before.pairs)
        pairs = np.zeros(len(tokens) - since, dtype=np.int32)
        counted = np.zeros(len(tokens) - since, dtype=bool)
        pairs[fresh - since] = self.surprise.background.pair_counts[self.behind :]
        counted[fresh - since] = self.surprise.counted[self.behind :]
        begins = fresh[complete(tokens, size, fresh)]
        places = before.places.with_further(begins, partial(shingle_hashes, tokens.by_class(), size))
        if places.first is before.places.first:  # their files stay
            first = places.first
            kept = behind("shingle_places", first.places[:0]), behind("shingle_parts", first.parts[:0])
            places = replace(places, first=replace(first, places=kept[0], parts=kept[1]))
        return QueryIndex(
            places,
            behind("background_pairs", pairs),
            behind("background_counted", counted),
            self.surprise.background.counts[grown.every.heads],
            self.surprise.background.total,
            grown.every.witnesses.documents,
            grown.every.witnesses.bounds,
        )


def _known_counts(grown: Grown, shared: Shared, table: PairTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How often the run counts each word (int64, words), and each pair of words of the new texts (int64, tokens)."""
    index, text, heads = grown.index, shared.text, grown.every.heads
    counts = np.zeros(len(heads), dtype=np.int64)
    counts[heads[: len(index.words)]] = index.words
    return counts, all_pair_counts(text.ids, text.bounds, grown.old.bounds, heads, index, table)
