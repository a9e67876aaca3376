"""Columns as files: what goes to a worker and what comes back, where the two share a disk and no memory.

Objects are pickled, but their large columns are left out: each lies in a file, of which the pickle holds the name, the
place and the shape, and whoever reads it maps the file. So a column is written once, however many parts read some rows
of it; a worker reads from the disk what it needs and no more; and what waits for its turn takes up no memory. Long
lists of words lie in files too, and are read when the first word of them is wanted.

A column that is put together from many parts lies in a file from the beginning (`Shelf.new`), so that it takes up no
memory that the system cannot have back; it can be filled until somebody else is told of it.

Pages that many processes map are in memory once. What another process has mapped cannot be changed.
"""

from __future__ import annotations

import hashlib
import io
import math
import mmap
import os
import pickle
import socket
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

LARGE = 1 << 16
"""Bytes from which on a column has a place in a file; what is smaller is pickled with the rest."""

_ALIGNED = 64  # every column begins at a multiple of so many bytes
_BLOCK = 1 << 20  # bytes written at a time
_MANY_WORDS = 1 << 12  # from which on a list of them lies in a file
_Reference = tuple[str, int, np.dtype[Any], tuple[int, ...], tuple[int, ...]]
"""A file's name, where in it a column begins, its dtype, its shape and its strides."""


class Shelf:
    """A folder of columns and of pickles that refer to them.

    A file appears under its name whole or not at all, so that a reader on another machine never finds half of one, and
    nothing happens to it later but that it is removed.

    Args:
        folder: Where the files lie; all who work have it under the same name.
        lasting: Whether files outlive the columns that they hold. The names of columns then follow from their content,
            so that those of an earlier process are found again.
        far: Whether other machines read the files: they see what was mapped when it is on the disk.
    """

    def __init__(self, folder: Path, *, lasting: bool = True, far: bool = True) -> None:
        self.folder = folder
        self._lasting, self._far = lasting, far
        self._mapped: weakref.WeakValueDictionary[str, NDArray[np.uint8]] = weakref.WeakValueDictionary()
        self._names: dict[int, str] = {}  # of each column in memory that lies in a file, by its identity
        self._holders: Counter[str] = Counter()  # columns in memory by the name of the file in which they lie
        self._new: dict[int, tuple[Path, mmap.mmap]] = {}  # of each column from `new` that nobody was told of
        self._words: dict[int, StoredWords] = {}  # of each list, by its identity: lists that are here for good
        self._lock = threading.RLock()
        self._mark, self._numbers = token_hex(4), count()

    def new(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """A column of zeros to be filled, in a file from the beginning if it is large.

        Raises:
            OSError: The disk is full.
        """
        size = math.prod(shape) * dtype.itemsize
        if size < LARGE or os.name == "nt":  # there, a file in use cannot be given its name
            return np.zeros(shape, dtype)
        path = self.folder / f".new-{self._mark}-{next(self._numbers)}"
        try:
            with path.open("xb+") as file:
                _reserve(file, size)
                mapped = mmap.mmap(file.fileno(), size)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        column: NDArray[Any] = np.ndarray(shape, dtype, mapped)
        with self._lock:
            self._new[id(column)] = path, mapped
        weakref.finalize(column, self._discard, id(column)).atexit = False
        return column

    def dumps(self, value: object, *, words: bool = False) -> bytes:
        """Pickle something; its large columns, or those of which they are views, are written unless they lie here.

        Such a column cannot be changed any more.

        Args:
            value: What is pickled.
            words: Whether long lists of words in it, which stay as long as this shelf does, have files of their own.
        """
        with self._lock, io.BytesIO() as file:
            _Pickler(file, self._placed, self._placed_words if words else None).dump(value)
            return file.getvalue()

    def loads(self, pickled: bytes) -> Any:  # noqa: ANN401 - whatever was pickled
        """What `dumps` pickled, here or elsewhere; its large columns are mapped."""
        return _Unpickler(io.BytesIO(pickled), self).load()

    def put(self, name: str, value: object) -> None:
        """Store something in one file: its columns, behind them the pickle, last of all how long that is."""

        def write(file: io.BufferedWriter) -> None:
            def placed(column: NDArray[Any]) -> _Reference:
                known = self._known(column)
                if known is None:
                    whole = np.ascontiguousarray(column)
                    file.write(bytes(-file.tell() % _ALIGNED))
                    known = (name, file.tell(), whole.dtype, whole.shape, whole.strides)
                    file.write(_content(whole))
                return known

            with io.BytesIO() as pickled:
                _Pickler(pickled, placed).dump(value)
                file.write(pickled.getbuffer())
                file.write(pickled.tell().to_bytes(8, "little"))

        self._write(name, write)

    def put_pickled(self, name: str, pickled: bytes) -> None:
        """Store what `dumps` made of something."""
        self._write(name, lambda file: file.write(pickled + len(pickled).to_bytes(8, "little")))

    def get(self, name: str) -> Any:  # noqa: ANN401 - whatever was stored
        """What `put` stored under a name."""
        with (self.folder / name).open("rb") as file:
            end = file.seek(-8, os.SEEK_END)
            size = int.from_bytes(file.read(8), "little")
            file.seek(end - size)
            return self.loads(file.read(size))

    def name_of(self, content: bytes | memoryview) -> str:
        """A name that follows from the content if files are lasting, else one that no file here or elsewhere has."""
        if self._lasting:
            return hashlib.blake2b(content, digest_size=16).hexdigest()
        return f"{self._mark}-{next(self._numbers)}"  # a worker may know files of a folder of the same name

    def has(self) -> set[str]:
        """The names of all files that are whole."""
        return {path.name for path in self.folder.iterdir() if not path.name.startswith(".")}

    def used_up(self, name: str) -> None:
        """Remove a file that was read, now or when nobody holds a column of it any more, unless files are lasting."""
        with self._lock:
            if not self._lasting and not self._holders[name]:
                (self.folder / name).unlink(missing_ok=True)

    def column(self, reference: _Reference) -> NDArray[Any]:
        """The column to which a pickle refers, mapped."""
        name, offset, dtype, shape, strides = reference
        return np.ndarray(shape, dtype, self._bytes_of(name), offset, strides)

    def words(self, stored: StoredWords) -> Sequence[str]:
        """The list to which a pickle refers, if it is here, else where it lies."""
        return next((known.words for known in self._words.values() if known.path == stored.path), stored)

    def _bytes_of(self, name: str) -> NDArray[np.uint8]:
        with self._lock:
            mapped = self._mapped.get(name)
            if mapped is None:
                with (self.folder / name).open("rb") as file:
                    mapped = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), dtype=np.uint8)
                self._mapped[name] = mapped
                self._remember(mapped, name)
            return mapped

    def _placed(self, column: NDArray[Any]) -> _Reference:
        """Where a column lies, after it was written if that is new."""
        known = self._known(column)
        if known is not None:
            return known
        owner = _owner(column)
        if not owner.flags.c_contiguous or owner.dtype.hasobject:
            owner = column = np.ascontiguousarray(column)
        content = _content(owner)
        name = f"column-{self.name_of(content)}"
        new = self._new.pop(id(owner), None)
        if new is not None:
            path, mapped = new
            if self._far:
                mapped.flush()
            path.replace(self.folder / name)
        elif not (self._lasting and (self.folder / name).exists()):
            self._write(name, lambda file: file.write(content))
        owner.flags.writeable = False
        self._remember(owner, name)
        return _reference(name, column, owner)

    def _placed_words(self, words: list[Any]) -> StoredWords | None:
        """Where a list lies, after it was written if that is new; None: it is no list of words."""
        if id(words) not in self._words:
            if not all(type(word) is str for word in words):
                return None
            pickled = pickle.dumps(words, protocol=5)
            name = f"words-{hashlib.blake2b(pickled, digest_size=16).hexdigest()}"
            self._write(name, lambda file: file.write(pickled))
            self._words[id(words)] = StoredWords(self.folder / name, words)
        return self._words[id(words)]

    def _known(self, column: NDArray[Any]) -> _Reference | None:
        owner = _owner(column)
        name = self._names.get(id(owner))
        return None if name is None else _reference(name, column, owner)

    def _remember(self, owner: NDArray[Any], name: str) -> None:
        """That a column lies in a file, until nobody holds the column any more."""
        self._names[id(owner)] = name
        self._holders[name] += 1
        weakref.finalize(owner, self._forget, id(owner), name).atexit = False

    def _forget(self, identity: int, name: str) -> None:
        with self._lock:
            del self._names[identity]
            self._holders[name] -= 1
        self.used_up(name)

    def _discard(self, identity: int) -> None:
        """Remove the file of a new column that nobody was told of."""
        with self._lock:
            path, _ = self._new.pop(identity, (None, None))
        if path is not None:
            path.unlink(missing_ok=True)

    def _write(self, name: str, write: Callable[[io.BufferedWriter], object]) -> None:
        """Write a file beside its place, and put it there when it is whole: who did so before wrote the same."""
        beside = self.folder / f".{name}.{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
        try:
            with beside.open("wb") as file:
                write(file)
            beside.replace(self.folder / name)
        finally:
            beside.unlink(missing_ok=True)


def _reserve(file: io.BufferedRandom, size: int) -> None:
    """Give a file so many zero bytes that have their place on the disk: of one that is full nobody is told later."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
    else:
        file.writelines(bytes(min(_BLOCK, size - begin)) for begin in range(0, size, _BLOCK))
        file.flush()


def _owner(column: NDArray[Any]) -> NDArray[Any]:
    """The column of which this is a view, through however many views; itself if it is none."""
    while isinstance(column.base, np.ndarray):
        column = column.base
    return column


def _content(column: NDArray[Any]) -> memoryview:
    """The bytes of a contiguous column."""
    return column.reshape(-1).view(np.uint8).data


def _reference(name: str, column: NDArray[Any], owner: NDArray[Any]) -> _Reference:
    offset = column.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
    return name, offset, column.dtype, column.shape, column.strides


class StoredWords(Sequence[str]):
    """A list of words that lies in a file, and is read when it is looked into first.

    Args:
        path: The file.
        words: The list, where it is known.
    """

    def __init__(self, path: Path, words: list[str] | None = None) -> None:
        self.path, self._known = path, words

    def __reduce__(self) -> tuple[type[StoredWords], tuple[Path]]:
        return StoredWords, (self.path,)

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        return self.words[row]

    @property
    def words(self) -> list[str]:
        """The list itself."""
        return _read_words(self.path) if self._known is None else self._known


@lru_cache(maxsize=4)
def _read_words(path: Path) -> list[str]:
    words: list[str] = pickle.loads(path.read_bytes())  # noqa: S301 - our own
    return words


class _Pickler(pickle.Pickler):
    """Pickles all but large columns and long lists of words, in whose place stands what a function says of them."""

    def __init__(
        self,
        file: io.BytesIO,
        placed: Callable[[NDArray[Any]], _Reference],
        placed_words: Callable[[list[Any]], StoredWords | None] | None = None,
    ) -> None:
        super().__init__(file, protocol=5)
        self._placed, self._placed_words = placed, placed_words

    def persistent_id(self, value: object) -> _Reference | StoredWords | None:
        """Where a large column or a long list of words lies; None: pickle it."""
        if isinstance(value, np.ndarray) and value.nbytes >= LARGE and not value.dtype.hasobject:
            return self._placed(value)
        if self._placed_words and isinstance(value, list) and len(value) >= _MANY_WORDS:
            return self._placed_words(value)
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, shelf: Shelf) -> None:
        super().__init__(file)
        self._shelf = shelf

    def persistent_load(self, reference: _Reference | StoredWords) -> NDArray[Any] | Sequence[str]:
        return self._shelf.words(reference) if isinstance(reference, StoredWords) else self._shelf.column(reference)
