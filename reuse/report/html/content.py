"""What the report shows, read from the run as columns that the page's script takes as they are.

Passages are numbered: matches and clusters name them by number, and each passage's text is in the report once. Spans
are in code points, as everywhere; the script turns them into its own units.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.copied import copies_apart
from reuse.calendar import period_of
from reuse.report.direction import SAMPLE, direction_of
from reuse.report.highlights import TEXT_ONLY, text_only
from reuse.report.html import analyses
from reuse.report.html.language import language_of
from reuse.report.html.maps import copies, maps
from reuse.report.html.shades import DEPTHS, depths, strips
from reuse.report.sentences import CHANCE_MANY, CHANCE_NEVER, CHANCE_ONCE, SELDOM
from reuse.report.strength import STEPS
from reuse.run.found import FOUND_SAYS, FURNITURE_SAYS, LOOSE, RELATION_SAYS
from reuse.run.registry import table_of
from reuse.run.run import Run
from reuse.run.table import Table
from reuse.shares import KINDS, whole_percents

MATCHES = 20_000
"""Matches in a report unless asked for another number: most surprising first, those between copies of one text last."""
PHRASES = 2_000
WITNESSES = 300
"""Most passages of a cluster that are set under one another."""
QUOTE = 20_000
"""Longest passage that is quoted, in code points."""
ADDRESSES = ("url", "link", "source_url", "URL")
"""Metadata that may hold the address a document comes from."""
CHUNK = 1_000_000
"""Code points of texts in one block."""

MATCH_COLUMNS = (
    *("id", "a", "a_start", "a_end", "b", "b_start", "b_end", "similarity", "tokens_a", "tokens_b", "matched_tokens"),
    *("bits", "evalue", "cluster", "found_by", "relation", "furniture", "direction"),
    "direction_guessed",
    *("mark", "bookmark", "note"),
)
PHRASE_COLUMNS = (
    *("id", "text", "tokens", "df", "tf", "first_date", "last_date", "bits", "dispersion", "family", "variants"),
    *("mark", "bookmark", "note"),
)
MARKS = (None, "accepted", "rejected", "boilerplate")
FOUND = tuple(FOUND_SAYS)
RELATED = tuple(RELATION_SAYS)
FURNITURE = tuple(FURNITURE_SAYS)
DIRECTIONS = ("unknown", "a>b", "b>a")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the run is in the report.

    Attributes:
        matches, phrases: How many are shown.
        passing: How many matches pass the filter.
        furniture: How many of those shown are furniture that the filter does not ask for.
        all_matches, all_phrases: How many the run has; of phrases those that are no furniture.
        where: The filter.
    """

    matches: int
    phrases: int
    passing: int
    furniture: int
    all_matches: int
    all_phrases: int
    where: str | None


class Content:
    """What a report of a run shows.

    Args:
        run: The run to read.
        where: Filter of the matches.
        top: Most matches.
    """

    def __init__(self, run: Run, where: str | None = None, top: int | None = None) -> None:
        self.run = run
        found = copies_apart(run, run.ids("matches", where, "bits"))
        numbers = np.concatenate([found.rest, found.between])  # copies of one text last: they are folded
        furniture = ~np.isin(numbers, run.ids("matches", text_only(where)))
        shown = np.sort(np.argsort(furniture, kind="stable")[: MATCHES if top is None else max(top, 0)])
        self.own = int(np.searchsorted(shown, found.own))
        self.match_numbers = numbers[shown]
        self.matches = table_of("matches").fetch(run, self.match_numbers, MATCH_COLUMNS)
        phrase_numbers = run.ids("formulas", TEXT_ONLY, limit=PHRASES)
        self.phrase_numbers: list[int] = phrase_numbers.tolist()
        self.phrases = table_of("formulas").fetch(
            run,
            phrase_numbers,
            PHRASE_COLUMNS,
        )
        self.documents: Table = run.table(
            "documents",
            columns=[
                "id",
                "title",
                "date",
                "date_guessed",
                "source",
                "metadata",
                "sha256",
                "characters",
                "tokens",
                "furniture_tokens",
                *KINDS,
            ],
        )
        self.extent = Extent(
            len(self.matches),
            len(self.phrases),
            len(numbers),
            int(furniture[shown].sum()),
            run.count("matches"),
            run.count("formulas", TEXT_ONLY),
            where,
        )

    @cached_property
    def ordinals(self) -> dict[str, int]:
        """Ordinal of each document by its id."""
        return {name: number for number, name in enumerate(self.run.document_ids)}

    @cached_property
    def clusters(self) -> list[tuple[Any, ...]]:
        """Number, id, passages, documents, first and last date, witnesses of the clusters of the matches shown."""
        names = json.dumps(list(dict.fromkeys(self.matches["cluster"])))
        found = self.run.sql(
            "SELECT cluster, id, passages, documents, first_date, last_date, witnesses FROM clusters "
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY cluster",
            (names,),
        )
        return list(found)

    @cached_property
    def passages(self) -> NDArray[np.int64]:
        """int64 (passages, 5), rows of the run's passages by document and place: cluster, doc, start, end, recurs."""
        found = self.run.sql(
            "SELECT p.cluster, p.doc, p.start, p.end, c.passages FROM passages p JOIN clusters c USING (cluster) "
            "ORDER BY p.doc, p.start, p.end, p.cluster"
        )
        return np.fromiter((value for row in found for value in row), dtype=np.int64).reshape(-1, 5)

    def index(self, chunks: Sequence[int]) -> dict[str, Any]:
        """Everything but texts.

        Args:
            chunks: For each document, the block that has its text.
        """
        matches, spans, witnesses = self._spans
        cluster_of = {row[1]: place for place, row in enumerate(self.clusters)}
        phrase_of = {name: place for place, name in enumerate(self.phrases["id"])}
        return {
            "run": {
                "name": self.run.path.resolve().name,
                "version": self.run.meta.get("versions", {}).get("textreuse", ""),
                "schema": self.run.schema_version,
                "where": self.extent.where,
                "passing": self.extent.passing,
                "matches": self.extent.all_matches,
                "phrases": self.extent.all_phrases,
                "depths": DEPTHS,
                "found": [[name, says, int(name in LOOSE)] for name, says in FOUND_SAYS.items()],
                "own": self.own,
                "chance": [CHANCE_MANY, CHANCE_ONCE, CHANCE_NEVER, SELDOM],
                "relations": [f"{name}: {says}" for name, says in RELATION_SAYS.items()],
                "furniture": [[name, f"{name}: {says}"] for name, says in FURNITURE_SAYS.items()],
                "occurrences": analyses.OCCURRENCES,
                "witnesses": WITNESSES,
                "strength": STEPS,
            },
            "documents": {
                **{name: self.documents[name] for name in ("id", "date", "source", "characters", "tokens")},
                "title": self.titles,
                "name": self.names,
                "year": [period_of(date, "year") for date in self.documents["date"]],
                "decade": [period_of(date, "decade") for date in self.documents["date"]],
                "guessed": [int(guessed) for guessed in self.documents["date_guessed"]],
                "sha256": self.documents["sha256"],
                "url": [_address(fields) for fields in self.further],
                "language": self.languages,
                "rightToLeft": [int(direction_of(head) == "rtl") for head in self.heads],
                "chunk": list(chunks),
                "strip": self.strips(),
                "kinds": KINDS,
                "shares": self.shares(),
                "map": self.maps,
                **self.copies,
            },
            "spans": {
                "doc": spans[0].tolist(),
                "start": spans[1].tolist(),
                "end": spans[2].tolist(),
                "place": self.run.cited(*spans),
            },
            "matches": {
                "id": self.matches["id"],
                "a": matches[0].tolist(),
                "b": matches[1].tolist(),
                "similarity": [round(value, 4) for value in self.matches["similarity"]],
                "bits": [round(value, 1) for value in self.matches["bits"]],
                "evalue": [_finite(value) for value in self.matches["evalue"]],
                "matched": self.matches["matched_tokens"],
                "tokensA": self.matches["tokens_a"],
                "tokensB": self.matches["tokens_b"],
                "cluster": [cluster_of[name] for name in self.matches["cluster"]],
                "found": [FOUND.index(way) for way in self.matches["found_by"]],
                "relation": [RELATED.index(kind) for kind in self.matches["relation"]],
                "furniture": [FURNITURE.index(kind) for kind in self.matches["furniture"]],
                "direction": [DIRECTIONS.index(way) for way in self.matches["direction"]],
                "directionGuessed": [int(guessed) for guessed in self.matches["direction_guessed"]],
                "mark": [MARKS.index(mark) for mark in self.matches["mark"]],
                "bookmark": [int(marked) for marked in self.matches["bookmark"]],
                "note": _sparse(self.matches["note"]),
            },
            "clusters": {
                "id": [row[1] for row in self.clusters],
                "passages": [row[2] for row in self.clusters],
                "documents": [row[3] for row in self.clusters],
                "texts": [row[6] for row in self.clusters],
                "first": [row[4] for row in self.clusters],
                "last": [row[5] for row in self.clusters],
                "witnesses": witnesses,
            },
            "phrases": {
                **{name: self.phrases[name] for name in ("id", "text", "tokens", "df", "tf", "variants")},
                "bits": [round(value, 1) for value in self.phrases["bits"]],
                "dispersion": [round(value, 3) for value in self.phrases["dispersion"]],
                "first": self.phrases["first_date"],
                "last": self.phrases["last_date"],
                "family": [phrase_of.get(name, -1) for name in self.phrases["family"]],
                "mark": [MARKS.index(mark) for mark in self.phrases["mark"]],
                "bookmark": [int(marked) for marked in self.phrases["bookmark"]],
                "note": _sparse(self.phrases["note"]),
            },
            "matrix": analyses.matrix(self.run, self.match_numbers),
            "lives": analyses.lives(self.run, self.documents["date"], self.phrase_numbers),
            "frames": self.frames,
            "changes": analyses.changes(self.run, self.match_numbers),
        }

    @cached_property
    def maps(self) -> list[list[Any] | None]:
        """Where the text of each document comes from; see `maps.maps`."""
        return maps(self.run)

    @cached_property
    def copies(self) -> dict[str, list[int]]:
        """Which documents are copies; see `maps.copies`."""
        return copies(self.run)

    @property
    def names(self) -> list[str | None]:
        """What each document without a title is called."""
        named = zip(self.documents["title"], self.run.document_names, strict=True)
        return [None if title else name for title, name in named]

    @cached_property
    def titles(self) -> list[str | None]:
        """The title of each document, with what tells it from others of that title."""
        named = zip(self.documents["title"], self.run.document_names, strict=True)
        return [name if title else None for title, name in named]

    @cached_property
    def frames(self) -> dict[str, Any] | None:
        """Formulas with slots; see `analyses.frames`."""
        return analyses.frames(self.run, self.phrases["id"])

    def quotes(self) -> list[str]:
        """The text of each numbered passage; one that is too long ends in an ellipsis."""
        _, (documents, starts, ends), _ = self._spans
        texts = []
        for doc, start, end in zip(documents.tolist(), starts.tolist(), ends.tolist(), strict=True):
            text = self.run.text(doc)[start : min(end, start + QUOTE)]
            texts.append(text if end - start <= QUOTE else f"{text} …")
        return texts

    def chunks(self) -> list[int]:
        """For each document, in order, the number of the block of texts that it is in."""
        numbers, size, current = [], 0, 0
        for characters in self.documents["characters"]:
            if size and size + characters > CHUNK:
                current, size = current + 1, 0
            numbers.append(current)
            size += characters
        return numbers

    def texts(self) -> Iterator[tuple[int, list[Any]]]:
        """The blocks of texts: number, and for each document its ordinal, its text and its shades.

        Shades are start, end, depth (1 to 3) and the cluster's place among those shown (or -1), one after another.
        """
        place = {row[0]: number for number, row in enumerate(self.clusters)}
        passages = self.passages
        bounds = np.searchsorted(passages[:, 1], np.arange(len(self.run.document_ids) + 1))
        depth = depths(passages[:, 4])
        block: list[Any] = []
        current = 0
        for doc, chunk in enumerate(self.chunks()):
            if chunk != current:
                yield current, block
                block, current = [], chunk
            rows = slice(int(bounds[doc]), int(bounds[doc + 1]))
            clusters = [place.get(cluster, -1) for cluster in passages[rows, 0].tolist()]
            shades = np.column_stack([passages[rows, 2:4], depth[rows], np.array(clusters, dtype=np.int64)])
            block.append([doc, self.run.text(doc), shades.ravel().tolist()])
        if block:
            yield current, block

    def shares(self) -> list[list[int]]:
        """For each document how much of it is of each kind, in per cent that add up to 100."""
        return [whole_percents(shares) for shares in zip(*(self.documents[kind] for kind in KINDS), strict=True)]

    def strips(self) -> list[str]:
        """For each document, how often its text recurs from start to end; see `shades.strips`."""
        return strips(self.passages, np.array(self.documents["characters"], dtype=np.int64))

    @cached_property
    def languages(self) -> list[str]:
        """Language of each document, where it is known."""
        return [language_of(head, fields) for head, fields in zip(self.heads, self.further, strict=True)]

    @cached_property
    def further(self) -> list[Mapping[str, str]]:
        """The further fields of each document."""
        return [json.loads(value) for value in self.documents["metadata"]]

    @cached_property
    def heads(self) -> list[str]:
        """How each document begins."""
        return [head for (head,) in self.run.sql(f"SELECT substr(text, 1, {SAMPLE}) FROM texts ORDER BY doc")]

    @cached_property
    def _spans(self) -> tuple[NDArray[np.int64], NDArray[np.int64], list[list[int]]]:
        """Passage numbers of the matches (2, matches), the passages (doc, start, end), and those of each cluster."""
        ordinals = self.ordinals
        sides = [
            np.array(
                [
                    [ordinals[name] for name in self.matches[side]],
                    self.matches[f"{side}_start"],
                    self.matches[f"{side}_end"],
                ],
                dtype=np.int64,
            ).reshape(3, -1)
            for side in "ab"
        ]
        shown = np.array([row[0] for row in self.clusters], dtype=np.int64)
        members = self.passages[np.isin(self.passages[:, 0], shown)]
        members = members[np.argsort(members[:, 0], kind="stable")]
        bounds = np.searchsorted(members[:, 0], shown), np.searchsorted(members[:, 0], shown, side="right")
        everything = np.hstack([*sides, members[:, 1:4].T])
        spans, numbers = np.unique(everything, axis=1, return_inverse=True)
        count = sides[0].shape[1]
        of_members = numbers[2 * count :]
        witnesses = [
            of_members[start : min(end, start + WITNESSES)].tolist()
            for start, end in zip(bounds[0].tolist(), bounds[1].tolist(), strict=True)
        ]
        return numbers[: 2 * count].reshape(2, count), spans, witnesses


def _address(fields: Mapping[str, str]) -> str | None:
    """Where a document comes from, if its metadata has an address that a browser may follow."""
    for name in ADDRESSES:
        value = str(fields.get(name) or "")
        if value.startswith(("https://", "http://")):
            return value
    return None


def _finite(value: float) -> float | None:
    return float(f"{value:.3g}") if np.isfinite(value) else None


def _sparse(values: Sequence[str | None]) -> dict[str, str]:
    return {str(place): value for place, value in enumerate(values) if value}
