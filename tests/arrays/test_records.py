"""Records of flat and of ragged columns against lists of rows."""

from __future__ import annotations

from dataclasses import dataclass
from types import GenericAlias
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reuse.arrays import records
from reuse.arrays.ragged import bounds_of
from reuse.arrays.records import FlatColumns, RaggedColumns


@dataclass(frozen=True, slots=True)
class Spans(FlatColumns):
    start: NDArray[np.int64]
    weight: NDArray[np.float32]
    place: NDArray[np.integer]
    unit: str = "tokens"


@dataclass(frozen=True, slots=True)
class Phrases(RaggedColumns):
    ELEMENTS: ClassVar = ("positions", "partners")

    df: NDArray[np.int32]
    bounds: NDArray[np.int64]
    positions: NDArray[np.int64]
    partners: NDArray[np.int64]
    complete: bool = True


ROWS = st.lists(st.lists(st.integers(0, 99), max_size=4), max_size=8)


def phrases(rows: list[list[int]], *, partners: bool = True, complete: bool = True) -> Phrases:
    positions = np.array([value for row in rows for value in row], dtype=np.int64)
    return Phrases(
        np.arange(len(rows), dtype=np.int32),
        bounds_of(np.array([len(row) for row in rows], dtype=np.int64)),
        positions,
        -positions if partners else positions[:0],
        complete,
    )


def rows_of(made: Phrases) -> list[tuple[int, list[int]]]:
    ends = made.bounds.tolist()
    return [
        (df, made.positions[start:end].tolist())
        for df, start, end in zip(made.df.tolist(), ends[:-1], ends[1:], strict=True)
    ]


@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 5))
def test_rows_are_taken_with_their_elements_however_they_are_named(rows, source, at_once):
    made, expected = phrases(rows, complete=False), list(enumerate(rows))
    numbers = [source.randrange(len(rows)) for _ in range(5)] if rows else []
    mask = np.array([source.random() < 0.5 for _ in rows], dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_GATHERED", at_once)
        taken = made.take(np.array(numbers, dtype=np.int64))
    assert rows_of(taken) == [expected[row] for row in numbers]
    assert taken.partners.tolist() == (-taken.positions).tolist()
    assert rows_of(made.take(mask)) == [row for row, kept in zip(expected, mask, strict=True) if kept]
    assert rows_of(made.take(slice(1, 3))) == expected[1:3]
    assert not taken.complete
    assert len(taken) == len(numbers)
    assert taken.sizes().tolist() == [len(rows[row]) for row in numbers]
    assert taken.owners().tolist() == [place for place, row in enumerate(numbers) for _ in rows[row]]


@given(ROWS)
def test_elements_that_are_left_out_leave_their_rows(rows):
    made = phrases(rows)
    even = made.where(made.positions % 2 == 0)
    assert rows_of(even) == [(df, [value for value in row if value % 2 == 0]) for df, row in enumerate(rows)]
    assert even.partners.tolist() == (-even.positions).tolist()


@given(st.lists(ROWS, max_size=3))
def test_what_is_concatenated_stands_end_to_end(parts):
    together = Phrases.concatenate(*(phrases(part) for part in parts))
    assert rows_of(together) == [row for part in parts for row in enumerate(part)]


def test_an_empty_column_of_elements_stays_empty():
    made = phrases([[1, 2], [3]], partners=False)
    for other in (made.take(np.array([1])), made.take(np.array([False, True])), Phrases.concatenate(made, made)):
        assert len(other.partners) == 0
    assert rows_of(made.where(np.array([True, False, True]))) == [(0, [1]), (1, [3])]


def test_nothing_at_all_has_the_types_that_were_declared():
    assert (len(Spans.empty()), Spans.empty(unit="letters").unit) == (0, "letters")
    assert [getattr(Spans.empty(), name).dtype for name in ("start", "weight", "place")] == ["i8", "f4", "i8"]
    assert (len(Phrases.empty()), Phrases.empty().bounds.tolist(), Phrases.empty().df.dtype) == (0, [0], "i4")
    assert len(Spans.concatenate()) == len(Phrases.concatenate()) == 0


def test_flat_rows_are_taken_and_joined():
    spans = Spans(np.arange(4), np.arange(4, dtype=np.float32), np.arange(4, dtype=np.uint32), "letters")
    for rows, expected in (([3, 1], [3, 1]), (np.arange(4) > 1, [2, 3]), (slice(1, 2), [1])):
        taken = spans.take(rows if isinstance(rows, slice) else np.asarray(rows))
        assert taken.start.tolist() == taken.weight.tolist() == taken.place.tolist() == expected
        assert (taken.unit, taken.place.dtype) == ("letters", "u4")
    assert Spans.concatenate(spans, spans.take(slice(0, 1))).start.tolist() == [0, 1, 2, 3, 0]


def test_arrays_are_known_where_their_type_stands_for_itself(monkeypatch):
    """As `NDArray` does from NumPy 2.5 on, which needs a later Python than the tests may run on."""

    class Alias:
        __class_getitem__ = classmethod(GenericAlias)

    monkeypatch.setattr(records, "NDArray", Alias)
    assert records._value_type(Alias[np.float32]) is np.float32
    assert records._value_type(Alias[np.integer]) is np.int64
    assert records._value_type(NDArray[np.float32]) is np.float32
    assert records._value_type(list[int]) is records._value_type(str) is None
