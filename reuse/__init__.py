"""Find the passages that reports share and the formulas that recur across them.

    import reuse

    run = reuse.scan("reports")         # or reuse.scan(texts=["…", "…"]), or reuse.Run.open("reports.reuse")
    run.matches[0].a.text
    run.keyness(by="year").to_pandas()

Importing this package costs nothing: the engine is imported when one of these names is used first.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reuse.work.processor import prefer_fast_sorts

if TYPE_CHECKING:
    from reuse.api import Run, scan
    from reuse.errors import TextReuseError
    from reuse.options import (
        AlignOptions,
        ClusterOptions,
        FamilyOptions,
        FormulaOptions,
        FrameOptions,
        FurnitureOptions,
        IndexOptions,
        ReadOptions,
        RelationOptions,
        RewordedOptions,
        ScanOptions,
        ScoreOptions,
        SourceOptions,
        preset,
    )
    from reuse.work.on_dask import DaskWorkers
    from reuse.work.processes import ProcessWorkers
    from reuse.work.workers import Workers

    __version__: str

_HOMES = {
    "Run": "reuse.api",
    "scan": "reuse.api",
    "TextReuseError": "reuse.errors",
    "AlignOptions": "reuse.options",
    "ClusterOptions": "reuse.options",
    "FamilyOptions": "reuse.options",
    "FormulaOptions": "reuse.options",
    "FrameOptions": "reuse.options",
    "FurnitureOptions": "reuse.options",
    "IndexOptions": "reuse.options",
    "ReadOptions": "reuse.options",
    "RelationOptions": "reuse.options",
    "RewordedOptions": "reuse.options",
    "DaskWorkers": "reuse.work.on_dask",
    "ProcessWorkers": "reuse.work.processes",
    "ScanOptions": "reuse.options",
    "ScoreOptions": "reuse.options",
    "SourceOptions": "reuse.options",
    "Workers": "reuse.work.workers",
    "preset": "reuse.options",
}
"""The module of each name."""

prefer_fast_sorts()  # before any of them imports NumPy

__all__ = [
    "AlignOptions",
    "ClusterOptions",
    "DaskWorkers",
    "FamilyOptions",
    "FormulaOptions",
    "FrameOptions",
    "FurnitureOptions",
    "IndexOptions",
    "ProcessWorkers",
    "ReadOptions",
    "RelationOptions",
    "RewordedOptions",
    "Run",
    "ScanOptions",
    "ScoreOptions",
    "SourceOptions",
    "TextReuseError",
    "Workers",
    "__version__",
    "preset",
    "scan",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the names above
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("textreuse")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
