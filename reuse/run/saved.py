"""Columns on the disk: each a NumPy file, to whose end rows are written where a run grows."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


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
