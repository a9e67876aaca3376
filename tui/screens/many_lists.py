"""A screen that lists rows of the run, or in their place what is worked out from it: words, n-grams, frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from textual import work
from textual.worker import get_current_worker

from reuse.errors import TextReuseError
from tui.browser import Browser
from tui.dialogs import Choice
from tui.filterline import FilterLine
from tui.screens.formula_lists import OTHERS, OtherList
from tui.screens.furnished import Furnished
from tui.source import Source
from tui.widgets.list_columns import Row


class ManyLists(Furnished):
    """A list that can be exchanged for others; these have no marks and take no filter.

    Attributes:
        other: What is listed in place of the rows of the run.
        sought: The words that are looked for in all texts.
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self.other: OtherList | None = None
        self.sought = ""

    def fetch_stored(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the run."""
        raise NotImplementedError

    def fetch(self, numbers: Sequence[int]) -> list[Row]:
        """Rows of the list; others were worked out once, by who works beside."""
        return self.source.beside.rows(self.other.table, numbers) if self.other else self.fetch_stored(numbers)

    def do_furniture(self) -> None:
        """Show furniture too, where it is told."""
        if self.other:
            self.browser.say(f"Of {_plural(self.other)} it is not told what is furniture of pages.")
        else:
            super().do_furniture()

    def do_facets(self) -> None:
        """Choose a filter, where there is one."""
        if self.other:
            self.browser.say(f"The list of {_plural(self.other)} takes no filter; / looks for any words.")
        else:
            super().do_facets()

    def do_lists(self) -> None:
        """Choose what is listed."""
        choices = [
            Choice("f", type(self).title.lower(), ""),
            *(Choice(one.key, _plural(one), one.key) for one in OTHERS),
        ]
        self.browser.choose("List", choices, self._list)

    def _list(self, key: str) -> None:
        """List something else."""
        self.other = next((one for one in OTHERS if one.key == key), None)
        self.table_name = self.other.table if self.other else type(self).table_name
        self.title = _plural(self.other).capitalize() if self.other else type(self).title
        self.kind = None if self.other else type(self).kind
        self.where, self.order, self.descending = "" if self.other else self.first_where, None, None
        self.total = 0 if self.other else self.source.totals[self.table_name]
        self._loaded = False
        self.query_one("#filter", FilterLine).close()
        self.sought = ""
        self.table.change(self.other.columns if self.other else self.columns(), self.fetch)
        self.load()
        self.table.focus()

    def load(self, keep: int | str | None = None) -> None:
        """Other lists are worked out in a thread."""
        if not self.other:
            super().load(keep)
            return
        self.table.order, self.table.falling = self.order, self._falls()
        if not self.total:
            self.table.empty = self.other.waiting
            self.table.fill(np.zeros(0, dtype=np.int64))
        self.say_working()
        self._load_other(self.other)

    @work(thread=True, exclusive=True, group="list")
    def _load_other(self, what: OtherList) -> None:
        worker = get_current_worker()
        answer: Callable[[], None]
        try:
            run = self.source.beside
            numbers = run.ids(what.table, None, self.order, descending=self.descending)
            answer = partial(self._listed, what, numbers)
        except TextReuseError as error:
            answer = partial(self._failed, error)
        if not worker.is_cancelled:
            self.hand_over(answer)

    def _listed(self, what: OtherList, numbers: NDArray[np.int64]) -> None:
        if what is self.other:
            self.total = len(numbers)
            self._filled(numbers, "")


def _plural(what: OtherList) -> str:
    return f"{what.singular}s"
