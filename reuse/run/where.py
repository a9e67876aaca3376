"""The filter language of `--where` and of the terminal's filter line.

    similarity>0.8 words>=20 doc:002 after:2021-06 -mark:boilerplate "closely knitted" word begin*

Terms stand side by side and all must hold; a `-` before a term turns it round. A field with `<`, `<=`, `>`, `>=`, `=`
or `:` compares; `a..b` is a range with both ends. A bare word or a quoted phrase is looked for in the text (of either
passage), as whole words whatever their case; `*` at the end stands for any ending. The bare word `accepted`,
`rejected`, `boilerplate` or `bookmark` is the mark of that name; quote it to look for the word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reuse.errors import UsageError
from reuse.run.found import ANY_NAME, FOUND_SAYS
from reuse.run.notes import MARKS, Kind
from reuse.run.search import formulas_in, phrase_words, rows_with

if TYPE_CHECKING:
    from reuse.run.run import Run

TERM = re.compile(
    r"""(?P<minus>-)?
        (?: (?P<field>[A-Za-z_]\w*) (?P<operator><=|>=|<|>|=|:) (?: "(?P<quoted_value>[^"]*)" | (?P<value>[^\s"]*) )
          | "(?P<phrase>[^"]*)"
          | (?P<word>[^\s"]+)
        ) (?=\s|$)""",
    re.VERBOSE,
)
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL.

    Attributes:
        sql: An expression over one stored table, with `?` for each parameter.
        parameters: The values to bind.
    """

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a filter, as typed.

    Attributes:
        negated: Whether it stands after a `-`.
        field: Name before the operator; empty for words to be looked for.
        operator: `:`, `=`, `<`, `<=`, `>` or `>=`; empty for words.
        value: What stands after the operator, or the words.
        quoted: Whether the value was quoted.
    """

    negated: bool
    field: str
    operator: str
    value: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table's filter.

    Attributes:
        description: What it compares, for help and documentation.
        condition: From the term and the run to SQL.
    """

    description: str
    condition: Callable[[Term, Run], Condition]


def terms_of(where: str) -> list[Term]:
    """The terms of a filter.

    Raises:
        UsageError: A quotation mark has no partner.
    """
    terms: list[Term] = []
    position = 0
    while position < len(where):
        if where[position].isspace():
            position += 1
            continue
        found = TERM.match(where, position)
        if found is None:
            raise UsageError(
                f'filter: cannot read {where[position:]!r}; quotes come in pairs: "closely knitted", doc:"a b.txt"'
            )
        position = found.end()
        negated = found["minus"] is not None
        if found["field"] is None:
            quoted = found["phrase"] is not None
            terms.append(Term(negated, "", "", found["phrase"] if quoted else found["word"], quoted))
        else:
            quoted = found["quoted_value"] is not None
            value = found["quoted_value"] if quoted else found["value"]
            terms.append(Term(negated, found["field"].lower(), found["operator"], value, quoted))
    return terms


def parse_where(where: str, table: str, run: Run) -> Condition:
    """A filter on documents, matches, clusters or formulas as a condition in SQL.

    Raises:
        UsageError: Unknown field (the message names those there are), or a value that does not fit its field.
    """
    fields = FIELDS.get(table)
    if fields is None:
        raise UsageError(f"{table} takes no filter; filters work on {', '.join(FIELDS)}")
    parts: list[str] = []
    parameters: list[Any] = []
    for term in terms_of(where):
        if term.field:
            if term.field not in fields:
                raise UsageError(
                    f"filter: {table} have no field {term.field!r}; the fields are {', '.join(fields)}. "
                    f'To look for words with {term.operator!r} in them, quote them: "{term.field}{term.operator}…"'
                )
            condition = fields[term.field].condition(term, run)
        elif not term.quoted and term.value.lower() in (*MARKS, "bookmark") and "mark" in fields:
            condition = fields["mark"].condition(term, run)
        else:
            condition = _words(table, term.value, run)
        parts.append(f"{'NOT ' if term.negated else ''}coalesce({condition.sql}, 0)")
        parameters += condition.parameters
    return Condition(" AND ".join(parts) or "1", tuple(parameters))


def _number(expression: str) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        low, dots, high = term.value.partition("..")
        try:
            if dots and term.operator in {":", "="}:
                return Condition(f"{expression} BETWEEN ? AND ?", (float(low), float(high)))
            number = float(term.value)
        except ValueError:
            raise UsageError(f"filter: {term.field} needs a number (or a..b), not {term.value!r}") from None
        return Condition(f"{expression} {'=' if term.operator == ':' else term.operator} ?", (number,))

    return condition


def _text(expression: str) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        return _compare_text(expression, term)

    return condition


def _compare_text(expression: str, term: Term) -> Condition:
    """`:` has it inside, in whatever case; `=` is the whole of it."""
    if term.operator == ":":
        return Condition(f"{expression} LIKE ? ESCAPE '\\'", (f"%{_like(term.value)}%",))
    if term.operator == "=":
        return Condition(f"{expression} = ?", (term.value,))
    raise UsageError(f"filter: {term.field} is a text; use {term.field}:part or {term.field}=whole")


def _one_of(expression: str, choices: Sequence[str]) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        value = term.value.lower()
        if value not in choices or term.operator not in {":", "="}:
            raise UsageError(f"filter: {term.field} needs one of {', '.join(choices)}, not {term.value!r}")
        return Condition(f"{expression} = ?", (value,))

    return condition


def _prefix(expression: str) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        if term.operator not in {":", "="} or not re.fullmatch(r"[0-9a-f]+", term.value):
            raise UsageError(f"filter: {term.field} needs the first digits of an id, such as {term.field}:ab12")
        return Condition(f"{expression} BETWEEN ? AND ?", (term.value, f"{term.value}g"))  # no digit sorts after g

    return condition


def _within(member: str, table: str, inner: Callable[[Term, Run], Condition]) -> Callable[[Term, Run], Condition]:
    """A condition on the row of another table that this row refers to: the other table is searched once."""

    def condition(term: Term, run: Run) -> Condition:
        found = inner(term, run)
        return Condition(f"{member} IN (SELECT {member} FROM {table} WHERE {found.sql})", found.parameters)

    return condition


def _both_dates(term: Term, run: Run) -> Condition:
    """Both documents of a match are dated then; for `date:` either."""
    found = _dates("date")(term, run)
    documents = f"(SELECT doc FROM documents WHERE {found.sql})"
    joined = "OR" if term.field == "date" else "AND"
    return Condition(f"(a IN {documents} {joined} b IN {documents})", found.parameters * 2)


def _documents_like(term: Term, field: str = "id") -> Condition:
    inner = _compare_text(field, term)
    return Condition(f"(SELECT doc FROM documents WHERE {inner.sql})", inner.parameters)


def _either_side(field: str) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        inner = _documents_like(term, field)
        return Condition(f"(a IN {inner.sql} OR b IN {inner.sql})", inner.parameters * 2)

    return condition


def _side(side: str) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, _: Run) -> Condition:
        inner = _documents_like(term)
        return Condition(f"{side} IN {inner.sql}", inner.parameters)

    return condition


def _cluster_documents(term: Term, _: Run) -> Condition:
    inner = _documents_like(term)
    return Condition(f"cluster IN (SELECT cluster FROM passages WHERE doc IN {inner.sql})", inner.parameters)


def _formula_documents(term: Term, run: Run) -> Condition:
    inner = _documents_like(term)
    documents = [
        number for (number,) in run.query(f"SELECT doc FROM documents WHERE doc IN {inner.sql}", inner.parameters)
    ]
    return _among("formula", formulas_in(run, documents).tolist())


def _dates(*expressions: str) -> Callable[[Term, Run], Condition]:
    """`after:` (from then on) and `before:` (earlier than): the first and the last date must both lie there.

    A date of reduced precision passes only if all of its days do.
    """

    def condition(term: Term, _: Run) -> Condition:
        if term.operator not in {":", "="} or not DATE.fullmatch(term.value):
            raise UsageError(
                f"filter: {term.field} needs a date such as {term.field}:2021, {term.field}:2021-06 "
                f"or {term.field}:2021-06-30, not {term.value!r}"
            )
        if term.field == "after":
            return Condition(
                "(" + " AND ".join(f"{date} >= ?" for date in expressions) + ")", (term.value,) * len(expressions)
            )
        if term.field == "before":
            part = " AND ".join(f"({date} < ? AND substr(?, 1, length({date})) <> {date})" for date in expressions)
            return Condition(f"({part})", (term.value,) * (2 * len(expressions)))
        part = " OR ".join(f"substr({date}, 1, ?) = ?" for date in expressions)
        return Condition(f"({part})", (len(term.value), term.value) * len(expressions))

    return condition


def _mark(kind: Kind) -> Callable[[Term, Run], Condition]:
    choices = (*MARKS, "bookmark", "any", "none")

    def condition(term: Term, run: Run) -> Condition:
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


def _note(kind: Kind) -> Callable[[Term, Run], Condition]:
    def condition(term: Term, run: Run) -> Condition:
        if term.operator not in {":", "="}:
            raise UsageError(f"filter: note is a text; use {term.field}:part")
        part = term.value.casefold()
        return _among("id", [name for name, note in run.notes.texts(kind).items() if part in note.casefold()])

    return condition


def _words(table: str, phrase: str, run: Run) -> Condition:
    words = phrase_words(phrase)
    if not words:
        raise UsageError(f"filter: {phrase!r} has no word to look for")
    if table == "formulas":
        last = words[-1]
        text = f" {' '.join(words).removesuffix('*')}{'' if last.endswith('*') else ' '}"
        return Condition("instr(' ' || formulas.text || ' ', ?) > 0", (text,))
    if table == "clusters":
        inner = _among("match", rows_with(run, "matches", words).tolist())
        return Condition(f"cluster IN (SELECT cluster FROM matches WHERE {inner.sql})", inner.parameters)
    return _among("doc" if table == "documents" else "match", rows_with(run, table, words).tolist())


def _among(expression: str, values: Sequence[int] | Sequence[str]) -> Condition:
    return Condition(f"({expression} IN (SELECT value FROM json_each(?)))", (json.dumps(values),))


def _numbers(run: Run, table: str, key: str, names: Sequence[str]) -> list[int]:
    found = _among("id", names)
    return [int(number) for (number,) in run.query(f"SELECT {key} FROM {table} WHERE {found.sql}", found.parameters)]


def _like(value: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", value)


def _review(kind: Kind) -> dict[str, Field]:
    return {
        "mark": Field("reviewer's mark: accepted, rejected, boilerplate, bookmark, any or none", _mark(kind)),
        "note": Field("text inside the reviewer's note", _note(kind)),
    }


def _period(condition: Callable[[Term, Run], Condition]) -> dict[str, Field]:
    return {
        "after": Field("dated then or later", condition),
        "before": Field("dated earlier", condition),
        "date": Field("dated in that year, month or day", condition),
    }


_LONGER = "max(tokens_a, tokens_b)"

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "matches": {
        "similarity": Field("0 to 1", _number("similarity")),
        "words": Field("words of the longer passage", _number(_LONGER)),
        "tokens": Field("the same as words", _number(_LONGER)),
        "matched": Field("words that agree", _number("matched_tokens")),
        "bits": Field("surprise, in bits", _number("bits")),
        "evalue": Field("chance matches as surprising to be expected", _number("evalue")),
        "coverage": Field("share of either document in the passage, 0 to 1", _number("max(a_coverage, b_coverage)")),
        "passages": Field("passages in its cluster", _within("cluster", "clusters", _number("passages"))),
        "doc": Field("part of either document's id (or = the whole of it)", _either_side("id")),
        "a": Field("part of document a's id", _side("a")),
        "b": Field("part of document b's id", _side("b")),
        "title": Field("part of either document's title", _either_side("title")),
        "source": Field("part of either document's source", _either_side("source")),
        **_period(_both_dates),
        "cluster": Field("first digits of its cluster's id", _within("cluster", "clusters", _prefix("id"))),
        "found": Field(f"how it was found: {ANY_NAME}", _one_of("found_by", tuple(FOUND_SAYS))),
        "direction": Field("a>b, b>a or unknown", _text("direction")),
        "id": Field("first digits of its id", _prefix("id")),
        **_review("match"),
    },
    "clusters": {
        "passages": Field("passages", _number("passages")),
        "documents": Field("documents", _number("documents")),
        "words": Field("mean length in words", _number("tokens")),
        "tokens": Field("the same as words", _number("tokens")),
        "bits": Field("surprise of its best match, in bits", _number("bits")),
        "doc": Field("part of the id of a document that has it", _cluster_documents),
        **_period(_dates("first_date", "last_date")),
        "id": Field("first digits of its id", _prefix("id")),
        "cluster": Field("the same as id", _prefix("id")),
        **_review("cluster"),
    },
    "formulas": {
        "words": Field("length in words", _number("tokens")),
        "tokens": Field("the same as words", _number("tokens")),
        "df": Field("documents that have it", _number("df")),
        "tf": Field("occurrences", _number("tf")),
        "bits": Field("surprise, in bits", _number("bits")),
        "dispersion": Field("0 spread evenly, towards 1 all in one place", _number("dispersion")),
        "variants": Field("forms in its family", _number("variants")),
        "family": Field("first digits of the id of its family's head", _prefix("family")),
        "doc": Field("part of the id of a document that has it", _formula_documents),
        **_period(_dates("first_date", "last_date")),
        "id": Field("first digits of its id", _prefix("id")),
        **_review("formula"),
    },
    "documents": {
        "words": Field("length in words", _number("tokens")),
        "tokens": Field("the same as words", _number("tokens")),
        "characters": Field("length in code points", _number("characters")),
        "doc": Field("part of its id (or = the whole of it)", _text("id")),
        "id": Field("the same as doc", _text("id")),
        "title": Field("part of its title", _text("title")),
        "source": Field("part of its source", _text("source")),
        **_period(_dates("date")),
        "path": Field("part of its file's path", _text("path")),
        "metadata": Field("text inside its further fields", _text("metadata")),
    },
}
