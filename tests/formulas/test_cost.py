"""What formulas, families and frames cost: in proportion to the text and to the occurrences, never to their square."""

from __future__ import annotations

import math
import os
import random
import time
from functools import partial

import numpy as np
import pytest

from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.formulas.frames import find_frames
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.phrases import find_formulas
from reuse.formulas.variants import find_families
from reuse.score.background import Background

LEXICON = 20_000
PHRASES = 60
DOCUMENT = 300
PLANTED = 4
ROUNDS = 5


def dense(documents: int) -> Tokens:
    """Prose of a Zipfian lexicon in which each document has some of the same phrases, one word in ten changed."""
    generator = np.random.default_rng(5)
    chance = 1 / np.arange(3, LEXICON + 3)
    ids = generator.choice(LEXICON, documents * DOCUMENT, p=chance / chance.sum()).astype(np.int32)
    opens = np.zeros(len(ids), dtype=bool)
    opens[::20] = True
    phrases = [generator.integers(300, LEXICON, generator.integers(8, 16)) for _ in range(PHRASES)]
    for document in range(documents):
        for place, phrase in enumerate(generator.choice(PHRASES, PLANTED, replace=False).tolist()):
            start = document * DOCUMENT + 60 * place + 2
            kept = generator.random(len(phrases[phrase])) > 0.1
            ids[start : start + len(kept)][kept] = phrases[phrase][kept]
    counts = np.bincount(ids, minlength=LEXICON).astype(np.int64)
    hashes = np.arange(1, LEXICON + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    offsets = np.arange(len(ids), dtype=np.int32) * 2
    bounds = np.arange(documents + 1, dtype=np.int64) * DOCUMENT
    return Tokens(ids, offsets, offsets + 1, opens, bounds, Vocabulary(hashes, counts, np.zeros(LEXICON, np.int64)))


def least(works: list) -> list[float]:
    """CPU seconds of the quickest of some rounds of each work: what else the machine does only adds to it.

    The works take turns, so that a busy minute slows all of them.
    """
    taken = [math.inf] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            begin = os.times().user  # not the system's: whether memory is at hand depends on what ran before
            work()
            taken[number] = min(taken[number], os.times().user - begin)
    return taken


@pytest.mark.slow
def test_twice_the_text_takes_no_more_than_2_2_times_the_time():
    works, occurrences, phrases = [], [], []
    for documents in (2000, 8000):  # twice twice: the limits of the search act in steps
        tokens = dense(documents)
        background = Background.of(tokens)
        formulas = find_formulas(tokens, background)
        occurrences.append(len(formulas.positions))
        phrases.append(len(formulas))
        works += [
            partial(find_formulas, tokens, background),
            partial(find_families, tokens, formulas, str, background=background),
            partial(find_frames, tokens, background, formulas),
        ]
    taken = np.array(least(works)).reshape(2, 3)
    # The text is four times as long; the occurrences that it has are no more than that, the phrases are.
    assert occurrences[1] <= 4 * occurrences[0]
    assert taken[1].sum() <= 2.2**2 * taken[0].sum(), taken
    each = max(4, phrases[1] / phrases[0]) ** np.log2(2.2)  # families follow the phrases
    # What takes hundredths of a second depends on what fits into the processor's cache.
    assert (taken[1] <= 1.4 * each * taken[0] + 0.02).all(), taken


@pytest.mark.slow
def test_twice_the_changed_phrases_take_no_more_than_2_2_times_the_time(corpus):
    """Each document has each phrase and a form of it with one word changed: families of two without end."""

    def work(size):
        generator = random.Random(1)
        lexicon = [f"w{i}" for i in range(3000)]
        heads = [generator.choices(lexicon, k=7) for _ in range(size)]
        documents = []
        for _ in range(4):
            document = []
            for head in heads:
                form = list(head)
                form[generator.randrange(7)] = generator.choice(lexicon)
                document += [head, form]
            documents.append(document)
        tokens, words = corpus(documents)
        background = Background.of(tokens)
        return partial(find_families, tokens, find_ngrams(tokens, background), words, background=background)

    once, twice = least([work(4000), work(8000)])
    assert twice <= 2.2 * once + 0.05


@pytest.mark.parametrize(
    "words", [["a", "b"], ["ha"], ["we", "will", "win", "and", "we", "will", "fight", "for", "we"]]
)
def test_endless_repetition_costs_what_its_occurrences_do(corpus, words):
    tokens, spelt = corpus([[words * (600 // len(words))]] * 2)
    background = Background.of(tokens)
    formulas = find_formulas(tokens, background)
    occurrences = len(formulas.positions)
    begin = time.process_time()
    find_families(tokens, formulas, spelt, background=background)
    find_frames(tokens, background, formulas)
    assert time.process_time() - begin < 1 + occurrences * 4e-6
