"""The analyses that a report shows, as columns: who shares with whom, lives of phrases, slots, changes, concordances.

They are made by `reuse.analysis` and `reuse.formulas`; here they are cut to what a report can hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.changes import change_table
from reuse.analysis.edits import edit_table
from reuse.analysis.frames import frame_table
from reuse.analysis.groups import groups_by
from reuse.analysis.lives import life_table
from reuse.analysis.matrix import Matrix, block_order, matrix_of
from reuse.calendar import fitting_period
from reuse.formulas.concordance import lines_of
from reuse.run.run import Run

OCCURRENCES = 100
"""Most occurrences of a phrase that are quoted."""
CONTEXT = 60
"""Code points quoted on either side of an occurrence."""
FRAMES = 500
FILLERS = 20
"""Fillers of a slot that are listed."""
FRAME_WORDS = 2_500_000
"""Frames are looked for when they are asked for; in longer corpora that takes longer than the rest of the report."""
CHANGES = 1_000
EDITED = 5_000
"""Matches whose changes are named, most surprising first; to name those of all takes longer than all the rest."""
EDITED_WORDS = 1_000_000
"""Words of these matches, both sides together: dense text has long matches with a change in every line."""
EDIT = 400
"""Longest text of a change that is listed, in code points."""
MATRIX = 60
"""Most documents in the heat map."""


def changes(run: Run, numbers: NDArray[np.int64]) -> dict[str, Any]:
    """What is changed when a text is repeated, summed over the first matches shown; most frequent first."""
    edited = numbers[: _edited(run, numbers)].tolist()
    table = change_table(run, edited)
    shown = {name: values[:CHANGES] for name, values in table.items()}
    for side in ("before", "after"):
        shown[side] = [text[:EDIT] for text in shown[side]]
    return shown | {"found": len(table["kind"]), "matches": len(edited)}


def _edited(run: Run, numbers: NDArray[np.int64]) -> int:
    """How many of the first matches shown have their changes named: the first one in any case."""
    spans = np.asarray(run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)[numbers[:EDITED]]
    words = np.cumsum(spans[:, 1] - spans[:, 0] + spans[:, 3] - spans[:, 2])
    return max(int(np.searchsorted(words, EDITED_WORDS, side="right")), min(len(words), 1))


def edits(run: Run, numbers: NDArray[np.int64], ids: Sequence[str]) -> list[list[list[str]]]:
    """The named changes of each of the first matches: kind, what it is about, the words on either side.

    Args:
        run: The run.
        numbers: Numbers of the matches shown.
        ids: Their ids.
    """
    count = _edited(run, numbers)
    table = edit_table(run, numbers[:count].tolist())
    place = {name: number for number, name in enumerate(ids[:count])}
    named: list[list[list[str]]] = [[] for _ in place]
    columns = (table["match"], table["kind"], table["about"], table["text_a"], table["text_b"])
    for match, kind, about, text_a, text_b in zip(*columns, strict=True):
        named[place[match]].append([kind, about, text_a[:EDIT], text_b[:EDIT]])
    return named


def frames(run: Run, phrases: Sequence[str]) -> dict[str, Any] | None:
    """Formulas with slots and what fills them; None for a corpus that takes too long to search for them.

    Args:
        run: The run.
        phrases: Ids of the formulas shown; a frame names those in it by their place.
    """
    if len(run.tokens) > FRAME_WORDS:
        return None
    table = frame_table(run)
    phrase_of = {name: place for place, name in enumerate(phrases)}
    return {
        **{name: table[name][:FRAMES] for name in ("id", "pattern", "df", "tf", "distinct")},
        "bits": [round(value, 1) for value in table["bits"][:FRAMES]],
        "first": table["first_date"][:FRAMES],
        "last": table["last_date"][:FRAMES],
        "slots": [[slot[:FILLERS] for slot in json.loads(slots)] for slots in table["slots"][:FRAMES]],
        "phrases": [[phrase_of[name] for name in names if name in phrase_of] for names in table["formulas"][:FRAMES]],
        "found": len(table["id"]),
    }


def lives(run: Run, dates: Sequence[str | None], numbers: Sequence[int]) -> dict[str, Any] | None:
    """When each phrase was used: occurrences and rate by period; None where no document has a date.

    Args:
        run: The run.
        dates: Date of each document.
        numbers: Numbers of the formulas shown.
    """
    known = [date for date in dates if date]
    if not known or not numbers:
        return None
    by = fitting_period(known)
    table = life_table(run, by, numbers)
    periods: list[str] = table["periods"][0]
    place = {name: number for number, name in enumerate(periods)}
    return {
        "by": by,
        "periods": periods,
        "first": [place.get(name, -1) for name in table["first"]],
        "last": [place.get(name, -1) for name in table["last"]],
        "born": [int(born) for born in table["born"]],
        "dropped": [int(dropped) for dropped in table["dropped"]],
        "uses": [
            [[period, count, round(rates[period], 4)] for period, count in enumerate(counts) if count]
            for counts, rates in zip(table["tf"], table["rates"], strict=True)
        ],
    }


def matrix(run: Run, numbers: NDArray[np.int64]) -> dict[str, Any]:
    """Who shares with whom: the documents that share most, their order by blocks, and all pairs."""
    pairs = matrix_of(run, groups_by(run), numbers, formulas=False)
    count = run.tokens.documents
    words = np.minimum(pairs.words_a, pairs.words_b)
    sums = np.bincount(pairs.a, words, minlength=count)
    apart = pairs.a != pairs.b
    sums += np.bincount(pairs.b[apart], words[apart], minlength=count)
    chosen = np.sort(np.argsort(-sums, kind="stable")[: min(MATRIX, int((sums > 0).sum()))])
    place = np.full(count, -1)
    place[chosen] = np.arange(len(chosen))
    inside = (place[pairs.a] >= 0) & (place[pairs.b] >= 0)
    among = Matrix(
        **{field.name: getattr(pairs, field.name)[inside] for field in fields(Matrix)}
        | {"a": place[pairs.a[inside]], "b": place[pairs.b[inside]]}
    )
    return {
        "documents": chosen.tolist(),
        "blocks": chosen[block_order(among, len(chosen))].tolist(),
        "sharing": int((sums > 0).sum()),
        "a": pairs.a.tolist(),
        "b": pairs.b.tolist(),
        "matches": pairs.matches.tolist(),
        "wordsA": pairs.words_a.tolist(),
        "wordsB": pairs.words_b.tolist(),
    }


def occurrences(run: Run, numbers: Sequence[int], lengths: Sequence[int]) -> list[list[list[Any]]]:
    """For each phrase its occurrences: document, start, end, and the text before, of and after each.

    Args:
        run: The run.
        numbers: Numbers of the formulas shown.
        lengths: Their lengths in words.
    """
    starts = [run.formula_occurrences(number)[:OCCURRENCES] for number in numbers]
    if not starts:
        return []
    counts = [len(positions) for positions in starts]
    flat = np.concatenate(starts)
    ends = flat + np.repeat(np.array(lengths, dtype=np.int64), counts)
    # In the order of the text, so that each document is read once.
    order = np.argsort(flat, kind="stable")
    lines = lines_of(run.tokens, flat[order], ends[order], run.text, CONTEXT)
    columns = (lines.document, lines.start, lines.end, lines.left, lines.keyword, lines.right)
    cut = [list(line) for line in zip(*columns, strict=True)]
    place = np.argsort(order).tolist()
    bounds = np.concatenate([[0], np.cumsum(counts)]).tolist()
    return [[cut[row] for row in place[start:end]] for start, end in pairwise(bounds)]
