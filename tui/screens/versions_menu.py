"""The menu of the versions of a document's story: when each was, what changed in it, and the way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reuse.display import visible
from reuse.report.versions import stories
from tui.dialogs import Choice
from tui.source import dated
from tui.words import count

if TYPE_CHECKING:
    from reuse.run.run import Run
    from tui.browser import Browser

HERE, OTHER = "●", "○"
"""Before the document that is shown, and before the others."""
MOST = 200
"""Versions in the menu."""
CHANGES = 4
"""Changes of a version that are said on its line."""


def show(browser: Browser, run: Run, document: str) -> None:
    """Let the user look at the versions of a document's story, and go to one."""
    found = stories(run, 1, document=document, changes=CHANGES)
    if not found:
        browser.say("No other document is a version of this one: none has half of its words.")
        return
    versions = found[0]
    choices = []
    for one in versions[:MOST]:
        mark = HERE if one.document == document else OTHER
        name = visible(f"{mark} {dated(one.date or 'undated', one.name)}", one_line=True)
        choices.append(Choice("", name, one.document, visible(one.said, one_line=True)))
    shown = f"the first {MOST} of " if len(versions) > MOST else ""
    browser.choose(
        f"Versions of one story: {shown}{count(len(versions), 'document')}",
        choices,
        partial(_open, browser),
        hint="↵ opens the version   esc close",
    )


def _open(browser: Browser, document: str) -> None:
    browser.go_to("documents", row=document)
