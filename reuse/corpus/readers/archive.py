"""Archives (.zip, .tar and packed ones): every file in them, as if they were a folder."""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reuse.corpus.decode import NotTextError
from reuse.corpus.packages import LARGEST_PART, open_package, part_of
from reuse.corpus.readers.registry import reader_of
from reuse.corpus.records import Record
from reuse.corpus.troubles import Troubles, reason_of
from reuse.options import ReadOptions

_MOST_BYTES = 1 << 32  # of all files together, unpacked
_MOST_FILES = 1_000_000


def read(path: Path, options: ReadOptions, troubles: Troubles) -> Iterator[Record]:
    """The reports of all files of known formats in an archive, in the order of their names.

    Their ids are the archive's name, a `/` and theirs. Archives in archives are left out. Each file is unpacked by
    itself, into a folder that is gone afterwards; a name that leads out of it leads nowhere.
    """
    total = number = 0
    for name, data in _members(path, troubles):
        reader = reader_of(name)
        if reader is None or reader.module == "archive":
            troubles.record(
                number + 1, "is of a kind that is not read", "unpack it, and convert it", f" ({name[:120]})"
            )
            continue
        total += len(data)
        if total > _MOST_BYTES:
            raise NotTextError("unpacks to more than four gigabytes; what came before is kept", "unpack it yourself")
        with tempfile.TemporaryDirectory() as folder:
            inner = Path(folder, "file" + "".join(Path(name).suffixes[-2:]))
            inner.write_bytes(data)
            try:
                for record in reader.load()(inner, options, troubles):
                    own = record.id or (name if record.number is None else f"{name}#{record.number}")
                    local = own if record.id else f"{path.name}/{own}"
                    yield replace(record, id=local, number=number)
                    number += 1
            except NotTextError as error:
                troubles.record(number + 1, error.reason, error.remedy, f" ({name[:120]})")
            except OSError as error:
                troubles.record(number + 1, reason_of(error)[0], reason_of(error)[1], f" ({name[:120]})")


def _members(path: Path, troubles: Troubles) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(path):
        with open_package(path) as package:
            names = sorted(
                info.filename for info in package.infolist() if not info.is_dir() and _is_shown(info.filename)
            )
            for name in names[:_MOST_FILES]:
                try:
                    data = part_of(package, name).read()
                except NotTextError as error:
                    troubles.file(error.reason, error.remedy)
                else:
                    yield name, data
        return
    try:
        with tarfile.open(path) as archive:
            for info in archive:
                if not info.isfile() or not _is_shown(info.name):
                    continue
                if info.size > LARGEST_PART:
                    troubles.file(f"unpacks to {info.size:,} bytes ({info.name[:60]})", "unpack it yourself")
                    continue
                stream = archive.extractfile(info)
                yield info.name, stream.read() if stream else b""
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise NotTextError(f"is a broken archive ({error})", "fetch or pack it again") from None


def _is_shown(name: str) -> bool:
    """Whether a file is none of those that systems hide, and no folder's description."""
    parts = name.split("/")
    return not any(part.startswith((".", "__MACOSX")) for part in parts) and not parts[-1].lower().startswith("readme")
