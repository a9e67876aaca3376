"""Whatever bytes a file holds: it is decoded, normalised and tokenised, or told; spans lie in it, in order.

`make fuzz` tries 120,000 inputs and 2,000 scans; the quick suite a few of them, CI others every day.
"""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

import reuse
from reuse.corpus.decode import NotTextError, decode, without_surrogates
from reuse.corpus.tokenise import tokenise
from reuse.corpus.tokens import Tokens
from reuse.errors import TextReuseError
from tests.corpus import fuzzed

COLUMNS = ("starts", "ends", "opens_sentence", "opens_part")


def check_spans(text: str, tokens: Tokens, document: int) -> None:
    own = slice(int(tokens.bounds[document]), int(tokens.bounds[document + 1]))
    starts, ends = tokens.starts[own], tokens.ends[own]
    assert (starts < ends).all()
    assert (ends[:-1] <= starts[1:]).all()
    assert not len(starts) or (starts[0] >= 0 and ends[-1] <= len(text))


def check_alone(text: str, tokens: Tokens, document: int) -> None:
    own = slice(int(tokens.bounds[document]), int(tokens.bounds[document + 1]))
    alone = tokenise([(text, None)])
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(alone, name), getattr(tokens, name)[own], err_msg=repr(text))
    for name in ("hashes", "classes"):
        ours, theirs = getattr(alone.vocabulary, name), getattr(tokens.vocabulary, name)
        np.testing.assert_array_equal(ours[alone.ids], theirs[tokens.ids[own]], err_msg=repr(text))


def decoded(source: random.Random) -> str | None:
    try:
        return decode(fuzzed.data(source)).text
    except NotTextError:
        return None


@pytest.mark.parametrize("inputs", [200, pytest.param(3_000, marks=[pytest.mark.slow, pytest.mark.timeout(7_200)])])
def test_any_bytes_become_tokens_or_are_told(inputs):
    source = random.Random(f"{inputs} {fuzzed.FUZZ_FROM}")
    for _ in range(int(inputs * fuzzed.FUZZ) // 10):
        texts = [text for _ in range(10) if (text := decoded(source)) is not None]
        tokens = tokenise((text, None) for text in texts)
        assert len(tokens) == tokens.vocabulary.counts.sum()
        for document, text in enumerate(texts):
            text.encode()  # no lone surrogate
            check_spans(text, tokens, document)
            check_alone(text, tokens, document)


def corpus(source: random.Random) -> list[str]:
    """A few texts that share passages, changed or not."""
    texts = [fuzzed.text(source) for _ in range(source.randint(1, 8))]
    for at, text in enumerate(texts):
        other = source.choice(texts)
        start = source.randrange(len(other) + 1)
        texts[at] = source.choice((text, text + other[start : start + source.choice((30, 300, 3_000))], other))
    return texts


@pytest.mark.parametrize("scans", [5, pytest.param(50, marks=[pytest.mark.slow, pytest.mark.timeout(7_200)])])
def test_any_texts_are_scanned(tmp_path, scans):
    source = random.Random(f"scans {scans} {fuzzed.FUZZ_FROM}")
    for _ in range(max(int(scans * fuzzed.FUZZ), 1)):
        texts = corpus(source)
        try:
            run = reuse.scan(texts=texts, out=tmp_path / "r.reuse")
        except TextReuseError:
            assert not any(text.strip() for text in texts)
            continue
        texts = [without_surrogates(text)[0] for text in texts]
        with run:
            for match in run.matches:
                check_match(match, texts)
            for row in run.table("concordance"):
                assert texts[int(row["doc"])][row["start"] : row["end"]]
            shares = run.table("documents", columns=["recycled", "shared", "repeated", "fresh", "tokens"])
            assert all(abs(sum(row.values()) - row["tokens"] - 1) < 1e-6 for row in shares.to_dicts() if row["tokens"])


def check_match(match: reuse.Match, texts: list[str]) -> None:
    for side in ("a", "b"):
        start, end = match[f"{side}_start"], match[f"{side}_end"]
        text = texts[int(match[side])]
        assert 0 <= start < end <= len(text)
        assert match[f"text_{side}"] == text[start:end]
    assert 0 < match["similarity"] <= 1
    assert match["matched_tokens"] <= min(match["tokens_a"], match["tokens_b"])
    assert (match["a"], match["a_start"]) <= (match["b"], match["b_start"]) or match["a"] != match["b"]


def test_seeds_give_the_same_bytes():
    first, second = ([fuzzed.data(random.Random(seed)) for seed in range(50)] for _ in range(2))
    assert first == second
    assert any(one != other for one, other in pairwise(first))
