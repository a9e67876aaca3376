"""What F1 and ? say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reuse.run.found import LOOSE
from reuse.run.registry import FILTERED
from tui.actions import FIND, MOVE, PROGRAM, READ, REVIEW, SCREENS, TAKE, Action, groups, key_names
from tui.keymap import keymap_path

Line = tuple[str, str]
"""A term and what it means; a heading has no meaning, a blank line neither."""

PANE_FIRST = (READ, FIND, REVIEW, TAKE, MOVE, SCREENS, PROGRAM)
"""Headings in the order in which they matter to somebody who asks for the keys of a pane."""

SIGNS: Sequence[Line] = (
    ("[words]", "stand here where the other passage has other words; [[words]] where the text has brackets of its own"),
    ("{words}", "stand only here"),
    ("‹words›", "stand in the other passage as well, in another place"),
    ("–", "nothing stands here where the other passage has words"),
    ("≠", "the two sides of this line differ"),
    ("→ ←", "which of two documents is earlier, as far as their dates say so"),
    ("✓ ✗ ≡", "accepted, rejected, boilerplate;  * bookmarked,  n has a note"),
    ("▫", "furniture of pages: recurs because of where it stands, and is hidden until F is pressed"),
)
FIGURES: Sequence[Line] = (
    ("alike", "share of the words of both passages that agree"),
    ("bits", "how surprising the shared words are: each bit halves the odds of a coincidence"),
    *((name, f"{says}; bits count words in order all the same") for name, says in LOOSE.items()),
    ("places", "passages that carry the same text, in all documents"),
    ("df, tf", "documents that have a formula; its occurrences in all"),
    ("recycled", "share of a document's words that stand in earlier documents"),
    ("shared", "that stand in others, while the dates do not say which was first"),
    ("repeated", "that stand earlier in the same document;  fresh: none of these"),
    ("z", "how far a formula marks a group, in standard deviations; above 2 is beyond chance"),
)
FILTER: Sequence[Line] = (
    ("word", 'every word or "quoted phrase" must be in the text; kni* and wom?n stand for several'),
    ("field:value", "has it inside; field=value is the whole of it; numbers take < <= > >= and a..b"),
    ("-term", "turns a term round: -rejected, -doc:002"),
)


def key_lines(actions: Iterable[Action]) -> list[Line]:
    """Actions with their keys, what concerns the pane first."""
    by_group = groups(tuple(action for action in actions if action.keys))
    lines: list[Line] = []
    for group in PANE_FIRST:
        if group in by_group:
            lines += _section(group, [(key_names(action), action.help) for action in by_group[group]])
    return lines[1:]


def help_lines(actions: Iterable[Action], table: str | None) -> list[Line]:
    """How everything works.

    Args:
        actions: All of them.
        table: The table of the screen that is shown, for the fields of its filter.
    """
    lines = _section("Signs", SIGNS)[1:]
    lines += _section("Figures", FIGURES)
    fields = FILTERED[table or "matches"].fields
    lines += _section(
        "Filter",
        [("list of", table or "matches"), *FILTER, *((name, field.description) for name, field in fields.items())],
    )
    for group, members in groups(tuple(actions)).items():
        lines += _section(group, [(key_names(action), action.help) for action in members])
    lines += _section(
        "Files",
        [
            ("notes", "marks and notes are in the run's folder, in notes.sqlite; a new scan keeps them"),
            ("keys", f'your own keys: {keymap_path()}, lines such as  accept = "y"'),
        ],
    )
    return lines


def _section(heading: str, lines: Iterable[Line]) -> list[Line]:
    return [("", ""), (heading.upper(), ""), *lines]
