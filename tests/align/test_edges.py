"""Edges at the phrase."""

from __future__ import annotations

import random

import pytest

from reuse.align.align import find_matches, find_regions
from reuse.corpus.tokenise import tokenise
from reuse.index.candidates import find_candidates
from reuse.index.pairing import Pairing
from reuse.options import AlignOptions, IndexOptions, RewordedOptions, ScoreOptions
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise

COPIED = (
    "Nobody shall quarry limestone beneath the northern lighthouse without asking every fisherman of the parish first."
)


def prose(seed: int) -> str:
    """Sentences of common words, *we* and *all* among them."""
    drawn = random.Random(seed)
    words = ["we", "all", *(f"w{number}" for number in range(60))]
    return " ".join(" ".join(drawn.choices(words, k=9)).capitalize() + "." for _ in range(40))


def passages(one: str, other: str) -> list[tuple[str, str]]:
    """The passages of the matches of two texts."""
    texts = [f"{prose(1)} {one} {prose(2)}", f"{prose(3)} {other} {prose(4)}"]
    tokens = tokenise((text, None) for text in texts)
    surprise = Surprise.of(tokens, ScoreOptions())
    floor = Floor.of(ScoreOptions(), float(len(tokens)) ** 2 / 2)
    anchors, _ = find_candidates(tokens, Pairing.of(tokens), IndexOptions())
    regions = find_regions(tokens, anchors, surprise, floor, AlignOptions())
    found, _ = find_matches(tokens, regions, surprise, floor, AlignOptions(), RewordedOptions(enabled=False))
    sides = ((found.a_start, found.a_end), (found.b_start, found.b_end))
    cut = [[text[tokens.starts[s] : tokens.ends[e - 1]] for s, e in zip(*side)] for side, text in zip(sides, texts)]  # noqa: B905
    return list(zip(*cut, strict=True))


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", "We {0}."), ("{0} all.", "")],
)
def test_what_says_next_to_nothing_beyond_a_sentence_is_no_part(before, behind):
    """The words at the braces differ."""
    one, other = (f"{before} {COPIED} {behind}".format(word) for word in ("yes", "no"))
    assert passages(one, other) == [(COPIED[:-1], COPIED[:-1])]


def test_words_without_which_a_match_would_not_be_kept_stay():
    one, other = (f"{word} all. {COPIED} We {word}." for word in ("yes", "no"))
    assert passages(one, other) == [(f"all. {COPIED} We",) * 2]


def test_what_says_something_stays():
    one, other = (f"{COPIED} Archbishops telegraphed {word}." for word in ("yes", "no"))
    assert passages(one, other) == [(f"{COPIED} Archbishops telegraphed",) * 2]


def test_a_short_sentence_that_both_have_stays():
    one, other = (f"{COPIED} We all. {word}." for word in ("Yes", "No"))
    assert passages(one, other) == [(f"{COPIED} We all",) * 2]


def test_nothing_is_lost_without_sentences():
    plain = COPIED.replace(".", "").lower()
    assert passages(f"all {plain} we yes", f"all {plain} we no") == [(f"all {plain} we",) * 2]
