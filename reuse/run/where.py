"""The filter language of `--where` and of the terminal's filter line.

    similarity>0.8 words>=20 doc:002 after:2021-06 -mark:boilerplate "closely knitted" word begin*

Terms stand side by side and all must hold; a `-` before a term turns it round. A field with `<`, `<=`, `>`, `>=`, `=`
or `:` compares; `a..b` is a range with both ends. A bare word or a quoted phrase is looked for in the text (of either
passage), as whole words whatever their case; `*` at the end stands for any ending. The bare word `accepted`,
`rejected`, `boilerplate` or `bookmark` is the mark of that name; quote it to look for the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reuse.errors import UsageError
from reuse.run import conditions
from reuse.run.conditions import Compiler, Condition
from reuse.run.found import ANY_NAME, FOUND_SAYS
from reuse.run.notes import MARKS, Kind
from reuse.run.terms import terms_of

if TYPE_CHECKING:
    from reuse.run.run import Run


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table's filter.

    Attributes:
        description: What it compares, for help and documentation.
        condition: From the term and the run to SQL.
    """

    description: str
    condition: Compiler


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
            condition = conditions.words(table, term.value, run)
        parts.append(f"{'NOT ' if term.negated else ''}coalesce({condition.sql}, 0)")
        parameters += condition.parameters
    return Condition(" AND ".join(parts) or "1", tuple(parameters))


def _review(kind: Kind) -> dict[str, Field]:
    return {
        "mark": Field("reviewer's mark: accepted, rejected, boilerplate, bookmark, any or none", conditions.mark(kind)),
        "note": Field("text inside the reviewer's note", conditions.note(kind)),
    }


def _period(condition: Compiler) -> dict[str, Field]:
    return {
        "after": Field("dated then or later", condition),
        "before": Field("dated earlier", condition),
        "date": Field("dated in that year, month or day", condition),
    }


_LONGER = "max(tokens_a, tokens_b)"

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "matches": {
        "similarity": Field("0 to 1", conditions.number("similarity")),
        "words": Field("words of the longer passage", conditions.number(_LONGER)),
        "tokens": Field("the same as words", conditions.number(_LONGER)),
        "matched": Field("words that agree", conditions.number("matched_tokens")),
        "bits": Field("surprise, in bits", conditions.number("bits")),
        "evalue": Field("chance matches as surprising to be expected", conditions.number("evalue")),
        "coverage": Field(
            "share of either document in the passage, 0 to 1", conditions.number("max(a_coverage, b_coverage)")
        ),
        "passages": Field(
            "passages in its cluster", conditions.within("cluster", "clusters", conditions.number("passages"))
        ),
        "doc": Field("part of either document's id (or = the whole of it)", conditions.either_side("id")),
        "a": Field("part of document a's id", conditions.side("a")),
        "b": Field("part of document b's id", conditions.side("b")),
        "title": Field("part of either document's title", conditions.either_side("title")),
        "source": Field("part of either document's source", conditions.either_side("source")),
        **_period(conditions.both_dates),
        "cluster": Field(
            "first digits of its cluster's id", conditions.within("cluster", "clusters", conditions.prefix("id"))
        ),
        "found": Field(f"how it was found: {ANY_NAME}", conditions.one_of("found_by", tuple(FOUND_SAYS))),
        "direction": Field("a>b, b>a or unknown", conditions.text("direction")),
        "id": Field("first digits of its id", conditions.prefix("id")),
        **_review("match"),
    },
    "clusters": {
        "passages": Field("passages", conditions.number("passages")),
        "documents": Field("documents", conditions.number("documents")),
        "words": Field("mean length in words", conditions.number("tokens")),
        "tokens": Field("the same as words", conditions.number("tokens")),
        "bits": Field("surprise of its best match, in bits", conditions.number("bits")),
        "doc": Field("part of the id of a document that has it", conditions.cluster_documents),
        **_period(conditions.dates("first_date", "last_date")),
        "id": Field("first digits of its id", conditions.prefix("id")),
        "cluster": Field("the same as id", conditions.prefix("id")),
        **_review("cluster"),
    },
    "formulas": {
        "words": Field("length in words", conditions.number("tokens")),
        "tokens": Field("the same as words", conditions.number("tokens")),
        "df": Field("documents that have it", conditions.number("df")),
        "tf": Field("occurrences", conditions.number("tf")),
        "bits": Field("surprise, in bits", conditions.number("bits")),
        "dispersion": Field("0 spread evenly, towards 1 all in one place", conditions.number("dispersion")),
        "variants": Field("forms in its family", conditions.number("variants")),
        "family": Field("first digits of the id of its family's head", conditions.prefix("family")),
        "doc": Field("part of the id of a document that has it", conditions.formula_documents),
        **_period(conditions.dates("first_date", "last_date")),
        "id": Field("first digits of its id", conditions.prefix("id")),
        **_review("formula"),
    },
    "documents": {
        "words": Field("length in words", conditions.number("tokens")),
        "tokens": Field("the same as words", conditions.number("tokens")),
        "characters": Field("length in code points", conditions.number("characters")),
        "doc": Field("part of its id (or = the whole of it)", conditions.text("id")),
        "id": Field("the same as doc", conditions.text("id")),
        "title": Field("part of its title", conditions.text("title")),
        "source": Field("part of its source", conditions.text("source")),
        **_period(conditions.dates("date")),
        "path": Field("part of its file's path", conditions.text("path")),
        "metadata": Field("text inside its further fields", conditions.text("metadata")),
    },
}
