"""Terms of a filter, as typed: what stands between the spaces, read but not yet understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reuse.errors import UsageError

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
    """

    negated: bool
    field: str
    operator: str
    value: str
    quoted: bool


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
