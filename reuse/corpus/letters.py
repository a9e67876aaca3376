"""Letters that readers take for the same: for matching and searching, never for what is shown or counted.

A rule belongs to a script and acts on its letters only, so that no guess about a text's language can be wrong and a
text's words do not depend on what is read beside it. One rule goes by a language: where a document is Latin, u and v
are one letter in all of them, which makes next to no words of other languages one. Words that only these rules make
equal stay different words in lists, formulas and keyness.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

from reuse.corpus.characters import decimal_digits
from reuse.corpus.languages import GUESS, stemmer_of
from reuse.errors import MissingExtraError, UsageError
from reuse.options import ReadOptions

Table = dict[int, str | None]

RULES = {
    "accents": "letters with and without accents: Latin, Greek, Cyrillic (é e, ü u, ñ n, ł l, ø o, ё е; not й и)",
    "ligatures": "æ and ae, œ and oe",
    "uv": "u and v, i and j where old print and Latin write the one for the other (vpon, haue, uita, iustice)",
    "turkish": "dotted and dotless i",
    "arabic": "Arabic and Persian with and without vowel marks; the forms of alef, ya, kaf and ta marbuta",
    "hebrew": "Hebrew with and without points; final letters",
    "digits": "the digits of all scripts",
    "latin": "u and v, i and j throughout (silua, conjunx; part of `all` where a document is Latin)",
    "chinese": "traditional and simplified characters (needs textreuse[chinese]; not part of `all`)",
}
"""What each rule takes for the same."""

APART = ("latin", "chinese")
"""Rules that are not part of `all`: the one goes by the language, the other needs a package."""

LATIN = "latin"
"""The rule, and the language, in which u and v are one letter."""

_SEPARATOR = "\0"  # stands in no word, and nothing composes over it
_KEPT = {"й": "\ue000", "ї": "\ue001", "ў": "\ue002"}  # letters of their own, though Unicode takes them apart
_EQUAL = {
    "accents": {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t"},
    "ligatures": {"æ": "ae", "œ": "oe"},
    "turkish": {"ı": "i"},
    "arabic": dict.fromkeys("ٱ", "ا")
    | dict.fromkeys("ىیې", "ي")
    | dict.fromkeys("کڪ", "ك")
    | dict.fromkeys("ةەہھۀۃ", "ه"),
    "hebrew": {"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ"},
}
"""Letters that a rule spells as others."""

_VOWEL = "[aeiou]"
_OLD_PRINT = (
    (re.compile(r"v(?<=\bv)(?=[b-df-hj-np-tv-z][a-z])"), "u"),
    (re.compile(rf"u(?:(?<=\bu)(?={_VOWEL}[a-z])|(?<={_VOWEL}u)(?<![qg]uu)(?={_VOWEL}))"), "v"),
    (re.compile(rf"i(?:(?<=\bi)(?={_VOWEL}[a-z])|(?<={_VOWEL}i)(?<![qg]ui)(?={_VOWEL}))"), "j"),
)
"""Where only old print has them: v before a consonant at the beginning of a word, u and i before a vowel at the
beginning or between vowels. Words as they are written today are spelt as they are.

Each pattern begins with its letter, which a search finds fifteen times as fast as what may stand before it."""

_BARE_ENDINGS = {"french": re.compile(r"(?<=[a-z]{3})ee(s?)$")}
"""Endings that a stemmer knows by their accents only (donnée, données), and that are another one without them."""

_UNWRITTEN = {
    "accents": ((0x300, 0x36F), (0x483, 0x487), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
    "turkish": ((0x307, 0x307),),
    "arabic": (
        *((0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670)),
        *((0x6D6, 0x6DC), (0x6DF, 0x6E8), (0x6EA, 0x6ED), (0x8D3, 0x8FF)),
    ),
    "hebrew": ((0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5), (0x5C7, 0x5C7)),
}
"""Marks, as ranges of code points, that a rule passes over."""


def rule_names(asked: str) -> tuple[str, ...]:
    """The rules that an option asks for: `all`, `none`, or names with commas between.

    Raises:
        UsageError: There is no such rule.
    """
    names = [name.strip().lower() for name in asked.split(",") if name.strip()]
    unknown = [name for name in names if name not in {*RULES, "all", "none"}]
    if unknown:
        raise UsageError(f"no rule for letters is called {unknown[0]!r}; there are all, none, {', '.join(RULES)}")
    every = [rule for rule in RULES if rule in names or ("all" in names and rule not in APART)]
    return tuple(every)


def letters_of(options: ReadOptions) -> SameLetters:
    """What the options take for the same; a language that is still to be guessed has no stems.

    Raises:
        MissingExtraError: It needs a package that is not installed.
        UsageError: There is no such rule, or there are no stems of the language.
    """
    return SameLetters(rule_names(options.same_letters), None if options.stem == GUESS else options.stem)


class SameLetters:
    """Spells words as their class: words that readers take for the same have one key.

    Args:
        rules: Names of rules (see RULES).
        stem: Language whose words are of one class where their stems are the same; None: of none.

    Raises:
        MissingExtraError: `chinese` or the stems need a package that is not installed.
        UsageError: There are no stems of the language.
    """

    def __init__(self, rules: Sequence[str], stem: str | None = None) -> None:
        self._rules = tuple(rules)
        self._stemmer = None if stem is None else stemmer_of(stem)
        self._ending = _BARE_ENDINGS.get(stem or "") if "accents" in rules else None
        self._decomposes = bool(set(rules) & {"accents", "turkish", "arabic", "hebrew"})
        self._old_print = "uv" in rules and LATIN not in rules
        self._latin = str.maketrans("vj", "ui") if LATIN in rules else {}
        self._simplified = _simplified() if "chinese" in rules else {}

    @cached_property
    def _table(self) -> Table:
        """What each rule spells as something else; many words are ASCII alone, which no rule's table is about."""
        return {code: to for rule in self._rules for code, to in _table_of(rule).items()}

    def key(self, word: str) -> str:
        """The class of a word in its canonical form, or of its stem."""
        word = self.plain(word)
        for pattern, letter in _OLD_PRINT if self._old_print else ():
            word = pattern.sub(letter, word)
        return word

    def plain(self, word: str) -> str:
        """A word, or a part of one, spelt letter by letter: what the rules of old print look at stays."""
        word = word.translate(self._latin) if self._latin else word
        if word.isascii():
            return word
        if self._decomposes:
            for letter, stand_in in _KEPT.items():
                word = word.replace(letter, stand_in)
            word = unicodedata.normalize("NFD", word)
        word = unicodedata.normalize("NFC", word.translate(self._table))
        for letter, stand_in in _KEPT.items() if self._decomposes else ():
            word = word.replace(stand_in, letter)
        return word.translate(self._simplified) if self._simplified else word

    def unstemmed(self) -> SameLetters:
        """The same letters, without the stems."""
        return SameLetters(self._rules) if self._stemmer else self

    def keys(self, words: Sequence[str]) -> list[str]:
        """The class of each word; hyphens, which a word may be shown with, do not count, for any rule."""
        if not words:
            return []
        spelt = self.key(_SEPARATOR.join(words).replace("-", "")).split(_SEPARATOR)
        if not self._stemmer:
            return spelt
        # Letters first: a text without accents has the stems of the same text with them.
        return self._stemmer.stemWords([self._ending.sub(r"e\1", word) for word in spelt] if self._ending else spelt)


def _table_of(rule: str) -> Table:
    if rule == "digits":
        return _digits()
    table: Table = {code: None for low, high in _UNWRITTEN.get(rule, ()) for code in range(low, high + 1)}
    return table | {ord(letter): to for letter, to in _EQUAL.get(rule, {}).items()}


@lru_cache(maxsize=1)
def _digits() -> Table:
    """Every decimal digit but those of ASCII."""
    return {ord(digit): str(unicodedata.decimal(digit)) for digit in decimal_digits()}


@lru_cache(maxsize=1)
def _simplified() -> Table:
    """Simplified form of every traditional character that has another."""
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("the rule 'chinese' needs OpenCC: pip install 'textreuse[chinese]'") from None
    convert = OpenCC("t2s").convert
    letters = [chr(code) for low, high in ((0x3400, 0x9FFF), (0x20000, 0x2FFFF)) for code in range(low, high + 1)]
    simple = convert("\n".join(letters)).split("\n")
    return {ord(one): to for one, to in zip(letters, simple, strict=True) if one != to and len(to) == 1}
