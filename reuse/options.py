"""Every parameter of a scan, with its unit, and the presets.

Options are frozen and check themselves when they are made: all values out of range are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

from reuse.errors import OptionsError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MINHASH = ("crowded", "all", "off")
"""Which windows are compared by MinHash."""

COPIES = ("one", "count")
"""What copies of one text count as: one document, or each for itself."""

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
            with commas between (accents, ligatures, uv, turkish, arabic, hebrew, digits; latin, chinese, which are not
            part of `all`, but latin is where a document is Latin).
        stem: Language whose inflected words count as the same when texts are compared and searched (english, german …),
            or `guess`: the one that most words of the documents are in; None: no words do. Needs textreuse[stem].
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
    stem: str | None = None
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
        keep: Whether the run keeps where each shingle stands, so that a text can be compared with it by itself (query).
            That takes nine bytes a token.
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
        yield from _below(
            self, 0, "tokens", "chain_gap", "slack", "widening", "gap", "join_gap", "beyond_words", "facing"
        )
        yield from _below(self, 0, "bits", "chain_weaker", "weaker", "end_bits", "beyond_bits")
        yield from _below(self, 1, "", "min_tokens")
        yield from _not_above_zero(self, "gap_cost", "edit_cost")
        yield from _not_shares(self, "likeness", "same", "chain_share", "double", "confused")


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


@dataclass(frozen=True, slots=True)
class FamilyOptions:
    """When two formulas are forms of one another.

    Attributes:
        likeness: Least share (0 to 1) of the information of both formulas, in bits of their single words, that lies in
            the words that they have in common. Words that differ only by spelling or inflection count as common.
        head_likeness: The same for a form of a form: what it must still share with the head of the family.
        content: Least share (0 to 1) of the content words of either formula that the other has too: "the secretary of
            war" is no form of "the secretary of state", however much of it is "the secretary of".
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
        yield from _not_shares(
            self,
            "likeness",
            "head_likeness",
            "content",
            "nested_likeness",
            "same_word",
            "bridge",
            "called_for",
        )
        yield from _below(self, 0, "", "max_edits", "function_bits", "content_bits")
        yield from _below(self, 1, "", "words_an_edit", "stem", "more_often")
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
        yield from _below(self, 2, "", "min_occurrences")
        yield from _below(self, 1, "", "min_documents", "max_frames", "long_slot", "part_within", "open_within")
        yield from _below(self, 0, "", "short_slot", "slack", "listed", "list_allowance", "association", "sure")
        yield from _not_shares(self, "variety", "shared", "edge_share", "edge_bits")


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
        copies: What documents that are copies of one text count as where documents are counted: `one` document, or
            each for itself (`count`). They are found, marked and matched either way.
        near_copies: Share of the words of the longer of two texts that the other must have, in the same order, for them
            to be copies; 1: word for word, as always for texts of fewer than 30 words. Reposts with a line added have
            .95, two letters of one form have less.
        jobs: Threads; 0: as many as there are processors.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    index: IndexOptions = field(default_factory=IndexOptions)
    score: ScoreOptions = field(default_factory=ScoreOptions)
    align: AlignOptions = field(default_factory=AlignOptions)
    reworded: RewordedOptions = field(default_factory=RewordedOptions)
    formulas: FormulaOptions = field(default_factory=FormulaOptions)
    families: FamilyOptions = field(default_factory=FamilyOptions)
    frames: FrameOptions = field(default_factory=FrameOptions)
    copies: str = "one"
    near_copies: float = 0.95
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
        if self.copies not in COPIES:
            problems.append(f"copies must be one of {', '.join(COPIES)}, not {self.copies!r}")
        problems += _not_shares(self, "near_copies")
        if problems:
            raise OptionsError("; ".join(problems))


def options_of(stored: Mapping[str, Any]) -> ScanOptions:
    """Options from `meta["options"]` of a run.

    What the run does not say has its default, what is no option any more is passed over.

    Raises:
        OptionsError: A value is out of range.
    """
    return ScanOptions(**_known(ScanOptions, stored))


def _known(kind: type[DataclassInstance], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is stored, the values of the fields that options of a kind have; parts are made of theirs."""
    hints = get_type_hints(kind)
    known = {field.name: stored[field.name] for field in fields(kind) if field.name in stored}
    return {
        name: hints[name](**_known(hints[name], value)) if is_dataclass(hints[name]) else value
        for name, value in known.items()
    }


PRESETS = {
    "formulaic": (
        "Nearly all exact copies of ten words or more, and of fifteen with a quarter changed; the rest: formulas.",
        ScanOptions(),
    ),
    "quotations": (
        "Passages of about twenty words or more, and reworded ones that rarer words bear out; no set phrases.",
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
