"""Where links of Markdown lead: `[the budget](https://example.org/news?id=3)`. Readers see the words, not the address.

A target is what stands in brackets right behind a square one, in one piece, and has a sign that addresses have:
`[12](13)` are two numbers. An address that the text itself says (`www.example.org`) is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGN = "]("
_TARGET = re.compile(
    r"""\]\(
        \s?(?: <[^<>\n]*> | (?=[^\s()]*[/.#:@?]) [^\s()]* (?: \( [^\s()]* \) [^\s()]* )* )
        (?: \s+ (?: "[^"\n]*" | '[^'\n]*' ) )?
        \s?\)""",
    re.VERBOSE,
)


def link_targets(batch: str) -> Iterator[tuple[int, int]]:
    """Spans of the targets of links in some texts, from the square bracket to the round one. Cost: linear.

    Args:
        batch: Documents, joined by separators that are no white space.
    """
    at = batch.find(_SIGN)
    while at >= 0:
        target = _TARGET.match(batch, at)
        if target:
            yield target.span()
        at = batch.find(_SIGN, target.end() if target else at + 1)
