"""The sentences that the program says of a match, a version or a formula.

Whatever shows a run takes its sentences from here (or from the module that owns the fact, as `reuse.run.found` does);
`reuse.report.all_sentences` lists them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reuse.display import percent, visible
from reuse.report.direction import apart
from reuse.run.found import found_loosely

CHANCE_MANY = "chance alone gives {number} matches like this in a collection of this size"
CHANCE_ONCE = "chance alone gives a match like this in one of {number} collections of this size"
CHANCE_NEVER = "chance alone gives a match like this in fewer than one of a million collections of this size"

OFTEN = 0.5
"""Chance matches to be expected from which on they are counted, not the collections that have one."""
SELDOM = 1e-6
"""E-value from which on no number says more."""


def chance(evalue: float) -> str:
    """What an E-value means."""
    if evalue >= OFTEN:
        expected = f"about {evalue:,.0f}" if evalue >= 10 else f"about {evalue:.1f}".removesuffix(".0")
        return CHANCE_MANY.format(number=expected)
    if evalue > SELDOM:
        return CHANCE_ONCE.format(number=f"{1 / evalue:,.0f}")
    return CHANCE_NEVER


def shared_words(match: Mapping[str, Any]) -> str:
    """`27 of 29 words shared`, of the longer passage."""
    longer = max(match["tokens_a"], match["tokens_b"])
    words = "1 word" if longer == 1 else f"{longer:,} words"
    if match["matched_tokens"] >= longer:
        return f"all {words} shared"
    return f"{match['matched_tokens']:,} of {words} shared"


def match_in_words(match: Mapping[str, Any]) -> str:
    """All scores of a match in one sentence, and how it was found if not by its words in order."""
    loosely = found_loosely(match["found_by"])
    return f"{shared_words(match)}; {chance(match['evalue'])}" + (f"; {loosely}" if loosely else "")


CHANGES_SAID = 8
"""Changes of a version that are said."""


def version_facts(version: Mapping[str, Any]) -> str:
    """When it was written, and how much of it stands in the version before: `2021-05-04, 96% as before: `."""
    guessed = " (guessed)" if version["date_guessed"] else ""
    when = f"{version['date'] or 'no date'}{guessed}"
    return f"{when}, {percent(version['similarity'])} as before: " if version["previous"] else f"{when}  "


def changes_said(version: Mapping[str, Any], most: int = CHANGES_SAID) -> str:
    """What changed since the version before, names and numbers first: `twelve → nineteen; + at noon; - again`.

    On one line that can be shown; words that are read from right to left stay where they are between marks.

    Args:
        version: A row of the table of versions.
        most: Most changes that are said; of more the number is.
    """
    if not version["previous"]:
        return "which version came before is not known"
    told = [_change(**change) for change in json.loads(version["changed"])[:most]]
    more = version["changes"] - len(told)
    return "; ".join([*told, f"{more:,} more"] if more > 0 else told) or (
        "no word changed" if version["similarity"] == 1 else "no word changed in what both have"
    )


def _change(about: str, before: str, after: str) -> str:
    before, after = (apart(visible(words, one_line=True)) for words in (before, after))
    if about == "move":
        return f"moved: {before or after}"
    return f"{before} → {after}" if before and after else f"+ {after}" if after else f"- {before}"


def earlier(match: Mapping[str, Any]) -> str:
    """Which passage is the earlier one, as far as the dates say so."""
    said = {
        "a>b": "the left one is earlier",
        "b>a": "the right one is earlier",
    }.get(match["direction"], "which is earlier is unknown")
    return f"{said}, by a guessed date" if match["direction_guessed"] else said


def evenly(dispersion: float) -> str:
    """A formula's dispersion (Gries' DP) in words."""
    if dispersion < 0.35:
        return "spread evenly"
    return "spread unevenly" if dispersion < 0.7 else "gathered in few places"
