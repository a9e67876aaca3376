"""The experiments on small input: kernels, bare reading, the S-curve, the suite, peers at several sizes."""

import json
import sys
from collections import Counter

import numpy as np
import pytest

from benchmarks import suite
from benchmarks.corpora import prose
from benchmarks.corpora.model import prose_model
from benchmarks.corpora.planted import write_planted
from benchmarks.detector import Detected
from benchmarks.errors import BenchmarkError
from benchmarks.experiments import peers, speed
from benchmarks.experiments.candidates import METHODS, Read, measured_curve, recall
from benchmarks.experiments.growing import growing
from benchmarks.experiments.kernels import kernels_records
from benchmarks.experiments.limit import PROGRAM
from benchmarks.experiments.reading import reading_records
from benchmarks.passages import PassagePairs
from benchmarks.peers.peer import Peer
from benchmarks.process import Cost, run
from benchmarks.results import Record
from benchmarks.sections import sections_of
from reuse.options import IndexOptions

WORDS = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]
SPEECHES = [
    (
        f"speech-{number}",
        "\n\n".join(
            " ".join(WORDS[(number * 37 + at * 11 + word * word * (number + 3)) % len(WORDS)] for word in range(14))
            + "."
            for at in range(60)
        ),
    )
    for number in range(12)
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "speeches", lambda: iter(SPEECHES))
        prose_model.cache_clear()
        yield write_planted(tmp_path_factory.mktemp("planted") / "corpus", 0.03, real=True, share=0.3)
        prose_model.cache_clear()


def test_a_collection_that_grows_is_asked_and_added_to(corpus):
    ours, *others = growing(corpus.texts, {"megabytes": 0.03})
    assert (ours.parameters["by"], others[0].parameters["by"]) == ("textreuse", "MinHashLSH")
    for record in (ours, *others):
        assert record.values["query_seconds"] > 0
        assert record.values["add_seconds"] > 0
        assert record.values["index_bytes"] > 0
        assert record.values["pairs"] == ours.values["pairs"]
    assert ours.values["recall"] == 1
    assert ours.values["add_share"] == ours.values["add_seconds"] / ours.values["scan_seconds"]
    assert ours.values["add_few_share"] > 0
    assert ours.values["index_bytes"] > 9 * 500


def test_every_format_is_read_and_timed():
    records = list(reading_records(0.002))
    assert {"a.txt", "a.jsonl", "a.html", "tei.xml", "alto.xml", "a.docx"} <= {
        one.parameters["format"] for one in records
    }
    for record in records:
        assert record.values["wall_seconds"] > 0
        assert record.values["bytes"] > 1_000
    (section,) = sections_of(records)
    assert len(section.tables[0].rows) == len(records)


@pytest.mark.slow
def test_every_kernel_runs_and_is_timed(corpus):
    pytest.importorskip("pytest_benchmark", reason="the kernels: pip install pytest-benchmark")
    records = list(kernels_records(corpus.texts))
    names = [record.parameters["kernel"] for record in records]
    assert {"tokenising", "shingle hashing", "exact join", "chaining", "alignment", "formulas"} <= set(names)
    for record in records:
        values = record.values
        assert 0 < values["wall_seconds"] <= values["median_seconds"]
        assert len(values["all_seconds"]) == 7
        assert values["wall_units"] == values["wall_seconds"] / values["unit_seconds"]


@pytest.mark.parametrize("kind", ["re", "polars"])
def test_bare_reading_finds_the_words(kind, tmp_path):
    if kind == "polars":
        pytest.importorskip("polars", reason="the fastest library at hand: pip install polars")
    (tmp_path / "a.txt").write_text("Three small words")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("été 42", encoding="utf-8")
    found = json.loads(run([sys.executable, PROGRAM, kind, tmp_path]).output)
    assert found["found"] == 5
    assert found["wall"] > 0


def test_unmangled_copies_are_candidates_by_every_method(corpus):
    read = Read.of(corpus)
    for find in METHODS.values():
        assert recall(read, find)["recall"]["none"] == 1


def test_the_measured_s_curve_rises_to_certainty(corpus):
    points = measured_curve(Read.of(corpus), IndexOptions())["points"]
    assert points[-1]["similarity"] > 0.95
    assert points[-1]["share"] == 1
    assert all(0 <= point["share"] <= 1 for point in points)
    assert [point["similarity"] for point in points] == sorted(point["similarity"] for point in points)


def test_a_unit_of_a_small_corpus_is_the_mean_of_some_times(tmp_path, monkeypatch):
    taken = iter([0.02, 0.04, 0.09, 0.2])
    monkeypatch.setattr(speed, "_split", lambda *_: next(taken))
    monkeypatch.setattr(speed, "LEAST", 0.15)
    assert speed.unit_seconds(tmp_path) == pytest.approx(0.05)
    assert speed.unit_seconds(tmp_path) == 0.2


def test_series_of_jobs():
    assert speed.jobs_series(1) == [1]
    assert speed.jobs_series(2) == [1, 2]
    assert speed.jobs_series(6) == [1, 2, 4, 6]


def test_a_step_that_cannot_be_done_is_left_out(monkeypatch, capsys):
    def fail():
        raise BenchmarkError("no such package")

    made = Record("start", {}, {})
    monkeypatch.setattr(suite, "_steps", lambda plan: iter((lambda: [made], fail, lambda: [made])))
    assert list(suite.suite_records(suite.Plan())) == [made, made]
    assert "left out: no such package" in capsys.readouterr().err


def test_the_suite_measures_the_sizes_asked_for():
    def sizes(plan):
        steps = [step for step in suite._steps(plan) if getattr(step, "func", None) is speed.speed_records]
        return [(step.args[0][0], step.keywords["repeat"]) for step in steps]

    assert sizes(suite.Plan()) == [(1, 3), (10, 3)]
    assert sizes(suite.Plan(full=True)) == [(1, 3), (10, 3), (100, 1)]
    assert sizes(suite.Plan(sizes=[1000, 10])) == [(10, 3), (1000, 1)]


def test_a_quick_peer_runs_again_and_one_that_failed_is_not_tried_on_more(corpus, monkeypatch):
    nothing = PassagePairs.from_rows([])
    tried = Counter()
    seconds = iter([3.0, 1.0, 2.0, 40.0])

    class Fake(Peer):
        settings = "none"

        def prepare(self, environments, *, install):
            return "1"

        def find(self, texts, work, limit):
            tried[self.name] += 1
            if self.name == "late":
                raise BenchmarkError("ended after 3 s")
            if self.name == "broken":
                raise KeyError("a_start")
            return nothing, Cost(next(seconds), 1.0, 1, "")

    kinds = tuple(type(name, (Fake,), {"name": name}) for name in ("good", "late", "broken"))
    empty = np.zeros(0)
    found = Detected(nothing, empty, empty, empty, Cost(1.0, 1.0, 1, ""), {})
    monkeypatch.setattr(peers, "PEERS", kinds)
    monkeypatch.setattr(peers, "planted_corpus", lambda *_, **__: corpus)
    monkeypatch.setattr(peers, "scan", lambda *_, **__: found)
    records = list(peers.peers_records([1, 10]))
    reasons = {
        (record.parameters["detector"], record.parameters["megabytes"]): record.values.get("reason")
        for record in records
    }
    assert tried == {"good": 4, "late": 1, "broken": 1}
    good = [record.values["wall_seconds"] for record in records if record.parameters["detector"] == "good"]
    assert good == [1.0, 40.0]
    assert reasons["late", 1] == "ended after 3 s"
    assert reasons["late", 10] == "not tried: at 1 MB ended after 3 s"
    assert len(records) == 8


def test_the_most_that_a_command_has_on_the_disk_is_watched(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; folder = Path(sys.argv[1], 'inner'); folder.mkdir();"
        "(folder / 'file').write_bytes(bytes(range(256)) * 8192); time.sleep(1); (folder / 'file').unlink()"
    )
    cost = run([sys.executable, "-c", program, tmp_path], watched=tmp_path)
    assert 256 * 8192 <= cost.disk < 2 * 256 * 8192
