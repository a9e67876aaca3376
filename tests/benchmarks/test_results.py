"""Results are kept, compared and shown; costs are measured of whole processes."""

import sys
import time
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from benchmarks.cache import cached
from benchmarks.cli import main
from benchmarks.compare import compare, remarks, table
from benchmarks.detector import matches_of
from benchmarks.errors import BenchmarkError
from benchmarks.experiments.speed import fitted_exponent, unit_seconds
from benchmarks.page import as_text, write_page
from benchmarks.plots import Axis, Series, plot
from benchmarks.process import run
from benchmarks.results import Record, Results, read_results

COSTS = {"wall_seconds": 2.0, "cpu_seconds": 3.0, "peak_bytes": 5_000_000, "stage_seconds": {"align": 1.5}}


def speed(megabytes, seconds, **more):
    values = {**COSTS, "wall_seconds": seconds, "unit_seconds": 0.1, "wall_units": seconds * 10, "matches": 3}
    values |= {"bytes": megabytes * 1_000_000, "recall": {"none": 0.99}, "all_wall_units": [seconds * 10]}
    return Record("speed", {"megabytes": megabytes, "real": False, "options": ""}, values | more)


def peer(name, **values):
    return Record("peers", {"megabytes": 1.0, "real": False, "detector": name}, {"settings": "defaults", **values})


RECORDS = [
    speed(1, 2.0),
    speed(10, 20.0),
    peer(
        "textreuse",
        **COSTS,
        wall_units=4.0,
        recall={"none": 1.0},
        recall_all=1.0,
        granularity=1.0,
        matches=2,
        spurious=0.0,
    ),
    peer("absent", reason="the command x is not installed; install x"),
    Record(
        "calibration",
        {"kind": "shuffled", "megabytes": 1.0, "options": ""},
        {"evalues": [0.1, 1.0], "matches": [0.0, 2.0], "standard_errors": [0.1, 0.2], "seeds": 3},
    ),
]


def test_results_survive_a_round_trip_and_replace_their_own(tmp_path):
    path = tmp_path / "results.json"
    Results.here(RECORDS).added_to(path)
    Results.here([speed(1, 1.0)]).added_to(path)
    (stored,) = read_results(path)
    assert len(stored.records) == len(RECORDS)
    assert {record.parameters["megabytes"]: record.values["wall_seconds"] for record in stored.of("speed")} == {
        1: 1.0,
        10: 20.0,
    }
    assert all(record.made and record.commit for record in stored.records)
    assert stored.machine["cores"]
    assert stored.versions["python"]


def test_a_record_keeps_its_own_commit(tmp_path):
    path = tmp_path / "results.json"
    Results.here([replace(speed(1, 2.0), made="2026-01-01T00:00:00", commit="abc")]).write(path)
    Results.here([speed(10, 20.0)]).added_to(path)
    commits = {record.parameters["megabytes"]: record.commit for record in read_results(path)[0].records}
    assert commits[1] == "abc" != commits[10]


def test_broken_results_are_named(tmp_path):
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(BenchmarkError, match=r"bad\.json"):
        read_results(tmp_path / "bad.json")
    (tmp_path / "bad.json").unlink()
    with pytest.raises(BenchmarkError, match="holds no results"):
        read_results(tmp_path)


def test_tables_and_page(tmp_path):
    results = Results.here(RECORDS)
    text = as_text(results)
    assert "to the power of" not in text
    assert "absent" in text
    write_page([results], tmp_path / "benchmarks.md")
    page = (tmp_path / "benchmarks.md").read_text("utf-8")
    assert "to the power of 1.00 (fitted; default options)" in page
    assert "the command x is not installed" in page
    pictures = sorted((tmp_path / "benchmarks").glob("*.svg"))
    assert {path.stem for path in pictures} == {"speed-time", "speed-memory", "peers-1MB", "calibration"}
    for picture in pictures:
        assert f"(benchmarks/{picture.name})" in page
        ET.parse(picture)


def test_plots_escape_and_leave_out_what_a_logarithm_cannot_show():
    drawing = plot(
        "a < b", Axis("x", log=True), Axis("y"), [Series("<&>", [(0.0, 1.0), (10.0, 2.0)], labels=["n", "<"])]
    )
    assert drawing.count("<circle") == 1
    ET.fromstring(drawing)
    ET.fromstring(plot("nothing", Axis("x"), Axis("y"), []))


def test_labels_do_not_cover_one_another():
    near = [(1.0 + step / 1000, 1.0) for step in range(30)] + [(2.0, 2.0)]
    drawing = plot("near", Axis("x"), Axis("y"), [Series("", near, labels=["label"] * len(near))])
    assert 2 <= drawing.count(">label<") <= 5
    alone = [Series("", [(1.0, 1.0)], line=False, labels=["label"]) for _ in range(9)]
    assert plot("same place", Axis("x"), Axis("y"), alone).count(">label<") == 9


def test_logarithmic_axes_have_marks_of_their_own():
    for low, high in ((1.0, 10.0), (40.0, 7000.0), (1.0, 1000.0), (30.0, 80.0)):
        drawing = plot("marks", Axis("x", log=True), Axis("y"), [Series("", [(low, 0.0), (high, 1.0)])])
        assert drawing.count('V344" stroke') >= 3


def results_of(*records):
    return [Results({}, {}, records)]


def test_compare_says_what_moved():
    old = results_of(speed(1, 2.0), speed(10, 20.0))
    new = results_of(speed(1, 2.1), speed(10, 30.0, recall={"none": 0.95}))
    verdicts = {(change.record, change.value): change.verdict for change in compare(old, new)}
    small, large = (record.key for record in old[0].records)
    assert verdicts[small, "wall_seconds"] == "same"
    assert verdicts[large, "wall_seconds"] == "worse"
    assert verdicts[large, "recall.none"] == "worse"
    assert {change.verdict for change in compare(new, old) if change.record == large} == {"better", "same"}
    assert "1.500" in table(list(compare(old, new)))


def test_a_wide_spread_is_noise():
    old = results_of(speed(1, 2.0, all_wall_units=[20.0, 26.0]))
    new = results_of(speed(1, 3.0))
    assert {change.verdict for change in compare(old, new)} == {"same"}


def test_more_noise_is_needed_where_costs_spread(tmp_path):
    def kernel(*seconds):
        values = {"wall_seconds": min(seconds), "all_seconds": list(seconds)}
        return results_of(Record("kernels", {"kernel": "chaining", "megabytes": 1.0}, values))

    def verdict(old, new):
        (change,) = compare(kernel(*old), kernel(*new))
        return change.verdict

    steady, shaky = (0.010, 0.010, 0.0101, 0.0101), (0.010, 0.013, 0.013, 0.013)
    slower = tuple(1.3 * one for one in steady)
    assert verdict(steady, steady) == "same"
    assert verdict(steady, slower) == "worse"
    assert verdict(slower, steady) == "better"
    assert verdict(shaky, slower) == "same"
    # One slow round among many is no spread.
    assert verdict((*steady, 0.05), slower) == "worse"


def test_less_of_a_fault_is_better():
    def fault(share):
        return results_of(Record("planted", {"megabytes": 1.0}, {"score": {"spurious": share, "cases": 5}}))

    assert [change.verdict for change in compare(fault(0.1), fault(0.05))] == ["better"]
    assert [change.verdict for change in compare(fault(0.05), fault(0.1))] == ["worse"]
    assert [change.verdict for change in compare(fault(0.1), fault(0.101))] == ["same"]


def test_options_left_alone_are_no_part_of_a_key():
    values = {"wall_seconds": 1.0}
    old, new = results_of(Record("pan", {"options": ""}, values)), results_of(Record("pan", {}, values))
    assert [change.verdict for change in compare(old, new)] == ["same"]


def test_compare_says_what_does_not_compare():
    old = [Results({"cores": 2}, {}, (speed(1, 2.0), speed(10, 2.0)))]
    new = [Results({"cores": 8}, {}, (speed(1, 2.0), RECORDS[-1]))]
    assert remarks(old, old) == []
    assert remarks(old, new) == [
        "1 measurements only in the old results: speed",
        "1 measurements only in the new results: calibration",
        "measured on different machines: of the costs only those in units compare",
    ]


def test_exponent():
    assert fitted_exponent([1, 10, 100], [3, 60, 1200]) == pytest.approx(1.30103)
    with pytest.raises(BenchmarkError):
        fitted_exponent([1], [1])


def test_unit_reads_texts_and_records(tmp_path):
    (tmp_path / "a.txt").write_text("some words " * 1000)
    (tmp_path / "b.jsonl").write_text('{"text": "more words"}\n')
    assert 0 < unit_seconds(tmp_path) < 1


def test_cost_of_a_process():
    cost = run([sys.executable, "-c", "x = bytearray(60_000_000); print(len(x)); import time; time.sleep(0.3)"])
    assert cost.output == "60000000\n"
    assert cost.peak > 60_000_000
    assert cost.wall > 0.3
    ballast = bytearray(b"x" * 200_000_000)
    assert run([sys.executable, "-c", "import time; time.sleep(0.3)"]).peak < 60_000_000 < len(ballast)


def test_a_failing_or_slow_process_is_reported(tmp_path):
    with pytest.raises(BenchmarkError, match="exit status 3\nno luck"):
        run([sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"])
    with pytest.raises(BenchmarkError, match="cannot be started"):
        run([tmp_path / "missing"])
    begun = time.monotonic()
    with pytest.raises(BenchmarkError, match="ended after"):
        run([sys.executable, "-c", "import time; time.sleep(20)"], limit=0.3)
    assert time.monotonic() - begun < 10


def test_cache_keeps_nothing_half_made(tmp_path, monkeypatch):
    monkeypatch.setenv("TEXTREUSE_BENCH", str(tmp_path))

    def fail(folder):
        folder.mkdir()
        raise BenchmarkError("full disk")

    with pytest.raises(BenchmarkError):
        cached("thing", fail)
    assert not (tmp_path / "thing").exists()
    assert cached("thing", lambda folder: folder.mkdir()) == tmp_path / "thing"
    assert cached("thing", fail) == tmp_path / "thing"


def test_commands(tmp_path, capsys):
    path = tmp_path / "results.json"
    Results.here(RECORDS).write(path)
    assert main(["compare", str(path), str(path)]) == 0
    assert "within the noise" in capsys.readouterr().out
    assert main(["page", str(path), "-o", str(tmp_path / "page.md")]) == 0
    assert main(["compare", str(tmp_path / "none.json"), str(path)]) == 1
    assert "none.json" in capsys.readouterr().err
    with pytest.raises(BenchmarkError, match="not a run"):
        matches_of(tmp_path)
