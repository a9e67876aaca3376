"""The law of growth on real and dense collections, and that no moment of a change is a bad one to be killed in."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

import reuse
from benchmarks.corpora.codes import write_codes
from benchmarks.corpora.prose import speeches
from reuse.run.run import Run
from tests.test_growth import tables
from tests.test_pipeline import prose, write

SEEDS = Path(__file__).parents[1] / "seeds"
PIECE = 2_000
"""Code points of a piece of a seed report."""

pytestmark = pytest.mark.slow


def seed_pieces(folder: Path) -> Path:
    """The seed reports in pieces."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    pieces = {
        f"{name}-{at // PIECE:03}.txt": text[at : at + PIECE]
        for name, text in texts.items()
        for at in range(0, len(text), PIECE)
    }
    return write(folder, pieces)


def some_speeches(folder: Path) -> Path:
    """The first thirty messages on the State of the Union."""
    return write(folder, {f"{name}.txt": text for name, text in islice(speeches(), 30)})


def some_codes(folder: Path) -> Path:
    """Fifty codes of law that copied one another."""
    return write_codes(folder, 0.4, documents=50)


@pytest.fixture(scope="module", params=[seed_pieces, some_speeches, some_codes], ids=lambda make: make.__name__)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of texts, and a run that was scanned of it at once."""
    place = tmp_path_factory.mktemp("law")
    folder = request.param(place / "in")
    return folder, reuse.scan(folder, place / "whole.reuse").path


@pytest.mark.timeout(600)
@pytest.mark.parametrize("parts", [2, 7, 50])
def test_added_in_parts_with_removals_between_and_rescanned_it_is_a_scan_of_all(
    corpus: tuple[Path, Path], tmp_path: Path, parts: int
) -> None:
    folder, whole = corpus
    source = random.Random(parts)
    files = sorted(folder.iterdir())
    source.shuffle(files)
    lots = [[files[number] for number in lot] for lot in np.array_split(np.arange(len(files)), min(parts, len(files)))]
    run = reuse.scan(lots[0], tmp_path / "out.reuse")
    for number, lot in enumerate(lots[1:]):
        run = run.add(lot, newer=1.0)
        if number % max(parts // 5, 1) == 0:
            gone = source.sample(run.document_ids, min(2, len(run.document_ids) - 1))
            run = run.remove(*gone, newer=1.0)
    run = run.add(files, newer=1.0)
    assert run.meta["generation"] == 1
    assert sorted(run.document_ids) == sorted(path.name for path in files)
    near_to_a_scan(run, whole)
    run.rescan()
    assert tables(tmp_path / "out.reuse") == tables(whole)


def near_to_a_scan(run: Run, whole: Path) -> None:
    """Check that what has grown and shrunk finds nearly all of what a scan of all finds by twice the floor's bits."""
    with Run.open(whole) as scanned:
        sought = spans(scanned, "bits>=100")
    found = spans(run, None)
    missing = [
        pair
        for pair, places in sought.items()
        for a, b in places
        if not any(shared(a, one) and shared(b, other) for one, other in found.get(pair, []))
    ]
    assert len(missing) <= 0.05 * sum(map(len, sought.values()))


Spans = dict[tuple[str, str], list[tuple[tuple[int, int], tuple[int, int]]]]


def spans(run: Run, where: str | None) -> Spans:
    """Both spans of each match, by the two documents."""
    found: Spans = {}
    for row in run.table("matches", where=where).to_dicts():
        sides = [(row[f"{side}_start"], row[f"{side}_end"]) for side in "ab"]
        found.setdefault((row["a"], row["b"]), []).append((sides[0], sides[1]))
    return found


def shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether half of the first span is in the other."""
    return 2 * (min(one[1], other[1]) - max(one[0], other[0])) >= one[1] - one[0]


KILLS = int(os.environ.get("TEXTREUSE_KILLS", "15"))
"""How many changes are killed."""


@pytest.mark.timeout(120 + 10 * KILLS)
def test_wherever_a_change_is_killed_the_run_is_as_before_or_after(tmp_path: Path) -> None:
    kill_changes(tmp_path, KILLS)


def kill_changes(place: Path, kills: int) -> None:
    """Kill so many changes at random moments: additions, removals, either with everything compared anew, rescans."""
    texts = {f"{n:02}.txt": prose(n, 400) + prose(n // 2, 60) for n in range(12)}
    write(place / "in", texts)
    files = sorted((place / "in").iterdir())
    source = random.Random(kills)
    start = reuse.scan(files[:10], place / "before.reuse").path
    run_path = place / "out.reuse"
    command = [sys.executable, "-m", "reuse"]
    add = [*command, "add", str(run_path), *map(str, files[10:]), "--newer"]
    remove = [*command, "remove", str(run_path), "10.txt", "11.txt", "--newer"]
    rescan = [*command, "rescan", str(run_path)]
    shutil.copytree(start, run_path)
    began = time.monotonic()
    subprocess.run([*add, "1"], check=True, capture_output=True)
    takes = time.monotonic() - began
    documents = len(files)
    killed = 0
    while killed < kills:
        change = remove if documents == len(files) else add
        doing = source.choice([[*change, "1"], [*change, "1"], [*change, "0"], rescan])
        began = time.monotonic()
        process = subprocess.Popen(doing, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(source.uniform(0.3, 1.0) * takes)
            takes = time.monotonic() - began  # it was done before: the next one is killed sooner
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        may_have = {documents} if doing is rescan else {len(files) - 2, len(files)}
        with Run.open(run_path) as run:
            documents = run.count("documents")
            assert documents in may_have
            assert len(run.document_ids) == documents == len(run.tokens.bounds) - 1
            assert run.text(run.document_ids[-1]) == texts[run.document_ids[-1]]
            assert run.count("matches") == len(run.column("match_tokens"))
            assert run.count("formulas") == len(run.column("formula_bounds")) - 1 == len(run.column("formula_edges"))
    for _ in range(2):  # what was killed is in the way of nothing, and the next one tidies up behind it
        subprocess.run([*(remove if documents == len(files) else add), "1"], check=True, capture_output=True)
        documents = len(files) if documents < len(files) else len(files) - 2
        with Run.open(run_path) as run:
            assert run.count("documents") == documents
    assert {path.name for path in place.iterdir()} == {"in", "before.reuse", "out.reuse"}
