"""What is one text, where a passage was taken from, what a match passes on, and what is no text to pass on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reuse.options.checks import below, not_shares


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """When the passages of two matches carry one text.

    Attributes:
        same: Share of the longer of two passages that both must have in common, and more.
        within: The same share of the shorter one, if that is more than `half` of the longer: a text that lacks its
            beginning or its end.
        half: See `within`.
        common: Least share of the words that the one or the other match aligns, whichever aligns fewer, that both do.
    """

    same: float = 0.7
    within: float = 0.9
    half: float = 0.5
    common: float = 0.5

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from not_shares(self, "same", "within", "half", "common")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Where a passage was taken from.

    Attributes:
        word: By how much (0 to 1) each word that differs makes a witness less likely to be the source.
        far: Words that differ beyond which nothing changes any more.
        carries: Least share of the words of a passage that another must have, in order, to be its source.
        shared: The same share of the shorter of two passages of one cluster.
        compared: Most wordings of its text that a passage is compared with; of more, those that rare words lead to.
        looked_at: Of these, the ones that are nearest at first sight and are compared stretch by stretch.
    """

    word: float = 0.5
    far: int = 64
    carries: float = 0.5
    shared: float = 0.25
    compared: int = 16
    looked_at: int = 3

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from not_shares(self, "word", "carries", "shared")
        yield from below(self, 1, "", "far", "compared", "looked_at")


@dataclass(frozen=True, slots=True)
class RelationOptions:
    """When a match passes on a whole text, whole paragraphs or whole sentences, and not phrases only.

    Attributes:
        most: Share of the words of a text, a paragraph or a sentence that must agree.
        sentence: Fewest words of a sentence that counts, and of a text: a cry is a sentence that anybody may repeat.
        paragraph: Fewest words of a paragraph that counts: a heading is one, too.
    """

    most: float = 0.8
    sentence: int = 6
    paragraph: int = 20

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from not_shares(self, "most")
        yield from below(self, 1, "", "sentence", "paragraph")


@dataclass(frozen=True, slots=True)
class FurnitureOptions:
    """What of a page is no text that anybody passes on; it is marked and kept, and not shown at first.

    Attributes:
        enabled: Whether it is looked for.
        share: Share of the words of both passages of a match that must be such.
        texts: Texts that have it before or behind their body, copies of a text counted once.
        returns: Times that a line returns in one text, to be a running head.
        apart: Words from the beginning of one of these to the next.
    """

    enabled: bool = True
    share: float = 0.9
    texts: int = 3
    returns: int = 3
    apart: int = 100

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from not_shares(self, "share")
        yield from below(self, 1, "", "texts", "returns", "apart")
