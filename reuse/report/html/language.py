"""The language of a document, as far as it can be known.

The language is that of the metadata, else that of a script that only one language uses.

A browser picks fonts, hyphens and voices by it. What is not known is left open rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reuse.report.direction import SAMPLE

FIELDS = ("lang", "language")
"""Metadata fields that may name the language."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),  # before Chinese characters are counted: Japanese has both
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_LETTER = re.compile(r"[^\W\d_]")
SHARE = 0.3
"""Share of the letters that must be of the script."""


def language_of(text: str, metadata: Mapping[str, str]) -> str:
    """A BCP 47 tag; empty where the language is not known."""
    for field in FIELDS:
        value = metadata.get(field, "").strip()
        if _TAG.fullmatch(value):
            return value
    sample = text[:SAMPLE]
    if sample.isascii():
        return ""
    letters = len(_LETTER.findall(sample))
    for tag, script in _SCRIPTS.items():
        if letters and len(script.findall(sample)) / letters >= SHARE:
            return tag
    return ""
