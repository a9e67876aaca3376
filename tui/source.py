"""What the screens read of a run: rows with all that a line shows, passages in their context, citations."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reuse.naming import dated
from reuse.report.sentences import earlier, match_in_words
from reuse.run.run import Run
from tui.compute import Computing
from tui.passages import Passage, Shown

Row = dict[str, Any]

AROUND = 20_000
"""Code points of text on either side of a passage that are at hand as context."""
OPENING = 240
"""Code points of a passage that a list may show."""

CLOSING = re.compile(r"[^\w\s(\[{]{1,3}")

MATCH_COLUMNS = (
    "id",
    "a",
    "b",
    "similarity",
    "tokens_a",
    "tokens_b",
    "matched_tokens",
    "bits",
    "evalue",
    "cluster",
    "found_by",
    "relation",
    "furniture",
    "direction",
    "direction_guessed",
    "title_a",
    "title_b",
    "date_a",
    "date_b",
    "cluster_passages",
    "bits_rare",
    "copies",
    "mark",
    "bookmark",
    "note",
)
PLACES = ("a_start", "a_end", "b_start", "b_end", "a_place", "b_place")
ARROWS = {"a>b": "→", "b>a": "←"}
MARK_SIGNS = {"accepted": ("✓", "good"), "rejected": ("✗", "bad"), "boilerplate": ("≡", "faint")}
FURNITURE_SIGN = ("▫", "faint")


class Source:
    """A run as the screens read it.

    Attributes:
        run: For what is asked while a line is drawn.
        beside: The same run, opened once more, for queries that take long and are made in a thread: one connection
            serves one query at a time.
        compute: For what takes longer than that.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.beside = Run.open(run.path)
        ((words,),) = run.sql("SELECT coalesce(sum(tokens), 0) FROM documents")
        self.compute = Computing(self.beside, words)
        self.totals = {name: run.count(name) for name in ("documents", "matches", "clusters", "formulas")}

    def close(self) -> None:
        """Close what was opened here; the run itself belongs to who opened it."""
        self.compute.stop()
        self.beside.close()

    @property
    def name(self) -> str:
        """The run's name."""
        return self.run.path.resolve().name

    def document_name(self, document: str) -> str:
        """What people call a document; no other of its date has that name."""
        return self.run.name_of[document]

    def match_rows(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list of matches, each with the beginning of its text."""
        rows = self.run.rows("matches", numbers, MATCH_COLUMNS)
        openings = self._openings({row["cluster"] for row in rows})
        for row in rows:
            row["opening"] = openings.get(row["cluster"], "")
            row["name_a"], row["name_b"] = self.document_name(row["a"]), self.document_name(row["b"])
        return rows

    def shown_match(self, number: int) -> Shown:
        """A match, ready for the pane of passages."""
        (row,) = self.run.rows("matches", [number], (*MATCH_COLUMNS, *PLACES))
        said = match_in_words(row)
        if (row["direction"] == "unknown" or row["direction_guessed"]) and row["a"] != row["b"]:
            said += f" ({earlier(row)})"
        if row["note"]:
            said += f" · note: {row['note']}"
        return Shown(self._side(row, "a"), self._side(row, "b"), said, ARROWS.get(row["direction"], "·"))

    def _side(self, row: Row, side: str) -> Passage:
        name = placed(self.document_name(row[side]), row[f"{side}_place"])
        heading = dated(row[f"date_{side}"], name)
        return self.passage(row[side], row[f"{side}_start"], row[f"{side}_end"], heading)

    def passage(self, document: str | int, start: int, end: int, heading: str) -> Passage:
        """A span of a document with the text around it."""
        text = self.run.text(document)
        found = CLOSING.match(text, end)  # the sign that ends the passage's last word is read with it
        end = found.end() if found else end
        return Passage(heading, text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND])

    def _openings(self, clusters: set[str]) -> dict[str, str]:
        found = self.run.sql(
            f"SELECT id, substr(text, 1, {OPENING}) FROM clusters WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(clusters)),),
        )
        return dict(found)

    def citation(self, document: str, start: int, end: int) -> str:
        """Where a passage stands, for people."""
        ((title, date, source),) = self.run.sql("SELECT title, date, source FROM documents WHERE id = ?", (document,))
        known = [part for part in (title, source, date) if part]
        place = self.run.place(document, start, end)
        where = f"{place} (characters {start:,}–{end:,})" if place else f"characters {start:,}–{end:,}"
        return f"{', '.join(known)}{': ' if known else ''}{document}, {where}"

    def both_with_citations(self, number: int) -> str:
        """Both passages of a match, each under its citation, then the scores."""
        columns = (*MATCH_COLUMNS, *PLACES, "text_a", "text_b")
        (row,) = self.run.rows("matches", [number], columns)
        parts = [
            f"{self.citation(row[side], row[f'{side}_start'], row[f'{side}_end'])}\n\n{row[f'text_{side}'].strip()}"
            for side in ("a", "b")
        ]
        return "\n\n".join([*parts, f"({match_in_words(row)})"]) + "\n"

    def link(self, kind: str, name: str) -> str:
        """The command that opens the run at this place."""
        path = str(self.run.path.resolve())
        quoted = path if path.replace("/", "").replace(".", "").replace("-", "").isalnum() else json.dumps(path)
        return f"textreuse browse {quoted} --at {kind}:{name}"

    def export_path(self, table: str) -> Path:
        """A file name to suggest for an export."""
        return Path(f"{self.run.path.resolve().stem}-{table}.csv")


def placed(name: str, place: str) -> str:
    """A name with the place in it behind it."""
    return f"{name}, {place}" if place else name


def mark_sign(row: Row) -> tuple[str, str]:
    """The reviewer's mark (else whether it is furniture), bookmark and note in three cells, and the mark's style."""
    unmarked = (" ", "") if row.get("furniture", "none") == "none" else FURNITURE_SIGN
    sign, style = MARK_SIGNS.get(row["mark"] or "", unmarked)
    return f"{sign}{'*' if row['bookmark'] else ' '}{'n' if row['note'] else ' '}", style
