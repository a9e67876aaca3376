"""Columns as files: each written once, mapped where it is read, gone when nobody needs it."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reuse.align.aligner import Aligner
from reuse.corpus.tokenise import tokenise
from reuse.options import AlignOptions
from reuse.work.files import LARGE, Shelf

COLUMN = np.arange(LARGE, dtype=np.int64)
COLUMNS = {order: COLUMN.reshape(16, -1).copy(order=order) for order in "CF"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path, lasting=False)


def elsewhere(shelf):
    """The same folder, as another process sees it."""
    return Shelf(shelf.folder)


@settings(max_examples=30)
@given(st.data())
def test_every_view_comes_back_as_it_was(folder, data):
    shelf = Shelf(folder)
    column = COLUMNS[data.draw(st.sampled_from("CF"))]
    rows, places = (
        slice(
            *data.draw(st.tuples(*[st.none() | st.integers(-size, size)] * 2)), data.draw(st.sampled_from([1, 3, -1]))
        )
        for size in column.shape
    )
    view = column[rows, places]
    there = elsewhere(shelf).loads(shelf.dumps(view))
    assert there.dtype == view.dtype
    assert np.array_equal(there, view)


def test_a_column_is_written_once_however_many_views_of_it_go_out(shelf):
    column = COLUMN.copy()
    sent = [shelf.dumps({"rows": column[start:]}) for start in (0, 10, 20)]
    assert len(shelf.has()) == 1
    assert sum(map(len, sent)) < LARGE // 8
    there = elsewhere(shelf)
    assert [there.loads(pickled)["rows"][0] for pickled in sent] == [0, 10, 20]


def test_what_went_out_can_be_changed_nowhere(shelf):
    column = COLUMN.copy()
    there = elsewhere(shelf).loads(shelf.dumps(column))
    for changed in (column, there, there[5:]):
        with pytest.raises(ValueError, match="read-only"):
            changed[0] = 1


def test_what_is_stored_comes_back_with_its_columns_in_one_file(shelf):
    elsewhere(shelf).put("made", [COLUMN[3:], "small", COLUMN[::2]])
    assert shelf.has() == {"made"}
    head, small, half = shelf.get("made")
    assert np.array_equal(head, COLUMN[3:])
    assert small == "small"
    assert np.array_equal(half, COLUMN[::2])
    assert head.ctypes.data % 64 == half.ctypes.data % 64 == 0


def test_what_comes_back_from_a_file_goes_out_by_the_name_of_that_file(shelf):
    elsewhere(shelf).put("made", COLUMN)
    back = shelf.get("made")
    again = elsewhere(shelf)
    again.put("next", again.loads(shelf.dumps(back[7:])))
    assert shelf.has() == {"made", "next"}
    assert (shelf.folder / "next").stat().st_size < LARGE // 8
    assert shelf.get("next")[0] == 7


def test_a_file_goes_with_the_last_column_that_lies_in_it(shelf):
    column, there = COLUMN.copy(), elsewhere(shelf)
    there.put("made", there.loads(shelf.dumps(column)))
    back, view = shelf.get("made"), column[5:]
    shelf.used_up("made")
    del column
    gc.collect()
    assert len(shelf.has()) == 1
    del view
    gc.collect()
    assert elsewhere(shelf).loads(shelf.dumps(back))[-1] == COLUMN[-1]
    del back
    gc.collect()
    assert shelf.has() == set()


def test_lasting_files_stay_and_are_known_by_their_content(tmp_path):
    pickled = Shelf(tmp_path).dumps(COLUMN.copy())
    gc.collect()
    assert len(Shelf(tmp_path).has()) == 1
    assert Shelf(tmp_path).dumps(COLUMN.copy()) == pickled


def test_long_lists_of_words_are_read_when_one_is_wanted(shelf):
    words = [str(number) for number in range(10_000)]
    pickled = shelf.dumps(("vocabulary", words), words=True)
    assert len(pickled) < 1000
    _, there = elsewhere(shelf).loads(pickled)
    assert (len(there), there[5], there[-2:]) == (10_000, "5", ["9998", "9999"])
    assert shelf.dumps(("vocabulary", words), words=True) == pickled


def test_a_file_that_is_half_written_has_no_name(shelf):
    class Unwilling:
        def __reduce__(self):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        shelf.put("made", [COLUMN, Unwilling()])
    assert list(shelf.folder.iterdir()) == []


def test_what_aligns_a_corpus_goes_out_in_a_few_bytes_however_large_that_is(shelf):
    tokens = tokenise([(" ".join(map(str, range(100_000))), None)])
    assert len(shelf.dumps(Aligner.of(tokens, AlignOptions()), words=True)) < LARGE // 8


def test_what_is_put_together_lies_in_a_file_from_the_beginning(shelf):
    column = shelf.new((4, LARGE), np.dtype(np.int32))
    assert not column.any()
    assert shelf.has() == set()  # nobody can find it before it is whole
    column[1:3] = np.arange(LARGE)
    there = elsewhere(shelf).loads(shelf.dumps(column[1:]))
    assert np.array_equal(there, column[1:])
    assert len(shelf.has()) == 1
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 1
    del column
    gc.collect()
    assert list(shelf.folder.iterdir()) == []


def test_what_is_put_together_and_sent_to_nobody_leaves_no_file(shelf):
    column = shelf.new((LARGE,), np.dtype(bool))
    column[:] = True
    view = column[5:]
    del column
    gc.collect()
    assert view.all()
    del view
    gc.collect()
    assert list(shelf.folder.iterdir()) == []


def test_lasting_columns_that_are_put_together_are_known_by_their_content_too(tmp_path):
    shelf = Shelf(tmp_path)
    column = shelf.new(COLUMN.shape, COLUMN.dtype)
    column[:] = COLUMN
    assert shelf.dumps(column) == Shelf(tmp_path).dumps(COLUMN.copy())
    assert len(shelf.has()) == 1


def test_a_disk_without_room_for_a_column_is_told_before_it_is_filled(shelf, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", full, raising=False)
    with pytest.raises(OSError, match="No space left"):
        shelf.new((LARGE,), np.dtype(np.int64))
    assert list(shelf.folder.iterdir()) == []
