"""Review notes: kept by stable ids, shared by processes, never overwritten by a scan."""

import sqlite3
import subprocess
import sys
import threading

import pytest

from reuse.errors import RunError, UsageError
from reuse.run.notes import Notes, Review
from reuse.run.review import precision_at
from reuse.run.run import Run
from tests.run.reports import MATCHES, write


@pytest.fixture
def notes(tmp_path):
    notes = Notes(tmp_path / "notes.sqlite")
    yield notes
    notes.close()


def test_reading_makes_no_file(notes):
    assert notes.all() == []
    assert not notes.path.exists()


def test_marks_bookmarks_and_notes_stand_side_by_side(notes):
    notes.set_mark("match", "m1", "accepted")
    notes.set_bookmark("match", "m1", bookmark=True)
    notes.set_note("match", "m1", "fine — 좋다")
    notes.set_mark("cluster", "m1", "boilerplate")
    assert notes.get("match", "m1") == Review("match", "m1", "accepted", True, "fine — 좋다")
    assert notes.marks("cluster") == {"m1": "boilerplate"}
    assert notes.bookmarks("match") == {"m1"}
    assert notes.texts("match") == {"m1": "fine — 좋다"}
    notes.set_mark("match", "m1", None)
    notes.set_bookmark("match", "m1", bookmark=False)
    notes.set_note("match", "m1", "")
    assert notes.get("match", "m1").is_empty
    assert len(notes.all()) == 1, "nothing is kept of what says nothing"


def test_changes_are_undone_one_by_one(notes):
    notes.set_mark("match", "m1", "accepted")
    notes.set_mark("match", "m1", "rejected")
    notes.set_note("formula", "f", "hm")
    assert notes.undo() == Review("formula", "f")
    assert notes.undo() == Review("match", "m1", "accepted")
    assert notes.undo() == Review("match", "m1")
    assert notes.undo() is None
    assert notes.all() == []


def test_undo_leaves_alone_what_another_has_changed_since(notes):
    other = Notes(notes.path)
    notes.set_mark("match", "m1", "accepted")
    notes.set_mark("match", "m2", "accepted")
    other.set_mark("match", "m2", "rejected")
    assert notes.undo() == Review("match", "m1")
    assert notes.marks("match") == {"m2": "rejected"}
    other.close()


def test_changes_of_others_are_seen(notes):
    assert notes.marks("match") == {}
    other = Notes(notes.path)
    other.set_mark("match", "m1", "accepted")
    assert notes.marks("match") == {"m1": "accepted"}
    other.set_mark("match", "m1", "rejected")
    assert notes.marks("match") == {"m1": "rejected"}
    other.close()


def test_processes_and_threads_write_at_once(notes):
    program = (
        "import sys; from pathlib import Path; from reuse.run.notes import Notes\n"
        "notes = Notes(Path(sys.argv[1]))\n"
        "for i in range(30): notes.set_mark('match', f'{sys.argv[2]}-{i}', 'accepted')"
    )
    others = [subprocess.Popen([sys.executable, "-c", program, str(notes.path), name]) for name in "xy"]
    threads = [
        threading.Thread(
            target=lambda name=name: [notes.set_mark("match", f"{name}-{i}", "rejected") for i in range(30)]
        )
        for name in "zw"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait() for other in others] == [0, 0]
    assert len(notes.all()) == 120


def test_notes_survive_a_rescan_and_orphans_are_told(path):
    with Run.open(path) as run:
        kept, lost = run.matches["id"][:2]
        run.notes.set_mark("match", kept, "accepted")
        run.notes.set_note("match", lost, "gone soon")
        assert run.orphaned_notes() == []
    write(path, matches=[match for match in MATCHES if match[1].startswith("Comrade")])
    with Run.open(path) as run:
        assert run.matches["mark"] == ["accepted"]
        assert run.orphaned_notes() == [Review("match", lost, note="gone soon")]
    write(path)
    with Run.open(path) as run:
        assert run.orphaned_notes() == []
        assert run.notes.texts("match") == {lost: "gone soon"}


def test_a_reviewer_goes_on_during_a_rescan(path):
    with Run.open(path) as run:
        names = run.matches["id"]
        run.notes.set_mark("match", names[0], "accepted")
        write(path)
        run.notes.set_mark("match", names[1], "rejected")
    with Run.open(path) as run:
        assert run.notes.marks("match") == {names[0]: "accepted", names[1]: "rejected"}


def test_what_is_wrong_is_explained(notes):
    with pytest.raises(UsageError, match="no mark 'good'; the marks are accepted"):
        notes.set_mark("match", "m", "good")
    with pytest.raises(UsageError, match="no notes on a 'document'"):
        notes.set_note("document", "m", "x")
    notes.path.write_bytes(b"this is no database, but long enough to be looked at as one" * 20)
    with pytest.raises(RunError, match="notes cannot be read"):
        notes.all()


def test_notes_of_a_newer_version_are_left_alone(notes):
    database = sqlite3.connect(notes.path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(RunError, match="newer version"):
        notes.set_mark("match", "m", "accepted")


def test_precision_from_verdicts(large):
    first = large.ids("matches", order="bits", limit=10)
    names = [row["id"] for row in large.rows("matches", first, ["id"])]
    try:
        for name, mark in zip(names, ["accepted"] * 6 + ["rejected", "boilerplate"], strict=False):
            large.notes.set_mark("match", name, mark)
        share = precision_at(large, 10)
        assert (share.hits, share.trials) == (6, 7)
        assert share.low < share.value < share.high
        assert precision_at(large, 3).value == 1
        assert precision_at(large, 10, where="mark:rejected").value == 0
    finally:
        while large.notes.undo():
            pass
