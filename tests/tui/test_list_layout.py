"""How wide the columns of a list are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reuse.display import cells
from tui.widgets.list_columns import GAP, ListColumn, fitted, laid_out

NUMBER = ListColumn("bits", lambda row: row["bits"], 5, "bits", right=True)
WIDE = ListColumn("words", lambda row: row["words"], 5, "words", right=True, from_width=60)
DATE = ListColumn("date", lambda row: row["date"], 10, "date", from_width=70)
NAME = ListColumn("document", lambda row: row["name"], 12, grows=2)
TEXT = ListColumn("passage", lambda row: row["text"], 16, grows=3, from_width=100)
COLUMNS = (NUMBER, WIDE, DATE, NAME, TEXT)
NEEDED = st.tuples(*(st.integers(1, 200) for _ in range(2)), st.sampled_from([0, 10]), *[st.integers(0, 200)] * 2)


@given(NEEDED, st.integers(0, 300))
def test_numbers_are_whole_and_nothing_is_wider_than_what_it_holds(needed: tuple[int, ...], width: int) -> None:
    found = dict(laid_out(COLUMNS, needed, width))
    for column, most in zip(COLUMNS, needed, strict=True):
        if column in found:
            assert most
            assert found[column] <= max(most, cells(column.name) + 1)
            assert not column.right or found[column] >= most
    used = sum(found.values()) + GAP * (len(found) - 1) + 1
    assert used <= width or all(not column.from_width for column in found)


@given(NEEDED, st.integers(100, 300))
def test_no_cell_is_left_over_while_a_text_is_cut(needed: tuple[int, ...], width: int) -> None:
    found = dict(laid_out(COLUMNS, needed, width))
    cut = any(found[column] < most for column, most in zip(COLUMNS, needed, strict=True) if column in found)
    used = sum(found.values()) + GAP * (len(found) - 1) + 1
    assert not cut or used >= width


def test_a_million_is_shown_whole() -> None:
    found = dict(laid_out((NUMBER, NAME), (len("1,234,567"), 40), 40))
    assert fitted("1,234,567", NUMBER, found[NUMBER]) == "1,234,567"


def test_columns_without_rows_keep_their_headings() -> None:
    assert [column for column, _ in laid_out(COLUMNS, (), 200)] == list(COLUMNS)
