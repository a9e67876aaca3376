"""What is damaged in a run's files: asked when something has gone wrong, for a whole run need not pay for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reuse.errors import RunError


class Opened(Protocol):
    """What is asked of an opened run (`reuse.run.files.RunFiles`)."""

    def sql(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query on `run.sqlite`."""

    def column(self, name: str) -> NDArray[Any]:
        """A column of `index/`."""


def damage_of(run: Opened) -> str:
    """What is damaged, in words; empty if the files are whole and fit together. Reads all of them once."""
    try:
        for (found,) in run.sql("PRAGMA quick_check(1)"):
            if found != "ok":
                return str(found)
        return next(_misfits(run), "")
    except (RunError, ValueError, IndexError, TypeError) as error:
        return str(error)


def _misfits(run: Opened) -> Iterator[str]:
    """Columns that do not fit each other or the database."""
    tokens, words = len(run.column("token_ids")), len(run.column("word_hashes"))
    sizes = {
        "documents": len(run.column("document_bounds")) - 1,
        "matches": len(run.column("match_tokens")),
        "formulas": len(run.column("formula_bounds")) - 1,
        "words": words,
    }
    for table, size in sizes.items():
        ((count,),) = run.sql(f"SELECT count(*) FROM {table}")
        if count != size:
            yield f"{count} rows in {table}, {size} beside it"
    for name, size in (
        *((name, tokens) for name in ("token_starts", "token_ends", "sentence_starts")),
        *((name, words) for name in ("word_counts", "word_first")),
    ):
        if len(run.column(name)) != size:
            yield f"index/{name}.npy has {len(run.column(name))} rows, not {size}"
    for name, least, most in (
        ("token_ids", 0, words - 1),
        ("match_tokens", 0, tokens),
        ("digested", 0, tokens),
        ("furniture_words", 0, tokens),
        ("formula_positions", 0, tokens - 1),
        ("word_first", 0, tokens - 1),
    ):
        values = run.column(name)
        if values.size and (values.min() < least or values.max() > most):
            yield f"index/{name}.npy holds numbers that nothing has"
    for name, last in (("document_bounds", tokens), ("formula_bounds", len(run.column("formula_positions")))):
        bounds = run.column(name)
        if bounds[0] != 0 or bounds[-1] != last or (np.diff(bounds) < 0).any():
            yield f"index/{name}.npy does not divide what it is the bounds of"
