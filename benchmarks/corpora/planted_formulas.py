"""Formulas by construction: families of near forms and frames with a slot, planted in text that has none.

The text is words of State of the Union messages in random order, in sentences: two words stand together, or near each
other, by chance alone, so that whatever else is found is wrong. A form is a run of words of generated prose, so it is
made of content words and words of the grammar as real ones are:

family ── head ── one or two words changed, inserted or left out, for each further form
frame  ── left part ── slot, filled by one of the fillers ── right part

Each form stands in so many documents, each time within a sentence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.corpora import prose
from benchmarks.corpora.model import prose_model

FORMS = (2, 5)
"""Fewest and most forms of an item."""
LEAST, MOST = 2, 200
"""Documents that have a form; few forms are widespread, as in real texts."""
DOCUMENT_WORDS = 1500
SENTENCE = 16
"""Words of a sentence, without what is planted in it."""
SPARE = 900
"""Words of further prose an item that forms are taken from."""


@dataclass(frozen=True, slots=True)
class Item:
    """What was planted.

    Attributes:
        kind: family or frame.
        forms: The words of each form, in lower case.
        left, right: Words before and behind the slot of a frame; 0 for a family.
    """

    kind: str
    forms: tuple[tuple[str, ...], ...]
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a form stands: item and form by number, document by number, half-open span in code points."""

    item: int
    form: int
    document: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlantedFormulas:
    """A corpus and what was planted in it."""

    texts: list[str]
    items: list[Item]
    occurrences: list[Occurrence]


def planted_formulas(megabytes: float = 10.0, items: int = 500, seed: int = 1) -> PlantedFormulas:
    """Make a corpus of about that size with half as many families as items, and as many frames."""
    source = random.Random(seed)
    documents = max(MOST, round(megabytes * 1e6 / (6 * DOCUMENT_WORDS)))
    model = prose_model()
    words = [word for _, text in prose.speeches() for word in re.findall(r"[^\W\d_]+", text.lower())]
    spare = _runs(" ".join(model.documents([SPARE * items], seed + 1)), source)
    planted = [_family(spare, source) if number % 2 else _frame(spare, source) for number in range(items)]
    places: list[list[tuple[int, int]]] = [[] for _ in range(documents)]
    for number, item in enumerate(planted):
        for form in range(len(item.forms)):
            wanted = round(LEAST * (MOST / LEAST) ** (source.random() ** 2))
            for document in source.sample(range(documents), min(wanted, documents)):
                places[document].append((number, form))
    texts, occurrences = [], []
    for document, planted_here in enumerate(places):
        text, spans = _written(words, [planted[item].forms[form] for item, form in planted_here], source)
        texts.append(text)
        occurrences += [
            Occurrence(item, form, document, *span) for (item, form), span in zip(planted_here, spans, strict=True)
        ]
    return PlantedFormulas(texts, planted, occurrences)


def _runs(text: str, source: random.Random) -> Iterator[list[str]]:
    """Runs of 14 words of single sentences, no word in the text's order twice."""
    found = []
    for sentence in re.split(r"[.?!;:,]\s+|\n", text):
        words = re.findall(r"[a-z]{2,}", sentence.lower())
        found += [words[at : at + 14] for at in range(0, len(words) - 13, 14)]
    source.shuffle(found)
    return iter(found)


def _content(words: list[str]) -> int:
    return sum(len(word) > 4 for word in words)


def _head(spare: Iterator[list[str]], words: int, content: int) -> list[str]:
    """A run of so many words that has so many long ones."""
    return next(run[:words] for run in spare if _content(run[:words]) >= content and run[0] != run[1])


def _family(spare: Iterator[list[str]], source: random.Random) -> Item:
    """A head and forms of it that differ from it in one word, or two in a long one."""
    head = _head(spare, source.randint(6, 11), 4)
    others = next(spare)
    forms = {tuple(head)}
    wanted = source.randint(*FORMS)
    while len(forms) < wanted:
        form = list(head)
        for _ in range(source.randint(1, 2 if len(head) > 7 else 1)):
            place = source.randrange(1, len(form) - 1)
            change = source.randrange(3)
            if change == 0:
                form[place] = source.choice(others)
            elif change == 1:
                form.insert(place, source.choice(others))
            else:
                del form[place]
        forms.add(tuple(form))
    return Item("family", (tuple(head), *sorted(forms - {tuple(head)})))


def _frame(spare: Iterator[list[str]], source: random.Random) -> Item:
    """Two parts of two to four words with a slot of one to three words."""
    left = _head(spare, source.randint(2, 4), 1)
    right = _head(spare, source.randint(2, 4), 1)
    fillers: list[list[str]] = []
    wanted = source.randint(*FORMS)
    while len(fillers) < wanted:
        filler = next(spare)[: source.randint(1, 3)]
        ends = {word for other in fillers for word in (other[0], other[-1])}
        if not {filler[0], filler[-1]} & (ends | {left[-1], right[0]}):  # or the border would be elsewhere
            fillers.append(filler)
    return Item("frame", tuple((*left, *filler, *right) for filler in fillers), len(left), len(right))


def _written(
    words: list[str], forms: list[tuple[str, ...]], source: random.Random
) -> tuple[str, list[tuple[int, int]]]:
    """A document of random sentences, with each form inside one of them, and where the forms stand."""
    sentences = round(DOCUMENT_WORDS / SENTENCE)
    where = source.sample(range(max(sentences, len(forms))), len(forms))
    form_of = dict(zip(where, range(len(forms)), strict=True))
    spans: list[tuple[int, int]] = [(0, 0)] * len(forms)
    parts: list[str] = []
    length = 0
    for number in range(max(sentences, len(forms))):
        around = source.choices(words, k=source.randint(SENTENCE // 2, SENTENCE * 3 // 2))
        sentence = " ".join(around) + ". "
        if number in form_of:
            cut = source.randint(1, len(around) - 1)
            before, said = " ".join(around[:cut]) + " ", " ".join(forms[form_of[number]])
            spans[form_of[number]] = (length + len(before), length + len(before) + len(said))
            sentence = before + said + " " + " ".join(around[cut:]) + ". "
        parts.append(sentence.capitalize())
        length += len(sentence)
    return "".join(parts), spans
