"""`textreuse completion`: what lets a shell complete commands, flags and paths."""

from __future__ import annotations

import argparse
from pathlib import Path

SHELLS = ("bash", "zsh", "tcsh")

DESCRIPTION = """\
Print a script that lets a shell complete commands, flags and paths. It needs shtab: pip install 'textreuse[completion]'

  textreuse completion bash > ~/.local/share/bash-completion/completions/textreuse
  textreuse completion zsh > "${fpath[1]}/_textreuse"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"one of {', '.join(SHELLS)}")


def run(arguments: argparse.Namespace) -> None:
    """Print the script."""
    from reuse.cli.commands import whole_parser
    from reuse.errors import MissingExtraError

    try:
        import shtab
    except ImportError as error:
        raise MissingExtraError("completion needs shtab: pip install 'textreuse[completion]'") from error
    parser = whole_parser()
    for command in parser.commands.values():
        for action in command._actions:  # noqa: SLF001 - argparse has no public list of what was declared
            if action.type is Path:
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks for it
    print(shtab.complete(parser, arguments.shell))
