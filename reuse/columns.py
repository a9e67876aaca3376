"""What a table of a run says of itself: its name, its columns in order, what they mean and their types.

Headers, order, types of Parquet and the documentation are all read off these objects. A table that is worked out from a
run is declared beside the function that works it out; `reuse.run.registry` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

ColumnType = Literal["text", "integer", "real", "boolean", "texts", "json"]
"""`texts` is a list of texts; `json` is an object or a list, as JSON text. Any cell may be None."""

Values = list[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: Header.
        type: Type of its cells.
        description: What it says, with its unit.
        falls: True if it sorts from high to low unless the reader says otherwise.
    """

    name: str
    type: ColumnType
    description: str
    falls: bool = field(default=False, kw_only=True)

    @property
    def is_date(self) -> bool:
        """Whether its cells are stored dates, which sort as such: `date`, `first_date`, `date_a`."""
        return self.type == "text" and (
            self.name == "date" or self.name.endswith("_date") or self.name.startswith("date_")
        )


@dataclass(frozen=True, slots=True)
class ComputedTable:
    """A table that is worked out from a run, whole, when it is asked for.

    Attributes:
        name: Name, as in `textreuse export RUN NAME`.
        description: What one row is.
        columns: Its columns.
        build: From the run to all rows: values by column, which may be more than those declared.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    build: Callable[[Any], Mapping[str, Values]]


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table too long to be worked out whole: any of its rows can be had by number.

    Attributes:
        name: Name, as in `textreuse export RUN NAME`.
        description: What one row is.
        columns: Its columns.
        count: From the run to the number of rows.
        rows: From the run and numbers (int64) to these rows: values by column.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    count: Callable[[Any], int]
    rows: Callable[[Any, NDArray[np.int64]], Mapping[str, Values]]
