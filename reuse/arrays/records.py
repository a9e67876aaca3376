"""Records of flat columns: row i of all of them together is one thing, and a table of such things costs no objects.

A record is a frozen dataclass whose columns are arrays, or records of as many rows; what else it holds (a size, a flag)
is true of all its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, Self, cast, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import bounds_of, ranges, row_of_each, slices_of

_GATHERED = 1 << 17  # elements gathered at once

Rows = NDArray[np.integer] | NDArray[np.bool_] | slice
"""Some rows of a record: their numbers, in the order wanted; a mask; or a slice."""


class FlatColumns:
    """Columns of one length, the first field being one of them."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(getattr(self, next(iter(_columns(type(self))))))

    def take(self, rows: Rows) -> Self:
        """Some of the rows."""
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in _columns(type(self))}
        columns |= {name: getattr(self, name).take(rows) for name in _parts(type(self))}
        return self.with_columns(columns)

    def with_columns(self, columns: Mapping[str, Any]) -> Self:
        """The same with other columns."""
        return type(self)(**({field: getattr(self, field) for field in _names(type(self))} | dict(columns)))

    @classmethod
    def concatenate(cls, *parts: Self) -> Self:
        """The rows of several, one after the other; what is no column is that of the first."""
        if not parts:
            return cls.empty()
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts]) for name in _columns(cls)
        }
        columns |= {
            name: kind.concatenate(*(getattr(part, name) for part in parts)) for name, kind in _parts(cls).items()
        }
        return parts[0].with_columns(columns)

    @classmethod
    def empty(cls, **further: object) -> Self:
        """No rows; `further` are the fields that are no columns and have no default."""
        columns: dict[str, Any] = {name: np.zeros(0, dtype=kind) for name, kind in _columns(cls).items()}
        columns |= {name: kind.empty() for name, kind in _parts(cls).items()}
        return cls(**columns, **further)


class RaggedColumns(FlatColumns):
    """Columns of one length whose rows own runs of elements: row r owns the elements bounds[r] to bounds[r + 1].

    The columns that have one value an element are named in ELEMENTS; one that is left empty stays so.
    """

    __slots__ = ()
    ELEMENTS: ClassVar[tuple[str, ...]] = ()
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def sizes(self) -> NDArray[np.int64]:
        """int64 (rows,): how many elements each row owns."""
        return np.diff(self.bounds)

    def owners(self) -> NDArray[np.int64]:
        """int64 (elements,): the row that owns each element."""
        return row_of_each(self.bounds)

    def take(self, rows: Rows) -> Self:
        """Some of the rows, with their elements."""
        if isinstance(rows, slice):
            rows = np.arange(len(self))[rows]
        columns = {name: getattr(self, name)[rows] for name in self._row_columns()}
        sizes = self.sizes()
        if rows.dtype == bool:  # a mask of the elements takes less memory than their numbers
            columns |= self._elements(np.repeat(rows, sizes))
        else:
            columns |= self._elements_of(self.bounds[:-1][rows], sizes[rows])
        return self.with_columns(columns | {"bounds": bounds_of(sizes[rows])})

    def where(self, elements: NDArray[np.bool_]) -> Self:
        """The same rows, with these of their elements only (a mask)."""
        return self.with_columns(self._elements(elements) | {"bounds": bounds_of(elements)[self.bounds]})

    @classmethod
    def concatenate(cls, *parts: Self) -> Self:
        """The rows of several with their elements, one after the other; what is no column is that of the first."""
        if not parts:
            return cls.empty()
        names = [*cls._row_columns(), *cls.ELEMENTS]
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return parts[0].with_columns(columns | {"bounds": bounds_of(np.concatenate([part.sizes() for part in parts]))})

    @classmethod
    def empty(cls, **further: object) -> Self:
        """No rows; `further` are the fields that are no columns and have no default."""
        return super().empty(**further).with_columns({"bounds": np.zeros(1, dtype=np.int64)})

    def _elements(self, chosen: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
        columns = ((name, getattr(self, name)) for name in self.ELEMENTS)
        return {name: column[chosen] if len(column) else column for name, column in columns}

    def _elements_of(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """The elements of rows that begin and have as many as told, some rows at a time to bound memory."""
        columns = {name: getattr(self, name) for name in self.ELEMENTS}
        filled = {name: column for name, column in columns.items() if len(column)}
        bounds = bounds_of(sizes)
        found = {name: np.empty(bounds[-1], dtype=column.dtype) for name, column in filled.items()}
        for some in slices_of(sizes, _GATHERED):
            elements = ranges(starts[some], sizes[some])
            for name, column in filled.items():
                found[name][bounds[some.start] : bounds[some.stop]] = column[elements]
        return columns | found

    @classmethod
    def _row_columns(cls) -> list[str]:
        return [name for name in _columns(cls) if name != "bounds" and name not in cls.ELEMENTS]


_COLUMNS: dict[type, dict[str, type[np.generic]]] = {}
_PARTS: dict[type, dict[str, type[FlatColumns]]] = {}
_NAMES: dict[type, tuple[str, ...]] = {}


def _names(record: type) -> tuple[str, ...]:
    """All fields of a record."""
    if record not in _NAMES:
        _NAMES[record] = tuple(field.name for field in fields(record))
    return _NAMES[record]


def _columns(record: type) -> dict[str, type[np.generic]]:
    """The columns among the fields of a record, and the type of their values, as they are declared."""
    if record not in _COLUMNS:
        hints = get_type_hints(record)
        types = {name: _value_type(hints[name]) for name in _names(record)}
        _COLUMNS[record] = {name: kind for name, kind in types.items() if kind is not None}
    return _COLUMNS[record]


def _parts(record: type) -> dict[str, type[FlatColumns]]:
    """The records among the fields of a record, which have a row for each of its rows."""
    if record not in _PARTS:
        hints = get_type_hints(record)
        _PARTS[record] = {
            name: hints[name]
            for name in _names(record)
            if isinstance(hints[name], type) and issubclass(hints[name], FlatColumns)
        }
    return _PARTS[record]


def _value_type(hint: object) -> type[np.generic] | None:
    """The type of the values of `NDArray[type]`; int64 where it may be any integer; None of what is no such array.

    From NumPy 2.5 on, `NDArray` is an alias that stands for itself.
    """
    origin = get_origin(hint)
    if origin is np.ndarray:
        (declared,) = get_args(get_args(hint)[1])
    elif origin is NDArray:
        (declared,) = get_args(hint)
    else:
        return None
    return np.int64 if declared is np.integer else cast("type[np.generic]", declared)
