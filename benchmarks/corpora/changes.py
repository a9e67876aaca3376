"""The degrees of change of the planted corpora; how text is changed is the engine's own (`reuse.audit.changes`)."""

from __future__ import annotations

from collections.abc import Mapping

from reuse.audit.changes import Level, change

__all__ = ["EVEN_LEVELS", "LEVELS", "Level", "change"]

LEVELS: Mapping[str, Level] = {
    "none": Level(),
    "2-5%": Level(words=(0.02, 0.05)),
    "10-15%": Level(words=(0.10, 0.15)),
    "25-30%": Level(words=(0.25, 0.30), reordered=0.2),
    "ocr-2%": Level(characters=0.02),
    "ocr-5%": Level(characters=0.05),
}
"""The levels of the planted corpora."""

EVEN_LEVELS: Mapping[str, Level] = {
    "0%": Level(),
    "5%": Level(words=(0.05, 0.05)),
    "15%": Level(words=(0.15, 0.15)),
    "28%": Level(words=(0.28, 0.28)),
}
"""The levels of the small corpus of generated prose that the test suite scans."""
