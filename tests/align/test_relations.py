"""What a match passes on: the whole text, paragraphs, sentences, phrases."""

from __future__ import annotations

import numpy as np
import pytest

from reuse.align.matches import ALIGNED, CONDENSED, REWORDED, Matches
from reuse.align.paths import Paths
from reuse.align.relations import RELATIONS, relations
from reuse.corpus.tokenise import tokenise
from reuse.options import RelationOptions

HEAD = "A heading here"
FIRST = (
    "The harbour was built before winter came. Nobody of the crew went home without a boat of oak and a coat of wool."
)
SECOND = "Then they rowed out again to the islands. All of them came back in spring with salt and fish and news of war."
TEXT = f"{HEAD}\n\n{FIRST}\n\n{SECOND}\n"
OTHER = f"Something else stands here at first. {FIRST} {SECOND} And other words stand at the end of it, many."


def related(passage_a: str, passage_b: str, texts: tuple[str, str] = (TEXT, OTHER), *, found_by: int = ALIGNED) -> str:
    """The relation of a match of two passages whose words agree one after the other as far as the shorter goes."""
    tokens = tokenise((text, None) for text in texts)
    spans = []
    for document, (text, passage) in enumerate(zip(texts, (passage_a, passage_b), strict=True)):
        low, high = tokens.bounds[document], tokens.bounds[document + 1]
        start = text.index(passage)
        spans.append(
            (
                low + np.searchsorted(tokens.starts[low:high], start),
                low + np.searchsorted(tokens.ends[low:high], start + len(passage), side="right"),
            )
        )
    (a, a_end), (b, b_end) = spans
    size = min(a_end - a, b_end - b)
    column = np.array
    found = Matches(
        *(column([int(one)]) for one in (a, a_end, b, b_end)),
        matched=column([size], dtype=np.int32),
        similarity=column([1.0], dtype=np.float32),
        bits=column([50.0], dtype=np.float32),
        evalue=column([1e-9]),
        found_by=column([found_by], dtype=np.uint8),
        paths=Paths.straight(column([int(a)]), column([int(b)]), column([int(size)])),
    )
    return RELATIONS[relations(tokens, found, texts.__getitem__, RelationOptions())[0]]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (f"{FIRST}\n\n{SECOND}", "whole"),
        (FIRST, "paragraphs"),
        (FIRST.removeprefix("The harbour "), "paragraphs"),  # most of it
        ("Nobody of the crew went home without a boat of oak and a coat of wool.", "sentences"),
        ("went home without a boat of oak", "phrases"),
    ],
)
def test_a_match_is_the_most_that_it_passes_on(passage: str, expected: str) -> None:
    assert related(passage, passage.replace("\n\n", " ")) == expected


def test_a_heading_is_no_paragraph() -> None:
    assert related(HEAD, HEAD, (TEXT, f"{HEAD} and then much else that has nothing to do with it at all")) == "phrases"


def test_what_lies_in_a_passage_without_agreeing_is_not_passed_on() -> None:
    aligned = related(FIRST, "Nobody of the crew went home")
    assert aligned == "sentences", "six words of the first sentence agree, and of the paragraph too few"
    assert related(FIRST, "Nobody of the crew went home", found_by=REWORDED) == "paragraphs"
    # what draws a paragraph together passes on itself, and of the paragraph what agrees
    assert related(FIRST, "Nobody of the crew went home", found_by=CONDENSED) == "sentences"
    assert related("The harbour was built", FIRST, found_by=CONDENSED) == "phrases"


def test_the_short_text_in_a_long_one_is_whole_from_either_side() -> None:
    assert related(FIRST, FIRST, (TEXT, FIRST)) == related(FIRST, FIRST, (FIRST, OTHER)) == "whole"
