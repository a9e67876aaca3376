"""ZIP packages, whose unpacked size is bounded before anything of them is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import BinaryIO

from reuse.corpus.decode import NotTextError

LARGEST_PART = 1 << 29
"""Bytes of one file in a package, unpacked."""
_MOST_OFTEN = 200  # times its packed size that a large file may unpack to
_SMALL = 1 << 24  # bytes that any file may unpack to
_REMEDY = "unpack it yourself, and scan what is in it"


def open_package(path: Path) -> zipfile.ZipFile:
    """A package, open for reading.

    Raises:
        NotTextError: It is none.
        OSError: It cannot be read.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise NotTextError(f"is a broken package ({error})", "fetch or pack the file again") from None


def part_of(package: zipfile.ZipFile, name: str) -> BinaryIO:
    """One file of a package, in memory.

    Raises:
        NotTextError: It is too large, packed suspiciously tight, encrypted or broken.
    """
    info = package.getinfo(name)
    if info.file_size > LARGEST_PART or (info.file_size > _SMALL and info.file_size > _MOST_OFTEN * info.compress_size):
        raise NotTextError(f"unpacks to {info.file_size:,} bytes ({name[:60]}), which is too much", _REMEDY)
    if info.flag_bits & 1:
        raise NotTextError(f"is encrypted ({name[:60]})", "save it without a password")
    try:
        with package.open(info) as stream:
            data = stream.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError) as error:
        raise NotTextError(f"is a broken package ({error})", "fetch or pack the file again") from None
    except Exception as error:  # noqa: BLE001 - zlib, bz2 and lzma each have an error of their own
        raise NotTextError(f"is a broken package ({type(error).__name__})", "fetch or pack the file again") from None
    if len(data) > LARGEST_PART:
        raise NotTextError(f"unpacks to more than it says ({name[:60]})", _REMEDY)
    return io.BytesIO(data)
