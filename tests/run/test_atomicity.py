"""A run appears whole or not at all, and nobody else's folder is touched.

before ──▶ writing ──▶ break in the middle ──▶ before, and nothing beside it
"""

import errno
import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from reuse.corpus.document import Document
from reuse.errors import RunError
from reuse.run import folder as folder_module
from reuse.run import writer as writer_module
from reuse.run.folder import PartialFolder, is_run
from reuse.run.run import Run
from reuse.run.writer import RunWriter
from reuse.work.workers import Workers
from tests.run.reports import TEXTS, write


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def fill_disk(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_database(*_args, **_kwargs):
    raise sqlite3.OperationalError("database or disk is full")


def interrupt(*_args, **_kwargs):
    raise KeyboardInterrupt


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize(
    ("place", "failure"),
    [
        ("save", fill_disk),
        ("save", interrupt),
        ("formulas", full_database),
        ("formulas", interrupt),
        ("rename", fill_disk),
        ("rename", interrupt),
    ],
)
def test_a_scan_that_breaks_leaves_what_was_there(tmp_path, monkeypatch, existing, place, failure):
    raised = KeyboardInterrupt if failure is interrupt else RunError
    path = tmp_path / "r.reuse"
    if existing:
        write(path)
        with Run.open(path) as run:
            run.notes.set_mark("match", run.matches["id"][0], "accepted")
        before = contents(path)
    if place == "save":
        monkeypatch.setattr(np, "save", failure)
    elif place == "formulas":
        monkeypatch.setattr(writer_module.rows, "formulas", failure)
    else:  # the second rename, where folders cannot be exchanged: the former run has been moved aside
        monkeypatch.setattr(folder_module, "exchange", lambda *_: False)
        whole = type(path).rename
        monkeypatch.setattr(
            type(path), "rename", lambda self, to: failure() if "partial" in self.name else whole(self, to)
        )
    with pytest.raises(raised) as caught:
        write(path, texts={**TEXTS, "d.txt": "more"})
    monkeypatch.undo()

    if raised is RunError:
        assert "the disk is full" in str(caught.value)
        assert str(path) in str(caught.value)
        assert ("untouched" in str(caught.value)) == existing
    assert [entry.name for entry in tmp_path.iterdir()] == (["r.reuse"] if existing else [])
    if existing:
        assert contents(path) == before


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="folders cannot be exchanged here")
def test_at_every_moment_of_a_rescan_there_is_a_run(path, monkeypatch):
    (path / "mine.txt").write_text("my notes")
    moments = []

    def look(change):
        def looking(*arguments):
            done = change(*arguments)
            moments.append(is_run(path))
            return done

        return looking

    monkeypatch.setattr(folder_module, "exchange", look(folder_module.exchange))
    monkeypatch.setattr(type(path), "rename", look(type(path).rename))
    write(path, texts={**TEXTS, "d.txt": "more"})
    assert moments == [True] * len(moments)
    assert len(moments) >= 2
    assert (path / "mine.txt").read_text() == "my notes"
    with Run.open(path) as run:
        assert run.count("documents") == 4


@pytest.mark.parametrize("exchanged", [True, False])
@pytest.mark.parametrize("step", [1, 2, 3])
def test_any_later_command_brings_home_what_a_killed_rescan_left(path, monkeypatch, exchanged, step):
    (path / "mine.txt").write_text("my notes")
    (path / "report.html").write_text("my report")
    rename, times = type(path).rename, []

    def killed(self, to):
        times.append(to)
        if len(times) == step:
            raise SystemExit
        return rename(self, to)

    if not exchanged:
        monkeypatch.setattr(folder_module, "exchange", lambda *_: False)
    monkeypatch.setattr(type(path), "rename", killed)
    monkeypatch.setattr(folder_module.PartialFolder, "discard", lambda _: None)
    monkeypatch.setattr(folder_module.os, "getpid", lambda: 4194999)  # no process of this machine has such a number
    with suppress(SystemExit):
        write(path, texts={**TEXTS, "d.txt": "more"})
    monkeypatch.undo()
    with Run.open(path) as run:
        assert run.count("documents") in {3, 4}
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert (path / "mine.txt").read_text() == "my notes"
    assert (path / "report.html").read_text() == "my report"


def test_a_disk_that_fills_up_while_numpy_writes_is_named(path):
    with pytest.raises(RunError, match="the disk is full"), folder_module.explaining_write_errors(path):
        raise OSError("1000 requested and 512 written")


def test_no_run_is_written_at_the_root():
    with pytest.raises(RunError, match="name a folder of its own"):
        RunWriter(Path(Path.cwd().anchor))


def test_a_break_while_reading(tmp_path):
    def read():
        with RunWriter(tmp_path / "r") as writer:
            writer.add_document(Document("a", "text", tmp_path))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read()
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_right_after_the_folder_was_made(tmp_path, monkeypatch):
    make = Path.mkdir

    def made_then_interrupted(folder, *args, **kwargs):
        make(folder, *args, **kwargs)
        if ".partial-" in str(folder):
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", made_then_interrupted)
    with pytest.raises(KeyboardInterrupt), RunWriter(tmp_path / "run"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_block_left_without_finishing_writes_nothing(tmp_path):
    with RunWriter(tmp_path / "r") as writer:
        writer.add_document(Document("a", "text", tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_break_waits_for_the_thread_that_writes_formulas(tmp_path, monkeypatch):
    add, rows_of, begun, writing = RunWriter.add_formulas, writer_module.rows.formulas, threading.Event(), []

    def slow_rows(*arguments):
        begun.set()
        time.sleep(0.2)
        return rows_of(*arguments)

    def add_in_a_thread(self, *arguments):
        writing.append(Workers(2).aside(lambda _: add(self, *arguments)))
        begun.wait()

    monkeypatch.setattr(writer_module.rows, "formulas", slow_rows)
    monkeypatch.setattr(RunWriter, "add_formulas", add_in_a_thread)
    monkeypatch.setattr(RunWriter, "finish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "r")
    writing[0].result()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(writer_module, "TEXT_BATCH", 0)

    def read():
        with RunWriter(tmp_path / "r") as writer:
            writer._database.execute("PRAGMA max_page_count = 20")
            for number in range(100):
                writer.add_document(Document(f"{number:03}", "text" * 1000, tmp_path))

    with pytest.raises(RunError, match="disk is full"):
        read()
    assert list(tmp_path.iterdir()) == []


def test_only_runs_are_replaced(tmp_path):
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("years of work")
    with pytest.raises(RunError, match="not a run, so it is not replaced"):
        write(folder)
    (folder / "run.sqlite").write_bytes(b"SQLite format 3\0" + bytes(200))
    with pytest.raises(RunError, match="not a run, so it is not replaced"):
        write(folder)
    assert (folder / "chapter.txt").read_text() == "years of work"
    with pytest.raises(RunError, match="a file of that name exists"):
        write(folder / "chapter.txt")


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "r").mkdir()
    with Run.open(write(tmp_path / "r")) as run:
        assert run.count("documents") == 3


def test_overwriting_can_be_refused(path):
    before = contents(path)
    with pytest.raises(RunError, match="this run exists"), RunWriter(path, overwrite=False):
        pass
    assert contents(path) == before


def test_what_the_user_put_into_the_run_stays(path):
    (path / "report.html").write_text("mine")
    (path / "figures").mkdir()
    (path / "figures" / "one.svg").write_text("mine too")
    write(path)
    assert (path / "report.html").read_text() == "mine"
    assert (path / "figures" / "one.svg").read_text() == "mine too"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_link_to_a_run_stays_a_link(path, tmp_path):
    (tmp_path / "link").symlink_to(path)
    write(tmp_path / "link", texts={**TEXTS, "d.txt": "more"})
    assert (tmp_path / "link").is_symlink()
    with Run.open(path) as run:
        assert run.count("documents") == 4


def test_what_a_killed_scan_left_is_tidied(path):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    pid = int(ended.stdout)
    partial = path.with_name(f".{path.name}.partial-{pid}")
    partial.mkdir()
    (partial / "run.sqlite").write_bytes(b"half")
    alive = path.with_name(f".{path.name}.partial-{os.getppid()}")
    alive.mkdir()
    aside = path.with_name(f".{path.name}.old-{pid}")
    path.rename(aside)  # killed between the two renames
    folder = PartialFolder(path, overwrite=True)
    folder.create()
    folder.discard()
    with Run.open(path) as run:
        assert run.count("documents") == 3
    assert sorted(entry.name for entry in path.parent.iterdir()) == [alive.name, path.name]


def test_what_another_machine_is_writing_stays(tmp_path):
    with RunWriter(tmp_path / "r") as writer:
        elsewhere = tmp_path / ".r.partial-4194999"  # no process of this machine has such a number
        writer._folder.path.rename(elsewhere)
        write(tmp_path / "r")
        assert elsewhere.is_dir()
    write(tmp_path / "r")
    assert not elsewhere.exists()


def test_an_open_run_goes_on_reading_the_one_it_opened(path):
    with Run.open(path) as run:
        assert not run.replaced
        write(path, texts={**TEXTS, "d.txt": "more"})
        assert run.replaced
        assert run.count("documents") == 3
        assert run.text("a.txt") == TEXTS["a.txt"]
        assert run.tokens.documents == 3


def test_a_run_replaced_while_it_is_opened_is_opened_anew(path, monkeypatch):
    times = []
    check = Run.check

    def check_and_replace(run):
        check(run)
        times.append(run)
        if len(times) == 1:
            write(path, texts={**TEXTS, "d.txt": "more"})

    monkeypatch.setattr(Run, "check", check_and_replace)
    with Run.open(path) as run:
        assert len(times) == 2
        assert run.count("documents") == run.tokens.documents == 4


def test_notes_are_moved_where_files_cannot_be_linked(path, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.ENOTSUP, "no links here")

    monkeypatch.setattr(type(path), "hardlink_to", refuse)
    with Run.open(path) as run:
        first, second = run.matches["id"][:2]
        run.notes.set_mark("match", first, "accepted")
        write(path)
        run.notes.set_mark("match", second, "accepted")
    with Run.open(path) as run:
        assert set(run.notes.marks("match")) == {first, second}


def test_tokens_of_other_documents_are_refused(tmp_path, monkeypatch):
    enter = RunWriter.__enter__

    def enter_with_one_too_many(self):
        writer = enter(self)
        writer.add_document(Document("", "one too many", tmp_path))
        return writer

    monkeypatch.setattr(RunWriter, "__enter__", enter_with_one_too_many)
    with pytest.raises(ValueError, match="tokens of 3 documents for the 4"):
        write(tmp_path / "r")
