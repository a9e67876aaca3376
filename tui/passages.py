"""Two passages as a pane shows them: what a run gives, and no widget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a pair.

    Attributes:
        heading: Date and title.
        before: Text before the passage (as much as might be shown), untouched.
        text: The passage.
        after: Text after it.
    """

    heading: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pane shows.

    Attributes:
        a, b: The two passages.
        said: The scores in words.
        arrow: Stands between the headings: → if a is earlier, ← if b is, · if that is unknown.
    """

    a: Passage
    b: Passage
    said: str
    arrow: str
