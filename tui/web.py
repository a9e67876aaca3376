"""Serves the app to a browser: each visit is a session of its own."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from reuse.display import visible
from reuse.errors import MissingExtraError, UsageError
from tui.child import our_python


def serve(paths: Sequence[Path], at: str | None = None, *, host: str = "localhost", port: int = 8000) -> None:
    """Serve `textreuse browse PATHS` until it is interrupted; every visit is a session of its own.

    Args:
        paths: What `tui.browse` takes.
        at: Where to open.
        host: Name or address to listen at; by default nobody but this machine can reach it.
        port: Where to listen.

    Raises:
        MissingExtraError: textual-serve is not installed.
        UsageError: Nothing can listen there.
    """
    try:
        from aiohttp import web  # noqa: PLC0415 - an extra, looked for when it is needed

        from tui.site import Site, is_loopback  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("browse --web needs textual-serve: pip install 'textreuse[web]'") from error
    site = Site(command(paths, at), host)

    def announce(text: str) -> None:
        """Say where it is once it is: aiohttp says `… Running on http://HOST:PORT …`."""
        found = next(urlsplit(word) for word in text.split() if word.startswith("http://"))
        _say(f"browse is at http://{found.netloc}/{site.token}/   ctrl+c ends it")
        if not is_loopback(host):
            _say(
                "Whoever reaches this machine and has that address reads the run and changes its marks, and what is "
                "sent can be read on the way."
            )

    try:
        web.run_app(site.application(), host=host, port=port, print=announce, access_log=None)
    except OSError as error:
        raise UsageError(
            f"nothing can be served at {host}, port {port} ({error.strerror}); --port takes another"
        ) from error


def command(paths: Sequence[Path], at: str | None) -> str:
    """The shell command of one session."""
    words = [*our_python("from reuse.cli import main; sys.exit(main())"), "browse", *map(str, paths)]
    return shlex.join(words + (["--at", at] if at else []))


def _say(message: str) -> None:
    sys.stderr.write(visible(message) + "\n")
    sys.stderr.flush()
