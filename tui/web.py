"""Serves the app to a browser on this machine."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from reuse.errors import MissingExtraError


def serve(paths: Sequence[Path], at: str | None = None, *, port: int = 8000) -> None:
    """Serve `textreuse browse PATHS` on localhost until it is interrupted; every visit is a session of its own.

    Raises:
        MissingExtraError: textual-serve is not installed.
    """
    try:
        from textual_serve.server import Server  # noqa: PLC0415 - an extra, looked for when it is needed
    except ImportError as error:
        raise MissingExtraError("browse --web needs textual-serve: pip install 'textreuse[web]'") from error
    words = [sys.executable, "-m", "reuse", "browse", *map(str, paths)]
    command = shlex.join(words + (["--at", at] if at else []))
    Server(command, host="localhost", port=port, title="textreuse").serve()
