"""What the screens have in common whose rows a reviewer judges."""

from __future__ import annotations

from functools import partial

from reuse.run.notes import Kind
from tui.screens.list_screen import Listing

NOTE_HINT = "↵ keep   empty removes it   esc leave"


class Reviewed(Listing):
    """A list whose rows can be marked, bookmarked and annotated."""

    def do_accept(self) -> None:
        """This is reuse."""
        self.mark("accepted")

    def do_reject(self) -> None:
        """Reject, or more."""
        self.mark("rejected")

    def do_bookmark(self) -> None:
        """Set or remove a bookmark."""
        row = self.about()
        if row is not None and self.kind is not None:
            self.source.run.notes.set_bookmark(self.kind, row["id"], bookmark=not row["bookmark"])
            self.marked()

    def do_note(self) -> None:
        """Write a note."""
        row = self.about()
        if row is not None and self.kind is not None:
            note = self.source.run.notes.get(self.kind, row["id"]).note or ""
            self.browser.ask("Note", note, partial(self._note, self.kind, row["id"]), NOTE_HINT)

    def _note(self, kind: Kind, name: str, text: str) -> None:
        self.source.run.notes.set_note(kind, name, text)
        self.marked()

    def do_undo(self) -> None:
        """Take back the latest change."""
        taken_back = self.source.run.notes.undo()
        if taken_back is None:
            self.browser.say("There is no mark or note of this session left to take back.")
        else:
            self.marked()
