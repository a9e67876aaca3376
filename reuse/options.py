"""Every parameter of a scan, with its unit, and the presets.

Options are frozen and check themselves when they are made: all values out of range are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from reuse.errors import OptionsError

MINHASH = ("crowded", "all", "off")
"""Which windows are compared by MinHash."""

LONGEST_SEED = 8
"""Tokens that a shingle can have at most: an anchor's size is packed into three bits."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files become documents.

    Attributes:
        text_field: Field of a record or column of a table that holds the text, in any case; None: `text`, else one of
            another usual name (body, story_text …), which is told. So with all fields.
        id_field: Field that holds the document's id; None: `id`. Where a record has none, the file's name and the
            record's number stand in.
        title_field: Field that holds the title; None: `title`, else headline and the like.
        date_field: Field that holds the date; None: `date`, else published, pubDate, year and the like.
        source_field: Field that holds the series or publisher; None: `source`, else publisher, newspaper and the like.
        url_field: Field that holds the address; None: `url`, else link and the like.
        name: Pattern by which the names of files give metadata, such as {date}-{source}-{n}; None: they give none.
        same_letters: Which letters count as the same when texts are compared and searched: `all`, `none`, or names
            with commas between (accents, ligatures, uv, turkish, arabic, hebrew, digits, chinese).
        encoding: Encoding of text files; None: UTF-8, else what a byte order mark says, else a guess that is reported.
    """

    text_field: str | None = None
    id_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    source_field: str | None = None
    url_field: str | None = None
    name: str | None = None
    same_letters: str = "all"
    encoding: str | None = None


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

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from _below(self, 1, "", "shingle", "representatives", "permutations")
        yield from _below(self, 2, "", "cap")
        yield from _not_shares(self, "crowded", "similarity")
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
        yield from _below(self, 0, "", "counted_once")
        yield from _not_above_zero(self, "prior_weight", "local_weight")


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

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from _below(self, 0, "tokens", "chain_gap", "slack", "widening", "gap", "join_gap")
        yield from _below(self, 1, "", "min_tokens")
        yield from _not_above_zero(self, "gap_cost", "edit_cost")
        yield from _not_shares(self, "likeness", "same")


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

    def problems(self) -> Iterator[str]:
        """What is out of range."""
        yield from _below(
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
        yield from _not_above_zero(
            self, "seed_bits", "word_bits", "condensed_word_bits", "token_cost", "min_bits", "condensed_bits"
        )
        yield from _not_above_zero(self, "condensed_density")
        yield from _not_shares(self, "condensed_host", "condensed_origin", "condensed_share")


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


def _below(options: object, least: float, unit: str, *names: str) -> Iterator[str]:
    for name in names:
        if getattr(options, name) < least:
            yield f"{name} must be at least {least}, not {getattr(options, name)} {unit}".rstrip()


def _not_above_zero(options: object, *names: str) -> Iterator[str]:
    for name in names:
        if not getattr(options, name) > 0:
            yield f"{name} must be above 0, not {getattr(options, name)}"


def _not_shares(options: object, *names: str) -> Iterator[str]:
    for name in names:
        if not 0 < getattr(options, name) <= 1:
            yield f"{name} must be above 0 and at most 1, not {getattr(options, name)}"


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """All options of a scan.

    Attributes:
        jobs: Threads; 0: as many as there are processors.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    index: IndexOptions = field(default_factory=IndexOptions)
    score: ScoreOptions = field(default_factory=ScoreOptions)
    align: AlignOptions = field(default_factory=AlignOptions)
    reworded: RewordedOptions = field(default_factory=RewordedOptions)
    formulas: FormulaOptions = field(default_factory=FormulaOptions)
    jobs: int = 0

    def __post_init__(self) -> None:
        problems = [
            problem
            for part in fields(self)
            if hasattr(getattr(self, part.name), "problems")
            for problem in getattr(self, part.name).problems()
        ]
        if self.jobs < 0:
            problems.append(f"jobs must not be negative, not {self.jobs}")
        if problems:
            raise OptionsError("; ".join(problems))


PRESETS = {
    "formulaic": (
        "Whatever chance does not explain: nearly every exact copy of ten words or more, and of fifteen with a quarter"
        " changed. Shorter phrases are found as formulas.",
        ScanOptions(),
    ),
    "quotations": (
        "Passages of about twenty words or more, and reworded ones that their rarer words bear out; set phrases between"
        " documents on one subject are left out.",
        ScanOptions(score=ScoreOptions(alone=60.0)),
    ),
    "near-duplicates": (
        "Long stretches taken over nearly word for word: drafts, reprints, copied sections.",
        ScanOptions(
            score=ScoreOptions(margin=300.0, alone=300.0),
            align=AlignOptions(min_tokens=50),
            reworded=RewordedOptions(enabled=False),
        ),
    ),
    "ocr": (
        "Scanned text with many misread letters: words may differ by more, and fewer need to be whole.",
        ScanOptions(
            index=IndexOptions(shingle=2, cap=12),
            align=AlignOptions(likeness=0.6, edit_cost=1.0),
        ),
    ),
}
"""Options for a purpose, each with a sentence of what it is for; `formulaic` is the default."""


def preset(name: str) -> ScanOptions:
    """The options of a preset.

    Raises:
        OptionsError: There is no preset of that name.
    """
    if name not in PRESETS:
        raise OptionsError(f"no preset {name!r}; there are {', '.join(PRESETS)}")
    return PRESETS[name][1]
