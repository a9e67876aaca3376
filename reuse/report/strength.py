"""Strength: how surprising a match is, as a small bar that one reads without knowing what a bit is."""

from __future__ import annotations

from bisect import bisect_right

STEPS = (50, 100, 250, 1_000)
"""Bits from which on a match has two, three, four, five parts of the bar."""
FULL, EMPTY = "▮", "▯"
SAID = (
    f"one part of five is under {STEPS[0]} bits, two from {STEPS[0]}, three from {STEPS[1]}, four from {STEPS[2]}, "
    f"five from {STEPS[3]:,} on"
)


def strength(bits: float) -> int:
    """How many parts of the bar are full, 1 to 5."""
    return 1 + bisect_right(STEPS, bits)


def strength_bar(bits: float) -> str:
    """The bar: `▮▮▮▯▯`."""
    full = strength(bits)
    return FULL * full + EMPTY * (len(STEPS) + 1 - full)
