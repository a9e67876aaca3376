"""Where sentences begin, and the parts between the marks in them.

A sentence ends at a full stop, question or exclamation mark (and their kin in other scripts) that is followed by
white space and something that can open a sentence, and at an empty line, unless the text visibly runs on over it (a
page end). Known abbreviations and single initials do not end one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.characters import TABLES
from reuse.corpus.normalise import Folded

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "gen",
        "col",
        "lt",
        "capt",
        "sgt",
        "rev",
        "hon",
        "gov",
        "sen",
        "rep",
        "pres",
        "messrs",
        "jr",
        "sr",
        "no",
        "nos",
        "vol",
        "vols",
        "pp",
        "fig",
        "figs",
        "cf",
        "viz",
        "vs",
        "etc",
        "al",
        "ed",
        "eds",
        "ch",
        "sec",
        "art",
        "approx",
        "dept",
        "est",
        "inc",
        "ltd",
        "co",
        "corp",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "eg",
        "ie",
        "bzw",
        "usw",
        "nr",
        "bd",
        "hrsg",
        "mme",
        "mlle",
    ]
)
"""Words after which a full stop does not end a sentence, normalised."""


_IN_NUMBERS = np.array([ord(mark) for mark in ".,:"])
_HYPHENS = np.array([ord(hyphen) for hyphen in characters.VISIBLE_HYPHENS])


def sentence_starts(
    text: Folded,
    starts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    abbreviated: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which tokens open a sentence.

    Args:
        text: The batch.
        starts: int64 (tokens,): row of each token's first character.
        lasts: int64 (tokens,): row of its last character.
        abbreviated: bool (tokens,): True for an abbreviation or a single letter.

    Returns:
        bool (tokens,). The first token of each text is for the caller to mark.
    """
    opens = np.zeros(len(starts), dtype=bool)
    if not len(starts):
        return opens
    opens[0] = True
    initials = text.codes[starts]
    lower = TABLES.lower[initials]

    ends = np.flatnonzero(text.classes == characters.TERMINATOR)
    following = np.searchsorted(starts, ends)
    inner = (following > 0) & (following < len(starts))
    ends, following = ends[inner], following[inner]
    # Something must stand between the mark and the word: "3.5" and "www.kcna.kp" run on, a Chinese full stop does not.
    apart = starts[following] > ends + 1
    solo = text.classes[starts[following]] == characters.SOLO
    direct_stop = (text.codes[ends] == ord(".")) & (lasts[following - 1] == ends - 1)
    ends_sentence = (apart | solo) & ~lower[following] & ~(direct_stop & abbreviated[following - 1])
    opens[following[ends_sentence]] = True

    lines = np.flatnonzero(text.classes == characters.NEWLINE)
    next_token = np.searchsorted(starts, lines)
    doubled = np.flatnonzero(next_token[1:] == next_token[:-1]) + 1
    # "\r\n" is one line end.
    doubled = doubled[(text.codes[lines[doubled]] != ord("\n")) | (text.codes[lines[doubled - 1]] != ord("\r"))]
    paragraphs = next_token[doubled]
    paragraphs = paragraphs[(paragraphs > 0) & (paragraphs < len(starts))]
    runs_on = lower[paragraphs] & ~_stops_before(text, lasts[paragraphs - 1], starts[paragraphs])
    opens[paragraphs[~runs_on]] = True
    return opens


def part_starts(
    text: Folded,
    starts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    abbreviated: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which tokens stand behind a mark that parts them from the token before: a comma, a bracket, a quote, a dash.

    A full stop behind an abbreviation parts nothing, nor does what stands within a number or an address ("3.5",
    "1,000", "10:30"), nor a hyphen but between spaces.

    Args:
        text: The batch.
        starts: int64 (tokens,): as in `sentence_starts`, like the next two.
        lasts: int64 (tokens,).
        abbreviated: bool (tokens,).

    Returns:
        bool (tokens,). That a sentence begins is told by `sentence_starts`.
    """
    opens = np.zeros(len(starts), dtype=bool)
    marks = np.flatnonzero((text.classes == characters.BREAK) | (text.classes == characters.TERMINATOR))
    marks = marks[TABLES.parts[text.codes[marks]]]
    following = np.searchsorted(starts, marks)
    inner = (following > 0) & (following < len(starts))
    marks, following = marks[inner], following[inner]
    codes = text.codes[marks]
    behind_word = lasts[following - 1] == marks - 1
    within = np.isin(codes, _IN_NUMBERS) & behind_word & (starts[following] == marks + 1)
    shortened = (codes == ord(".")) & behind_word & abbreviated[following - 1]
    hyphen = np.isin(codes, _HYPHENS) & (text.classes[marks - 1] != characters.SPACE)
    opens[following[~(within | shortened | hyphen)]] = True
    return opens


def _stops_before(text: Folded, lasts: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a mark that ends a sentence stands within two characters after `lasts` (closing quotes allowed)."""
    stops = np.zeros(len(lasts), dtype=bool)
    for distance in (1, 2):
        at = np.minimum(lasts + distance, len(text.classes) - 1)
        stops |= (text.classes[at] == characters.TERMINATOR) & (at < starts)
    return stops
