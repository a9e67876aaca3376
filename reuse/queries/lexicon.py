"""Which words of a corpus a word of a query stands for. Patterns look at word types, never at the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.letters import SameLetters
from reuse.corpus.tokenise import hash_classes
from reuse.corpus.tokens import Vocabulary
from reuse.queries.automaton import Automaton, Graph, Letters
from reuse.queries.expression import read_expression
from reuse.queries.tree import Exactness, Word

_HYPHEN = ord("-")


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of a corpus, spelt, by number.

    Attributes:
        normal: Normal forms without hyphens, which do not count.
        keys: What readers take them for: equal for words of one class.
    """

    normal: list[str]
    keys: list[str]

    @classmethod
    def of(cls, words: Sequence[str], letters: SameLetters) -> Forms:
        """Of the normal forms, hyphens and all."""
        normal = "\n".join(words).replace("-", "").split("\n") if words else []
        return cls(normal, letters.unstemmed().keys(normal))


class Lexicon:
    """The words of a corpus, to be looked up by words of a query.

    Args:
        vocabulary: Hashes and classes of the words.
        letters: Which letters readers take for the same.
        forms: Gives their forms; called when a pattern is looked up.
    """

    def __init__(self, vocabulary: Vocabulary, letters: SameLetters, forms: Callable[[], Forms]) -> None:
        self._hashes = np.asarray(vocabulary.hashes)
        self._classes = np.asarray(vocabulary.classes)
        self._letters = letters
        self._forms = forms

    def ids(self, word: Word) -> NDArray[np.int64]:
        """Numbers (int64, rising) of the words that one of a query stands for.

        Of a word that is compared as it is written these are all that may be meant: `spelt_as` tells.

        Raises:
            UsageError: A regular expression takes too long.
        """
        alike = word.exactness == Exactness.SAME_TO_READERS
        if word.kind == "plain":
            wanted = hash_classes([word.form], self._letters if alike else SameLetters(()))
            return np.flatnonzero((self._classes if alike else self._hashes) == wanted[0]).astype(np.int64)
        forms = self._forms()
        found = self._matching(word, forms.normal, alike=False)
        if not alike:
            return np.array(found, dtype=np.int64)
        both = np.array([*found, *self._matching(word, forms.keys, alike=True)], dtype=np.int64)
        return np.flatnonzero(np.isin(self._classes, self._classes[both])).astype(np.int64)

    def _matching(self, word: Word, forms: Sequence[str], *, alike: bool) -> list[int]:
        """Numbers of the forms (or keys, if `alike`) that a pattern describes."""
        if word.kind == "wildcard":
            pattern = wildcard(self._letters.plain(word.form) if alike else word.form)
            return [number for number, form in enumerate(forms) if pattern.fullmatch(form)]
        graph = _without_hyphens(read_expression(word.written, word.written, 0))
        if alike:
            graph = _with(graph, self._letters.plain)
        fold = self._same_to_readers if word.exactness == Exactness.SAME_TO_READERS else _of_any_case
        return Automaton(graph, fold).accepted(forms)

    def _same_to_readers(self, letter: str) -> Iterable[str]:
        return {*_of_any_case(letter), self._letters.plain(letter)}


def spelt_as(word: Word) -> Callable[[str], bool]:
    """Whether a spelling is that of a word of a query, character by character."""
    if word.kind == "plain":
        return word.written.__eq__
    if word.kind == "wildcard":
        pattern = wildcard(word.written)
        return lambda spelling: pattern.fullmatch(spelling) is not None
    return Automaton(read_expression(word.written, word.written, 0), lambda letter: (letter,)).accepts


def wildcard(typed: str) -> re.Pattern[str]:
    """A word with `*` and `?` as a pattern for the whole of a word, which never looks back: time is linear."""
    first, *others = (re.escape(part).replace(r"\?", ".") for part in typed.split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    *inner, last = others
    between = "".join(f"(?>.*?{part})" for part in inner)
    return re.compile(f"{first}{between}.*{last}", re.DOTALL)


def _of_any_case(letter: str) -> Iterable[str]:
    return {letter, letter.upper(), letter.lower()}


def _with(graph: Graph, plain: Callable[[str], str]) -> Graph:
    """The same expression; for each of its letters that which is the same to readers stands too."""

    def widened(letters: Letters) -> Letters:
        single = {plain(chr(low).lower()) for low, high in letters.ranges if low == high}
        return Letters(
            (*letters.ranges, *((ord(one), ord(one)) for one in sorted(single) if len(one) == 1)),
            letters.kinds,
            letters.negated,
        )

    steps = [None if step is None else (widened(step[0]), step[1]) for step in graph.steps]
    return Graph(steps, graph.free, graph.end)


def _without_hyphens(graph: Graph) -> Graph:
    """The same expression for words whose hyphens were taken out."""
    free = [list(ways) for ways in graph.free]
    for place, step in enumerate(graph.steps):
        if step and (_HYPHEN, _HYPHEN) in step[0].ranges and not step[0].negated:
            free[place].append(step[1])
    return Graph(graph.steps, free, graph.end)
