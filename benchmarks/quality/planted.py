"""Scores on a corpus with planted reuse: what is found, how whole, and what is reported that is not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.planted import PlantedCorpus
from benchmarks.passages import PassagePairs, overlaps

BANDS = (15, 25, 50, 100, 200, 401)
"""Borders of the bands of length, in words of the source passage."""

NATURAL_RUN = 5
"""A match in real prose is natural reuse when its sides share a run of so many words exactly, or …"""

NATURAL_SHARE, NATURAL_WORDS, COMMON = 0.25, 3, 100
"""… when blocks of two or more equal words make up this share of its longer side and hold so many words that are not
among the so many commonest. Of State of the Union matches with E ≤ 10⁻³ the rule recognises 85 %; of chance matches in
generated prose it takes 12 % for natural, in shuffled words 2 %. What it does not recognise in real prose is therefore
an upper bound; how many matches are chance is told by scanning as much generated prose (`decoys` in results)."""

INSPECTED = 2000
"""Most matches outside the planted copies that are looked at one by one; of more, evenly spaced ones are."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Recall:
    """How much of a group of planted copies was found.

    Attributes:
        cases: Number of copies.
        characters: Share of their characters, both sides together, that matches cover (0 to 1).
        found: Share of copies that some match overlaps on both sides.
        granularity: Mean number of matches of a copy that was found.
    """

    cases: int
    characters: float
    found: float
    granularity: float


@dataclass(frozen=True, slots=True)
class PlantedScore:
    """The score of one detector on one corpus.

    Attributes:
        levels: By degree of change.
        bands: By degree of change, then by band of length in words ("15-24", …).
        granularity: Over all copies.
        matches: Reported matches.
        planted: Of these, how many overlap a planted copy on both sides.
        precision: Share of these matches' characters that lie in the copies they overlap.
        natural: Share of all matches judged to be natural reuse; 0 in generated prose, where there is none.
        spurious: Share of all matches that are neither planted nor judged to be natural.
        inspected: How many matches the two shares above were estimated from.
        examples: Up to ten spurious pairs, as (document a, text a, document b, text b).
    """

    levels: Mapping[str, Recall]
    bands: Mapping[str, Mapping[str, Recall]]
    granularity: float
    matches: int
    planted: int
    precision: float
    natural: float
    spurious: float
    inspected: int
    examples: tuple[tuple[str, str, str, str], ...]


def score_planted(corpus: PlantedCorpus, matches: PassagePairs) -> PlantedScore:
    """Score matches, whose documents are named relative to `corpus.texts`, in either order."""
    truth = corpus.pairs()
    documents = sorted({*truth.documents, *matches.documents})
    truth = truth.renumbered(documents).oriented()
    matches = matches.renumbered(documents).oriented()
    found = overlaps(truth, matches)
    covered, counts = found.shared_of_cases(), found.detections_of_cases()
    level = np.array([case.level for case in corpus.cases], dtype=object)
    words = np.array([case.words for case in corpus.cases], dtype=np.int64)

    def recall(mask: NDArray[np.bool_]) -> Recall:
        hit = counts[mask] > 0
        return Recall(
            int(mask.sum()),
            float(covered[mask].sum() / max(int(truth.lengths()[mask].sum()), 1)),
            float(hit.mean()) if len(hit) else 0.0,
            float(counts[mask][hit].mean()) if hit.any() else 1.0,
        )

    names = list(dict.fromkeys(case.level for case in corpus.cases))
    in_cases = np.zeros(len(matches), dtype=bool)
    in_cases[found.detection] = True
    others = np.flatnonzero(~in_cases)
    inspected = others[np.linspace(0, len(others) - 1, min(len(others), INSPECTED)).astype(np.int64)]
    spurious = inspected[[not natural for natural in _natural(corpus, matches.take(inspected))]]
    rate = len(spurious) / max(len(inspected), 1) * len(others) / max(len(matches), 1)
    return PlantedScore(
        levels={name: recall(level == name) for name in names},
        bands={
            name: {
                f"{low}-{high - 1}": recall((level == name) & (words >= low) & (words < high))
                for low, high in pairwise(BANDS)
            }
            for name in names
        },
        granularity=float(counts[counts > 0].mean()) if counts.any() else 1.0,
        matches=len(matches),
        planted=int(in_cases.sum()),
        precision=float(found.shared_of_detections().sum() / max(int(matches.lengths()[in_cases].sum()), 1)),
        natural=len(others) / max(len(matches), 1) - rate,
        spurious=rate,
        inspected=len(inspected),
        examples=tuple(_quoted(corpus, matches.take(spurious[:10]))),
    )


def is_natural(a: str, b: str, common: frozenset[str]) -> bool:
    """Whether two texts share wording that independent writing hardly explains.

    A slow and plain test by the standard library's `difflib`, which shares nothing with the detector: see NATURAL_RUN
    and NATURAL_SHARE.
    """
    left, right = words_of(a), words_of(b)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    if max(block.size for block in blocks[:-1] or blocks) >= NATURAL_RUN:
        return True
    equal = [word for block in blocks if block.size >= 2 for word in left[block.a : block.a + block.size]]
    rare = sum(word not in common for word in equal)
    return len(equal) >= NATURAL_SHARE * max(len(left), len(right)) and rare >= NATURAL_WORDS


def words_of(text: str) -> list[str]:
    """The words of a text, without case and without the breaks of words at line ends."""
    return _WORD.findall(re.sub(r"-\s*\n\s*", "", text).casefold())


def _natural(corpus: PlantedCorpus, matches: PassagePairs) -> list[bool]:
    if not corpus.real or not len(matches):
        return [False] * len(matches)
    names = list(dict.fromkeys(matches.documents[number] for number in matches.a.tolist()))
    counts = Counter(word for name in names[:50] for word in words_of(_text(corpus.texts / name)))
    common = frozenset(word for word, _ in counts.most_common(COMMON))
    return [is_natural(a, b, common) for _, a, _, b in _quoted(corpus, matches)]


def _quoted(corpus: PlantedCorpus, matches: PassagePairs) -> list[tuple[str, str, str, str]]:
    texts = {
        number: _text(corpus.texts / matches.documents[number]) for number in {*matches.a.tolist(), *matches.b.tolist()}
    }
    rows = zip(matches.a, matches.a_start, matches.a_end, matches.b, matches.b_start, matches.b_end, strict=True)
    return [
        (matches.documents[a], texts[a][start:end], matches.documents[b], texts[b][from_:to])
        for a, start, end, b, from_, to in (tuple(int(value) for value in row) for row in rows)
    ]


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def table(score: PlantedScore) -> str:
    """The score as lines of text."""
    bands = list(next(iter(score.bands.values())))
    lines = [
        f"{'changed':<10}{'cases':>7}{'recall':>8}{'found':>8}{'pieces':>8}   recall by words: " + "  ".join(bands)
    ]
    for name, row in score.levels.items():
        by_band = "  ".join(f"{score.bands[name][band].characters:>{len(band)}.3f}" for band in bands)
        lines.append(
            f"{name:<10}{row.cases:>7}{row.characters:>8.4f}{row.found:>8.3f}{row.granularity:>8.3f}{'':>20}{by_band}"
        )
    lines.append(
        f"{score.matches} matches: {score.planted} of planted copies (character precision {score.precision:.4f}, "
        f"granularity {score.granularity:.4f}), natural reuse {score.natural:.2%}, neither {score.spurious:.2%}"
        + (f" ({score.inspected} inspected)" if score.inspected else "")
    )
    return "\n".join(lines)
