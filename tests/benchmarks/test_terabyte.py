"""The model of a terabyte: the simulator against what can be worked out by hand, or more plainly."""

from __future__ import annotations

import heapq
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.experiments.terabyte import CHANGES, model_records
from benchmarks.results import Record
from benchmarks.sections.terabyte import terabyte
from benchmarks.terabyte.growth import Changes, Cluster, Growth, Law, merged, ranges_of
from benchmarks.terabyte.references import seconds_of_a_piece
from benchmarks.terabyte.shingles import joined, spread, tokens_of
from benchmarks.terabyte.simulation import Alone, Step, bundled, played
from benchmarks.terabyte.trace import Step as Traced
from benchmarks.terabyte.trace import Trace, name_of, traced
from reuse.work.apart import WorkersApart
from tests.work.test_workers import square

SEEDS = Path(__file__).parents[2] / "seeds"

PARTS = st.lists(st.floats(0, 100), max_size=40)
EQUAL = [1.0] * 12


def by_list_scheduling(parts, workers):
    """When all parts are done, if each goes to the worker that is free first."""
    free = [0.0] * workers
    for seconds in parts:
        heapq.heappush(free, heapq.heappop(free) + seconds)
    return max(free)


@pytest.mark.parametrize(("workers", "seconds"), [(1, 12), (5, 3), (12, 1), (100, 1)])
def test_equal_parts_take_as_many_rounds_as_they_need(workers, seconds):
    assert played([Step("align", EQUAL)], workers).seconds == seconds


@given(PARTS, st.integers(1, 9))
def test_without_a_driver_it_is_list_scheduling(parts, workers):
    assert played([Step("align", parts)], workers).seconds == pytest.approx(by_list_scheduling(parts, workers))


@given(st.lists(st.tuples(PARTS, st.floats(0, 5), st.floats(0, 9)), max_size=4), st.integers(1, 9))
def test_nothing_is_lost_and_nobody_works_faster_than_he_can(steps, workers):
    items = [item for parts, driver, alone in steps for item in (Alone("a", alone), Step("b", parts, driver))]
    found = played(items, workers)
    alone = sum(alone for _, _, alone in steps)
    handing = sum(driver * len(parts) for parts, driver, _ in steps)
    worked = sum(sum(parts) for parts, _, _ in steps)
    assert (found.alone, found.handing, found.worked) == pytest.approx((alone, handing, worked))
    assert found.seconds >= max(alone + handing, alone + worked / workers) - 1e-6
    assert found.seconds <= alone + handing + worked + 1e-6
    assert sum(found.stages.values()) == pytest.approx(found.seconds)


def test_who_hands_out_parts_is_what_limits_many_workers():
    found = played([Step("align", [1.0] * 1000, driver=0.1)], 500)
    assert 99.9 <= found.seconds <= 102
    assert found.handing == pytest.approx(100)


def test_what_waits_for_the_other_thread_waits_and_no_longer():
    #  main    |-- index 5 --|-- align 3 --|......|-- write 1 --|
    #  beside                |---- formulas 7 ----|
    items = [Alone("index", 5), Alone("align", 3), Alone("write", 1)]
    found = played(items, 1, beside=[Alone("formulas", 7)], begins=1, joins=2)
    assert found.seconds == 13
    assert found.stages == {"index": 5, "align": 3, "write": 5}
    assert played(items, 1, beside=[Alone("formulas", 2)], begins=1, joins=2).seconds == 9


def test_two_threads_share_the_workers():
    items, beside = [Step("align", EQUAL)], [Step("formulas", EQUAL)]
    assert played(items, 2, beside, 0, 1).seconds == 12
    assert played(items, 24, beside, 0, 1).seconds == 1


@given(PARTS, st.integers(1, 50), st.floats(0, 1))
def test_bundles_hold_the_same(parts, most, driver):
    step = Step("align", parts, driver)
    found = bundled(step, most)
    assert len(found.parts) <= most
    assert sum(found.parts) == pytest.approx(sum(parts))
    assert found.driver * len(found.parts) == pytest.approx(driver * len(parts))


def test_what_grows_by_a_power_is_told_at_any_size():
    law = Law.of([10, 100, 1000], [0.001, 2.0, 40.0])
    assert law.exponent == pytest.approx(np.log10(20))
    assert law.at(10_000) == pytest.approx(800)
    assert Law.of([10, 100], [5.0, 8.0]).at(1000) == pytest.approx(80)  # never less than in proportion
    assert Law.of([10, 100], [0.001, 0.01]).exponent == 1


@pytest.mark.parametrize("workers", [1, 10, 1000])
@pytest.mark.parametrize("keys", [1e5, 1e8, 1e11])
def test_ranges_are_as_many_as_workers_make_of_so_many_keys(workers, keys, tmp_path):
    cluster = Cluster(workers)
    crew = WorkersApart(workers, lambda count: None, tmp_path / "work", memory=cluster.memory)
    assert ranges_of(keys, cluster) == max(round(keys / crew._range(1 << 19, int(keys))), 1)


def scanned(scale):
    """A scan of so many times a million words: each step in proportion, but for the clusters, by the square."""
    steps = [
        Traced("read", "tokenise.tokenised", False, 0.2 * scale, [0.1] * 10 * scale, 4_000_000 * scale),
        Traced("index", "seeds.groups", False, 0.1 * scale, [0.2] * 5 * scale, 8_000_000 * scale, 4 * scale),
        Traced("formulas", "repeats.walked", True, 0.0, [0.3] * scale, 1_000_000 * scale),
    ]
    serial = {"read": 0.5 * scale, "index": 0.0, "align": 1.0 * scale, "cluster": 0.1 * scale**2, "formulas": 0.0}
    counts = {"matches": 10 * scale, "formulas_found": 20 * scale}
    return Trace(6_000_000 * scale, 1_000_000 * scale, 9, steps, serial, 0.4 * scale, 1, scale, scale, scale, counts)


def growth():
    return Growth([merged(scanned(10)), merged(scanned(100))], 1e-6, {"seeds.groups": 0.01})


def test_what_is_done_with_signed_windows_grows_until_all_are_signed():
    scans = [scanned(10), scanned(100)]
    for scan, parts, seconds in zip(scans, (1, 150), (1.0, 100.0), strict=True):
        scan.steps.append(Traced("index", "minhash.Signing", False, 0.0, [0.0] * parts, 1))
        scan.steps.append(Traced("index", "lsh.SharedRows", False, 0.0, [seconds], 1))
    found = Growth([merged(scan) for scan in scans], 1e-6, {})
    assert found.signed == pytest.approx(150 * 8192 * 8 / 1e8)
    law = found.of("steps", "index: lsh.SharedRows", "seconds")
    assert law.exponent == pytest.approx(2)
    assert law.at(1e9) == pytest.approx(100 * 10 * 10)
    assert law.at(1e12) == pytest.approx(100 * 10**4 / found.signed)
    assert found.of("steps", "read: tokenise.tokenised", "seconds").most == np.inf


def test_at_a_size_that_was_measured_the_model_says_what_was_measured():
    one = growth()
    items, beside = one.program(1e8, Cluster(1, link=1e30, disks=1e30), Changes())
    found = played(items, 1, beside)
    assert found.worked == pytest.approx(100 + 100 + 30)
    assert found.alone == pytest.approx(50 + 100 + 1000)
    pieces = 400 * ranges_of(400 << 18, Cluster(1)) * 1e-6
    assert found.handing == pytest.approx(20 + 10 + pieces)


def test_at_ten_times_the_size_each_stage_has_grown_by_its_power():
    items, _ = growth().program(1e9, Cluster(1), Changes(rounds=True))
    alone = {item.stage: item.seconds for item in items if isinstance(item, Alone)}
    assert alone == pytest.approx({"read": 500, "index": 0, "align": 1000, "cluster": 100_000, "formulas": 0})
    cut, _ = growth().program(1e9, Cluster(1), Changes(rounds=True, cut=True))
    assert not [item for item in cut if isinstance(item, Alone)]


def test_no_range_is_shorter_than_its_commonest_key_takes():
    items, _ = growth().program(1e9, Cluster(1000, link=1e30, disks=1e30), Changes())
    parts = next(item.parts for item in items if isinstance(item, Step) and item.stage == "index")
    assert sum(parts) == pytest.approx(1000)
    assert max(parts) == pytest.approx(1000 * 0.01, rel=0.01)


def records():
    made = [Record("terabyte-scan", {"megabytes": scale * 6}, merged(scanned(scale))) for scale in (10, 100)]
    shares = {"shingles": 9, "distinct": 5, "once": 0.5, "of_rank": {"1": 0.02, "2": 0.01}}
    made += [Record("terabyte-shingles", {"text": "some", "words": words}, shares) for words in (2, 3)]
    return [*made, Record("terabyte-pieces", {}, {"piece_seconds": 1e-6})]


def test_the_page_tells_where_more_workers_are_of_no_use():
    found = [*records(), *model_records(records(), series=(1, 4))]
    assert [record.parameters["workers"] for record in found[5:]] == [1, 4] * len(CHANGES)
    section = terabyte(found)
    assert "more than 1 workers are of no use" in section.about  # the clusters' square is nearly all of it
    assert len(section.tables[4].rows) == 2 * len(CHANGES)


def test_a_function_is_named_by_what_does_the_work():
    assert name_of(partial(partial, partial(square, 2))) == "test_workers.square"
    assert name_of(Cluster(1)) == "growth.Cluster"


def test_how_often_shingles_occur():
    tokens = tokens_of(["a b a b a b", "c d e"])
    found = spread(tokens, 2)
    assert (found.shingles, found.distinct, found.once) == (7, 4, 0.5)
    assert found.of_rank == {1: pytest.approx(3 / 7), 2: pytest.approx(2 / 7)}


def test_one_shingle_is_joined_however_often_it_occurs():
    assert joined(5000)["frequent"] == 4998


def test_a_piece_of_a_range_takes_some_microseconds():
    assert 1e-7 < seconds_of_a_piece(50, 50) < 1e-3


@pytest.mark.slow
def test_a_scan_is_measured_part_by_part(tmp_path):
    trace = traced(SEEDS, tmp_path)
    assert trace.documents == 5
    steps = merged(trace)["steps"]
    assert {"align: align.Aligning", "formulas: repeats.walked (aside)", "index: seeds.groups"} <= steps.keys()
    assert all(step["parts"] and step["seconds"] > 0 and step["bytes"] > 0 for step in steps.values())
    assert steps["index: seeds.groups"]["slices"] == 1
    assert {"read and tokenise", "align", "write"} <= trace.serial.keys()
    assert min(trace.serial.values()) > -1e-3
    assert asdict(trace)["run"] > 0
