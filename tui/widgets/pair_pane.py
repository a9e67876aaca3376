"""Two passages in their context, side by side or one under the other, what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reuse.display import cells, counted, cut_apart, padded, trimmed, visible, wrapped
from reuse.report.direction import apart, from_the_right
from tui.direction import set_in
from tui.pair_layout import MOST_WORDS, Comparison, PairLine, Word, compare, side_by_side, stacked
from tui.passages import Passage, Shown
from tui.widgets.lines import Lines, centred

Arrangement = Literal["automatic", "side by side", "stacked"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("automatic", "side by side", "stacked")

NARROWEST_COLUMNS = 74
"""Cells of a pane that are enough for two columns."""
BETWEEN = 3
LABEL = 3
MOST_CONTEXT = 200
ELLIPSIS = "…"


class PassagesPane(Lines):
    """The pane of two passages. Both scroll together, since they share their lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pair--said",
        "pair--heading",
        "pair--same",
        "pair--exchanged",
        "pair--only",
        "pair--moved",
        "pair--gap",
        "pair--context",
        "pair--rule",
        "pair--differs",
    }
    DEFAULT_CSS = """
    PassagesPane {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & .pair--said { color: $text-accent; }
        & .pair--heading { text-style: bold; }
        & .pair--exchanged { color: $text-warning; text-style: bold; }
        & .pair--only { color: $text-success; text-style: bold underline; }
        & .pair--moved { color: $text-secondary; text-style: italic bold; }
        & .pair--gap { color: $text-muted; }
        & .pair--context { color: $text-muted; }
        & .pair--rule { color: $foreground 30%; }
        & .pair--differs { color: $text-warning; }
    }
    """

    def __init__(self, identity: str | None = None, classes: str | None = None) -> None:
        super().__init__(identity, classes)
        self.arrangement: Arrangement = "automatic"
        self.context = 2
        self.shown: Shown | None = None
        self.empty = ""
        self._compared = Comparison([])
        self._lines: list[PairLine] = []
        self._said: list[str] = []
        self._from_the_right = (False, False)
        self._laid_out: tuple[object, ...] = ()

    def show(self, shown: Shown | None) -> None:
        """Show a pair of passages, from its beginning; None: nothing."""
        self.shown = shown
        self._compared = (
            compare(visible(shown.a.text, one_line=True), visible(shown.b.text, one_line=True))
            if shown
            else Comparison([])
        )
        self._from_the_right = (from_the_right(shown.a.text), from_the_right(shown.b.text)) if shown else (False, False)
        self._lay_out()
        self.jump_to(0)

    @property
    def in_columns(self) -> bool:
        """Whether the passages stand side by side."""
        if self.arrangement == "automatic":
            return self.size.width >= NARROWEST_COLUMNS
        return self.arrangement == "side by side"

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._lay_out()

    def do_view(self) -> None:
        """The next arrangement."""
        self.arrangement = ARRANGEMENTS[(ARRANGEMENTS.index(self.arrangement) + 1) % len(ARRANGEMENTS)]
        self._lay_out()

    def do_more_context(self) -> None:
        """Two more lines before and after."""
        self.context = min(self.context + 2, MOST_CONTEXT)
        self._lay_out()

    def do_less_context(self) -> None:
        """Two lines less."""
        self.context = max(self.context - 2, 0)
        self._lay_out()

    @property
    def column(self) -> int:
        """Cells of one column, or of a line if the passages are stacked."""
        width = self.body_width - 2
        return max((width - BETWEEN) // 2 if self.in_columns else width - LABEL, 8)

    def _lay_out(self) -> None:
        if self.shown is None:
            self._lines, self._said = [], []
            self.head_lines = 0
            self.border_subtitle = ""
            self.set_height(0)
            return
        width = self.column
        body = list((side_by_side if self.in_columns else stacked)(self._compared.pairs, width))
        before, after = self._surroundings(self.shown.a, self.shown.b, width)
        self._lines = [*before, *body, *after]
        self._said = wrapped(visible(self.shown.said, one_line=True), self.body_width - 2)[:3]
        self.head_lines = len(self._said) + (2 if self.in_columns else 3)
        self.border_subtitle = self._compared.legend.replace("[", "\\[") + (
            f" · only the first {counted(MOST_WORDS, 'word')}" if self._compared.partial else ""
        )
        self.set_height(len(self._lines) * (1 if self.in_columns else 3))

    def _surroundings(self, a: Passage, b: Passage, width: int) -> tuple[list[PairLine], list[PairLine]]:
        before = [_tail(visible(side.before, one_line=True), width, self.context) for side in (a, b)]
        after = [_head(visible(side.after, one_line=True), width, self.context) for side in (a, b)]
        rows = max(map(len, before))
        above = [[""] * (rows - len(lines)) + lines for lines in before]
        below = [lines + [""] * (max(map(len, after)) - len(lines)) for lines in after]
        return [_plain(*pair) for pair in zip(*above, strict=True)], [
            _plain(*pair) for pair in zip(*below, strict=True)
        ]

    def head(self, number: int, width: int) -> Strip:
        """The scores in words, the headings and a rule."""
        if self.shown is None:
            return Strip([])
        if number < len(self._said):
            return Strip([Segment(" " + self._said[number], self.component("pair--said"))])
        if number == self.head_lines - 1:
            return Strip([Segment("─" * width, self.component("pair--rule"))])
        heading, rule = self.component("pair--heading"), self.component("pair--differs")
        a, b = (visible(side.heading, one_line=True) for side in (self.shown.a, self.shown.b))
        if self.in_columns:
            between = Segment(f" {self.shown.arrow} ", rule)
            a, b = map(apart, cut_apart((a, b), self.column))
            left = Segment(" " + padded(a, self.column), heading)
            return Strip([left, between, Segment(b, heading)])
        label, text = list(zip("ab", cut_apart((a, b), self.column), strict=True))[number - len(self._said)]
        return Strip([Segment(f" {label}  ", rule), Segment(apart(text), heading)])

    def line(self, number: int, width: int) -> Strip:
        """A line of both passages, or of one of them if they are stacked."""
        if self.shown is None:
            return centred(self.empty, number, self.body_height, width, self.component("pair--gap"))
        if self.in_columns:
            if number >= len(self._lines):
                return Strip([])
            return self._columns(self._lines[number])
        at, side = divmod(number, 3)
        if at >= len(self._lines) or side == 2:
            return Strip([])
        return self._stacked(self._lines[at], "ab"[side])

    def _columns(self, line: PairLine) -> Strip:
        rule = (
            Segment(" ≠ ", self.component("pair--differs"))
            if line.differs
            else Segment(" │ ", self.component("pair--rule"))
        )
        plain, (right_a, right_b) = self.plain, self._from_the_right
        left = set_in(self._words(line.a), self.column, plain, right=right_a)
        right = set_in(self._words(line.b), self.column, plain, right=right_b)
        return Strip([Segment(" ", plain), *left, rule, *right])

    def _stacked(self, line: PairLine, side: str) -> Strip:
        words = line.a if side == "a" else line.b
        label = Segment(f" {side}  ", self.component("pair--differs" if line.differs else "pair--rule"))
        right = self._from_the_right[side == "b"]
        return Strip([label, *set_in(self._words(words), self.column, self.plain, right=right)])

    def _words(self, words: Sequence[Word]) -> list[Segment]:
        segments: list[Segment] = []
        for at, word in enumerate(words):
            style = self._style(word.kind)
            if at:
                joined = words[at - 1].kind == word.kind and word.kind != "only"
                segments.append(Segment(word.gap, style if joined else self.plain))
            segments.append(Segment(word.text, style))
        return segments

    def _style(self, kind: str) -> Style:
        return self.component(f"pair--{kind}")


def _plain(a: str, b: str) -> PairLine:
    return PairLine((Word(a, "context"),), (Word(b, "context"),))


def _tail(text: str, width: int, lines: int) -> list[str]:
    """The last lines of a text, filled from its end; the first of them says where something comes before it."""
    rest = text[-(lines + 1) * width * 2 :] if lines else ""
    cut = len(rest) < len(text)
    found: list[str] = []
    while rest and len(found) < lines:
        rest, line = _last_line(rest.rstrip(" "), width)
        found.insert(0, line)
    if found and (rest or cut):
        dropped, kept = _last_line(found[0], width - cells(ELLIPSIS) - 1)
        at_a_word = not dropped or dropped.endswith(" ")
        if at_a_word or (rest and not rest.endswith(" ")):
            found[0] = f"{ELLIPSIS} {kept}"
    return found


def _last_line(text: str, width: int) -> tuple[str, str]:
    """What comes before the last line of `width` cells, and that line: whole words, or the end of a longer one."""
    at, used = len(text), 0
    while at and used + (size := cells(text[at - 1])) <= width:
        at, used = at - 1, used + size
    if at and text[at - 1] != " " and " " in text[at:]:
        at = text.index(" ", at) + 1
    return text[:at], text[at:]


def _head(text: str, width: int, lines: int) -> list[str]:
    """The first lines of a text."""
    if not lines or not text:
        return []
    found = wrapped(text[: (lines + 1) * width * 2], width)
    if len(found) > lines:
        found = found[:lines]
        found[-1] = trimmed(found[-1] + " " + ELLIPSIS * width, width)
    return found
