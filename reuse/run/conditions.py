"""What the fields of a filter compare: from a term to a condition in SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reuse.calendar import Date, read_date
from reuse.errors import UsageError
from reuse.queries.read import read_query
from reuse.run.notes import MARKS, Kind
from reuse.run.search import formulas_in, rows_with
from reuse.run.terms import Term

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL.

    Attributes:
        sql: An expression over one stored table, with `?` for each parameter.
        parameters: The values to bind.
    """

    sql: str
    parameters: tuple[Any, ...] = ()


IS_FURNITURE = "furniture <> 'none'"
"""Of which rows the index of furniture is: a condition that has it in these words is answered from there."""

Compiler = Callable[[Term, "RunFiles"], Condition]
"""What makes of a term of some field a condition on a run."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table's filter.

    Attributes:
        description: What it compares, for help and documentation.
        condition: From the term and the run to SQL.
    """

    description: str
    condition: Compiler


def number(expression: str) -> Compiler:
    """Compares with a number, or a range with both ends."""

    def condition(term: Term, _: RunFiles) -> Condition:
        low, dots, high = term.value.partition("..")
        try:
            if dots and term.operator in {":", "="}:
                return Condition(f"{expression} BETWEEN ? AND ?", (float(low), float(high)))
            value = float(term.value)
        except ValueError:
            raise UsageError(f"filter: {term.field} needs a number (or a..b), not {term.value!r}") from None
        return Condition(f"{expression} {'=' if term.operator == ':' else term.operator} ?", (value,))

    return condition


def text(expression: str) -> Compiler:
    """`:` has it inside, in whatever case; `=` is the whole of it."""

    def condition(term: Term, _: RunFiles) -> Condition:
        return _compare_text(expression, term)

    return condition


def name_of(*expressions: str) -> Compiler:
    """`:` is part of one of several names, in whatever case; `=` is the whole of one."""

    def condition(term: Term, _: RunFiles) -> Condition:
        found = [_compare_text(expression, term) for expression in expressions]
        joined = " OR ".join(f"coalesce({one.sql}, 0)" for one in found)
        return Condition(f"({joined})", tuple(value for one in found for value in one.parameters))

    return condition


def _compare_text(expression: str, term: Term) -> Condition:
    if term.operator == ":":
        return Condition(f"{expression} LIKE ? ESCAPE '\\'", (f"%{_like(term.value)}%",))
    if term.operator == "=":
        return Condition(f"{expression} = ?", (term.value,))
    raise UsageError(f"filter: {term.field} is a text; use {term.field}:part or {term.field}=whole")


def truth(expression: str) -> Compiler:
    """Is so, or is not."""

    def condition(term: Term, _: RunFiles) -> Condition:
        value = term.value.lower()
        if value not in {"true", "false"} or term.operator not in {":", "="}:
            raise UsageError(f"filter: {term.field} needs true or false, not {term.value!r}")
        return Condition(f"{expression} = ?", (int(value == "true"),))

    return condition


def one_of(expression: str, choices: Sequence[str]) -> Compiler:
    """Is one of a few names."""

    def condition(term: Term, _: RunFiles) -> Condition:
        value = term.value.lower()
        if value not in choices or term.operator not in {":", "="}:
            raise UsageError(f"filter: {term.field} needs one of {', '.join(choices)}, not {term.value!r}")
        return Condition(f"{expression} = ?", (value,))

    return condition


def prefix(expression: str) -> Compiler:
    """Begins with these digits, as ids do."""

    def condition(term: Term, _: RunFiles) -> Condition:
        if term.operator not in {":", "="} or not re.fullmatch(r"[0-9a-f]+", term.value):
            raise UsageError(f"filter: {term.field} needs the first digits of an id, such as {term.field}:ab12")
        return Condition(f"{expression} BETWEEN ? AND ?", (term.value, f"{term.value}g"))  # no digit sorts after g

    return condition


def within(member: str, table: str, inner: Compiler) -> Compiler:
    """A condition on the row of another table that this row refers to: the other table is searched once."""

    def condition(term: Term, run: RunFiles) -> Condition:
        found = inner(term, run)
        return Condition(f"{member} IN (SELECT {member} FROM {table} WHERE {found.sql})", found.parameters)

    return condition


def both_dates(term: Term, run: RunFiles) -> Condition:
    """Both documents of a match are dated then; for `date:` either."""
    found = dates("date")(term, run)
    documents = f"(SELECT doc FROM documents WHERE {found.sql})"
    joined = "OR" if term.field == "date" else "AND"
    return Condition(f"(a IN {documents} {joined} b IN {documents})", found.parameters * 2)


def _documents_like(term: Term, field: str = "id") -> Condition:
    inner = _compare_text(field, term)
    return Condition(f"(SELECT doc FROM documents WHERE {inner.sql})", inner.parameters)


def either_side(field: str) -> Compiler:
    """Either document of a match has it in this column."""

    def condition(term: Term, _: RunFiles) -> Condition:
        inner = _documents_like(term, field)
        return Condition(f"(a IN {inner.sql} OR b IN {inner.sql})", inner.parameters * 2)

    return condition


def side(name: str) -> Compiler:
    """The id of the document on side `a` or `b` of a match has it."""

    def condition(term: Term, _: RunFiles) -> Condition:
        inner = _documents_like(term)
        return Condition(f"{name} IN {inner.sql}", inner.parameters)

    return condition


def cluster_documents(term: Term, _: RunFiles) -> Condition:
    """A document whose id has it has a passage of the cluster."""
    inner = _documents_like(term)
    return Condition(f"cluster IN (SELECT cluster FROM passages WHERE doc IN {inner.sql})", inner.parameters)


def formula_documents(term: Term, run: RunFiles) -> Condition:
    """A document whose id has it has the formula."""
    inner = _documents_like(term)
    documents = [
        number for (number,) in run.sql(f"SELECT doc FROM documents WHERE doc IN {inner.sql}", inner.parameters)
    ]
    return _among("formula", formulas_in(run, documents).tolist())


def dates(*expressions: str) -> Compiler:
    """`after:` (from then on) and `before:` (earlier than): the first and the last date must both lie there.

    A date of reduced precision, or a doubtful one, passes only if all days do that it can mean; `date:` has the date
    that is given, and those within it.
    """

    def condition(term: Term, run: RunFiles) -> Condition:
        given = read_date(term.value)
        if term.operator not in {":", "="} or given is None:
            raise UsageError(
                f"filter: {term.field} needs a date such as {term.field}:2021, {term.field}:2021-06 "
                f"or {term.field}:2021-06-30, not {term.value!r}"
            )
        stored = (date for (date,) in run.sql("SELECT DISTINCT date FROM documents WHERE date IS NOT NULL"))
        passing = json.dumps([date for date in stored if (known := read_date(date)) and _passes(known, term, given)])
        joined = " OR " if term.field == "date" else " AND "
        part = joined.join(f"{date} IN (SELECT value FROM json_each(?))" for date in expressions)
        return Condition(f"({part})", (passing,) * len(expressions))

    return condition


def _passes(date: Date, term: Term, given: Date) -> bool:
    if term.field == "after":
        return date.earliest >= given.first
    if term.field == "before":
        return date.latest < given.first
    return given.first <= date.first and date.last <= given.last


def mark(kind: Kind) -> Compiler:
    """Has that mark of the reviewer; a match without one has its cluster's."""
    choices = (*MARKS, "bookmark", "any", "none")

    def condition(term: Term, run: RunFiles) -> Condition:
        value = term.value.lower()
        if value not in choices or term.operator in {"<", ">", "<=", ">="}:
            raise UsageError(f"filter: mark needs one of {', '.join(choices)}, not {term.value!r}")
        if value == "bookmark":
            return _among("id", sorted(run.notes.bookmarks(kind)))
        own = run.notes.marks(kind)
        wanted = [name for name, mark in own.items() if value in (mark, "any", "none")]
        found = _among("id", wanted)
        if kind == "match":
            of_clusters = run.notes.marks("cluster")
            groups = [name for name, mark in of_clusters.items() if value in (mark, "any", "none")]
            inherited = _among("cluster", _numbers(run, "clusters", "cluster", groups))
            marked = _among("id", list(own))  # a match's own mark goes before its cluster's
            found = Condition(
                f"({found.sql} OR ({inherited.sql} AND NOT {marked.sql}))",
                found.parameters + inherited.parameters + marked.parameters,
            )
        return Condition(f"NOT {found.sql}", found.parameters) if value == "none" else found

    return condition


def furniture(kinds: Sequence[str], kind: Kind) -> Compiler:
    """Is of that kind of furniture, or of any; what the reviewer accepted is none.

    Few rows are furniture: an index has these alone, and all others are those that it has not.
    """
    none = kinds[0]
    table = "matches" if kind == "match" else f"{kind}s"
    some = f"SELECT {kind} FROM {table} WHERE {IS_FURNITURE}"

    def condition(term: Term, run: RunFiles) -> Condition:
        value = term.value.lower()
        if value not in (*kinds, "any") or term.operator not in {":", "="}:
            raise UsageError(f"filter: furniture needs one of {', '.join(kinds)} or any, not {term.value!r}")
        among = Condition(f"{kind} IN ({some})")
        if value == none:
            among = Condition(f"NOT {among.sql}")
        elif value != "any":
            among = Condition(f"{kind} IN ({some} AND furniture = ?)", (value,))
        if not run.notes.marks(kind) and not (kind == "match" and run.notes.marks("cluster")):
            return among
        accepted = mark(kind)(Term(False, "mark", ":", "accepted", False), run)
        joined = "OR" if value == none else "AND NOT"
        return Condition(f"({among.sql} {joined} {accepted.sql})", among.parameters + accepted.parameters)

    return condition


def note(kind: Kind) -> Compiler:
    """Has it in the reviewer's note, in whatever case."""

    def condition(term: Term, run: RunFiles) -> Condition:
        if term.operator not in {":", "="}:
            raise UsageError(f"filter: note is a text; use {term.field}:part")
        part = term.value.casefold()
        return _among("id", [name for name, note in run.notes.texts(kind).items() if part in note.casefold()])

    return condition


def words(table: str) -> Compiler:
    """The text, or either passage, has what a query asks for."""

    def condition(term: Term, run: RunFiles) -> Condition:
        if term.operator not in {"", ":"}:
            raise UsageError(f'filter: the text is searched by its words; use {term.field}:word or "some words"')
        wanted = read_query(term.value)
        if table == "clusters":
            inner = _among("match", rows_with(run, "matches", wanted).tolist())
            return Condition(f"cluster IN (SELECT cluster FROM matches WHERE {inner.sql})", inner.parameters)
        key = {"documents": "doc", "matches": "match", "formulas": "formula"}[table]
        return _among(key, rows_with(run, table, wanted).tolist())

    return condition


def _among(expression: str, values: Sequence[int] | Sequence[str]) -> Condition:
    return Condition(f"({expression} IN (SELECT value FROM json_each(?)))", (json.dumps(values),))


def _numbers(run: RunFiles, table: str, key: str, names: Sequence[str]) -> list[int]:
    found = _among("id", names)
    return [int(number) for (number,) in run.sql(f"SELECT {key} FROM {table} WHERE {found.sql}", found.parameters)]


def _like(value: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", value)
