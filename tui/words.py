"""Scores said in words, for people who do not think in bits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from reuse.run.found import found_loosely

SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
UNLIKELY = 0.5
"""Chance matches to be expected, from which on chance explains a match well enough to be named."""


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 word`, `2,000 words`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def part(shown: int, total: int) -> str:
    """How many there are, and of how many if it is a part: `312`, `312 of 48,113`."""
    return f"{total:,}" if shown == total else f"{shown:,} of {total:,}"


def shared_words(match: Mapping[str, Any]) -> str:
    """`27 of 29 words shared`, of the longer passage."""
    longer = max(match["tokens_a"], match["tokens_b"])
    if match["matched_tokens"] >= longer:
        return f"all {count(longer, 'word')} shared"
    return f"{match['matched_tokens']:,} of {count(longer, 'word')} shared"


def chance(evalue: float) -> str:
    """What an E-value means."""
    if evalue >= UNLIKELY:
        expected = f"about {evalue:,.0f}" if evalue >= 10 else f"about {evalue:.1f}".removesuffix(".0")
        return f"chance alone gives {expected} such in a corpus like this"
    if evalue <= 0:
        return "so long a coincidence is not to be expected in any number of corpora like this"
    corpora = -math.log10(evalue)
    often = f"{1 / evalue:,.0f}" if corpora < 4 else f"10{str(round(corpora)).translate(SUPERSCRIPT)}"
    return f"so long a coincidence is expected once in {often} corpora like this"


def match_in_words(match: Mapping[str, Any]) -> str:
    """All scores of a match in one sentence, and how it was found if not by its words in order."""
    loosely = found_loosely(match["found_by"])
    return f"{shared_words(match)}; {chance(match['evalue'])}" + (f"; {loosely}" if loosely else "")


def earlier(match: Mapping[str, Any]) -> str:
    """Which passage is the earlier one, as far as the dates say so."""
    said = {
        "a>b": "the left one is earlier",
        "b>a": "the right one is earlier",
    }.get(match["direction"], "which is earlier is unknown")
    return f"{said}, by a guessed date" if match["direction_guessed"] else said


def short_bits(bits: float) -> str:
    """Bits without decimals."""
    return f"{bits:,.0f}"


def percent(share: float) -> str:
    """A share as a whole percentage; 100 only if nothing is missing."""
    shown = round(share * 100)
    return f"{99 if shown == 100 and share < 1 else shown} %"


def size_of(characters: int) -> str:
    """A length in characters that fits a narrow place."""
    return f"{characters:,}" if characters < 1_000_000 else f"{characters / 1e6:.1f} M"
