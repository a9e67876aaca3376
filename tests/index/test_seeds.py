"""Anchors against a plain join of shingles by dictionary, and who is compared with whom."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.errors import OptionsError
from reuse.index.pairing import Pairing
from reuse.index.seeds import find_anchors
from reuse.options import IndexOptions, ScanOptions

Pairs = list[tuple[int, int]]

TEXTS = st.lists(st.lists(st.sampled_from("abc"), max_size=25).map(" ".join), min_size=1, max_size=5)
OPTIONS = st.builds(
    lambda shingle, longer, cap, representatives: IndexOptions(
        shingle=shingle, longest_seed=shingle + longer, cap=cap, representatives=representatives
    ),
    st.integers(1, 3),
    st.integers(0, 4),
    st.integers(2, 5),
    st.integers(1, 3),
)


def affordable(sizes: list[int], options: IndexOptions, tokens: int) -> int:
    """The largest cap, up to the option's, at which all pairs are no more than the corpus may have."""
    most = getattr(options, "anchors", inf) * tokens
    caps = range(1, options.cap + 1)
    return max((cap for cap in caps if sum(comb(size, 2) for size in sizes if size <= cap) <= most), default=1)


def plain_anchors(tokens: Tokens, group: list[int] | None, options: IndexOptions) -> list[tuple[int, Pairs, list[int]]]:
    """(size, pairs, positions too frequent) for each shingle size, by dictionary."""
    document = [number for number in range(tokens.documents) for _ in range(*tokens.bounds[number : number + 2])]
    ends = tokens.bounds.tolist()
    positions = list(range(len(tokens)))
    found = []
    for size in range(options.shingle, options.longest_seed + 1):
        positions = [position for position in positions if position + size <= ends[document[position] + 1]]
        if len(positions) < 2 and found:
            return found
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for position in positions:
            groups[tuple(tokens.ids[position : position + size].tolist())].append(position)
        cap = affordable([len(members) for members in groups.values()], options, len(tokens))
        pairs: Pairs = []
        frequent: list[int] = []
        for members in groups.values():
            if len(members) <= cap:
                pairs += combinations(members, 2)
            else:
                frequent += members
                if size == options.longest_seed:
                    hubs = members[: options.representatives]
                    pairs += [(hub, member) for member in members for hub in hubs if hub < member]
        compared = [(a, b) for a, b in pairs if group is None or group[document[a]] != group[document[b]]]
        found.append((size, sorted(compared), sorted(frequent)))
        positions = sorted(frequent)
    return found


@given(TEXTS, OPTIONS, st.data())
@settings(max_examples=150)
def test_anchors_equal_a_plain_join(texts, options, data):
    tokens = tokenise((text, None) for text in texts)
    groups = st.lists(st.integers(0, 2), min_size=len(texts), max_size=len(texts))
    group = data.draw(st.none() | groups)
    pairing = Pairing.of(tokens, None if group is None else np.array(group, dtype=np.int32))
    found = []
    for size, (anchors, frequent) in enumerate(find_anchors(tokens, pairing, options), start=options.shingle):
        assert all(part.size == size for part in anchors)
        each = [part.each() for part in anchors]
        pairs = sorted(pair for part in each for pair in zip(part.a.tolist(), part.b.tolist(), strict=True))
        assert all(a < b for a, b in pairs)
        assert len(pairs) == len(set(pairs))
        found.append((size, pairs, frequent.tolist()))
    assert found == plain_anchors(tokens, group, options)


def test_seeds_longer_than_an_anchor_can_say_are_refused():
    with pytest.raises(OptionsError, match="longest_seed must be at most 8, not 9"):
        ScanOptions(index=IndexOptions(longest_seed=9))


@pytest.mark.parametrize("copies", [100, 200, 400])
def test_anchors_grow_with_occurrences_not_with_their_square(copies):
    phrase = "the dignity and prestige of the great party with his outstanding and energetic leadership"
    tokens = tokenise((f"{phrase} {number} {number + copies}", None) for number in range(copies))
    options = IndexOptions()
    anchors = sum(len(part) for found, _ in find_anchors(tokens, Pairing.of(tokens), options) for part in found)
    places = len(phrase.split()) * copies
    assert anchors <= places * max(options.representatives, (options.cap - 1) / 2)


@pytest.mark.parametrize("words", [20, 255, 600])
@pytest.mark.parametrize("copies", [3, 40])
def test_text_that_many_documents_share_is_paired_once_not_for_each_of_its_shingles(words, copies):
    shared = " ".join(f"w{number}" for number in range(words))
    tokens = tokenise((f"own{number} {shared} other{number}", None) for number in range(copies))
    options = IndexOptions(anchors=1e9)
    found = [part for parts, _ in find_anchors(tokens, Pairing.of(tokens), options) for part in parts]
    partners = comb(copies, 2) if copies <= options.cap else sum(range(copies - options.representatives, copies))
    shingle = options.shingle if copies <= options.cap else options.longest_seed
    shingles = words - shingle + 1
    assert sum(len(part) for part in found) == partners * -(-shingles // 255)
    assert sum(len(part.each()) for part in found) == partners * shingles


@given(TEXTS, st.data())
def test_token_pairs_are_those_that_are_compared(texts, data):
    tokens = tokenise((text, None) for text in texts)
    group = data.draw(st.lists(st.integers(0, 2), min_size=len(texts), max_size=len(texts)))
    pairing = Pairing.of(tokens, np.array(group, dtype=np.int32))
    a, b = np.triu_indices(len(tokens), k=1)
    everything = np.ones(len(tokens), dtype=bool)
    assert len(pairing.filter(a, b)[0]) == pairing.token_pairs(everything)
    assert Pairing.of(tokens).token_pairs(everything) == len(tokens) ** 2 / 2
    assert Pairing.of(tokens).token_pairs(~everything) == 0
