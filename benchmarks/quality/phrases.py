"""Whether formulas are whole phrases: edges, nesting and distinctness of the best, and planted phrases counted.

The words of the grammar are listed here for measuring English; the detector has no list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.corpora.dispatches import dispatches
from benchmarks.corpora.nested_phrases import NestedPhrases, nested_phrases
from benchmarks.results import Record
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.phrases import Formulas, find_formulas
from reuse.options import ReadOptions
from reuse.score.background import Background

_DETERMINERS = """
a an the this that these those my our your his her its their such no any every each some very more most"""
_PREPOSITIONS = """
of to in on at by for with from into upon under between through during without against about"""
_CLAUSES = """
as than and or but nor if which who whom whose when where while because though although not is are was were be been
being am has have had do does did will would shall should may might must can could"""
_PRONOUNS = "so it we they i"

NO_END = frozenset(" ".join([_DETERMINERS, _PREPOSITIONS, _CLAUSES, _PRONOUNS]).split())
"""Words that no English phrase ends on."""
NO_BEGINNING = frozenset(["of", *_CLAUSES.split()]) - {"as", "if", "when", "where", "while", "because", "though"}
"""Words that none begins with."""

TOPS = (30, 200)

FINDERS: dict[str, Callable[[Tokens, Background], Formulas]] = {"n-grams": find_ngrams, "formulas": find_formulas}


def phrases_records(paths: list[Path]) -> Iterator[Record]:
    """One record a corpus, list and length of the list: shares of it; dispatches last, then planted phrases."""
    for path in paths:
        documents = read_documents([path], ReadOptions(), [])
        yield from _records(path.stem, ((document.text, document.body) for document in documents))
    yield from _records("dispatches", ((text, None) for text in dispatches()))
    planted = nested_phrases()
    yield Record("phrases", {"corpus": "planted", "list": "formulas", "top": 0}, {"right": right_counts(planted)})


def _records(corpus: str, texts: Iterable[tuple[str, tuple[int, int] | None]]) -> Iterator[Record]:
    tokens = tokenise(texts)
    background = Background.of(tokens)
    for name, find in FINDERS.items():
        found = texts_of(tokens, find(tokens, background))
        for top in TOPS:
            yield Record("phrases", {"corpus": corpus, "list": name, "top": top}, shares(tokens, found[:top]))


def right_counts(planted: NestedPhrases) -> float:
    """Share (0–1) of the planted phrases that are formulas with the right own counts."""
    tokens = tokenise((text, None) for text in planted.texts)
    formulas = find_formulas(tokens, Background.of(tokens))
    found = dict(zip((" ".join(words) for words in texts_of(tokens, formulas)), formulas.tf.tolist(), strict=True))
    right = sum(found.get(phrase, 0) == times for phrase, times in planted.own.items())
    return float(right / len(planted.own))


def texts_of(tokens: Tokens, formulas: Formulas) -> list[tuple[str, ...]]:
    """The normalised words of each formula."""
    words = tokens.vocabulary.words
    return [
        tuple(words[word] for word in tokens.ids[first : first + count].tolist())
        for first, count in zip(formulas.first().tolist(), formulas.tokens.tolist(), strict=True)
    ]


def shares(tokens: Tokens, texts: list[tuple[str, ...]]) -> dict[str, float]:
    """Shares (0–1) of a list: dangling, nested in another with most occurrences, distinct in its content words.

    A phrase is distinct unless a distinct one above has two of its content words or all of them, and these are more
    than half of those of the shorter one: "in time of peace" is not "from time to time".
    """
    dangling = sum(words[-1] in NO_END or words[0] in NO_BEGINNING for words in texts)
    times = {words: _times(tokens, words) for words in texts}
    nested = sum(any(_holds(other, words) and 2 * times[other] > times[words] for other in texts) for words in texts)
    distinct: list[set[str]] = []
    for words in texts:
        content = set(words) - NO_END
        if not any(_again(content, other) for other in distinct):
            distinct.append(content)
    size = max(len(texts), 1)
    return {"dangling": dangling / size, "nested": nested / size, "distinct": len(distinct) / size}


def _again(content: set[str], other: set[str]) -> bool:
    same = len(content & other)
    return 2 * same > min(len(content), len(other)) and (same > 1 or content == other)


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return len(longer) > len(shorter) and f" {' '.join(shorter)} " in f" {' '.join(longer)} "


def _times(tokens: Tokens, words: tuple[str, ...]) -> int:
    """Occurrences of some words in line, within longer phrases too."""
    number = {word: row for row, word in enumerate(tokens.vocabulary.words)}
    at = np.arange(len(tokens) - len(words) + 1)
    for place, word in enumerate(words):
        at = at[tokens.ids[at + place] == number[word]]
    return len(at)
