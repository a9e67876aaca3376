"""Whether copying more hides copying: so many identical notes, or letters that share one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.corpora.model import prose_model
from benchmarks.evidence.figures import Figure
from benchmarks.evidence.scanned import Detector, Found

NOTE, LETTER, SENTENCE = 19, 100, 15
"""Words of a note, of a letter, and of the sentence that all letters share."""

COUNTS = (2, 10, 40, 200, 2000)


def copies_figures(detector: Detector, counts: Sequence[int] = COUNTS, beside: int = 50) -> Iterator[Figure]:
    """Copies that are reported, and clusters that they fall into.

    Args:
        detector: What is measured.
        counts: How many copies.
        beside: Unrelated documents that stand beside them in one of the two tries.
    """
    for count in counts:
        note = _words(NOTE, seed=7)
        notes = {f"note{number:05d}.txt": note for number in range(count)}
        yield from _reported(detector, notes, {}, f"{count} identical notes")
        others = {f"other{number:05d}.txt": text for number, text in enumerate(_letters(beside, 300, seed=11))}
        yield from _reported(detector, notes, others, f"{count} identical notes and {beside} other texts")
    for count in counts:
        shared = _words(SENTENCE, seed=9)
        letters = {
            f"letter{number:05d}.txt": _with_sentence(text, shared, number)
            for number, text in enumerate(_letters(count, LETTER - SENTENCE, seed=13))
        }
        yield from _reported(detector, letters, {}, f"{count} letters that share a sentence", shared)


def _reported(
    detector: Detector, copies: dict[str, str], others: dict[str, str], name: str, shared: str = ""
) -> Iterator[Figure]:
    found = detector.scan_texts({**others, **copies}.items())
    documents, clusters = reached(found, {key: _span(text, shared) for key, text in copies.items()})
    seconds = f"{found.cost.wall:.1f} s"
    yield Figure(
        f"{name}: share reported", documents / len(copies), 1.0, note=f"{documents} in {clusters} clusters; {seconds}"
    )
    yield Figure(f"{name}: clusters", float(clusters), 1.0, 1.0)


def _span(text: str, shared: str) -> tuple[int, int]:
    start = text.index(shared)
    return start, start + len(shared or text)


def reached(found: Found, copies: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """How many copies the run reports, and in how many clusters that hold two of them or more.

    A copy is reported when a passage of a cluster covers half of it, or when its document is said to be a copy of
    another one, or to have one.

    Args:
        found: What the run says.
        copies: Documents, and the span of each (code points) that is the same in all of them.
    """
    names = found.pairs.documents
    ours = np.array([name in copies for name in names])
    spans = np.array([copies.get(name, (0, 0)) for name in names], dtype=np.int64)
    reported = np.zeros(len(names), dtype=bool)
    wanted = spans[found.passages[:, 1]]
    both = np.minimum(found.passages[:, 3], wanted[:, 1]) - np.maximum(found.passages[:, 2], wanted[:, 0])
    passages = found.passages[(2 * both >= wanted[:, 1] - wanted[:, 0]) & ours[found.passages[:, 1]]]
    reported[passages[:, 1]] = True
    second = found.copy_of != np.arange(len(names))
    reported |= second
    reported[found.copy_of[second]] = True
    # A cluster has the copies of its passages' documents as well; copies that no cluster has are one of their own.
    witnesses = found.copy_of[passages[:, 1]]
    sizes = np.bincount(found.copy_of, minlength=len(names))
    pairs = np.unique(np.column_stack((passages[:, 0], witnesses)), axis=0)
    members = np.bincount(pairs[:, 0], weights=sizes[pairs[:, 1]]) if len(pairs) else np.zeros(0)
    clustered = np.zeros(len(names), dtype=bool)
    clustered[witnesses] = True
    lone = np.flatnonzero((sizes > 1) & ours & ~clustered)
    return int((reported & ours).sum()), int((members > 1).sum()) + len(lone)


def _words(count: int, seed: int) -> str:
    """A sentence of exactly so many words, of prose that stands nowhere else."""
    words = [word for word in next(prose_model().documents([count * 4], seed)).split() if word[:1].isalpha()]
    return " ".join(words[:count]).rstrip(".,;:?!").replace(".", "") + "."


def _letters(count: int, words: int, seed: int) -> Iterator[str]:
    return prose_model().documents((round(words * 1.13) for _ in range(count)), seed)


def _with_sentence(text: str, shared: str, number: int) -> str:
    """The text with the shared sentence behind one of its own, not the same one in every letter."""
    sentences = text.split(". ")
    at = 1 + number % len(sentences)
    return ". ".join(sentences[:at]).rstrip(".") + ". " + shared + " " + ". ".join(sentences[at:])
