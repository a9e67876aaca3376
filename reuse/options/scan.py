"""All options of a scan, and how those of a run are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from reuse.errors import OptionsError
from reuse.options.checks import below, not_shares
from reuse.options.grouping import ClusterOptions, FurnitureOptions, RelationOptions, SourceOptions
from reuse.options.matching import AlignOptions, IndexOptions, RewordedOptions, ScoreOptions
from reuse.options.reading import ReadOptions
from reuse.options.recurring import FamilyOptions, FormulaOptions, FrameOptions

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

COPIES = ("one", "count")
"""What copies of one text count as: one document, or each for itself."""


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """All options of a scan.

    Attributes:
        copies: What documents that are copies of one text count as where documents are counted: `one` document, or
            each for itself (`count`). They are found, marked and matched either way.
        near_copies: Share of the words of the longer of two texts that the other must have, in the same order, for them
            to be copies; 1: word for word, as always for texts of fewer than `near_copy_words`. Reposts with a
            line added have .95, two letters of one form have less.
        near_copy_words: Words of a text from which on it may be a near copy: in a shorter one each word may make
            another text of it.
        jobs: Threads; 0: as many as there are processors.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    index: IndexOptions = field(default_factory=IndexOptions)
    score: ScoreOptions = field(default_factory=ScoreOptions)
    align: AlignOptions = field(default_factory=AlignOptions)
    reworded: RewordedOptions = field(default_factory=RewordedOptions)
    clusters: ClusterOptions = field(default_factory=ClusterOptions)
    sources: SourceOptions = field(default_factory=SourceOptions)
    relations: RelationOptions = field(default_factory=RelationOptions)
    furniture: FurnitureOptions = field(default_factory=FurnitureOptions)
    formulas: FormulaOptions = field(default_factory=FormulaOptions)
    families: FamilyOptions = field(default_factory=FamilyOptions)
    frames: FrameOptions = field(default_factory=FrameOptions)
    copies: str = "one"
    near_copies: float = 0.95
    near_copy_words: int = 30
    jobs: int = 0

    def __post_init__(self) -> None:
        problems = [
            problem
            for part in fields(self)
            if hasattr(getattr(self, part.name), "problems")
            for problem in getattr(self, part.name).problems()
        ]
        if self.jobs < 0:
            problems.append(f"jobs must not be negative, not {self.jobs}")
        if self.copies not in COPIES:
            problems.append(f"copies must be one of {', '.join(COPIES)}, not {self.copies!r}")
        problems += not_shares(self, "near_copies")
        problems += below(self, 1, "", "near_copy_words")
        if problems:
            raise OptionsError("; ".join(problems))


def options_of(stored: Mapping[str, Any]) -> ScanOptions:
    """Options from `meta["options"]` of a run.

    What the run does not say has its default, what is no option any more is passed over.

    Raises:
        OptionsError: A value is out of range.
    """
    return ScanOptions(**_known(ScanOptions, stored))


_hints = cache(get_type_hints)


def _known(kind: type[DataclassInstance], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is stored, the values of the fields that options of a kind have; parts are made of theirs."""
    hints = _hints(kind)
    known = {field.name: stored[field.name] for field in fields(kind) if field.name in stored}
    return {
        name: hints[name](**_known(hints[name], value)) if is_dataclass(hints[name]) else value
        for name, value in known.items()
    }
