"""Overview: who repeats whom, passages of two documents, formulas; each line leads to what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from reuse.errors import TextReuseError
from tui.browser import Browser
from tui.screens.place import Place
from tui.source import Source
from tui.widgets.digest import Digest

if TYPE_CHECKING:
    from reuse.report.digest import DigestLine
    from reuse.report.overview import Overview as Told

READING = "Reading the run …"


class Overview(Place):
    """What `textreuse scan` prints, with more of each; Enter opens what a line is about."""

    DEFAULT_CSS = """
    Overview > Digest { height: 1fr; }
    """

    def __init__(self, browser: Browser, source: Source, identity: str) -> None:
        super().__init__(browser, source, identity)
        self._told: Told | None = None  # what it has read once it does not read again
        self._laid_out = 0

    def compose(self) -> ComposeResult:
        """The page."""
        digest = Digest("digest", "pane")
        digest.border_title = "Overview"
        digest.empty = READING
        yield digest

    @property
    def digest(self) -> Digest:
        """The page."""
        return self.query_one(Digest)

    def on_show(self) -> None:
        """Tell it anew: matches may have been judged on other screens."""
        self._told = None
        self.call_after_refresh(self._read)  # the first paint does not wait for it

    def on_resize(self) -> None:
        """Lay it out anew, if it was."""
        if self._told is not None and self._laid_out != self.digest.size.width:
            self._read()

    def first_focus(self) -> None:
        """The page has the focus."""
        self.digest.focus()

    @work(thread=True, exclusive=True, group="overview")
    def _read(self) -> None:
        # The first paint does not wait for these.
        from reuse.report.digest import PAGE, DigestLine, digest_parts  # noqa: PLC0415
        from reuse.report.overview import Overview as Told  # noqa: PLC0415

        worker = get_current_worker()
        grows = not self._laid_out
        self._laid_out = self.digest.size.width
        self._told = told = self._told or Told(self.source.beside)
        page: list[DigestLine] = []
        try:
            for part in digest_parts(told, max(self._laid_out - 3, 20), PAGE):
                page += part
                if grows and not worker.is_cancelled:
                    self.hand_over(self._begin, [*page, DigestLine(), DigestLine(((READING, "faint"),))])
        except TextReuseError as error:
            if not worker.is_cancelled:
                self.hand_over(self.browser.complain, error)
            return
        if not worker.is_cancelled:
            self.hand_over(self.digest.show, page)

    def _begin(self, page: Sequence[DigestLine]) -> None:
        self.digest.show(page, whole=False)

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
