"""The list of commands, and the parser made from it. A command's module is imported only when that command runs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from typing import Any, NoReturn, Protocol, cast

COMMANDS = {
    "scan": "find the passages and formulas that documents share, and store them as a run",
    "query": "show what a text draws on",
    "add": "add documents to a run",
    "remove": "take documents out of a run",
    "rescan": "make a run anew from the texts that it keeps",
    "news": "show what the last additions to a run brought",
    "export": "write a table of a run as JSON Lines, CSV, TSV, a spreadsheet or Parquet",
    "report": "write a report of a run for others to read",
    "browse": "read a run in the terminal",
    "compare": "show two documents side by side, with what differs marked",
    "concordance": "show every occurrence of some words in its context",
    "collocates": "show which words stand near some words, and how strongly they are tied to them",
    "wordlist": "list the words, how frequent and how evenly spread they are",
    "life": "show when words or formulas were born, how often they were said, whether dropped",
    "frames": "show formulas with slots, and what fills the slots",
    "keyness": "show what marks one group of documents against the others",
    "profile": "show how much of each document is recycled and fresh, and drawn from whom",
    "audit": "plant copies in your own texts and measure how many are found",
    "why": "show what every stage of the scan said of a pair of spans",
    "verify": "find every quoted passage again in the original files",
    "completion": "print what lets a shell complete commands and flags",
    "bench": "measure speed and quality on this machine",
}
"""Name of each command (and of its module in this package) and what it does, in the order in which help lists them."""

PASSED_ON = {"bench"}
"""Commands that read their arguments themselves."""

EPILOGUE = """\
start with
  textreuse scan FOLDER          what the texts in FOLDER share
  textreuse COMMAND --help       what a command can do

exit status: 0 done, 1 nothing could be read or the run is broken, 2 wrong usage,
3 nothing found (query), 130 interrupted"""


class CommandModule(Protocol):
    """What each command's module offers."""

    DESCRIPTION: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int | None:
        """Do the work; None means done."""


class _CommandParser(argparse.ArgumentParser):
    """Takes options before, between and behind a command's other arguments.

    Left to itself, argparse takes an argument that may be missing for missing as soon as an option comes.
    """

    _within = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - as in argparse
        if self._within:
            return super().parse_known_args(args, namespace)
        self._within = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._within = False


class _Parser(argparse.ArgumentParser):
    """Says which flag may be meant by one that there is not.

    Attributes:
        commands: The parsers of the commands that were declared, by name.
    """

    commands: dict[str, argparse.ArgumentParser]

    def error(self, message: str) -> NoReturn:
        """Print the message and a hint, and end."""
        wrong = re.match(r"unrecognized arguments: (--[^\s=]+)", message)
        actions = [action for command in self.commands.values() for action in command._actions]  # noqa: SLF001
        flags = [flag for action in actions for flag in action.option_strings]
        close = get_close_matches(wrong[1], flags, 1) if wrong else []
        super().error(message + (f"; did you mean {close[0]}?" if close else ""))


def whole_parser() -> _Parser:
    """The parser with all commands declared, for what is made from it."""
    return _parser(list(COMMANDS))


def _parser(declared: Sequence[str]) -> _Parser:
    parser = _Parser(
        prog="textreuse",
        usage="textreuse [--help] [--version] COMMAND …",
        description="Find the passages that reports share and the formulas that recur across them.",
        epilog=EPILOGUE,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, max_help_position=20),
    )
    parser.commands = {}
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    subparsers = parser.add_subparsers(
        title="commands", metavar="COMMAND, one of:", dest="command", parser_class=_CommandParser
    )
    for name, summary in COMMANDS.items():
        command = subparsers.add_parser(
            name, prog=f"textreuse {name}", help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name in declared:
            declare(name, command)
            parser.commands[name] = command
    return parser


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; `run` of the result does the work.

    Raises:
        SystemExit: After help was printed (status 0) or when the usage is wrong (status 2).
    """
    chosen = next((word for word in argv if not word.startswith("-")), None)
    parser = _parser([chosen] if chosen in COMMANDS else [])
    if chosen in PASSED_ON and argv[0] == chosen:
        # argparse would take an option right after the command for its own.
        return argparse.Namespace(arguments=list(argv[1:]), run=_module(chosen).run)
    if chosen is not None and chosen not in COMMANDS:
        close = get_close_matches(chosen, COMMANDS, 1)
        parser.error(f"there is no command {chosen!r}" + (f"; did you mean {close[0]}?" if close else ""))
    arguments = parser.parse_args(_filters_joined(argv))
    if arguments.version:
        arguments.run = _print_version
    elif arguments.command is None:
        parser.print_help()
        arguments.run = lambda _: None
    return arguments


def _filters_joined(argv: Sequence[str]) -> list[str]:
    """`--where -boilerplate` as one word: argparse would take a filter that begins with a `-` for a flag."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--where" and re.fullmatch("-[^-].+", word):
            joined[-1] = f"--where={word}"
        else:
            joined.append(word)
    return joined


def declare(name: str, parser: argparse.ArgumentParser) -> None:
    """Import a command's module and let it declare its description and arguments."""
    module = _module(name)
    parser.description = module.DESCRIPTION
    module.add_arguments(parser)
    parser.set_defaults(run=module.run)


def _module(name: str) -> CommandModule:
    return cast(CommandModule, import_module(f"reuse.cli.{name}"))


def _print_version(_: argparse.Namespace) -> None:
    from reuse import __version__

    print(f"textreuse {__version__}")
