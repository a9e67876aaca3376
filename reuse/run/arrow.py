"""Tables in Apache Arrow's form, which data frames and databases take over without looking at single values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reuse.errors import MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

    from reuse.columns import ColumnType

BATCH = 10_000
"""Rows of a record batch: a few MB of passages."""


def import_pyarrow() -> Any:  # noqa: ANN401 - a module
    """The package pyarrow.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pyarrow  # noqa: ICN001, PLC0415 - an extra, looked for when it is needed
    except ImportError as error:
        raise MissingExtraError("Arrow and Parquet need pyarrow: pip install 'textreuse[parquet]'") from error
    return pyarrow


def arrow_type(kind: ColumnType) -> pa.DataType:
    """The Arrow type of a column's cells."""
    pyarrow = import_pyarrow()
    return {
        "text": pyarrow.string(),
        "json": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "integer": pyarrow.int64(),
        "real": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }[kind]


def record_batch(columns: Mapping[str, Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Columns of Python values as a record batch."""
    pyarrow = import_pyarrow()
    arrays = [pyarrow.array(_encodable(columns[field.name]), type=field.type) for field in schema]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def batches_of(
    height: int, types: Mapping[str, ColumnType | None], read: Callable[[slice], Mapping[str, Sequence[Any]]]
) -> pa.RecordBatchReader:
    """A table as a stream of record batches, read batch by batch if the types of all columns are known before.

    Args:
        height: How many rows it has.
        types: Type of each column, in order; None: that of its values.
        read: The columns of some of its rows.
    """
    pyarrow = import_pyarrow()
    known = {name: arrow_type(kind) for name, kind in types.items() if kind}
    if len(known) < len(types):
        cells = read(slice(None))
        whole = {name: pyarrow.array(_encodable(cells[name]), type=known.get(name)) for name in types}
        return pyarrow.table(whole).to_reader(BATCH)
    schema = pyarrow.schema(list(known.items()))

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, height, BATCH):
            yield record_batch(read(slice(start, start + BATCH)), schema)

    return pyarrow.RecordBatchReader.from_batches(schema, batches())


def _encodable(values: Sequence[Any]) -> list[Any]:
    """Texts without lone surrogates (a file's name may have some), which Arrow cannot hold."""
    return [
        value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) and not value.isascii() else value
        for value in values
    ]
