"""What a command costs: wall time, processor time and peak memory of the whole process tree."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import BenchmarkError

_PAUSE, _SPARING = 0.2, 20
"""Least seconds between two looks at a process tree, and least seconds for each that a look takes."""
_BLOCK = 512  # bytes, in which the system counts what files take up


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one command.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of processor time, user and system, of the process and its children.
        peak: Most memory in bytes: the largest sum over the process tree seen by sampling (Linux), shared pages counted
            once, or the largest single process's resident set, whichever is more.
        output: What the command wrote to stdout.
        private: Most memory in bytes that no file backs, of each process of the tree as it was seen first (Linux).
        disk: Most bytes that the files of the folder that was watched took up on the disk.
    """

    wall: float
    cpu: float
    peak: int
    output: str
    private: tuple[int, ...] = ()
    disk: int = 0


def run(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
    watched: Path | None = None,
) -> Cost:
    """Run a command to its end and measure it.

    Args:
        command: The program and its arguments; no shell is involved.
        folder: Working folder.
        environment: Variables on top of this process's own.
        limit: Seconds after which the command is ended.
        watched: Folder in which the command puts its files; None: nobody looks at the disk.

    Raises:
        BenchmarkError: It cannot be started, failed, or took longer than the limit; the message holds the end of its
            stderr.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        try:
            process = subprocess.Popen(
                words,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
        except OSError as error:
            raise BenchmarkError(f"{words[0]}: cannot be started ({error.strerror})") from error
        sampler = _Sampler(process.pid, limit, watched)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            said = errors.read()[-2000:].decode("utf-8", "replace").strip()
            why = f"ended after {limit:.0f} s" if sampler.ended else f"exit status {process.returncode}"
            # Names without folders: results are published, and where a user keeps things is nobody's business.
            command = " ".join(Path(word).name if "/" in word else word for word in words[:4])
            raise BenchmarkError(f"{command} …: {why}\n{said}")
        said = output.read().decode("utf-8", "replace")
        cpu, peak = usage.ru_utime + usage.ru_stime, _peak(usage.ru_maxrss, sampler.peak)
        return Cost(wall, cpu, peak, said, tuple(sampler.private.values()), sampler.disk)


def _peak(resident: int, sampled: int) -> int:
    """Bytes of the larger of the two, in doubt the sampled one.

    The system counts what this process held when it made the new one as the new one's, so its figure says something
    only when it is above ours.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(resident * unit, sampled) if resident > ours or not sampled else sampled


class _Sampler(threading.Thread):
    """Sums the memory of a process tree every fifth of a second, and ends the tree's root at the time limit.

    To look at much memory or many files takes time: then the next look is the later, so that it costs next to nothing.
    """

    def __init__(self, root: int, limit: float | None, watched: Path | None) -> None:
        super().__init__(daemon=True)
        self.root, self.limit, self.watched = root, limit, watched
        self.peak = self.disk = 0
        self.private: dict[int, int] = {}
        self.ended = False
        self._done = threading.Event()

    def run(self) -> None:
        begun, pause = time.monotonic(), _PAUSE
        while not self._done.wait(pause):
            looked = time.monotonic()
            tree = _tree(self.root)
            self.peak = max(self.peak, _memory(tree))
            if self.watched:
                self.disk = max(self.disk, _on_disk(self.watched))
            for process in tree:
                held = _field(f"/proc/{process}/status", "RssAnon:")
                self.private[process] = max(self.private.get(process, 0), held)
            if self.limit is not None and time.monotonic() - begun > self.limit and not self.ended:
                self.ended = True
                for process in reversed(_tree(self.root)):
                    with contextlib.suppress(OSError):
                        os.kill(process, 15)
            pause = max(_PAUSE, _SPARING * (time.monotonic() - looked))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _tree(root: int) -> list[int]:
    """A process and its descendants; the root alone where /proc does not tell."""
    found = [root]
    for process in found:
        with contextlib.suppress(OSError, ValueError):
            for thread in Path(f"/proc/{process}/task").iterdir():
                found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def _memory(processes: list[int]) -> int:
    """Bytes that the processes hold, what they share counted once.

    Shared pages take a walk over the page tables to tell, which a large process would feel: one alone is asked for the
    most that it was resident with instead, which costs nothing.
    """
    if len(processes) == 1:
        return _field(f"/proc/{processes[0]}/status", "VmHWM:")
    return sum(_field(f"/proc/{process}/smaps_rollup", "Pss:") for process in processes)


def _on_disk(folder: Path) -> int:
    """Bytes that the files of a folder and of those in it take up."""
    found = 0
    with contextlib.suppress(OSError):  # what is gone by now takes up nothing
        for entry in os.scandir(folder):
            with contextlib.suppress(OSError):
                found += _on_disk(Path(entry)) if entry.is_dir() else entry.stat().st_blocks * _BLOCK
    return found


def _field(path: str, name: str) -> int:
    """A size in a file of /proc, in bytes; 0 when the process is gone."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(path).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0
