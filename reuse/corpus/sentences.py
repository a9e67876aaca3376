"""Where sentences begin, and the parts between the marks in them.

A sentence ends at a full stop, question or exclamation mark (and their kin in other scripts) that is followed by
white space and something that can open a sentence, and at an empty line, unless the text visibly runs on over it (a
page end). A title does not end one ("Mr.", "Ld."), nor what stands before a number ("No. 2"), nor the number of a list
("1. The") or of a day ("9. September"). Behind all other abbreviations and single letters one ends if the next word is
among those that are capital hardly but at a beginning: "the U.S. The war", not "the U.S. Senate".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import characters
from reuse.corpus.characters import TABLES
from reuse.corpus.month_names import MONTHS
from reuse.corpus.normalise import Folded


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _listed(
    "mr mrs ms dr prof st ste gen lt col capt cpt sgt cpl maj adm brig cmdr comdr rev revd hon gov sen "
    "rep pres messrs mme mlle ld supt insp atty wm chas geo thos hrsg fr hr dipl ing ph gens cols profs drs mt ft"
)
"""Abbreviations that stand before a name, normalised: a sentence does not end behind them."""

NUMBERED = _listed("no nos vol vols p pp fig figs ch chap sec secs art arts nr bd approx ca par pt stat cl supp pub")
"""Those that stand before a number: behind them a sentence does not end if one follows."""

SHORTENED = _listed(
    "jr sr esq cf viz vs etc al ed eds dept est inc ltd co cos corp bros jan feb mar apr jun jul aug sep "
    "sept oct nov dec eg ie bzw usw ave blvd assn govt natl univ"
)
"""All others: behind them a sentence ends only if one of OPENERS follows."""

EXCLAIMED = frozenset(("yahoo", "jeopardy"))
"""Names that end on an exclamation mark."""

OPENERS = _listed(
    "the a an this that these those there here it its he she they we you his her their our my i who what "
    "when where why how if in on at by for from with as to of and but or nor so yet not no all some many "
    "most both each after before since while although though because during until under between among "
    "through however then thus now meanwhile moreover nevertheless today yesterday such one let is are "
    "was were do does did have has had der die das den dem ein eine einen es er sie wir ich im am auf mit "
    "für aber und doch le la les un une il elle ils elles nous vous je ce cette ces et mais dans en el "
    "los las una lo y pero se su este esta gli della nel"
)
"""Words that are hardly capital but at the beginning of a sentence, normalised."""

ABBREVIATIONS = TITLES | NUMBERED | SHORTENED
"""All of them."""

_TITLE, _NUMBERED, _SHORTENED, _EXCLAIMED, _OPENER, _MONTH, _ROMAN = (1 << bit for bit in range(7))
_KINDS = (
    (_TITLE, TITLES),
    (_NUMBERED, NUMBERED),
    (_SHORTENED, SHORTENED),
    (_EXCLAIMED, EXCLAIMED),
    (_OPENER, OPENERS),
    (_MONTH, frozenset(month for month in MONTHS if len(month) > 3)),
    (_ROMAN, _listed("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")),
)


_IN_NUMBERS = np.array([ord(mark) for mark in ".,:"])
_QUOTES = np.array([ord(sign) for sign in "\"'\u201d\u2019\u00bb"])
_HYPHENS = np.array([ord(hyphen) for hyphen in characters.VISIBLE_HYPHENS])


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a batch, as far as sentences depend on them; all columns (tokens,).

    Attributes:
        starts: int64: row of each token's first character.
        lasts: int64: row of its last character.
        kinds: uint8: what kinds of word it is, one bit each; see `kinds_of`.
        single: bool: it is a single letter.
        number: bool: it begins with a digit.
    """

    starts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    single: NDArray[np.bool_]
    number: NDArray[np.bool_]

    @classmethod
    def of(cls, text: Folded, starts: NDArray[np.int64], ends: NDArray[np.int64], kinds: NDArray[np.uint8]) -> Words:
        """The tokens from `starts` to `ends` (half-open), given the kinds of each."""
        first = text.codes[starts]
        number = TABLES.digits[first]
        single = (ends - starts == 1) & (text.classes[starts] == characters.WORD) & ~number
        return cls(starts, ends - 1, kinds, single, number)

    def abbreviated(self) -> NDArray[np.bool_]:
        """bool: an abbreviation or a single letter."""
        return self.single | ((self.kinds & (_TITLE | _NUMBERED | _SHORTENED)) > 0)


def sentence_starts(text: Folded, words: Words, firsts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens open a sentence (bool).

    Args:
        text: The batch.
        words: Its tokens.
        firsts: int64: the first token of each text that has one; it always opens a sentence.
    """
    starts, lasts = words.starts, words.lasts
    opens = np.zeros(len(starts), dtype=bool)
    if not len(starts):
        return opens
    opens[firsts] = True
    lower = TABLES.lower[text.codes[starts]]

    ends = np.flatnonzero(text.classes == characters.TERMINATOR)
    following = np.searchsorted(starts, ends)
    inner = (following > 0) & (following < len(starts))
    ends, following = ends[inner], following[inner]
    # Something must stand between the mark and the word: "www.kcna.kp" runs on, a Chinese full stop does not.
    apart = starts[following] > ends + 1
    solo = text.classes[starts[following]] == characters.SOLO
    opens[following[(apart | solo) & ~lower[following] & ~_goes_on(text, words, ends, following)]] = True
    opens[_items(text, words, opens, firsts)] = False

    lines = np.flatnonzero(text.classes == characters.NEWLINE)
    next_token = np.searchsorted(starts, lines)
    doubled = np.flatnonzero(next_token[1:] == next_token[:-1]) + 1
    # "\r\n" is one line end.
    doubled = doubled[(text.codes[lines[doubled]] != ord("\n")) | (text.codes[lines[doubled - 1]] != ord("\r"))]
    paragraphs = next_token[doubled]
    paragraphs = paragraphs[(paragraphs > 0) & (paragraphs < len(starts))]
    runs_on = lower[paragraphs] & ~_stops_before(text, lasts[paragraphs - 1], starts[paragraphs])
    opens[paragraphs[~runs_on]] = True
    opens[firsts] = True
    return opens


def _goes_on(text: Folded, words: Words, ends: NDArray[np.int64], following: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a sentence goes on behind a mark, for it belongs to the word before it.

    Args:
        text: The batch.
        words: Its tokens.
        ends: int64: rows of marks.
        following: int64: the token that follows each.
    """
    before = following - 1
    direct = words.lasts[before] == ends - 1
    stop = direct & (text.codes[ends] == ord("."))
    kinds = words.kinds[before]
    # The initial of a name ("A. Smith") and "No. 2" are no openers, though "a" and "no" are.
    behind = text.codes[np.minimum(words.lasts[following] + 1, len(text.codes) - 1)]
    opener = ((words.kinds[following] & _OPENER) > 0) & (behind != ord("."))
    numbered = words.number[following] | words.single[following] | ((words.kinds[following] & _ROMAN) > 0)
    shortened = words.single[before] | ((kinds & _SHORTENED) > 0)
    # "No." is an answer as well.
    numbered &= (kinds & _NUMBERED) > 0
    day = words.number[before] & ((words.kinds[following] & _MONTH) > 0)
    goes_on = stop & (((kinds & _TITLE) > 0) | numbered | day | (shortened & ~opener))
    # "Why?" Mr. Kim asked.
    told = (text.codes[ends] != ord(".")) & ((words.kinds[following] & _TITLE) > 0)
    told &= np.isin(text.codes[np.minimum(ends + 1, len(text.codes) - 1)], _QUOTES)
    exclaimed = direct & (text.codes[ends] == ord("!")) & ((kinds & _EXCLAIMED) > 0) & ~opener
    found: NDArray[np.bool_] = goes_on | exclaimed | told
    return found


def _items(text: Folded, words: Words, opens: NDArray[np.bool_], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tokens behind the number or letter of an item, which do not open a sentence.

    It opens the sentence itself, at the beginning of a line or behind what stands before a number ("1. The", "Sec. 107.
    The"), or stands behind a comma or a colon ("1. Anna, 2. Tom").
    """
    at = np.flatnonzero((words.number | words.single)[:-1])
    at = at[text.codes[words.lasts[at] + 1] == ord(".")]
    before = words.starts[at] - 1
    line = np.isin(text.classes[before], (characters.NEWLINE, characters.BREAK)) & opens[at]
    section = (at > 0) & opens[at - 1] & ((words.kinds[at - 1] & _NUMBERED) > 0)
    mark = np.isin(text.codes[np.maximum(before - 1, 0)], [ord(sign) for sign in ",:;"])
    listed = words.number[at] & mark & (text.classes[before] == characters.SPACE)
    listed &= words.lasts[at] - words.starts[at] < 2
    found: NDArray[np.int64] = at[line | section | listed | np.isin(at, firsts)] + 1
    return found


@cache
def _known() -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    names = tuple(sorted(frozenset().union(*(listed for _, listed in _KINDS))))
    return names, np.array([sum(bit for bit, listed in _KINDS if name in listed) for name in names], dtype=np.uint8)


def known_words() -> tuple[str, ...]:
    """The words of a kind, normalised."""
    return _known()[0]


def kinds_of(hashes: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """The kinds of words (uint8, one bit each): title, before numbers, shortened, exclaimed, opener, month, Roman.

    Args:
        hashes: uint64 (words,): of the words.
        known: uint64: of `known_words`.
    """
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known, hashes, sorter=order), len(known) - 1)]
    return np.where(known[at] == hashes, _known()[1][at], 0).astype(np.uint8)


def part_starts(text: Folded, words: Words) -> NDArray[np.bool_]:
    """Which tokens stand behind a mark that parts them from the token before: a comma, a bracket, a quote, a dash.

    A full stop behind an abbreviation parts nothing, nor does what stands within a number or an address ("1,5",
    "10:30"), nor a hyphen but between spaces.

    Args:
        text: The batch.
        words: Its tokens.

    Returns:
        bool (tokens,). That a sentence begins is told by `sentence_starts`.
    """
    starts, lasts, abbreviated = words.starts, words.lasts, words.abbreviated()
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
