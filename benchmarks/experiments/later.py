"""What comes after a scan, where text is dense: every later command beside the scan itself, in time and memory."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.cache import cached
from benchmarks.corpora.codes import write_codes
from benchmarks.corpora.model import prose_model
from benchmarks.corpora.newswire import write_newswire
from benchmarks.experiments.outputs import ui_record
from benchmarks.process import Cost, run
from benchmarks.results import Record

DOCUMENTS = 20
WORD = 6.0
"""Characters of a word and the space behind it."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("keyness", "--by", "document"),
    ("keyness", "--words", "--by", "document"),
    ("profile",),
    ("life",),
    ("frames",),
    ("frames", "--all"),
    ("wordlist",),
    ("concordance", "the"),
    ("collocates", "the"),
    ("compare", "--by", "document"),
)
"""Commands that print; each with the words behind the run."""

TABLES = ("formulas", "families", "lives", "ngrams", "dispersion", "matrix", "profiles", "matches", "changes")
REPORTS = ("report.html", "report.md")
LIMIT = 600.0
"""Seconds after which a command is ended."""


def _tables(folder: Path, cell: Callable[[random.Random], str], megabytes: float) -> None:
    """Documents of prose with a table of numbers behind it, about half of either, each of another month."""
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(1)
    each = megabytes * 1e6 / DOCUMENTS / 2
    for number, text in enumerate(prose_model().documents([round(each / WORD)] * DOCUMENTS, 1)):
        rows: list[str] = []
        size = 0
        while size < each:
            rows.append(" ".join(cell(source) for _ in range(12)) + "\n")
            size += len(rows[-1])
        (folder / f"{1990 + number}-05-01.txt").write_text(f"{text}\n\n{''.join(rows)}", "utf-8")


def _number(source: random.Random) -> str:
    return f"{source.randrange(10 ** source.randint(1, 6)):,}"


def _codes(folder: Path, megabytes: float) -> None:
    write_codes(folder, megabytes, DOCUMENTS)
    _date_by(folder, lambda number: date(1990 + number, 5, 1))


def _newswire(folder: Path, megabytes: float) -> None:
    write_newswire(folder, megabytes)
    _date_by(folder, lambda number: date(1990, 1, 1) + timedelta(number))


def _date_by(folder: Path, when: Callable[[int], date]) -> None:
    """Name the documents by dates, one each."""
    for number, path in enumerate(sorted(folder.rglob("*.txt"))):
        path.rename(path.with_name(f"{when(number)}.txt"))


def _zeros(folder: Path, megabytes: float) -> None:
    _tables(folder, lambda _: "0", megabytes)


def _numbers(folder: Path, megabytes: float) -> None:
    _tables(folder, _number, megabytes)


KINDS: Mapping[str, Callable[[Path, float], object]] = {
    "codes": _codes,
    "newswire": _newswire,
    "zeros": _zeros,
    "numbers": _numbers,
}
"""The kinds of text."""


def later_records(kinds: Sequence[str], megabytes: float, paths: Sequence[Path] = ()) -> Iterator[Record]:
    """One record a corpus and command: seconds, peak, and how many times the scan it takes.

    Args:
        kinds: Keys of KINDS.
        megabytes: Their size, in millions of characters.
        paths: Corpora besides.
    """
    for kind in kinds:
        yield from _records(kind, cached(f"later-{kind}-{megabytes:g}MB", partial(_written, kind, megabytes)))
    for path in paths:
        yield from _records(path.stem, path)


def _written(kind: str, megabytes: float, folder: Path) -> object:
    return KINDS[kind](folder, megabytes)


def _records(name: str, texts: Path) -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as temporary:
        stored, out = Path(temporary) / "run.reuse", Path(temporary)
        scan = _run("scan", texts, "-o", stored, "-q")
        yield _record(name, "scan", scan, scan)
        for command, *words in COMMANDS:
            yield _record(name, " ".join([command, *words]), _run(command, stored, *words), scan)
        for table in TABLES:
            yield _record(name, f"export {table}", _run("export", stored, table, "-o", out / f"{table}.csv"), scan)
        for report in REPORTS:
            yield _record(name, report, _run("report", stored, "-o", out / report), scan)
        shown = ui_record(stored, 0).values
        peak = int(shown["peak_bytes"])
        yield _record(name, "terminal", Cost(shown["first_paint_seconds"], 0.0, peak, ""), scan)


def _run(*words: str | Path) -> Cost:
    return run([sys.executable, "-m", "reuse", *words], limit=LIMIT)


def _record(corpus: str, command: str, cost: Cost, scan: Cost) -> Record:
    values = {"wall_seconds": cost.wall, "peak_bytes": cost.peak, "scans": cost.wall / max(scan.wall, 1e-9)}
    return Record("later", {"corpus": corpus, "command": command}, values)
