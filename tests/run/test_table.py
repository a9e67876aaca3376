"""Tables as a person with data expects them: rows, columns, slices, data frames, and a look at them in a notebook."""

import html.parser
import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.errors import MissingExtraError, RunError, UsageError
from reuse.run.items import Match
from reuse.run.run import Run
from reuse.run.table import Table

SMALL = Table({"word": ["one", "two", "three"], "count": [3, 1, 2]}, name="words")


def test_len_is_rows_and_a_name_is_a_column():
    assert len(SMALL) == 3
    assert SMALL.columns == ("word", "count")
    assert SMALL["count"] == [3, 1, 2]
    with pytest.raises(KeyError, match="words has no column 'bits'; it has word, count"):
        SMALL["bits"]


def test_a_row_has_its_cells_by_name_and_as_attributes():
    row = SMALL[1]
    assert (row.word, row["count"], dict(row)) == ("two", 1, {"word": "two", "count": 1})
    assert row == {"word": "two", "count": 1}
    assert {"word", "count"} <= set(dir(row))
    assert repr(row) == "Row(word='two', count=1)"
    with pytest.raises(AttributeError, match="the row has no column 'bits'; it has word, count"):
        _ = row.bits
    with pytest.raises(IndexError, match="no row 3: words has 3 rows"):
        SMALL[3]


@given(st.data())
def test_slices_of_slices_are_those_of_a_list(data):
    numbers = list(range(data.draw(st.integers(0, 12))))
    table = Table({"n": numbers})
    for _ in range(3):
        bounds = st.none() | st.integers(-15, 15)
        part = slice(data.draw(bounds), data.draw(bounds), data.draw(st.none() | st.integers(-3, 3).filter(bool)))
        numbers, table = numbers[part], table[part]
        assert table["n"] == numbers
        assert [row.n for row in table] == numbers
        assert len(table) == len(numbers)
        assert [table[at].n for at in range(-len(numbers), len(numbers))] == numbers + numbers


def test_a_match_has_two_passages(run):
    for match in run.matches:
        assert isinstance(match, Match)
        for side, passage in (("a", match.a), ("b", match.b)):
            assert passage.document == match[side]
            assert run.passage_text(passage.document, passage.start, passage.end) == passage.text == str(passage)
            assert (passage.tokens, passage.coverage) == (match[f"tokens_{side}"], match[f"{side}_coverage"])
            assert (passage.title, passage.date) == (match[f"title_{side}"], match[f"date_{side}"])
    (match,) = run.table("matches", columns=["id", "a", "bits"], limit=1)
    with pytest.raises(UsageError, match="needs the column 'a_start', which was not read"):
        _ = match.a


def test_only_what_is_looked_at_is_read(large, monkeypatch):
    asked = []
    sql_of = Run.sql
    monkeypatch.setattr(Run, "sql", lambda run, sql, values=(): asked.append((sql, values)) or sql_of(run, sql, values))
    matches = large.matches
    asked.clear()
    assert len(matches) == 400
    assert asked == []
    bits = matches["bits"]
    assert matches["bits"] is bits
    assert [sql for sql, _ in asked if "count(" not in sql] == ["SELECT match, bits FROM matches ORDER BY match"]


def test_a_row_alone_and_a_row_in_its_table_are_the_same(large):
    matches = large.table("matches", order="similarity")
    everything = list(matches)
    assert [matches[at] for at in (0, 7, -1)] == [everything[at] for at in (0, 7, -1)]
    assert list(matches[390:3:-50]) == everything[390:3:-50]
    assert matches.to_dict() == {name: [row[name] for row in everything] for name in matches.columns}


def test_a_closed_run_says_so(path):
    with Run.open(path) as run:
        matches, bits = run.matches, run.matches["bits"]
    assert len(matches) == len(bits) == 4
    with pytest.raises(RunError, match="has been closed"):
        matches["bits"]


def test_data_frames_take_a_table_as_it_is(run):
    for name in ("documents", "matches", "clusters", "formulas", "frames", "matrix"):
        table = run.table(name)
        wanted = list(table.to_dicts())
        streamed = pa.RecordBatchReader.from_stream(table).read_all()
        assert streamed.to_pylist() == table.to_arrow().to_pylist() == wanted
        assert pl.DataFrame(table).to_dicts() == table.to_polars().to_dicts() == wanted
        frame = table.to_pandas()
        assert (list(frame.columns), len(frame)) == (list(table.columns), len(table))
        if len(table):
            assert pd.DataFrame(table).columns.equals(frame.columns)
            assert len(pd.DataFrame(table)) == len(table)


def test_types_do_not_depend_on_what_the_cells_happen_to_hold(run):
    some, none = run.table("matches").to_arrow(), run.table("matches", where="bits>1e9").to_arrow()
    assert none.num_rows == 0 < some.num_rows
    assert run.table("matches", where="bits>1e9")["bits"] == list(run.matches[4:]) == []
    assert some.schema == none.schema
    types = {field.name: str(field.type) for field in run.formulas.to_arrow().schema}
    wanted = {"text": "string", "df": "int64", "bits": "double", "documents": "list<item: string>", "bookmark": "bool"}
    assert {name: types[name] for name in wanted} == wanted


def test_a_stream_reads_batch_by_batch(large, monkeypatch):
    monkeypatch.setattr("reuse.run.arrow.BATCH", 150)
    reader = pa.RecordBatchReader.from_stream(large.matches)
    assert [batch.num_rows for batch in reader] == [150, 150, 100]


def test_a_table_that_was_worked_out_has_the_types_of_its_values():
    table = Table({"n": [1, None], "x": [0.5, math.inf], "rates": [[1.0, None], []], "text": ["\udcff", "é"]})
    assert table.to_arrow().to_pylist() == [
        {"n": 1, "x": 0.5, "rates": [1.0, None], "text": "\\udcff"},
        {"n": None, "x": math.inf, "rates": [], "text": "é"},
    ]
    assert table.to_polars()["n"].to_list() == [1, None]


@pytest.mark.parametrize(
    ("package", "call"), [("pyarrow", "to_arrow"), ("pandas", "to_pandas"), ("polars", "to_polars")]
)
def test_what_is_missing_can_be_installed_in_one_line(package, call, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install .*'textreuse\[parquet\]'"):
        getattr(SMALL, call)()


class Cells(html.parser.HTMLParser):
    """Gathers the cells of an HTML table, row by row, and what stands before it."""

    def __init__(self):
        super().__init__()
        self.rows, self.caption = [], ""

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        else:
            assert tag in {"div", "p", "table", "thead", "tbody"}, "text of documents is no markup"

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.rstrip("\n")
        else:
            self.caption += data.strip()


def shown(table):
    cells = Cells()
    cells.feed(table._repr_html_())
    return cells


def test_a_notebook_shows_the_first_rows_and_how_many_there_are(large):
    found = shown(large.matches)
    assert found.caption == "matches 10 of 400 rows"
    assert found.rows[0] == list(large.matches.columns)
    assert len(found.rows) == 11
    assert [row[1] for row in found.rows[1:]] == large.matches["a"][:10]
    assert shown(SMALL).caption == "words 3 rows"
    assert shown(SMALL[:1]).rows == [["word", "count"], ["one", "3"]]


def test_text_of_documents_is_no_markup_in_a_notebook():
    hostile = Table({"<b>name</b>": ["<script>alert(1)</script>", "\u202eesrever", "x" * 500, None, True]})
    assert shown(hostile).rows == [
        ["<b>name</b>"],
        ["<script>alert(1)</script>"],
        ["⟨U+202E⟩esrever"],
        ["x" * 59 + "…"],
        [""],
        ["True"],
    ]


def test_a_repr_is_short():
    assert repr(SMALL) == "<words: 3 rows of word, count>"
    assert repr(SMALL[:1]) == "<words: 1 row of word, count>"
    long = Table({"text": ["word " * 100 + "\x1b[2J"]})[0]
    assert repr(long) == "Row(text='word word word word word word word word…')"


def test_tables_are_equal_if_their_columns_are(run):
    assert run.matches == run.matches != run.clusters
    assert SMALL[:2] != SMALL
    assert np.array_equal(SMALL["count"], SMALL[:]["count"])
