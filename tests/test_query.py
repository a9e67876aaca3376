"""What a text draws on: the same passages and scores that a scan of the run and the text would give.

run: a ── b ── c ── …        text ──▶ a run of its own: the text, and those of them that it shares passages with
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import reuse
from reuse import query as query_module
from reuse.cli import main
from reuse.errors import CorpusError, RunError, UsageError
from reuse.options import IndexOptions, ScanOptions
from tests.test_pipeline import prose, write

DOCUMENTS = {f"{n}.txt": prose(n, 300) for n in range(40)}
PASSAGE = " ".join(DOCUMENTS["7.txt"].split()[100:160])
ASKED = f"{prose(100, 80)} {PASSAGE} {prose(101, 80)} {' '.join(DOCUMENTS['9.txt'].split()[20:40])}."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty texts, one of them twice, and one that quotes another."""
    quoting = {"quoting.txt": f"{prose(50, 60)} {PASSAGE} {prose(51, 60)}", "copy.txt": DOCUMENTS["9.txt"]}
    return write(tmp_path_factory.mktemp("asked") / "in", DOCUMENTS | quoting)


@pytest.fixture(scope="module")
def run(folder: Path) -> reuse.Run:
    return reuse.scan(folder, folder.parent / "out.reuse")


def sides(found: Any, text: str) -> dict[tuple[Any, ...], float]:
    """Bits of every match of one text by its place, in whatever order the two documents come."""
    return {
        tuple(sorted((row[side], row[f"{side}_start"], row[f"{side}_end"]) for side in "ab")): row["bits"]
        for row in found.matches
        if (row["a"] == text) != (row["b"] == text)
    }


def test_a_query_finds_what_a_scan_of_both_finds(folder: Path, run: reuse.Run, tmp_path: Path) -> None:
    whole = reuse.scan(texts={name: run.text(name) for name in run.document_ids} | {"text": ASKED}, out=tmp_path / "w")
    expected = sides(whole, "text")
    found = sides(run.query(ASKED), "text")
    assert found.keys() == expected.keys()
    assert {place[0][0] for place in found} == {"7.txt", "quoting.txt", "9.txt", "copy.txt"}
    for place, bits in found.items():
        assert bits == pytest.approx(expected[place], rel=0.01)
    assert not run.replaced


@pytest.mark.parametrize("against", ["old", "all"])
def test_only_documents_in_which_words_can_say_enough_are_looked_into(
    run: reuse.Run, monkeypatch: pytest.MonkeyPatch, against: str
) -> None:
    looked_into = []
    find = query_module.find_matches
    monkeypatch.setattr(
        query_module, "find_matches", lambda tokens, *rest: looked_into.append(tokens.documents) or find(tokens, *rest)
    )
    # A few words here and there, in the same order and as far apart.
    scattered = [
        " ".join([*DOCUMENTS[f"{n}.txt"].split()[at : at + 3], *prose(200 + n + at, 17).split()])
        for n in range(20, 30)
        for at in range(40, 120, 20)
    ]
    texts = {"text": f"{ASKED} {' '.join(scattered)}", "too": f"{prose(102, 30)} {PASSAGE}"}
    found = run.query(texts=texts, against=against)
    monkeypatch.setattr(query_module, "may_match", lambda tokens, regions, *_: np.ones(len(regions), dtype=bool))
    everywhere = run.query(texts=texts, against=against)
    assert list(found.matches.to_dicts()) == list(everywhere.matches.to_dicts())
    assert len(found.matches) >= 5
    assert looked_into[0] < looked_into[1]


def test_what_is_found_is_a_run(run: reuse.Run) -> None:
    found = run.query(ASKED)
    assert found.document_ids == ["7.txt", "9.txt", "copy.txt", "quoting.txt", "text"]
    assert [found.text(name) for name in ("9.txt", "text")] == [run.text("9.txt"), ASKED]
    assert set(found.sources()["document"][:2]) == {"7.txt", "quoting.txt"}
    assert found.sources()["shared"][0] == pytest.approx(60, abs=2)
    best = found.matches[0]
    assert PASSAGE[:100] in best["text_a"]
    assert PASSAGE[:100] in best["text_b"]
    assert found.count("formulas") == 0
    assert found.table("profiles", where=None)["recycled"] is not None
    assert {"document", "source", "main"} <= set(run.sources().columns)


def test_a_text_that_the_run_has_is_told_from_it(folder: Path, run: reuse.Run) -> None:
    found = run.query(paths=folder / "7.txt")
    assert found.meta["query"]["documents"] == ["7.txt (query)"]
    assert found.sources()["document"] == ["7.txt", "quoting.txt"]
    assert found.matches["similarity"][0] == 1


def test_each_of_several_texts_is_compared_with_the_run_alone(run: reuse.Run) -> None:
    found = run.query(texts={"x": ASKED, "y": ASKED, "z": prose(500)})
    assert sides(found, "x").keys() == {
        tuple(("x", *side[1:]) if side[0] == "y" else side for side in place) for place in sides(found, "y")
    }
    assert not sides(found, "z")
    assert {row["a"] for row in found.matches} & {row["b"] for row in found.matches} == set()


@pytest.mark.parametrize("text", [prose(500), "one", "!?", "word " * 500])
def test_what_nobody_said_is_found_nowhere(run: reuse.Run, text: str) -> None:
    found = run.query(text)
    assert found.document_ids == ["text"]
    assert found.count("matches") == 0
    assert len(found.sources()) == 0


def test_a_common_text_is_found_however_many_have_it() -> None:
    copies = {f"{n:03}": f"{prose(n, 40)} {PASSAGE} {prose(200 + n, 40)}" for n in range(100)}
    found = reuse.scan(texts=copies).query(PASSAGE)
    assert found.count("matches") >= 8
    assert max(found.sources()["shared"]) == 60


def test_what_cannot_be_asked_is_said(run: reuse.Run, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no text could be read"):
        run.query(" ")
    with pytest.raises(UsageError, match="nothing to scan, or too much"):
        run.query()
    options = ScanOptions(index=IndexOptions(keep=False))
    without = reuse.scan(texts={"a": ASKED}, options=options)
    assert not (without.path / "index" / "shingle_places.npy").exists()
    with pytest.raises(RunError, match="made without an index"):
        without.query(ASKED)


def test_the_command_shows_sources_by_date_and_passages(
    folder: Path, run: reuse.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = write(tmp_path, {"new.txt": ASKED}) / "new.txt"
    assert main(["query", str(run.path), str(asked)]) == 0
    shown = capsys.readouterr().out
    assert "Shares passages with  4 of 4 documents" in shown
    assert "7.txt" in shown
    assert " ".join(PASSAGE.split()[3:6]) in shown
    assert main(["query", str(run.path), str(asked), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0]["bits"] == max(row["bits"] for row in rows)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(prose(500).encode())))
    assert main(["query", str(run.path), "-"]) == 3
    assert "no passage" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["report.md", "report.html", "found.reuse"])
def test_the_command_writes_what_was_asked_for(
    run: reuse.Run, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = write(tmp_path, {"new.txt": ASKED}) / "new.txt"
    assert main(["query", str(run.path), str(asked), "-o", str(tmp_path / name)]) == 0
    assert name in capsys.readouterr().err
    if name == "found.reuse":
        with reuse.Run.open(tmp_path / name) as kept:
            assert kept.count("matches") >= 4
    else:
        assert "7.txt" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        ("old", {("7.txt", "x"), ("quoting.txt", "x")}),
        ("new", {("x", "y")}),
        ("all", {("7.txt", "x"), ("quoting.txt", "x"), ("x", "y")}),
    ],
)
def test_several_texts_are_compared_with_whom_one_says(
    run: reuse.Run, tmp_path: Path, against: Any, expected: set[tuple[str, str]]
) -> None:
    shared = prose(200, 40)
    texts = {"x": f"{prose(201, 60)} {shared} {PASSAGE}", "y": f"{shared} {prose(202, 70)}", "z": prose(203, 60)}
    found = run.query(texts=texts, against=against)
    assert {(row["a"], row["b"]) for row in found.matches} == expected
    sources = found.sources().to_dicts()
    assert {row["document"] for row in sources} == {name for pair in expected for name in pair} - (
        {"x"} if against == "old" else set()
    )
    whole = reuse.scan(texts={name: run.text(name) for name in run.document_ids} | texts, out=tmp_path / "w")
    bits = {(row["a"], row["b"]): row["bits"] for row in whole.matches}
    for row in found.matches:
        assert row["bits"] == pytest.approx(bits[row["a"], row["b"]], rel=0.02)


def test_the_command_compares_several_texts_with_each_other(
    run: reuse.Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = prose(210, 40)
    write(tmp_path / "drafts", {"one.txt": f"{shared} {prose(211)}", "two.txt": f"{prose(212)} {shared}"})
    assert main(["query", str(run.path), str(tmp_path / "drafts")]) == 3
    assert "Nothing was found." in capsys.readouterr().out
    assert main(["query", str(run.path), str(tmp_path / "drafts"), "--against", "new"]) == 0
    shown = capsys.readouterr().out
    assert "2 of 2 documents" in shown
    assert "one.txt" in shown
