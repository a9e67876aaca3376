"""Overview: who repeats whom, passages of two documents, formulas; each line leads to what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.errors import TextReuseError
from reuse.report.digest import PAGE, DigestLine, digest
from reuse.report.overview import Overview as Told
from tui.browser import Browser
from tui.screens.place import Place
from tui.source import Source
from tui.widgets.digest import Digest


class Overview(Place):
    """What `textreuse scan` prints, with more of each; Enter opens what a line is about."""

    DEFAULT_CSS = """
    Overview > Digest { height: 1fr; }
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._told = Told(source.beside)  # what it has read once it does not read again

    def compose(self) -> ComposeResult:
        """The page."""
        digest = Digest("digest", "pane")
        digest.border_title = "Overview"
        digest.empty = "Reading the run …"
        yield digest

    @property
    def digest(self) -> Digest:
        """The page."""
        return self.query_one(Digest)

    def on_show(self) -> None:
        """Tell it anew: matches may have been judged on other screens."""
        self._told = Told(self.source.beside)
        self._read()

    def on_resize(self) -> None:
        """Lay it out anew."""
        self._read()

    def first_focus(self) -> None:
        """The page has the focus."""
        self.digest.focus()

    @work(thread=True, exclusive=True, group="overview")
    def _read(self) -> None:
        worker = get_current_worker()
        try:
            page = list(digest(self._told, max(self.digest.size.width - 3, 20), PAGE))
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self.browser.complain, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self._show, page)

    def _show(self, page: list[DigestLine]) -> None:
        self.digest.show(page)

    def on_digest_opened(self, event: Digest.Opened) -> None:
        """Go where the line leads."""
        event.stop()
        screen, name = event.target
        if screen in {"pair", "within"}:
            self.browser.go_to("matches", where=name)
        else:
            self.browser.go_to(screen, row=name)

    def do_back(self) -> None:
        """One step back."""
        self.browser.go_back()

    def state(self) -> dict[str, Any]:
        """Where the cursor is."""
        return {"cursor": list(self.digest.cursor or ())}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The cursor goes back to its place, if that is still there."""
        cursor = state.get("cursor")
        if isinstance(cursor, list) and len(cursor) == 2:
            self.digest.cursor = (str(cursor[0]), str(cursor[1]))
            self.digest.refresh()
