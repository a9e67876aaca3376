"""The R package textreuse: MinHash and LSH over whole documents, here over windows."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.passages import PassagePairs
from benchmarks.peers.peer import SCRIPTS, Peer, PeerUnavailableError, call, command_version
from benchmarks.peers.scripts.texts import Row, merged, read_texts
from benchmarks.process import Cost, run

WINDOW, STEP = 60, 30
LEAST = 0.1
"""Lowest Jaccard similarity of two windows that counts."""


class RTextReuse(Peer):
    """textreuse for R."""

    name = "R textreuse"
    settings = "60-word windows every 30, trigrams, 240 hashes in 80 bands (its vignette), Jaccard ≥ 0.1"

    def prepare(self, environments: Path, *, install: bool) -> str:  # noqa: ARG002 - R keeps its own packages
        """See Peer."""
        command_version("Rscript", "--version", remedy="on Debian: apt-get install r-base-core")
        try:
            return call(["Rscript", "-e", 'cat(as.character(packageVersion("textreuse")))'])
        except PeerUnavailableError as error:
            raise PeerUnavailableError(
                'R has no package textreuse, and Debian ships none; in R: install.packages("textreuse")'
            ) from error

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        windows: list[tuple[str, int, int]] = []
        table = work / "windows.tsv"
        with table.open("w", encoding="utf-8") as file:
            for name, text in read_texts(texts).items():
                words = [(match.start(), match.end()) for match in re.finditer(r"[^\W_]+", text)]
                for start in range(0, max(len(words) - WINDOW, 0) + STEP, STEP):
                    inside = words[start : start + WINDOW]
                    if len(inside) < STEP:
                        continue
                    file.write(f"w{len(windows)}\t{' '.join(text[begin:end] for begin, end in inside)}\n")
                    windows.append((name, inside[0][0], inside[-1][1]))
        cost = run(["Rscript", SCRIPTS / "textreuse_windows.R", table, work / "scores.tsv"], limit=limit)
        pairs: list[Row] = []
        with (work / "scores.tsv").open() as lines:
            for line in lines:
                left, right, score = line.split("\t")
                a, b = sorted((windows[int(left[1:])], windows[int(right[1:])]))
                if a[0] != b[0] and float(score) >= LEAST:
                    pairs.append((*a, *b))
        return PassagePairs.from_rows(merged(pairs, gap=200)), cost
