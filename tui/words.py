"""Figures as the screens write them."""

from __future__ import annotations

from reuse import display


def part(shown: int, total: int) -> str:
    """How many there are, and of how many if it is a part: `312`, `312 of 48,113`."""
    return f"{total:,}" if shown == total else f"{shown:,} of {total:,}"


def short_bits(bits: float) -> str:
    """Bits without decimals."""
    return f"{bits:,.0f}"


def percent(share: float) -> str:
    """A share as a whole percentage; 100 only if nothing is missing."""
    return f"{display.percent(share)[:-1]} %"


def size_of(characters: int) -> str:
    """A length in characters that fits a narrow place."""
    return f"{characters:,}" if characters < 1_000_000 else f"{characters / 1e6:.1f} M"
