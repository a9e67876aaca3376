"""What a reader is told first of a run, by `scan`, the terminal and the page alike: who repeats whom, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.density import Stretch, densest
from reuse.analysis.links import Links, links
from reuse.analysis.stored import tokens_of
from reuse.analysis.told_once import told_first
from reuse.analysis.versions import changed_stories, version_table
from reuse.calendar import Dates
from reuse.display import percent
from reuse.report.highlights import TEXT_ONLY, Row, best_formulas, furniture_said, shown_first, text_only
from reuse.run.scan_record import group_names, groups_of
from reuse.shares import KINDS, shares_of
from reuse.spacing import SOLO_BLOCKS

if TYPE_CHECKING:
    from reuse.run.run import Run

LOOKED_AT = 500
"""Matches looked at for the densest: the most surprising ones."""
TEMPLATE = 0.6
"""Similarity below which a match is called a template: less than that is bracketed words more than shared ones."""
LETTERS_ARE_WORDS = "No spaces part words here: each letter counts as one"
"""Of text in Chinese, Japanese, Thai and the like."""
ORDER_SAYS = {"known": "repeats", "guessed": "repeats", "unknown": "shares with"}
"""How a link is said, by what is known of the order of its two documents."""
ORDER_NOTES = {"known": "", "guessed": "a date is guessed", "unknown": "order unknown"}
"""What is added to it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents of which one repeats the other.

    Attributes:
        later, earlier: Rows of the table of documents: id, title, date, tokens. Where the order is not known, `later`
            is the one that has the larger share of its words in common.
        words: Words of `later` in passages that `earlier` has.
        share: The same as a share of all words of `later`, 0 to 1.
        matches: Matches between the two; 0 where only others link them.
        order: Of ORDER_SAYS: known, guessed (one of the two dates was), unknown.
    """

    later: Row
    earlier: Row
    words: int
    share: float
    matches: int
    order: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A match with the stretch that is shown of it first.

    Attributes:
        row: Its row of the table of matches.
        text_a, text_b: What either passage has in its densest stretch.
        begins: The stretch begins where the match does.
        stretch: The stretch, as token positions.
    """

    row: Row
    text_a: str
    text_b: str
    begins: bool
    stretch: Stretch

    @property
    def length(self) -> int:
        """Words of the longer passage."""
        return max(int(self.row["tokens_a"]), int(self.row["tokens_b"]))

    def said(self) -> str:
        """Length and similarity, or that it is a template, in so many pieces."""
        words = "1 word" if self.length == 1 else f"{self.length:,} words"
        if self.row["similarity"] >= TEMPLATE:
            return f"{words}, {percent(self.row['similarity'])} alike"
        pieces = "1 piece" if self.stretch.pieces == 1 else f"{self.stretch.pieces:,} pieces"
        return f"template: {self.row['matched_tokens']:,} of {words} in {pieces}"


class Overview:
    """What is told first; each part is worked out when it is asked for.

    Args:
        run: The run to read.
        where: Filter of the matches; what the reviewer rejected or called boilerplate is left out in any case,
            furniture unless the filter asks for it.
    """

    def __init__(self, run: Run, where: str | None = None) -> None:
        self.run = run
        self.where = where

    @cached_property
    def documents(self) -> int:
        """How many documents there are."""
        return self.run.count("documents")

    @cached_property
    def words(self) -> int:
        """How many words they have."""
        ((words,),) = self.run.sql("SELECT coalesce(sum(tokens), 0) FROM documents")
        return int(words)

    @cached_property
    def letters(self) -> str:
        """A sentence that says so where most words are letters of scripts that put no spaces between words."""
        first = SOLO_BLOCKS[0][0]
        ((alone,),) = self.run.sql(
            f"SELECT total(count) FROM words WHERE length(text) = 1 AND unicode(text) >= {first}"
        )
        return LETTERS_ARE_WORDS if alone > self.words / 2 else ""

    @cached_property
    def matches(self) -> int:
        """How many matches pass the filter, furniture apart unless it asks for that."""
        return self.run.count("matches", text_only(self.where))

    @cached_property
    def clusters(self) -> int:
        """How many clusters these are of."""
        return self._clusters(text_only(self.where))

    @cached_property
    def phrases(self) -> int:
        """How many formulas there are, furniture apart."""
        return self.run.count("formulas", TEXT_ONLY)

    @cached_property
    def families(self) -> int:
        """How many families of formulas there are, furniture apart."""
        return self.run.count("formulas", f"head:true {TEXT_ONLY}")

    @cached_property
    def dated(self) -> str:
        """First and last date, how many of the dates were guessed, how many documents have none; empty if all have."""
        rows = list(self.run.sql("SELECT date, date_guessed FROM documents"))
        known = Dates.of([date for date, _ in rows]).distinct
        if not known:
            return ""
        guessed, without = sum(guess for _, guess in rows), sum(date is None for date, _ in rows)
        remarks = [f"{guessed:,} guessed"] * bool(guessed) + [f"{without:,} without a date"] * bool(without)
        until = f" to {known[-1]}" if len(known) > 1 else ""
        return f"dated {known[0]}{until}" + (f" ({', '.join(remarks)})" if remarks else "")

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """How much of all words but furniture is recycled, shared, repeated, fresh (`reuse.shares.KINDS`)."""
        of_text = "tokens - furniture_tokens"
        sums = ", ".join(f"total(({of_text}) * {kind})" for kind in KINDS)
        (found,) = self.run.sql(f"SELECT {sums} FROM documents")
        return tuple(shares_of(np.array([found])).tolist()[0])

    @cached_property
    def copies(self) -> str:
        """A sentence on the documents that are copies of another; empty if none is."""
        ((copies,),) = self.run.sql("SELECT count(copy_of) FROM documents")
        if not copies:
            return ""
        counted = "count as one document" if self.run.options.copies == "one" else "are counted each"
        are = "1 document is a copy" if copies == 1 else f"{copies:,} documents are copies"
        return f"{are} of another, word for word or nearly; copies of a text {counted}"

    @cached_property
    def hidden(self) -> str:
        """A sentence on the matches that were left out, and how to see them; empty if none was."""
        count = self.run.meta.get("counts", {}).get("hidden_matches", 0)
        if not count:
            return ""
        matches = "1 match was" if count == 1 else f"{count:,} matches were"
        chance = f"E > {self.run.options.score.max_evalue:.2g}"
        return f"{matches} left out as chance may have brought them about ({chance}); scan --score-margin 0 keeps them"

    @cached_property
    def furniture(self) -> str:
        """A sentence on what is furniture and not shown first; empty if nothing is."""
        return "" if self._asks_for_furniture else furniture_said(self.run, "the filter furniture:any shows them")

    @property
    def _asks_for_furniture(self) -> bool:
        return text_only(self.where) == self.where

    @cached_property
    def _links(self) -> Links:
        kept = self.run.ids("matches", shown_first(self.where)) if self._filtered else None
        names = group_names(self.run)
        groups = None if names is None else groups_of(names)
        return links(self.run, kept, groups, furniture=self._asks_for_furniture)

    @cached_property
    def linked(self) -> int:
        """How many pairs of documents have passages of one text, copies counted once; at least, see `all_linked`."""
        return len(self._links)

    @property
    def all_linked(self) -> bool:
        """Whether there are no more than those that `linked` counts."""
        return self._links.complete

    def links(self, most: int) -> list[Link]:
        """The pairs of documents that share most words, the later first."""
        found = self._links.take(slice(most))
        numbers = np.concatenate([found.later, found.earlier])
        rows = self.run.rows("documents", numbers, ["id", "title", "date", "tokens"])
        orders = np.where(found.known, np.where(found.guessed, "guessed", "known"), "unknown").tolist()
        columns = (found.words.tolist(), found.share.tolist(), found.matches.tolist(), orders)
        return [Link(*facts) for facts in zip(rows[: len(found)], rows[len(found) :], *columns, strict=True)]

    @cached_property
    def kept(self) -> int:
        """How many matches are shown: neither furniture nor left out by the reviewer or the filter."""
        return self.run.count("matches", shown_first(self.where))

    @cached_property
    def between(self) -> int:
        """How many clusters have a match of two documents that are not copies of one another."""
        return self._clusters(f"within:false copies:false {shown_first(self.where)}")

    @cached_property
    def within(self) -> int:
        """How many clusters have a match within one document."""
        return self._clusters(f"within:true {shown_first(self.where)}")

    def passages(self, most: int) -> list[Highlight]:
        """The best match of each cluster between documents: those whose densest stretch says most come first."""
        return self._highlights("within:false copies:false", most)

    def repetitions(self, most: int) -> list[Highlight]:
        """The same for matches within one document."""
        return self._highlights("within:true", most)

    def formulas(self, most: int) -> list[Row]:
        """The most widespread and surprising formulas, one a family."""
        return best_formulas(self.run, most)

    @cached_property
    def _changed_stories(self) -> list[str]:
        return changed_stories(self.run)

    @property
    def changed_stories(self) -> int:
        """How many stories there are in versions that differ, where dates say of some which it is a version of."""
        return len(self._changed_stories)

    def versions(self, most: int, told: int) -> list[list[Row]]:
        """The versions (rows of that table, by date) of such stories, those whose versions are most alike first.

        Args:
            most: Most stories.
            told: How many versions of each, the first ones, have their changes told.
        """
        chosen = self._changed_stories[:most]
        table = version_table(self.run, chosen, told)
        found: dict[str, list[Row]] = {name: [] for name in chosen}
        for row in zip(*table.values(), strict=True):
            version = dict(zip(table, row, strict=True))
            found[version["story"]].append(version)
        return list(found.values())

    @property
    def _filtered(self) -> bool:
        return bool(self.where or self.furniture) or any(review.mark for review in self.run.notes.all())

    def _clusters(self, where: str) -> int:
        if self.run.count("matches", where) == 0:
            return 0
        return len(np.unique(self._cluster_of[self.run.ids("matches", where)]))

    @cached_property
    def _cluster_of(self) -> NDArray[np.int64]:
        found = self.run.sql("SELECT cluster FROM matches ORDER BY match")
        return np.fromiter((cluster for (cluster,) in found), dtype=np.int64)

    @cached_property
    def _ids(self) -> NDArray[np.int32]:
        return tokens_of(self.run).ids

    @cached_property
    def _heads(self) -> NDArray[np.int32]:
        return tokens_of(self.run).vocabulary.heads()

    @cached_property
    def _spans(self) -> NDArray[np.int64]:
        return np.asarray(self.run.column("match_tokens"), dtype=np.int64).reshape(-1, 4)

    def _highlights(self, which: str, most: int) -> list[Highlight]:
        chosen = told_first(self.run, self._best_of_clusters(f"{which} {shown_first(self.where)}", most), most)
        found = self.run.rows("matches", chosen)
        return [self._shown(row, number, self._densest(number)) for row, number in zip(found, chosen, strict=True)]

    def _best_of_clusters(self, where: str, most: int) -> Iterator[int]:
        """The best match of each cluster, as it is asked for.

        Of the matches with most bits, those whose densest stretch says most come first; then clusters that have none of
        these, by bits.
        """
        numbers = self.run.ids("matches", where, "bits", limit=LOOKED_AT + most)
        rows = self.run.rows("matches", numbers, ["id", "bits"])
        weighed = [
            (-row["bits"] * self._densest(number).part, row["id"], number)
            for number, row in zip(numbers.tolist(), rows, strict=True)
        ]
        met: set[int] = set()
        for _, _, number in sorted(weighed):
            cluster = int(self._cluster_of[number])
            if cluster not in met:
                met.add(cluster)
                yield number
        if len(numbers) < LOOKED_AT + most:
            return
        every = self.run.ids("matches", where, "bits")
        clusters, first = np.unique(self._cluster_of[every], return_index=True)
        further = np.sort(first[~np.isin(clusters, list(met))])
        yield from every[further[: LOOKED_AT + most]].tolist()

    def _densest(self, number: int) -> Stretch:
        return densest(self._ids, tuple(self._spans[number].tolist()), self._heads)

    def _shown(self, row: Mapping[str, Any], number: int, stretch: Stretch) -> Highlight:
        tokens = self.run.tokens

        def text(side: str, start: int, end: int) -> str:
            own: str = row[f"text_{side}"]
            offset = int(row[f"{side}_start"])
            whole = self._spans[number]
            first, last = (whole[0], whole[1]) if side == "a" else (whole[2], whole[3])
            low = offset if start == first else int(tokens.starts[start])
            high = offset + len(own) if end == last else int(tokens.ends[end - 1])
            return own[low - offset : high - offset]

        return Highlight(
            row=dict(row),
            text_a=text("a", stretch.a_start, stretch.a_end),
            text_b=text("b", stretch.b_start, stretch.b_end),
            begins=stretch.a_start == self._spans[number][0],
            stretch=stretch,
        )
