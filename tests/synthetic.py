"""Runs of any size with known contents, made without scanning: for tests and benchmarks of whatever reads a run.

documents ── filler ── passage ── filler ── passage ── …      a passage is a copy of a template, some words changed
clusters  ── all copies of one template; matches ── pairs of copies; formulas ── how templates begin
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import FOUND_BY, Matches
from reuse.align.paths import Paths
from reuse.clusters.clusters import Clusters
from reuse.corpus.document import Document
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.formulas.phrases import Formulas
from reuse.options import ScanOptions
from reuse.run.writer import RunWriter

WORDS = 4_000
FORMULA_TOKENS = 5
"""Words at the beginning of each template that no copy changes."""


def synthetic_run(
    path: Path,
    *,
    documents: int = 50,
    matches: int = 200,
    seed: int = 1,
    tokens_per_document: int = 200,
    overwrite: bool = True,
) -> Path:
    """Write a run of about this size; equal arguments give equal runs.

    Args:
        path: Folder of the run.
        documents: Documents, at least 2; some without a date, some dated to the month only.
        matches: Exactly so many matches, in clusters of 2 to 8 passages.
        seed: Seed of the random numbers.
        tokens_per_document: Words of filler a document, beside its passages.
        overwrite: Whether a run at `path` may be replaced.
    """
    generator = np.random.default_rng(seed)
    vocabulary = _vocabulary()
    placements = _place_templates(generator, documents, matches)
    contents = _fill(generator, placements, documents, tokens_per_document)
    with RunWriter(path, overwrite=overwrite) as writer:
        texts = []
        for number, words in enumerate(contents.words):
            text = _prose(words, contents.breaks[number], vocabulary)
            texts.append(text)
            writer.add_document(_document(number, documents, text))
        tokens = tokenise((text, None) for text in texts)
        assert len(tokens) == sum(map(len, contents.words)), "the tokeniser sees the words that were written"
        found, groups = _pairs(placements, contents.starts, tokens, matches)
        writer.add_tokens(tokens)
        writer.add_formulas(_formulas(placements, contents.starts, tokens))
        writer.finish(found, groups, {"synthetic": seed}, options=ScanOptions())
    return path


def tokens_of(texts: Sequence[str]) -> Tokens:
    """Tokens of some texts."""
    return tokenise((text, None) for text in texts)


def build_run(
    path: Path,
    texts: Mapping[str, str],
    matches: Sequence[tuple[str, str, str, str]] = (),
    formulas: Sequence[str] = (),
    *,
    meta: Mapping[str, Any] | None = None,
    dates: Mapping[str, str] | None = None,
) -> Path:
    """Write a run of given texts.

    Args:
        path: Folder of the run.
        texts: Text by document id.
        matches: (a, passage of a, b, passage of b): ids and passages as they stand in the texts (first occurrence; the
            second where a and b are one document). Matches that share a passage make a cluster.
        formulas: Phrases, as normalised words.
        meta: What the run records of itself.
        dates: Date by document id.
    """
    names = sorted(texts)
    tokens = tokens_of([texts[name] for name in names])
    with RunWriter(path) as writer:
        for name in names:
            writer.add_document(Document(name, texts[name], Path(name), date=(dates or {}).get(name)))
        spans = []
        for a, passage_a, b, passage_b in matches:
            first = texts[a].index(passage_a)
            second = texts[b].index(passage_b, first + len(passage_a) if a == b else 0)
            spans.append(
                (
                    _token_range(tokens, names.index(a), first, first + len(passage_a)),
                    _token_range(tokens, names.index(b), second, second + len(passage_b)),
                )
            )
        spans = sorted(tuple(sorted(pair)) for pair in spans)
        found, groups = _matches_of(spans, tokens)
        phrases = [_occurrences(tokens, [texts[name] for name in names], phrase) for phrase in formulas]
        writer.add_tokens(tokens)
        writer.add_formulas(_formulas_of(phrases, tokens))
        writer.finish(found, groups, meta or {}, options=ScanOptions())
    return path


def empty_formulas() -> Formulas:
    """No formula."""
    return _formulas_of([], tokens_of(["nothing"]))


def _token_range(tokens: Tokens, document: int, start: int, end: int) -> tuple[int, int]:
    low, high = tokens.bounds[document], tokens.bounds[document + 1]
    first = low + np.searchsorted(tokens.starts[low:high], start)
    last = low + np.searchsorted(tokens.ends[low:high], end, side="right")
    return int(first), int(last)


def _matches_of(spans: Sequence[Any], tokens: Tokens) -> tuple[Matches, Clusters]:
    group: dict[tuple[int, int], int] = {}
    of_match = []
    for a, b in spans:
        number = group.setdefault(a, group.get(b, len(set(group.values()))))
        group[b] = number
        of_match.append(number)
    numbers = {old: new for new, old in enumerate(dict.fromkeys(of_match))}
    passages = sorted((numbers[number], *span) for span, number in group.items())
    columns = np.array([(*a, *b) for a, b in spans], dtype=np.int64).reshape(-1, 4).T
    lengths_a, lengths_b = columns[1] - columns[0], columns[3] - columns[2]
    matched = np.array(
        [len(set(tokens.ids[a[0] : a[1]]) & set(tokens.ids[b[0] : b[1]])) for a, b in spans], dtype=np.int32
    )
    similarity = (2 * matched / np.maximum(lengths_a + lengths_b, 1)).astype(np.float32).clip(0, 1)
    found = Matches(
        *columns,
        matched,
        similarity,
        (matched * 8).astype(np.float32),
        2.0 ** -matched.astype(np.float64),
        np.zeros(len(matched), dtype=np.uint8),
        Paths.straight(columns[0], columns[2], matched.astype(np.int64)),
    )
    table = np.array(passages, dtype=np.int64).reshape(-1, 3).T
    groups = Clusters(
        np.array([numbers[number] for number in of_match], dtype=np.int32),
        table[0].astype(np.int32),
        table[1],
        table[2],
    )
    return found, groups


def _occurrences(tokens: Tokens, texts: Sequence[str], phrase: str) -> tuple[int, list[int]]:
    words = phrase.split()
    document = tokens.document_of(np.arange(len(tokens))).tolist()
    forms = [
        texts[number][start:end].casefold()
        for number, start, end in zip(document, tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
    ]
    size = len(words)
    return size, [at for at in range(len(forms) - size + 1) if forms[at : at + size] == words]


def _formulas_of(phrases: Sequence[tuple[int, list[int]]], tokens: Tokens) -> Formulas:
    sizes = [len(positions) for _, positions in phrases]
    flat = np.array([position for _, positions in phrases for position in positions], dtype=np.int64)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    df = [len(np.unique(tokens.document_of(np.array(positions)))) for _, positions in phrases]
    lengths = np.array([length for length, _ in phrases], dtype=np.int32)
    return Formulas(
        lengths,
        *(np.array(counts, dtype=np.int32) for counts in (df, sizes, df, sizes)),
        (lengths * 6).astype(np.float32),
        np.full(len(phrases), 0.5, dtype=np.float32),
        bounds,
        flat,
    )


class _Placements:
    """Copies of templates: `template`, `document` of each; `words` of each copy; sorted by template and document."""

    def __init__(
        self, template: NDArray[np.int64], document: NDArray[np.int64], words: list[NDArray[np.int64]]
    ) -> None:
        self.template = template
        self.document = document
        self.words = words


class _Contents:
    """Word numbers of each document, where its sentences end, and where each placement begins in the corpus."""

    def __init__(
        self, words: list[NDArray[np.int64]], breaks: list[NDArray[np.int64]], starts: NDArray[np.int64]
    ) -> None:
        self.words = words
        self.breaks = breaks
        self.starts = starts


def _vocabulary() -> list[str]:
    syllables = [
        "ka",
        "lo",
        "mi",
        "ran",
        "tes",
        "vo",
        "du",
        "shen",
        "pri",
        "gal",
        "no",
        "wick",
        "ba",
        "ther",
        "su",
        "e",
    ]
    words = ("".join(parts) for parts in itertools.product(syllables, repeat=3))
    return list(itertools.islice(words, WORDS))


def _place_templates(generator: np.random.Generator, documents: int, matches: int) -> _Placements:
    templates: list[NDArray[np.int64]] = []
    sizes: list[int] = []
    pairs = 0
    while pairs < matches:
        size = int(min(generator.integers(2, 9), documents))
        sizes.append(size)
        pairs += size * (size - 1) // 2
        templates.append(_random_words(generator, int(generator.integers(10, 50))))
    template = np.repeat(np.arange(len(sizes)), sizes)
    document = np.concatenate([np.sort(generator.choice(documents, size, replace=False)) for size in sizes] or [[]])
    copies = []
    for number in template.tolist():
        words = templates[number].copy()
        changed = generator.random(len(words)) < 0.08
        changed[:FORMULA_TOKENS] = False
        words[changed] = _random_words(generator, int(changed.sum()))
        copies.append(words)
    return _Placements(template, document.astype(np.int64), copies)


def _random_words(generator: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Few words often, most words seldom, as in prose."""
    return (WORDS * generator.random(size) ** 2.5).astype(np.int64)


def _fill(generator: np.random.Generator, placements: _Placements, documents: int, filler: int) -> _Contents:
    by_document = np.argsort(placements.document, kind="stable")
    bounds = np.searchsorted(placements.document[by_document], np.arange(documents + 1))
    words, breaks = [], []
    starts = np.zeros(len(by_document), dtype=np.int64)
    position = 0
    for number in range(documents):
        copies = by_document[bounds[number] : bounds[number + 1]].tolist()
        share = max(filler // (len(copies) + 1), 1)
        parts = []
        for copy in copies:
            parts += [_random_words(generator, share), placements.words[copy]]
            starts[copy] = position + sum(map(len, parts[:-1]))
        parts.append(_random_words(generator, share))
        lengths = np.cumsum([len(part) for part in parts])
        words.append(np.concatenate(parts))
        breaks.append(lengths - 1)
        position += int(lengths[-1])
    return _Contents(words, breaks, starts)


def _prose(words: NDArray[np.int64], breaks: NDArray[np.int64], vocabulary: Sequence[str]) -> str:
    forms = [vocabulary[word] for word in words.tolist()]
    for at in breaks.tolist():
        forms[at] += ".\n" if at % 7 == 0 else "."
        if at + 1 < len(forms):
            forms[at + 1] = forms[at + 1].capitalize()
    forms[0] = forms[0].capitalize()
    return " ".join(forms)


def _document(number: int, documents: int, text: str) -> Document:
    day = number * 3650 // documents
    year, month, date = 2014 + day // 365, day % 365 // 31 + 1, day % 28 + 1
    written: str | None = f"{year}-{month:02}-{date:02}"
    if number % 11 == 5:
        written = f"{year}-{month:02}"
    elif number % 13 == 7:
        written = None
    width = len(str(documents))
    name = f"report-{number:0{width}}.txt"
    return Document(
        name,
        text,
        Path("reports") / name,
        title=f"Report {number} on {text.split(maxsplit=1)[0]}",
        date=written,
        date_guessed=number % 3 == 0,
        source=("North", "South", "East")[number % 3],
        metadata={"author": f"Author {number % 5}"},
    )


def _pairs(
    placements: _Placements, starts: NDArray[np.int64], tokens: Tokens, matches: int
) -> tuple[Matches, Clusters]:
    lengths = np.array([len(words) for words in placements.words], dtype=np.int64)
    first, second, group = [], [], []
    bounds = np.searchsorted(placements.template, np.arange(int(placements.template[-1]) + 2)) if len(starts) else [0]
    for template, (low, high) in enumerate(itertools.pairwise(bounds)):
        for a, b in itertools.combinations(range(low, high), 2):
            first.append(a)
            second.append(b)
            group.append(template)
    a, b = np.array(first[:matches], dtype=np.int64), np.array(second[:matches], dtype=np.int64)
    of_match = np.array(group[:matches], dtype=np.int32)
    order = np.lexsort((starts[b], starts[a]))
    a, b, of_match = a[order], b[order], of_match[order]
    matched = np.array(
        [int((placements.words[i] == placements.words[j]).sum()) for i, j in zip(a.tolist(), b.tolist(), strict=True)],
        dtype=np.int32,
    )
    bits = (matched * 7.5 - (lengths[a] - matched) * 4).astype(np.float32)
    found = Matches(
        starts[a],
        starts[a] + lengths[a],
        starts[b],
        starts[b] + lengths[b],
        matched,
        (matched / np.maximum(lengths[a], 1)).astype(np.float32),
        bits,
        float(len(tokens)) ** 2 * 2.0 ** -bits.astype(np.float64),
        (np.arange(len(bits)) % len(FOUND_BY)).astype(np.uint8),
        Paths.straight(starts[a], starts[b], matched.astype(np.int64)),
    )
    rows = np.lexsort((starts, placements.template))
    groups = Clusters(of_match, placements.template[rows].astype(np.int32), starts[rows], (starts + lengths)[rows])
    return found, groups


def _formulas(placements: _Placements, starts: NDArray[np.int64], tokens: Tokens) -> Formulas:
    bounds = np.searchsorted(placements.template, np.arange(int(placements.template[-1]) + 2)) if len(starts) else [0]
    phrases = [(FORMULA_TOKENS, sorted(starts[low:high].tolist())) for low, high in itertools.pairwise(bounds)]
    phrases.sort(key=lambda phrase: -len(phrase[1]))
    return _formulas_of(phrases, tokens)
