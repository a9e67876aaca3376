"""Two passages on the terminal, words under words, what differs in brackets (and in colour where there is colour)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reuse.display import cells, counted, padded, visible
from reuse.report.differences import Cell, columns, differences, gap_between, interlinear
from reuse.spacing import space_between

if TYPE_CHECKING:
    from rich.text import Text

DIFFERS_A, DIFFERS_B = "bold red", "bold green"
LABEL_A, LABEL_B, LABEL_SAME = "a  ", "b  ", "=  "
BETWEEN = " │ "


def aligned(text_a: str, text_b: str, *, width: int, most_lines: int | None = None) -> Iterator[Text]:
    """Lines of the first passage and of the second in turn; one line for both where they have the same words.

    Args:
        text_a: The one passage.
        text_b: The other.
        width: Cells that a line may take up.
        most_lines: Most lines of each; what is left is counted in words. None: all.
    """
    from rich.text import Text

    segments = differences(visible(text_a, one_line=True), visible(text_b, one_line=True))
    lines = list(interlinear(segments, width - len(LABEL_A)))
    shown = lines if most_lines is None or len(lines) <= most_lines + 1 else lines[:most_lines]
    alike = all(segment.same for segment in segments)
    for line in shown:
        yield _line(LABEL_SAME if alike else LABEL_A, line, [cell.a for cell in line], ("", DIFFERS_A))
        if not alike:
            yield _line(LABEL_B, line, [cell.b for cell in line], ("dim", DIFFERS_B))
    left = sum(len(segment.a) for segment in segments) - sum(cell.words for line in shown for cell in line)
    if len(shown) < len(lines):
        yield Text(f"{' ' * len(LABEL_A)}… and {counted(left, 'more word')}", style="dim")


def named(match: Mapping[str, Any], side: str) -> str:
    """A passage's document, its place there, date and title, on one line."""
    cited = ", ".join(filter(None, (match[side], match[f"{side}_place"])))
    parts = (cited, match[f"date_{side}"] or "no date", match[f"title_{side}"] or "")
    return visible("  ".join(filter(None, parts)), one_line=True)


def side_by_side(text_a: str, text_b: str, *, width: int) -> Iterator[Text]:
    """Lines of two columns; `≠` between them where the two sides of a line differ.

    Args:
        text_a: The passage on the left.
        text_b: The passage on the right.
        width: Cells that a line may take up.
    """
    from rich.text import Text

    column = (width - len(BETWEEN)) // 2
    for line in columns(differences(visible(text_a, one_line=True), visible(text_b, one_line=True)), column):
        left = _side([(cell.a, "" if cell.same else DIFFERS_A) for cell in line if cell.a])
        right = _side([(cell.b, "" if cell.same else DIFFERS_B) for cell in line if cell.b])
        mark = BETWEEN if all(cell.same for cell in line) else BETWEEN.replace("│", "≠")
        yield Text.assemble(left, " " * (column - left.cell_len), (mark, "dim"), right)


def _side(words: list[tuple[str, str]]) -> Text:
    """Words with their styles, and what parts them."""
    from rich.text import Text

    text = Text()
    for at, (word, style) in enumerate(words):
        text.append(space_between(words[at - 1][0], word) if at else "")
        text.append(word, style=style)
    text.rstrip()
    return text


def _line(label: str, line: list[Cell], words: list[str], styles: tuple[str, str]) -> Text:
    from rich.text import Text

    same, differs = styles
    text = Text(label, no_wrap=True)
    for at, (cell, word) in enumerate(zip(line, words, strict=True)):
        if at:
            text.append(" " * gap_between(line[at - 1], cell))
        text.append(padded(word, max(cells(cell.a), cells(cell.b))), style=same if cell.same else differs)
    text.rstrip()
    return text
