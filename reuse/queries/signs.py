"""Cuts a query into its signs: words, quoted phrases, regular expressions, brackets, gaps, operators.

Signs of other query languages are refused, for a reader who gets another answer than was asked for does not notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from reuse.errors import QueryError

Kind = Literal["word", "phrase", "expression", "exact", "gap", "near", "either", "open", "close"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_EXPRESSION = "a regular expression for a word stands between slashes: /colou?rs?/"
QUOTE = 'to look for it as it stands in a text, quote it: "…"'
_FOREIGN = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"[\[\]]", f"[ and ] are not understood here; ? stands for any one letter, and {_EXPRESSION}"),
        (r"\\", f"a backslash is not understood here; {_EXPRESSION}"),
        (r"\.[*+?]", f"* alone stands for any letters or none; {_EXPRESSION}"),
        (r"[{}]", "braces are not understood here; ..2-5 stands for 2 to 5 words between"),
        (r"\^|(?<=\w)\$(?!\S)", "^ and $ are not understood; words are whole words without them"),
        (r"(?<=\w)\+(?!\S)", f"+ is not understood here; * stands for any letters or none, and {_EXPRESSION}"),
        (r"(?<=[^\W\d])%", "% is not understood; * stands for any letters or none"),
        (r"(?<=\w)~\d*(?!\S)", "~ is not understood; near/5 stands between what is up to 5 words apart"),
        (r"(?<!\S)\?+(?!\S)", "? stands for one letter within a word; * by itself stands for any one word"),
    )
)
_FOREIGN_IN_QUOTES = (
    *_FOREIGN,
    *(
        (re.compile(pattern), f"{reason}; leave the quotes out, or end them before it")
        for pattern, reason in (
            (r"\|", "within quotes | is not understood"),
            (r"\((?=[^()]*\s(?i:or)\s)", "within quotes there are no alternatives"),
            (r"(?<!\S)\.\.\d", "within quotes there is no gap"),
            (r"(?<!\S)/\S*|\S*/(?!\S)", "within quotes there is no regular expression"),
        )
    ),
)
_SIGN = re.compile(
    r"""(?P<exact>==?)(?=[^\s=|)])
      | "(?P<phrase>[^"]*)"
      | /(?P<expression>(?:[^/\s\\]|\\.|/(?=[^\s|)]))+)/(?=[\s|)]|$)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<either>\|)
      | (?P<word>(?:[^\s()|"]|(?<=[-\u2010\u00ad\u00ac])[ \t]*\r?\n\s*)+)  # a word may be broken at a line end
    """,
    re.VERBOSE,
)
_GAP = re.compile(r"\.\.\d+(?:-\d+)?")
_NEAR = re.compile(r"near/\d+", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\.{2,}|…+|\*{2,}|_+")
_OTHER_OPERATORS = frozenset({"AND", "NOT", "NEAR"})


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a query.

    Attributes:
        kind: What it is.
        text: Itself; of a phrase or an expression what it encloses.
        at: Where its text begins in the query.
    """

    kind: Kind
    text: str
    at: int


def signs_of(query: str) -> Iterator[Sign]:
    """The signs of a query.

    Raises:
        QueryError: Something is not understood.
    """
    at = depth = 0
    headline = query.isupper()  # it has AND and OR for words
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        found = _SIGN.match(query, at)
        if found is None:
            raise QueryError("a quotation mark has no partner; quotes come in pairs", query, at)
        sign = Sign(_kind_of(found), found[found.lastgroup or 0], found.start(found.lastgroup or 0))
        if sign.kind == "word":
            sign = _understood(sign, query, depth, headline=headline)
        elif sign.kind == "phrase":
            _refuse(sign, query, _FOREIGN_IN_QUOTES)
        elif sign.kind in {"open", "close"}:
            depth += 1 if sign.kind == "open" else -1
            _refuse_within_words(sign, query)
        yield sign
        at = found.end()


def _kind_of(found: re.Match[str]) -> Kind:
    return next(kind for kind in KINDS if kind == found.lastgroup)


def _understood(sign: Sign, query: str, depth: int, *, headline: bool) -> Sign:
    """A word, or the operator that it is."""
    text, at = sign.text, sign.at
    if (depth and text.lower() == "or") or (text == "OR" and not headline):
        return Sign("either", text, at)
    if text in _OTHER_OPERATORS and not headline:
        raise QueryError(f"{text} is no operator here; write it small to look for the word", query, at)
    if _NEAR.fullmatch(text):
        return Sign("near", text, at)
    if _GAP.fullmatch(text):
        return Sign("gap", text, at)
    if _ELLIPSIS.fullmatch(text) or text.startswith(".."):
        raise QueryError(f"..3 stands for up to 3 words between, * for exactly one; {QUOTE}", query, at)
    if text.startswith("/") or (text.endswith("/") and len(text) > 1):
        raise QueryError(
            "a regular expression stands between slashes and for one word, without spaces: /un.*/; alternatives are "
            "separated by | or OR",
            query,
            at if text.startswith("/") else at + len(text) - 1,
        )
    _refuse(sign, query, _FOREIGN)
    return sign


def _refuse(sign: Sign, query: str, foreign: tuple[tuple[re.Pattern[str], str], ...]) -> None:
    """Refuse what is not understood in a word or a phrase."""
    hits = ((found.start(), reason) for pattern, reason in foreign if (found := pattern.search(sign.text)))
    at, reason = min(hits, default=(-1, ""))
    if reason:
        raise QueryError(reason, query, sign.at + at)


def _refuse_within_words(sign: Sign, query: str) -> None:
    beside = query[sign.at - 1 : sign.at] if sign.kind == "open" else query[sign.at + 1 : sign.at + 2]
    if beside and (beside.isalnum() or beside in "*?"):
        raise QueryError(f"brackets within a word are not understood; {_EXPRESSION}", query, sign.at)
