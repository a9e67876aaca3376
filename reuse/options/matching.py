"""How candidates are found and become matches, and how surprising those are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reuse.options.checks import below, not_above_zero, not_shares

MINHASH = ("crowded", "all", "off")
"""Which windows are compared by MinHash."""

LONGEST_SEED = 8
"""Tokens that a shingle can have at most: an anchor's size is packed into three bits."""


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How candidates are found.

    Attributes:
        shingle: Tokens in a shingle. Three survive in heavily changed copies and are still rare enough to join on.
        longest_seed: Tokens up to which a shingle that is too frequent is lengthened, at most 8.
        cap: Occurrences up to which a shingle's occurrences are all paired.
        anchors: Most anchors a token of the corpus, at each length of shingle; the cap is lowered until they are fewer.
        representatives: Occurrences to which each further one of a shingle too frequent at any length is linked.
        minhash: Windows that are compared by MinHash signatures as well: `crowded`, those with many shingles too common
            for the exact join; `all`; `off`, none.
        crowded: Share of a window's shingles that are too frequent even one token longer, from which on it counts as
            crowded.
        window: Tokens in a window that gets a MinHash signature.
        step: Tokens from one window to the next.
        permutations: MinHash values in a signature.
        recall: Least probability that two windows of Jaccard similarity `similarity` become candidates; with the number
            of permutations it decides the bands.
        similarity: See `recall`.
        seed: Seed of the permutations, as datasketch takes it.
        keep: Whether the run keeps where each shingle stands, so that a text can be compared with it by itself (query).
            That takes nine bytes a token, and five more so that documents can be added.
    """

    shingle: int = 3
    longest_seed: int = 8
    cap: int = 16
    anchors: float = 1.5
    representatives: int = 3
    minhash: str = "crowded"
    crowded: float = 0.2
    window: int = 18
    step: int = 8
    permutations: int = 16
    recall: float = 0.95
    similarity: float = 0.2
    seed: int = 1
    keep: bool = field(default=True, metadata={"flag": "--index"})

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from below(self, 1, "", "shingle", "representatives", "permutations")
        yield from below(self, 2, "", "cap")
        yield from not_shares(self, "crowded", "similarity")
        if self.longest_seed < self.shingle:
            yield f"longest_seed ({self.longest_seed}) must not be less than shingle ({self.shingle})"
        if self.longest_seed > LONGEST_SEED:
            yield f"longest_seed must be at most {LONGEST_SEED}, not {self.longest_seed}"
        if self.minhash not in MINHASH:
            yield f"minhash must be one of {', '.join(MINHASH)}, not {self.minhash!r}"
        if self.window < self.shingle:
            yield f"window ({self.window}) must not be less than shingle ({self.shingle})"
        if not 1 <= self.step <= self.window:
            yield f"step must be between 1 and window ({self.window}), not {self.step}"
        if not 0 < self.recall < 1:
            yield f"recall must be between 0 and 1, not {self.recall}"
        if self.minhash != "off" and 1 - (1 - self.similarity) ** self.permutations < self.recall:
            yield (
                f"{self.permutations} permutations cannot reach recall {self.recall:g} at similarity"
                f" {self.similarity:g}: take more, or ask for less"
            )
        if not 0 <= self.seed < 1 << 32:
            yield f"seed must be between 0 and {(1 << 32) - 1}, not {self.seed}"


@dataclass(frozen=True, slots=True)
class ScoreOptions:
    """How surprising shared words are.

    Attributes:
        counted_once: Tokens of a stretch that counts once in the background, however often it stands in the corpus; 0:
            everything counts as often as it stands.
        prior_weight: Occurrences of the word before from which on what followed it outweighs how frequent the word is.
        local_weight: The same for what stands in the two documents themselves.
        margin: Bits that a match has beyond those that chance brings once in a corpus of this size. With 8, one in 256
            such corpora has a chance match.
        alone: The same for a match of words in order that no rarer words in its passages bear out.
    """

    counted_once: int = 12
    prior_weight: float = 1.0
    local_weight: float = 5.0
    margin: float = 8.0
    alone: float = 8.0

    @property
    def max_evalue(self) -> float:
        """Largest E-value of a match that is kept."""
        return float(2**-self.margin)

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from below(self, 0, "", "counted_once")
        yield from not_above_zero(self, "prior_weight", "local_weight")


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How candidates become matches.

    Attributes:
        chain_gap: Most tokens between two anchors of one region, on either side.
        slack: Most tokens that a part may lie off the straight line through the rest of a region or passage; what
            crosses it further off is another correspondence.
        widening: Tokens by which a region is widened on each side before it is aligned.
        gap: Most tokens between two aligned tokens of one passage, on either side.
        gap_cost: Cost of a gap in an alignment, in bits.
        edit_cost: Cost of every token inserted, left out or changed, on either side, in bits.
        likeness: Least likeness (0 to 1, normalised edit similarity of the letters) at which two words that stand in
            for each other count as spellings of one word.
        min_tokens: Fewest aligned tokens of a match.
        same: Share of a reworded passage, on both sides, from which a strict match within it keeps its own edges.
        join_gap: Most tokens on either side between two matches that become one.
        chain_share: Share of the bits of a match that is kept that the words under its anchors must have to be aligned.
        chain_weaker: Bits below what chance brings once that these words may have: alignment finds more words.
        weaker: Bits below what chance brings once that a match may have to be evidence for a passage that holds
            several.
        end_bits: Bits that words at an end of a match must add to be worth the gap that parts them from the rest.
        beyond_words: Most words beyond the border of a sentence that are left out of a match at its end.
        beyond_bits: Most bits that such words say together, each by itself.
        double: Share of the aligned words of a match that better matches align in the same way, from which on it is
            nothing of its own.
        facing: Longest gap, in tokens on either side, in which words that stand in for each other are compared by their
            letters.
        confused: Likeness (0 to 1) of words that differ only by letters that scanners take for each other.
    """

    chain_gap: int = 60
    slack: int = 150
    widening: int = 50
    gap: int = 25
    gap_cost: float = 2.0
    edit_cost: float = 1.1
    likeness: float = 0.7
    min_tokens: int = 4
    same: float = 0.9
    join_gap: int = 60
    chain_share: float = 0.5
    chain_weaker: float = 4.0
    weaker: float = 10.0
    end_bits: float = 2.0
    beyond_words: int = 3
    beyond_bits: float = 10.0
    double: float = 0.5
    facing: int = 3
    confused: float = 0.95

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from below(
            self, 0, "tokens", "chain_gap", "slack", "widening", "gap", "join_gap", "beyond_words", "facing"
        )
        yield from below(self, 0, "bits", "chain_weaker", "weaker", "end_bits", "beyond_bits")
        yield from below(self, 1, "", "min_tokens")
        yield from not_above_zero(self, "gap_cost", "edit_cost")
        yield from not_shares(self, "likeness", "same", "chain_share", "double", "confused")


@dataclass(frozen=True, slots=True)
class RewordedOptions:
    """How reworded and condensed passages are found in the fields around strict matches.

    Attributes:
        enabled: Whether to look for them.
        seed_bits: Least bits of a strict match around which is searched.
        seed_partners: Most matches that may cover the same place; around text that more have, nothing is searched.
        reach: Tokens beyond the strict match up to which is searched.
        word_bits: Least surprise of a shared word, in bits; commoner words say nothing about where they come from.
        most_pairs: Most pairs of occurrences that a shared word may have in a field; with several it says less.
        gap: Most tokens between two shared words of one passage, on either side.
        token_cost: Cost of every token of a passage, in bits; passages end where shared words grow thinner than that.
        min_bits: Least surprise of the distinct shared words of a reworded passage (each after the word before it,
            where that is shared too) and of the best strict match that it holds, added up; the words have at least
            half of it.
        condensed_bits: Least surprise of the distinct shared words of a condensed passage: a small part of one
            document that draws together another.
        condensed_reach: As `reach`, for condensed passages.
        condensed_word_bits: As `word_bits`, for condensed passages.
        condensed_pairs: As `most_pairs`, for condensed passages.
        condensed_host: Largest share of its own document that a condensed passage takes up.
        condensed_origin: Least share of the other document that it draws on.
        condensed_density: Least bits a token of the stretch of the other document that it draws on.
        condensed_ratio: How many times as long as the condensed passage that stretch is at least.
        quoted_bits: Least bits of a strict match that is a quotation, if its words are mostly the same; a condensed
            passage has no words of its host's own between two quotations.
        excerpt_bits: Least bits of a quotation that is a match of its own whatever stands beside it, as a paragraph is;
            what such quotations say the most of is no condensed passage.
        condensed_share: Largest share that one place of the other document may have in what the strict matches of a
            condensed passage say.
    """

    enabled: bool = True
    seed_bits: float = 40.0
    seed_partners: int = 16
    reach: int = 300
    word_bits: float = 7.0
    most_pairs: int = 6
    gap: int = 30
    token_cost: float = 1.8
    min_bits: float = 180.0
    condensed_bits: float = 400.0
    condensed_reach: int = 1500
    condensed_word_bits: float = 6.0
    condensed_pairs: int = 12
    condensed_host: float = 0.25
    condensed_origin: float = 0.9
    condensed_density: float = 0.4
    condensed_ratio: float = 3.0
    condensed_share: float = 0.85
    quoted_bits: float = 70.0
    excerpt_bits: float = 800.0

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from below(
            self,
            1,
            "",
            "seed_partners",
            "reach",
            "condensed_reach",
            "most_pairs",
            "condensed_pairs",
            "gap",
            "condensed_ratio",
        )
        yield from not_above_zero(
            self, "seed_bits", "word_bits", "condensed_word_bits", "token_cost", "min_bits", "condensed_bits"
        )
        yield from not_above_zero(self, "condensed_density")
        yield from not_shares(self, "condensed_host", "condensed_origin", "condensed_share")
