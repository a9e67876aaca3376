"""Frames: planted ones are found with their borders, chance neighbours are not, the seeds' are there."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.formulas import slots as slots_module
from reuse.formulas.frames import Frames, find_frames
from reuse.formulas.ngrams import find_ngrams
from reuse.score.background import Background
from reuse.work.workers import Workers

SEEDS = Path(__file__).parents[2] / "seeds"


def frames_of(corpus, documents):
    """{pattern: (df, tf, fillers of each slot)} of a corpus."""
    tokens, words = corpus(documents)
    background = Background.of(tokens)
    frames = find_frames(tokens, background, find_ngrams(tokens, background))

    def text(start, end):
        return " ".join(words[i] for i in tokens.ids[start:end])

    found = {}
    for number in range(len(frames)):
        shape = frames.parts(number)
        places = frames.occurrences(number)
        patterns = {
            " … ".join(text(place, place + count) for place, count in zip(row, shape, strict=True)).strip()
            for row in places
        }
        assert len(patterns) == 1
        slots = [Counter(text(a, b) for a, b in zip(*slot, strict=True)) for slot in frames.slots(number)]
        sentence = np.cumsum(tokens.opens_sentence)
        last = places[:, -1] + max(int(shape[-1]), 0) - 1
        assert (sentence[places[:, 0]] == sentence[last]).all()
        found[patterns.pop()] = (int(frames.df[number]), int(frames.tf[number]), slots)
    return found


def planted(frames, documents, *, words=300, most=20):
    """Prose of a Zipfian lexicon with frames in it, and the truth: {pattern: set of fillers}."""
    generator = random.Random(3)
    lexicon = [f"w{i}" for i in range(8000)]
    cumulative = np.cumsum([1 / (i + 3) for i in range(8000)]).tolist()

    def prose(count):
        return generator.choices(lexicon, cum_weights=cumulative, k=count)

    corpus = [[prose(generator.randint(8, 30)) for _ in range(words // 19)] for _ in range(documents)]
    truth = {}
    rare = lexicon[200:]
    for _ in range(frames):
        left = generator.choices(rare, k=generator.randint(2, 4))
        right = generator.choices(rare, k=generator.randint(2, 4))
        fillers = [generator.choices(rare, k=generator.randint(1, 3)) for _ in range(generator.randint(2, 5))]
        used = Counter()
        for document in generator.sample(corpus, generator.randint(3, most)):
            filler = generator.choice(fillers)
            document.append([*prose(6), *left, *filler, *right, *prose(6)])
            used[" ".join(filler)] += 1
        if len(used) > 1:
            truth[" ".join(left) + " … " + " ".join(right)] = used
    for document in corpus:
        generator.shuffle(document)
    return corpus, truth


def test_planted_frames_are_found_with_their_borders_and_fillers(corpus):
    documents, truth = planted(frames=100, documents=150)
    found = frames_of(corpus, documents)
    right = [pattern for pattern, used in truth.items() if pattern in found and found[pattern][2] == [used]]
    assert len(right) >= 0.95 * len(truth)
    assert len(set(found) - set(truth)) <= 0.03 * len(found)


def test_plain_prose_has_no_frames(corpus):
    documents, _ = planted(frames=0, documents=150)
    assert len(frames_of(corpus, documents)) <= 2


def test_long_slots_and_several_slots(corpus):
    generator = random.Random(2)
    documents, _ = planted(frames=0, documents=60)
    for document in documents[:30]:
        opening = generator.choice(["saying", "noting", "stressing"])
        verb = generator.choice(["stressed", "said", "added"])
        free = [f"f{generator.randrange(500)}" for _ in range(generator.randint(6, 14))]
        more = [f"g{generator.randrange(500)}" for _ in range(5)]
        document.append([opening, "that", *free, "he", verb, "that", *more])
        document.append(
            [
                "the",
                "great",
                generator.choice(["red", "blue"]),
                "banner",
                "of",
                generator.choice(["our", "the"]),
                "immortal",
                "cause",
            ]
        )
    found = frames_of(corpus, documents)
    reporting = found["… that … he … that"]
    assert reporting[1] == 30
    assert set(reporting[2][0]) == {"saying", "noting", "stressing"}
    assert set(reporting[2][2]) == {"stressed", "said", "added"}
    assert set(found["the great … banner of … immortal cause"][2][0]) == {"red", "blue"}


def test_left_out_words_are_fillers(corpus):
    documents, _ = planted(frames=0, documents=40)
    for number, document in enumerate(documents[:12]):
        document.append(
            [f"x{number}", "closely", "bound", *(["with", "the"] if number % 2 else []), "bonds", "of", "kin"]
        )
    assert frames_of(corpus, documents)["closely bound … bonds of kin"][2] == [Counter({"": 6, "with the": 6})]


def test_frames_of_the_seeds(corpus):
    documents = [
        [
            words
            for sentence in re.split(r"(?<=[.?])\s+", re.sub(r"\s*\n\s*", " ", path.read_text(encoding="utf-8")))
            if (words := re.findall(r"[\w'-]+", sentence.casefold().replace("’", "'").replace("**", "")))
        ]
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    found = frames_of(corpus, documents)
    assert found["healthy and … ones closely knitted in the bonds of kinship"][2] == [{"viable": 2, "vibrant": 1}]
    assert found["the respected … kim jong un"][2][0].keys() == {"comrade", "general secretary"}
    assert found["… cheers of hurrah"][2] == [{"thunderous": 2, "stormy": 2}]
    reporting = found["… that … he … that"][2]
    assert {"saying", "noting", "stressing"} <= reporting[0].keys()
    assert {"said", "stressed", "added"} <= reporting[2].keys()


def test_nothing_to_find(corpus):
    for documents in ([[]], [[["one"]]], [[["one", "two", "three"]]] * 2):
        assert frames_of(corpus, documents) == {}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), max_size=6), min_size=1, max_size=5
    )
)
def test_laws(corpus, documents):
    # frames_of checks that all occurrences have the words of the pattern and lie in one sentence
    for df, tf, slots in frames_of(corpus, documents * 2).values():
        assert 2 <= df <= tf
        assert tf >= 3
        assert slots
        assert all(len(slot) > 1 and sum(slot.values()) == tf for slot in slots)


@pytest.mark.slow
def test_five_hundred_planted_frames(corpus):
    documents, truth = planted(frames=500, documents=1500, words=1100, most=200)
    found = frames_of(corpus, documents)
    right = [pattern for pattern, used in truth.items() if pattern in found and found[pattern][2] == [used]]
    assert len(right) >= 0.95 * len(truth)
    assert len(set(found) - set(truth)) <= 0.03 * len(found)


def test_threads_find_the_same_frames(corpus, monkeypatch):
    monkeypatch.setattr(slots_module, "BATCH", 20_000)  # so that there are many lots
    documents, _ = planted(frames=30, documents=60)
    tokens, _ = corpus(documents)
    background = Background.of(tokens)
    formulas = find_ngrams(tokens, background)
    alone, together = (find_frames(tokens, background, formulas, workers=Workers(count)) for count in (1, 3))
    assert len(alone) > 15
    for column in fields(Frames):
        assert np.array_equal(getattr(alone, column.name), getattr(together, column.name)), column.name
