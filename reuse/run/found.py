"""How a match was found, for readers: the names as they are stored and filtered by, and what each says."""

from __future__ import annotations

from reuse.align.matches import ALIGNED, CONDENSED, CONFIRMED, FOUND_BY, REWORDED
from reuse.align.relations import PARAGRAPHS, PHRASES, RELATIONS, SENTENCES, WHOLE
from reuse.clusters.furniture import EDGES, FURNITURE, NONE, NUMBERS, RUNNING

FOUND_SAYS = {
    FOUND_BY[ALIGNED]: "words agree in order",
    FOUND_BY[CONFIRMED]: "found by words in order, and as reworded too",
    FOUND_BY[REWORDED]: "rarer words agree, in any order",
    FOUND_BY[CONDENSED]: "one side sums up the other",
}
"""What each name says of a match."""

ANY_NAME = f"{', '.join(FOUND_BY[:-1])} or {FOUND_BY[-1]}"

RELATION_SAYS = {
    RELATIONS[WHOLE]: "nearly all of a text",
    RELATIONS[PARAGRAPHS]: "a whole paragraph or more",
    RELATIONS[SENTENCES]: "a whole sentence or more",
    RELATIONS[PHRASES]: "less than a sentence",
}
"""What a match passes on, the most first, and what each name says."""

FURNITURE_SAYS = {
    FURNITURE[NONE]: "text",
    FURNITURE[EDGES]: "lines that are no sentences, before or after the body of several texts",
    FURNITURE[RUNNING]: "a line that is no sentence and returns throughout a text",
    FURNITURE[NUMBERS]: "numbers or letters that count up",
}
"""What kind of furniture a match is, and what each name says."""

ANY_FURNITURE = f"{', '.join(list(FURNITURE_SAYS)[:-1])} or {list(FURNITURE_SAYS)[-1]}"

ANY_RELATION = f"{', '.join(list(RELATION_SAYS)[:-1])} or {list(RELATION_SAYS)[-1]}"

LOOSE = {name: FOUND_SAYS[name] for name in (FOUND_BY[REWORDED], FOUND_BY[CONDENSED])}
"""Those of which a reader is told: of the others it goes without saying."""


def found_loosely(found_by: str) -> str:
    """`reworded: rarer words agree, in any order`; empty for what was found by its words in order."""
    return f"{found_by}: {LOOSE[found_by]}" if found_by in LOOSE else ""
