"""The measured recall of a scan on the user's own text, with exact confidence intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reuse.audit.changes import Level
from reuse.audit.corpus import Corpus, read_corpus
from reuse.audit.plant import Copy, plant
from reuse.audit.thesaurus import Thesaurus, installed_thesaurus, read_thesaurus
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.options import ScanOptions
from reuse.score.intervals import Share, clopper_pearson
from reuse.work.workers import Workers

LENGTHS = (12, 20, 40, 100)
"""Lengths of the planted passages, in words."""

SYNONYMS = "20 % of words, synonyms"
"""Name of the degree of change that takes a thesaurus."""

LEVELS: Mapping[str, Level] = {
    "none": Level(),
    "5 % of words": Level(words=(0.05, 0.05)),
    "15 % of words": Level(words=(0.15, 0.15)),
    "28 % of words, moved": Level(words=(0.28, 0.28), reordered=0.2),
    SYNONYMS: Level(synonyms=0.2),
    "clauses in another order": Level(clauses=True),
    "condensed to 40 %": Level(kept=0.4),
    "2 % of letters": Level(characters=0.02),
}
"""Degrees of change of the planted copies."""

COMMON = 150
"""Words of a corpus, the commonest, for which no synonym stands: of function words a thesaurus knows nothing."""

SHARE = 0.2
"""Planted words by words of the corpus, at most: more would change what the copies are to be found in."""

MOST_COPIES = 50
"""Copies of each length and degree of change, at most."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Recall of one kind of copy.

    Attributes:
        change: Name of the degree of change.
        words: Length of the passages, in words.
        found: Copies of which matches with their source cover at least half, on both sides.
        characters: Mean share of the copies' characters that such matches cover.
    """

    change: str
    words: int
    found: Share
    characters: float


def audit(
    sources: Sequence[str | Path],
    options: ScanOptions | None = None,
    *,
    seed: int = 1,
    rounds: int = 1,
    confidence: float = 0.95,
    thesaurus: Path | None = None,
) -> list[Measured]:
    """Plant copies in a copy of the corpus, scan it, and count what is found.

    Args:
        sources: A run, whose documents and options are taken, and which of them it compares; or folders and files.
        options: Of the scan; None: those of the run, or the defaults.
        seed: Of what is planted where.
        rounds: How often to plant and scan, each time with the next seed: more copies, narrower intervals.
        confidence: Level of the intervals.
        thesaurus: File (MyThes, th_*.dat) that synonyms are taken from; None: an installed one of the texts' language.
            Where there is none, copies with synonyms are left out.

    Returns:
        Recall by degree of change and length.

    Raises:
        CorpusError: No document could be read.
        UsageError: There are not two documents with words that are compared, or the thesaurus cannot be read.
        RunError: The run is broken.
    """
    corpus = read_corpus(sources, options)
    tokens = tokenise(((text, None) for text in corpus.texts), Workers(corpus.options.jobs))
    synonyms = _synonyms(tokens, thesaurus)
    levels = {name: level for name, level in LEVELS.items() if synonyms is not None or name != SYNONYMS}
    each = int(SHARE * len(tokens) / (sum(LENGTHS) * len(levels)))
    copies: list[Copy] = []
    parts = [np.zeros((0, 2))]
    for number in range(rounds):
        planted, found = plant(
            corpus.texts,
            tokens,
            lengths=LENGTHS,
            levels=levels,
            each=min(max(each, 1), MOST_COPIES),
            seed=seed + number,
            groups=corpus.groups,
            synonyms=synonyms,
        )
        copies += found
        parts.append(_covered(planted, found, corpus))
    covered = np.concatenate(parts)
    return [
        Measured(
            name,
            words,
            clopper_pearson(int((covered[rows] >= 0.5).all(axis=1).sum()), len(rows), confidence),
            float(covered[rows, 1].mean()) if rows else float("nan"),
        )
        for name in levels
        for words in LENGTHS
        for rows in [[row for row, copy in enumerate(copies) if (copy.change, copy.words) == (name, words)]]
    ]


def _synonyms(tokens: Tokens, path: Path | None) -> Thesaurus | None:
    """Synonyms of the corpus's words but the commonest; None when there is no thesaurus of its language."""
    words, counts = tokens.vocabulary.words, tokens.vocabulary.counts
    common = {words[number] for number in np.argsort(-counts, kind="stable")[:COMMON].tolist()}
    known = read_thesaurus(path, words) if path is not None else installed_thesaurus(words)
    return None if known is None else {word: found for word, found in known.items() if word not in common}


def _covered(texts: Sequence[str], copies: Sequence[Copy], corpus: Corpus) -> NDArray[np.float64]:
    """Share of each copy's source and of the copy that matches of the two cover: float64 (copies, 2)."""
    with corpus.scanned(texts, corpus.options) as run:
        rows = list(run.sql("SELECT a, a_start, a_end, b, b_start, b_end FROM matches"))
        number_of = {int(name): ordinal for ordinal, name in enumerate(run.document_ids)}
    matches: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}
    for a, a_start, a_end, b, b_start, b_end in rows:
        matches.setdefault((a, b), []).append((a_start, a_end, b_start, b_end))
        matches.setdefault((b, a), []).append((b_start, b_end, a_start, a_end))
    shares = []
    for copy in copies:
        pair = number_of[copy.source], number_of[copy.target]
        both = [
            row
            for row in matches.get(pair, ())
            if row[0] < copy.source_end and row[1] > copy.source_start and row[2] < copy.end and row[3] > copy.start
        ]
        shares.append(
            (
                _share_covered([row[:2] for row in both], copy.source_start, copy.source_end),
                _share_covered([row[2:] for row in both], copy.start, copy.end),
            )
        )
    return np.array(shares, dtype=np.float64).reshape(-1, 2)


def _share_covered(spans: Sequence[tuple[int, int]], start: int, end: int) -> float:
    """Share of a span that others cover together."""
    covered, reach = 0, start
    for low, high in sorted(spans):
        covered += max(min(high, end) - max(low, reach), 0)
        reach = max(reach, min(high, end))
    return covered / max(end - start, 1)
