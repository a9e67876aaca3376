"""Who does the work of a scan, or of a change of a run: threads, processes of this machine, or those of a cluster."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.work.workers import Workers

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_LEAST = 256 << 20  # bytes; the engine itself takes up half of that


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what chooses the workers."""
    group = parser.add_argument_group(
        "workers",
        "Who does the work; the result is the same. By default, threads of this process, as many as scan --jobs says.",
    )
    group.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="processes of this machine, which keep in files what threads keep in memory (0: as many as processors)",
    )
    group.add_argument(
        "--dask",
        metavar="SCHEDULER",
        help="those of a Dask cluster: the address of its scheduler, its scheduler file, or local:N for N workers of"
        " this machine. All see the folder of the run under the same name (pip install 'textreuse[dask]')",
    )
    group.add_argument(
        "--memory",
        type=_size,
        metavar="SIZE",
        help="memory of each worker, files that it maps apart, as 2G or 500M (default: 1G)",
    )
    group.add_argument(
        "--resume",
        action="store_true",
        help="keep what workers have done, in the folder RUN.work, until the run is whole, so that the same command"
        " goes on from there when it was stopped or killed",
    )


def workers_from(arguments: argparse.Namespace, target: Path) -> Workers | None:
    """The workers that were asked for; None: threads.

    Args:
        arguments: As declared.
        target: Folder of the run.

    Raises:
        UsageError: What was asked for does not fit together.
    """
    from reuse.errors import UsageError

    if arguments.workers is None and arguments.dask is None:
        for flag in ("memory", "resume"):
            if getattr(arguments, flag):
                raise UsageError(f"--{flag} is for workers that are no threads: ask for some with --workers N")
        return None
    if arguments.workers is not None and arguments.dask is not None:
        raise UsageError("--workers and --dask exclude each other; --dask local:N starts N workers on this machine")
    from reuse.run.folder import working_folder

    folder = working_folder(target, lasting=arguments.resume)
    kept = {"memory": arguments.memory or 1 << 30, "resume": arguments.resume}
    if arguments.dask is not None:
        from reuse.work.on_dask import DaskWorkers

        return DaskWorkers(arguments.dask, folder, **kept)
    if arguments.workers < 0:
        raise UsageError(f"--workers must not be negative, not {arguments.workers}")
    from reuse.work.processes import ProcessWorkers

    return ProcessWorkers(arguments.workers, folder, **kept)


def _size(said: str) -> int:
    """Bytes of `2G`, `1.5GB` or `500M`."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", said.strip(), re.IGNORECASE)
    if not found:
        raise argparse.ArgumentTypeError(f"{said!r} is no size of memory; write it as 2G or 500M")
    size = int(float(found[1]) * _UNITS[found[2].upper()])
    if size < _LEAST:
        raise argparse.ArgumentTypeError(f"a worker needs {_LEAST >> 20}M at least, not {said}")
    return size
