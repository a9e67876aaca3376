"""What `browse --web` serves, and to whom.

Whoever can open the socket reads the run and changes its marks, and a browser lets every page of the world try. So the
address has a token that only this process has made, a request must name this server as its host (a name of somebody
else's that leads here is refused) and, where a page asks, come from a page of this server; the page itself may ask
nothing of anybody else.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HERE = Path(__file__).resolve().parent
ANYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared with, not listened at
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src {socket}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""With every answer: nothing from other hosts, in no frame, and the address with its token is told to nobody."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a name or address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Site:
    """What is served, and to whom.

    Args:
        command: The shell command of one session.
        host: What is listened at.

    Attributes:
        token: The secret part of the address.
    """

    def __init__(self, command: str, host: str) -> None:
        self.token = secrets.token_urlsafe(24)
        self.host = host
        self._server = Server(command, host=host)

    def application(self) -> web.Application:
        """The page, its parts and its socket, behind the checks."""

        @web.middleware
        async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
            # Whoever lacks the token is told where it stands, and nothing else.
            path = f"/{self.token}/" if request.path == "/" else request.path
            reason = self.refusal(request.host, request.headers.get("Origin"), path)
            if reason is not None:
                raise web.HTTPForbidden(text=f"Refused: {reason}.\n")
            return await handler(request)

        application = web.Application(middlewares=[checked])
        application.add_routes(
            [
                web.get("/", self._door),
                web.get("/{token}/", self._page),
                web.get("/{token}/page.css", self._style),
                web.get("/{token}/ws", self._server.handle_websocket),
            ]
        )
        for folder in ("css", "fonts", "js"):
            application.router.add_static(f"/{self.token}/static/{folder}", Path(self._server.statics_path) / folder)
        application.on_response_prepare.append(self._head)
        return application

    def refusal(self, host: str, origin: str | None, path: str) -> str | None:
        """Why a request is refused; None if it is not.

        Args:
            host: Its header Host.
            origin: Its header Origin: the page that asks, if it is a page.
            path: What it asks for.
        """
        name = urlsplit(f"//{host}").hostname or ""
        known = name == self.host.lower() or (is_loopback(self.host) and is_loopback(name))
        if not known and self.host not in ANYWHERE:  # which names lead to any address is not known here
            return "this server has another name"
        if origin is not None and origin != f"http://{host}":
            return "a page of another server asks"
        token = path.removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return "the address lacks the token that the command has printed"
        return None

    async def _head(self, request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers[name] = value.replace("{socket}", f"ws://{request.host}")

    async def _door(self, _: web.Request) -> web.Response:
        return web.Response(text="textreuse is here: open the whole address that `textreuse browse --web` printed.\n")

    async def _page(self, request: web.Request) -> web.Response:
        page = (HERE / "page.html").read_text("utf-8")
        socket = f"ws://{request.host}/{self.token}/ws"
        return web.Response(text=page.replace("{{ socket }}", socket), content_type="text/html")

    async def _style(self, _: web.Request) -> web.Response:
        return web.Response(text=(HERE / "page.css").read_text("utf-8"), content_type="text/css")
