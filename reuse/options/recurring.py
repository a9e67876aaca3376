"""What counts as a formula, as a form of one, as a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reuse.options.checks import below, not_shares


@dataclass(frozen=True, slots=True)
class FormulaOptions:
    """What counts as a formula.

    Attributes:
        min_tokens: Shortest formula, in tokens.
        min_documents: Fewest documents that must have it.
        max_formulas: Most formulas kept in the run, best first; how many there were is recorded.
    """

    min_tokens: int = 4
    min_documents: int = 2
    max_formulas: int = 200_000

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        if self.min_tokens < 2:
            yield f"formula min_tokens must be at least 2, not {self.min_tokens}"
        if self.min_documents < 1:
            yield f"formula min_documents must be at least 1, not {self.min_documents}"
        if self.max_formulas < 1:
            yield f"max_formulas must be at least 1, not {self.max_formulas}"


@dataclass(frozen=True, slots=True)
class FamilyOptions:
    """When two formulas are forms of one another.

    Attributes:
        likeness: Least share (0 to 1) of the information of both formulas, in bits of their single words, that lies in
            the words that they have in common. Words that differ only by spelling or inflection count as common.
        head_likeness: The same for a form of a form: what it must still share with the head of the family.
        content: Least share (0 to 1) of the content words of either formula that the other has too: "the secretary of
            war" is no form of "the secretary of state", however much of it is "the secretary of".
        company: How many times as often as by chance two formulas must stand in the same documents, three at least, for
            the content words that either has of its own to count twice: the Secretary of the Navy and the Secretary of
            the Treasury are spoken of side by side, and are two. Where three formulas or more are the same but for one
            place, they count half as much again.
        nested_likeness: The same as `likeness` where one of the two merely has more words before or behind: "the people
            of the united states" is a formula built on "of the united states", not a form of it. Less is asked of a
            form of a form, as by `head_likeness`; so it is of `content`.
        max_edits: Most words changed, inserted or left out, however short the formulas are.
        words_an_edit: Long formulas may have one edit for each so many words, less one.
        same_word: Least likeness (0 to 1, shared characters) of two words that count as one word spelt or inflected
            differently; two words that share their first half count as one as well.
        stem: Fewest letters that such a first half has.
        more_often: How many times as often as the head of a family a form that says less may stand: what stands more
            often is a more general formula, such as a part of the head that stands mostly elsewhere.
        bridge: Least share (0 to 1) of the forms of one family that must be near the head of another family for the
            two, forms of which are alike, to be one.
        function_bits: Words up to so surprising, in bits, are those of the grammar (in a corpus of n words, those up to
            half of log2 n, if that is less).
        content_bits: Words more surprising than that, in bits, are content words; those between the two are, unless the
            word before calls for them.
        called_for: Probability (0 to 1) of a word after the one before it from which on that word calls for it:
            "states" after "united".
    """

    likeness: float = 0.65
    head_likeness: float = 0.58
    content: float = 0.6
    company: float = 2.0
    nested_likeness: float = 0.9
    max_edits: int = 2
    words_an_edit: int = 4
    same_word: float = 0.85
    stem: int = 3
    more_often: float = 2.0
    bridge: float = 0.5
    function_bits: float = 7.0
    content_bits: float = 10.0
    called_for: float = 0.5

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from not_shares(
            self,
            "likeness",
            "head_likeness",
            "content",
            "nested_likeness",
            "same_word",
            "bridge",
            "called_for",
        )
        yield from below(self, 0, "", "max_edits", "function_bits", "content_bits")
        yield from below(self, 1, "", "words_an_edit", "stem", "more_often", "company")
        if self.head_likeness > self.likeness:
            yield f"head_likeness ({self.head_likeness}) must not be above likeness ({self.likeness})"


@dataclass(frozen=True, slots=True)
class FrameOptions:
    """What counts as a frame: a formula with slots.

    Attributes:
        min_documents: Fewest documents that must have it.
        min_occurrences: Fewest occurrences; two cannot pay for the description of a slot.
        max_frames: Most frames kept, best first.
        short_slot: Most words of a slot that is looked for between any two pairs of words that recur.
        long_slot: Most words of a slot that is looked for behind the beginning of a sentence, between runs of three
            words that recur, and between rare pairs.
        association: How many times as often as by chance the pairs of words at the borders of a short slot must stand
            together.
        part_within: Behind the beginning of a sentence, words that stand less than once in so many words of the corpus
            are no part of a frame.
        open_within: The same for words the second of which varies: rarer ones save nothing.
        slack: An occurrence whose slot is longer than twice the usual length of that slot and so many words is a
            chance neighbour.
        listed: Most words of the longest filler of a slot whose fillers are written down as a list; longer ones are
            free text.
        list_allowance: Bits an occurrence that a list of fillers may save, as long as that has not been reckoned; a
            slot that is not worth its name even so is not looked at further.
        variety: Least share (0 to 1) of the occurrences of a slot that have another filler than the commonest. What
            once or twice stands where the same words stand everywhere else is chance or a slip, unless one of these
            fillers recurs and the slot saves far more than its name costs (see `sure`).
        sure: How many names, of log2 n bits each in a corpus of n words, a slot must save that is nearly always filled
            alike.
        shared: Least share (0 to 1) of the occurrences of the rarer of two frames with one slot that must run on into
            the other for the two to be one frame; one that is part of a longer frame at so many of its occurrences is
            not told on its own.
        edge_share: Least share (0 to 1) of the occurrences of some words that formulas with one word more, before or
            behind, must take up for that word to be a slot.
        edge_bits: Least surprise of the words that fill such a slot, on the average: a share (0 to 1) of log2 n bits,
            which no word of the grammar has.
    """

    min_documents: int = 2
    min_occurrences: int = 3
    max_frames: int = 20_000
    short_slot: int = 3
    long_slot: int = 60
    association: float = 3.0
    part_within: int = 500_000
    open_within: int = 50_000
    slack: int = 4
    listed: int = 8
    list_allowance: float = 4.0
    variety: float = 0.2
    sure: float = 4.0
    shared: float = 0.6
    edge_share: float = 0.5
    edge_bits: float = 0.5

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from below(self, 2, "", "min_occurrences")
        yield from below(self, 1, "", "min_documents", "max_frames", "long_slot", "part_within", "open_within")
        yield from below(self, 0, "", "short_slot", "slack", "listed", "list_allowance", "association", "sure")
        yield from not_shares(self, "variety", "shared", "edge_share", "edge_bits")
