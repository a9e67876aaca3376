"""Find the passages that reports share and the formulas that recur across them.

    import reuse

    run = reuse.scan("reports")
    run.matches

Importing this package costs nothing: the engine is imported by the first call that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.options import ScanOptions
    from reuse.pipeline import Progress
    from reuse.run.run import Run
    from reuse.work.workers import Workers

    __version__: str

__all__ = ["__version__", "open_run", "scan"]


def scan(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    options: ScanOptions | None = None,
    *,
    between: tuple[Path, Path] | None = None,
    across: str | None = None,
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> Run:
    """Find what documents share and store it as a run; see `reuse.pipeline.scan`. One path may stand alone."""
    from reuse import pipeline  # noqa: PLC0415 - see above: late on purpose

    several = [paths] if isinstance(paths, str | Path) else paths
    return pipeline.scan(several, out, options, between=between, across=across, progress=progress, workers=workers)


def open_run(path: str | Path) -> Run:
    """Open the run stored in a folder."""
    from reuse.run.run import Run  # noqa: PLC0415

    return Run.open(path)


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415

        return version("textreuse")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
