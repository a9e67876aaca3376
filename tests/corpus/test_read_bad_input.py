import contextlib
import gzip
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus.decode import NotTextError, decode
from reuse.corpus.read import read_documents
from reuse.options import ReadOptions


def scan(*paths, **options):
    skipped = []
    return list(read_documents(list(paths), ReadOptions(**options), skipped)), skipped


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n", "is empty"),
        ("matter.md", b"---\ntitle: x\n---\n", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("empty.csv", b"", "is empty"),
        ("binary.txt", bytes(range(256)) * 9, "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        ("scan.txt", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("office.md", b"PK\x03\x04" + b"x" * 40, "office document"),
        ("binary.jsonl", b'{"text": "x"}\n' + bytes(500), "binary"),
        ("binary.csv", b"id,text\n" + bytes(500), "binary"),
        ("broken.txt.gz", b"not gzip at all", "broken gzip"),
        ("cut.txt.gz", gzip.compress(random.Random(1).randbytes(9_000), mtime=0)[:4_000], "broken gzip"),
        ("cut.jsonl.gz", b"\x1f\x8b\x08", "broken gzip"),
        ("flipped.csv.gz", gzip.compress(b"id,text\n", mtime=0)[:-8] + b"12345678", "broken gzip"),
    ],
)
def test_a_bad_file_is_told_and_the_rest_goes_on(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text("word")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["word"]
    assert len(skipped) == 1
    assert skipped[0].path == str(tmp_path / name)
    assert reason in skipped[0].reason
    assert skipped[0].remedy


def test_an_empty_folder_is_told(tmp_path):
    documents, skipped = scan(tmp_path)
    assert documents == []
    assert [(left.path, left.reason) for left in skipped] == [(str(tmp_path), "holds no report")]


def test_records_before_a_break_in_the_gzip_data_are_kept(tmp_path):
    lines = b"".join(b'{"text": "%d %s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(5_000))
    packed = gzip.compress(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    documents, skipped = scan(tmp_path)
    assert 1_000 < len(documents) < 5_000
    assert "what came before is kept" in skipped[0].reason


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_may_not_be_read_is_told(tmp_path, monkeypatch, kind):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("secret")
    (tmp_path / "b.txt").write_text("open")
    closed = str(tmp_path / ("in/a.txt" if kind == "file" else "in"))
    owner, name = (type(tmp_path), "read_bytes") if kind == "file" else (os, "scandir")
    whole = getattr(owner, name)

    def refuse(path):
        if str(path) == closed:
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(owner, name, refuse)
    documents, skipped = scan(tmp_path)
    assert [document.id for document in documents] == ["b.txt"]
    assert [left.path for left in skipped] == [closed]
    assert "permission" in skipped[0].reason
    assert "chmod" in skipped[0].remedy


def test_twenty_megabytes_in_one_line(tmp_path):
    data = b"word " * 4_000_000
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + data + b'"}')
    (tmp_path / "c.csv").write_bytes(b"text\n" + data)
    documents, skipped = scan(tmp_path)
    assert [len(document.text) for document in documents] == [len(data)] * 3
    assert skipped == []


def test_a_few_nuls_do_not_make_a_text_binary(tmp_path):
    text = "A report\0 of words. " * 3
    (tmp_path / "a.txt").write_text(text)
    documents, skipped = scan(tmp_path)
    assert documents[0].text == text
    assert "3 NUL characters" in skipped[0].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_unicode_in_every_dress(tmp_path, encoding, name):
    whole = {
        "a.txt": "“Text”, 7 words",
        "a.jsonl": '{"text": "“Text”, 7 words"}\n',
        "a.csv": 'text\n"“Text”, 7 words"\n',
    }[name]
    data = whole.encode(encoding)
    (tmp_path / name).write_bytes(data)
    marked = encoding in {"utf-8-sig", "utf-16", "utf-32"}
    documents, skipped = scan(tmp_path, encoding=None if marked else encoding)
    assert [document.text for document in documents] == ["“Text”, 7 words"]
    assert skipped == []


def test_utf_16_without_its_mark_is_guessed_and_told(tmp_path):
    (tmp_path / "a.txt").write_bytes("Plain words in a row.".encode("utf-16-le"))
    documents, skipped = scan(tmp_path)
    assert (documents[0].text, documents[0].encoding) == ("Plain words in a row.", "utf-16-le")
    assert "a guess" in skipped[0].reason


WESTERN = "Le président a souligné que les élèves étaient présents à la réunion “générale”. " * 5
RUSSIAN = "Совещание секретарей партийных комитетов открылось сегодня. " * 5


@pytest.mark.parametrize(("text", "encoding"), [(WESTERN, "cp1252"), ("A café.", "cp1252"), (RUSSIAN, "cp1251")])
def test_other_encodings_are_guessed_and_told(tmp_path, text, encoding):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    documents, skipped = scan(tmp_path)
    assert (documents[0].text, documents[0].encoding) == (text, encoding)
    assert encoding in skipped[0].reason
    assert "--encoding" in skipped[0].remedy


def test_a_broken_byte_in_utf_8_spoils_nothing_else(tmp_path):
    text = "“Curly quotes” all over – and dashes. " * 20
    (tmp_path / "a.txt").write_bytes(text.encode() + b"\xe2\x80 end")
    documents, skipped = scan(tmp_path)
    assert documents[0].text == text + "\ufffd end"
    assert "1 broken" in skipped[0].reason


def test_a_line_in_another_encoding_spoils_no_other(tmp_path):
    data = '{"text": "“one”"}\n'.encode() + '{"text": "caf\xe9"}\n'.encode("cp1252") + '{"text": "é"}\n'.encode()
    (tmp_path / "a.jsonl").write_bytes(data)
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["“one”", "café", "é"]
    assert "line 2" in skipped[0].reason
    assert len(skipped) == 1


def test_the_encoding_asked_for_counts(tmp_path):
    (tmp_path / "a.txt").write_bytes("Привет".encode("koi8-r"))
    assert scan(tmp_path, encoding="koi8-r")[0][0].text == "Привет"
    documents, skipped = scan(tmp_path, encoding="ascii")
    assert documents == []
    assert "is not ascii at byte 0" in skipped[0].reason


def test_a_name_that_is_not_utf_8_has_an_id_that_can_be_stored(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"word")
    documents, skipped = scan(tmp_path)
    assert [document.id for document in documents] == ["caf\\xe9.txt"]
    assert skipped == []


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused(data):
    with contextlib.suppress(NotTextError):
        decode(data).text.encode("utf-8", "strict")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf_8_is_read_as_it_is(text):
    decoded = decode(b"\xef\xbb\xbf" + text.encode())
    assert (decoded.text, decoded.reservation) == (text, None)


JAPANESE = "さて町議会は木曜日に開かれ、漁師たちの新しい埠頭と塩の値段についての苦情を聞いた。"
KOREAN = "시의회는 목요일에 모여 새 부두와 소금 값에 대한 어부들의 불만을 들었다."
CHINESE = "市议会于星期四开会，听取渔民对新码头和盐价的抱怨。会议决定明年再议此事。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (CHINESE * 4, "gb18030"), (RUSSIAN, "koi8-r")],
)
def test_short_texts_in_old_encodings_are_right_or_left_out(tmp_path, text, encoding):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] in ([text], [])
    assert len(skipped) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_in_another_encoding_are_read_as_such(tmp_path, end):
    line = f"Le général déclara que l’été n’était pas fini, à Noël.{end}"
    data = line.encode() * 3 + line.encode("cp1252") * 3 + line.encode()
    (tmp_path / "a.txt").write_bytes(data)
    documents, skipped = scan(tmp_path)
    assert documents[0].text == line * 7
    assert "cp1252" in skipped[0].reason
    assert "first: 4" in skipped[0].reason


def test_what_is_no_file_is_told_when_named(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("word")
    documents, skipped = scan(tmp_path / "a.txt", tmp_path / "pipe.txt")
    assert [document.text for document in documents] == ["word"]
    assert "neither a file nor a folder" in skipped[0].reason


def test_a_former_run_that_may_not_be_looked_into_is_told(tmp_path, monkeypatch):
    (tmp_path / "x.reuse").mkdir()
    (tmp_path / "a.txt").write_text("word")
    exists, scandir = type(tmp_path).exists, os.scandir

    def refuse(path, *rest, whole):
        if "x.reuse" in str(path):
            raise PermissionError(13, "Permission denied")
        return whole(path, *rest)

    monkeypatch.setattr(type(tmp_path), "exists", lambda path: refuse(path, whole=exists))
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path, whole=scandir))
    documents, skipped = scan(tmp_path)
    assert [document.id for document in documents] == ["a.txt"]
    assert "permission" in skipped[0].reason
