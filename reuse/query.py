"""What a text draws on: a text beside a run, without a scan of the run.

The text's shingles are looked up among those that the run keeps; the documents that they lead to are aligned with the
text as a scan would, and scored under the background that everything in the run was scored under. What is found is a
run of its own: the text, and the documents that it shares passages with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reuse.align.align import find_matches, may_match
from reuse.align.matches import Matches
from reuse.align.rectangles import Regions
from reuse.arrays.keys import first_of_each
from reuse.arrays.ragged import bounds_of, ranges
from reuse.beside import Corpus, all_pair_counts, behind_documents, pair_counts, regions_beside, with_own
from reuse.clusters.clusters import find_clusters
from reuse.clusters.expand import MOST_PAIRS, Copied, in_documents
from reuse.corpus.document import Document, Skipped, told_together
from reuse.corpus.hashing import factorise
from reuse.corpus.normalise import normal_form
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.corpus.witnesses import Witnesses
from reuse.errors import CorpusError
from reuse.formulas.phrases import Formulas
from reuse.index.candidates import find_candidates
from reuse.index.pairing import Pairing
from reuse.index.places import anchors_with
from reuse.options import ScanOptions
from reuse.pipeline import Counts, versions
from reuse.run.kept_formulas import pairs_of
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.run.scan_record import stored_letters
from reuse.run.stored_documents import StoredDocuments
from reuse.run.writer import RunWriter
from reuse.score.background import Background
from reuse.score.repeats import says_again
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise
from reuse.work.workers import ALONE, Workers

Against = Literal["old", "new", "all"]


def query(
    run: Run,
    documents: Iterable[Document],
    out: Path,
    skipped: Sequence[Skipped] = (),
    workers: Workers = ALONE,
    *,
    against: Against = "old",
    lasting: bool = True,
) -> None:
    """Find what texts share with a run, or with one another, and store it as a run of its own.

    Its documents are the texts, and those of the run that they share passages with, copies included (of a text that has
    many, the first of them); its matches are between these. It has no formulas.

    Args:
        run: The run, opened.
        documents: The texts; an id that the run has too is told from it by ` (query)`.
        out: Folder of what is found.
        skipped: What was left out when the texts were read, as far as they have been.
        workers: Do the work.
        against: With what the texts are compared: the run, each other, or both.
        lasting: Whether what is found is to be kept; a moment's answer is written faster.

    Raises:
        CorpusError: There is no text.
        RunError: The run keeps no index, or what is found cannot be written.
    """
    begin = perf_counter()
    asked = [_renamed(document, run) for document in documents]
    if not asked:
        raise CorpusError(f"no text could be read: {told_together(skipped) or 'there is none'}")
    letters = stored_letters(run.meta["options"])
    text = tokenise(((one.text, one.body) for one in asked), workers, letters)
    corpus = Corpus.of(run)
    pairs = _pairs_with(run, corpus, len(text))
    floor = Floor.of(run.options.score, pairs)
    beside = _Beside.of(text, run, corpus, floor, against).promising(floor, run.options, workers)
    surprise = Surprise.under(beside.background, beside.counted, beside.tokens, run.options.score, workers)
    found, hidden = find_matches(
        beside.tokens, beside.regions, surprise, floor, run.options.align, run.options.reworded, workers
    )
    result = _Result(run, asked, text, beside, found, surprise, floor, lasting)
    facts = {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "paths": [],
        "between": False,
        "across": None,
        "additions": [],
        "query": {"run": str(run.path), "documents": [one.id for one in asked], "against": against},
        "options": asdict(run.options),
        "versions": versions(),
        "skipped": [asdict(one) for one in skipped],
        "limits": [],
        "token_pairs": pairs,
        "timings": {"query": round(perf_counter() - begin, 4)},
    }
    result.write(out, facts, hidden, corpus.index, workers)


def _pairs_with(run: Run, corpus: Corpus, size: int) -> float:
    """Pairs of token positions that a scan of the run and so many tokens more would compare."""
    return float(run.meta["token_pairs"]) + size * corpus.index.total + size * size / 2


def _renamed(document: Document, run: Run) -> Document:
    known = next(run.sql("SELECT 1 FROM documents WHERE id = ?", (document.id,)), None)
    return replace(document, id=f"{document.id} (query)") if known else document


@dataclass(frozen=True, slots=True)
class _Beside:
    """Texts behind those documents of a run that they may share passages with.

    Attributes:
        documents: int64: ordinals of these documents in the run, ascending.
        tokens: Of the documents, then of the texts.
        regions: Where they may share a passage: a in a document, b in a text.
        background: The run's, for these tokens.
        counted: bool (tokens,): which of them it counts.
    """

    documents: NDArray[np.int64]
    tokens: Tokens
    regions: Regions
    background: Background
    counted: NDArray[np.bool_]

    @classmethod
    def of(cls, text: Tokens, run: Run, corpus: Corpus, floor: Floor, against: Against) -> _Beside:
        classed = text.by_class()
        options = corpus.options
        anchors = anchors_with(corpus.index.places, classed, corpus.tokens, options.index.longest_seed)
        pairs = pair_counts(text, anchors, corpus.index)
        background = corpus.background(text.ids, corpus.counts_of(classed.vocabulary.hashes), pairs)
        if against == "new":
            anchors = []
        if against != "old":
            words = corpus.words_of(classed.vocabulary.hashes)[text.ids]
            heads = corpus.tokens.vocabulary.heads()
            every = all_pair_counts(words, text.bounds, corpus.tokens.bounds, heads, corpus.index, pairs_of(run))
            pairs = every.astype(np.int32)
            apart = Pairing.of(classed, np.arange(text.documents, dtype=np.int32))
            anchors += find_candidates(classed, apart, options.index)[0]
        regions = regions_beside(text, corpus.tokens, anchors, background, floor, options)
        inside = regions.b_start < len(text)
        home = corpus.tokens.document_of(regions.b_start[~inside] - len(text))
        documents = np.unique(home)
        tokens, own = _together(documents, classed, corpus, run)
        # From positions in the run to those among the chosen documents.
        shift = (tokens.bounds[: len(documents)] - corpus.tokens.bounds[documents])[np.searchsorted(documents, home)]
        behind = int(tokens.bounds[len(documents)])
        known = np.concatenate((corpus.index.pairs[own], pairs))
        background = corpus.background(tokens.ids, tokens.vocabulary.counts, known)
        counted = np.concatenate((corpus.index.counted[own], np.zeros(len(text), dtype=bool)))
        if against != "old":  # a word of a text may come from another one, so that they count
            counted[behind:] = ~says_again(tokens, options.score.counted_once)[0][behind:]
            mine = counted & (np.arange(len(tokens)) >= behind)
            further = Background.of(tokens, counted=mine, weight=background.weight)
            total = background.total + further.total
            background = with_own(background.counts, known, further, total)
        moved = behind_documents(regions, inside, shift - len(text), behind)
        return cls(documents, tokens, moved, background, counted)

    def promising(self, floor: Floor, options: ScanOptions, workers: Workers) -> _Beside:
        """The same without the documents in which no shared words can say enough: most of those that share a few."""
        most = Surprise.at_most(self.background, self.counted, self.tokens)
        kept = may_match(self.tokens, self.regions, most, floor, options.align, workers)
        regions, before = self.regions.take(np.flatnonzero(kept)), self.tokens.bounds
        homes = [self.tokens.document_of(side) for side in (regions.a_start, regions.b_start)]
        texts = np.arange(len(self.documents), self.tokens.documents)
        rows = np.unique(np.concatenate((*homes, texts)))
        tokens = self.tokens.of_documents(rows)
        own = ranges(before[rows], np.diff(tokens.bounds))
        a, b = ((tokens.bounds[:-1] - before[rows])[np.searchsorted(rows, home)] for home in homes)
        return _Beside(
            self.documents[rows[: len(rows) - len(texts)]],
            tokens,
            Regions(regions.a_start + a, regions.a_end + a, regions.b_start + b, regions.b_end + b),
            replace(self.background, ids=tokens.ids, pair_counts=self.background.pair_counts[own]),
            self.counted[own],
        )


def _together(documents: NDArray[np.int64], text: Tokens, corpus: Corpus, run: Run) -> tuple[Tokens, NDArray[np.int64]]:
    """Tokens of documents of a run and, behind them, of a text; and the positions (int64) of the former in the run.

    The hash of a word of the text is that of its class, too. Only what aligning reads is filled in.
    """
    sizes = np.diff(corpus.tokens.bounds)[documents]
    own = ranges(corpus.tokens.bounds[documents], sizes)
    words, distinct, ids, first = _one_vocabulary(corpus.tokens, own, text)
    spelled = [*map(normal_form, _written(run, words)), *text.vocabulary.words]
    vocabulary = Vocabulary(
        distinct,
        corpus.counts_of(distinct),
        np.zeros(len(distinct), dtype=np.int64),
        [spelled[row] for row in first.tolist()],
    )
    nowhere = np.zeros(0, dtype=np.int32)
    bounds = bounds_of(np.concatenate((sizes, np.diff(text.bounds))))
    opens = np.concatenate((corpus.tokens.opens_sentence[own], text.opens_sentence))
    return Tokens(ids, nowhere, nowhere, opens, bounds, vocabulary), own


def _one_vocabulary(
    stored: Tokens, own: NDArray[np.int64], text: Tokens
) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]:
    """Words of one hash as one, in tokens of a run (int64, their positions) and, behind them, those of a text.

    Returns:
        The words of the run among them (int32, ascending); the hash of each word (uint64); the word of each token
        (int32); and of each word the first row (int64) among those of the run and, behind them, those of the text.
    """
    chosen = stored.ids[own]
    met = np.zeros(len(stored.vocabulary), dtype=bool)
    met[chosen] = True
    words = np.flatnonzero(met).astype(np.int32)
    distinct, number = factorise(np.concatenate((stored.vocabulary.hashes[words], text.vocabulary.hashes)))
    of_word = np.zeros(len(met), dtype=np.int32)
    of_word[words] = number[: len(words)]
    ids = np.concatenate((of_word[chosen], number[len(words) :][text.ids].astype(np.int32)))
    return words, distinct, ids, first_of_each(number, len(distinct))


def _written(run: Run, words: NDArray[np.integer]) -> list[str]:
    """The words of a run as they are written most often, by their ids (ascending)."""
    among = "word IN (SELECT value FROM json_each(?))"
    return [word for (word,) in run.sql(f"SELECT text FROM words WHERE {among} ORDER BY word", (str(words.tolist()),))]


@dataclass(frozen=True, slots=True)
class _Result:
    """What was found, ready to be written.

    Attributes:
        run: The run that was asked.
        asked: The texts.
        text: Their tokens.
        beside: They and the documents that they were aligned with.
        found: Matches among these.
        surprise: What their words say.
        floor: Bits from which on a match is kept.
        lasting: Whether the run is to be kept.
    """

    run: Run
    asked: Sequence[Document]
    text: Tokens
    beside: _Beside
    found: Matches
    surprise: Surprise
    floor: Floor
    lasting: bool

    def write(
        self,
        out: Path,
        facts: dict[str, object],
        hidden: int,
        index: QueryIndex,
        workers: Workers,
    ) -> None:
        """Store it as a run."""
        texts = self.beside.tokens
        copies = self._copies(index)
        chosen = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *copies]))
        with RunWriter(out, lasting=self.lasting) as writer:
            for document in [*StoredDocuments.of(self.run.path).some(chosen), *self.asked]:
                writer.add_document(document)
            tokens = self._tokens(chosen)
            places = [np.searchsorted(chosen, one) for one in copies]
            places += [np.array([len(chosen) + row]) for row in range(len(self.asked))]
            bounds = bounds_of(np.array([len(one) for one in places], dtype=np.int64))
            witnesses = Witnesses(np.concatenate(places), bounds, np.zeros(len(places), dtype=np.int64))
            clusters = find_clusters(self.found, texts, self.run.options.clusters, workers=workers)
            nothing = Copied.empty()
            matches, clusters = in_documents(
                self.found, clusters, nothing, witnesses, tokens.bounds, texts.bounds, self.floor
            )
            writer.add_tokens(tokens, workers)
            writer.add_formulas(Formulas.empty())
            counts = Counts(
                documents=tokens.documents,
                characters=sum(len(one.text) for one in self.asked),
                tokens=len(tokens),
                words=len(tokens.vocabulary),
                matches=len(matches),
                hidden_matches=hidden,
                clusters=int(clusters.of_match.max(initial=-1)) + 1,
                formulas=0,
                formulas_found=0,
            )
            writer.finish(matches, clusters, {**facts, "counts": asdict(counts)}, options=self.run.options)

    def _tokens(self, documents: NDArray[np.int64]) -> Tokens:
        """The tokens of documents of the run and, behind them, of the texts, under a vocabulary of their own."""
        stored, text = self.run.tokens, self.text
        sizes = np.diff(stored.bounds)[documents]
        own = ranges(stored.bounds[documents], sizes)
        here, there = stored.vocabulary, text.vocabulary
        words, distinct, ids, chosen = _one_vocabulary(stored, own, text)
        spelled = [*_written(self.run, words), *there.spellings]
        spellings = [spelled[row] for row in chosen.tolist()]
        vocabulary = Vocabulary(
            distinct,
            np.bincount(ids, minlength=len(distinct)),
            first_of_each(ids, len(distinct)),
            list(map(normal_form, spellings)),
            spellings,
            np.concatenate((here.classes[words], there.classes))[chosen],
        )
        return Tokens(
            ids,
            np.concatenate((stored.starts[own], text.starts)),
            np.concatenate((stored.ends[own], text.ends)),
            np.concatenate((stored.opens_sentence[own], text.opens_sentence)),
            bounds_of(np.concatenate((sizes, np.diff(text.bounds)))),
            vocabulary,
        )

    def _copies(self, index: QueryIndex) -> list[NDArray[np.int64]]:
        """Of each document that was aligned the ordinals of its text's documents; none where nothing was found."""
        home = self.beside.tokens.document_of(self.found.a_start)
        met = np.isin(np.arange(len(self.beside.documents)), home)
        copies = iter(index.copies_of(self.beside.documents[met], MOST_PAIRS))
        return [next(copies) if one else np.zeros(0, dtype=np.int64) for one in met.tolist()]
