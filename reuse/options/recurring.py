"""What counts as a formula, as a form of one, as a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reuse.options.checks import below, not_above_zero, not_shares


@dataclass(frozen=True, slots=True)
class FormulaOptions:
    """What counts as a formula.

    Attributes:
        min_tokens: Shortest formula, in tokens.
        min_documents: Fewest documents that must have it.
        max_formulas: Most formulas kept in the run, best first; how many there were is recorded.
        smoothing: Ends of parts, and openings of sentences, that are added to those of a word and to those that were to
            be expected: a rare word that never ended a phrase may yet, and so may a frequent one in a corpus with
            hardly a mark.
        few: Uses that every word is given in which no word follows that seldom ends a part.
        least_end: Least share of its uses in which a word that can end a phrase ends a part, as a multiple of the
            average word's share.
        least_beginning: The same for a word that can begin one: the mean of its multiples as an opener of sentences and
            as an end.
        runs_on: Share (0 to 1) of the uses of a word in which one follows that seldom ends a phrase: words that run on
            have more.
        called_for: Probability (0 to 1) of the neighbour inside from which on a word is part of a name or compound, and
            stands at its edge whatever its other uses are: "united" before "states".
        least_called: Times that a word must stand before another one, for that one to call for it: "as" before
            "required".
        stands_so: Share (0 to 1) of the occurrences of a phrase at a mark, from which on it ends there whatever its
            last word is.
        own_branching: Occurrences by which the edge word's own branching outweighs what was seen beside the phrase.
        most_surplus: Bits by which the neighbours at an edge may be likelier than beside its word anywhere; beyond, the
            phrase goes on.
        fixed_surplus: The same where one neighbour takes nearly all occurrences, more than `fixed` of them.
        fixed: See `fixed_surplus`; a share (0 to 1).
        least_gain: Bits an occurrence that a phrase must save: chance neighbours of frequent words save none.
        absorbed: Share (0 to 1) of the occurrences of a phrase within one longer phrase, from which on it is a piece of
            that.
        own_bits: Bits an occurrence that a phrase must save beyond the better ones in it.
        own_bits_share: The same as a share (0 to 1) of what it saves in all.
        own_share: Least share (0 to 1) of the occurrences of a phrase that are its own.
        most_bits: Bits of a phrase that its rank counts: what says more is a copied passage, of which others tell.
        content_bits: Surprise of a word, in bits, from which on it is one of content where phrases are ranked; in a
            corpus of n words half of log2 n, if that is less.
        cut: What is left (0 to 1) of the score of a phrase that is never seen to end where it does, or to begin there.
    """

    min_tokens: int = 4
    min_documents: int = 2
    max_formulas: int = 200_000
    smoothing: float = 0.9
    few: float = 10.0
    least_end: float = 0.42
    least_beginning: float = 0.4
    runs_on: float = 0.15
    called_for: float = 0.5
    least_called: int = 5
    stands_so: float = 0.3
    own_branching: float = 1.0
    most_surplus: float = 4.5
    fixed_surplus: float = 1.5
    fixed: float = 0.85
    least_gain: float = 5.0
    absorbed: float = 0.8
    own_bits: float = 6.0
    own_bits_share: float = 0.4
    own_share: float = 0.1
    most_bits: float = 64.0
    content_bits: float = 7.0
    cut: float = 0.25

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        if self.min_tokens < 2:
            yield f"formula min_tokens must be at least 2, not {self.min_tokens}"
        if self.min_documents < 1:
            yield f"formula min_documents must be at least 1, not {self.min_documents}"
        if self.max_formulas < 1:
            yield f"max_formulas must be at least 1, not {self.max_formulas}"
        yield from not_above_zero(self, "smoothing", "few", "own_branching", "most_bits")
        yield from below(self, 0, "", "least_end", "least_beginning", "least_called", "content_bits")
        yield from below(self, 0, "bits", "most_surplus", "fixed_surplus", "least_gain", "own_bits")
        yield from not_shares(self, "runs_on", "called_for", "stands_so", "fixed", "absorbed", "own_share", "cut")
        yield from not_shares(self, "own_bits_share")


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
            the content words that either has of its own to count `in_company` times: the Secretary of the Navy and the
            Secretary of the Treasury are spoken of side by side, and are two.
        in_company: See `company`.
        in_a_mould: The same where four formulas or more are the same but for one place, which is weaker evidence:
            synonyms fill such moulds, too.
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
    in_company: float = 2.0
    in_a_mould: float = 1.5
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
        yield from below(self, 1, "", "words_an_edit", "stem", "more_often", "company", "in_company", "in_a_mould")
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
