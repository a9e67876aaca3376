"""Options for a purpose."""

from __future__ import annotations

from reuse.errors import OptionsError
from reuse.options.matching import AlignOptions, IndexOptions, RewordedOptions, ScoreOptions
from reuse.options.scan import ScanOptions

PRESETS = {
    "formulaic": (
        "Nearly all exact copies of ten words or more, and of fifteen with a quarter changed; the rest: formulas.",
        ScanOptions(),
    ),
    "quotations": (
        "Passages of about twenty words or more, and reworded ones that rarer words bear out; no set phrases.",
        ScanOptions(score=ScoreOptions(alone=60.0)),
    ),
    "near-duplicates": (
        "Long stretches taken over nearly word for word: drafts, reprints, copied sections.",
        ScanOptions(
            score=ScoreOptions(margin=300.0, alone=300.0),
            align=AlignOptions(min_tokens=50),
            reworded=RewordedOptions(enabled=False),
        ),
    ),
    "ocr": (
        "Scanned text with many misread letters: words may differ by more, and fewer need to be whole.",
        ScanOptions(
            index=IndexOptions(shingle=2, cap=12),
            align=AlignOptions(likeness=0.6, edit_cost=1.0),
        ),
    ),
}
"""Options for a purpose, each with a sentence of what it is for; `formulaic` is the default."""


def preset(name: str) -> ScanOptions:
    """The options of a preset.

    Raises:
        OptionsError: There is no preset of that name.
    """
    if name not in PRESETS:
        raise OptionsError(f"no preset {name!r}; there are {', '.join(PRESETS)}")
    return PRESETS[name][1]
