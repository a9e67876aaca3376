"""Terms of a filter, as typed: what stands between the spaces, read but not yet understood."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from reuse.errors import QueryError

TERM = re.compile(
    r"""(?P<minus>-)?
        (?: (?P<field>[A-Za-z_]\w*) (?P<operator><=|>=|<|>|=|:) (?: "(?P<quoted_value>[^"]*)" | (?P<value>[^\s"]*) )
          | "(?P<phrase>[^"]*)"
          | (?P<word>[^\s"]+)
        ) (?=\s|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a filter, as typed.

    Attributes:
        negated: Whether it stands after a `-`.
        field: Name before the operator; empty for words to be looked for.
        operator: `:`, `=`, `<`, `<=`, `>` or `>=`; empty for words.
        value: What stands after the operator, or the words.
        quoted: Whether the value was quoted.
        at: Where the term begins in the filter.
        value_at: Where its value begins.
    """

    negated: bool
    field: str
    operator: str
    value: str
    quoted: bool
    at: int = dataclasses.field(default=0, compare=False)
    value_at: int = dataclasses.field(default=0, compare=False)


def terms_of(where: str) -> list[Term]:
    """The terms of a filter.

    Raises:
        QueryError: A quotation mark has no partner.
    """
    terms: list[Term] = []
    position = 0
    while position < len(where):
        if where[position].isspace():
            position += 1
            continue
        found = TERM.match(where, position)
        if found is None:
            raise QueryError(
                f'filter: cannot read {where[position:]!r}; quotes come in pairs: "closely knitted", doc:"a b.txt"',
                where,
                position,
            )
        part = next(name for name in ("quoted_value", "value", "phrase", "word") if found[name] is not None)
        terms.append(
            Term(
                negated=found["minus"] is not None,
                field=(found["field"] or "").lower(),
                operator=found["operator"] or "",
                value=found[part],
                quoted=part in {"quoted_value", "phrase"},
                at=position,
                value_at=found.start(part),
            )
        )
        position = found.end()
    return terms
