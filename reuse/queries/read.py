"""Reads a query: from what is typed to a tree.

What is pasted from a text is read as its words: its punctuation does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reuse.corpus.normalise import as_written, canonical
from reuse.corpus.tokenise import written_words
from reuse.errors import QueryError
from reuse.queries.expression import read_expression
from reuse.queries.signs import QUOTE, Sign, signs_of
from reuse.queries.tree import Either, Exactness, Gap, Near, Node, Query, Sequence, Word, exactly, words_in

ANY_LETTERS, ANY_LETTER = "*", "?"

WIDEST = 100
"""Most words that a gap or `near` spans."""

_DEEPEST = 30
"""Brackets within one another."""

_ANY_WORD = re.compile(r"(?<!\S)\*(?!\S)")
_STAND_INS = range(0xA500, 0xA600)
"""Letters (of Vai) that hardly any query has: the tokeniser takes them for letters as they are."""


def read_query(query: str) -> Query:
    """What a query asks for.

    Raises:
        QueryError: There is no word in it, or something that is not understood.
    """
    return _Reader(query).read()


class _Reader:
    """Goes through the signs of a query once, from left to right."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.signs = list(signs_of(query))
        self.number = 0
        self.depth = 0

    def read(self) -> Query:
        borders: list[Sign] = []
        tree = self._choices(borders)
        if self.number < len(self.signs):
            raise self._wrong(f") has no partner; {QUOTE}")
        if tree is None or not any(_has_letters(word) for word in words_in(tree)):
            raise QueryError(f"{self.query!r} has no word to look for", self.query, 0)
        begins = [0, *(sign.at + len(sign.text) for sign in borders)]
        ends = [*(sign.at for sign in borders), len(self.query)]
        choices = tuple(self.query[begin:end].strip() for begin, end in zip(begins, ends, strict=True))
        return Query(self.query, tree, choices, tuple(self._notes()))

    def _wrong(self, reason: str, sign: Sign | None = None) -> QueryError:
        sign = sign or self._next()
        return QueryError(reason, self.query, sign.at if sign else max(len(self.query) - 1, 0))

    def _next(self) -> Sign | None:
        return self.signs[self.number] if self.number < len(self.signs) else None

    def _take(self, kind: str) -> Sign | None:
        """The next sign if it is of this kind, which is then done with."""
        sign = self._next()
        if sign is None or sign.kind != kind:
            return None
        self.number += 1
        return sign

    def _choices(self, borders: list[Sign]) -> Node | None:
        """Alternatives; None where there is no word. The signs between them are added to `borders`."""
        choices = [self._near()]
        while sign := self._take("either"):
            borders.append(sign)
            choices.append(self._near())
            if None in choices:
                raise self._wrong(f"{sign.text} stands between two alternatives; here one is missing; {QUOTE}", sign)
        known = tuple(choice for choice in choices if choice is not None)
        return Either(known) if len(known) > 1 else next(iter(known), None)

    def _near(self) -> Node | None:
        left = self._line()
        while sign := self._take("near"):
            right = self._line()
            if left is None or right is None:
                raise self._wrong(f"{sign.text} stands between two things to look for; here one is missing", sign)
            left = Near(left, right, self._width(sign, sign.text.partition("/")[2]))
        return left

    def _line(self) -> Node | None:
        """What follows one another; None where there is no word."""
        parts: list[Node | Gap] = []
        gaps: list[Sign] = []
        first = self._next()
        while (sign := self._next()) and sign.kind not in {"either", "near", "close"}:
            exact = self._take("exact")
            sign = self.signs[self.number]  # behind = stands something
            self.number += 1
            if sign.kind == "gap":
                gaps.append(sign)
            for part in self._part(sign):
                _append(
                    parts, exactly(part, Exactness(len(exact.text))) if exact and not isinstance(part, Gap) else part
                )
        if parts and all(isinstance(part, Gap) for part in parts):
            raise self._wrong("* and gaps stand beside a word; here is no word to look for", first)
        self._check(parts, gaps)
        whole = tuple(parts)
        return whole[0] if len(whole) == 1 and not isinstance(whole[0], Gap) else Sequence(whole) if whole else None

    def _check(self, parts: list[Node | Gap], gaps: list[Sign]) -> None:
        """Refuse a gap of no fixed width at an edge."""
        for edge, sign in zip(parts[:1] + parts[-1:], gaps[:1] + gaps[-1:], strict=False):
            if isinstance(edge, Gap) and edge.least < edge.most:
                raise self._wrong(f"{sign.text} stands between two words; * stands for any one word", sign)

    def _part(self, sign: Sign) -> list[Node | Gap]:
        """What one sign stands for."""
        if sign.kind == "open":
            return self._group(sign)
        if sign.kind == "gap":
            least, _, most = sign.text[2:].partition("-")
            low, high = (self._width(sign, number) for number in (least, most or least))
            if low > high:
                raise self._wrong("the higher number of a gap comes last, as in ..2-5", sign)
            return [Gap(low, high) if most else Gap(0, low)]
        if sign.kind == "expression":
            read_expression(sign.text, self.query, sign.at)  # to refuse it here, where its place is known
            return [Word(sign.text, sign.text, "expression")]
        return list(_words(sign.text, self.query))

    def _width(self, sign: Sign, number: str) -> int:
        if len(number) > 3 or int(number) > WIDEST:
            raise self._wrong(f"{sign.text} is too wide; {WIDEST} words are the most", sign)
        return int(number)

    def _group(self, sign: Sign) -> list[Node | Gap]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._wrong(f"more than {_DEEPEST} brackets stand within one another", sign)
        inner = self._choices([])
        if not self._take("close"):
            raise self._wrong(f"( has no partner; {QUOTE}", sign)
        self.depth -= 1
        if inner is None:
            return []
        return list(inner.parts) if isinstance(inner, Sequence) else [inner]

    def _notes(self) -> Iterator[str]:
        """What may have been meant otherwise."""
        typed = [sign.text for sign in self.signs if sign.kind == "word"]
        if any(text.lower() == "or" for text in typed[1:-1]):
            yield "or is looked for as a word; (freedom or liberty) finds either"
        if any(text.rstrip(".,;:!)”’").endswith(ANY_LETTER) for text in typed):
            yield "? stands for one letter, leave it out if it is a question mark"


def _append(parts: list[Node | Gap], part: Node | Gap) -> None:
    """Add a part; gaps that follow one another are one."""
    last = parts[-1] if parts else None
    if isinstance(part, Gap) and isinstance(last, Gap):
        parts[-1] = Gap(last.least + part.least, last.most + part.most)
    else:
        parts.append(part)


def _words(text: str, query: str) -> Iterator[Word | Gap]:
    """The words of a text, none in `—`, two in `and/or`; a `*` by itself is any one."""
    letters, letter = [chr(code) for code in _STAND_INS if chr(code) not in query][:2]

    def back(text: str) -> str:
        return text.replace(letters, ANY_LETTERS).replace(letter, ANY_LETTER)

    for number, part in enumerate(_ANY_WORD.split(text)):
        if number:
            yield Gap(1, 1)
        for word in written_words(part.replace(ANY_LETTERS, letters).replace(ANY_LETTER, letter)):
            form = back(canonical(word))
            yield Word(back(as_written(word)), form, "wildcard" if {ANY_LETTERS, ANY_LETTER} & set(form) else "plain")


def _has_letters(word: Word) -> bool:
    return word.kind == "expression" or bool(re.sub(r"[*?]", "", word.form))
