import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.read import read_documents
from reuse.options import ReadOptions


def scan(*paths, **options):
    skipped = []
    return list(read_documents(list(paths), ReadOptions(**options), skipped)), skipped


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
    lambda text: text.strip() and not text.isspace()
)


@given(texts=st.lists(TEXTS, max_size=5))
def test_json_lines_round_trip(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    for ascii_only in (True, False):
        lines = [
            json.dumps({"id": str(number), "text": text}, ensure_ascii=ascii_only) for number, text in enumerate(texts)
        ]
        path.write_text("\n".join(lines), encoding="utf-8", newline="")
        documents, skipped = scan(path)
        assert [document.text for document in documents] == texts
        assert [(document.id, document.record) for document in documents] == [(str(n), n) for n in range(len(texts))]
        assert not skipped or not texts


@given(
    texts=st.lists(TEXTS, max_size=5), delimiter=st.sampled_from(",;\t"), ending=st.sampled_from(["\n", "\r\n", "\r"])
)
def test_tables_round_trip(tmp_path_factory, texts, delimiter, ending):
    path = tmp_path_factory.mktemp("table") / "a.csv"
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text", "note"])
    writer.writerows([number, text, ""] for number, text in enumerate(texts))
    path.write_text(rows.getvalue(), encoding="utf-8", newline="")
    documents, skipped = scan(path)
    assert [document.text for document in documents] == texts
    assert skipped == []


def test_fields_become_metadata(tmp_path):
    record = {
        "key": 7,
        "body": "Text.",
        "Title": "T",
        "DATE": 2022,
        "source": "S",
        "n": 1.5,
        "tags": ["é"],
        "none": None,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    documents, skipped = scan(tmp_path, text_field="body", id_field="key")
    document = documents[0]
    assert (document.id, document.title, document.date, document.source) == ("7", "T", "2022", "S")
    assert not document.date_guessed
    assert document.metadata == {"n": "1.5", "tags": '["é"]'}
    assert skipped == []


def test_records_without_an_id_are_numbered(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_text('{"text": "one"}\n\n{"text": "two"}\nbroken\n{"text": "four"}\n')
    documents, _ = scan(tmp_path)
    assert [document.id for document in documents] == ["in/a.jsonl#0", "in/a.jsonl#1", "in/a.jsonl#3"]
    assert [document.record for document in documents] == [0, 1, 3]


def test_broken_lines_are_told_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = ['{"text": "one"}', '{"text": ', "[1]", "[" * 100_000]
    lines += ['{"text": 5}', '{"body": "x", "n": 1}', '{"text": " "}', '{"text": "two"}']
    path.write_text("\n".join(lines))
    documents, skipped = scan(path)
    assert [document.text for document in documents] == ["one", "two"]
    told = [(left.path.removeprefix(str(path)), left.reason) for left in skipped]
    assert [place for place, _ in told] == [f", line {number}" for number in range(2, 8)]
    assert "not JSON" in told[0][1]
    assert "has no field 'text'; it has: body, n" in told[4][1]
    assert "--text-field" in skipped[4].remedy


def test_many_broken_lines_do_not_flood(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "x"}\n' * 1_005)
    documents, skipped = scan(path)
    assert documents == []
    assert len(skipped) == 6
    assert "1,000 more records" in skipped[-1].reason


def test_lone_surrogates_become_one_replacement_each(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a\\udc80", "title": "\\ud83d", "text": "a\\ud800b\\udfff\\ud83d\\ude00c"}\n')
    documents, skipped = scan(path)
    assert documents[0].text == "a\ufffdb\ufffd😀c"
    assert (documents[0].id, documents[0].title) == ("a\ufffd", "\ufffd")
    assert "surrogates were replaced" in skipped[0].reason


def test_the_second_of_two_ids_is_left_out(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "one"}\n{"id": "1", "text": "two"}\n')
    (tmp_path / "b.csv").write_text("id,text\n1,three\n2,four\n")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["one", "four"]
    assert len(skipped) == 2
    assert all("--id-field" in left.remedy and "taken: '1'" in left.reason for left in skipped)


def test_two_identical_reports_are_two_reports(tmp_path):
    (tmp_path / "a.txt").write_text("the same")
    (tmp_path / "b.txt").write_text("the same")
    documents, skipped = scan(tmp_path)
    assert [document.id for document in documents] == ["a.txt", "b.txt"]
    assert skipped == []


def test_a_missing_column_names_those_there_are(tmp_path):
    (tmp_path / "a.csv").write_text("id;body\n1;x\n")
    documents, skipped = scan(tmp_path)
    assert documents == []
    assert skipped[0].reason == "has no column 'text'; it has: id, body"
    assert "--text-field" in skipped[0].remedy
    assert [document.text for document in scan(tmp_path, text_field="body")[0]] == ["x"]


def test_long_cells_and_cells_over_several_lines(tmp_path):
    long = "word " * 60_000
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{long}"\n2,"two\r\nlines, ""quoted"""\n', newline="")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == [long, 'two\r\nlines, "quoted"']
    assert skipped == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("1,a,b\n", "more cells than there are columns: 3 for 2"),
        ('1,"a"b\n', "broken row"),
        ("1\n", "has no field 'text'"),
        ("1,\n", "empty text"),
    ],
)
def test_broken_rows_are_told_with_their_line(tmp_path, rows, reason):
    path = tmp_path / "a.csv"
    path.write_text(f"id,text\n0,ok\n{rows}2,fine\n")
    documents, skipped = scan(path)
    assert [document.text for document in documents] == ["ok", "fine"]
    assert [left.path for left in skipped] == [f"{path}, line 3"]
    assert reason in skipped[0].reason


def test_a_quote_that_is_never_closed_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n0,ok\n1,"open\n2,lost\n')
    documents, skipped = scan(path)
    assert [document.text for document in documents] == ["ok"]
    assert skipped[0].path.endswith("line 3")


def test_ids_date_a_record_but_numbers_and_the_file_name_do_not(tmp_path):
    path = tmp_path / "dump-2024-01-01.jsonl"
    path.write_text('{"id": "kcna-2021-04-07", "text": "x"}\n{"id": 1995, "text": "x"}\n{"text": "x"}\n')
    assert [document.date for document in scan(path)[0]] == ["2021-04-07", None, None]


def test_records_of_a_mixed_file_say_how_each_was_decoded(tmp_path):
    data = "text\ncaf\xe9\n".encode("cp1252") + "“caf\xe9”\n".encode()
    (tmp_path / "a.csv").write_bytes(data)
    documents, _ = scan(tmp_path)
    assert [(document.text, document.encoding) for document in documents] == [
        ("caf\xe9", "cp1252"),
        ("“caf\xe9”", "utf-8"),
    ]
