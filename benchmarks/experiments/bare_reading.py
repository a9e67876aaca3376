"""Reading a folder of texts, and splitting them into words, with nothing else done: a script of its own.

Called with one of `reading`, `re`, `polars` and a folder; prints seconds of wall and processor time and the words found
as JSON. Starting Python and importing libraries is not counted.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

BATCH = 500
"""Texts that Polars is given at a time, so that memory does not follow the size of the corpus."""


def batches(paths: list[Path]) -> Iterator[list[str]]:
    """The texts, so many at a time."""
    left = iter(paths)
    while part := [path.read_text("utf-8") for path in islice(left, BATCH)]:
        yield part


def words_by_re(paths: list[Path]) -> int:
    """Plain Python, on one core."""
    word = re.compile(r"\w+")
    return sum(len(word.findall(path.read_text("utf-8").lower())) for path in paths)


def words_by_polars(paths: list[Path]) -> int:
    """Polars' streaming engine, on all cores."""
    words = pl.col("text").str.to_lowercase().str.extract_all(r"[\p{L}\p{N}_]+")
    count = words.list.len().cast(pl.Int64).sum()
    return sum(pl.LazyFrame({"text": part}).select(count).collect(engine="streaming").item() for part in batches(paths))


kind, paths = sys.argv[1], sorted(Path(sys.argv[2]).rglob("*.txt"))
if kind == "polars":
    import polars as pl
wall, cpu = time.perf_counter(), time.process_time()
if kind == "reading":
    found = sum(len(path.read_bytes()) for path in paths)
else:
    found = words_by_polars(paths) if kind == "polars" else words_by_re(paths)
print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "found": found}))
