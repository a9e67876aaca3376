"""A table that was read: columns by name, ready for a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Table(dict[str, list[Any]]):
    """Columns by name, all of one length: `pandas.DataFrame(table)` and `polars.DataFrame(table)` take it as it is.

    As with any dict, `len(table)` counts the columns; `table.height` counts the rows.
    """

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(next(iter(self.values()), []))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict."""
        names = list(self)
        for values in zip(*self.values(), strict=True):
            yield dict(zip(names, values, strict=True))
