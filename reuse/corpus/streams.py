"""Files as bytes and as lines, packed with gzip or not."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from reuse.corpus.decode import (
    ENCODING_REMEDY,
    UNICODE_MARKS,
    Decoded,
    NotTextError,
    decode,
    guess_encoding,
    refuse_binary,
    without_surrogates,
)
from reuse.corpus.troubles import Troubles

_BUFFER = 1 << 16  # bytes
LONGEST_TEXT = 1_000_000_000 - 1
"""Bytes of a text, unpacked: what SQLite stores in one cell."""
LONGEST_RECORD = 1 << 28
"""Bytes of a line, and code points of a record of a table or of JSON over several lines."""
_LONE_CARRIAGE_RETURN = re.compile(r"(?<=\r)(?!\n)")
_SHORTEN = "split it into smaller records"
_TOO_LARGE = ("is larger than a gigabyte, unpacked", "split it into smaller files")
BROKEN_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)
GZIP_REMEDY = "fetch or pack the file again; gzip -t FILE tests it"


def read_bytes(path: Path) -> bytes:
    """All bytes of a file, unpacked if its name ends in `.gz`.

    Raises:
        NotTextError: The file is larger than LONGEST_TEXT, unpacked, or its gzip data is broken.
        OSError: The file cannot be read.
    """
    if path.suffix.lower() != ".gz":
        if path.stat().st_size > LONGEST_TEXT:
            raise NotTextError(*_TOO_LARGE)
        return path.read_bytes()
    try:
        with gzip.open(path) as packed:
            data = packed.read(LONGEST_TEXT + 1)
    except BROKEN_GZIP as error:
        raise NotTextError(f"is broken gzip data ({error})", GZIP_REMEDY) from None
    if len(data) > LONGEST_TEXT:
        raise NotTextError(*_TOO_LARGE)
    return data


def read_text(path: Path, encoding: str | None, troubles: Troubles) -> Decoded:
    """All text of a file and its encoding, which is told where it is a guess; newlines stay as they are.

    Args:
        path: The file.
        encoding: As in `ReadOptions`.
        troubles: Where to tell.

    Raises:
        NotTextError: As `read_bytes`; or the file is binary, or not in the encoding that was asked for.
        OSError: The file cannot be read.
    """
    decoded = decode(read_bytes(path), encoding)
    if decoded.reservation:
        troubles.file(decoded.reservation, ENCODING_REMEDY)
    return decoded


def open_bytes(path: Path) -> BinaryIO:
    """A file open for reading, unpacked if its name ends in `.gz`; it can peek."""
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, io.BufferedReader(gzip.GzipFile(path), _BUFFER))
    return path.open("rb", buffering=_BUFFER)


class Lines:
    """The lines of a file, decoded, with their ends; one line is in memory at a time.

    A line that is not UTF-8 is read with an encoding guessed from it, which is reported once: a broken byte then spoils
    its own line and no other. Lines end at a line feed, and for a table (`universal`) at a lone carriage return too.

    A line longer than LONGEST_RECORD is told and left out.

    Attributes:
        encoding: What the last line was decoded with.
    """

    def __init__(self, path: Path, encoding: str | None, troubles: Troubles, *, universal: bool) -> None:
        self.path = path
        self.encoding = encoding or "utf-8"
        self._asked = encoding
        self._troubles = troubles
        self._universal = universal

    def __iter__(self) -> Iterator[str]:
        """Yield line after line.

        Raises:
            NotTextError: The data is binary, broken gzip data, or not in the encoding that was asked for; lines before
                that place were yielded.
            OSError: The file cannot be read.
        """
        try:
            with open_bytes(self.path) as stream:
                yield from self._marked_or_plain(stream)
        except BROKEN_GZIP as error:
            raise NotTextError(f"is broken gzip data ({error}); what came before is kept", GZIP_REMEDY) from None
        except MemoryError:
            raise NotTextError("has a line that does not fit into memory; what came before is kept", _SHORTEN) from None

    def _marked_or_plain(self, stream: BinaryIO) -> Iterator[str]:
        head = cast(io.BufferedReader, stream).peek(_BUFFER)
        mark, encoding = next((pair for pair in UNICODE_MARKS if head.startswith(pair[0])), (b"", self._asked))
        encoding = self._asked or encoding
        if encoding is None or encoding == "utf-8":
            stream.read(len(mark))
            refuse_binary(head)
            yield from self._split(self._utf8_lines(stream))
            return
        self.encoding = encoding
        try:
            with io.TextIOWrapper(stream, encoding, newline="\n") as lines:
                for number, line in enumerate(self._split(lines)):
                    yield without_surrogates(line if number else line.removeprefix("\ufeff"))[0]
        except UnicodeError:
            raise NotTextError(f"is not {encoding}", "name another with --encoding, or leave that out") from None

    def _split(self, lines: Iterator[str] | io.TextIOWrapper) -> Iterator[str]:
        if not self._universal:
            yield from lines
            return
        for line in lines:
            at = line.find("\r")
            if 0 <= at < len(line) - 1 and line[at : at + 3] != "\r\n":
                yield from filter(None, _LONE_CARRIAGE_RETURN.split(line))
            else:
                yield line

    def _byte_lines(self, stream: BinaryIO) -> Iterator[bytes]:
        number = 0
        while data := stream.readline(LONGEST_RECORD):
            number += 1
            if len(data) == LONGEST_RECORD and not data.endswith(b"\n"):
                while data and not data.endswith(b"\n"):
                    data = stream.readline(_BUFFER)
                self._troubles.record(number, "is longer than 256 MB and was left out", _SHORTEN)
                data = b"\n"
            yield data

    def _utf8_lines(self, stream: BinaryIO) -> Iterator[str]:
        guessed: str | None = None
        for number, data in enumerate(self._byte_lines(stream), start=1):
            try:
                line = data.decode("utf-8")
                self.encoding = "utf-8"
                yield line
                continue
            except UnicodeDecodeError:
                if b"\0" in data:
                    raise NotTextError(
                        f"is binary from line {number:,} on", "mend or remove what is not text"
                    ) from None
            if guessed is None:
                guessed = (None if self._asked else guess_encoding(data)) or "utf-8"
                how = "broken characters were replaced by U+FFFD" if guessed == "utf-8" else "a guess"
                self._troubles.file(
                    f"is not UTF-8 throughout (first on line {number:,}); such lines were read as {guessed}, {how}",
                    "if that is wrong, name the right one with --encoding, or save the file as UTF-8",
                )
            self.encoding = guessed
            yield data.decode(guessed, "replace")
