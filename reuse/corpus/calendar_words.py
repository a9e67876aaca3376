"""The words and numbers that dates are written with, as parts of regular expressions."""

from __future__ import annotations

_NAMES = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May", "May"),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept?"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)

MONTHS = {name[:3].lower(): number for number, (name, _) in enumerate(_NAMES, start=1)}
"""Number of a month by the first three letters of its name."""

MONTH = r"(?:" + "|".join(f"{form}|{form.upper()}" for pair in _NAMES for form in dict.fromkeys(pair)) + r")(?![^\W_])"
"""A month's English name or its abbreviation, as a title or in capitals; `may` and `march` are other words.

Whether a letter stands before it is for the caller to see: with `\\b` in front the search takes twenty times as long.
"""

ORDINAL = r"(?:st|nd|rd|th)"
YEAR = r"(?:1[0-9]|20|21)\d\d"

JUCHE_EPOCH = 1911
"""Juche 1 is 1912."""
