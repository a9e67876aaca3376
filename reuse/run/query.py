"""What is looked for, as typed: words that follow one another, `*` and `?` within them.

Case, accents in another form, hyphens and what stands between the words do not count, as nowhere in the search: a word
is looked for by its normal form, which all its spellings share. Signs of other query languages are refused, for a
reader who gets another answer than was asked for does not notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reuse.corpus.normalise import canonical
from reuse.corpus.tokenise import words_of
from reuse.errors import QueryError

ANY_LETTERS, ANY_LETTER = "*", "?"

_ALONE = "look for each form by itself, or with textreuse life, which takes / between forms"
_FOREIGN = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"[\[\]]", "brackets are not understood; ? stands for any one letter, * for any letters or none"),
        (r"\\", "a backslash is not understood; ? stands for any one letter, * for any letters or none"),
        (r"\.[*+?]", "regular expressions are not understood; * alone stands for any letters or none"),
        (r"[{}]", "braces are not understood; leave them out"),
        (r"\|", f"| is not understood; {_ALONE}"),
        (r"\((?=[^()]*\s(?i:or|and|not)\s)", f"alternatives are not understood; {_ALONE}"),
        (r"(?<=\w)\(|\)(?=\w)", f"brackets within a word are not understood; {_ALONE}"),
        (r"(?<!\S)/|/(?!\S)", f"/ is not understood here; {_ALONE}"),
        (r"\^|(?<=\w)\$(?!\S)", "^ and $ are not understood; words are whole words without them"),
        (r"(?<=\w)\+(?!\S)", "+ is not understood; * stands for any letters or none"),
        (r"(?<=[^\W\d])%", "% is not understood; * stands for any letters or none"),
        (r"(?<=\w)~\d*(?!\S)", "~ is not understood; * stands for any letters or none"),
    )
)
_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT|NEAR)(?!\S)")
_STAND_INS = range(0xA500, 0xA600)
"""Letters (of Vai) that hardly any query has: the tokeniser takes them for letters as they are."""


def words_sought(query: str) -> list[str]:
    """The words that a query asks for in line: normal forms, with `*` for any letters or none and `?` for any one.

    Raises:
        QueryError: There is no word in it, or a sign of another query language.
    """
    at, reason = min(_not_understood(query), default=(-1, ""))
    if reason:
        raise QueryError(reason, query, at)
    letters, letter = [chr(code) for code in _STAND_INS if chr(code) not in query][:2]
    typed = query.replace(ANY_LETTERS, letters).replace(ANY_LETTER, letter)
    words = [canonical(word).replace(letters, ANY_LETTERS).replace(letter, ANY_LETTER) for word in words_of(typed)]
    if not any(word.strip(ANY_LETTERS + ANY_LETTER) for word in words):
        raise QueryError(f"{query!r} has no word to look for", query, 0)
    return words


def forms_sought(query: str) -> list[str]:
    """The forms that count as one: what stands between the `/` of a query.

    Raises:
        QueryError: A `/` has no form beside it.
    """
    forms = query.split("/")
    at = 0
    for form in forms:
        if not form.strip():
            raise QueryError("/ stands between two forms; here one is missing", query, min(at, len(query) - 1))
        at += len(form) + 1
    return [form.strip() for form in forms]


def _not_understood(query: str) -> Iterator[tuple[int, str]]:
    """Where a sign of another query language stands, and what to do about it."""
    for pattern, reason in _FOREIGN:
        found = pattern.search(query)
        if found:
            yield found.start(), reason
    operator = _OPERATOR.search(query)
    if operator and not query.isupper():
        yield operator.start(), f"{operator[0]} is no operator here; write it small to look for the word, or {_ALONE}"


def has_wildcard(word: str) -> bool:
    """Whether a word of a query stands for several."""
    return ANY_LETTERS in word or ANY_LETTER in word
