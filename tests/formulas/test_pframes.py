"""All p-frames against a count by dictionary that shares no code with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.formulas.pframes import find_pframes

SENTENCES = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=11), max_size=4)


def brute_force(documents, lengths, min_fillers, min_documents):
    fillers, where = defaultdict(Counter), defaultdict(set)
    for number, document in enumerate(documents):
        for sentence in document:
            for length in range(lengths[0], lengths[1] + 1):
                for start in range(len(sentence) - length + 1):
                    run = sentence[start : start + length]
                    for slot in range(1, length - 1):
                        frame = (*run[:slot], None, *run[slot + 1 :])
                        fillers[frame][run[slot]] += 1
                        where[frame].add(number)
    found = {}
    for frame, counts in fillers.items():
        if len(counts) >= min_fillers and len(where[frame]) >= min_documents:
            tf = counts.total()
            entropy = -sum(times / tf * log2(times / tf) for times in counts.values())
            found[frame] = (len(where[frame]), tf, len(counts), pytest.approx(entropy))
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=4), st.integers(2, 3), st.integers(1, 2))
def test_equals_brute_force(corpus, documents, min_fillers, min_documents):
    documents = [[sentence for sentence in document if no_repetition(sentence)] for document in documents]
    tokens, words = corpus(documents)
    frames = find_pframes(tokens, (3, 5), min_fillers, min_documents)
    found = {}
    for row in range(len(frames)):
        places = frames.positions[frames.bounds[row] : frames.bounds[row + 1]].tolist()
        slot, length = int(frames.slot[row]), int(frames.tokens[row])
        runs = [[words[word] for word in tokens.ids[at : at + length].tolist()] for at in places]
        (frame,) = {(*run[:slot], None, *run[slot + 1 :]) for run in runs}
        found[frame] = (int(frames.df[row]), len(places), int(frames.fillers[row]), float(frames.entropy[row]))
    assert found == brute_force(documents, (3, 5), min_fillers, min_documents)


def no_repetition(sentence):
    """What is said over and over is part of no frame; see `sequences`."""
    return all(len(set(sentence[at : at + 6])) > 1 for at in range(len(sentence) - 5))
