"""A plain reading of the rules of normalising, one character at a time: the reference of the array tokeniser.

Every character becomes a letter that says its kind, and tokens are found from left to right by regular expressions over
these letters: W word · M mark · S letter of a script without spaces · a apostrophe · h hyphen · H soft hyphen ·
k invisible · e asterisk · s space · n line end · x anything else. Page numbers and running heads are not part of it.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’‘ʼ＇՚‛"
HYPHENS = "-‐‑⸗⹀﹣－¬\ufffe"
SOFT_HYPHEN = "\u00ad"
SPACELESS = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)


POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
THOUSANDS = re.compile("(?<![0-9])(?<![0-9][.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")


def numeric(text: str) -> str:
    """The text with the digits, points and commas of all scripts as those of ASCII, for finding numbers in it."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and kind(c) == "W" else "x" if c.isdecimal() else c for c in text
    ).translate(str.maketrans("٫．٬，", "..,,"))


def kind(character: str) -> str:
    listed = {"a": APOSTROPHES, "h": HYPHENS, "H": SOFT_HYPHEN, "e": "*", "n": "\n\r\x0b\x0c\x85\u2028\u2029", "M": "ﾞﾟ"}
    listed |= {"k": "\u0640", "x": "²³¹⁰⁴⁵⁶⁷⁸⁹"}
    category = unicodedata.category(character)
    for one, characters in listed.items():
        if character in characters:
            return one
    if character.isspace():
        return "s"
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return "k"
    if category.startswith("M"):
        return "M"
    if category[0] in "LN":
        return "S" if SPACELESS.match(character) else "W"
    return "x"


def form(word: str) -> str:
    """What a token's letters mean: case, Unicode form, quotes, hyphens and invisible characters do not count."""
    one_form = unicodedata.normalize("NFKC", word)
    with_iota = ["\u0345" in unicodedata.normalize("NFD", c) and c != "\u0345" for c in one_form]
    folded = "".join(c.lower() if iota else c.casefold() for c, iota in zip(one_form, with_iota, strict=True))
    folded = unicodedata.normalize("NFKC", folded)
    points = {match.start() for match in POINT.finditer(numeric(folded))}
    kept = [
        ("'" if kind(c) == "a" else "." if at in points else c)
        for at, c in enumerate(folded)
        if kind(c) in "WMSa" or at in points
    ]
    return unicodedata.normalize("NFKC", "".join(kept))


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Start, end and form of every token."""
    found = []
    start = 0
    letters = list(map(kind, text))
    for point in POINT.finditer(numeric(text)):
        letters[point.start()] = "W"
    for number in THOUSANDS.finditer(numeric(text)):
        for comma in re.finditer(",", number.group()):
            letters[number.start() + comma.start()] = "k"
    kinds = "".join(letters)
    at = 0
    while at < len(text):
        if kinds[at] not in "WMS":
            at += 1
            continue
        start, solo = at, kinds[at] == "S"
        at += 1
        while at < len(text):
            if kinds[at] == "M" or (kinds[at] == "W" and not solo):
                at += 1
            elif not solo and (end := _over_joiner(text, kinds, at)):
                at = end
            else:
                break
        found.append((start, at, form(text[start:at])))
    return found


def _over_joiner(text: str, kinds: str, at: int) -> int | None:
    """Where the word goes on after what does not count inside it, if it does."""
    joiner = re.compile("[kH]*[ah][kH]*|[kH]+").match(kinds, at)
    if joiner and kinds[joiner.end() : joiner.end() + 1] in {"W", "M"}:
        visible = "h" in joiner.group()
        both_digits = text[at - 1].isdecimal() and text[joiner.end()].isdecimal()
        if not (visible and both_digits):
            return joiner.end()
    if (emphasis := re.compile("[kH]*e{1,3}").match(kinds, at)) and kinds[emphasis.end() : emphasis.end() + 1] == "W":
        return emphasis.end()
    broken = re.compile("[kH]*[hH][kH]*[sn]+").match(kinds, at)
    if broken and "n" in broken.group() and broken.end() < len(text) and broken.end() - at < 400:
        end = behind_margin(text, at, broken.end())
        if kinds[end : end + 1] == "W" and goes_on(text, at, end):
            return end
    return None


def goes_on(text: str, at: int, end: int) -> bool:
    """Whether the letter at `end` goes on with the word before `at`: by case, as a reader would say."""
    if text[end].islower():
        return re.compile(r"(?:and|or|und|oder|et|ou|och|og|eller|en|of|и|или)\b").match(text, end) is None
    half = ""
    while at > len(half) and text[at - len(half) - 1].isalpha():
        half = text[at - len(half) - 1] + half
    if text[end].isupper() or text[end].istitle():
        return len(half) > 1 and half.isupper() and text[end : end + 2].isalpha() and text[end : end + 2].isupper()
    last = text[at - 1]
    return text[end].isalpha() and not (last.islower() or last.isupper() or last.istitle() or last.isdigit())


def behind_margin(text: str, at: int, end: int) -> int:
    """Behind a sign or a line's number at the margin of the second half; `end` where there is none."""
    margin = r"[ \t]*(?:([>|])[>| \t]*|(\d{1,5})[ \t]+)(?=[^\W\d_])"
    start = text.rfind("\n", 0, end) + 1
    here = re.compile(margin).match(text, start)
    if here is None or text[start:end].strip(" \t"):
        return end
    if here[1]:
        return here.end()
    above = re.match(margin, text[text.rfind("\n", 0, at) + 1 : at])
    below = re.compile(margin).match(text, text.find("\n", here.end()) + 1) if "\n" in text[here.end() :] else None
    follows = above and above[2] and int(above[2]) + 1 == int(here[2])
    precedes = below and below[2] and int(below[2]) - 1 == int(here[2])
    return here.end() if follows or precedes else end
