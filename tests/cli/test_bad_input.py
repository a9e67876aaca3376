"""Input that is not as it should be: a clear message, the right exit status, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.run.run import Run

SHARED = "the wholly unexpected purple elephants danced merrily along the crooked banks of the frozen river until dawn"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good documents that share a passage."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good1.txt").write_text(f"It began on Monday. On that day {SHARED}. And so it ended.")
    (tmp_path / "in" / "good2.txt").write_text(f"Nobody had foreseen this: {SHARED}, as witnesses reported.")
    return tmp_path / "in"


def scanned(folder: Path, *arguments: str) -> tuple[int, Run | None]:
    out = folder.parent / "out.reuse"
    status = main(["scan", str(folder), "-o", str(out), *arguments])
    return status, Run.open(out) if out.exists() else None


def test_good_documents_share_their_passage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, run = scanned(folder)
    assert status == 0
    assert run is not None
    assert [SHARED in text for text in run.matches["text_a"]] == [True]
    assert "2 documents" in capsys.readouterr().out


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "broken.txt.gz": gzip.compress(bytes(range(32, 127)) * 10)[:60],
    "not_gzip.txt.gz": b"this is not compressed",
    "no_column.csv": b"a,b\r\n1,2\r\n",
    "broken.jsonl": b'{"text": "one"\n{"text": ',
    "no_text.jsonl": b'{"prose": "one"}\n',
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_reason_and_remedy_and_the_rest_goes_on(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_bytes(BAD[name])
    status, run = scanned(folder)
    assert status == 0
    assert run is not None
    assert {"good1.txt", "good2.txt"} <= set(run.document_ids)
    assert len(run.matches["id"]) == 1
    skipped = [one for one in run.meta["skipped"] if name in one["path"]]
    assert skipped
    assert all(one["reason"] and one["remedy"] for one in skipped)
    assert name in capsys.readouterr().out


@pytest.mark.parametrize("name", BAD)
def test_nothing_but_a_bad_file_is_status_1(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(BAD[name])
    status, run = scanned(tmp_path / "in")
    assert status == 1
    assert run is None
    err = capsys.readouterr().err
    assert err.startswith("textreuse: ")
    assert name in err


def test_an_empty_folder_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    status, run = scanned(tmp_path / "in")
    assert (status, run) == (1, None)
    assert str(tmp_path / "in") in capsys.readouterr().err


def test_a_path_that_is_not_there_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scanned(tmp_path / "nowhere") == (1, None)
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["scan"], ["scan", "x", "--between", "a", "b"], ["scan", "x", "--nonsense"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err


def test_all_options_out_of_range_are_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = scanned(folder, "--formulas-min-tokens", "0", "--formulas-min-documents", "0")
    assert status == 2
    err = capsys.readouterr().err
    assert "min_tokens" in err
    assert "min_documents" in err


def test_odd_documents_are_read(folder: Path) -> None:
    (folder / "word.txt").write_text("word")
    (folder / "copy of good1.txt").write_bytes((folder / "good1.txt").read_bytes())
    lone = json.dumps({"id": "r1", "text": "before \ud800 after"})
    (folder / "records.jsonl").write_text(f'{lone}\n{{"id": "r2", "text": "one"}}\n{{"id": "r2", "text": "two"}}\n')
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "latin.txt").write_bytes("Les élèves français déjà préférés à l’été naïf".encode("cp1252"))
    status, run = scanned(folder)
    assert status == 0
    assert run is not None
    assert {"word.txt", "copy of good1.txt", "r1", "r2", "latin.txt"} <= set(run.document_ids)
    assert run.text("r1") == "before \ufffd after"
    assert "élèves français" in run.text("latin.txt")
    whole = run.table("matches", where='doc:"copy of" similarity>=1')
    assert [coverage for coverage in whole["a_coverage"] if coverage == 1]
    assert any("'r2'" in one["reason"] for one in run.meta["skipped"])


def test_records_may_stand_in_any_order(folder: Path) -> None:
    (folder / "records.jsonl").write_text('{"id": "z", "text": "one"}\n{"id": "a", "text": "two"}\n')
    status, run = scanned(folder)
    assert status == 0
    assert run is not None
    assert {"a", "z"} <= set(run.document_ids)


def test_an_unreadable_file_is_skipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "secret.txt").write_text("nothing for you")
    (folder / "secret.txt").chmod(0)
    if os.access(folder / "secret.txt", os.R_OK):  # root reads everything
        read = Path.read_bytes

        def refuse(path: Path) -> bytes:
            if path.name == "secret.txt":
                raise PermissionError(13, "Permission denied")
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", refuse)
    status, run = scanned(folder)
    assert status == 0
    assert run is not None
    assert any("secret.txt" in one["path"] for one in run.meta["skipped"])


def test_control_characters_never_reach_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("good1.txt", "good2.txt"):
        text = (folder / name).read_text()
        (folder / name).write_text(text.replace("purple", "pur\x1b[2Jple \x07").replace("frozen", "\u202efrozen"))
    (folder / "bad\x1b[31m.txt").write_bytes(b"")
    assert scanned(folder)[0] == 0
    out, err = capsys.readouterr()
    for text in (out, err):
        assert not set(text) & {"\x1b", "\x07", "\u202e"}


def test_a_full_disk_leaves_the_old_run(folder: Path) -> None:
    """A limit on the size of files fails writes as a full disk does."""
    assert scanned(folder)[0] == 0
    out = folder.parent / "out.reuse"
    before = (out / "run.sqlite").read_bytes()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "reuse", "scan", folder, "-o", out],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=little_room,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("textreuse: ")
    assert "Traceback" not in done.stderr
    assert (out / "run.sqlite").read_bytes() == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["in", "out.reuse"]


def test_an_interrupt_leaves_the_old_run(folder: Path) -> None:
    assert scanned(folder)[0] == 0
    out = folder.parent / "out.reuse"
    before = (out / "run.sqlite").read_bytes()
    for number in range(400):
        words = " ".join(f"w{(number * 7919 + place * 104729) % 5003}" for place in range(5000))
        (folder / f"long{number}.txt").write_text(words)
    process = subprocess.Popen(
        [sys.executable, "-m", "reuse", "scan", folder, "-o", out], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while not list(folder.parent.glob(".out.reuse.partial-*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "textreuse: interrupted; what stood before stands\n"
    assert (out / "run.sqlite").read_bytes() == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["in", "out.reuse"]
