"""The filter language: what it reads, and that it chooses the rows that a plain Python loop would choose."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.tokenise import words_of
from reuse.errors import UsageError
from reuse.run.registry import FILTERED
from reuse.run.run import Run
from reuse.run.terms import Term, terms_of
from tests.synthetic import synthetic_run


def test_terms():
    assert terms_of('similarity>0.8 -doc:"a b.txt" -boilerplate "closely knitted" well-known*  date=2021') == [
        Term(False, "similarity", ">", "0.8", False),
        Term(True, "doc", ":", "a b.txt", True),
        Term(True, "", "", "boilerplate", False),
        Term(False, "", "", '"closely knitted"', True),
        Term(False, "", "", "well-known*", False),
        Term(False, "date", "=", "2021", False),
    ]


@given(st.text(max_size=40))
def test_any_input_is_read_or_explained(where):
    try:
        terms = terms_of(where)
    except UsageError:
        assert '"' in where
    else:
        assert bool(terms) == bool(where.split())


def words_in(phrase, text):
    words, among = words_of(phrase), words_of(text)
    return any(among[at : at + len(words)] == words for at in range(len(among)))


FILTERS = [
    ("similarity>0.9", lambda row: row["similarity"] > 0.9),
    ("similarity:0.8..0.9", lambda row: 0.8 <= row["similarity"] <= 0.9),
    ("words>=20", lambda row: max(row["tokens_a"], row["tokens_b"]) >= 20),
    ("tokens<20 bits>100", lambda row: max(row["tokens_a"], row["tokens_b"]) < 20 and row["bits"] > 100),
    ("doc:report-01", lambda row: "report-01" in row["a"] or "report-01" in row["b"]),
    ("a:1 -b:2", lambda row: "1" in row["a"] and "2" not in row["b"]),
    ("doc=report-01", lambda row: False),
    ("doc=report-01.txt", lambda row: "report-01.txt" in (row["a"], row["b"])),
    ("after:2016-06", lambda row: (row["date_a"] or "") >= "2016-06" and (row["date_b"] or "") >= "2016-06"),
    ("before:2018", lambda row: "" < (row["date_a"] or "") < "2018" and "" < (row["date_b"] or "") < "2018"),
    ("date:2017", lambda row: "2017" in ((row["date_a"] or "")[:4], (row["date_b"] or "")[:4])),
    ("direction:a>b", lambda row: row["direction"] == "a>b"),
    ("found:reworded", lambda row: row["found_by"] == "reworded"),
    ("-found:Aligned", lambda row: row["found_by"] != "aligned"),
    ("passages>4", lambda row: row["cluster_passages"] > 4),
    ("title:kanono", lambda row: "kanono" in (row["title_a"] + row["title_b"]).lower()),
    ("kakalo", lambda row: words_in("kakalo", row["text_a"]) or words_in("kakalo", row["text_b"])),
    ("-kakalo", lambda row: not (words_in("kakalo", row["text_a"]) or words_in("kakalo", row["text_b"]))),
]


@pytest.mark.parametrize(("where", "holds"), FILTERS, ids=[where for where, _ in FILTERS])
def test_matches_pass_as_a_plain_loop_says(large, where, holds):
    wanted = [number for number, row in enumerate(large.matches) if holds(row)]
    assert large.ids("matches", where).tolist() == wanted
    assert large.count("matches", where) == len(wanted)


def test_bits_are_shared_out_among_the_texts_that_have_a_match(large):
    witnesses = dict(zip(large.clusters["id"], large.clusters["witnesses"], strict=True))
    rows = large.table("matches", columns=["bits", "bits_rare", "cluster"], order="bits_rare")
    expected = [row["bits"] / math.sqrt(max(witnesses[row["cluster"]] - 1, 1)) for row in rows]
    assert [row["bits_rare"] for row in rows] == pytest.approx(expected)
    assert expected == sorted(expected, reverse=True)
    assert len(set(witnesses.values())) > 2
    assert large.count("matches", "bits_rare>30") == sum(value > 30 for value in expected)


def test_phrases_of_the_text_are_found_in_every_table(large):
    phrase = " ".join(large.matches["text_a"][7].split()[2:6]).upper()
    for table, column in (("matches", "text_a"), ("clusters", "text"), ("documents", None)):
        found = large.table(table, where=f'"{phrase}"')
        assert 0 < len(found) < large.count(table)
        if column is None:
            assert all(words_in(phrase, large.text(name)) for name in found["id"])
    formula = large.formulas["text"][3]
    found = large.table("formulas", where=f'"{formula}"')["text"]
    assert formula in found
    assert large.count("formulas", f'"{formula.rsplit(maxsplit=1)[0]} {formula.split()[-1][:3]}*"') >= len(found)
    assert large.count("formulas", formula[1:7]) == 0, "only whole words"


def test_beginnings_of_words(large):
    def begins(text):
        return any(word.startswith("kakal") for word in words_of(text))

    wanted = [number for number, row in enumerate(large.matches) if begins(row["text_a"]) or begins(row["text_b"])]
    assert wanted
    assert large.ids("matches", "kakal*").tolist() == wanted


def test_a_phrase_does_not_cross_documents(run):
    assert run.count("documents", '"spoke the people"') == 1
    assert run.count("documents", '"b today"') == 0


def test_ids_are_found_by_their_first_digits(run):
    name, cluster = run.matches["id"][1], run.matches["cluster"][1]
    assert run.table("matches", where=f"id:{name[:10]}")["id"] == [name]
    assert set(run.table("matches", where=f"cluster:{cluster[:8]}")["cluster"]) == {cluster}
    assert run.table("clusters", where=f"id:{cluster}")["id"] == [cluster]


def test_formulas_and_clusters_by_document(large):
    for table in ("formulas", "clusters"):
        some = large.count(table, "doc:report-01")
        assert 0 < some < large.count(table)
        assert large.count(table, "-doc:report-01") == large.count(table) - some
    for row in large.table("formulas", where="doc:report-01 df>3"):
        assert row["df"] > 3
        assert any("report-01" in name for name in row["documents"])


def test_marks_and_notes(run):
    ids = run.matches["id"]
    clusters = run.matches["cluster"]
    run.notes.set_mark("match", ids[0], "accepted")
    run.notes.set_mark("cluster", clusters[1], "boilerplate")
    run.notes.set_bookmark("match", ids[2], bookmark=True)
    run.notes.set_note("match", ids[3], "See Kim 2019, p. 4")
    marks = run.matches["mark"]
    assert marks == ["accepted" if name == ids[0] else "boilerplate" for name in ids]
    for where in ("accepted", "mark:accepted", "mark:boilerplate", "-boilerplate", "mark:any", "mark:none"):
        wanted = {
            "accepted": [0],
            "mark:accepted": [0],
            "mark:boilerplate": [1, 2, 3],
            "-boilerplate": [0],
            "mark:any": [0, 1, 2, 3],
            "mark:none": [],
        }[where]
        assert run.ids("matches", where).tolist() == wanted, where
    assert run.ids("matches", "bookmark").tolist() == [2]
    assert run.ids("matches", 'note:"kim 2019"').tolist() == [3]
    assert run.count("clusters", "mark:none") == 1
    assert run.count("matches", '"boilerplate"') == 0, "quoted, it is a word"


@pytest.mark.parametrize(
    ("table", "where", "message"),
    [
        ("matches", "simularity>1", r"no field 'simularity'; did you mean similarity\? The fields are text, words"),
        ("matches", "similarity>high", "similarity needs a number"),
        ("matches", "after:May", "after needs a date such as after:2021"),
        ("matches", "found:by-hand", "found needs one of aligned, confirmed, reworded, condensed"),
        ("matches", "mark:good", "mark needs one of accepted, rejected"),
        ("matches", "cluster:xyz", "first digits of an id"),
        ("matches", "doc>3", "doc|id is a text"),
        ("matches", '"open', "brackets come in pairs"),
        ("matches", "!!!", "no word to look for"),
        ("formulas", "similarity>1", "formulas have no field 'similarity'"),
        ("texts", "x", "there is no table 'texts'"),
    ],
)
def test_what_is_wrong_is_explained(run, table, where, message):
    with pytest.raises(UsageError, match=message):
        run.table(table, where=where)


@pytest.mark.parametrize("table", FILTERED)
def test_every_field_is_described_and_works(run, table):
    values = {
        "after": "2020",
        "before": "2022",
        "date": "2021",
        "mark": "any",
        "found": "aligned",
        "id": "ab",
        "cluster": "ab",
        "family": "ab",
        "found_by": "aligned",
        "date_guessed": "true",
        "head": "true",
        "direction_guessed": "true",
        "source_guessed": "true",
        "known": "true",
        "within": "true",
        "relation": "phrases",
        "furniture": "none",
        **({"copies": "true"} if table == "matches" else {}),
    }
    for name, field in FILTERED[table].fields.items():
        assert field.description
        assert run.count(table, f"{name}:{values.get(name, '1')}") >= 0


@pytest.mark.parametrize("table", FILTERED)
def test_whatever_column_has_an_order_can_be_filtered_by(run, table):
    for column in FILTERED[table].columns:
        try:
            run.ids(table, order=column.name)
        except UsageError:
            continue
        assert column.name in FILTERED[table].fields


def test_columns_are_fields(run):
    assert run.ids("matches", "a_start>=37").tolist() == [
        number for number, start in enumerate(run.matches["a_start"]) if start >= 37
    ]
    assert run.table("documents", where="date_guessed:false")["id"] == run.document_ids
    assert run.table("documents", where="-date_guessed:false")["id"] == []


def test_hostile_values_are_only_values(run):
    for value in ("%", "_", "';DROP TABLE matches;--", "\\"):
        assert run.count("matches", f'doc:"{value}"') in {0, 1, 2, 3, 4}
    assert run.count("documents", "doc:%") == 0
    assert run.count("matches") == 4


@pytest.mark.slow
def test_a_hundred_thousand_matches_are_filtered_at_once(tmp_path):
    with Run.open(synthetic_run(tmp_path / "r", documents=10_000, matches=100_000)) as run:
        run.ids("matches", "bits>100", "bits")
        for where in ("similarity>0.8 words>=20", "doc:report-0002", "kakalo", '"ranlotes mishenwick"', "cluster:ab"):
            began = time.perf_counter()
            run.ids("matches", where, "bits")
            assert time.perf_counter() - began < 0.3, where  # 0.1 on a machine that does nothing else


@pytest.mark.parametrize(("table", "key"), [("matches", "match"), ("clusters", "cluster")])
def test_furniture_is_looked_up_in_its_index(run, table, key):
    for value in ("any", "none", "running"):
        condition = FILTERED[table].condition(run, f"furniture:{value}")
        query = f"EXPLAIN QUERY PLAN SELECT {key} FROM {table} WHERE {condition.sql}"
        plan = [str(row[3]) for row in run.sql(query, condition.parameters)]
        assert any(f"{table}_that_are_furniture" in step for step in plan), plan
