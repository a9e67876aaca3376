"""Every parameter of a scan, with its unit, and the presets.

Options are frozen and check themselves when they are made: all values out of range are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from reuse.errors import OptionsError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files become documents.

    Attributes:
        text_field: Field of a JSONL record or column of a CSV/TSV table that holds the text.
        id_field: Field or column that holds the document's id; where a record has none, the file's name and the
            record's number stand in.
        encoding: Encoding of text files; None: UTF-8, else what a byte order mark says, else a guess that is reported.
    """

    text_field: str = "text"
    id_field: str = "id"
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class FormulaOptions:
    """What counts as a formula.

    Attributes:
        min_tokens: Shortest formula, in tokens.
        min_documents: Fewest documents that must have it.
        max_formulas: Most formulas kept in the run, best first; how many there were is recorded.
    """

    min_tokens: int = 4
    min_documents: int = 2
    max_formulas: int = 200_000

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        if self.min_tokens < 2:
            yield f"formula min_tokens must be at least 2, not {self.min_tokens}"
        if self.min_documents < 1:
            yield f"formula min_documents must be at least 1, not {self.min_documents}"
        if self.max_formulas < 1:
            yield f"max_formulas must be at least 1, not {self.max_formulas}"


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """All options of a scan."""

    read: ReadOptions = field(default_factory=ReadOptions)
    formulas: FormulaOptions = field(default_factory=FormulaOptions)

    def __post_init__(self) -> None:
        problems = [
            problem
            for part in fields(self)
            if hasattr(getattr(self, part.name), "problems")
            for problem in getattr(self, part.name).problems()
        ]
        if problems:
            raise OptionsError("; ".join(problems))
