"""What an adapter of another detector is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs, read_passage_pairs
from benchmarks.process import Cost, run

SCRIPTS = Path(__file__).parent / "scripts"


class PeerUnavailableError(BenchmarkError):
    """The peer cannot run here; the message says why and what would help."""


class Peer(ABC):
    """Another detector.

    Attributes:
        name: As its authors write it.
        settings: The settings it is run with, and whence they are.
    """

    name: str
    settings: str

    @abstractmethod
    def prepare(self, environments: Path, *, install: bool) -> str:
        """Make the peer ready and return its version.

        Args:
            environments: Folder for environments of their own.
            install: Whether it may be installed from a package registry.

        Raises:
            PeerUnavailableError: It cannot run here.
        """

    @abstractmethod
    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """Run on a folder of `.txt` files, with a folder for its own files, for at most `limit` seconds.

        Raises:
            BenchmarkError: It failed or took too long.
        """


class PythonPeer(Peer):
    """A peer from PyPI: a virtual environment of its own and a script that writes matches as JSON Lines.

    Attributes:
        package: Its name on PyPI.
        script: File in `scripts/`; called with the folder of texts and the file to write.
    """

    package: str
    script: str

    def __init__(self) -> None:
        self.python = Path(sys.executable)

    def prepare(self, environments: Path, *, install: bool) -> str:
        """See Peer."""
        folder = environments / self.package
        self.python = folder / "bin" / "python"
        if not self.python.exists():
            if not install:
                raise PeerUnavailableError(f"{self.package} is not installed; run again with --install")
            call([sys.executable, "-m", "venv", folder])
            try:
                call([self.python, "-m", "pip", "install", "--quiet", self.package])
            except PeerUnavailableError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        show = f"from importlib.metadata import version; print(version({self.package!r}))"
        return call([self.python, "-c", show])

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        found = work / "matches.jsonl"
        cost = run([self.python, SCRIPTS / self.script, texts, found], folder=work, limit=limit)
        return read_passage_pairs(found), cost


def call(command: list[str | Path]) -> str:
    """Run a command that prepares a peer and return what it says."""
    try:
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise PeerUnavailableError(f"{command[0]}: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr or error.stdout).strip().splitlines()[-1:]
        raise PeerUnavailableError(f"{command[0]} failed: {' '.join(last)}") from error
    return done.stdout.strip()


def command_version(command: str, *arguments: str, remedy: str) -> str:
    """First line that a command says of its version.

    Raises:
        PeerUnavailableError: There is no such command; the message ends in the remedy.
    """
    if shutil.which(command) is None:
        raise PeerUnavailableError(f"the command {command} is not installed; {remedy}")
    return call([command, *arguments]).partition("\n")[0]
