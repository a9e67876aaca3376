"""What the page makes of results: targets, the limit, and results of an earlier form."""

import pytest

from benchmarks.experiments.peers import OURS
from benchmarks.page import write_page
from benchmarks.peers.passim import Passim
from benchmarks.peers.python_peers import MinHashBaseline
from benchmarks.peers.textpair import TextPair
from benchmarks.results import Record, Results, newest
from benchmarks.sections import costs, quality, sections_of
from benchmarks.sections.limit import limit
from benchmarks.sections.section import growth, stage_seconds
from benchmarks.sections.targets import MET, MISSED, UNKNOWN, targets
from benchmarks.sections.workers import workers

STAGES = {"align": 3.0, "index": 1.0, "formulas": 0.5}


def speed(megabytes, seconds, **more):
    values = {"wall_seconds": seconds, "cpu_seconds": seconds, "peak_bytes": 2e9, "stage_seconds": STAGES}
    values |= {"unit_seconds": 0.5, "wall_units": seconds / 0.5, "bytes": megabytes * 1_000_000, "matches": 3}
    return Record(
        "speed", {"megabytes": megabytes, "real": False, "options": ""}, values | {"recall": {"none": 1.0}} | more
    )


def peer(name, megabytes, units, recall=0.9, **more):
    values = {"wall_seconds": units * 0.3, "wall_units": units, "cpu_seconds": units * 0.3, "peak_bytes": 1e8}
    values |= {"recall": {"none": recall, "2-5%": recall}, "recall_all": recall, "settings": "", "granularity": 1.0}
    parameters = {"megabytes": megabytes, "real": False, "detector": name}
    return Record("peers", parameters, values | {"matches": 3, "spurious": 0.0} | more)


def bare(megabytes, kind, units):
    values = {"wall_seconds": units / 2, "cpu_seconds": units / 2, "peak_bytes": 1e8, "wall_units": units}
    return Record("limit", {"megabytes": megabytes, "kind": kind}, values)


def verdicts(section, table=0):
    return {row[0]: row[-1] for row in section.tables[table].rows}


def test_targets_are_worked_out_from_the_results():
    records = [speed(10, 4.0), speed(100, 60.0), speed(1000, 500.0)]
    records += [peer(OURS, 10, 8.0, 0.95), peer(TextPair.name, 10, 41.0), peer(MinHashBaseline.name, 10, 79.0)]
    found = verdicts(targets(records))
    assert found["faster than TextPAIR aligner, 10 MB"] == MET
    assert found["5 × faster than 41 units (TextPAIR aligner), 10 MB"] == MET
    assert found["faster than datasketch MinHashLSH + rapidfuzz, 10 MB"] == MISSED
    assert found["faster than passim, 100 MB"] == UNKNOWN
    assert found["time against size, fitted exponent"] == MET
    assert found["a scan of 1000 MB"] == MET
    assert "2 missed" not in targets(records).about
    assert "1 missed" in targets(records).about


def test_recall_must_be_above_theirs_at_every_level():
    records = [speed(10, 4.0), peer(OURS, 10, 8.0, 0.95), peer(TextPair.name, 10, 41.0, 0.94)]
    assert verdicts(targets(records), 1) == {"TextPAIR aligner, 10 MB": MET}
    uneven = peer(TextPair.name, 10, 41.0, recall=0.94)
    uneven.values["recall"]["none"] = 0.95
    assert verdicts(targets([*records[:2], uneven]), 1) == {"TextPAIR aligner, 10 MB": MISSED}


def test_what_did_not_run_is_not_measured():
    records = [speed(10, 4.0), peer(OURS, 10, 8.0), peer(OURS, 100, 70.0)]
    records.append(Record("peers", {"megabytes": 100, "real": False, "detector": Passim.name}, {"reason": "no java"}))
    section = targets(records)
    found = verdicts(section)
    assert found["faster than passim, 100 MB"] == UNKNOWN
    assert found["8 × faster than 65 units (passim), 100 MB"] == MISSED
    assert len(section.tables) == 1


def test_growth_leaves_out_scans_that_are_mostly_start_up():
    one = growth([speed(1, 1.0), speed(10, 4.0), speed(100, 40.0)])
    assert one.exponent == pytest.approx(1.0)
    assert one.first.parameters["megabytes"] == 10
    assert growth([speed(1, 1.0), speed(10, 4.0)]).exponent == pytest.approx(0.602, abs=0.001)
    assert growth([speed(1, 1.0)]) is None


def test_the_limit_is_the_faster_way_and_the_costliest_stage_is_next():
    records = [bare(10, "reading", 0.1), bare(10, "re", 1.0), bare(10, "polars", 0.5), speed(10, 5.0)]
    section = limit(records)
    assert "takes 20.0 times the limit" in section.about
    assert "faster: align, 60% of the whole, without which it would take 8.0 times" in section.about
    assert section.tables[1].rows == [["10 MB", "0.500", "10.0", "20.0", "align", "60%", "8.0"]]
    assert [row[0] for row in section.tables[2].rows] == ["align", "index", "formulas", "start and write"]
    assert len(limit(records[:3]).tables) == 1


@pytest.mark.parametrize(
    ("order", "formulas", "rest"),
    [("index formulas align", 3.0, 4.0), ("index align formulas", 3.0, 1.0), ("index align formulas", 5.0, 4.0)],
)
def test_formulas_beside_other_stages_are_no_part_of_the_whole(order, formulas, rest):
    seconds = {"index": 2.0, "align": 4.0, "formulas": formulas}
    stages = {stage: seconds[stage] for stage in order.split()}
    record = Record("speed", {"megabytes": 10}, {"wall_seconds": 10.0, "stage_seconds": stages})
    assert stage_seconds(record) == {**seconds, "start and write": rest}


def test_workers_are_compared_with_threads():
    records = [
        Record(
            "workers",
            {"megabytes": 10.0, "way": way, "workers": 2, "memory": "1G", "options": ""},
            {**speed(10, seconds).values, "cpu_units": 1.0, "driver_bytes": 2e8, "worker_bytes": held, "same": same},
        )
        for way, seconds, held, same in (("threads", 4.0, 0, True), ("processes", 6.0, 1e8, False))
    ]
    records[1].values["disk_bytes"] = 3e8
    alone = Record("workers", {**records[1].parameters, "memory": "2G"}, {**records[1].values, "same": True})
    rows = [[row[0], *row[6:]] for row in workers([*records, alone]).tables[0].rows]
    assert rows == [
        ["10 MB, 2 threads", "1.00", "200", "–", "–", "the same"],
        ["10 MB, 2 processes", "1.50", "200", "100", "300", "another"],
        ["10 MB, 2 processes", "–", "200", "100", "300", "–"],
    ]


def test_jobs_are_compared_with_one_job_in_units():
    records = [
        Record("jobs", {"megabytes": 10, "jobs": jobs, "options": ""}, speed(10, seconds).values)
        for jobs, seconds in ((2, 4.0), (1, 6.0))
    ]
    assert [row[1:3] + row[-1:] for row in costs.jobs(records).tables[0].rows] == [
        [1, "6.00", "1.00"],
        [2, "4.00", "1.50"],
    ]


def test_the_s_curve_is_drawn_beside_the_measurement():
    stage = {"recall": {"none": 1.0}, "anchors": 5, "tokens": 10, "index_seconds": 0.1}
    curve = {"bands": 14, "rows": 1, "datasketch_bands": 7, "datasketch_rows": 2, "similarity": 0.2, "asked": 0.95}
    curve["points"] = [{"similarity": 0.5, "share": 1.0, "pairs": 9}]
    records = [
        Record("candidates", {"megabytes": 1, "real": True, "by": "MinHash"}, stage),
        Record("s-curve", {"megabytes": 1, "real": True}, curve),
    ]
    section = quality.candidates(records)
    assert section.tables[0].rows[0][:3] == ["1 MB, real", "MinHash", "0.50"]
    ((_, _, drawing),) = section.plots
    assert "14 bands of 1" in drawing
    assert drawing.count("<circle") == 1


def test_what_comes_after_a_scan_is_told_beside_it():
    def cost(corpus: str, command: str, seconds: float) -> Record:
        values = {"wall_seconds": seconds, "peak_bytes": 150_000_000, "scans": seconds / 4}
        return Record("later", {"corpus": corpus, "command": command}, values)

    zeros, codes = costs.later([cost("zeros", "scan", 4), cost("codes", "scan", 4), cost("zeros", "profile", 1)]).tables
    assert (zeros.title, codes.title) == ("zeros", "codes")
    assert zeros.rows == [["scan", "4.0", "1.00", "150"], ["profile", "1.0", "0.25", "150"]]


def test_the_interface_stands_beside_the_outputs():
    written = Record("outputs", {"megabytes": 3, "output": "report"}, {"wall_seconds": 1.0, "bytes": 2_000_000})
    answer = {
        "first_paint_seconds": 0.5,
        "median_seconds": 0.01,
        "worst_seconds": 0.2,
        "matches": 1234,
        "peak_bytes": 9e7,
    }
    answer["key_seconds"] = {"list": {"median": 0.008, "worst": 0.2}}
    outputs, ui = costs.outputs([written, Record("ui", {"megabytes": 3}, answer)]).tables
    assert outputs.rows == [["report (3 MB)", "1.000", "2.0"]]
    assert "1,234 matches: first list after 0.50 s" in ui.title
    assert ui.rows == [["list", "8", "200"], ["all", "10", "200"]]
    assert len(costs.outputs([written]).tables) == 1


def test_large_runs_are_held_against_what_is_wanted():
    size = {"matches": 100_000, "documents": 5_000}
    quick = {"first": 0.02, "whole": 0.04, "worst": 0.05, "busy": 0.01}
    slow = {"first": 0.3, "whole": 0.4, "worst": 0.5, "busy": 0.2}
    keys = {"matches: down": quick, "matches: sort": slow}
    shown = {"first_paint_seconds": 0.9, "keys": keys, "changes": {"matrix": slow, "matches": quick}, "peak_bytes": 1e8}
    opened = {"opened_seconds": 2.5, "wall_seconds": 9.0, "bytes": 14_000_000}
    screens, pressed, report = costs.screens([Record("screens", size, shown), Record("opened", size, opened)]).tables
    assert [(row[0], row[-1]) for row in screens.rows] == [
        ("first paint", "met"),
        ("to matrix", "missed"),
        ("to matches", "met"),
    ]
    assert "1 of 2 answered in time" in pressed.title
    assert pressed.rows[0] == ["matches: sort", "300", "400", "500", "200", "missed"]
    assert report.rows[0] == ["opened", "2500", "missed"]


def test_results_of_an_earlier_form_are_shown(tmp_path):
    level = {"cases": 1, "characters": 0.9, "granularity": 1.0}
    score = {"levels": {"none": level}, "bands": {"none": {"15-24": level}}, "granularity": 1.0, "matches": 2}
    score |= {"planted": 1, "precision": 0.9, "natural": 0.0, "spurious": 0.5}
    limits = [{"bits": 40.0, "recall": 0.9, "spurious": 0.5}]
    stage = {"recall": {"none": 1.0}, "anchors": 5, "tokens": 10, "index_seconds": 0.1}
    records = [
        Record(
            "planted",
            {"megabytes": 1, "real": True, "options": ""},
            {"score": score, "thresholds": limits, "significant": 1.0},
        ),
        Record("candidates", {"megabytes": 1, "real": True}, stage),
        Record("limit", {"megabytes": 10}, bare(10, "polars", 1.0).values),
        speed(10, 5.0),
    ]
    write_page([Results.here(records)], tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text("utf-8")
    assert "exact join" in page
    assert "takes 10.0 times the limit" in page
    assert not (tmp_path / "page" / "s-curve.svg").exists()


def test_of_two_measurements_of_one_thing_the_newest_is_shown():
    old, new = (
        Record("start", {"command": "help"}, {"wall_seconds": seconds}, made=made)
        for seconds, made in ((2.0, "2026-01-01"), (1.0, "2026-01-02"))
    )
    results = [Results({}, {}, (new,)), Results({}, {}, (old,))]
    ((section,),) = [sections_of(newest(results))]
    assert section.tables[0].rows == [["help", "1.000"]]
