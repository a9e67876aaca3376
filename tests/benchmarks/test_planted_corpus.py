"""Planted corpora: the truth is true, the same seed gives the same corpus, and the score means what it says."""

import itertools
import json
import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cli import main
from benchmarks.corpora import prose
from benchmarks.corpora.changes import LEVELS, Level, change
from benchmarks.corpora.model import ProseModel, prose_model
from benchmarks.corpora.planted import PlantedCorpus, plant, read_planted, word_spans, write_planted
from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs
from benchmarks.quality.planted import is_natural, score_planted

SPEECHES = [
    (
        f"speech-{number}",
        "\n\n".join(
            f"The {number}th message says that {word} matters. In year {number * 7 + at} nobody counted {word} twice!"
            for at, word in enumerate(("peace", "trade", "grain", "iron", "law", "order", "schools", "roads") * 6)
        ),
    )
    for number in range(30)
]
WORDS = ["alpha", "beta", "gamma", "delta"]


@pytest.fixture(scope="module", autouse=True)
def small_base():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "speeches", lambda: iter(SPEECHES))
        prose_model.cache_clear()
        yield
        prose_model.cache_clear()


@pytest.fixture
def corpus(tmp_path):
    return write_planted(tmp_path / "corpus", 0.05, real=True, share=0.3)


def text_of(corpus, name):
    with (corpus.texts / name).open(encoding="utf-8", newline="") as file:
        return file.read()


def test_truth_cuts_out_the_copies(corpus):
    copied = [case for case in corpus.cases if case.level == "none"]
    assert copied
    for case in copied:
        source = text_of(corpus, case.a)[case.a_start : case.a_end]
        assert source == text_of(corpus, case.b)[case.b_start : case.b_end]
        assert len(source.split()) == case.words


def test_every_level_is_planted(corpus):
    assert {case.level for case in corpus.cases} == set(LEVELS)


def test_no_two_passages_overlap(corpus):
    spans = [(c.a, c.a_start, c.a_end) for c in corpus.cases] + [(c.b, c.b_start, c.b_end) for c in corpus.cases]
    spans.sort()
    assert all(left[0] != right[0] or left[2] <= right[1] for left, right in itertools.pairwise(spans))


def test_the_base_text_is_kept(corpus):
    for name, base in SPEECHES[:20]:
        path = corpus.texts / f"{name}.txt"
        if path.exists():
            text = text_of(corpus, path.name)
            for case in sorted((c for c in corpus.cases if c.b == path.name), key=lambda c: -c.b_start):
                text = text[: case.b_start] + text[case.b_end :]
            assert text.split() == base.split()


def test_the_same_seed_gives_the_same_corpus(corpus, tmp_path):
    again = write_planted(tmp_path / "again", 0.05, real=True, share=0.3)
    other = write_planted(tmp_path / "other", 0.05, real=True, share=0.3, seed=2)
    assert again.cases == corpus.cases == read_planted(corpus.folder).cases
    assert other.cases != corpus.cases
    assert all(path.read_bytes() == (corpus.texts / path.name).read_bytes() for path in again.texts.iterdir())


def test_generated_prose_is_planted_too(tmp_path):
    corpus = write_planted(tmp_path / "corpus", 0.1, real=False, document_words=300)
    assert corpus.cases
    case = corpus.cases[0]
    assert case.words == len(text_of(corpus, case.a)[case.a_start : case.a_end].split())


def test_too_little_real_prose(tmp_path):
    with pytest.raises(BenchmarkError, match=r"only .* MB of real prose"):
        write_planted(tmp_path / "corpus", 5, real=True)


@given(st.integers(15, 120), st.integers(0, 99))
def test_as_many_words_change_as_the_level_says(length, seed):
    words = [f"w{number}" for number in range(length)]
    copy = change(" ".join(words), Level(words=(0.2, 0.2)), ["new"], random.Random(seed)).split()
    lost = set(words) - set(copy)
    assert len(lost) + max(copy.count("new") - len(lost), 0) <= round(0.2 * length)
    assert copy.count("new") + len(lost) >= round(0.2 * length)
    assert [word for word in copy if word != "new"] == [word for word in words if word not in lost]


@given(st.integers(2, 60), st.integers(0, 99))
def test_reordering_loses_no_word(length, seed):
    words = [f"w{number}" for number in range(length)]
    copy = change(" ".join(words), Level(reordered=0.3), ["new"], random.Random(seed)).split()
    assert sorted(copy) == sorted(words)
    assert length < 4 or copy != words or length < 10


def test_misreading_hits_the_stated_share():
    passage = "the milling of corn in all the land " * 50
    copy = change(passage, Level(characters=0.05), WORDS, random.Random(1))
    kept = sum(a == b for a, b in zip(passage, copy, strict=False))
    assert copy != passage
    assert abs(len(copy) - len(passage)) < 0.05 * len(passage)
    assert kept > 5


def rows(corpus):
    return [(c.a, c.a_start, c.a_end, c.b, c.b_start, c.b_end) for c in corpus.cases]


def test_the_truth_scores_one(corpus):
    score = score_planted(corpus, PassagePairs.from_rows(rows(corpus)))
    assert all(level.characters == level.found == level.granularity == 1 for level in score.levels.values())
    assert (score.precision, score.granularity, score.spurious, score.natural) == (1, 1, 0, 0)


def test_the_order_of_a_pair_does_not_matter(corpus):
    turned = [row[3:] + row[:3] for row in rows(corpus)]
    assert score_planted(corpus, PassagePairs.from_rows(turned)).levels["none"].characters == 1


def test_what_is_missing_or_broken_shows(corpus):
    level = corpus.cases[0].level
    halves = [
        piece
        for a, s, e, b, t, f in rows(corpus)[1:]
        for piece in ((a, s, (s + e) // 2, b, t, (t + f) // 2), (a, (s + e) // 2, e, b, (t + f) // 2, f))
    ]
    score = score_planted(corpus, PassagePairs.from_rows(halves))
    assert score.levels[level].found < 1
    assert score.levels[level].characters < 1
    assert score.granularity == 2


def test_chance_is_spurious_and_shared_wording_is_natural(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "truth.jsonl").touch()
    (texts / "a.txt").write_text("peace with honour to all the nations of the earth. iron ore and coal " * 2)
    (texts / "b.txt").write_text("we want peace with honour to all the nations. grain fed the hungry city " * 2)
    matches = PassagePairs.from_rows([("a.txt", 0, 40, "b.txt", 8, 48), ("a.txt", 51, 69, "b.txt", 46, 66)])
    natural = score_planted(PlantedCorpus(tmp_path, real=True, megabytes=0.1), matches)
    assert (natural.natural, natural.spurious) == (0.5, 0.5)
    assert natural.examples[0][1] == "iron ore and coal "
    assert score_planted(PlantedCorpus(tmp_path, real=False, megabytes=0.1), matches).spurious == 1


def test_common_words_in_line_are_not_natural_reuse():
    common = frozenset(["the", "of", "and", "to", "in", "a", "it", "is"])
    assert not is_natural("the cat of and to in it", "the dog of an age to in it", common)
    assert not is_natural("the iron works of the bold city", "the iron ore and a bold plan", common)
    assert is_natural("of iron, grain, coal and new trade", "iron grain and coal and new people", common)


def test_generated_prose_has_the_wanted_length_and_words():
    model = ProseModel.of(text for _, text in SPEECHES)
    lengths = [5, 700, 40]
    texts = list(model.documents(lengths, 1))
    assert texts == list(model.documents(lengths, 1)) != list(model.documents(lengths, 2))
    known = {word for _, text in SPEECHES for word in text.replace(".", " ").replace("!", " ").split()}
    assert {word for text in texts for word in text.replace(".", " ").replace("!", " ").split()} <= known
    assert len(texts[1].split()) > 500


def test_without_smoothing_all_pairs_of_words_are_the_bases():
    model = ProseModel.of((text for _, text in SPEECHES), smoothed=False)
    pairs = set(zip(model.base[:-1].tolist(), model.base[1:].tolist(), strict=True))
    walk = model.walk(4, 200, np.random.default_rng(1))
    assert all((a, b) in pairs for row in walk.tolist() for a, b in itertools.pairwise(row))


@given(st.text(alphabet=" \t\n\u00a0\u2003\u3000\u3001aé漢🙂", max_size=40))
def test_words_are_what_is_not_blank(text):
    starts, ends = word_spans(text)
    expected = [match.span() for match in re.finditer(r"\S+", text)]
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == expected


def test_plants_as_many_words_as_asked_for():
    planted = list(plant(SPEECHES * 3, LEVELS, WORDS, seed=1, share=0.2))
    copied = sum(case.words for _, _, cases in planted for case in cases)
    base = sum(len(text.split()) for _, text in SPEECHES) * 3
    assert 0.1 < copied / base < 0.25


def test_command_scores_exported_matches(corpus, tmp_path, capsys):
    names = ("a", "a_start", "a_end", "b", "b_start", "b_end")
    found = tmp_path / "found.jsonl"
    found.write_text("".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows(corpus)))
    assert main(["planted", "--corpus", str(corpus.folder), "--detections", str(found)]) == 0
    assert "granularity 1.0000" in capsys.readouterr().out
    found.write_text("{}\n")
    assert main(["planted", "--corpus", str(corpus.folder), "--detections", str(found)]) == 1
    assert "found.jsonl, line 1" in capsys.readouterr().err
