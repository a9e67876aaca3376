"""Every number that decides what a family or a frame is can be set, and setting it makes a difference."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

import reuse
from reuse.corpus.tokenise import tokenise
from reuse.errors import OptionsError
from reuse.formulas import slots
from reuse.formulas.frames import find_frames
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.phrases import find_formulas
from reuse.formulas.variants import find_families
from reuse.options import FamilyOptions, FormulaOptions, FrameOptions, ScanOptions
from reuse.score.background import Background

SEEDS = Path(__file__).parents[2] / "seeds"

FORMULAS = {
    "min_tokens": 6,
    "min_documents": 4,
    "max_formulas": 3,
    "smoothing": 50.0,
    "few": 1e6,
    "least_end": 3.0,
    "least_beginning": 5.0,
    "runs_on": 1e-9,
    "called_for": 1e-9,
    "least_called": 1_000,
    "stands_so": 1.0,
    "own_branching": 1e4,
    "most_surplus": 0.5,
    "fixed_surplus": 0.0,
    "fixed": 0.1,
    "least_gain": 25.0,
    "absorbed": 0.1,
    "own_bits": 30.0,
    "own_bits_share": 1.0,
    "own_share": 0.9,
    "most_bits": 5.0,
    "content_bits": 2.0,
    "cut": 1.0,
}

FAMILIES = {
    "likeness": 0.9,
    "head_likeness": 0.3,
    "content": 0.95,
    "company": 10.0,
    "in_company": 1.0,
    "in_a_mould": 1.0,
    "nested_likeness": 0.5,
    "max_edits": 0,
    "words_an_edit": 2,
    "same_word": 0.5,
    "stem": 12,
    "more_often": 1.0,
    "bridge": 1.0,
    "function_bits": 0.0,
    "content_bits": 3.0,
    "called_for": 0.01,
}

FRAMES = {
    "min_documents": 4,
    "min_occurrences": 5,
    "max_frames": 2,
    "short_slot": 1,
    "long_slot": 5,
    "association": 1000.0,
    "part_within": 1,
    "open_within": 1,
    "slack": 0,
    "listed": 1,
    "list_allowance": 0.0,
    "variety": 0.7,
    "sure": 1e9,
    "shared": 1.0,
    "edge_share": 0.01,
    "edge_bits": 0.01,
}


@pytest.fixture(scope="module")
def corpus():
    """The seeds with their background and their formulas."""
    tokens = tokenise((path.read_text("utf-8"), None) for path in sorted(SEEDS.glob("*.txt")))
    background = Background.of(tokens)
    return tokens, background, find_ngrams(tokens, background)


@pytest.mark.parametrize("name", FORMULAS)
def test_an_option_of_formulas_makes_a_difference(corpus, name):
    tokens, background, _ = corpus
    usual, other = (
        find_formulas(tokens, background, options).positions
        for options in (FormulaOptions(), replace(FormulaOptions(), **{name: FORMULAS[name]}))
    )
    assert len(usual) > 0
    assert not np.array_equal(usual, other)


def test_every_option_is_tried():
    assert FORMULAS.keys() == {field.name for field in fields(FormulaOptions)}
    assert FAMILIES.keys() == {field.name for field in fields(FamilyOptions)}
    assert FRAMES.keys() == {field.name for field in fields(FrameOptions)}


@pytest.mark.parametrize("name", FAMILIES)
def test_an_option_of_families_makes_a_difference(corpus, name):
    tokens, background, formulas = in_a_mould() if name in {"company", "in_company", "in_a_mould"} else corpus
    usual = FamilyOptions(in_a_mould=1.0) if name == "company" else FamilyOptions()  # the mould would part them, too
    heads = [
        find_families(tokens, formulas, tokens.vocabulary.words, options, background=background).head
        for options in (usual, replace(usual, **{name: FAMILIES[name]}))
    ]
    assert not np.array_equal(*heads)


@pytest.mark.parametrize("name", FRAMES)
def test_an_option_of_frames_makes_a_difference(corpus, name, monkeypatch):
    options = FrameOptions()
    if name == "part_within":  # in a small corpus, frequent runs are looked at wherever they stand
        monkeypatch.setattr(slots, "FEW", 0)
        corpus, options = behind_openings(), FrameOptions(open_within=1)
    usual, other = (find_frames(*corpus, one) for one in (options, replace(options, **{name: FRAMES[name]})))
    assert len(usual) > 0
    assert not np.array_equal(usual.places, other.places)


def in_a_mould():
    """Four phrases that are the same but for one word; two of them stand side by side in five documents of twenty."""
    mould = "Secretary {} department granite"
    told = [". ".join(map(mould.format, ("timber", "cement")))] * 5
    told += [mould.format(word) for word in ("cotton", "glass") for _ in range(2)]
    own = [" ".join(f"own{number}x{place}" for place in range(60)) for number in range(20)]
    texts = [f"{before}. {said}. The end of {before}." for before, said in zip(own, [*told, *[""] * 11], strict=True)]
    tokens = tokenise((text, None) for text in texts)
    background = Background.of(tokens)
    return tokens, background, find_ngrams(tokens, background, FormulaOptions(min_tokens=4))


def behind_openings():
    """A frame behind the beginning of a sentence whose parts are far apart, among many runs that are rarer."""
    texts = []
    for number in range(6):
        slot = " ".join(f"slot{number}x{place}" for place in range(8 + number))
        rarer = " ".join(f"rare{number % 2}x{place}" for place in range(200))
        texts.append(f"Yesterday evening {slot} met in the hall. {rarer}.")
    tokens = tokenise((text, None) for text in texts)
    background = Background.of(tokens)
    return tokens, background, find_ngrams(tokens, background)


def test_a_run_remembers_what_its_frames_and_families_were_asked_for(tmp_path):
    options = ScanOptions(families=FamilyOptions(max_edits=0, words_an_edit=1000), frames=FrameOptions(max_frames=3))
    with reuse.scan(SEEDS, tmp_path / "few.reuse", options) as run:
        assert run.options == options
        assert len(run.table("frames")) == 3
        assert len(run.formulas) - len(run.table("families")) < 5
    with reuse.scan(SEEDS, tmp_path / "all.reuse") as run:
        assert run.options == ScanOptions()
        assert len(run.table("frames")) > 30
        assert len(run.formulas) - len(run.table("families")) > 5


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        (FamilyOptions, {"likeness": 0.0}),
        (FamilyOptions, {"head_likeness": 0.9}),
        (FamilyOptions, {"words_an_edit": 0}),
        (FamilyOptions, {"max_edits": -1}),
        (FrameOptions, {"min_occurrences": 1}),
        (FrameOptions, {"variety": 1.5}),
        (FrameOptions, {"slack": -1}),
    ],
)
def test_what_is_out_of_range_is_refused_by_its_name(part, wrong):
    (name,) = wrong
    field = {FamilyOptions: "families", FrameOptions: "frames"}[part]
    with pytest.raises(OptionsError, match=name):
        ScanOptions(**{field: part(**wrong)})
