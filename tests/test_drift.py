"""Scores drift while a collection grows, and how far is told: as far as the same matches differ after a rescan.

scan(a, b) ── add(c): bits of a ~ b stay   ── rescan: bits of a ~ b under the words of c, too
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

import pytest

import reuse
from reuse.beside import Corpus
from reuse.cli import main
from reuse.corpus.normalise import normal_form
from reuse.incremental.drift import Drift, median_drift
from reuse.run.age import DRIFT, age_of
from reuse.run.kept_matches import KeptMatches
from reuse.score.significance import Floor
from tests.test_pipeline import prose

COPIED = [prose(number, 40) for number in range(6)]
OLD = {f"{n}": f"{prose(n + 20, 80)} {COPIED[n % 6]} {prose(n + 40, 80)}" for n in range(12)}
WORDS = sorted({word for passage in COPIED for word in passage.split()})
SAID_OFTEN = {f"new {n}": " ".join(Random(n).sample(WORDS, len(WORDS))) for n in range(40)}
"""Words of the passages, in documents that copy none of them."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> reuse.Run:
    return reuse.scan(texts=OLD, out=tmp_path_factory.mktemp("drift") / "old.reuse")


def grown(old: reuse.Run, texts: dict[str, str], path: Path) -> reuse.Run:
    shutil.copytree(old.path, path)
    return reuse.Run.open(path).add(texts=texts, newer=1.0)


def bits_by_place(run: reuse.Run) -> dict[tuple[object, ...], float]:
    places = ("a", "a_start", "a_end", "b", "b_start", "b_end")
    return {tuple(row[name] for name in places): row["bits"] for row in run.matches}


def drift_of(run: reuse.Run, added: int = 0) -> Drift | None:
    floor = Floor.of(run.options.score, run.meta["token_pairs"])
    words = [normal_form(text) for (text,) in run.sql("SELECT text FROM words ORDER BY word")]
    tokens = replace(run.tokens, vocabulary=replace(run.tokens.vocabulary, words=words)).alike()
    matches = KeptMatches.load(run, floor).matches
    return median_drift(matches, tokens, Corpus.of(run).index, floor, run.options, added=added)


def test_nothing_drifts_where_nothing_came(old: reuse.Run) -> None:
    assert old.meta["drift"] is None
    assert old.count("matches") >= 6
    drift = drift_of(old)
    assert drift is not None
    assert drift.median == pytest.approx(0, abs=1e-6)
    assert drift.matches >= 6


def test_long_documents_are_looked_at_with_all_that_they_share(old: reuse.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reuse.incremental.drift.LEAST", 1)
    monkeypatch.setattr("reuse.incremental.drift.SHARE", 0.0)
    texts = {}  # two and two share passages, in another order
    for seed in range(2, 6):
        parts = [f"{prose(100 * (seed // 2) + n, 40)} {prose(1000 * seed + n, 120)}" for n in range(6)]
        texts[f"{seed}"] = " ".join(parts[:: 1 if seed % 2 else -1])
    run = reuse.scan(texts=texts)
    few = drift_of(run)
    assert few is not None
    assert 3 <= few.matches == run.count("matches") / 2
    assert few.matches < run.count("matches")


def test_the_drift_is_that_which_a_rescan_mends(old: reuse.Run, tmp_path: Path) -> None:
    run = grown(old, SAID_OFTEN, tmp_path / "out.reuse")
    stale, told = bits_by_place(run), run.meta["drift"]
    anew = run.rescan()
    fresh = bits_by_place(anew)
    both = [abs(fresh[place] - bits) / bits for place, bits in stale.items() if place in fresh]
    assert told is not None
    assert len(both) >= 6
    assert told == pytest.approx(median(both), rel=0.25)
    assert told > DRIFT
    assert anew.meta["drift"] is None


def test_words_that_no_match_has_hardly_matter(old: reuse.Run, tmp_path: Path) -> None:
    run = grown(old, {"c": "lanterns above orchards of marble"}, tmp_path / "out.reuse")
    assert 0 <= run.meta["drift"] < 0.02
    assert run.remove("c", newer=1.0).meta["drift"] == run.meta["drift"]  # its words are counted until a rescan


def test_each_addition_tells_it_of_all_that_came(old: reuse.Run, tmp_path: Path) -> None:
    at_once = grown(old, SAID_OFTEN, tmp_path / "at once.reuse").meta["drift"]
    run = grown(old, dict(list(SAID_OFTEN.items())[:20]), tmp_path / "out.reuse")
    half = run.meta["drift"]
    run = run.add(texts=dict(list(SAID_OFTEN.items())[20:]), newer=1.0)
    assert half < run.meta["drift"] == pytest.approx(at_once, rel=0.1)


def test_what_is_said_over_and_over_tells_nothing(tmp_path: Path) -> None:
    zeros = " ".join(["0"] * 3000)
    run = reuse.scan(texts={"a": f"{zeros} {prose(1)}", "b": f"{prose(2)} {zeros}"}, out=tmp_path / "out.reuse")
    assert run.count("matches") == 1
    run = run.add(texts={"c": prose(3, 20)}, newer=1.0)
    assert run.meta["drift"] is None
    assert run.meta["drift_matches"] == 0


def test_without_a_match_there_is_nothing_to_tell(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": prose(1, 60), "b": prose(2, 60)}, out=tmp_path / "out.reuse")
    run = run.add(texts={"c": prose(3, 20)}, newer=1.0)
    assert run.meta["drift"] is None
    assert "drift" not in age_of(run.meta)


ADVICE = "so that all should be scored anew (textreuse rescan)"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"drift": 0.5}, ""),
        (
            {"added": 40, "drift": 0.003, "drift_matches": 300},
            "4.0% of the words are newer; median drift of bits 0.3% in 300 matches",
        ),
        ({"removed": 10}, "1.0% as many words as it has are gone"),
        ({"added": 200, "removed": 10}, "20% of the words are newer and 1.0% as many are gone"),
        (
            {"added": 40, "drift": 0.12, "drift_matches": 1},
            f"4.0% of the words are newer; median drift of bits 12% in 1 match, {ADVICE}",
        ),
    ],
)
def test_what_a_run_says_of_its_age(facts: dict[str, float], said: str) -> None:
    found = age_of({"generation": 3, "counts": {"tokens": 1000}} | facts)
    assert found == (f"scored under generation 3, {said}" if said else "")


def test_commands_and_pages_say_it(old: reuse.Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "out.reuse"
    run = grown(old, SAID_OFTEN, path)
    said = age_of(run.meta)
    assert "median drift" in said
    assert run.meta["limits"][-1] == said
    main(["news", str(path), "-o", str(tmp_path / "news.md")])
    main(["news", str(path), "-o", str(tmp_path / "news.html")])
    main(["news", str(path), "--json"])
    main(["report", str(path), "-o", str(tmp_path / "report.md")])
    assert said in capsys.readouterr().out
    for page in ("news.md", "news.html", "report.md"):
        assert said in (tmp_path / page).read_text("utf-8")
    main(["news", str(path)])
    assert said in " ".join(capsys.readouterr().out.split())
