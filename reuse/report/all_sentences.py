"""All sentences that the program says of a match, a document, a version or a formula, each with an example.

The page docs/sentences.md is made of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reuse.analysis.density import Stretch
from reuse.report.overview import ORDER_NOTES, ORDER_SAYS, TEMPLATE, Highlight
from reuse.report.sentences import chance, changes_said, earlier, evenly, shared_words, version_facts
from reuse.report.strength import SAID as STRENGTH_SAID
from reuse.report.strength import strength_bar
from reuse.run.found import FOUND_SAYS, FURNITURE_SAYS, RELATION_SAYS
from reuse.shares import KINDS, SHARES


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it means.

    Attributes:
        about: match, document, version, formula or pair of documents.
        example: The sentence as it is said of some example.
        means: What a reader may conclude, and may not.
    """

    about: str
    example: str
    means: str


def _match(**facts: object) -> dict[str, Any]:
    return {"tokens_a": 29, "tokens_b": 27, "matched_tokens": 27, "direction_guessed": False, **facts}


def sentences() -> list[Sentence]:
    """All of them, each with an example that the program itself makes."""
    return [
        Sentence(
            "match",
            _highlight(similarity=0.93).said(),
            "The longer passage has 29 words; 93% of the words of the two passages agree.",
        ),
        Sentence("match", "in 3 places", "Three passages carry this text, these two among them."),
        Sentence("match", strength_bar(150), f"How surprising it is: {STRENGTH_SAID}."),
        Sentence("match", "whole text", "The two documents are copies of one text."),
        Sentence("match", "the same", "Both passages stand in one document."),
        Sentence("match", shared_words(_match()), "27 words agree; the longer of the two passages has 29."),
        Sentence("match", shared_words(_match(tokens_a=27)), "Every word of the longer passage agrees."),
        Sentence(
            "match",
            chance(2.0),
            "As many are to be expected where nobody copies: by itself it proves nothing. E is about 2.",
        ),
        Sentence(
            "match", chance(1 / 5000), "Hardly chance, unless some 5,000 collections were searched: E is 1/5,000."
        ),
        Sentence(
            "match",
            chance(1e-30),
            "Chance is out of the question: E is below one in a million, and more digits would say no more.",
        ),
        Sentence(
            "match",
            _highlight(tokens_a=376, matched_tokens=165, similarity=0.48).said(),
            f"Less than {TEMPLATE:.0%} alike: one wording filled anew. 165 words agree, in 9 runs of three or more.",
        ),
        *(
            Sentence("match", earlier(_match(direction=way, direction_guessed=guessed)), means)
            for way, guessed, means in (
                (
                    "a>b",
                    False,
                    "Its document has the earlier date. That does not say that the other was taken from it.",
                ),
                (
                    "b>a",
                    True,
                    "The right one, if a date is right that was read off a dateline, a name, folders or an address.",
                ),
                ("unknown", False, "Dates are missing, the same, or too vague to tell."),
            )
        ),
        *(Sentence("match", f"found: {name}", f"{says.capitalize()}.") for name, says in FOUND_SAYS.items()),
        *(
            Sentence(
                "match",
                f"passes on: {name}",
                f"{says.capitalize()}, most of whose words agree."
                if name != "phrases"
                else "Less than a sentence agrees.",
            )
            for name, says in RELATION_SAYS.items()
        ),
        *(
            Sentence("match", f"({name})", f"Furniture of a page: {says}.")
            for name, says in FURNITURE_SAYS.items()
            if name != "none"
        ),
        *(
            Sentence(
                "pair of documents",
                f"596 words, 21% of B {ORDER_SAYS[order]} A" + (f" ({note})" if note else ""),
                means,
            )
            for order, note, means in (
                (
                    "known",
                    ORDER_NOTES["known"],
                    "596 words of B, 21% of it, stand in passages that A, which is earlier, has.",
                ),
                ("guessed", ORDER_NOTES["guessed"], "The same, provided that the guessed date is right."),
                ("unknown", ORDER_NOTES["unknown"], "These words stand in both; which was first is not known."),
            )
        ),
        *(
            Sentence("document", f"12% {kind}", f"{share.description[0].upper()}{share.description[1:]}.")
            for kind, share in zip(KINDS, SHARES, strict=True)
        ),
        Sentence("document", "×4", "It and three others are copies of one text: one witness, not four."),
        *_of_versions(),
        *(
            Sentence("formula", evenly(value), f"Gries' DP is {means}.")
            for value, means in (
                (0.1, "below .35: it stands in the documents about as their lengths would have it"),
                (0.5, ".35 to .7: some documents have far more of it than their lengths would have it"),
                (0.9, "above .7: nearly all of it stands in a small part of the text"),
            )
        ),
        Sentence("formula", "in 7 forms", "Its family has 7 forms, this one included: near variants of one phrase."),
    ]


def _highlight(**facts: object) -> Highlight:
    """A match as the overview tells of it, in nine pieces."""
    return Highlight(_match(**facts), "", "", begins=True, stretch=Stretch(0, 1, 0, 1, 1, 165, 9))


def _of_versions() -> Iterator[Sentence]:
    """What is said of a version of a story."""
    version = {"date": "2021-05-04", "date_guessed": False, "similarity": 0.96, "previous": "one"}
    said = version_facts(version).removesuffix(": ")
    yield Sentence(
        "version",
        said,
        "Of the longer one of the two, this version and the one before, 96% of the words stand in both.",
    )
    yield Sentence(
        "version",
        version_facts(version | {"date_guessed": True}).removesuffix(": "),
        "The same; the date was read off a dateline, a header, the name or the folders of a file, or an address.",
    )
    for changes, similarity, means in (
        ([("number", "twelve", "nineteen")], 0.96, "Nineteen stands where the version before has twelve."),
        ([("words", "", "at noon")], 0.96, "These words are new."),
        ([("words", "again", "")], 0.96, "These words are gone."),
        ([("move", "at noon", "at noon")], 0.96, "These words stand elsewhere."),
        ([], 1.0, "It has the words of the version before, all of them."),
        ([], 0.7, "What stands in both is the same; one of them has more besides."),
    ):
        told = [{"about": about, "before": before, "after": after} for about, before, after in changes]
        row = {**version, "similarity": similarity, "changed": json.dumps(told), "changes": len(told)}
        yield Sentence("version", changes_said(row), means)
    more = {**version, "changed": "[]", "changes": 3}
    yield Sentence("version", changes_said(more), "There are 3 further changes, which are not listed.")
    unknown = {**version, "previous": None}
    yield Sentence("version", changes_said(unknown), "No version is surely earlier: dates are missing or the same.")
