"""Dolos (winnowed fingerprints of source code) in its character mode."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.passages import PassagePairs, read_passage_pairs
from benchmarks.peers.peer import SCRIPTS, Peer, PeerUnavailableError, call, command_version
from benchmarks.process import Cost, run

PACKAGE = "@dodona/dolos-lib"


class Dolos(Peer):
    """The library behind the command, from npm."""

    name = "Dolos"
    settings = "language char, defaults (k-grams of 23 characters, windows of 17)"

    def prepare(self, environments: Path, *, install: bool) -> str:
        """See Peer."""
        command_version("node", "--version", remedy="see nodejs.org, or on Debian: apt-get install nodejs npm")
        self.folder = environments / "dolos"
        manifest = self.folder / "node_modules" / PACKAGE / "package.json"
        if not manifest.exists():
            if not install:
                raise PeerUnavailableError(f"{PACKAGE} is not installed; run again with --install")
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                call(["npm", "install", "--prefix", self.folder, "--no-audit", "--no-fund", PACKAGE])
            except PeerUnavailableError:
                shutil.rmtree(self.folder, ignore_errors=True)
                raise
        return call(["node", "-p", "require(process.argv[1]).version", manifest])

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        found = work / "matches.jsonl"
        modules = self.folder / "node_modules"
        script = SCRIPTS / "dolos_pairs.mjs"
        cost = run(["node", "--max-old-space-size=16000", script, modules, texts, found], folder=work, limit=limit)
        return read_passage_pairs(found), cost
