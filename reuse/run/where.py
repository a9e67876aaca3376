"""The filter language of `--where` and of the terminal's filter line.

    similarity>0.8 words>=20 doc:002 after:2021-06 -mark:boilerplate "closely knitted" word begin*

Terms stand side by side and all must hold; a `-` before a term turns it round. A field with `<`, `<=`, `>`, `>=`, `=`
or `:` compares; `a..b` is a range with both ends. A bare word or a quoted phrase is looked for in the text (of either
passage), as whole words whatever their case; `*` at the end stands for any ending. The bare word `accepted`,
`rejected`, `boilerplate` or `bookmark` is the mark of that name; quote it to look for the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from reuse.errors import UsageError
from reuse.run import conditions
from reuse.run.conditions import Condition, Field
from reuse.run.notes import MARKS
from reuse.run.terms import terms_of

if TYPE_CHECKING:
    from reuse.run.files import RunFiles


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
    for term in terms_of(where):
        if term.field:
            if term.field not in fields:
                close = get_close_matches(term.field, fields, 1)
                hint = f"did you mean {close[0]}? The" if close else "the"
                raise UsageError(
                    f"filter: {table} have no field {term.field!r}; {hint} fields are {', '.join(fields)}. "
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
