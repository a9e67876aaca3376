"""Pairs of copies in the list of matches: behind the rest, one row a pair, or folded into a count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.analysis.copied import copies_apart
from reuse.display import counted
from reuse.run.run import Run
from tui.actions import key_names, named


class CopiesFolded:
    """What becomes of the matches between copies of one text.

    Attributes:
        opened: The user wants to see the pairs.
        pairs: How many pairs of copies there are among what was listed last; 0 if what is listed is nothing else.
        own: From how many matches on the list has the same once more, between other copies of two texts; 0: nowhere.
    """

    def __init__(self) -> None:
        self.opened = False
        self.pairs = 0
        self.own = 0

    def listed(self, run: Run, numbers: NDArray[np.int64], where: str) -> NDArray[np.int64]:
        """The matches to list: the others first, then the best match of each pair of copies if these are opened.

        Where the filter itself asks for copies, or nothing else is left, all is listed as it is.
        """
        found = copies_apart(run, numbers)
        self.own = found.own if found.own < len(found.rest) and "copies:" not in where else 0
        if "copies:" in where or not len(found.rest):
            self.pairs = 0
            return numbers if "copies:" in where else found.pairs
        self.pairs = len(found.pairs)
        return np.concatenate([found.rest, found.pairs]) if self.opened else found.rest

    def said(self) -> str:
        """How many pairs there are, and the key that shows or folds them; empty if there are none."""
        again = f"copies repeat the first {self.own:,}" if self.own else ""
        if not self.pairs:
            return again
        key = key_names(named("copies"))
        said = f"{counted(self.pairs, 'pair')} of copies"
        folded = f"{said} at the end: {key} folds them" if self.opened else f"{said}: {key} shows them"
        return f"{again} · {folded}" if again else folded
