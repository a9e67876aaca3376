"""The menu of the versions of a document's story: when each was, what changed in it, and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reuse.analysis.versions import version_table
from reuse.display import counted, visible
from reuse.naming import dated
from reuse.report.sentences import changes_said
from tui.dialogs import Choice
from tui.widgets.list_columns import Row

if TYPE_CHECKING:
    from reuse.run.run import Run
    from tui.browser import Browser

HERE, OTHER = "●", "○"
"""Before the document that is shown, and before the others."""
MOST = 200
"""Versions in the menu."""
CHANGES = 4
"""Changes of a version that are said on its line."""


def versions_of(run: Run, document: str) -> list[Row]:
    """The versions of a document's story; the first MOST with what changed in them."""
    table = version_table(run, [document], MOST)
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def show(browser: Browser, run: Run, document: str, versions: Sequence[Row]) -> None:
    """Let the user look at the versions of a document's story, and go to one."""
    if not versions:
        browser.say("No other document is a version of this one: none has half of its words and what is its own.")
        return
    choices = []
    for one in versions[:MOST]:
        mark = HERE if one["document"] == document else OTHER
        name = f"{mark} {dated(one['date'] or 'undated', run.name_of[one['document']])}"
        said = changes_said(one, CHANGES)
        choices.append(Choice("", visible(name, one_line=True), one["document"], said))
    shown = f"the first {MOST} of " if len(versions) > MOST else ""
    browser.choose(
        f"Versions of one story: {shown}{counted(len(versions), 'document')}",
        choices,
        partial(_open, browser),
        hint="↵ opens the version   esc close",
    )


def _open(browser: Browser, document: str) -> None:
    browser.go_to("documents", row=document)
