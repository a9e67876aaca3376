"""TextPAIR's sequence aligner, its n-grams made by a script here: the whole of TextPAIR wants a database server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.passages import PassagePairs
from benchmarks.peers.peer import SCRIPTS, Peer, PeerUnavailableError
from benchmarks.peers.scripts.texts import Row
from benchmarks.process import Cost, run


class TextPair(Peer):
    """The aligner of TextPAIR, `compareNgrams`."""

    name = "TextPAIR aligner"
    settings = "its defaults with flex_gap, as its configuration has it; trigrams of lower-case words, not stemmed"

    def prepare(self, environments: Path, *, install: bool) -> str:  # noqa: ARG002 - it has no package
        """See Peer."""
        for command in ("compareNgrams", "lz4cat"):
            if shutil.which(command) is None:
                raise PeerUnavailableError(
                    f"the command {command} is not installed; TextPAIR (github: ARTFL-Project/text-pair) ships the "
                    "aligner as lib/core/binary/*/compareNgrams, which needs lz4"
                )
        return ""

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        prepared = run([sys.executable, SCRIPTS / "textpair_ngrams.py", texts, work / "in"], limit=limit)
        (work / "out").mkdir()
        files, metadata = work / "in" / "ngrams", work / "in" / "metadata.json"
        aligned = run(
            [
                *("compareNgrams", f"--output_path={work / 'out'}", "--threads=2", "--flex_gap=true"),
                *(f"--source_files={files}", f"--source_metadata={metadata}"),
                *(f"--target_files={files}", f"--target_metadata={metadata}"),
            ],
            limit=limit,
        )
        found = PassagePairs.from_rows(_alignments(work / "out" / "result_batches", texts))
        cost = Cost(
            prepared.wall + aligned.wall, prepared.cpu + aligned.cpu, max(prepared.peak, aligned.peak), aligned.output
        )
        return found, cost


def _alignments(folder: Path, texts: Path) -> Iterator[Row]:
    characters: dict[str, list[int] | None] = {}
    for path in sorted(folder.glob("*.lz4")):
        lines = subprocess.run(["lz4cat", str(path)], capture_output=True, check=True).stdout
        for line in lines.splitlines():
            match = json.loads(line)
            row: list[str | int] = []
            for side in ("source", "target"):
                name = match[f"{side}_name"]
                if name not in characters:
                    characters[name] = characters_by_byte((texts / name).read_bytes())
                table = characters[name]
                start, end = match[f"{side}_start_byte"], match[f"{side}_end_byte"]
                row += [name, table[start] if table else start, table[end] if table else end]
            yield (str(row[0]), int(row[1]), int(row[2]), str(row[3]), int(row[4]), int(row[5]))


def characters_by_byte(content: bytes) -> list[int] | None:
    """Number of the character at each byte, and of all at the end; None for plain ASCII, where they agree."""
    if content.isascii():
        return None
    table, number = [], -1
    for byte in content:
        number += (byte & 0xC0) != 0x80
        table.append(number)
    return [*table, number + 1]
