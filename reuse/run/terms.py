"""Terms of a filter, as typed: what stands between the spaces, read but not yet understood."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from reuse.errors import QueryError

TERM = re.compile(
    r"""(?P<minus>-)?
        (?: (?P<field>[A-Za-z_]\w*) (?P<operator><=|>=|<|>|=|:)
            (?: "(?P<quoted_value>[^"]*)" | '(?P<value_in_single_quotes>[^']*)' | (?P<value>[^\s"]*) )
          | (?P<phrase>={0,2}"[^"]*")
          | (?P<group>={0,2}\((?:[^()"]|"[^"]*"|\((?:[^()"]|"[^"]*")*\))*\))
          | (?P<word>[^\s"]+)
        ) (?=\s|$)""",
    re.VERBOSE,
)

VALUES = ("quoted_value", "value_in_single_quotes", "value", "phrase", "group", "word")
"""Groups of TERM of which one holds the value."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a filter, as typed.

    Attributes:
        negated: Whether it stands after a `-`.
        field: Name before the operator; empty for words to be looked for.
        operator: `:`, `=`, `<`, `<=`, `>` or `>=`; empty for words.
        value: What stands after the operator; without a field what is looked for, quotes and brackets included.
        quoted: Whether it was quoted.
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
                f"filter: cannot read {where[position:]!r}; quotes and brackets come in pairs: "
                '"closely knitted", (peace or war), doc:"a b.txt", text:\'"free or fair" ..5 (war|peace)\'',
                where,
                position,
            )
        part = next(name for name in VALUES if found[name] is not None)
        terms.append(
            Term(
                negated=found["minus"] is not None,
                field=(found["field"] or "").lower(),
                operator=found["operator"] or "",
                value=found[part],
                quoted=part in {"quoted_value", "value_in_single_quotes", "phrase"},
                at=position,
                value_at=found.start(part),
            )
        )
        position = found.end()
    return terms
