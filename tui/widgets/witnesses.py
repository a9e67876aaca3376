"""The pane of all witnesses of one passage, line under line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from reuse.display import cells, padded, trimmed, visible
from tui.collation import Collation, collate, same_words
from tui.widgets.lines import Lines, centred, cut

LABEL = 30
NARROW_LABEL = 22


@dataclass(frozen=True, slots=True)
class Witness:
    """One passage of a cluster.

    Attributes:
        name: Date and document.
        text: The passage.
    """

    name: str
    text: str


class WitnessPane(Lines):
    """Witnesses collated: the earliest in full, under it the others; those with the same words share a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "witness--label",
        "witness--base",
        "witness--same",
        "witness--differs",
        "witness--about",
    }
    DEFAULT_CSS = """
    WitnessPane {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & .witness--label { color: $text-muted; }
        & .witness--base { text-style: bold; }
        & .witness--same { color: $text-muted; }
        & .witness--differs { color: $text-warning; text-style: bold; }
        & .witness--about { color: $text-accent; }
    }
    """

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.empty = "No cluster is chosen"
        self.about = ""
        self._labels: list[str] = []
        self._collation: Collation = collate([])
        self._blocks: list[tuple[int, int]] = []

    def show(self, witnesses: Sequence[Witness], about: str) -> None:
        """Show witnesses, the earliest first."""
        groups: dict[str, list[Witness]] = {}
        for witness in witnesses:
            groups.setdefault(same_words(witness.text), []).append(witness)
        members = list(groups.values())
        self._labels = [
            visible(group[0].name, one_line=True) + (f" +{len(group) - 1:,}" if len(group) > 1 else "")
            for group in members
        ]
        self._collation = collate([visible(group[0].text, one_line=True) for group in members])
        self.about = about
        self.head_lines = 2 if witnesses else 0
        if self._collation.partial:
            self.about += " · only the beginning of each"
        self._lay_out()
        self.jump_to(0)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    @property
    def label(self) -> int:
        """Cells of the names."""
        return min(LABEL if self.size.width >= 90 else NARROW_LABEL, max(map(cells, self._labels), default=LABEL))

    def _lay_out(self) -> None:
        self._blocks = list(self._collation.blocks(max(self.body_width - self.label - 3, 10)))
        self.set_height(len(self._blocks) * (len(self._labels) + 1))

    def head(self, number: int, width: int) -> Strip:
        """What there is to know, and a rule."""
        if number:
            return Strip([Segment("─" * width, self.component("witness--label"))])
        return Strip([Segment(" " + trimmed(self.about, width - 2), self.component("witness--about"))])

    def line(self, number: int, width: int) -> Strip:
        """One witness in one block of columns."""
        if not self._labels:
            return centred(self.empty, number, self.body_height, width, self.component("witness--label"))
        block, at = divmod(number, len(self._labels) + 1)
        if block >= len(self._blocks) or at == len(self._labels):
            return Strip([])
        start, end = self._blocks[block]
        name = padded(cut(self._labels[at], self.label), self.label)
        segments = [Segment(f" {name} ", self.component("witness--label"))]
        row = self._collation.rows[at]
        for column in range(start, end):
            text, same = row[column]
            style = "base" if at == 0 else "same" if same else "differs"
            if at == 0 and any(not other[column][1] for other in self._collation.rows):
                style = "differs"
            segments.append(Segment(text, self.component(f"witness--{style}")))
            gap = self._collation.gaps[column + 1] if column + 1 < end else 0
            segments.append(Segment(" " * (self._collation.widths[column] - cells(text) + gap), self.plain))
        return Strip(segments)
