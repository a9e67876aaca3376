"""From joins to frames: joins linked into frames of several slots, and frames that begin or end with a slot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.grouping import Positions, equal_groups
from reuse.arrays.hashing import mixed
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, spread
from reuse.corpus.tokens import Tokens
from reuse.formulas.description import RunBits, filler_groups, slot_bits
from reuse.formulas.joins import Joins
from reuse.formulas.phrases import Formulas
from reuse.options import FrameOptions
from reuse.score.background import Background


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame on its way into the columns.

    Attributes:
        words: Words of each fixed part; 0 at the edge of a slot that begins or ends the frame.
        places: int64 (occurrences, parts): token position of each part; occurrences stand in the order of the text.
        gain: Bits that its slots save.
    """

    words: tuple[int, ...]
    places: Positions
    gain: float

    def documents(self, documents: NDArray[np.int32]) -> int:
        """How many documents have it, given the document of every token (or the text that it is a copy of)."""
        return len(np.unique(documents[self.places[:, 0]]))


def chained(
    tokens: Tokens, joins: Joins, gain: NDArray[np.float64], documents: NDArray[np.int32], options: FrameOptions
) -> list[Frame]:
    """All joins as frames, linked where the last part of one is the first of the next at most of their occurrences."""
    following = _following(joins, options.shared)
    inner = set(following.values())
    told: set[int] = set()
    frames: list[Frame] = []
    for first in sorted(set(following) - inner):
        links = [first]
        while links[-1] in following and following[links[-1]] not in links:
            links.append(following[links[-1]])
        frame = _linked(joins, gain, links)
        frame = _without_idle_slots(tokens.ids, frame)
        enough = len(frame.words) > 1 < len(frame.places) and frame.documents(documents) >= options.min_documents
        if enough:
            frames.append(frame)
            told |= {link for link in links if len(frame.places) >= options.shared * _occurrences(joins, link)}
    alone = (_linked(joins, gain, [join]) for join in range(len(joins)) if join not in told)
    frames += [_without_idle_slots(tokens.ids, frame) for frame in alone]
    return [frame for frame in frames if len(frame.words) > 1]


def _without_idle_slots(ids: NDArray[np.int32], frame: Frame) -> Frame:
    """The frame without slots that have one and the same filler in all its occurrences: those are fixed words."""
    words, columns = [frame.words[0]], [frame.places[:, 0]]
    for part in range(1, len(frame.words)):
        starts, ends = columns[-1] + words[-1], frame.places[:, part]
        length = int(ends[0] - starts[0]) if len(ends) else 0
        same = bool((ends - starts == length).all())
        if same and bool((ids[starts[:, None] + np.arange(length)] == ids[starts[:1, None] + np.arange(length)]).all()):
            words[-1] += length + frame.words[part]
        else:
            words.append(frame.words[part])
            columns.append(ends)
    return Frame(tuple(words), np.stack(columns, axis=1), frame.gain)


def _occurrences(joins: Joins, join: int) -> int:
    return int(joins.bounds[join + 1] - joins.bounds[join])


def _following(joins: Joins, share: float) -> dict[int, int]:
    """For each join, the one that it runs on into: each chose the other as the one that it shares most with.

    They share at least such a share of the occurrences of the rarer one.
    """
    owners = joins.owners()
    ends = joins.slot_end + joins.right[owners]
    order = np.argsort(ends, kind="stable")
    low = np.searchsorted(ends[order], joins.slot_start, side="left")
    high = np.searchsorted(ends[order], joins.slot_start, side="right")
    rows, within = spread(high - low)
    before, after = owners[order[low[rows] + within]], owners[rows]
    fits = ~joins.open_right[before] & ~joins.open_left[after] & (joins.right[before] >= joins.left[after])
    before, after = before[fits & (before != after)], after[fits & (before != after)]
    keys, shared = np.unique(before * np.int64(len(joins)) + after, return_counts=True)
    before, after = keys // max(len(joins), 1), keys % max(len(joins), 1)
    sizes = joins.sizes()
    enough = shared >= np.maximum(2, share * np.minimum(sizes[before], sizes[after]))
    best: dict[int, int] = {}
    taken: set[int] = set()
    order = np.lexsort((keys, -shared))
    for row in order[enough[order]].tolist():
        one, other = int(before[row]), int(after[row])
        if one not in best and other not in taken:
            best[one] = other
            taken.add(other)
    return best


def _linked(joins: Joins, gain: NDArray[np.float64], links: list[int]) -> Frame:
    """One frame of joins in a row, with the occurrences that go through all of them."""
    first = links[0]
    rows = slice(int(joins.bounds[first]), int(joins.bounds[first + 1]))
    starts, ends = joins.slot_start[rows], joins.slot_end[rows]
    words = [int(joins.left[first]), int(joins.right[first])]
    columns = [starts - words[0], ends]
    for link in links[1:]:
        rows = slice(int(joins.bounds[link]), int(joins.bounds[link + 1]))
        at = {start: row for row, start in enumerate(joins.slot_start[rows].tolist())}
        reached = [at.get(end, -1) for end in (columns[-1] + words[-1]).tolist()]
        going_on = np.array(reached) >= 0
        columns = [column[going_on] for column in columns]
        columns.append(joins.slot_end[rows][np.array(reached, dtype=np.int64)[going_on]])
        words.append(int(joins.right[link]))
    if joins.open_left[first]:
        words[0:1] = [0, 1]
        columns[0:1] = [columns[0], columns[0] + 1]
    if joins.open_right[links[-1]]:
        words[-1:] = [1, words[-1] - 2]
        columns[-1:] = [columns[-1], columns[-1] + 2]
    return Frame(tuple(words), np.stack(columns, axis=1), float(gain[links].sum()))


def with_edges(
    tokens: Tokens,
    background: Background,
    run_bits: RunBits,
    formulas: Formulas,
    pair_counts: NDArray[np.int32],
    options: FrameOptions,
) -> list[Frame]:
    """Frames that begin or end with a slot of one word: formulas that are the same but for their first or last word.

    Two ways to write such formulas down: each in full, or their common words once and the fillers in a list; what
    the list saves is the gain. Since anything may stand beside a formula, more is asked of such a slot: the formulas
    must take up `options.edge_share` of the occurrences of the common words, and the fillers carry `options.edge_bits`
    of log2 n bits each on the average, which no word of the grammar does.
    """
    frames: list[Frame] = []
    for skipped in (0, 1):
        order, bounds = _alike_but_one(tokens, formulas, skipped)
        worth = _worth_telling(background, formulas, (order, bounds), skipped, pair_counts, options)
        frames += [
            frame
            for start, end in zip(bounds[:-1][worth].tolist(), bounds[1:][worth].tolist(), strict=True)
            if (frame := _edge_frame(background, run_bits, formulas, order[start:end], skipped, options.listed))
            is not None
        ]
    return frames


def _worth_telling(
    background: Background,
    formulas: Formulas,
    groups: tuple[Positions, NDArray[np.int64]],
    skipped: int,
    pair_counts: NDArray[np.int32],
    options: FrameOptions,
) -> NDArray[np.bool_]:
    """Which groups take up enough of the occurrences of their common words, with fillers that say enough."""
    order, bounds = groups
    if not len(order):
        return np.zeros(0, dtype=bool)
    begins = bounds[:-1]
    tf = formulas.tf[order].astype(np.float64)
    firsts, lengths = formulas.first()[order], formulas.tokens[order].astype(np.int64)
    filler_at = firsts + (lengths - 1) * skipped
    bits = background.token_bits(filler_at, first=np.ones(len(order), dtype=bool))
    occurrences = np.add.reduceat(tf, begins)
    mean = np.add.reduceat(bits * tf, begins) / occurrences
    pairs = lengths[begins] - 2
    rows, within = spread(pairs)
    counts = pair_counts[firsts[begins][rows] + (1 - skipped) + within]
    rarest = np.minimum.reduceat(counts, bounds_of(pairs)[:-1])
    tells = mean >= options.edge_bits * log2(len(pair_counts))
    return np.asarray(tells & (occurrences >= options.edge_share * rarest), dtype=np.bool_)


def _alike_but_one(tokens: Tokens, formulas: Formulas, skipped: int) -> tuple[Positions, NDArray[np.int64]]:
    """Formulas grouped by all their words but the first (skipped 0) or the last (skipped 1)."""
    if not len(formulas):
        return np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    first = formulas.first() + (1 - skipped)
    lengths = formulas.tokens.astype(np.int64) - 1
    rows, within = spread(lengths)
    words = tokens.ids[first[rows] + within].astype(np.uint64) | within.astype(np.uint64) << np.uint64(32)
    hashes = np.add.reduceat(mixed(words), bounds_of(lengths)[:-1])
    same = hashes.view(np.int64)
    return equal_groups(mixed(hashes), lambda at: (same[at], lengths[at]))


def _edge_frame(
    background: Background,
    run_bits: RunBits,
    formulas: Formulas,
    members: NDArray[np.int64],
    skipped: int,
    listed: int,
) -> Frame | None:
    size = log2(len(background.ids))
    words = int(formulas.tokens[members[0]])
    firsts = formulas.positions[formulas.bounds[members]]
    common_at = firsts[0] + (1 - skipped) + np.arange(words - 1)
    occurrences = int(formulas.tf[members].sum())
    starts = np.sort(np.concatenate([_positions(formulas, member) for member in members.tolist()]))
    places = np.stack([starts, starts + words], axis=1) if skipped else np.stack([starts, starts + 1], axis=1)
    if skipped:
        shape, slots = (words - 1, 0), (starts + words - 1, starts + words)
    else:
        shape, slots = (0, words - 1), (starts, starts + 1)
    common = background.token_bits(common_at, occurrences, first=np.arange(words - 1) == 0).sum()
    fillers = filler_groups(background.ids, *slots, np.zeros(len(starts), dtype=np.int64))
    list_bits = slot_bits(run_bits, slots, np.array([0, len(starts)]), fillers, listed)
    gain = float((len(members) - 1) * common - max(list_bits[0], 0.0) - size)
    return Frame(shape, places, gain) if gain > 0 else None


def _positions(formulas: Formulas, member: int) -> Positions:
    return formulas.positions[formulas.bounds[member] : formulas.bounds[member + 1]]
