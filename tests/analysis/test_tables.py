"""Tables of a stored run: the seeds, read as a reader of the five reports would."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import reuse
from reuse.analysis import frames as frames_module
from reuse.analysis import matrix as matrix_module
from reuse.analysis.changes import change_table
from reuse.analysis.concordance import concordance_table, formula_concordance
from reuse.analysis.contrast import pair_table
from reuse.analysis.edits import edit_table
from reuse.analysis.families import family_occurrences, family_table
from reuse.analysis.frames import filler_table, frame_occurrences, frame_table, frames_of
from reuse.analysis.keyness import keyness_table
from reuse.analysis.lives import life_table
from reuse.analysis.matrix import matrix_table
from reuse.analysis.profiles import profile_table
from reuse.analysis.reference import ReferenceTexts, reference_table
from reuse.errors import UsageError
from reuse.options import FrameOptions

SEEDS = Path(__file__).parents[2] / "seeds"


def rows_of(table):
    assert len({len(column) for column in table.values()}) == 1
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def test_frames(seeds_run):
    rows = {row["pattern"]: row for row in rows_of(frame_table(seeds_run))}
    kinship = rows["healthy and … ones closely knitted in the bonds of kinship"]
    assert json.loads(kinship["slots"]) == [[["viable", 2, 2], ["vibrant", 1, 1]]]
    assert (kinship["first_date"], kinship["last_date"]) == ("2022-02-27", "2022-07-07")
    names = dict(zip(seeds_run.formulas["id"], seeds_run.formulas["text"], strict=True))
    assert "ones closely knitted in the bonds of kinship" in {names[formula] for formula in kinship["formulas"]}
    reporting = json.loads(rows["… that … he … that"]["slots"])
    assert {filler for filler, _, _ in reporting[0]} >= {"Saying", "Noting", "stressing"}
    assert {filler for filler, _, _ in reporting[2]} >= {"stressed", "said", "added"}


def test_frames_are_found_once_and_kept_with_their_run(tmp_path, monkeypatch):
    first, second = (SEEDS / name for name in sorted(path.name for path in SEEDS.glob("00[01]*.txt")))
    with reuse.scan([first, second], tmp_path / "two.reuse") as run:
        found = frame_table(run)
        with reuse.Run.open(tmp_path / "two.reuse") as again, monkeypatch.context() as patched:
            patched.setattr(frames_module, "find_frames", None)
            assert frame_table(again) == found
        few = frames_of(run, FrameOptions(max_frames=1))
        assert len(few) == 1
        stored = tmp_path / "two.reuse" / "index" / "kept-frames.npz"
        whole = stored.read_bytes()
        for broken in (whole[: len(whole) // 2], b""):
            stored.write_bytes(broken)
            assert frame_table(run) == found
        assert len(stored.read_bytes()) == len(whole)
        with reuse.scan([first], tmp_path / "two.reuse") as rescanned:
            stored.write_bytes(whole)  # as if another process had written late
            assert frame_table(rescanned)["pattern"] != found["pattern"]
            assert run.replaced
            run.keep("other", {})
        assert not stored.with_name("kept-other.npz").exists()


def test_fillers_and_occurrences_of_a_frame(seeds_run):
    frames = frames_of(seeds_run)
    patterns = frame_table(seeds_run, frames)["pattern"]
    number = patterns.index("healthy and … ones closely knitted in the bonds of kinship")
    rows = rows_of(filler_table(seeds_run, frames, number))
    assert sorted(row["filler"] for row in rows) == ["viable", "viable", "vibrant"]
    for row in rows:
        assert seeds_run.passage_text(row["doc"], row["start"], row["end"]) == row["filler"]
    lines = rows_of(concordance_table(seeds_run, *frame_occurrences(frames, number)))
    assert [line["keyword"].split()[:2] for line in lines] == [["healthy", "and"]] * 3
    assert all(line["keyword"].endswith("bonds of kinship") for line in lines)


def test_families(seeds_run):
    rows = rows_of(family_table(seeds_run))
    assert all(len(row["formulas"]) == row["variants"] for row in rows)
    assert sorted(form for row in rows for form in row["formulas"]) == sorted(seeds_run.formulas["id"])
    alone = [row["id"] for row in seeds_run.table("formulas", where="head:true")]
    assert alone == [row["id"] for row in rows]
    assert len(alone) + len(seeds_run.table("formulas", where="head:false")) == seeds_run.count("formulas")
    for row in rows[:20]:
        starts, ends = family_occurrences(seeds_run, row["id"])
        assert len(starts) == row["tf"]
        assert (starts[1:] >= ends[:-1]).all()
    cheers = next(row for row in rows if "thunderous cheers of Hurrah" in row["texts"])
    assert "stormy cheers of hurrah" in cheers["texts"]
    assert cheers["first_date"] < cheers["last_date"]


@pytest.mark.parametrize("order", ["text", "left", "right", "date"])
def test_concordance_quotes_the_texts(seeds_run, order):
    starts, ends = family_occurrences(seeds_run, rows_of(family_table(seeds_run))[0]["id"])
    rows = rows_of(concordance_table(seeds_run, starts, ends, order=order))
    assert len(rows) == len(starts)
    for row in rows:
        quoted = seeds_run.passage_text(row["doc"], row["start"], row["end"])
        assert " ".join(quoted.split()) == row["keyword"]
    if order == "date":
        assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    if order == "right":
        following = [row["right"].casefold().lstrip(' ,.()“”"').split()[0] for row in rows]
        assert following == sorted(following)
    assert rows_of(concordance_table(seeds_run, starts, ends, order=order, limit=2, offset=1)) == rows[1:3]


def test_concordance_of_all_formulas(seeds_run):
    rows = rows_of(formula_concordance(seeds_run, np.arange(300)))
    texts = dict(zip(seeds_run.formulas["id"], seeds_run.formulas["text"], strict=True))
    assert {row["formula"] for row in rows} <= texts.keys()
    plain = [row for row in rows if row["keyword"].casefold() == texts[row["formula"]].casefold()]
    assert len(plain) > 200  # the others have quotes, brackets or emphasis inside


def test_keyness_of_the_years(seeds_run):
    rows = rows_of(keyness_table(seeds_run, "year"))
    best = {group: [row["text"] for row in rows if row["group"] == group][:3] for group in ("2021", "2022")}
    whole = "chief secretaries of the city and county Party committees"
    assert best["2021"][:2] == [whole, "city and county Party committees"]
    assert best["2022"][:2] == ["the primary Party committees", "secretary of primary Party committee"]
    assert {row["q"] for row in rows} == {None}  # two documents against three: no deal is rarer than one in ten
    every = rows_of(keyness_table(seeds_run, "year", limit=None))
    assert {row["text"] for row in rows} < {row["text"] for row in every}
    assert min(row["df"] for row in rows_of(keyness_table(seeds_run, "year", min_documents=2))) == 2
    with pytest.raises(UsageError, match="the fields are: document"):
        keyness_table(seeds_run, "colour")


def test_one_year_against_the_other(seeds_run):
    rows = rows_of(pair_table(seeds_run, "year", "2022", "2021"))
    formulas = {row["id"]: row for row in seeds_run.formulas}
    assert len({row["formula"] for row in rows}) == len(rows) == len(formulas)
    for row in rows:
        assert row["tf_a"] + row["tf_b"] == formulas[row["formula"]]["tf"]
        assert row["df_a"] + row["df_b"] == formulas[row["formula"]]["df"]
    assert [row["z"] for row in rows] == sorted((row["z"] for row in rows), reverse=True)
    best = rows_of(pair_table(seeds_run, "year", "2022", "2021", limit=3))
    assert best[0]["text"] == "the primary Party committees"
    assert best[-1]["text"] == "chief secretaries of the city and county Party committees"
    assert [row["z"] > 0 for row in best] == [True] * 3 + [False] * 3
    wide = rows_of(pair_table(seeds_run, "year", "2022", "2021", limit=3, min_documents=2))
    assert all((row["df_a"] if row["z"] > 0 else row["df_b"]) >= 2 for row in wide)
    assert "city and county Party organizations" in {row["text"] for row in best} - {row["text"] for row in wide}
    turned = rows_of(pair_table(seeds_run, "year", "2021", "2022", limit=3))
    assert [row["text"] for row in turned] == [row["text"] for row in best[::-1]]
    for a, b, said in (("2021", "202", "in the names of 2"), ("2021", "1999", "no year"), ("2021", "2021", "the same")):
        with pytest.raises(UsageError, match=said):
            pair_table(seeds_run, "year", a, b)


def test_later_reports_recycle_more(seeds_run):
    rows = rows_of(profile_table(seeds_run))
    recycled = {row["name"][:3]: row["recycled"] for row in rows}
    assert recycled["002"] == 0  # the earliest
    assert min(("000", "001", "003", "004"), key=recycled.get) == "003"  # has only one before it
    assert max(("000", "001", "003", "004"), key=recycled.get) in {"000", "001"}
    for row in rows:
        assert row["recycled_low"] is None  # of one document the share is counted
        assert row["characteristic"]
    for row in rows_of(profile_table(seeds_run, "year")):
        assert row["recycled_low"] <= row["recycled"] <= row["recycled_high"]


def test_matrix(seeds_run, monkeypatch):
    rows = rows_of(matrix_table(seeds_run))
    between = [row for row in rows if row["a"] != row["b"]]
    assert len(between) == 10
    conferences = max(between, key=lambda row: row["share_a"] + row["share_b"])
    assert (conferences["a"][:3], conferences["b"][:3]) == ("001", "003")  # the openings of two conferences
    assert {row["place_a"] for row in rows} == set(range(5))
    assert len(rows_of(matrix_table(seeds_run, "year"))) == 3
    monkeypatch.setattr(matrix_module, "MOST_PAIRS", 3)
    assert rows_of(matrix_table(seeds_run)) == [row for row in rows if row["matches"]]


def test_lives(seeds_run):
    text = "ones closely knitted in the bonds of kinship"
    ((number,),) = seeds_run.sql("SELECT formula FROM formulas WHERE text = ?", (text,))
    rows = rows_of(life_table(seeds_run, "month", numbers=[number, 0]))
    assert rows[0]["text"] == text
    assert rows[0]["periods"][0] == "2021-03"
    assert rows[0]["first"] == "2022-02"
    assert rows[0]["rates"][rows[0]["periods"].index("2021-05")] is None
    families = rows_of(life_table(seeds_run, "month", families=True))
    heads = {row["id"]: row for row in rows_of(family_table(seeds_run))}
    assert len({row["formula"] for row in families}) == len(families)
    for row in families:
        if row["formula"] in heads:
            assert sum(row["tf"]) == heads[row["formula"]]["tf"]
            assert sum(row["df"]) == heads[row["formula"]]["df"]
    assert heads.keys() <= {row["formula"] for row in families}
    with pytest.raises(UsageError, match="no period"):
        life_table(seeds_run, "source")


def test_changes(seeds_run):
    edits = rows_of(edit_table(seeds_run))
    ids = set(seeds_run.matches["id"])
    assert all(row["match"] in ids for row in edits)
    changes = rows_of(change_table(seeds_run))
    assert sum(row["count"] for row in changes) == len(edits)
    viable = [row for row in changes if (row["before"], row["after"]) == ("viable", "vibrant")]
    assert len(viable) == 1
    assert viable[0]["kind"] == "substitution"
    spelt = [row for row in changes if {row["before"], row["after"]} == {"analyse", "analyze"}]
    assert all(row["about"] == "spelling" for row in spelt)
    between = rows_of(change_table(seeds_run, by="year", between=("2021", "2022")))
    turned = rows_of(change_table(seeds_run, by="year", between=("2022", "2021")))
    assert sum(row["count"] for row in between) == sum(row["count"] for row in turned) < len(edits)
    assert {(row["before"], row["after"]) for row in between} == {(row["after"], row["before"]) for row in turned}
    assert between
    by_year = rows_of(change_table(seeds_run, by="year"))
    assert {row["group"] for row in by_year} <= {"2021", "2022"}


def test_a_run_against_itself_has_as_much_of_every_formula(seeds_run):
    rows = rows_of(reference_table(seeds_run, ReferenceTexts.of(seeds_run), limit=None))
    assert len(rows) == seeds_run.count("formulas")
    assert all(row["tf"] == row["rest_tf"] and row["df"] == row["rest_df"] for row in rows)
    assert all(row["q"] is None or row["q"] > 0.5 for row in rows)


def test_reference_corpus(seeds_run, tmp_path):
    (tmp_path / "plain.txt").write_text(
        "He stressed the need to rest. She stressed the need to work, and he stressed the need for both."
    )
    with reuse.scan(tmp_path / "plain.txt", tmp_path / "plain.reuse") as plain:
        rows = rows_of(reference_table(seeds_run, ReferenceTexts.of(plain), limit=None))
    by_text = {row["text"]: row for row in rows}
    assert by_text["he stressed the need"]["rest_tf"] == 2
    assert by_text["he stressed the need"]["z"] < 0 < by_text["ones closely knitted in the bonds of kinship"]["z"]
