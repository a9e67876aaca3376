"""Texts in memory are read like the records of a file: by their ids, with metadata, and with offsets that hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.read import read_documents
from reuse.corpus.texts import Texts
from reuse.errors import UsageError
from reuse.options import ReadOptions
from reuse.run.table import Table


def read(given, **options):
    skipped = []
    return list(Texts(given).documents(ReadOptions(**options), skipped)), skipped


def test_a_list_of_texts_is_numbered():
    documents, skipped = read(["first text", "second text"])
    assert [(one.id, one.text, one.path, one.record) for one in documents] == [
        ("0", "first text", None, 0),
        ("1", "second text", None, 1),
    ]
    assert skipped == []


def test_a_dict_or_a_series_has_ids():
    for texts in ({"a": "first", 7: "second"}, pd.Series(["first", "second"], index=["a", 7])):
        documents, _ = read(texts)
        assert [(one.id, one.text) for one in documents] == [("a", "first"), ("7", "second")]


COLUMNS = {
    "id": ["a", "b", "c"],
    "text": ["one", "two", "three"],
    "date": ["2022-07-07", "2023", None],
    "Title": ["T", None, "  "],
    "author": ["Jo", "Jo", "Ann"],
    "rank": [3, None, 5],
}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS).convert_dtypes(),
        pd.DataFrame(COLUMNS, index=[5, 3, 4]),
        pl.DataFrame(COLUMNS),
        pa.table(COLUMNS),
        Table(COLUMNS),
        [dict(zip(COLUMNS, row, strict=True)) for row in zip(*COLUMNS.values(), strict=True)],
    ],
    ids=["pandas", "pandas, nullable", "pandas, own index", "polars", "pyarrow", "table", "dicts"],
)
def test_every_kind_of_frame_says_the_same(frame):
    documents, skipped = read(frame)
    assert skipped == []
    assert [(one.id, one.text, one.date, one.title) for one in documents] == [
        ("a", "one", "2022-07-07", "T"),
        ("b", "two", "2023", None),
        ("c", "three", None, None),
    ]
    assert [dict(one.metadata) for one in documents] == [
        {"author": "Jo", "rank": "3"},
        {"author": "Jo"},
        {"author": "Ann", "rank": "5"},
    ]


def test_cells_that_are_no_text_are_written_as_json_would():
    frame = pd.DataFrame(
        {
            "text": ["one", "two"],
            "date": pd.to_datetime(["2022-07-07", None]),
            "at": [datetime(2022, 7, 7, 12, 30, tzinfo=UTC), pd.NaT],
            "day": [date(2022, 7, 7), None],
            "share": [0.5, float("nan")],
            "tags": [np.array(["x", "y"]), ["z", None]],
            "sure": [True, pd.NA],
            "more": [{"n": np.int64(3)}, {"n": 1.0}],
            "kind": [pd.Interval(0, 1), ""],
        }
    )
    first, second = read(frame)[0]
    assert (first.date, second.date) == ("2022-07-07", None)
    assert dict(first.metadata) == {
        "at": "2022-07-07 12:30:00+00:00",
        "day": "2022-07-07",
        "share": "0.5",
        "tags": '["x", "y"]',
        "sure": "true",
        "more": '{"n": 3}',
        "kind": "(0, 1]",
    }
    assert dict(second.metadata) == {"tags": '["z", null]', "more": '{"n": 1}'}


def test_long_frames_are_read_to_the_end():
    texts = [f"text {number}" for number in range(2_345)]
    for frame in (pd.DataFrame({"text": texts}), pl.DataFrame({"text": texts}), pa.table({"text": texts})):
        assert [one.text for one in read(frame)[0]] == texts


def test_fields_may_have_other_names():
    documents, _ = read(pl.DataFrame({"body": ["one"], "number": [12]}), text_field="body", id_field="number")
    assert [(one.id, one.text, dict(one.metadata)) for one in documents] == [("12", "one", {})]
    documents, _ = read(["one"], text_field="body", id_field="number")
    assert [(one.id, one.text) for one in documents] == [("0", "one")]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": st.text(min_size=1, max_size=2).filter(str.strip), "text": st.text()},
            optional={"date": st.sampled_from(["2022", "2022-07-07", "some day"]), "n": st.integers()},
        ),
        max_size=6,
    )
)
def test_texts_in_memory_are_read_like_a_file_of_them(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    from_file = [replace(one, path=None, file="") for one in read_documents([path], ReadOptions(), [])]
    assert read(rows)[0] == from_file


def test_what_cannot_be_read_is_told_by_row():
    documents, skipped = read(["fine", "  ", None, 7, b"bytes", "\ud800 lone"])
    assert [(one.id, one.text) for one in documents] == [("0", "fine"), ("5", "\ufffd lone")]
    assert [(one.path, one.reason) for one in skipped] == [
        ("texts, row 2", "has an empty text"),
        ("texts, row 3", "has no field 'text'; it has: text, id"),
        ("texts, row 4", "the field 'text' is not text; it is int"),
        ("texts, row 5", "the field 'text' is not text; it is bytes"),
        ("texts, row 6", "lone surrogates were replaced by U+FFFD (1)"),
    ]


def test_ids_are_taken_once():
    documents, skipped = read([{"id": "a", "text": "one"}, {"id": "a", "text": "two"}])
    assert [one.text for one in documents] == ["one"]
    assert [(one.path, one.reason) for one in skipped] == [
        ("texts, row 2", "has an id that is taken: 'a', by a report in texts")
    ]


@pytest.mark.parametrize("texts", ["one text", b"bytes", 7])
def test_what_is_no_collection_of_texts_is_refused(texts):
    with pytest.raises(UsageError, match=f"texts are a list of texts.*, not {type(texts).__name__}"):
        read(texts)


def test_a_frame_without_texts_says_what_it_has():
    with pytest.raises(UsageError, match=r"no column 'text'; it has prose, id: rename .* ReadOptions\(text_field=…\)"):
        read(pd.DataFrame({"prose": ["x"], "id": ["a"]}))
