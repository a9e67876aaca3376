"""What the last additions to a run brought: text that older documents have too, and formulas that came with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.stored import Columns, StoredRun, matches_by_bits
from reuse.analysis.told_once import Told, told_once
from reuse.arrays.ragged import bounds_of, row_of_each, spread
from reuse.arrays.spans import union_lengths
from reuse.columns import Column
from reuse.corpus.tokens import Tokens
from reuse.errors import UsageError

AGAINST = ("old", "new", "all")
"""With what new documents are compared: with older ones, with each other, with both."""

DOCUMENTS = (
    Column("document", "text", "id of a document that was added"),
    Column("date", "text", "its date"),
    Column("title", "text", "its title"),
    Column("tokens", "integer", "its words", falls=True),
    Column("shared", "integer", "those of them that the others have too", falls=True),
    Column("matches", "integer", "its matches with the others", falls=True),
    Column("source", "text", "the other document that has most of them"),
    Column("source_shared", "integer", "how many that has", falls=True),
)


@dataclass(frozen=True, slots=True)
class News:
    """What some additions brought.

    Attributes:
        additions: When they were made (ISO 8601), the earliest first.
        documents: The documents that were added and are still there: columns as in DOCUMENTS, those first that share
            most words.
        matches: int64: rows of the matches that these have with the others, the most surprising first.
        passages: Of these the ones that tell each stretch of the new documents once.
        formulas: int64: rows of the formulas that no older document has, best first.
        spread: int64: rows of those that a single older document has, so that they are formulas only now.
    """

    additions: list[str]
    documents: Columns
    matches: NDArray[np.int64]
    passages: Told
    formulas: NDArray[np.int64]
    spread: NDArray[np.int64]


def news_of(run: StoredRun, chosen: Sequence[Mapping[str, Any]], against: str = "old") -> News:
    """What some additions brought.

    Args:
        run: The run.
        chosen: The additions, as the run's `meta["additions"]` has them.
        against: One of AGAINST.

    Raises:
        UsageError: `against` is something else.
    """
    if against not in AGAINST:
        raise UsageError(f"{against!r}: new documents are compared with {', '.join(AGAINST[:-1])} or {AGAINST[-1]}")
    added = {name for one in chosen for name in one["documents"]}
    ids = [name for (name,) in run.sql("SELECT id FROM documents ORDER BY doc")]
    new = np.array([name in added for name in ids], dtype=bool)
    other = {"old": ~new, "new": new, "all": np.ones(len(new), dtype=bool)}[against]
    spans = np.asarray(run.column("match_tokens"))
    a, b = (run.tokens.document_of(spans[:, side]) for side in (0, 2))
    met = (a != b) & ((new[a] & other[b]) | (new[b] & other[a]))
    order = matches_by_bits(run)
    matches = order[met[order]]
    born, spread = _formulas(run, new)
    return News(
        [one["at"] for one in chosen],
        _documents(run, spans[met], new, other),
        matches,
        told_once(run, matches, new),
        born,
        spread,
    )


def additions_since(additions: Sequence[Mapping[str, Any]], since: str | None) -> list[Mapping[str, Any]]:
    """Those of the additions to a run that are asked for.

    Args:
        additions: All, the earliest first.
        since: A number: so many of the last ones. A date or a time (ISO 8601): those made then or later. None: the
            last one.

    Raises:
        UsageError: `since` is neither.
    """
    if since is None or since.isdecimal():
        count = 1 if since is None else int(since)
        return list(additions[-count:]) if count else []
    try:
        moment = datetime.fromisoformat(since).astimezone(UTC)
    except ValueError as error:
        raise UsageError(
            f"{since!r} is neither a number of additions nor a date; write 3, 2026-11-28 or 2026-11-28T06:00"
        ) from error
    return [one for one in additions if datetime.fromisoformat(one["at"]) >= moment]


def _documents(run: StoredRun, spans: NDArray[np.int64], new: NDArray[np.bool_], other: NDArray[np.bool_]) -> Columns:
    """The table of new documents, given the matches (int64, matches × 4) that they have with the others."""
    starts, ends = spans[:, [0, 2]].ravel(order="F"), spans[:, [1, 3]].ravel(order="F")
    own = run.tokens.document_of(starts)
    with_whom = np.roll(own, len(spans))
    told = np.flatnonzero(new[own] & other[with_whom])
    own, with_whom, starts, ends = own[told], with_whom[told], starts[told], ends[told]
    shared = union_lengths(own, starts, ends, len(new))
    pairs, number = np.unique(own * len(new) + with_whom, return_inverse=True)
    of_pair = union_lengths(number, starts, ends, len(pairs))
    source, most = np.full(len(new), -1, dtype=np.int64), np.zeros(len(new), dtype=np.int64)
    best = np.lexsort((-pairs, of_pair))  # the last one written stays
    source[pairs[best] // len(new)], most[pairs[best] // len(new)] = pairs[best] % len(new), of_pair[best]
    facts = {row[0]: row[1:] for row in run.sql("SELECT doc, id, date, title, tokens FROM documents")}
    rows = np.flatnonzero(new)
    rows = rows[np.lexsort((rows, -shared[rows]))]
    matches = np.bincount(own, minlength=len(new))
    return {
        "document": [facts[row][0] for row in rows.tolist()],
        "date": [facts[row][1] for row in rows.tolist()],
        "title": [facts[row][2] for row in rows.tolist()],
        "tokens": [facts[row][3] for row in rows.tolist()],
        "shared": shared[rows].tolist(),
        "matches": matches[rows].tolist(),
        "source": [None if row < 0 else facts[row][0] for row in source[rows].tolist()],
        "source_shared": most[rows].tolist(),
    }


def _formulas(run: StoredRun, new: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (int64) of the formulas that no older document has, and of those that one has, if a new one has them too.

    What an older document has within a longer formula it has as well.
    """
    bounds, positions = (np.asarray(run.column(f"formula_{name}")) for name in ("bounds", "positions"))
    newer, older = (_documents_with(run, row_of_each(bounds), positions, kind, len(bounds) - 1) for kind in (new, ~new))
    rows = np.flatnonzero((older <= 1) & (newer > 0))
    lengths = np.array([size for (size,) in run.sql("SELECT tokens FROM formulas ORDER BY formula")], dtype=np.int64)
    owner, places = _everywhere(run.tokens, positions[bounds[rows]], lengths[rows])
    older = _documents_with(run, owner, places, ~new, len(rows))
    return rows[older == 0], rows[older == 1]


def _documents_with(
    run: StoredRun, owner: NDArray[np.int64], places: NDArray[np.int64], chosen: NDArray[np.bool_], count: int
) -> NDArray[np.int64]:
    """How many of the documents that are chosen (bool, documents) have each of `count` owners of places (int64)."""
    pairs = np.unique(owner * len(chosen) + run.tokens.document_of(places))
    owner, document = pairs // max(len(chosen), 1), pairs % max(len(chosen), 1)
    return np.bincount(owner[chosen[document]], minlength=count)


def _everywhere(
    tokens: Tokens, first: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All places of some phrases, wherever marks stand: the phrase (int64, its row) and the place (int64) of each.

    Cost: one pass over the tokens, and the occurrences of the rarest word of each phrase times its words.

    Args:
        tokens: The corpus.
        first: int64 (phrases,): position of the first word of an occurrence of each.
        lengths: int64 (phrases,): their words.
    """
    ids, counts = np.asarray(tokens.ids), np.asarray(tokens.vocabulary.counts)
    phrase, within = spread(lengths)
    words = ids[first[phrase] + within]
    rarest = np.lexsort((counts[words], phrase))[bounds_of(lengths)[:-1]]
    sought = np.zeros(len(counts), dtype=bool)
    sought[words[rarest]] = True
    at = np.flatnonzero(sought[ids])
    at = at[np.argsort(ids[at], kind="stable")]
    low, high = (np.searchsorted(ids[at], words[rarest], side=side) for side in ("left", "right"))
    owner, nth = spread(high - low)
    start = at[low[owner] + nth] - within[rarest][owner]
    whole = (start >= 0) & (start + lengths[owner] <= len(ids))
    owner, start = owner[whole], start[whole]
    whole = tokens.document_of(start) == tokens.document_of(start + lengths[owner] - 1)
    owner, start = owner[whole], start[whole]
    place, word = spread(lengths[owner])
    differs = ids[start[place] + word] != ids[first[owner[place]] + word]
    same = np.bincount(place, differs, minlength=len(start)) == 0
    return owner[same], start[same]
