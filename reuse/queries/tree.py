"""What a query asks for, as a tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

Kind = Literal["plain", "wildcard", "expression"]


class Exactness(IntEnum):
    """What tells two words apart."""

    SAME_TO_READERS = 0
    """Neither case nor accents, as everywhere in the search."""
    ACCENTS = 1
    """Accents and other letters that readers take for the same; but not case."""
    AS_WRITTEN = 2
    """Every character, as it stands in the text."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or several that one pattern stands for.

    Attributes:
        written: As typed, with its wildcards; of an expression what stands between the slashes.
        form: Normal form, with wildcards; of an expression as `written`.
        kind: Whether it is compared letter by letter, has wildcards, or is a regular expression.
        exactness: What tells it from others.
    """

    written: str
    form: str
    kind: Kind = "plain"
    exactness: Exactness = Exactness.SAME_TO_READERS

    def __str__(self) -> str:
        return "=" * self.exactness + (f"/{self.written}/" if self.kind == "expression" else self.written)


@dataclass(frozen=True, slots=True)
class Gap:
    """Any words; `least` to `most` of them."""

    least: int
    most: int

    def __str__(self) -> str:
        if self.least == self.most:
            return " ".join("*" * self.most)
        return f"..{self.most}" if not self.least else f"..{self.least}-{self.most}"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts that follow one another; before and behind a gap stands something else, unless its width is fixed."""

    parts: tuple[Node | Gap, ...]

    def __str__(self) -> str:
        return " ".join(map(_enclosed, self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    choices: tuple[Node, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.choices))


@dataclass(frozen=True, slots=True)
class Near:
    """Two that stand at most so many words apart, in either order."""

    left: Node
    right: Node
    words: int

    def __str__(self) -> str:
        return f"{_enclosed(self.left)} near/{self.words} {_enclosed(self.right)}"


Node = Word | Sequence | Either | Near


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read.

    Attributes:
        text: As typed.
        tree: What it asks for.
        choices: The alternatives at the top, as typed; the whole of it if there are none.
        notes: What may be meant otherwise, and how to ask for that.
    """

    text: str
    tree: Node
    choices: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it asks for words one after the other and nothing else."""
        parts = self.tree.parts if isinstance(self.tree, Sequence) else (self.tree,)
        return all(isinstance(part, Word) and part.kind != "expression" for part in parts)


def exactly(node: Node, exactness: Exactness) -> Node:
    """The same, with all words in it compared so."""
    if isinstance(node, Word):
        return replace(node, exactness=max(node.exactness, exactness))
    if isinstance(node, Sequence):
        return Sequence(tuple(part if isinstance(part, Gap) else exactly(part, exactness) for part in node.parts))
    if isinstance(node, Either):
        return Either(tuple(exactly(choice, exactness) for choice in node.choices))
    return Near(exactly(node.left, exactness), exactly(node.right, exactness), node.words)


def words_in(node: Node) -> list[Word]:
    """All words that it asks for, in the order in which they are typed."""
    if isinstance(node, Word):
        return [node]
    if isinstance(node, Near):
        return words_in(node.left) + words_in(node.right)
    inner = node.choices if isinstance(node, Either) else node.parts
    return [word for part in inner if not isinstance(part, Gap) for word in words_in(part)]


def _enclosed(node: Node | Gap) -> str:
    return f"({node})" if isinstance(node, Either | Near) else str(node)
