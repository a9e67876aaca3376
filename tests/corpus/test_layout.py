"""Lines with an owner's sign or an address are found where they may be, and so they are found as everywhere."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reuse.corpus import layout

SIGNS = ["©", "(c) ", "(C)", "1999", "http://", "HTTPS://", "www.", "WwW.", "x@y.z", "@"]
PIECES = ["a", " ", "word. ", "\n", "\n\n", *SIGNS]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_signed_lines_are_those_in_which_the_pattern_is_found(text: str) -> None:
    breaks = np.array([match.start() for match in re.finditer("\n", text)], dtype=np.int64)
    expected = np.unique(np.searchsorted(breaks, [found.start() for found in layout._SIGNED.finditer(text)]))
    assert layout._signed(text, breaks).tolist() == expected.tolist()
