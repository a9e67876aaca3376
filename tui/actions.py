"""The registry of actions: bindings, footer, help, command palette and the documentation's table of keys read it.

An action does not say who carries it out: that is the first widget from the focused one upwards which has a method
`do_<id>`. So one key means the same thing everywhere, each pane does it in its own way, and the keys of a pane are
those of its methods. The screens are shown by `do_screen(id)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import BindingsMap

from tui.keymap import Keymap
from tui.screens import registry

if TYPE_CHECKING:
    from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the user can ask for.

    Attributes:
        id: Its name, also in the config file; the method that carries it out is called `do_<id>`.
        keys: Keys, in Textual's names.
        label: One or two words for the footer.
        help: What it does, for help, palette and documentation.
        group: Heading under which it is listed.
        rank: Place in the footer, low ones first; 0: not shown there.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    rank: int = 0


SCREENS, MOVE, READ, FIND, REVIEW, TAKE, PROGRAM = (
    "Screens",
    "Move",
    "Read",
    "Find",
    "Review",
    "Take along",
    "Program",
)

ACTIONS: tuple[Action, ...] = (
    *(Action(one.id, (one.key,), one.id, f"{one.name}: {one.help}", SCREENS) for one in registry.DECLARED),
    Action("down", ("j", "down"), "down", "One line down", MOVE),
    Action("up", ("k", "up"), "up", "One line up", MOVE),
    Action("left", ("h", "left"), "left", "To the left", MOVE),
    Action("right", ("l", "right"), "right", "To the right", MOVE),
    Action("first", ("g", "home"), "first", "To the beginning", MOVE),
    Action("last", ("G", "end"), "last", "To the end", MOVE),
    Action("half_down", ("ctrl+d",), "half page down", "Half a page down", MOVE),
    Action("half_up", ("ctrl+u",), "half page up", "Half a page up", MOVE),
    Action("page_down", ("pagedown", "space"), "page down", "A page down", MOVE),
    Action("page_up", ("pageup",), "page up", "A page up", MOVE),
    Action("next_pane", ("tab",), "next pane", "To the next pane", MOVE, 30),
    Action("previous_pane", ("shift+tab",), "previous pane", "To the pane before", MOVE),
    Action("open", ("enter",), "open", "Open what the cursor is on", MOVE, 1),
    Action("back", ("escape",), "back", "One step back; never leaves the program", MOVE, 28),
    Action("next_item", ("right_square_bracket",), "next", "Next row of the list, from wherever you read", READ, 20),
    Action("previous_item", ("left_square_bracket",), "previous", "Previous row of the list", READ, 19),
    Action("next_pair", ("full_stop",), "next pair", "Next row that is about another pair of documents", READ),
    Action("previous_pair", ("comma",), "previous pair", "Back to another pair of documents", READ),
    Action("next_passage", ("n",), "next passage", "Next passage (or next hit of a search) in the text", READ, 17),
    Action("previous_passage", ("N",), "previous passage", "Previous passage (or hit) in the text", READ),
    Action("more_context", ("plus", "equals_sign"), "more context", "More of the text around a passage", READ, 22),
    Action("less_context", ("minus",), "less context", "Less of the text around a passage", READ),
    Action("view", ("v",), "view", "Side by side, stacked, or whichever fits", READ, 21),
    Action("lists", ("L",), "lists", "List formulas, words, n-grams or frames", FIND, 5),
    Action("against", ("o",), "against this", "Compare the others with this one; again: with all others", READ, 18),
    Action("scores", ("E",), "scores", "Bits and E in place of the bar of strength, or the bar again", READ),
    Action("map", ("m",), "map", "Which part of the text comes from whom, and to go there", READ, 6),
    Action("versions", ("V",), "versions", "Versions of the document by date, and what changed in each", READ),
    Action("wrap", ("w",), "wrap", "Break long lines, or let them run on", READ),
    Action("zoom", ("z",), "zoom", "Give the pane the whole screen, or give it back", READ, 24),
    Action("filter", ("slash",), "filter", "Filter the list, or search the text", FIND, 2),
    Action("ask", ("i",), "ask", "Ask what a file, or some words, draw on", FIND, 2),
    Action("facets", ("f",), "facets", "Choose a filter from what the list has: years, sources, marks", FIND, 3),
    Action("furniture", ("F",), "furniture", "Show furniture of pages too, or hide it again", FIND),
    Action("copies", ("C",), "copies", "Show pairs of copies behind the other matches, or fold them", FIND),
    Action("sort", ("s",), "sort", "Sort by the next column", FIND, 4),
    Action("reverse", ("S",), "reverse", "Turn the order round", FIND),
    Action("bookmark", ("b",), "bookmark", "Set or remove a bookmark", REVIEW, 12),
    Action("note", ("c",), "note", "Write a note", REVIEW, 13),
    Action("accept", ("a",), "accept", "Accept: this is reuse", REVIEW, 10),
    Action("reject", ("x",), "reject", "Reject, or mark the whole cluster as boilerplate", REVIEW, 11),
    Action("undo", ("u",), "undo", "Take back the latest mark or note", REVIEW, 14),
    Action("copy", ("y",), "copy", "Copy the passage, with citations, or a link to it", TAKE, 15),
    Action("export", ("e",), "export", "Export the list as it is filtered and sorted", TAKE, 16),
    Action("theme", ("t",), "theme", "Dark, light, without colours, the terminal's own colours", PROGRAM),
    Action("reload", ("R",), "reload", "Read the run again after a new scan", PROGRAM),
    Action("keys", ("question_mark",), "keys", "The keys of this pane", PROGRAM, 90),
    Action("help", ("f1",), "help", "How everything works", PROGRAM, 91),
    Action("palette", ("ctrl+p",), "commands", "Find a command by its name", PROGRAM),
    Action("quit", ("q", "ctrl+q", "ctrl+c"), "quit", "Leave the program", PROGRAM, 92),
)

KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "enter": "↵",
    "escape": "esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "page down",
    "pageup": "page up",
    "f1": "F1",
}
"""Keys as they are shown, where Textual's name is another."""


def named(action_id: str) -> Action:
    """The action of an id, with the keys it has unless the user gave it others."""
    return next(action for action in ACTIONS if action.id == action_id)


def key_name(key: str) -> str:
    """A key as it is shown to the user."""
    return KEY_NAMES.get(key, key)


def key_names(action: Action) -> str:
    """All keys of an action as they are shown, separated by spaces."""
    return " ".join(key_name(key) for key in action.keys)


def with_keys(keymap: Keymap) -> tuple[Action, ...]:
    """The actions with the user's keys: a key that the user gave to one action is taken from all others."""
    taken = {key for keys in keymap.keys.values() for key in keys}
    return tuple(
        replace(action, keys=keymap.keys[action.id])
        if action.id in keymap.keys
        else replace(action, keys=tuple(key for key in action.keys if key not in taken))
        for action in ACTIONS
    )


def bind_actions(actions: Iterable[Action]) -> BindingsMap:
    """Bindings that hand each action's keys to the app, which finds who carries it out."""
    bindings = BindingsMap()
    for action in actions:
        if action.keys:
            bindings.bind(",".join(action.keys), f"app.act('{action.id}')", action.help, show=False)
    return bindings


def handler(action_id: str, node: DOMNode | None) -> Callable[[], object] | None:
    """The method that carries out an action for the focused node: its own or that of the nearest ancestor."""
    while node is not None:
        method: Callable[[], object] | None = getattr(node, f"do_{action_id}", None)
        if method is not None:
            return method
        if action_id in registry.SCREENS and hasattr(node, "do_screen"):
            return partial(node.do_screen, action_id)
        node = node.parent
    return None


def available(actions: tuple[Action, ...], node: DOMNode | None) -> Iterator[Action]:
    """The actions that something can carry out when this node has the focus."""
    for action in actions:
        if handler(action.id, node) is not None:
            yield action


def groups(actions: tuple[Action, ...]) -> dict[str, list[Action]]:
    """Actions under their headings, in the registry's order."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        found.setdefault(action.group, []).append(action)
    return found
