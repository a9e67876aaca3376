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
    lines += ['{"text": 5}', '{"prose": "x", "n": 1}', '{"text": " "}', '{"text": "two"}']
    path.write_text("\n".join(lines))
    documents, skipped = scan(path)
    assert [document.text for document in documents] == ["one", "two"]
    told = [(left.path.removeprefix(str(path)), left.reason) for left in skipped]
    assert [place for place, _ in told] == [f", line {number}" for number in range(2, 8)]
    assert "not JSON" in told[0][1]
    assert "has no field 'text'; it has: prose, n" in told[4][1]
    assert "--text-field" in skipped[4].remedy


def test_a_record_without_the_field_that_others_have_the_text_in_is_told_of_that_field(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"content": "one"}\n{"title": "two"}\n')
    told = [left.reason for left in scan(path)[1]]
    assert any("has no field 'content'; it has: title" in reason for reason in told)


def test_many_broken_lines_do_not_flood(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"prose": "x"}\n' * 1_005)
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
    (tmp_path / "a.csv").write_text("id;prose\n1;x\n")
    documents, skipped = scan(tmp_path)
    assert documents == []
    assert skipped[0].reason == "has no column 'text'; it has: id, prose"
    assert "--text-field" in skipped[0].remedy
    assert [document.text for document in scan(tmp_path, text_field="PROSE")[0]] == ["x"]


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


@pytest.mark.parametrize("last", ["2,fine\n", '2,"fine"\n', '2,"fi\nne"\n', "2,fine"])
def test_a_quote_that_is_never_closed_costs_one_row(tmp_path, last):
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n0,ok\n1,"open\n{last}')
    documents, skipped = scan(path)
    assert [document.text.replace("\n", "") for document in documents] == ["ok", "fine"]
    assert [left.path for left in skipped] == [f"{path}, line 3"]


def test_quotes_that_are_never_closed_take_no_rows_that_look_like_rows(tmp_path):
    rows = "".join(f"{number},said {number},x\n" for number in range(10))
    path = tmp_path / "a.csv"
    path.write_text(f'id,text,note\na,"open,x\n{rows}b,closed",x\nc,fine,x\n')
    documents, _ = scan(path)
    assert len(documents) == 12
    assert documents[-1].text == "fine"


def test_many_open_quotes_cost_little(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n" + "".join(f'{number},"open {number}\n' for number in range(20_001)))
    documents, skipped = scan(tmp_path)
    assert len(documents) > 15_000
    assert len(skipped) < 20


def test_cells_over_many_lines_are_whole(tmp_path):
    text = "\n".join(f"Line {number}, with a comma." for number in range(2_000))
    (tmp_path / "a.csv").write_text(f'id,date,text\n1,2020,"{text}"\n2,2021,end\n')
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == [text, "end"]
    assert skipped == []


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


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\nid;text\n1;one\n2;two\n",
        "\n\r\n\nid,text\n1,one\n2,two\n",
        'id, text\n1, "one"\n2, two\n',
        'id,"text","no\nte"\n1,one,x\n2,two,y\n',
        "ID;Text;;\n1;one;;\n2;two;;\n",
        "\ufeffid,text\n1,one\n2,two\n",
        "id|text\n1|one\n2|two\n",
        "id,text\n1,one,\n2,two,,\n",
    ],
)
def test_tables_as_people_write_them(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8", newline="")
    documents, skipped = scan(path)
    assert [(document.id, document.text) for document in documents] == [("1", "one"), ("2", "two")]
    assert skipped == []


def test_a_column_that_stands_twice_is_told_and_the_first_counts(tmp_path):
    (tmp_path / "a.csv").write_text("id,text,text\n1,first,second\n")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["first"]
    assert "'text' more than once" in skipped[0].reason


def test_a_quote_in_tsv_is_text(tmp_path):
    (tmp_path / "a.tsv").write_text('id\ttext\n1\t"Yes," he said.\n2\tsaid "no\n')
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ['"Yes," he said.', 'said "no']
    assert skipped == []


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "one"}\n{"text": "two"}\n',
        '[\n{"text": "one"},\n{"text": "two"}\n]\n',
        '[{"text": "one"},\n{"text": "two"}]',
        '[{"text": "one"}, {"text": "two"}]',
        '[\n  {\n    "text": "one",\n    "tags": [{"a": 1}]\n  },\n  {\n    "text": "two"\n  }\n]\n',
        '[\n  {\n    "text": "one"\n  }, {\n    "text": "two"\n  }\n]\n',
        '{\n "text": "one"\n}\n{\n "text": "two"\n}\n',
        '{"count": 2, "articles": [{"text": "one"}, {"text": "two"}]}',
        '{\n "count": 2,\n "articles": [\n  {"text": "one"},\n  {"text": "two"}\n ]\n}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "part-00000.json", "x.ndjson", "x.jsonl"])
def test_json_in_every_dress(tmp_path, content, name):
    (tmp_path / name).write_text(content)
    documents, skipped = scan(tmp_path)
    assert [(document.text, document.record) for document in documents] == [("one", 0), ("two", 1)]
    assert skipped == []


def test_an_object_that_is_not_closed_takes_no_other_with_it(tmp_path):
    objects = ['  {\n    "text": "one"\n  }', '  {\n    "text": "two', '  {\n    "text": "three"\n  }']
    (tmp_path / "a.json").write_text("[\n" + ",\n".join(objects) + "\n]\n")
    documents, skipped = scan(tmp_path)
    assert [(document.text, document.record) for document in documents] == [("one", 0), ("three", 2)]
    assert "line 5" in skipped[0].path


@pytest.mark.parametrize("name", ["Title", "TITLE", "title"])
@pytest.mark.parametrize("field", ["title", "date", "source", "url", "id", "Body text"])
def test_any_field_can_be_the_text_in_any_case(tmp_path, name, field):
    column = {"Title": field.title(), "TITLE": field.upper(), "title": field}[name]
    (tmp_path / "a.jsonl").write_text(json.dumps({"n": "j", column: "some words"}))
    (tmp_path / "a.csv").write_text(f"n,{column}\nc,some words\n")
    for asked in (column, column.swapcase()):
        documents, skipped = scan(tmp_path, text_field=asked)
        assert [document.text for document in documents] == ["some words"] * 2
        assert skipped == []
    documents, _ = scan(tmp_path / "a.csv", text_field="n", id_field=column.swapcase())
    assert [document.id for document in documents] == ["some words"]


def test_a_field_that_no_record_has_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,one\n")
    documents, skipped = scan(tmp_path, title_field="Headline", id_field="key")
    assert [document.id for document in documents] == ["a.csv#0"]
    assert [left.reason for left in skipped] == [
        "has no field 'key'; it has: id, text",
        "has no field 'Headline'; it has: id, text",
    ]
    assert "--title-field" in skipped[1].remedy


def test_usual_names_are_taken_and_told(tmp_path):
    record = {
        "Headline": "H",
        "story_text": "Words.",
        "pubDate": "2 May 1999",
        "link": "https://x.example/1",
        "publisher": "P",
        "article_id": 5,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    documents, skipped = scan(tmp_path)
    document = documents[0]
    assert (document.id, document.title, document.date, document.source) == ("5", "H", "1999-05-02", "P")
    assert document.text == "Words."
    assert dict(document.metadata) == {
        "Headline": "H",
        "pubDate": "2 May 1999",
        "link": "https://x.example/1",
        "publisher": "P",
        "url": "https://x.example/1",
    }
    assert len(skipped) == 1
    assert "'story_text' as the text" in skipped[0].reason
    assert "--text-field" in skipped[0].remedy


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["date_extracted"], "--date-field 'date_extracted'"),
        (["dateModified", "Fetch Date", "updated"], "--date-field"),
        (["date_extracted", "published"], ""),
        (["updated", "candidate"], ""),
    ],
)
def test_a_field_that_may_be_the_date_is_named_and_not_taken(tmp_path, names, told):
    (tmp_path / "a.csv").write_text(",".join(["id", "text", *names]) + "\n1,one" + ",2010-04-18" * len(names) + "\n")
    documents, skipped = scan(tmp_path)
    remedies = [trouble.remedy for trouble in skipped if "surely the date" in trouble.reason]
    assert [remedy[-len(told) :] for remedy in remedies] == ([told] if told else [])
    assert (documents[0].date is None) == ("published" not in names)
    named, no_trouble = scan(tmp_path, date_field=names[0])
    assert named[0].date == "2010-04-18"
    assert not [trouble for trouble in no_trouble if "surely" in trouble.reason]


def test_a_year_dates_and_stays_a_field(tmp_path):
    (tmp_path / "a.csv").write_text("id,year,text\n1,1850,one\n")
    document = scan(tmp_path)[0][0]
    assert (document.date, document.date_guessed, document.metadata["year"]) == ("1850", False, "1850")


def test_a_key_with_a_lone_surrogate_is_told(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"te\\udc80xt": "one"}\n{"text": "two", "k\\ud800": "v"}\n')
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["two"]
    for left in skipped:
        left.reason.encode()
    for key in documents[0].metadata:
        key.encode()
