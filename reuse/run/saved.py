"""Columns on the disk: each a NumPy file, to whose end rows are written where a run grows."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from reuse.work.workers import ALONE, Workers


class SavedColumns:
    """The columns of a run that is being written; some of them may go on where those of a former run end.

    Args:
        folder: The run's `index/`.
        lasting: Whether a power cut must find them whole.
    """

    def __init__(self, folder: Path, *, lasting: bool) -> None:
        self._folder, self._lasting = folder, lasting
        self._rows: dict[str, int] = {}

    def grown(self, name: str, former: Path, known: NDArray[Any], further: NDArray[Any]) -> NDArray[Any]:
        """A column of a former run with further rows behind it; if it can be (see `grow`), it is saved already.

        Args:
            name: The column.
            former: The former run's `index/`.
            known: Its rows there.
            further: Those that come behind.
        """
        column = grow(former / f"{name}.npy", self._file(name), len(known), further, lasting=self._lasting)
        if column is None:
            return np.concatenate((known, further))
        self._rows[name] = len(column)
        return column

    def save(self, columns: Mapping[str, NDArray[Any]], workers: Workers = ALONE) -> None:
        """Write columns, by name, as far as they are not saved already."""
        left = [(self._file(name), column) for name, column in columns.items() if name not in self._rows]
        workers.map(partial(_saved, self._lasting), left)

    def mapped(self, name: str, column: NDArray[Any]) -> NDArray[Any]:
        """A column that was saved, mapped if it is not and can be while the run is written."""
        if name in self._rows or os.name == "nt":  # there, a folder with files in use cannot be renamed
            return column
        return np.asarray(np.load(self._file(name), mmap_mode="r"))

    def tell_rows(self) -> None:
        """Write into the files that have grown how many rows they have; what then fails leaves the former run whole."""
        for name, rows in self._rows.items():
            tell_rows(self._file(name), rows, lasting=self._lasting)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npy"


def _saved(lasting: bool, column: tuple[Path, NDArray[Any]]) -> None:
    path, values = column
    save(path, values, lasting=lasting)


def save(path: Path, values: NDArray[Any], *, lasting: bool) -> None:
    """Write a column.

    Args:
        path: Its file.
        values: The column.
        lasting: Whether a power cut must find it whole.
    """
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(values), allow_pickle=False)
        _flush(file, lasting=lasting)


def grow(former: Path, path: Path, rows: int, further: NDArray[Any], *, lasting: bool) -> NDArray[Any] | None:
    """Let a file be that of a former run and one more, and write further rows behind those of the former run.

    It costs what is new. The former run has as many rows as before, whatever stands behind them: so it does not matter
    when the process is killed. How many rows the file has it says only when it is told (`tell_rows`).

    Args:
        former: The column's file in the former run.
        path: Its file from now on.
        rows: Rows that the former run has.
        further: Rows that come behind these, of the same type.
        lasting: Whether a power cut must find them whole.

    Returns:
        The column, mapped; None: there is nothing at `path`, for the file system has no links, another run has the
        same file already (a copy of the former run by links, which may grow otherwise), or the file is of another kind.
    """
    if os.name == "nt":  # there, a folder with files in use cannot be renamed
        return None
    linked = False
    with suppress(OSError, ValueError):
        path.hardlink_to(former)
        linked = path.stat().st_nlink == 2
        with path.open("r+b") as file:
            shape, dtype, start = _header(file)
            linked &= len(shape) == 1 and shape[0] >= rows and dtype == further.dtype
            if linked:
                file.seek(start + rows * dtype.itemsize)
                np.ascontiguousarray(further).tofile(file)
                _flush(file, lasting=lasting)
                return np.asarray(np.memmap(path, dtype, "r", start, (rows + len(further),)))
    path.unlink(missing_ok=True)
    return None


def tell_rows(path: Path, rows: int, *, lasting: bool) -> None:
    """Write into a file how many rows it has."""
    with path.open("r+b") as file:
        _, dtype, start = _header(file)
        header = io.BytesIO()
        npy.write_array_header_1_0(header, {"descr": dtype.str, "fortran_order": False, "shape": (rows,)})
        if len(header.getvalue()) != start:  # NumPy leaves room for any number
            raise OSError(f"{path}: the header has another length")
        file.seek(0)
        file.write(header.getvalue())
        _flush(file, lasting=lasting)


def _header(file: IO[bytes]) -> tuple[Sequence[int], np.dtype[Any], int]:
    """Shape and type of the column in a file, and where its rows begin."""
    if npy.read_magic(file) != (1, 0):
        raise ValueError("another version")
    shape, _, dtype = npy.read_array_header_1_0(file)
    return shape, dtype, file.tell()


def _flush(file: IO[bytes], *, lasting: bool) -> None:
    file.flush()
    if lasting:
        os.fsync(file.fileno())  # here, where nobody waits for it
