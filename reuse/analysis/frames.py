"""Frames: formulas with slots, and what fills the slots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import (
    Columns,
    StoredRun,
    dates_of,
    formula_names,
    formulas_of,
    spellings_of_run,
    texts_of,
    tokens_of,
    words_of_run,
)
from reuse.arrays.ragged import bounds_of, spread
from reuse.calendar import Dates
from reuse.columns import Column, ComputedTable
from reuse.corpus.spellings import joined
from reuse.corpus.tokens import Tokens
from reuse.formulas.description import filler_groups
from reuse.formulas.frames import Frames, find_frames
from reuse.formulas.ngrams import find_ngrams
from reuse.formulas.phrases import Formulas
from reuse.options import FrameOptions
from reuse.score.background import Background
from reuse.work.workers import Workers, processors

KEPT = "frames"
"""Name under which the frames of a run are kept."""

MOST_WORKERS = 4
"""Workers that look for frames: each takes some hundred megabytes."""

FILLERS = 20
"""Fillers told for each slot, the commonest first."""

FILLER_WORDS = 12
"""Longest filler told in full, in words."""

NAMED = 10
"""Formulas named for each frame."""


def frames_of(run: StoredRun, options: FrameOptions | None = None) -> Frames:
    """The frames of a run: found when they are asked for first, as its scan was told to, and kept in its folder.

    Args:
        run: The run.
        options: What counts as a frame; None: what the scan was told.
    """
    if options is None and (kept := run.kept(KEPT)) and kept.keys() == {column.name for column in fields(Frames)}:
        return Frames(**kept)
    tokens = tokens_of(run)
    workers = Workers(min(processors(), MOST_WORKERS))
    background = Background.of(tokens, workers)
    ngrams = find_ngrams(tokens, background, run.options.formulas, workers)
    frames = find_frames(tokens, background, ngrams, options or run.options.frames, workers, texts_of(run))
    if options is None:
        run.keep(KEPT, {column.name: getattr(frames, column.name) for column in fields(Frames)})
    return frames


def frame_table(run: StoredRun, frames: Frames | None = None) -> Columns:
    """One row a frame, in default order.

    Args:
        run: The run.
        frames: Its frames, where they are at hand; None: they are found now.

    Returns:
        Columns as in FRAMES. `pattern` has `…` for each slot, its words as they are written most often; `slots` is a
        JSON list with one list a slot of `[filler, occurrences, documents]`, the commonest fillers first; `distinct`
        tells how many different fillers each slot has; `formulas` names the formulas that stand in its occurrences, the
        best first.
    """
    tokens = tokens_of(run)
    frames = frames_of(run) if frames is None else frames
    normal, written = words_of_run(run), spellings_of_run(run)
    slots, distinct = _fillers(tokens, frames, written)
    first, last = _dates(run, frames)
    return {
        "id": [
            hashlib.blake2b(pattern.encode(), digest_size=8).hexdigest()
            for pattern in _patterns(tokens, frames, normal)
        ],
        "pattern": _patterns(tokens, frames, written),
        "df": frames.df.tolist(),
        "tf": frames.tf.tolist(),
        "bits": frames.bits.tolist(),
        "gain": frames.gain.tolist(),
        "first_date": first,
        "last_date": last,
        "slots": [json.dumps(row, ensure_ascii=False) for row in slots],
        "distinct": distinct,
        "formulas": _formulas_in(frames, formulas_of(run), formula_names(run)[0]),
    }


def _patterns(tokens: Tokens, frames: Frames, words: Sequence[str]) -> list[str]:
    """The fixed words of each frame, with `…` for each slot."""
    return [
        " … ".join(
            joined([words[word] for word in tokens.ids[place : place + count].tolist()])
            for place, count in zip(frames.occurrences(number)[0].tolist(), frames.parts(number).tolist(), strict=True)
        ).strip()
        for number in range(len(frames))
    ]


def _fillers(
    tokens: Tokens, frames: Frames, words: Sequence[str]
) -> tuple[list[list[list[list[Any]]]], list[list[int]]]:
    """The fillers of all slots of all frames with occurrences and documents, and how many each slot has."""
    slots = [slot for number in range(len(frames)) for slot in frames.slots(number)]
    sizes = np.array([len(starts) for starts, _ in slots], dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    starts = np.concatenate([none, *(begin for begin, _ in slots)])
    ends = np.concatenate([none, *(end for _, end in slots)])
    owners = np.repeat(np.arange(len(slots)), sizes)
    numbers = filler_groups(tokens.ids, starts, ends, owners)
    counts = np.bincount(numbers)
    examples = np.zeros(len(counts), dtype=np.int64)
    examples[numbers] = np.arange(len(numbers))
    pairs = np.unique(numbers * tokens.documents + tokens.document_of_each()[np.minimum(starts, len(tokens) - 1)])
    documents = np.bincount(pairs // max(tokens.documents, 1), minlength=len(counts))
    of_slot = owners[examples]
    order = np.lexsort((examples, -counts, of_slot))
    told: list[list[list[Any]]] = [[] for _ in slots]
    for filler in order.tolist():
        if len(told[of_slot[filler]]) < FILLERS:
            at = examples[filler]
            ids = tokens.ids[starts[at] : ends[at]].tolist()
            text = joined([words[word] for word in ids[:FILLER_WORDS]]) + (" …" if len(ids) > FILLER_WORDS else "")
            told[of_slot[filler]].append([text, int(counts[filler]), int(documents[filler])])
    variety = np.bincount(of_slot, minlength=len(slots)).tolist()
    bounds = bounds_of(np.diff(frames.part_bounds) - 1).tolist()
    return (
        [told[start:end] for start, end in pairwise(bounds)],
        [variety[start:end] for start, end in pairwise(bounds)],
    )


def filler_table(run: StoredRun, frames: Frames, number: int) -> Columns:
    """What fills the slots of one frame, occurrence by occurrence, with document and date.

    Args:
        run: The run.
        frames: Its frames.
        number: Row of the frame.

    Returns:
        `slot` counts from 0; `filler` is the text as it is written, empty where the slot is; `start` and `end` are its
        span in code points (None where it is empty).
    """
    tokens, dates = tokens_of(run), dates_of(run)
    table: Columns = {name: [] for name in ("slot", "filler", "doc", "date", "start", "end")}
    for slot, (starts, ends) in enumerate(frames.slots(number)):
        owners = tokens.document_of(frames.occurrences(number)[:, 0])
        for document, first, last in zip(owners.tolist(), starts.tolist(), ends.tolist(), strict=True):
            span = (int(tokens.starts[first]), int(tokens.ends[last - 1])) if last > first else (None, None)
            table["slot"].append(slot)
            table["filler"].append(" ".join(run.text(document)[slice(*span)].split()) if last > first else "")
            table["doc"].append(run.document_ids[document])
            table["date"].append(dates[document])
            table["start"].append(span[0])
            table["end"].append(span[1])
    return table


def frame_occurrences(frames: Frames, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ranges (int64, starts and ends) of the occurrences of a frame, slots at its edges included."""
    places, words = frames.occurrences(number), frames.parts(number)
    return places[:, 0], places[:, -1] + int(words[-1])


def _extent(frames: Frames) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Frame, first and last token position (half-open) of every occurrence."""
    if not len(frames):
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    ranges = [frame_occurrences(frames, number) for number in range(len(frames))]
    owners = np.repeat(np.arange(len(frames)), frames.tf)
    return owners, np.concatenate([starts for starts, _ in ranges]), np.concatenate([ends for _, ends in ranges])


def _dates(run: StoredRun, frames: Frames) -> tuple[list[str | None], list[str | None]]:
    """Earliest and latest date of the documents of each frame."""
    owners, starts, _ = _extent(frames)
    documents = tokens_of(run).document_of(starts)
    return Dates.of(dates_of(run)).first_and_last(documents, bounds_of(np.bincount(owners, minlength=len(frames))))


def _formulas_in(frames: Frames, formulas: Formulas, ids: Sequence[str]) -> list[list[str]]:
    """The best formulas that lie in occurrences of each frame."""
    owners, starts, ends = _extent(frames)
    order = np.argsort(formulas.positions, kind="stable")
    positions = formulas.positions[order]
    which = formulas.owners()[order]
    low = np.searchsorted(positions, starts, side="left")
    rows, within = spread(np.searchsorted(positions, ends, side="left") - low)
    at = low[rows] + within
    whole = positions[at] + formulas.tokens[which[at]] <= ends[rows]
    keys = np.unique(owners[rows[whole]] * max(len(formulas), 1) + which[at[whole]])
    frame, formula = keys // max(len(formulas), 1), keys % max(len(formulas), 1)
    nth = np.arange(len(keys)) - np.searchsorted(frame, frame, side="left")
    named: list[list[str]] = [[] for _ in range(len(frames))]
    for number, member in zip(frame[nth < NAMED].tolist(), formula[nth < NAMED].tolist(), strict=True):
        named[number].append(ids[member])
    return named


def _exported(run: StoredRun) -> Columns:
    table = frame_table(run)
    return table | {"distinct": [json.dumps(counts) for counts in table["distinct"]]}


FRAMES = ComputedTable(
    "frames",
    "one formula with slots",
    (
        Column("id", "text", "hash of the pattern"),
        Column("pattern", "text", "fixed words, with … for each slot"),
        Column("df", "integer", "documents that have it, copies of a text counted once", falls=True),
        Column("tf", "integer", "occurrences", falls=True),
        Column("bits", "real", "how surprising its fixed words are", falls=True),
        Column("gain", "real", "bits that its slots save in the description of the corpus", falls=True),
        Column("first_date", "text", "earliest date of its documents"),
        Column("last_date", "text", "latest date of its documents"),
        Column("slots", "json", "for each slot a list of [filler, occurrences, documents], the commonest first"),
        Column("distinct", "json", "how many different fillers each slot has"),
        Column("formulas", "texts", "ids of the best formulas in its occurrences"),
    ),
    _exported,
)
