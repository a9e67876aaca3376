"""What is written is what is read."""

import gc
import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable
from reuse.corpus.document import Document
from reuse.errors import RunError, UsageError
from reuse.run import format_page, registry, rows, stored_tables
from reuse.run.computed import Computed
from reuse.run.declaration import StoredColumn
from reuse.run.ids import stable_ids
from reuse.run.run import Run
from reuse.run.schema import COLUMNS, SCHEMA_VERSION
from reuse.run.spans import Spans
from reuse.run.writer import RunWriter
from tests.run.reports import DATES, FORMULAS, MATCHES, TEXTS, write
from tests.synthetic import build_run, tokens_of

CONTRACT = {
    "matches": "id a a_start a_end b b_start b_end similarity a_coverage b_coverage tokens_a tokens_b matched_tokens "
    "bits evalue cluster found_by direction direction_guessed text_a text_b",
    "formulas": "id text tokens df tf documents df_all tf_all first_date last_date bits dispersion family variants",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_stand_in_the_order_of_the_contract(run, table):
    wanted = CONTRACT[table].split()
    assert list(run.table(table).columns)[: len(wanted)] == wanted


def test_texts_survive_whatever_is_in_them(run):
    assert {name: run.text(name) for name in TEXTS} == TEXTS
    assert run.documents["characters"] == [len(TEXTS[name]) for name in sorted(TEXTS)]


def test_small_run(run):
    matches = run.matches
    assert len(matches) == len(MATCHES)
    assert sorted(zip(matches["a"], matches["text_a"], matches["b"], matches["text_b"], strict=True)) == sorted(MATCHES)
    # the year of b.txt is later than a.txt's; c.txt has no date
    directions = {(a, b): way for a, b, way in zip(matches["a"], matches["b"], matches["direction"], strict=True)}
    assert directions == {("a.txt", "b.txt"): "a>b", ("a.txt", "c.txt"): "unknown", ("b.txt", "c.txt"): "unknown"}
    assert matches["a_coverage"][0] == pytest.approx(4 / run.documents["tokens"][0])

    clusters = run.table("clusters", order="passages")
    assert clusters["passages"] == [3, 2]
    assert clusters["documents"] == [3, 2]
    assert clusters["text"] == ["The people are one in heart.", "Comrade Jo, first secretary"]
    assert (clusters["first_date"][0], clusters["last_date"][0]) == (DATES["a.txt"], DATES["b.txt"])

    assert run.formulas["text"] == [*FORMULAS[:2], "Comrade Jo first secretary"]
    assert run.formulas["documents"] == [["a.txt", "b.txt", "c.txt"], ["a.txt", "c.txt"], ["a.txt", "b.txt"]]
    assert run.formulas["family"] == run.formulas["id"]
    assert run.meta == {"schema_version": SCHEMA_VERSION, "version": "0"}


def test_every_row_cuts_out_what_it_says(large):
    for side in "ab":
        for row in large.matches:
            assert large.passage_text(row[side], row[f"{side}_start"], row[f"{side}_end"]) == row[f"text_{side}"]
            first, last = large.token_range(row[side], row[f"{side}_start"], row[f"{side}_end"])
            assert last - first == row[f"tokens_{side}"]


def test_columns_lie_beside_the_database(large):
    assert {path.stem for path in (large.path / "index").iterdir()} == set(COLUMNS)
    tokens = large.tokens
    assert tokens.documents == large.count("documents") == 60
    assert list(np.diff(tokens.bounds)) == large.documents["tokens"]
    for number, (text, tf) in enumerate(zip(large.formulas["text"], large.formulas["tf"], strict=True)):
        positions = large.formula_occurrences(number)
        assert len(positions) == tf
        start, end = int(tokens.starts[positions[0]]), int(tokens.ends[positions[0] + len(text.split()) - 1])
        cut = large.passage_text(int(tokens.document_of(positions[:1])[0]), start, end)
        assert cut.casefold() == text.casefold()


def test_tables_make_data_frames_in_one_call(run):
    for name in ("documents", "matches", "clusters", "formulas"):
        table = run.table(name)
        pandas_frame, polars_frame = pd.DataFrame(table), pl.DataFrame(table)
        assert list(pandas_frame.columns) == polars_frame.columns == list(table.columns)
        assert len(pandas_frame) == len(polars_frame) == len(table) > 0


def test_rows_come_in_the_order_asked_for(large):
    by_bits = large.ids("matches", order="bits")
    bits = large.table("matches", order="bits", columns=["bits"])["bits"]
    assert bits == sorted(bits, reverse=True)
    rows = large.rows("matches", by_bits[[5, 3, 5]], ["id", "bits"])
    assert [row["bits"] for row in rows] == [bits[5], bits[3], bits[5]]
    assert (
        large.ids("matches", order="bits", descending=False, limit=3, offset=2).tolist()
        == (large.ids("matches", order="bits", descending=False).tolist()[2:5])
    )
    dates = large.table("documents", order="date", columns=["date"])["date"]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates[len(known) :] == [None] * (len(dates) - len(known))


def test_batches_are_the_table(large):
    together = [row for batch in large.batches("matches", order="similarity", size=33) for row in batch]
    assert together == list(large.table("matches", order="similarity").to_dicts())


def test_ids_do_not_depend_on_what_else_was_read(tmp_path):
    less = write(tmp_path / "less", matches=MATCHES[2:3], formulas=FORMULAS[1:2])
    more = write(tmp_path / "more", texts={**TEXTS, "0.txt": "Something that comes first."})
    with Run.open(less) as small, Run.open(more) as full:
        for table in ("matches", "formulas"):
            assert set(small.table(table)["id"]) < set(full.table(table)["id"])


def test_ids_are_unique_even_where_keys_are_not():
    ids = stable_ids([b"x", b"y", b"x", b"x"])
    assert len(set(ids)) == 4
    assert ids[:2] == stable_ids([b"x", b"y"])
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in ids)


def test_two_scans_give_the_same_bytes(tmp_path):
    first, second = (write(tmp_path / name) for name in ("one", "two"))
    assert (first / "run.sqlite").read_bytes() == (second / "run.sqlite").read_bytes()


def test_empty_run(tmp_path):
    with Run.open(build_run(tmp_path / "empty", {})) as run:
        assert [run.count(name) for name in ("documents", "matches", "clusters", "formulas")] == [0, 0, 0, 0]
        assert len(run.matches) == 0
        assert len(run.tokens) == 0
        assert run.count("matches", "anything") == 0


def test_a_document_id_is_taken_once(tmp_path):
    with RunWriter(tmp_path / "run") as writer:
        writer.add_document(Document("b", "x", tmp_path))
        writer.add_document(Document("a", "x", tmp_path))
        with pytest.raises(ValueError, match="two documents have the id 'b'"):
            writer.add_document(Document("b", "x", tmp_path))


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=5),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_spans_lie_in_their_document(texts, data):
    tokens = tokens_of(texts)
    for document in range(tokens.documents):
        low, high = int(tokens.bounds[document]), int(tokens.bounds[document + 1])
        if high > low:
            start = data.draw(st.integers(low, high - 1))
            end = data.draw(st.integers(start + 1, high))
            spans = Spans.of(tokens, np.array([start]), np.array([end]))
            assert spans.documents.tolist() == [document]
            assert 0 <= spans.starts[0] < spans.ends[0] <= len(texts[document])


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("2020-05-01", "2021-03", -1),
        ("2022", "2022-07-07", 0),
        ("2022-07", "2022-07-07", 0),
        ("2022-07", "2022-06-30", 1),
        ("2022-07-07", "2022-07-07", 0),
        ("2022-07-07", "2022-07-08", -1),
        (None, "2022", 0),
        (None, None, 0),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(a, b, order):
    dates = Dates.of([a, b])
    assert dates.order(np.array([0, 1]), np.array([1, 0])).tolist() == [order, -order]


def test_a_computed_table_is_read_like_a_stored_one(run):
    table = Computed(
        ComputedTable(
            "initials",
            "one document's first letter",
            (Column("id", "text", "document"), Column("letter", "text", "its first letter")),
            lambda run: {"id": run.document_ids, "letter": [run.text(name)[0] for name in run.document_ids]},
        )
    )
    every = table.numbers(run, where=None, order="letter", descending=True, limit=None, offset=0)
    assert table.fetch(run, every, ["letter"])["letter"] == ["T", "I", "C"]
    assert table.count(run) == 3
    assert list(table.fetch(run, np.array([1]), None)) == [{"id": "b.txt", "letter": "T"}]
    with pytest.raises(UsageError, match="takes no filter"):
        table.numbers(run, where="x", order=None, descending=None, limit=None, offset=0)


def test_a_column_is_one_declaration_and_its_values(path, monkeypatch):
    """Stored, inserted, exported, filtered and documented, all from the one declaration."""
    shorter = StoredColumn("shorter", "integer", "words of the shorter passage", "INTEGER NOT NULL", falls=True)
    matches = replace(stored_tables.MATCHES, every=(*stored_tables.MATCHES.every, shorter))
    every = tuple(matches if table.name == "matches" else table for table in stored_tables.STORED)
    monkeypatch.setattr(stored_tables, "MATCHES", matches)
    monkeypatch.setattr(stored_tables, "STORED", every)
    monkeypatch.setitem(registry.FILTERED, "matches", matches)
    monkeypatch.setattr(format_page, "exported_tables", lambda: {"matches": matches})
    with pytest.raises(ValueError, match=r"matches: values are missing.*shorter"):
        write(path)
    rows_of = rows.matches

    def with_shorter(found, *others, **facts):
        lengths = np.minimum(found.a_end - found.a_start, found.b_end - found.b_start)
        return {**rows_of(found, *others, **facts), "shorter": lengths.tolist()}

    monkeypatch.setattr(rows, "matches", with_shorter)
    write(path)
    with Run.open(path) as run:
        table = run.table("matches", columns=["tokens_a", "tokens_b", "shorter"])
        assert table["shorter"] == list(map(min, table["tokens_a"], table["tokens_b"]))
        assert run.table("matches", where="shorter<6", order="shorter")["shorter"] == [4]
    page = format_page.reference()
    assert "| `shorter` | integer | words of the shorter passage |" in page
    assert "| `shorter` | words of the shorter passage |" in page


def test_the_database_says_what_its_columns_mean(path):
    with closing(sqlite3.connect(path / "run.sqlite")) as database:
        for table in stored_tables.STORED:
            ((schema,),) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,))
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table.name})")]
            assert columns == table.stored
            assert schema.count("--") == 1 + len(columns)


def test_what_is_asked_wrongly_is_explained(run):
    for call, message in (
        (lambda: run.table("nonsense"), "the tables are documents, matches"),
        (lambda: run.table("matches", columns=["bitz"]), "no column bitz; its columns are id, a"),
        (lambda: run.table("matches", order="text_a"), "cannot be sorted by text_a; it can be by id"),
        (lambda: run.text("d.txt"), "no document 'd.txt'"),
        (lambda: run.text(3), "no document 3"),
        (lambda: run.rows("matches", [99]), "no row of one of the 1 numbers"),
        (lambda: run.formula_occurrences(99), "no formula number 99"),
    ):
        with pytest.raises(UsageError, match=message):
            call()


def test_what_cannot_be_opened_is_explained(tmp_path, path):
    (tmp_path / "folder").mkdir()
    for place, message in (("nowhere", "no such run; make one"), ("folder", "not a run")):
        with pytest.raises(RunError, match=message):
            Run.open(tmp_path / place)

    database = sqlite3.connect(path / "run.sqlite")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    with pytest.raises(
        RunError, match=f"schema version {SCHEMA_VERSION + 1}, this textreuse reads {SCHEMA_VERSION}; upgrade"
    ):
        Run.open(path)


def test_a_damaged_run_is_explained(path):
    whole = (path / "run.sqlite").read_bytes()
    (path / "run.sqlite").write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(RunError, match=r"broken.*scan the documents again"), Run.open(path) as run:
        run.count("matches", "similarity>0.1")
    (path / "run.sqlite").write_bytes(whole)
    (path / "index" / "token_ids.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(RunError, match=r"token_ids\.npy.*scan the documents again"), Run.open(path) as run:
        len(run.tokens)


def test_the_database_itself_opens_as_a_run(path):
    with Run.open(path / "run.sqlite") as run:
        assert run.path == path


def test_closing_ends_a_query_that_is_being_read(tmp_path):
    build_run(tmp_path / "run", {f"{number:04}": "one two" for number in range(60)})
    run = Run.open(tmp_path / "run")
    rows = run.sql("SELECT a.doc FROM documents a, documents b")
    next(rows)
    run.close()
    with pytest.raises(RunError, match="has been closed"):
        list(rows)


def test_a_run_that_nobody_holds_is_closed(path):
    run = Run.open(path)
    database = run._database
    del run
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")
