"""The command palette, filled from the registry of actions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Provider

from tui.actions import MOVE, available, key_names

if TYPE_CHECKING:
    from tui.browser import Browser


class ActionCommands(Provider):
    """Every action that something can carry out where the focus is."""

    @property
    def _browser(self) -> Browser:
        """The app: Textual makes this class, and hands it nothing but a screen."""
        return cast("Browser", self.app)

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """All of them, before anything is typed."""
        browser = self._browser
        offered = list(available(browser.actions, self.focused or self.screen))
        for action in sorted(offered, key=lambda action: action.group == MOVE):  # the keys of motion need no palette
            yield DiscoveryHit(action.help, partial(browser.action_act, action.id), help=key_names(action))

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Those whose help has the letters."""
        matcher = self.matcher(query)
        browser = self._browser
        for action in available(browser.actions, self.focused or self.screen):
            score = matcher.match(f"{action.help} {action.label}")
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(action.help),
                    partial(browser.action_act, action.id),
                    help=key_names(action),
                )
