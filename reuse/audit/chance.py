"""The user's own chance figures: how many matches there are when the words of every document are shuffled.

Nothing is copied in such text. A document keeps its words, so that its subject and its lists stay with it. Set phrases
of the language are lost with the order of words, so what they match by chance is not counted here.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reuse.audit.corpus import Corpus, read_corpus
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.options import ScanOptions
from reuse.work.workers import Workers

EVALUES = (0.01, 0.1, 1.0, 10.0)
"""The values of E at which matches are counted, of one scan each."""

SENTENCE = 20
"""Words of a sentence of shuffled text."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Matches in shuffled text.

    Attributes:
        evalue: An E-value: so many matches with that E or less are to be expected of a scan.
        observed: How many there were, the mean of all scans.
        scans: How many scans that is the mean of.
    """

    evalue: float
    observed: float
    scans: int


def chance_figures(
    sources: Sequence[str | Path], options: ScanOptions | None = None, *, seed: int = 1, rounds: int = 1
) -> list[Chance]:
    """Shuffle the words of every document, scan with no filter but that of the E-value, and count the matches.

    Args:
        sources: As in `audit`.
        options: As in `audit`.
        seed: Of the shuffles.
        rounds: How often to shuffle and scan, each time with the next seed.

    Returns:
        The number of matches at each of EVALUES.

    Raises:
        CorpusError: No document could be read.
        RunError: The run is broken.
    """
    corpus = read_corpus(sources, options)
    tokens = tokenise(((text, None) for text in corpus.texts), Workers(corpus.options.jobs))
    counts = np.zeros(len(EVALUES))
    for number in range(rounds):
        with corpus.scanned(shuffled(corpus, tokens, seed + number), _opened(corpus.options)) as run:
            evalues = np.sort([evalue for (evalue,) in run.sql("SELECT evalue FROM matches")])
        counts += np.searchsorted(evalues, EVALUES, side="right")
    return [Chance(evalue, float(count / rounds), rounds) for evalue, count in zip(EVALUES, counts, strict=True)]


def shuffled(corpus: Corpus, tokens: Tokens, seed: int) -> list[str]:
    """The texts with the words of each in random order, a full stop after every SENTENCE of them."""
    source = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    texts = []
    for number, text in enumerate(corpus.texts):
        rows = slice(*tokens.bounds[number : number + 2].tolist())
        spans = zip(tokens.starts[rows].tolist(), tokens.ends[rows].tolist(), strict=True)
        words = [text[start:end] for start, end in spans]
        source.shuffle(words)
        sentences = (" ".join(words[at : at + SENTENCE]) for at in range(0, len(words), SENTENCE))
        texts.append("\n".join(f"{sentence}." for sentence in sentences))
    return texts


def _opened(options: ScanOptions) -> ScanOptions:
    """The options with no filter of matches but that of the E-value."""
    margin = -math.log2(max(EVALUES))
    score = replace(options.score, margin=margin, alone=margin)
    return replace(options, score=score, reworded=replace(options.reworded, enabled=False))
