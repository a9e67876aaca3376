"""Every parameter of a scan, with its unit, and the presets.

Options are frozen and check themselves when they are made: all values out of range are reported at once.
"""

from reuse.options.grouping import ClusterOptions, FurnitureOptions, RelationOptions, SourceOptions
from reuse.options.matching import LONGEST_SEED, MINHASH, AlignOptions, IndexOptions, RewordedOptions, ScoreOptions
from reuse.options.presets import PRESETS, preset
from reuse.options.reading import ReadOptions
from reuse.options.recurring import FamilyOptions, FormulaOptions, FrameOptions
from reuse.options.scan import COPIES, ScanOptions, options_of

__all__ = [
    "COPIES",
    "LONGEST_SEED",
    "MINHASH",
    "PRESETS",
    "AlignOptions",
    "ClusterOptions",
    "FamilyOptions",
    "FormulaOptions",
    "FrameOptions",
    "FurnitureOptions",
    "IndexOptions",
    "ReadOptions",
    "RelationOptions",
    "RewordedOptions",
    "ScanOptions",
    "ScoreOptions",
    "SourceOptions",
    "options_of",
    "preset",
]
