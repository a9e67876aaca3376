"""Reworded and condensed passages: what clusters of shared rare words show in the fields around strict matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reuse.align.distinct import overlapping
from reuse.align.left_over import left_over, whole_again
from reuse.align.paired import not_paired_elsewhere
from reuse.align.rare_words import Boxes, Points, boxes_of, cluster_points, dense_stretches, fields_around, shared_words
from reuse.align.rectangles import Fields, Passages, Rectangles
from reuse.arrays.keys import differs
from reuse.arrays.logarithm import log2
from reuse.arrays.ragged import bounds_of, owners_of
from reuse.options import RewordedOptions
from reuse.score.surprise import Surprise
from reuse.work.workers import ALONE, Workers

_SLICE = 1 << 18  # tokens of fields searched at a time, so that temporaries stay in the cache
_LEAST_STRETCH = 50.0  # bits of a stretch while clusters are cut; what is a passage is decided on the whole
_BOTH = 2  # occurrences of a shared rare word that belong to the two passages
_SEVERAL = 2  # strict matches between a condensed passage and what it condenses
_ALONE = 0.5  # of the bits of a reworded passage that its rarer words have to say; a strict match may say the rest
_COPIED = 0.5  # of a document that the other may have word for word and yet condense it
_INNER_TENTH = 0.1  # of a condensed passage's words that may stand apart at either end of the long side


def find_reworded(
    ids: NDArray[np.int32],
    surprise: Surprise,
    around: Passages,
    strict: Rectangles,
    bounds: NDArray[np.int64],
    options: RewordedOptions,
    workers: Workers = ALONE,
) -> tuple[Passages, Passages]:
    """Look for reworded and for condensed passages.

    Args:
        ids: int32 (tokens,): vocabulary ids.
        surprise: What words say.
        around: Passages that the strict pass found; the search is made around them.
        strict: These and all others that it found. What draws together another document shares several with it.
        bounds: int64 (documents + 1,): where documents begin.
        options: What counts.
        workers: Do the work.

    Returns:
        What may be reworded passages (about as long on both sides; their bits are those of their rarer words), and
        condensed ones (a whole document drawn together in a small part of another).
    """
    word_bits = surprise.background.word_bits(_BOTH)
    # A strict match that says as much as a reworded passage has to needs no further words.
    sure = around.take(around.bits >= options.min_bits)
    near = fields_around(around, bounds, options.reach)
    whole = fields_around(around, bounds, options.condensed_reach)
    whole = whole.take(_may_condense(whole, strict, sure, bounds, options))
    loose = workers.map(
        _Rewording(ids, word_bits, surprise, bounds, options), _with_matches(_slices(near), sure, bounds)
    )
    condensed = workers.map(_Condensing(ids, word_bits, bounds, options), _slices(whole))
    return Passages.concatenate(*loose), Passages.concatenate(*condensed)


@dataclass(frozen=True, slots=True)
class _Rewording:
    """Looks for reworded passages in some fields, given the matches in them that are sure of themselves."""

    ids: NDArray[np.int32]
    word_bits: NDArray[np.float32]
    surprise: Surprise
    bounds: NDArray[np.int64]
    options: RewordedOptions

    def __call__(self, given: tuple[Fields, Passages]) -> Passages:
        (fields, sure), options = given, self.options
        points = shared_words(
            self.ids,
            self.word_bits,
            left_over(fields, sure, self.bounds, margin=options.gap),
            len(fields),
            least_bits=options.word_bits,
            most_pairs=options.most_pairs,
            least_sum=_ALONE * options.min_bits,
        )
        points = not_paired_elsewhere(points, fields, sure, self.bounds)
        boxes = _reworded(points, self.ids, self.surprise, options)
        found = _passages(boxes, np.flatnonzero(boxes.bits >= _ALONE * options.min_bits))
        return whole_again(found, sure, self.bounds, margin=options.gap)


@dataclass(frozen=True, slots=True)
class _Condensing:
    """Looks for condensed passages in some fields."""

    ids: NDArray[np.int32]
    word_bits: NDArray[np.float32]
    bounds: NDArray[np.int64]
    options: RewordedOptions

    def __call__(self, fields: Fields) -> Passages:
        points = shared_words(
            self.ids,
            self.word_bits,
            left_over(fields, Passages.empty(), self.bounds, margin=0),
            len(fields),
            least_bits=self.options.condensed_word_bits,
            most_pairs=self.options.condensed_pairs,
            least_sum=self.options.condensed_bits,
        )
        return _condensed(points, self.ids, self.bounds, self.options)


def _slices(fields: Fields) -> list[Fields]:
    """Fields in parts of about _SLICE tokens."""
    sizes = np.cumsum(fields.a_end - fields.a_start + fields.b_end - fields.b_start)
    cuts = np.flatnonzero(np.diff(sizes // _SLICE, prepend=0))
    return [fields.take(slice(start, end)) for start, end in pairwise([0, *cuts.tolist(), len(fields)]) if end > start]


def _with_matches(
    slices: Sequence[Fields], matches: Passages, bounds: NDArray[np.int64]
) -> Iterator[tuple[Fields, Passages]]:
    """Slices of fields, each with the matches that lie in its fields."""
    inside, field, _ = overlapping(matches, Fields.concatenate(*slices), bounds)
    order = np.argsort(field, kind="stable")
    cuts = np.searchsorted(field[order], bounds_of(np.array([len(fields) for fields in slices], dtype=np.int64)))
    for fields, (start, end) in zip(slices, pairwise(cuts.tolist()), strict=True):
        yield fields, matches.take(np.unique(inside[order[start:end]]))


def _may_condense(
    fields: Fields, strict: Rectangles, sure: Passages, bounds: NDArray[np.int64], options: RewordedOptions
) -> NDArray[np.bool_]:
    """Which fields hold several matches and reach over so much of one document that the other may condense it.

    A document that the other has word for word, or most of it, is copied there and not condensed.
    """
    may = np.zeros(len(fields), dtype=bool)
    sides = ((fields.a_start, fields.a_end), (fields.b_start, fields.b_end))
    for (start, end), rest in zip(sides, left_over(fields, sure, bounds, margin=0), strict=True):
        document = owners_of(bounds, start)
        size = bounds[document + 1] - bounds[document]
        beside = np.bincount(rest.field, weights=rest.end - rest.start, minlength=len(fields))
        copied = end - start - beside
        may |= (end - start >= options.condensed_origin * size) & (copied <= _COPIED * size)
    _, field, _ = overlapping(strict, fields, bounds)
    may &= np.bincount(field, minlength=len(fields)) >= _SEVERAL
    return may


def _reworded(points: Points, ids: NDArray[np.int32], surprise: Surprise, options: RewordedOptions) -> Boxes:
    # A word that may be paired in several ways says so much less of where it comes from.
    most = int(points.pairs.max(initial=1))
    points = replace(points, bits=(points.bits - log2(np.arange(1, most + 1))[points.pairs - 1]).astype(np.float32))
    component = cluster_points(points, gap=options.gap)
    for side in ("a", "b") * 2:
        points, component = dense_stretches(
            points, component, side, token_cost=options.token_cost, least_bits=_LEAST_STRETCH
        )
    # A passage is told by what its words say after the words before them, where both sides have those too: a phrase
    # that both know is little evidence, however rare its words are.
    same_before = np.flatnonzero(ids[np.maximum(points.a - 1, 0)] == ids[np.maximum(points.b - 1, 0)])
    a, b = points.a[same_before], points.b[same_before]
    told = points.bits.copy()
    told[same_before] = np.minimum(surprise.of_aligned(a, b, np.zeros(len(a), dtype=bool)), told[same_before])
    return boxes_of(replace(points, bits=told), component, ids)


def _condensed(points: Points, ids: NDArray[np.int32], bounds: NDArray[np.int64], options: RewordedOptions) -> Passages:
    """Stretches of one side whose words come from all over the other document."""
    found = []
    for side, other in (("b", "a"), ("a", "b")):
        stretch, number = dense_stretches(
            points, points.field, side, token_cost=2 * options.token_cost, least_bits=2 * _LEAST_STRETCH
        )
        boxes = boxes_of(stretch, number, ids)
        start, end = getattr(boxes, f"{side}_start"), getattr(boxes, f"{side}_end")
        other_start, other_end = getattr(boxes, f"{other}_start"), getattr(boxes, f"{other}_end")
        host = owners_of(bounds, start)
        origin = owners_of(bounds, other_start)
        chosen = boxes.bits >= options.condensed_bits
        chosen &= end - start <= options.condensed_host * (bounds[host + 1] - bounds[host])
        chosen &= other_end - other_start >= options.condensed_origin * (bounds[origin + 1] - bounds[origin])
        chosen &= boxes.bits >= options.condensed_density * (other_end - other_start)
        chosen &= _spread(stretch, number, other) >= options.condensed_ratio * (end - start)
        found.append(_passages(boxes, np.flatnonzero(chosen)))
    return Passages.concatenate(*found)


def _spread(points: Points, component: NDArray[np.int64], side: str) -> NDArray[np.int64]:
    """Tokens from the first to the last tenth of each component's points on a side (components from 0, ascending)."""
    place = getattr(points, side)
    order = np.lexsort((place, component))
    place = place[order]
    first = np.flatnonzero(differs(component[order]))
    count = np.diff(np.append(first, len(place)))
    inner: NDArray[np.int64] = (
        place[first + (count * (1 - _INNER_TENTH)).astype(np.int64)]
        - place[first + (count * _INNER_TENTH).astype(np.int64)]
    )
    return inner


def _passages(boxes: Boxes, rows: NDArray[np.int64]) -> Passages:
    return Passages(
        boxes.a_start[rows],
        boxes.a_end[rows],
        boxes.b_start[rows],
        boxes.b_end[rows],
        boxes.bits[rows].astype(np.float32),
    )
