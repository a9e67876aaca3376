"""A run that grows: what is added and removed in any parts is, after a rescan, what one scan of it all gives.

scan(a) ── add(b, c) ── remove(a) ── add(a) ── rescan   =   scan(a, b, c)      byte for byte, in every table and column
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import reuse
from reuse import growth
from reuse.cli import main
from reuse.errors import CorpusError, RunError, UsageError
from reuse.run import lock
from reuse.run.run import Run
from reuse.run.schema import SCHEMA_VERSION
from reuse.run.stored_tables import DOCUMENTS
from reuse.verify import verify
from reuse.work import files
from reuse.work.apart import WorkersApart
from reuse.work.workers import Workers
from tests.test_pipeline import TEXTS, prose, write
from tests.work.test_apart import Shuffled

NAMES = [name for name in TEXTS if "/" not in name]
RECORDS = "".join(f'{{"id": "r{9 - n}", "text": "{prose(50 + n, 60)}", "date": "190{n}"}}\n' for n in range(3))


def tables(path: Path) -> dict[str, Any]:
    """All that a run holds, but for what it says of how it was made."""
    columns = {file.name: file.read_bytes() for file in sorted((path / "index").glob("*.npy"))}
    with closing(sqlite3.connect(path / "run.sqlite")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names if "stat" not in name}
    del rows["meta"]
    return {**columns, **rows}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts that share passages, a copy, one with front matter, a file of records, dates."""
    texts = {name: TEXTS[name] for name in NAMES}
    texts |= {"copy.txt": texts["a.txt"], "b2.md": f"---\ntitle: A title\ndate: 1911\n---\n{TEXTS['b.txt']}"}
    tei = f"<TEI><text><pb n='7'/><p xml:id='p1'>{texts['a.txt']}</p><pb n='8'/>{prose(3, 60)}</text></TEI>"
    texts |= {
        "d.xml": tei,
        "c.jsonl": RECORDS,
        "empty.txt": "  \n",
        "1902-01-05.txt": prose(77, 80) + TEXTS["e.txt"][-400:],
    }
    return write(tmp_path_factory.mktemp("grown") / "in", texts)


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, Any]:
    """What a scan of all gives."""
    with reuse.scan(folder, folder.parent / "whole.reuse") as run:
        assert run.count("matches") >= 5
    return tables(folder.parent / "whole.reuse")


@pytest.mark.parametrize("newer", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_adding_in_any_parts_and_a_rescan_equal_scanning_at_once(
    folder: Path, whole: dict[str, Any], tmp_path: Path, seed: int, newer: float
) -> None:
    source = random.Random(seed)
    files = sorted(folder.iterdir())
    source.shuffle(files)
    cuts = sorted(source.sample(range(1, len(files)), 2))
    run = reuse.scan(files[: cuts[0]], tmp_path / "out.reuse")
    run = run.add(files[cuts[0] : cuts[1]], newer=newer)
    gone = source.choice(run.document_ids)
    if len(run.document_ids) > 1:
        run = run.remove(gone, newer=newer)
    run = run.add(files, newer=newer)
    if newer:
        assert run.meta["added"]
        run.rescan()
    assert tables(tmp_path / "out.reuse") == whole


@pytest.mark.slow
def test_workers_that_share_no_memory_change_a_run_as_threads_do(
    folder: Path, whole: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGE", 1)
    sent: list[int] = []

    def engine(count: int) -> Shuffled:
        sent.append(count)
        return Shuffled(count)

    def changed(name: str, crew: Callable[[], Workers]) -> list[dict[str, Any]]:
        texts = sorted(folder.iterdir())
        run, states = reuse.scan(texts[:4], tmp_path / name, workers=crew()), []
        for change in (
            lambda run: run.add(texts, newer=1.0, workers=crew()),
            lambda run: run.remove("a.txt", newer=1.0, workers=crew()),
            lambda run: run.add(texts, newer=1.0, workers=crew()),
            lambda run: run.rescan(workers=crew()),
        ):
            run = change(run)
            states.append(tables(tmp_path / name))
        return states

    by_threads = changed("threads.reuse", lambda: Workers(2))
    assert not sent
    assert changed("apart.reuse", lambda: WorkersApart(2, engine, tmp_path / "work", ranges=7)) == by_threads
    assert by_threads[-1] == whole
    assert len(sent) == 5
    assert not (tmp_path / "work").exists()


def test_a_rescan_gives_the_same_and_keeps_what_was_said(folder: Path, whole: dict[str, Any], tmp_path: Path) -> None:
    run = reuse.scan(folder, tmp_path / "out.reuse", between=None)
    chosen = run.matches["id"][0]
    run.notes.set_mark("match", chosen, "accepted")
    again = run.rescan()
    assert run.replaced
    assert not again.replaced
    assert tables(tmp_path / "out.reuse") == whole
    assert again.notes.marks("match") == {chosen: "accepted"}
    assert again.meta["options"] == run.meta["options"]
    assert again.meta["paths"] == [str(folder)]


def test_a_run_of_an_older_version_becomes_one_of_this(folder: Path, whole: dict[str, Any], tmp_path: Path) -> None:
    path = reuse.scan(folder, tmp_path / "out.reuse").path
    with closing(sqlite3.connect(path / "run.sqlite")) as database:
        database.execute("ALTER TABLE documents DROP COLUMN file")
        database.execute("UPDATE meta SET value = json_insert(value, '$.index.gone', 1) WHERE key = 'options'")
        database.execute("PRAGMA user_version = 5")
        database.commit()
    with pytest.raises(RunError, match=r"schema version 5.*textreuse rescan"):
        Run.open(path)
    growth.rescan(path)
    renewed = tables(path)
    file = DOCUMENTS.stored.index("file")  # which an older version does not say
    renewed_documents, documents = renewed.pop("documents"), whole["documents"]
    assert [(*row[:file], *row[file + 1 :]) for row in renewed_documents] == [
        (*row[:file], *row[file + 1 :]) for row in documents
    ]
    assert renewed == {name: rows for name, rows in whole.items() if name != "documents"}


def test_a_run_that_lacks_a_column_is_made_anew(folder: Path, whole: dict[str, Any], tmp_path: Path) -> None:
    path = reuse.scan(folder, tmp_path / "out.reuse").path
    with closing(sqlite3.connect(path / "run.sqlite")) as database:
        database.execute("ALTER TABLE formulas DROP COLUMN dispersion")
    with pytest.raises(RunError, match=r"no column dispersion in its table formulas\); textreuse rescan"):
        Run.open(path)
    growth.rescan(path)
    assert tables(path) == whole


def test_a_run_of_a_newer_version_is_left_alone(folder: Path, tmp_path: Path) -> None:
    path = reuse.scan(folder, tmp_path / "out.reuse").path
    with closing(sqlite3.connect(path / "run.sqlite")) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(RunError, match="upgrade textreuse"):
        growth.rescan(path)


def test_what_is_known_is_passed_over_and_another_text_of_its_id_is_told(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": prose(1), "b.txt": prose(2)})
    path = reuse.scan(tmp_path / "in", tmp_path / "out.reuse").path
    before = (path / "run.sqlite").stat().st_mtime_ns
    assert growth.add(path, [tmp_path / "in"]).known == 2
    assert (path / "run.sqlite").stat().st_mtime_ns == before
    write(tmp_path / "in", {"b.txt": prose(3), "c.txt": prose(4)})
    added = growth.add(path, [tmp_path / "in"])
    assert (added.documents, added.known) == (["c.txt"], 1)
    assert "stands for another text" in added.skipped[0].reason
    with Run.open(path) as run:
        assert run.text("b.txt") == prose(2)
        assert [one["documents"] for one in run.meta["additions"]] == [["c.txt"]]


def test_texts_in_memory_are_added_too(tmp_path: Path) -> None:
    texts = [prose(n) + prose(n - 1)[:300] for n in range(6)]
    whole = reuse.scan(texts=texts, out=tmp_path / "whole.reuse")
    grown = reuse.scan(texts=texts[:2]).add(texts=texts[2:5]).add(texts=texts[5:]).rescan()
    assert grown.document_ids == ["0", "1", "2", "3", "4", "5"]
    assert tables(grown.path) == tables(whole.path)
    kept = grown.path
    grown.close()
    del grown
    assert not kept.exists()


def test_groups_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "x", {"a.txt": TEXTS["a.txt"], "f.txt": TEXTS["f.txt"]})
    write(tmp_path / "y", {"b.txt": TEXTS["b.txt"]})
    run = reuse.scan(out=tmp_path / "out.reuse", between=(tmp_path / "x", tmp_path / "y"))
    write(tmp_path / "y", {"e.txt": TEXTS["e.txt"]})
    whole = reuse.scan(out=tmp_path / "whole.reuse", between=(tmp_path / "x", tmp_path / "y"))
    with pytest.raises(UsageError, match="lies in neither"):
        run.add(write(tmp_path / "z", {"e.txt": TEXTS["e.txt"]}))
    run.remove("x/f.txt").rescan()
    growth.add(run.path, [tmp_path / "x"])
    growth.add(run.path, [tmp_path / "y"])
    assert tables(run.path) == tables(whole.path)


def test_folders_that_are_named_again_give_their_documents_the_same_names(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, {"a.txt": prose(n)}) for n, name in enumerate("wxyz")]
    run = reuse.scan(folders[:2], tmp_path / "out.reuse").add(folders[2:])
    names = ["w/a.txt", "x/a.txt", "y/a.txt", "z/a.txt"]
    assert run.document_ids == names
    for folder in folders:
        assert growth.add(run.path, [folder]).known == 1
    assert growth.add(run.path, folders[1:3]).documents == []


@pytest.mark.parametrize("between", [False, True])
@pytest.mark.parametrize("moved", [False, True])
def test_from_whatever_folder_a_run_is_changed_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, between: bool, moved: bool
) -> None:
    home, parts = tmp_path / "home", (Path("in/x"), Path("in/y"))
    write(home / "in" / "x", {"a.txt": TEXTS["a.txt"], "f.txt": TEXTS["f.txt"]})
    write(home / "in" / "y", {"b.txt": TEXTS["b.txt"]})
    monkeypatch.chdir(home)

    def scanned(name: str) -> reuse.Run:
        return reuse.scan(out=name, between=parts) if between else reuse.scan(list(parts), name)

    path = scanned("out.reuse").path.resolve()
    if moved:
        home = home.rename(tmp_path / "elsewhere")
        path = home / path.name
    write(home / "in" / "x", {"c.txt": TEXTS["e.txt"]})
    write(home / "in" / "y", {"e.txt": TEXTS["e.txt"]})
    monkeypatch.chdir(tmp_path)
    with Run.open(path) as run:
        assert all(one.state == "unchanged" for one in verify(run))
    assert growth.add(path, [Path(home.name, "in", "x")]).documents == ["x/c.txt"]
    monkeypatch.chdir(home / "in")
    assert growth.add(path, [Path("y")]).documents == ["y/e.txt"]
    assert growth.add(path, [Path("y"), Path("../in/x")]).documents == []
    monkeypatch.chdir("/")
    growth.rescan(path)
    monkeypatch.chdir(home)
    assert tables(path) == tables(scanned("whole.reuse").path)


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": prose(1), "b": prose(2)}, out=tmp_path / "out.reuse")
    with pytest.raises(UsageError, match=r"no document 'c'; textreuse export .* documents lists them"):
        run.remove("a", "c")
    with pytest.raises(UsageError, match="no document would be left"):
        run.remove("a", "b")
    with pytest.raises(CorpusError, match="nowhere"):
        run.add(tmp_path / "nowhere")
    with pytest.raises(RunError, match="not a run"):
        growth.rescan(tmp_path)
    assert not run.replaced
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["out.reuse"]


def test_who_comes_second_waits_or_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = reuse.scan(texts={"a": prose(1)}, out=tmp_path / "out.reuse")
    waits = []
    with lock.changing(run.path):
        other = threading.Thread(
            target=growth.add,
            args=(run.path, []),
            kwargs={
                "texts": reuse.corpus.texts.Texts({"b": prose(2)}),
                "told": growth.Told(waiting=lambda: waits.append(1)),
            },
        )
        other.start()
        while not waits:
            time.sleep(0.005)
        assert not run.replaced
        monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
        with pytest.raises(RunError, match="another process is changing"):
            growth.rescan(run.path)
    other.join()
    assert run.replaced
    with Run.open(run.path) as now:
        assert now.document_ids == ["a", "b"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.reuse"]


def test_a_kill_leaves_the_run_before_or_after(tmp_path: Path) -> None:
    texts = {name: TEXTS[name] for name in NAMES}
    write(tmp_path / "in", texts)
    path = reuse.scan([tmp_path / "in" / NAMES[0]], tmp_path / "out.reuse").path
    command = [sys.executable, "-m", "reuse", "add", str(path), str(tmp_path / "in")]
    counts = set()
    for wait in (0.35, 0.5):
        started = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        started.kill()
        started.wait()
        with Run.open(path) as run:
            counts.add(run.count("documents"))
    assert counts <= {1, len(texts)}
    growth.add(path, [tmp_path / "in"])
    with Run.open(path) as run:
        assert run.count("documents") == len(texts)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["in", "out.reuse"]


def test_remarks_are_told_once_and_those_of_one_kind_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tables_of = {f"day-{n}.csv": f"id,content\nr{n},{prose(n, 60)}\n" for n in range(4)}
    write(tmp_path / "in", tables_of)
    assert main(["scan", "in", "-o", "out.reuse"]) == 0
    told = capsys.readouterr().out
    assert "day-0.csv and 3 more: has fields of other names: 'content' as the text" in " ".join(told.split())
    assert "1 of 1 remark" in told
    write(tmp_path / "in", {f"day-{n}.csv": f"id,content\nr{n},{prose(n, 60)}\n" for n in (4, 5)})
    for folder, path in ((tmp_path, "in"), (Path("/"), str(tmp_path / "in"))):
        monkeypatch.chdir(folder)
        assert main(["add", str(tmp_path / "out.reuse"), path]) == 0
        told = capsys.readouterr().err
        assert "day-0.csv" not in told
        assert told.count("day-4.csv and 1 more: has fields of other names") == told.count("2 documents added")


def test_what_is_left_out_is_told_even_where_nothing_else_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "in", {"a.txt": prose(1), "b.txt": prose(2)})
    path = reuse.scan(tmp_path / "in", tmp_path / "out.reuse").path
    write(tmp_path / "in", {"b.txt": prose(3), "c.txt": prose(4)})
    assert main(["add", str(path), str(tmp_path / "in"), "-q"]) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert "stands for another text in the run: 'b.txt'; textreuse remove" in told


def test_other_metadata_of_what_is_known_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "in", {"a.txt": prose(1), "b.txt": prose(2), "c.txt": prose(3)})
    path = reuse.scan(tmp_path / "in", tmp_path / "out.reuse").path
    write(tmp_path / "in", {"metadata.csv": "id,date,title\nb.txt,1911-05-04,A title\n"})
    assert growth.add(path, [tmp_path / "in"]).restated == ["b.txt"]
    assert main(["add", str(path), str(tmp_path / "in")]) == 0
    assert "b.txt: passed over, though the title, the date" in capsys.readouterr().err
    reuse.Run.open(path).remove("b.txt").add(tmp_path / "in")
    assert growth.add(path, [tmp_path / "in"]).restated == []
