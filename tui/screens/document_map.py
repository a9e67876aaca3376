"""The map of a document: the rule above its text says which part comes from whom, and a menu leads there."""

from __future__ import annotations

from collections.abc import Mapping

from reuse.analysis.stored import Columns
from reuse.analysis.strip import OTHER, SAID, SIGNS, strip
from reuse.display import counted, trimmed, visible
from reuse.shares import FRESH, SECTIONS
from tui.dialogs import Choice
from tui.widgets.text import RULE
from tui.words import percent

MOST = 200
"""Sections in the menu."""
SURE = 0.95
"""How likely a source is, from which on nothing is said of it."""
_NAME = 44  # cells of the name of a source, so that the words fit in beside it on a narrow screen
_WORDS = 40  # code points of a section that the menu quotes


def rule(sections: Columns, width: int) -> str:
    """The line above the text: a letter for each source, a plain rule where the text is fresh."""
    return strip(sections, width).signs.replace(SIGNS[FRESH], RULE).ljust(width, RULE)


def choices(sections: Columns, text: str, names: Mapping[str, str]) -> list[Choice]:
    """The sources, then the sections that are not fresh, in the order of the text.

    Args:
        sections: Those of the document (`reuse.analysis.sections.map_table`).
        text: Its text.
        names: How the sources are named, by id.
    """
    found = strip(sections, 1)
    signs = {one.source: one.sign for one in found.legend if one.sign != OTHER}
    kinds = {name: SIGNS[number] for number, name in enumerate(SECTIONS)}
    rows = range(len(sections["start"]))
    legend = []
    for one in found.legend:
        said = trimmed(visible(names[one.source], one_line=True), _NAME) if one.source else "other documents"
        unsure = f", sure {percent(one.confidence)}" if one.confidence < SURE else ""
        guessed = ", date guessed" if one.guessed else ""
        first = next(row for row in rows if (sections["source"][row] or "") == one.source) if one.source else -1
        value = f"source {first}" if one.source else ""
        legend.append(
            Choice(
                one.sign if one.source else "",
                said,
                value,
                f"{counted(one.words, 'word')}, {percent(one.share)}{unsure}{guessed}",
            )
        )
    parts = []
    for row in rows:
        if sections["kind"][row] == SECTIONS[FRESH]:
            continue
        source = sections["source"][row]
        sign = kinds[sections["kind"][row]] if source is None else signs.get(source, OTHER)
        quoted = " ".join(text[sections["start"][row] : sections["end"][row]].split())[:_WORDS]
        parts.append(Choice("", f"{sign}  {quoted}", f"section {row}", counted(sections["words"][row], "word")))
    return [*legend, *parts[:MOST]]


def heading(sections: Columns) -> str:
    """What the menu is about, and that a long one is cut."""
    parts = sum(kind != SECTIONS[FRESH] for kind in sections["kind"])
    sources = len({source for source in sections["source"] if source is not None})
    shown = f"{MOST} of {parts:,}" if parts > MOST else f"{parts:,}"
    return f"Where it comes from: {counted(sources, 'source')}, {shown} {'section' if parts == 1 else 'sections'}"


def hint(sections: Columns) -> str:
    """What is below the menu: what choosing does, and what the signs mean that are no letters."""
    rest = [kind for kind in strip(sections, 1).rest if kind != FRESH]
    return "\n".join(
        ["↵ opens the source, or goes to the section   esc close", *(f"{SIGNS[kind]} {SAID[kind]}" for kind in rest)]
    )
