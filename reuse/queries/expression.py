r"""Reads a regular expression for whole words.

There are letters, `.`, sets such as `[aeiou]` and `[^a-m]`, `\w`, `\d` and their opposites, groups, `|`, and the
repetitions `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}`. What looks around, refers back or goes beyond a word is refused.
"""

from __future__ import annotations

import re

from reuse.errors import QueryError, UsageError
from reuse.queries.automaton import Graph, Letters

_KINDS = {"w": "isalnum", "d": "isdecimal"}
_ANY = Letters((), negated=True)
_COUNTED = re.compile(r"\{(\d+)(,?)(\d*)\}")
_MOST = 256
"""Highest number of a repetition: no word is so long."""

_DEEPEST = 30
"""Brackets within one another."""

_Piece = tuple[int, int]
"""Where a part of the graph begins and ends."""


def read_expression(source: str, query: str, at: int) -> Graph:
    """An expression as a graph.

    Args:
        source: What stands between the slashes.
        query: What it is part of, for errors.
        at: Where in the query it begins.

    Raises:
        QueryError: Something is not understood.
    """
    return _Reader(source, query, at).read()


class _Reader:
    """Goes through an expression once and draws its graph; to repeat a part it is read again."""

    def __init__(self, source: str, query: str, at: int) -> None:
        self.source, self.query, self.offset = source, query, at
        self.graph = Graph()
        self.at = self.depth = 0

    def read(self) -> Graph:
        start = self.graph.place()
        if self.source.startswith("^"):
            self.at = 1
        try:
            begin, end = self._choices()
        except UsageError as error:
            if isinstance(error, QueryError):
                raise
            raise QueryError(str(error), self.query, self.offset) from error
        if self.at < len(self.source):
            raise self._wrong(") has no partner", self.at)
        self.graph.free[start].append(begin)
        self.graph.end = end
        return self.graph

    def _wrong(self, reason: str, at: int) -> QueryError:
        return QueryError(f"{reason} in the regular expression /{self.source}/", self.query, self.offset + at)

    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _choices(self) -> _Piece:
        choices = [self._line()]
        while self._here() == "|":
            self.at += 1
            choices.append(self._line())
        if len(choices) == 1:
            return choices[0]
        begin, end = self.graph.place(), self.graph.place()
        for first, last in choices:
            self.graph.free[begin].append(first)
            self.graph.free[last].append(end)
        return begin, end

    def _line(self) -> _Piece:
        begin = last = self.graph.place()
        while self._here() not in {"", "|", ")"}:
            if self._here() == "$" and self.at == len(self.source) - 1:
                self.at += 1
                break
            first, end = self._repeated()
            self.graph.free[last].append(first)
            last = end
        return begin, last

    def _repeated(self) -> _Piece:
        start = self.at
        piece = self._one()
        least, most = self._times()
        after = self.at
        if self._here() and self._here() in "*+?{":
            raise self._wrong("two repetitions follow one another; brackets go around what is repeated", self.at)
        if (least, most) == (1, 1):
            return piece
        # What is written out once has been drawn; further copies are drawn by reading the part again.
        pieces = [piece]
        for _ in range(max(least, most or 0, 1) - 1):
            self.at = start
            pieces.append(self._one())
        self.at = after
        return self._joined(pieces, least, most)

    def _joined(self, pieces: list[_Piece], least: int, most: int | None) -> _Piece:
        begin, end = self.graph.place(), self.graph.place()
        last = begin
        for number, (first, behind) in enumerate(pieces if most != 0 else []):
            if number >= least:
                self.graph.free[last].append(end)
            self.graph.free[last].append(first)
            last = behind
        if most is None:
            self.graph.free[last].append(pieces[-1][0])
        self.graph.free[last].append(end)
        return begin, end

    def _times(self) -> tuple[int, int | None]:
        sign = self._here()
        if sign and sign in "*+?":
            self.at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        if sign != "{":
            return 1, 1
        found = _COUNTED.match(self.source, self.at)
        if found is None:
            raise self._wrong("{ counts, as in {2}, {2,} or {2,4}; \\{ is the sign itself", self.at)
        least = int(found[1])
        most = int(found[3]) if found[3] else None if found[2] else least
        if max(least, most or 0) > _MOST or (most is not None and most < least):
            raise self._wrong(f"{found[0]} counts to {_MOST} at most, and the higher number comes last", self.at)
        self.at = found.end()
        return least, most

    def _one(self) -> _Piece:
        start, sign = self.at, self._here()
        self.at += 1
        if sign == "(":
            return self._group(start)
        if sign == "[":
            return self._step(self._set(start))
        if sign == ".":
            return self._step(_ANY)
        if sign == "\\":
            return self._step(self._escaped(start))
        if sign in "*+?{":
            raise self._wrong(f"there is nothing before {sign} to repeat", start)
        if sign in "^$":
            raise self._wrong(f"{sign} is not needed: the whole word is compared; leave it out", start)
        return self._step(Letters(((ord(sign), ord(sign)),)))

    def _step(self, letters: Letters) -> _Piece:
        begin, end = self.graph.place(), self.graph.place()
        self.graph.steps[begin] = (letters, end)
        return begin, end

    def _group(self, start: int) -> _Piece:
        if self.source.startswith("?:", self.at):
            self.at += 2
        elif self._here() == "?":
            raise self._wrong("(?… looks around or sets a flag, which is not understood; (?:…) is", start)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._wrong(f"more than {_DEEPEST} brackets stand within one another", start)
        piece = self._choices()
        if self._here() != ")":
            raise self._wrong("( has no partner", start)
        self.depth -= 1
        self.at += 1
        return piece

    def _escaped(self, start: int) -> Letters:
        sign = self._here()
        self.at += 1
        if sign.lower() in _KINDS:
            return Letters((), (_KINDS[sign.lower()],), sign.isupper())
        if not sign or sign.isalnum():
            raise self._wrong(f"\\{sign} is not understood; there are \\w, \\d, \\W, \\D", start)
        return Letters(((ord(sign), ord(sign)),))

    def _set(self, start: int) -> Letters:
        negated = self._here() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        kinds: list[str] = []
        first = self.at
        while self._here() != "]" or self.at == first:
            member = self._member(start)
            if member.kinds:
                if member.negated:
                    raise self._wrong("\\W and \\D do not stand in a set; [^\\w] and [^\\d] do", self.at - 2)
                kinds += member.kinds
                continue
            low = high = member.ranges[0][0]
            if self._here() == "-" and self.source[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.at += 1
                last = self._member(start)
                high = last.ranges[0][0] if last.ranges else -1
            if high < low:
                raise self._wrong("a range in a set goes from the lower letter to the higher one, as a-z", self.at - 1)
            ranges.append((low, high))
        self.at += 1
        return Letters(tuple(ranges), tuple(kinds), negated)

    def _member(self, start: int) -> Letters:
        sign, at = self._here(), self.at
        if not sign:
            raise self._wrong("[ has no partner", start)
        self.at += 1
        return self._escaped(at) if sign == "\\" else Letters(((ord(sign), ord(sign)),))
