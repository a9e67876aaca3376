"""Rows of a table as small objects: `match.bits`, `match.a.text`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reuse.display import trimmed, visible
from reuse.errors import UsageError

CELL_WIDTH = 40
"""Terminal cells of a value in the `repr` of a row."""


class Row(Mapping[str, Any]):
    """One row: its cells by name (`row["bits"]`, `dict(row)`) and as attributes (`row.bits`)."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self._cells = cells

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __getattr__(self, column: str) -> Any:  # noqa: ANN401
        if column.startswith("_") or column not in self._cells:
            raise AttributeError(f"the row has no column {column!r}; it has {', '.join(self._cells)}")
        return self._cells[column]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._cells]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={_short(value)}' for name, value in self._cells.items())})"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a match: what the match's columns say of that side.

    Attributes:
        document: Id of the document.
        start, end: Half-open span in code points of its text.
        text: What stands there.
        tokens: Length in words.
        coverage: Share of the document's words.
        title, date: Of the document, if known.
        place: Where it stands there, such as `p. 12, l. 3`; empty if that is not known.
    """

    document: str
    start: int
    end: int
    text: str
    tokens: int
    coverage: float
    title: str | None
    date: str | None
    place: str

    def __str__(self) -> str:
        return self.text


class Match(Row):
    """A match: `match.a` and `match.b` are its passages, all else is as in the table.

    Raises:
        UsageError: A passage is asked for, and the table was read without one of its columns.
    """

    __slots__ = ()

    @property
    def a(self) -> Passage:
        """The passage in document a."""
        return self._passage("a")

    @property
    def b(self) -> Passage:
        """The passage in document b."""
        return self._passage("b")

    def _passage(self, side: str) -> Passage:
        columns = (side, f"{side}_start", f"{side}_end", f"text_{side}", f"tokens_{side}", f"{side}_coverage")
        try:
            return Passage(*(self[name] for name in (*columns, f"title_{side}", f"date_{side}", f"{side}_place")))
        except KeyError as missing:
            raise UsageError(f"the passage needs the column {missing}, which was not read") from None


ITEMS: dict[str, type[Row]] = {"matches": Match}
"""What a row of a table is, where it is more than a row."""


def _short(value: object) -> str:
    return repr(trimmed(visible(value, one_line=True), CELL_WIDTH)) if isinstance(value, str) else repr(value)
