"""Formats with a layout: the same report in each, bad files, and the process in which they are read."""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest

import reuse
from reuse.corpus import foreign, packages
from reuse.corpus.extract import Extract
from reuse.corpus.places import Place, Places
from reuse.corpus.read import read_documents
from reuse.corpus.readers.registry import READERS
from reuse.corpus.tokenise import tokenise, words_of
from reuse.options import ReadOptions
from tests.corpus import formats, fuzzed

DATED = {"a.html", "tei.xml", "a.epub", "x1", "a.eml", "s1"}
TITLED = {*DATED, "a.docx", "a.odt"}


def scan(*paths: Path, **options):
    skipped = []
    return list(read_documents(list(paths), ReadOptions(**options), skipped)), skipped


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("formats")
    formats.write_all(found)
    return found


@pytest.fixture(scope="module")
def documents(folder):
    return {document.id: document for document in scan(folder)[0]}


def test_every_format_gives_the_report(documents):
    assert len(documents) == len(formats.FORMATS) + 2
    for name, document in documents.items():
        assert words_of(document.text) == words_of(formats.TEXT), name
        assert document.title == (formats.TITLE if name in TITLED else None), name
        assert (document.date, document.date_guessed) == (formats.DATE if name in DATED else None, False), name


def test_every_format_of_the_registry_is_tried():
    tried = {Path(name).suffix for name in [*formats.FORMATS, "a.sqlite", "a.tar"]}
    for reader in READERS:
        assert tried & set(reader.suffixes) or reader.module in {"tables", "parquet", "pdf"}, reader


@pytest.fixture(scope="module")
def run(folder):
    with reuse.scan(folder, folder.parent / "r.reuse") as run:
        yield run


def test_all_pairs_match_whole(run):
    pairs = {(row["a"], row["b"]): row for row in run.matches if row["a"] != row["b"]}
    whole = [row for row in pairs.values() if row["similarity"] >= 0.98 and row["a_coverage"] > 0.95]
    assert len(whole) == len(pairs)
    linked = {name for pair in pairs for name in pair}
    assert len(linked) == len(run.document_ids)


PLACES = {
    "a.txt": ["l. 1", "l. 3", "l. 5"],
    "a.html": ["#first", "#second", "#second"],
    "alto.xml": ["p. 11, l. 1", "p. 12, l. 1", "p. 13, l. 1"],
    "page.xml": ["l. 1", "l. 2", "l. 3"],
    "tei.xml": ["p. 11, #p11", "p. 12, #p12", "p. 13, #p13"],
    "a.pdf": ["p. 1, l. 1", "p. 2, l. 1", "p. 3, l. 1"],
    "scan.hocr": ["p. 1, l. 1", "p. 2, l. 1", "p. 3, l. 1"],
    "a.docx": ["p. 1", "p. 2", "p. 3"],
    "a.odt": ["p. 1", "p. 2", "p. 3"],
    "a.epub": ["p. 11, The report", "p. 12, The flood", "p. 13, part 3"],
    "a.srt": ["at 00:00:01", "at 00:00:02", "at 00:00:03"],
    "a.vtt": ["at 00:00:01", "at 00:00:02", "at 00:00:03"],
}
"""Where each paragraph of the report begins."""


@pytest.mark.parametrize("name", [name for name in PLACES if name in formats.FORMATS])
def test_each_paragraph_begins_at_its_place(documents, name):
    document = documents[name]
    places = Places.of_plain(document.text) if name == "a.txt" else document.places
    found = [document.text.index(paragraph[:10]) for paragraph in formats.PARAGRAPHS]
    assert [str(places.at(offset)) for offset in found] == PLACES[name]
    assert list(places.starts) == sorted(set(places.starts))


CITED = {
    "a.txt": "l. 1–5",
    "a.html": "#first – #second",
    "alto.xml": "p. 11, l. 1 – p. 13, l. 2",
    "page.xml": "l. 1–3",
    "tei.xml": "p. 11, #p11 – p. 13, #p13",
    "a.pdf": "p. 1, l. 1 – p. 3, l. 2",
    "scan.hocr": "p. 1, l. 1 – p. 3, l. 2",
    "a.docx": "p. 1–3",
    "a.odt": "p. 1–3",
    "a.epub": "p. 11, The report – p. 13, part 3",
    "a.srt": "at 00:00:01 – at 00:00:03",
    "a.vtt": "at 00:00:01 – at 00:00:03",
    "a.eml": "",
}
"""How the whole of it is cited."""


@pytest.mark.parametrize("name", [name for name in CITED if name in formats.FORMATS])
def test_passages_are_cited_by_their_places(run, name):
    match = next(row for row in run.matches if name in {row["a"], row["b"]})
    side = "a" if match["a"] == name else "b"
    assert match[f"{side}_place"] == getattr(match, side).place == CITED[name]
    line = next(row for row in run.concordance("twelve villages") if row["doc"] == name)
    assert line["place"] == (PLACES[name][1] if name in PLACES else "")


def test_places_are_found_again_in_the_files(run):
    assert all((one["state"], one["found"]) == ("unchanged", one["passages"]) for one in run.verify())


def test_a_passage_on_another_page_has_moved(tmp_path):
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(formats.tei(), "utf-8")
    with reuse.scan(tmp_path, tmp_path / "r.reuse") as run:
        (tmp_path / "b.xml").write_text(formats.tei().replace("<pb n='11'/>", "<pb n='9'/>"), "utf-8")
        first, second = run.verify()
        assert (first["state"], first["found"]) == ("unchanged", 1)
        assert (second["state"], second["found"], second["moved"]) == ("changed", 0, 1)


def test_formats_without_places_have_none(documents):
    assert not any(document.places for name, document in documents.items() if name not in PLACES)


def test_lines_are_counted_on_each_page(documents):
    document = documents["scan.hocr"]
    assert list(document.places.lines) == ["1", "2"] * 3
    assert all(offset == 0 or document.text[offset - 1] == "\n" for offset in document.places.starts)


BAD = {
    "broken.xml": (b"<TEI><text><p>no end", "broken XML"),
    "entities.xml": (b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><TEI><text>&c;</text></TEI>', "entity"),
    "outside.xml": (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI><text>&a;</text></TEI>', "entity"),
    "deep.xml": (b"<a>" * 5_000, "deep"),
    "empty.html": (b"<html><script>x</script></html>", "no text"),
    "empty.xml": (b"<TEI><text/></TEI>", "no text"),
    "broken.docx": (b"PK\x03\x04 no zip", "broken package"),
    "broken.xlsx": (b"", "broken package"),
    "broken.pdf": (b"%PDF-1.7 nothing", "PDF that cannot be read"),
    "broken.sqlite": (b"SQLite format 3\0" + bytes(200), "SQLite"),
    "broken.zip": (b"PK", "broken archive"),
    "broken.tar": (bytes(10), "broken archive"),
    "empty.eml": (b"Subject: x\n\n", "no message"),
    "empty.srt": (b"no cues", "no subtitles"),
    "broken.parquet": (b"PAR1", "Parquet"),
}


def test_bad_files_are_told_and_the_rest_goes_on(tmp_path):
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z.html").write_text("<p>word</p>")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents] == ["word"]
    told = {}
    for left in skipped:
        told.setdefault(Path(left.path.split(",")[0]).name, []).append(left.reason)
        assert left.remedy
    for name, (_, reason) in BAD.items():
        assert any(reason in one for one in told[name]), (name, told.get(name))


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * (1 << 25))


def test_packages_that_unpack_to_too_much_are_left_out(tmp_path):
    bomb(tmp_path / "a.docx")
    bomb(tmp_path / "a.zip")
    documents, skipped = scan(tmp_path)
    assert documents == []
    assert all("which is too much" in left.reason for left in skipped)
    assert len(skipped) == 2
    assert packages.LARGEST_PART <= 1 << 30


def test_names_in_archives_lead_nowhere(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("../../evil.txt", "words")
        package.writestr("b/metadata.txt", "more words")
    documents, _ = scan(tmp_path)
    assert [document.text for document in documents] == ["more words"]
    assert not (tmp_path.parent.parent / "evil.txt").exists()


def test_a_file_that_says_nothing_is_left_out(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.html")  # whoever opens it waits
    troubles = foreign.Troubles(tmp_path, skipped := [])
    with monkeypatch.context() as context:
        context.setattr(foreign, "LONGEST_SILENCE", 1.0)
        assert list(foreign.read_foreign("html", tmp_path / "pipe.html", ReadOptions(), troubles)) == []
    assert "said nothing" in skipped[0].reason
    (tmp_path / "a.html").write_text("<p>word</p>")
    assert [document.text for document in scan(tmp_path / "a.html")[0]] == ["word"]


def test_a_reader_that_ends_is_started_anew(tmp_path):
    (tmp_path / "a.html").write_text("<p>word</p>")
    assert len(scan(tmp_path)[0]) == 1
    process = foreign._IDLE[-1]
    process._popen.kill()
    process._popen.wait()
    assert len(scan(tmp_path)[0]) == 1


def test_a_reader_that_takes_too_much_memory_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(foreign, "MEMORY", 1 << 28)
    monkeypatch.setattr(foreign, "_IDLE", [])
    (tmp_path / "a.xml").write_bytes(b"<a>" + b"word " * 60_000_000 + b"</a>")
    (tmp_path / "b.html").write_text("<p>word</p>")
    documents, skipped = scan(tmp_path)
    assert [document.text for document in documents][-1:] == ["word"]
    assert len(documents) == 1
    assert "memory" in skipped[0].reason
    for process in foreign._IDLE:
        process.end()


def test_two_streams_at_once_do_not_mix(folder):
    one, other = read_documents([folder], ReadOptions(), []), read_documents([folder], ReadOptions(), [])
    for left, right in zip(one, other, strict=True):
        assert left == right


def mutated(data: bytes, source: random.Random) -> bytes:
    data = bytearray(data)
    for _ in range(source.randint(1, 8)):
        at = source.randrange(max(len(data), 1))
        data = data or bytearray(b" ")
        match source.randrange(4):
            case 0:
                data[at] = source.randrange(256)
            case 1:
                del data[at : at + source.randint(1, 50)]
            case 2:
                data[at:at] = data[max(at - 40, 0) : at]
            case _:
                data = data[: max(at, 1)]
    return bytes(data)


@pytest.mark.parametrize("name", [name for name in formats.FORMATS if name not in {"a.txt", "a.json"}])
@pytest.mark.parametrize("times", [25, pytest.param(250, marks=[pytest.mark.slow, pytest.mark.timeout(7_200)])])
def test_mutated_files_are_read_or_told(tmp_path, name, times):
    content = formats.FORMATS[name]()
    data = content if isinstance(content, bytes) else content.encode()
    source = random.Random(f"{name} {times} {fuzzed.FUZZ_FROM}")
    for _ in range(int(times * fuzzed.FUZZ)):
        (tmp_path / name).write_bytes(mutated(data, source))
        documents, skipped = scan(tmp_path)
        assert documents or skipped
        assert not any("ended its reader" in left.reason or "said nothing" in left.reason for left in skipped)
        for document in documents:
            document.text.encode()
            assert all(0 <= offset <= len(document.text) for offset in document.places.starts)


def test_extracts_break_lines_where_the_layout_does():
    out = Extract()
    out.line()
    out.page("1")
    out.add("  one \n two")
    out.add("th")
    out.add(" ree ")
    out.line()
    out.add("four")
    out.paragraph()
    out.paragraph()
    out.page("2")
    out.page("3")
    out.numbered_line(1)
    out.add("five")
    out.line()
    assert out.text() == "one twoth ree\nfour\n\nfive"
    assert out.places == Places.of([(0, Place("1")), (20, Place("3", "1"))])


def test_open_iti_without_suffix_is_read(tmp_path):
    header = "######OpenITI#\n\n#META# BookTITLE\t:: The Book\n#META# Note\t:: NODATA\n#META#Header#End#\n\n"
    (tmp_path / "0310Author.Book.Collection001-ara1").write_text(f"{header}# The text.", encoding="utf-8")
    (tmp_path / "other-ara1").write_text("words")
    (document,), skipped = scan(tmp_path)
    assert dict(document.metadata) == {"BookTITLE": "The Book"}
    assert document.text[slice(*document.body)].strip() == "# The text."
    assert [Path(left.path).name for left in skipped] == ["other-ara1"]


def test_open_iti_may_begin_with_a_byte_order_mark_and_its_marks_are_no_words(tmp_path):
    text = "######OpenITI#\n\n#META# bkid: 8180\n#META#Header#End#\n\n"
    text += "# قال ms0134 الشافعي PageV01P228\n~~[@QB@ حرمت @QE@] @HAD05"
    (tmp_path / "0204Shafici.Risala.ShamAY0034203-ara1").write_text(text, encoding="utf-8-sig")
    (document,), skipped = scan(tmp_path)
    assert not skipped
    assert dict(document.metadata) == {"bkid": "8180"}
    tokens = tokenise([(document.text, document.body)])
    cut = [document.text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
    assert cut == ["قال", "الشافعي", "حرمت"]
    plain = "PageV01P228 is said of ms0134"
    for order in ([text, plain], [plain, text]):
        assert len(tokenise([(one, None) for one in order])) == len(words_of(text)) + 5


def test_a_page_of_a_book_goes_on_in_its_next_file(tmp_path):
    (tmp_path / "a.epub").write_bytes(formats.epub(pages=(11, None, 13)))
    (document,), _ = scan(tmp_path)
    found = [str(document.places.at(document.text.index(one[:20]))) for one in formats.PARAGRAPHS]
    assert found == ["p. 11, The report", "p. 11, The flood", "p. 13, part 3"]


@pytest.mark.skipif("a.pdf" not in formats.FORMATS, reason="needs pypdfium2")
def test_lines_of_a_pdf_count_where_a_word_is_broken(documents):
    document = documents["a.pdf"]
    assert "prepar\u00ad\nation" in document.text
    assert str(document.places.at(document.text.index("ation."))) == "p. 1, l. 2"
