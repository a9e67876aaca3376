import gzip
import os
import random
from pathlib import Path
from threading import current_thread

import pytest

from reuse.corpus import ahead, streams
from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.corpus.readers import text as text_reader
from reuse.errors import CorpusError, UsageError
from reuse.options import ReadOptions
from reuse.work.workers import Workers
from tests.work.test_workers import Elsewhere

SEEDS = Path(__file__).parents[2] / "seeds"


def scan(*paths: Path, **options) -> tuple[list[Document], list[Skipped]]:
    skipped: list[Skipped] = []
    return list(read_documents(list(paths), ReadOptions(**options), skipped)), skipped


def ids(*paths: Path, **options) -> list[str]:
    return [document.id for document in scan(*paths, **options)[0]]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_the_seeds_have_the_dates_of_their_sidecar():
    documents, skipped = scan(SEEDS)
    dates = [(document.id[:3], document.date, document.date_guessed, document.source) for document in documents]
    assert dates == [
        ("000", "2022-07-07", False, "KCNA"),
        ("001", "2022-02-27", False, "KCNA"),
        ("002", "2021-03-07", False, "KCNA"),
        ("003", "2021-04-07", False, "KCNA"),
        ("004", "2022-03-01", False, "KCNA"),
    ]
    assert [(Path(left.path).name, "name the file" in left.remedy) for left in skipped] == [("README.md", True)]
    assert all(document.text == document.path.read_bytes().decode() for document in documents)


def test_one_seed_named_by_itself_has_its_sidecar_too():
    seed = sorted(SEEDS.glob("0*.txt"))[2]
    documents, skipped = scan(seed)
    assert [(document.id, document.date) for document in documents] == [(seed.name, "2021-03-07")]
    assert skipped == []


def test_ids_are_paths_below_the_folder_in_order(tmp_path):
    write(tmp_path, {"b.txt": "b", "a/z.md": "z", "a/b.txt": "b", "B.TXT": "c", "a.txt": "a"})
    assert ids(tmp_path) == ["B.TXT", "a.txt", "a/b.txt", "a/z.md", "b.txt"]


def test_the_order_of_the_file_system_and_of_the_paths_does_not_matter(tmp_path, monkeypatch):
    write(tmp_path, {f"{part}/{number}.txt": f"{part} {number}" for part in ("x", "y", "y/z") for number in range(9)})
    expected = scan(tmp_path / "x", tmp_path / "y")
    listing = os.scandir

    class Shuffled:
        def __init__(self, path):
            self.entries = list(listing(path))
            random.Random(3).shuffle(self.entries)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(os, "scandir", Shuffled)
    assert scan(tmp_path / "y", tmp_path / "x") == expected
    assert len(expected[0]) == 27


def test_several_folders_give_their_names_to_the_ids(tmp_path):
    write(tmp_path, {"2021/opening.txt": "a", "2022/opening.txt": "b", "c.txt": "c"})
    assert ids(tmp_path / "2022", tmp_path / "2021", tmp_path / "c.txt") == [
        "2021/opening.txt",
        "2022/opening.txt",
        "c.txt",
    ]


def test_folders_of_one_name_are_told_apart_by_what_they_lie_in(tmp_path):
    write(tmp_path, {"2021/kcna/a.txt": "a", "2022/kcna/a.txt": "b", "2022/other/a.txt": "c"})
    paths = [tmp_path / "2021/kcna", tmp_path / "2022/kcna", tmp_path / "2022/other"]
    assert ids(*paths) == ["2021/kcna/a.txt", "2022/kcna/a.txt", "other/a.txt"]
    assert ids(tmp_path / "2021/kcna/a.txt", tmp_path / "2022/kcna/a.txt") == ["2021/kcna/a.txt", "2022/kcna/a.txt"]


def test_a_path_named_twice_or_inside_another_counts_once(tmp_path):
    write(tmp_path, {"a/b/c.txt": "c", "a/d.txt": "d"})
    assert ids(tmp_path / "a", tmp_path / "a") == ["b/c.txt", "d.txt"]
    for paths in ([tmp_path / "a", tmp_path / "a/b"], [tmp_path / "a/b", tmp_path / "a"]):
        documents, skipped = scan(*paths)
        assert [document.id for document in documents] == ["a/b/c.txt", "a/d.txt"]
        assert [left.path for left in skipped] == [str(tmp_path / "a/b")]


def test_a_link_loop_and_links_to_what_is_there_anyway(tmp_path):
    write(tmp_path, {"in/a.txt": "a", "out/b.txt": "b", "out/deep/c.txt": "c"})
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/Alias.txt").symlink_to("a.txt")
    (tmp_path / "in/outside").symlink_to(tmp_path / "out")
    (tmp_path / "out/deep/back").symlink_to(tmp_path / "out")
    (tmp_path / "in/self").symlink_to("self")
    (tmp_path / "in/gone.txt").symlink_to("nowhere")
    documents, skipped = scan(tmp_path / "in")
    assert [document.id for document in documents] == ["a.txt", "outside/b.txt", "outside/deep/c.txt"]
    told = {Path(left.path).name: left.reason for left in skipped}
    assert set(told) == {"loop", "Alias.txt", "back", "self", "gone.txt"}
    assert "leads nowhere" in told["gone.txt"]
    assert "already read" in told["loop"]


def test_what_is_not_a_report_is_told(tmp_path):
    write(
        tmp_path,
        {
            ".hidden.txt": "x",
            ".git/config.txt": "x",
            "a.txt": "x",
            "slides.pptx": b"PK",
            "page.djvu": "x",
            "noext": "x",
            "ReadMe.txt": "x",
            "old.reuse/run.sqlite": b"",
            "old.reuse/notes.txt": "x",
        },
    )
    os.mkfifo(tmp_path / "pipe.txt")
    documents, skipped = scan(tmp_path)
    assert [document.id for document in documents] == ["a.txt"]
    told = {Path(left.path).name: left for left in skipped}
    assert set(told) == {"slides.pptx", "page.djvu", "noext", "ReadMe.txt", "old.reuse", "pipe.txt"}
    assert "(.pptx)" in told["slides.pptx"].reason
    assert "plain text" in told["slides.pptx"].remedy
    assert all(left.reason and left.remedy for left in skipped)


def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path):
    write(tmp_path, {"README.md": "x", ".hidden": "y", "page.djvu": "<p>z", "metadata.csv": "id,text\n1,w\n"})
    assert ids(tmp_path / "README.md") == ["README.md"]
    assert ids(tmp_path / ".hidden") == [".hidden"]
    assert ids(tmp_path / "metadata.csv") == ["1"]
    documents, skipped = scan(tmp_path / "page.djvu")
    assert documents[0].text == "<p>z"
    assert "unknown suffix" in skipped[0].reason


def test_newlines_stay_and_the_byte_order_mark_goes(tmp_path):
    write(tmp_path, {"a.txt": b"\xef\xbb\xbfone\r\ntwo\rthree\n\x0c\xe2\x80\xa8four"})
    document = scan(tmp_path)[0][0]
    assert document.text == "one\r\ntwo\rthree\n\x0c\u2028four"
    assert document.encoding == "utf-8"


def test_front_matter_is_metadata_and_stays_in_the_text(tmp_path):
    text = '---\r\nTitle: "On: order"\r\nauthor: A\ndate: 7 July 2022\ntags:\n  - x\n  - y\n---\r\n\nThe report.'
    write(tmp_path, {"a.md": text})
    document = scan(tmp_path)[0][0]
    assert (document.title, document.date, document.date_guessed) == ("On: order", "2022-07-07", False)
    assert document.metadata == {"author": "A", "tags": "x, y"}
    assert document.text == text
    assert document.body is not None
    assert document.text[slice(*document.body)] == "\nThe report."


@pytest.mark.parametrize(
    "text", ["---\n\nA rule, then prose: yes.\n\n---\nMore.", "---\nkey: value\nno end", "--- a", "---"]
)
def test_rules_around_prose_are_no_front_matter(tmp_path, text):
    write(tmp_path, {"a.md": text})
    document = scan(tmp_path)[0][0]
    assert (document.body, document.metadata, document.text) == (None, {}, text)


def test_packed_files_read_as_if_unpacked(tmp_path):
    files = {
        "a.txt": "Text — here.",
        "b.jsonl": '{"id": "j", "text": "J"}\n',
        "c.csv": "id,text\nc,C\n",
        "d.tsv": "id\ttext\nd\tD\n",
    }
    write(tmp_path / "plain", files)
    write(tmp_path / "packed", {f"{name}.gz": gzip.compress(content.encode()) for name, content in files.items()})
    plain, packed = scan(tmp_path / "plain"), scan(tmp_path / "packed")
    assert [document.text for document in packed[0]] == [document.text for document in plain[0]]
    assert [document.id for document in packed[0]] == ["a.txt.gz", "j", "c", "d"]
    assert plain[1] == packed[1] == []


def test_sidecars_beat_front_matter_and_inner_ones_outer_ones(tmp_path):
    write(
        tmp_path,
        {
            "a.txt": "---\ntitle: mine\nplace: here\n---\nText of 2022-07-07.",
            "in/b.txt": "Text.",
            "in/c.jsonl": '{"id": "c1", "text": "T", "title": "mine"}\n{"id": "c2", "text": "T"}',
            "metadata.csv": "id,Title,date\na.txt,theirs,2021\nin/b.txt,outer,2020\nc2,record,\nmissing.txt,x,\n",
            "in/metadata.jsonl": '{"id": "b.txt", "title": "inner"}\n{"id": "c1", "source": "S", "size": 3}\n',
        },
    )
    documents, skipped = scan(tmp_path)
    found = {document.id: document for document in documents}
    assert (found["a.txt"].title, found["a.txt"].date, dict(found["a.txt"].metadata)) == (
        "theirs",
        "2021",
        {"place": "here"},
    )
    assert (found["in/b.txt"].title, found["in/b.txt"].date) == ("inner", "2020")
    assert (found["c1"].title, found["c1"].source, found["c1"].metadata["size"]) == ("mine", "S", "3")
    assert found["c2"].title == "record"
    assert [left.reason for left in skipped] == ["1 row names no report that was read (first: 'missing.txt')"]


def test_a_date_that_is_not_understood_is_kept_as_it_is_and_told(tmp_path):
    write(tmp_path, {"a.txt": "Text.", "metadata.csv": "id,date\na.txt,07/08/2022\n"})
    documents, skipped = scan(tmp_path)
    assert (documents[0].date, documents[0].metadata["date"]) == (None, "07/08/2022")
    assert "YYYY-MM-DD" in skipped[0].remedy


def test_guessed_dates_are_marked(tmp_path):
    write(tmp_path, {"a.txt": "Opening\n7 July 2022\n\nText.", "2021/2020-01-02.txt": "Text."})
    documents, _ = scan(tmp_path)
    assert [(document.date, document.date_guessed) for document in documents] == [
        ("2020-01-02", True),
        ("2022-07-07", True),
    ]


def test_progress_counts_documents(tmp_path):
    write(tmp_path, {"a.txt": "a", "b.jsonl": '{"text": "1"}\n{"text": "2"}\n'})
    counts: list[int] = []
    list(read_documents([tmp_path], ReadOptions(), [], counts.append))
    assert counts == [1, 1, 1]


def test_the_stream_is_lazy(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": "a", "b.txt": "b", "c.txt": "c", "d.txt": "d", "e.txt": "e"})
    opened = []
    reader = text_reader.read
    monkeypatch.setattr(text_reader, "read", lambda path, *rest: opened.append(path.name) or reader(path, *rest))
    monkeypatch.setattr(ahead, "LOT", 2)
    stream = read_documents([tmp_path], ReadOptions(), [])
    assert next(stream).id == "a.txt"
    assert opened == ["a.txt", "b.txt"]
    stream.close()


def test_a_large_file_of_many_reports_is_read_report_by_report(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": "a", "b.jsonl": '{"text": "1"}\n{"text": "2"}\n{}\n', "c.txt": "c"})
    monkeypatch.setattr(ahead, "LARGEST", 10)
    yielded = []
    records = ahead._records
    monkeypatch.setattr(
        ahead, "_records", lambda *rest: (yielded.append(record) or record for record in records(*rest))
    )
    stream = read_documents([tmp_path], ReadOptions(), skipped := [])
    assert [next(stream).id for _ in range(2)] == ["a.txt", "b.jsonl#0"]
    assert [record.text for record in yielded] == ["a", "1"]
    assert [document.id for document in stream] == ["b.jsonl#1", "c.txt"]
    assert len(skipped) == 1


@pytest.mark.parametrize("workers", [Workers(3), Workers(2, Elsewhere)])
def test_whoever_reads_the_documents_and_what_is_told_are_the_same(tmp_path, monkeypatch, workers):
    write(tmp_path, {f"{number}.txt": f"{number}" for number in range(20)})
    write(tmp_path, {"a.jsonl": '{"text": "1"}\n{}\n', "b.csv": "text,date\nx,never\n", "c.pdf": "none"})
    alone = (list(read_documents([tmp_path], ReadOptions(), told := [])), told)
    monkeypatch.setattr(ahead, "LOT", 2)
    many = (list(read_documents([tmp_path], ReadOptions(), told := [], workers=workers)), told)
    assert many == alone
    assert len(told) == 3


@pytest.mark.parametrize(
    ("beside", "options", "by_workers"),
    [({}, {}, True), ({"metadata.csv": "id,url\n"}, {}, False), ({}, {"name": "{source}-*"}, False)],
)
def test_workers_guess_dates_where_nothing_else_can_give_one(tmp_path, monkeypatch, beside, options, by_workers):
    dated = "HANOI, 4 March 1967 (Reuters) - News came."
    texts = {"a-1.txt": dated, "a-2.txt": "No date.", "a-3.txt": f"---\ndate: 1911\n---\n{dated}"}
    write(tmp_path, texts | beside)
    here, guessed, guess = current_thread(), [], ahead.guess_date
    monkeypatch.setattr(ahead, "guess_date", lambda *about: guessed.append(current_thread() is here) or guess(*about))
    documents = list(read_documents([tmp_path], ReadOptions(**options), [], workers=Workers(2)))
    assert [one.date for one in documents] == ["1967-03-04", None, "1911"]
    assert guessed == [not by_workers] * 2


def test_paths_that_do_not_exist(tmp_path):
    with pytest.raises(CorpusError, match=r"nowhere does not exist"):
        read_documents([tmp_path / "nowhere"], ReadOptions(), [])
    write(tmp_path, {"a.txt": "a"})
    documents, skipped = scan(tmp_path / "a.txt", tmp_path / "nowhere")
    assert [document.id for document in documents] == ["a.txt"]
    assert [left.reason for left in skipped] == ["does not exist"]


def test_an_unknown_encoding_is_wrong_usage(tmp_path):
    for name in ("utf-88", "base64", "a\0b"):
        with pytest.raises(UsageError, match="unknown encoding"):
            read_documents([tmp_path], ReadOptions(encoding=name), [])


def test_a_path_that_may_not_be_looked_at_is_told(tmp_path, monkeypatch):
    write(tmp_path, {"a.txt": "a"})
    stat = Path.stat

    def refuse(path, **options):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    documents, skipped = scan(tmp_path / "a.txt", tmp_path / "closed")
    assert len(documents) == 1
    assert "permission denied" in skipped[0].reason


def test_numbers_of_a_series_are_no_years(tmp_path):
    write(tmp_path, {"years/1995.txt": "a", "years/1996.txt": "b", "series/7.txt": "c", "series/1995.txt": "d"})
    assert [document.date for document in scan(tmp_path / "years")[0]] == ["1995", "1996"]
    assert [document.date for document in scan(tmp_path / "series")[0]] == [None, None]


def test_a_sidecar_that_is_out_of_order_is_told(tmp_path):
    write(
        tmp_path,
        {"a.txt": "a", "metadata.csv": "id,title\na.txt,first\na.txt,second\n,none\n", "b/metadata.csv": "name\nx\n"},
    )
    documents, skipped = scan(tmp_path)
    assert documents[0].title == "first"
    told = [left.reason for left in skipped]
    assert len(told) == 3
    assert any("the earlier one counts" in reason for reason in told)
    assert any("has no id" in reason for reason in told)
    assert any("has no column 'id'; it has: name" in reason for reason in told)


def test_the_encoding_asked_for_is_that_of_the_reports_and_not_of_the_sidecar(tmp_path):
    write(tmp_path, {"a.txt": "Größe".encode("utf-16-le"), "metadata.csv": "id,title\na.txt,Überblick\n"})
    documents, skipped = scan(tmp_path, encoding="utf-16-le")
    assert (documents[0].text, documents[0].title, skipped) == ("Größe", "Überblick", [])


def test_sidecars_find_files_by_other_spellings_of_their_names(tmp_path):
    write(
        tmp_path,
        {
            "e\u0301te\u0301.txt": "a",
            "in/b.txt": "b",
            "in/c.txt": "c",
            "d.txt": "d",
            "metadata.csv": "id,title\n\u00e9t\u00e9.txt,A\nin\\b.txt,B\n./in/c,C\nd,D\n",
        },
    )
    documents, skipped = scan(tmp_path)
    assert [document.title for document in documents] == ["D", "A", "B", "C"]
    assert skipped == []


def test_a_row_that_names_no_report_is_told_with_the_nearest(tmp_path):
    write(tmp_path, {"opening-2021.txt": "a", "metadata.csv": "id,title\nopening_2021.txt,A\n"})
    assert "nearest: 'opening-2021.txt'" in scan(tmp_path)[1][0].reason


def test_names_of_files_give_metadata_by_a_pattern(tmp_path):
    write(tmp_path, {"KCNA/2021-04-07-a-3.txt": "x", "KCNA/1850-b-4.md": "y", "notes.txt": "z"})
    documents, skipped = scan(tmp_path, name="{source}/{date}-{part}-{n}")
    found = [(document.source, document.date, document.date_guessed, dict(document.metadata)) for document in documents]
    assert found == [
        ("KCNA", "1850", False, {"part": "b", "n": "4"}),
        ("KCNA", "2021-04-07", False, {"part": "a", "n": "3"}),
        (None, None, False, {}),
    ]
    assert [left.path for left in skipped] == ["notes.txt"]


@pytest.mark.parametrize("pattern", ["", "{}", "plain", "{a}{b}", "{a}-{a}", "{a b}", "{a", "a}{b}"])
def test_patterns_that_are_none(tmp_path, pattern):
    write(tmp_path, {"a.txt": "x"})
    if not pattern:
        assert len(scan(tmp_path, name=pattern)[0]) == 1
        return
    with pytest.raises(UsageError, match="no pattern"):
        scan(tmp_path, name=pattern)


def test_a_text_that_is_too_large_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "LONGEST_TEXT", 100)
    monkeypatch.setattr(streams, "LONGEST_RECORD", 100)
    long = "word " * 40
    write(
        tmp_path,
        {
            "a.txt": long,
            "b.txt.gz": gzip.compress(long.encode()),
            "c.txt": "word",
            "d.jsonl": f'{{"text": "{long}"}}\n{{"text": "more"}}\n',
        },
    )
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["word", "more"]
    assert [Path(left.path).name for left in skipped] == ["a.txt", "b.txt.gz", "d.jsonl, line 1"]
