"""passim 2 (Smith, Cordell and Mullen 2015), up to its pairs of aligned extents; its clusters are not looked at."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs
from benchmarks.peers.peer import Peer, PeerUnavailableError
from benchmarks.peers.scripts.texts import Row, read_texts
from benchmarks.process import Cost, run


class Passim(Peer):
    """passim on Spark, by its command `seriatim`, which `passim` calls."""

    name = "passim"
    settings = "its defaults (25-character n-grams, at least 5 shared, up to 100 documents), all pairs, to extents"

    def prepare(self, environments: Path, *, install: bool) -> str:  # noqa: ARG002 - it is in no registry
        """See Peer."""
        for command in ("java", "seriatim"):
            if shutil.which(command) is None:
                raise PeerUnavailableError(
                    f"the command {command} is not installed; passim (github: dasmiq/passim; PyPI's passim is another "
                    "project) runs on Spark and Java 17"
                )
        return "2"

    def find(self, texts: Path, work: Path, limit: float) -> tuple[PassagePairs, Cost]:
        """See Peer."""
        with (work / "in.json").open("w", encoding="utf-8") as file:
            documents = read_texts(texts).items()
            file.writelines(json.dumps({"id": name, "text": text}) + "\n" for name, text in documents)
        cost = run(
            [
                *("seriatim", "--all-pairs", "--fields", "id", "--filterpairs", "id < id2", "--to-extents"),
                *(work / "in.json", work / "out"),
            ],
            folder=work,
            environment={"SPARK_SUBMIT_ARGS": f"--master local[{os.cpu_count()}] --driver-memory 12G"},
            limit=limit,
        )
        return PassagePairs.from_rows(_extents(work / "out" / "tmp" / "extents.parquet")), cost


def _extents(folder: Path) -> Iterator[Row]:
    try:
        import polars as pl  # noqa: PLC0415 - only this peer writes Parquet
    except ImportError as error:
        raise BenchmarkError("reading passim's extents needs polars; run: pip install polars") from error
    parts = sorted(folder.rglob("*.parquet"))
    if not parts:
        raise BenchmarkError(f"{folder}: passim wrote no extents")
    columns = ["id", "begin", "end", "id2", "begin2", "end2"]
    for part in parts:
        yield from pl.read_parquet(part, columns=columns).select(columns).iter_rows()
