"""The filter language of `--where` and of the terminal's filter line.

    similarity>0.8 words>=20 doc:002 after:2021-06 -mark:boilerplate "closely knitted" word begin*

Terms stand side by side and all must hold; a `-` before a term turns it round. A field with `<`, `<=`, `>`, `>=`, `=`
or `:` compares; `a..b` is a range with both ends. A bare word, a quoted phrase or what stands in brackets is looked for
in the text (of either passage), in the language of `reuse.queries`; a longer query stands behind `text:`, in quotes:
`text:'(freedom|liberty) ..3 "free or fair"'`. What is not understood is refused. The bare word `accepted`, `rejected`,
`boilerplate` or `bookmark` is the mark of that name; quote it to look for the word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from reuse.errors import QueryError, UsageError
from reuse.run.conditions import Condition, Field
from reuse.run.notes import MARKS
from reuse.run.storable import storable
from reuse.run.terms import Term, terms_of

if TYPE_CHECKING:
    from reuse.run.files import RunFiles

TEXT = "text"
"""The field that words without a field are looked for in."""

OPERATORS = re.compile(r"and|or|not|near|&&|\|.*|.*\||&|near/\d+|\.\.\d.*|\*", re.IGNORECASE)
"""Terms that stand between others in a query of words, or in other languages."""


def condition_of(where: str, table: str, fields: Mapping[str, Field], run: RunFiles) -> Condition:
    """A filter on documents, matches, clusters or formulas as a condition in SQL.

    Args:
        where: The filter.
        table: Name of the table.
        fields: The fields that it can be filtered by.
        run: The run.

    Raises:
        UsageError: Unknown field (the message names those there are), or a value that does not fit its field.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    where = storable(where)  # a name as the shell passes it on is compared with it as it is stored
    for term in terms_of(where):
        try:
            condition = _field(term, table, fields).condition(term, run)
        except QueryError as error:
            raise QueryError(f"filter: {error.reason}", where, term.value_at + error.at) from error
        except UsageError as error:
            raise QueryError(str(error), where, term.at) from error
        parts.append(f"{'NOT ' if term.negated else ''}coalesce({condition.sql}, 0)")
        parameters += condition.parameters
    return Condition(" AND ".join(parts) or "1", tuple(parameters))


def _field(term: Term, table: str, fields: Mapping[str, Field]) -> Field:
    """The field that a term is about; words without one are about the text."""
    if term.field in fields:
        return fields[term.field]
    if term.field:
        close = get_close_matches(term.field, fields, 1)
        hint = f"did you mean {close[0]}? The" if close else "the"
        raise UsageError(
            f"filter: {table} have no field {term.field!r}; {hint} fields are {', '.join(fields)}. "
            f'To look for words with {term.operator!r} in them, quote them: "{term.field}{term.operator}…"'
        )
    if not term.quoted:
        if term.value.lower() in (*MARKS, "bookmark") and "mark" in fields:
            return fields["mark"]
        if OPERATORS.fullmatch(term.value):
            raise UsageError(
                f"filter: {term.value!r} is no term of a filter: all terms must hold, and - turns one round; "
                "alternatives stand in brackets: (peace or war); a longer query stands behind text: and in quotes; "
                f'to look for it in the text, quote it: "{term.value}"'
            )
    return fields[TEXT]
