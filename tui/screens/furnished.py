"""What lists of what is found have in common: furniture of pages is hidden until it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from reuse.display import counted
from reuse.report.highlights import text_only
from reuse.report.strength import strength_bar
from tui.facets import ROWS
from tui.screens.reviewed import Reviewed
from tui.widgets.list_columns import ListColumn
from tui.words import short_bits

STRENGTH = ListColumn("strength", lambda row: strength_bar(row["bits"]), 9, "bits")
BITS = ListColumn("bits", lambda row: short_bits(row["bits"]), 6, "bits", right=True)


class Furnished(Reviewed):
    """A list some of whose rows are furniture."""

    of_one: ClassVar[str] = "cluster:"
    """What a filter has that asks for all that is in one."""
    with_furniture = False

    @property
    def effective(self) -> str:
        """The filter, and furniture left out while it is hidden; what is in one cluster is shown whatever it is."""
        return self.where if self.with_furniture or self.of_one in self.where else text_only(self.where)

    def do_furniture(self) -> None:
        """Show furniture too, or hide it again."""
        self.with_furniture = not self.with_furniture
        self.load(self.table.current)
        furniture = counted(self.source.run.count(self.table_name, "furniture:any"), *ROWS[self.table_name])
        self.browser.say(f"Furniture of pages: {furniture}, {'shown' if self.with_furniture else 'hidden'}.")

    def furniture_hidden(self) -> str:
        """How many rows are hidden as furniture, and the key that shows them; empty if none is."""
        if self.effective == self.where:
            return ""
        hidden = self.source.run.count(self.table_name, f"{self.where} furniture:any".strip())
        return f"{hidden:,} furniture of pages hidden, F shows" if hidden else ""

    def say_beneath(self) -> None:
        """How much is hidden."""
        self.table.border_subtitle = self.furniture_hidden()


class Scored(Furnished):
    """A list of text that is passed on: a bar says how surprising it is, or figures do."""

    scores = False
    """Bits stand in place of the bar of strength."""

    def do_scores(self) -> None:
        """Bits (and E) in place of the bar of strength, or the bar again."""
        self.scores = not self.scores
        self.table.change(self.columns(), self.fetch)
        self.load(self.table.current)

    def state(self) -> dict[str, Any]:
        """Also whether bits are shown."""
        return {**super().state(), "scores": self.scores}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Also show bits or the bar, as it was."""
        if self.scores != (state.get("scores") is True):
            self.do_scores()
        super().restore(state)
