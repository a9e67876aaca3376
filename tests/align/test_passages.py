"""What becomes one passage: a digest does, quotations that stand apart do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.align.matches import ALIGNED, CONDENSED, CONFIRMED, REWORDED
from reuse.align.passages import _bits_of, _named
from reuse.align.rectangles import Passages
from reuse.align.reworded import find_reworded
from reuse.corpus.tokenise import tokenise
from reuse.options import RewordedOptions, ScoreOptions
from reuse.score.significance import linked_bits
from reuse.score.surprise import Surprise
from tests.clusters.test_clusters import matches_of
from tests.prose import Prose

ORIGIN, PART, APART = 1200, 20, 220


def _found(folder: Path, host: list[str], *others: list[str]) -> list[str]:
    """How each match of a corpus was found."""
    (folder / "texts").mkdir()
    for number, text in enumerate([host, *others]):
        (folder / "texts" / f"{number:02}.txt").write_text(" ".join(text), encoding="utf-8")
    with reuse.scan([folder / "texts"], folder / "out.reuse") as run:
        return [row["found_by"] for row in run.matches]


@pytest.mark.parametrize("between", [0, 4])
def test_a_digest_of_a_document_is_one_condensed_passage(tmp_path: Path, between: int) -> None:
    prose = Prose(1)
    origin = prose.words(ORIGIN)
    digest = [
        word for start in range(20, ORIGIN, APART) for word in [*origin[start : start + PART], *prose.words(between)]
    ]
    host = [*prose.words(600), *digest, *prose.words(600)]
    assert _found(tmp_path, host, origin, *(prose.words(600) for _ in range(10))) == ["condensed"]


def test_quotations_with_a_sentence_between_them_are_no_digest(tmp_path: Path) -> None:
    prose = Prose(1)
    origin = prose.words(ORIGIN)
    parts = [origin[start : start + PART] for start in range(20, ORIGIN, APART)]
    host = [*prose.words(600), *(word for part in parts for word in [*part, *prose.words(20)]), *prose.words(600)]
    found = _found(tmp_path, host, origin, *(prose.words(600) for _ in range(10)))
    assert "condensed" not in found
    assert len(found) == len(parts)


def test_paragraphs_put_together_anew_are_no_digest(tmp_path: Path) -> None:
    """As where the sections of a law stand in another order in a later one, with others between them in the first."""
    prose = Prose(1)
    sections = [prose.words(250) for _ in range(5)]
    origin = [word for section in sections for word in [*section, *prose.words(900)]]
    host = [
        *prose.words(3_000),
        *(word for number in (2, 0, 4, 1, 3) for word in sections[number]),
        *prose.words(3_000),
    ]
    found = _found(tmp_path, host, origin, *(prose.words(600) for _ in range(10)))
    assert "condensed" not in found
    assert len(found) == len(sections)


def test_one_quotation_is_no_digest(tmp_path: Path) -> None:
    prose = Prose(1)
    origin = prose.words(ORIGIN)
    host = [*prose.words(600), *origin[200:280], *prose.words(600)]
    assert "condensed" not in _found(tmp_path, host, origin, *(prose.words(600) for _ in range(10)))


def test_words_in_another_order_say_more_than_a_shared_phrase() -> None:
    prose = Prose(2)
    phrase = list(dict.fromkeys(prose.words(400)))[-60:]
    shuffled = phrase[::-1]
    filler = [" ".join(prose.words(300)) for _ in range(4)]
    bits = []
    for copy in (phrase, shuffled):
        texts = [f"{filler[0]} {' '.join(phrase)} {filler[1]}", f"{filler[2]} {' '.join(copy)} {filler[3]}"]
        tokens = tokenise((text, None) for text in texts)
        a, end_a, b, end_b = np.array([[310], [320], [670], [680]])
        around = Passages(a, end_a, b, end_b, np.ones(1, dtype=np.float32))
        surprise, options = Surprise.of(tokens, ScoreOptions()), RewordedOptions(min_bits=20)
        loose, _ = find_reworded(tokens.ids, surprise, around, around, tokens.bounds, options)
        bits.append(float(loose.bits.max()))
    assert 0 < bits[0] < 0.5 * bits[1]


def test_a_word_that_may_be_paired_in_several_ways_says_less() -> None:
    prose = Prose(3)
    phrase = list(dict.fromkeys(prose.words(400)))[-40:]
    filler = [prose.words(100) for _ in range(3)]
    bits = []
    for near, elsewhere in (([], phrase[::2]), (phrase[::2], [])):
        texts = [[*phrase, *filler[0], *near], [*phrase[::-1], *filler[1]], [*filler[2], *elsewhere]]
        tokens = tokenise((" ".join(words), None) for words in texts)
        a, end_a, b, end_b = (np.array([place]) for place in (0, 5, tokens.bounds[1], tokens.bounds[1] + 5))
        around = Passages(a, end_a, b, end_b, np.ones(1, dtype=np.float32))
        surprise, options = Surprise.of(tokens, ScoreOptions()), RewordedOptions(min_bits=20)
        loose, _ = find_reworded(tokens.ids, surprise, around, around, tokens.bounds, options)
        bits.append(float(loose.bits.max()))
    # Twenty words, each of which two pairs of occurrences might stand for.
    assert bits[0] - bits[1] == pytest.approx(20, abs=2)


def test_what_has_most_of_its_words_in_order_is_not_called_reworded() -> None:
    found = matches_of([(0, 40, 100, 140)] * 5)
    similarity, found_by = (0.3, 0.7, 0.98, 0.98, 0.98), (REWORDED, REWORDED, REWORDED, ALIGNED, CONDENSED)
    found = replace(found, similarity=np.array(similarity), found_by=np.array(found_by, dtype=np.uint8))
    assert _named(found).found_by.tolist() == [REWORDED, CONFIRMED, CONFIRMED, ALIGNED, CONDENSED]


def test_what_is_copied_for_the_most_part_is_not_condensed(tmp_path: Path) -> None:
    """A host that has a digest of the origin, and most of it word for word further on."""
    prose = Prose(1)
    origin = prose.words(ORIGIN)
    digest = [word for start in range(20, ORIGIN, APART) for word in origin[start : start + PART]]
    others = [prose.words(600) for _ in range(10)]
    found = []
    for share in (0, 2 / 3):
        host = [*prose.words(2_500), *digest, *prose.words(1_000), *origin[: int(share * ORIGIN)], *prose.words(2_500)]
        (tmp_path / f"{share:.0%}").mkdir()
        found.append(_found(tmp_path / f"{share:.0%}", host, origin, *others))
    assert found[0] == ["condensed"]
    assert "condensed" not in found[1]


SIDE = 40
"""Tokens of either document."""

MATCH = st.tuples(st.integers(0, SIDE - 9), st.integers(0, SIDE - 9), st.integers(1, 9))
PASSAGE = st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(5, 15), st.integers(5, 15))


@given(
    st.lists(st.sampled_from("abcd"), min_size=2 * SIDE, max_size=2 * SIDE),
    st.lists(st.tuples(MATCH, st.floats(0.1, 1)), min_size=1, max_size=6),
    st.lists(st.tuples(PASSAGE, st.floats(0, 20)), min_size=1, max_size=3),
)
def test_bits_of_passages_are_those_of_a_plain_count(words, drawn, passages):
    """Each word at the most that it says, and no more than the matches say together; matches say no more than words."""
    tokens = tokenise((" ".join(part), None) for part in (words[:SIDE], words[SIDE:]))
    surprise = Surprise.of(tokens, ScoreOptions())
    strict = matches_of([(a, a + size, SIDE + b, SIDE + b + size) for (a, b, size), _ in drawn])
    said = []
    for number, (match, share) in enumerate(drawn):
        a = np.arange(match[0], match[0] + match[2])
        said.append(surprise.of_aligned(a, SIDE + match[1] + a - a[0], a == a[0]))
        strict.bits[number] = share * said[-1].sum()
    spans = np.array([(a, a + length, SIDE + b, SIDE + b + other) for (a, b, length, other), _ in passages]).T
    least = np.array([bits for _, bits in passages])
    columns = Passages(*spans, np.zeros(len(passages), dtype=np.float32))
    found = _bits_of(columns, strict, tokens.bounds, surprise, least)
    for number, (a_start, a_end, b_start, b_end) in enumerate(spans.T.tolist()):
        bits, most = [], ({}, {})
        for (a, b, size), own in zip((match for match, _ in drawn), strict.bits.tolist(), strict=True):
            inside = [at for at in range(size) if a_start <= a + at < a_end and b_start <= SIDE + b + at < b_end]
            if inside:
                bits.append(own * len(inside) / size)
                at = np.array(inside)
                words_say = surprise.of_aligned(a + at, SIDE + b + at, at == at[0])
                for side, place in zip(most, (a, b), strict=True):
                    for here, word in zip(inside, words_say.tolist(), strict=True):
                        side[place + here] = max(side.get(place + here, 0.0), word)
        area = np.array([(a_end - a_start) * (b_end - b_start)], dtype=np.float64)
        total = float(linked_bits(np.array(bits), np.zeros(len(bits), dtype=np.int64), area)[0])
        plain = min(total, *(sum(side.values()) for side in most))
        assert found[number] == pytest.approx(plain, rel=1e-5, abs=1e-5) or plain <= total <= least[number]
