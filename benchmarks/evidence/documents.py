"""Whether a match depends on how many documents stand beside the two that have it, or on their order and names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from benchmarks.corpora import prose
from benchmarks.corpora.bibles import chapters
from benchmarks.corpora.newswire import stories
from benchmarks.evidence.figures import Figure
from benchmarks.evidence.same import among, kept, same_share
from benchmarks.evidence.scanned import Detector, Found
from benchmarks.evidence.short import evenly

Texts = dict[str, str]

SAME, LINKED = 0.97, 0.99
"""Shares that are wanted: of the matches, of the linked pairs of documents."""


def documents_figures(
    detector: Detector, speeches: int = 66, reports: int = 15, unrelated: int = 100
) -> Iterator[Figure]:
    """Matches that stay the same when unrelated texts are added.

    Args:
        detector: What is measured.
        speeches: State of the Union messages, the latest so many, to which one text is added.
        reports: Messages of another time, to which many texts are added.
        unrelated: How many those are: chapters of a Bible.
    """
    every = [(f"{name}.txt", text) for name, text in prose.speeches()]
    beside = _chapters()
    few = dict(every[60 : 60 + reports])
    yield from _with(detector, dict(every[-speeches:]), dict(evenly(beside, 1)), f"{speeches} speeches")
    yield from _with(detector, few, dict(evenly(beside, 1)), f"{reports} speeches")
    yield from _with(detector, few, dict(evenly(beside, unrelated)), f"{reports} speeches")


def _with(detector: Detector, texts: Texts, added: Texts, name: str) -> Iterator[Figure]:
    alone, more = detector.scan_texts(texts.items()), detector.scan_texts({**texts, **added}.items())
    rest = among(more.pairs, set(texts))
    stayed, came = kept(alone.pairs, rest), kept(rest, alone.pairs)
    note = (
        f"{len(alone):,} alone, {len(rest):,} with them; gone {(~stayed).sum():,}, new {(~came).sum():,}; "
        f"of the very same spans {same_share(alone.pairs, rest, 1.0):.3f}"
    )
    what = "one unrelated text" if len(added) == 1 else f"{len(added)} unrelated texts"
    yield Figure(f"{name} and {what}: matches that are the same", same_share(alone.pairs, rest), SAME, note=note)


def order_figures(detector: Detector, count: int = 500) -> Iterator[Figure]:
    """Matches and linked pairs of a newswire that stay the same when its stories are named in another order."""
    told = list(stories(count))
    there = detector.scan_texts((story.name, story.text) for story in told)
    back = {f"{count - number:05d}.txt": story.name for number, story in enumerate(told)}
    by_name = {story.name: story.text for story in told}
    reversed_ = detector.scan_texts((after, by_name[before]) for after, before in back.items())
    yield from _same_in(there, reversed_, back, f"{count} stories in reverse")


def _same_in(there: Found, again: Found, name_of: dict[str, str], what: str) -> Iterator[Figure]:
    renamed = again.renamed(name_of)
    for name, one, other in (
        ("by matches", there.linked, renamed.linked),
        ("by clusters", there.together, renamed.together),
    ):
        both = len(one & other)
        total = len(one | other)
        note = f"{both:,} of {total:,}"
        yield Figure(
            f"{what}: linked pairs {name} that are the same", both / total if total else float("nan"), LINKED, note=note
        )
    note = (
        f"{len(there):,} and {len(again):,}; of the very same spans {same_share(there.pairs, renamed.pairs, 1.0):.3f}"
    )
    yield Figure(f"{what}: matches that are the same", same_share(there.pairs, renamed.pairs), LINKED, note=note)


@cache
def _chapters() -> list[tuple[str, str]]:
    return [(f"unrelated-{name}.txt", text) for name, text in chapters("web") if len(text.split()) >= 400]
