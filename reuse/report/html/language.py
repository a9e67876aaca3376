"""The language of a document, as far as it can be known, and the direction in which it is written.

The language is that of the metadata, else that of a script that only one language uses.

A browser picks fonts, hyphens and voices by it. What is not known is left open rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELDS = ("lang", "language")
"""Metadata fields that may name the language."""

SAMPLE = 4_000
"""Code points of a text that are looked at."""

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
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
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


def direction_of(text: str) -> str:
    """`rtl` where most letters of a text's beginning are of a script written from right to left, else `ltr`.

    The first letter alone, which `dir="auto"` goes by, says little of a text that opens with a Latin name or a code.
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return "ltr"
    return "rtl" if 2 * len(_RIGHT_TO_LEFT.findall(sample)) > len(_LETTER.findall(sample)) else "ltr"
