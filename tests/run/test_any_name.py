"""Any name and any byte is stored, found again and exported."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.align.matches import Matches
from reuse.clusters.clusters import find_clusters
from reuse.corpus.document import Document
from reuse.corpus.tokenise import tokenise
from reuse.formulas.phrases import find_formulas
from reuse.options import ClusterOptions, FormulaOptions, ScanOptions
from reuse.report.export import export
from reuse.run.run import Run
from reuse.run.storable import storable, storable_json, storable_text, stored_file
from reuse.run.writer import RunWriter
from reuse.score.background import Background
from reuse.verify import verify
from tests.synthetic import build_run

TEXT = "The town council met on Thursday to hear the complaints of the fishermen about the new quay."


@given(st.text(st.characters()))
def test_what_is_storable_is_utf8_and_says_the_same(text):
    storable(text).encode()
    assert storable(storable(text)) == storable(text)
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert storable(text) == storable_text(text) == text
    assert len(storable_text(text).encode().decode()) == len(text)
    written = json.dumps({text: text}, ensure_ascii=False)
    storable_json(written).encode()
    assert json.loads(storable_json(written)) == json.loads(written)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_file_whose_name_is_bytes_is_read_and_verified(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"caf\xe9.txt", b"b.txt", b"\xff\xfe.txt"):
        (folder / os.fsdecode(name)).write_text(TEXT)
    with reuse.scan([folder], tmp_path / "r.reuse") as run:
        assert set(run.document_ids) == {r"caf\xe9.txt", "b.txt", r"\xff\xfe.txt"}
        assert run.text("caf\udce9.txt") == TEXT, "as the shell passes it on"
        assert run.count("matches", 'doc:"caf\udce9"') == run.count("matches", r"doc:caf\xe9") > 0
        assert {found.state for found in verify(run)} == {"unchanged"}
        for table in ("documents", "matches", "profiles"):
            for suffix in ("jsonl", "csv", "parquet"):
                assert export(run, table, tmp_path / f"t.{suffix}") > 0


def test_a_file_that_is_named_as_an_escape_is_itself(tmp_path):
    (tmp_path / r"caf\xe9.txt").write_text("x")
    assert stored_file(r"caf\xe9.txt", tmp_path) == tmp_path / r"caf\xe9.txt"
    assert os.fsencode(stored_file(r"the\xe9.txt", tmp_path)).endswith(b"the\xe9.txt")


def test_surrogates_in_ids_titles_and_metadata_are_no_trouble(tmp_path):
    odd = Document("a\ud800", TEXT, tmp_path, title="t\udcff", metadata={"k\ud800": "v\ud800"})
    tokens = tokenise([(TEXT, None)])
    with RunWriter(tmp_path / "r") as writer:
        writer.add_document(odd)
        writer.add_tokens(tokens)
        writer.add_formulas(find_formulas(tokens, Background.of(tokens), FormulaOptions()))
        found = Matches.empty()
        clusters = find_clusters(found, tokens, ClusterOptions())
        writer.finish(found, clusters, {"skipped": ["b\udce9"]}, options=ScanOptions())
    with Run.open(tmp_path / "r") as run:
        assert run.document_ids == [r"a\ud800"]
        assert run.documents["title"] == [r"t\xff"]
        assert json.loads(run.documents["metadata"][0]) == {"k\ud800": "v\ud800"}
        assert run.meta["skipped"] == ["b\udce9"]


def test_line_separators_are_escaped_in_json_lines(tmp_path):
    text = "one\u2028two\u2029three\x85four"
    whole = f"{text} {TEXT}".rstrip(".")
    path = build_run(tmp_path / "r", {"a.txt": whole, "b.txt": TEXT}, [("a.txt", whole, "b.txt", TEXT)])
    with Run.open(path) as run:
        export(run, "matches", tmp_path / "m.jsonl")
    written = (tmp_path / "m.jsonl").read_text("utf-8")
    assert len(written.splitlines()) == 1
    assert json.loads(written)["text_a"] == whole


def test_leftovers_of_killed_exports_are_cleared(tmp_path, path):
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True, text=True
    )
    dead, alive = (tmp_path / f".m.csv.partial-{pid}" for pid in (ended.stdout.strip(), os.getppid()))
    dead.touch()
    alive.touch()
    with Run.open(path) as run:
        export(run, "matches", tmp_path / "m.csv")
    assert not dead.exists()
    assert alive.exists()
