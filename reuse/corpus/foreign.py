"""Foreign formats are read in a process of their own, with limits of time and memory: a bad file is a skipped one.

The process is kept for the next file. It is ended, and the file told, when it says nothing for too long or takes too
much memory; what the file gave before is kept.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from reuse.corpus.document import Skipped
from reuse.corpus.places import Places
from reuse.corpus.records import Record
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

LONGEST_SILENCE = 60.0
"""Seconds in which the process must say something."""
MEMORY = 1 << 31
"""Bytes of memory (address space) that it may take, where the system can hold it to that."""

_LEAVE_OUT = "leave it out, or convert it to plain text (.txt, UTF-8)"


def read_foreign(module: str, path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The records of a file, as `reuse.corpus.readers.MODULE` reads them in the other process."""
    process = _idle()
    question = {"module": module, "path": os.fspath(path.absolute()), "options": asdict(options)}
    try:
        for message in process.ask(question):
            if "record" in message:
                yield _record(message["record"])
            elif "file" in message:
                troubles.file(*message["file"])
            elif "at" in message:
                line, *what = message["at"]
                troubles.record(line, *what)
        _IDLE.append(process)
    except TimeoutError:
        process.end()
        troubles.file(f"said nothing for {LONGEST_SILENCE:.0f} seconds and was left out", _LEAVE_OUT)
    except (OSError, EOFError, ValueError):
        process.end()
        troubles.file("ended its reader (it is broken, or takes too much memory) and was left out", _LEAVE_OUT)
    except BaseException:  # the caller has had enough: what is still said would be taken for the next answer
        process.end()
        raise


_IDLE: list[_Process] = []
"""Processes that wait for a file: one, unless several are read at once."""


def _idle() -> _Process:
    """A process that waits, or a new one."""
    while _IDLE:
        with suppress(IndexError):  # another thread may have taken the last
            process = _IDLE.pop()
            if process.runs:
                return process
            process.end()
    return _Process()


@atexit.register
def _end_all() -> None:
    while _IDLE:
        _IDLE.pop().end()


class _Process:
    """The process that reads, and what goes to and fro: one JSON object a line."""

    def __init__(self) -> None:
        self._popen = subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-P", "-m", "reuse.corpus.foreign", str(MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._pending = b""

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._popen.poll() is None

    def ask(self, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What it answers, message by message, to the last one.

        Raises:
            TimeoutError: It said nothing for too long.
            EOFError, OSError, ValueError: It has ended.
        """
        stdin = self._popen.stdin
        if stdin is None:
            raise EOFError
        stdin.write(json.dumps(question).encode() + b"\n")
        stdin.flush()
        while True:
            message: dict[str, Any] = json.loads(self._line())
            yield message
            if "done" in message:
                return

    def end(self) -> None:
        """End it at once."""
        self._popen.kill()
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _line(self) -> bytes:
        stdout = self._popen.stdout
        if stdout is None:
            raise EOFError
        parts = [self._pending]
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while b"\n" not in parts[-1]:
                if not selector.select(LONGEST_SILENCE):
                    raise TimeoutError
                data = os.read(stdout.fileno(), 1 << 20)
                if not data:
                    raise EOFError
                parts.append(data)
        last, _, self._pending = parts[-1].partition(b"\n")
        return b"".join([*parts[:-1], last])


def _record(message: dict[str, Any]) -> Record:
    body = message.pop("body")
    places = Places(**message.pop("places"))
    return Record(**message, body=None if body is None else (body[0], body[1]), places=places)


def _as_message(record: Record) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)} | {"places": record.places.columns()}


class _Told(Troubles):
    """Troubles that are passed on."""

    def file(self, reason: str, remedy: str) -> None:
        self._any = True
        _say({"file": [reason, remedy]})

    def record(self, line: int, trouble: str, remedy: str, detail: str = "") -> None:
        self._any = True
        _say({"at": [line, trouble, remedy, detail]})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answer(question: dict[str, Any]) -> None:
    """Read one file and say what it gives."""
    from reuse.corpus.decode import NotTextError  # noqa: PLC0415 - the parent needs none of this
    from reuse.corpus.readers.registry import Reader  # noqa: PLC0415
    from reuse.corpus.troubles import reason_of  # noqa: PLC0415

    path = Path(question["path"])
    nowhere: list[Skipped] = []
    told = _Told(path, nowhere)
    try:
        read = Reader(question["module"], (), "").load()
        for record in read(path, ReadOptions(**question["options"]), told):
            _say({"record": _as_message(record)})
    except NotTextError as error:
        told.file(error.reason, error.remedy)
    except OSError as error:
        told.file(*reason_of(error))
    except MemoryError:
        told.file("does not fit into memory", "split it into smaller files")
    except RecursionError:
        told.file("is nested too deep", _LEAVE_OUT)
    except Exception as error:  # noqa: BLE001 - whatever a library says to a broken file, it is that file's
        told.file(f"cannot be read ({type(error).__name__})", _LEAVE_OUT)
    _say({"done": True})


def _limit_memory(most: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Answer questions until there are no more."""
    _limit_memory(int(sys.argv[1]))
    for line in sys.stdin.buffer:
        _answer(json.loads(line))


if __name__ == "__main__":
    main()
