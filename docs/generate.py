"""Writes the reference pages of this folder from the program itself: `make docs`. A test fails when one is behind."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from reuse.cli.commands import COMMANDS, declare
from reuse.cli.parameters import parameters, part_summaries
from reuse.report.all_sentences import sentences

HERE = Path(__file__).parent
MADE = "<!-- Made by `make docs`; edit the program instead. -->"


def commands_page() -> str:
    """The page of all commands, from their parsers."""
    return "\n".join(_commands_page()) + "\n"


def _commands_page() -> Iterator[str]:
    yield MADE
    yield ""
    yield "# Commands"
    yield ""
    yield "Data goes to stdout, narration to stderr; progress shows on a terminal only. `NO_COLOR` and `FORCE_COLOR`"
    yield "are honoured. Exit status: 0 done, 1 nothing could be read or the run is broken, 2 wrong usage,"
    yield "3 nothing found (`query`), 130 interrupted."
    for name in COMMANDS:
        parser = argparse.ArgumentParser(prog=f"textreuse {name}")
        declare(name, parser)
        actions = parser._actions  # noqa: SLF001 - argparse has no public list of what was declared
        plain = [action for action in actions if "." not in action.dest and action.dest != "help"]
        yield ""
        yield f"## {name}"
        yield ""
        yield "```"
        yield " ".join(["textreuse", name, *(_synopsis(action) for action in plain)])
        yield "```"
        yield ""
        yield str(parser.description)
        yield ""
        yield "| argument | meaning |"
        yield "|---|---|"
        for action in plain:
            yield f"| `{_spelling(action)}` | {_cell(str(action.help))} |"
        if any("." in action.dest for action in actions):
            yield "| `--PART-NAME VALUE` | any parameter of [parameters.md](parameters.md) |"


def _spelling(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    flags = ", ".join(action.option_strings)
    if action.nargs == 0:
        return flags
    metavar = action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else action.dest.upper())
    return f"{flags} {' '.join(metavar) if isinstance(metavar, tuple) else metavar}"


def _synopsis(action: argparse.Action) -> str:
    if action.option_strings:
        spelling = _spelling(action).split(", ")[0]
        if action.nargs != 0 and len(action.option_strings) > 1:
            spelling += " " + _spelling(action).split(" ")[-1]
        return spelling if action.required else f"[{spelling}]"
    name = _spelling(action)
    return {"*": f"[{name}…]", "+": f"{name}…", "?": f"[{name}]"}.get(str(action.nargs), name)


def parameters_page() -> str:
    """The page of all parameters, from the docstrings of their dataclasses."""
    return "\n".join(_parameters_page()) + "\n"


def _parameters_page() -> Iterator[str]:
    yield MADE
    yield ""
    yield "# Parameters of a scan"
    yield ""
    yield "Each parameter has a name in Python (`ScanOptions(formulas=FormulaOptions(min_tokens=5))`) and a flag on the"
    yield "command line (`textreuse scan --formulas-min-tokens 5`). Values out of range are refused, all at once. A run"
    yield "stores the values that it was made with."
    summaries = part_summaries()
    part = None
    for one in parameters():
        if one.part != part:
            part = one.part
            yield ""
            yield f"## {part or 'general'}"
            yield ""
            yield summaries[part]
            yield ""
            yield "| name | flag | default | meaning |"
            yield "|---|---|---|---|"
        default = "" if one.default is None else f"`{one.default}`"
        yield f"| `{one.name}` | `{one.flag}` | {default} | {_cell(one.explanation)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("%%", "%").replace("|", "\\|").split())


def man_page() -> str:
    """The manual page, in roff (man(7))."""
    return "\n".join(_man_page()) + "\n"


def _man_page() -> Iterator[str]:
    yield '.TH TEXTREUSE 1 "" textreuse'
    yield ".SH NAME"
    yield "textreuse \\- find the passages that reports share and the formulas that recur across them"
    yield ".SH SYNOPSIS"
    yield ".B textreuse"
    yield "COMMAND \\&..."
    for name in COMMANDS:
        parser = argparse.ArgumentParser(prog=f"textreuse {name}")
        declare(name, parser)
        yield f".SH {name.upper()}"
        yield ".nf"
        yield from (_roff(line) for line in str(parser.description).splitlines())
        yield ".fi"
        for action in parser._actions:  # noqa: SLF001
            yield ".TP"
            yield f".B {_roff(_spelling(action))}"
            yield _roff(" ".join(str(action.help).replace("%%", "%").split()))
    yield ".SH EXIT STATUS"
    yield "0 done, 1 nothing could be read or the run is broken, 2 wrong usage, 3 nothing found (query),"
    yield "130 interrupted."


def _roff(text: str) -> str:
    """A line of text as roff takes it: a line that begins with a dot or an apostrophe would be a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in {".", "'"} else escaped


def sentences_page() -> str:
    """The page of all sentences, with examples that the program makes."""
    lines = [
        MADE,
        "",
        "# What the program says",
        "",
        "What is said of a match, a pair of documents, a document, a version of a story or a formula, on the command",
        "line, in the terminal and in reports: each sentence with an example that the program made, and what may be",
        "concluded from it.",
    ]
    about = None
    for one in sentences():
        if one.about != about:
            about = one.about
            lines += ["", f"## Of a {about}", "", "| it says | it means |", "|---|---|"]
        lines.append(f"| {_cell(one.example)} | {_cell(one.means)} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "textreuse.1": man_page,
    "sentences.md": sentences_page,
    "cli.md": commands_page,
    "parameters.md": parameters_page,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (HERE / page).write_text(make(), "utf-8")
        sys.stderr.write(f"docs/{page}\n")
