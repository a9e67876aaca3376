"""Planted chains and stars are what they say, and sources are held against them."""

from dataclasses import asdict
from difflib import SequenceMatcher

import pytest

from benchmarks.cli import main
from benchmarks.corpora import prose
from benchmarks.corpora.lineages import CHAIN, STAR, Heir, lineages
from benchmarks.corpora.model import prose_model
from benchmarks.evidence.sources import is_right, nearest, scored
from benchmarks.process import Cost

NOUNS = [f"{a}{b}" for a in ("pea", "tra", "gra", "iro", "la", "orde", "schoo", "roa") for b in ("ce", "de", "in")]
SPEECHES = [
    (f"speech-{n}", " ".join(f"The {a} of {b} matters in {n}." for a in NOUNS for b in NOUNS if a != b) + "\n\nEnd.")
    for n in range(4)
]


@pytest.fixture(scope="module")
def made():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "speeches", lambda: iter(SPEECHES))
        prose_model.cache_clear()
        yield lineages(10, 12, 4, seed=3)
        prose_model.cache_clear()


def likeness(made, heir, other):
    texts = made[0]
    sides = texts[heir.doc][heir.start : heir.end].split(), texts[other.doc][other.start : other.end].split()
    return SequenceMatcher(None, *sides, autojunk=False).ratio()


def test_a_copy_is_nearest_to_its_source_and_younger(made):
    _, heirs = made
    assert [heir.kind for heir in heirs] == ([CHAIN] * 4 + [STAR] * 4) * 5
    for at in range(0, len(heirs), 4):
        line = heirs[at : at + 4]
        assert not line[0].source
        for heir in line[1:]:
            source = line[heir.link - 1 if heir.kind == CHAIN else 0]
            assert (heir.source, heir.source_start, heir.source_end) == (source.doc, source.start, source.end)
            assert source.doc < heir.doc
            others = [one for one in line[: heir.link] if one is not source]
            assert all(likeness(made, heir, source) > likeness(made, heir, one) for one in others)


def test_true_sources_are_right_and_others_are_not(made):
    _, heirs = made
    rows = [asdict(heir) | {"source_confidence": 0.95} for heir in heirs]
    assert all(figure.value == 1 for figure in scored(heirs, rows))
    roots = {(heir.doc, heir.start): heir for heir in heirs}

    def root(heir):
        while heir.source:
            heir = roots[heir.source, heir.source_start]
        return heir

    oldest = [
        {**row, "source": root(heir).doc, "source_start": root(heir).start, "source_end": root(heir).end}
        for heir, row in zip(heirs, rows, strict=True)
    ]
    chains, stars, last, sure, firsts, _ = scored(heirs, oldest)
    assert (chains.value, stars.value, last.value, firsts.value) == (pytest.approx(1 / 3), 1, 0, 0)
    # Of the sources that are named here those of the first of a line do not count: it has none.
    assert sure.value == pytest.approx((1 / 3 + 1) / 2)
    *_, unsure, _, _ = scored(heirs, [row | {"source_confidence": 0.4} for row in oldest])
    assert unsure.value == sure.value
    assert unsure.note.endswith("the mean confidence is 0.40")
    assert all(figure.value == 0 for figure in list(scored(heirs, []))[:3])


def test_the_place_in_the_source_counts():
    heir = Heir(CHAIN, "1860.txt", 0, 100, "1850.txt", 100, 200, 1)
    passage = {"source": "1850.txt", "source_start": 140, "source_end": 300}
    assert is_right(heir, passage)
    assert not is_right(heir, {**passage, "source_start": 160})
    assert not is_right(heir, {**passage, "source": "1851.txt"})
    assert nearest(heir, [{"start": 0, "end": 40}, {"start": 10, "end": 90}]) == {"start": 10, "end": 90}
    assert nearest(heir, [{"start": 0, "end": 40}]) is None


def test_a_detector_that_names_no_sources_is_told(monkeypatch, capsys, made):
    monkeypatch.setattr("benchmarks.evidence.sources.scan_into", lambda *_, **__: None)
    monkeypatch.setattr("benchmarks.evidence.sources.write_lineages", lambda *_, **__: [])
    said = Cost(1.0, 1.0, 1, '{"doc": "a", "start": 1}')
    monkeypatch.setattr("benchmarks.evidence.sources.textreuse", lambda *_, **__: said)
    assert main(["sources"]) == 1
    assert "no column end, source, source_start, source_end, source_confidence" in capsys.readouterr().err
