"""The parameters of a scan as flags: every field of every part of ScanOptions, with its docstring as the help.

Field `min_tokens` of part `formulas` is the flag `--formulas-min-tokens`. Those of `read` have no prefix: `--encoding`.
A field whose metadata name a `flag` has that one: `--index`, and `--no-index` to switch it off.
"""

from __future__ import annotations

import argparse
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from reuse.options import ScanOptions


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a scan.

    Attributes:
        part: Field of ScanOptions that holds the part, e.g. `formulas`; empty for a field of ScanOptions itself.
        name: Field of that part.
        kind: int, float, str or bool.
        default: Its value when nothing is said.
        explanation: What its docstring says: meaning, unit, and why the default is what it is.
        own_flag: How the command line calls it; empty: by its part and name.
    """

    part: str
    name: str
    kind: type
    default: Any
    explanation: str
    own_flag: str = ""

    @property
    def flag(self) -> str:
        """How the command line calls it."""
        if self.own_flag:
            return self.own_flag
        prefix = "" if self.part in {"", "read"} else f"{self.part}-"
        return f"--{prefix}{self.name}".replace("_", "-")

    @property
    def key(self) -> str:
        """Where argparse puts its value."""
        return f"{self.part}.{self.name}"


def parameters() -> Iterator[Parameter]:
    """Every parameter, part after part, in the order in which they are declared."""
    from reuse.options import ScanOptions

    whole = ScanOptions()
    for part in fields(whole):
        options = getattr(whole, part.name)
        if is_dataclass(options) and not isinstance(options, type):
            yield from _declared(part.name, options)
    yield from _declared("", whole)


def _declared(part: str, options: DataclassInstance) -> Iterator[Parameter]:
    explanations = explained(type(options))
    hints = get_type_hints(type(options))
    for one in fields(options):
        default = getattr(options, one.name)
        if not is_dataclass(default):
            kind, flag = _kind(hints[one.name]), one.metadata.get("flag", "")
            yield Parameter(part, one.name, kind, default, explanations.get(one.name, ""), flag)


def explained(options: type) -> dict[str, str]:
    """What the `Attributes:` section of a class' docstring says of each attribute, on one line."""
    section = (inspect.getdoc(options) or "").partition("Attributes:\n")[2].split("\n\n")[0]
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", textwrap.dedent(section)):
        names, _, text = entry.partition(": ")
        found |= dict.fromkeys(names.split(", "), " ".join(text.split()))
    return found


def part_summaries() -> dict[str, str]:
    """The first sentence of each part's docstring."""
    from reuse.options import ScanOptions

    whole = ScanOptions()
    return {"": "How the scan runs."} | {
        part.name: (inspect.getdoc(type(getattr(whole, part.name))) or "").split("\n")[0]
        for part in fields(whole)
        if is_dataclass(getattr(whole, part.name))
    }


def add_parameters(parser: argparse.ArgumentParser) -> None:
    """Declare `--preset` and a flag for every parameter, grouped by part."""
    from reuse.options import PRESETS

    parser.add_argument(
        "--preset",
        metavar="NAME",
        default="formulaic",
        help="options for a purpose, which single parameters then change. "
        + " ".join(f"{name}: {sentence}" for name, (sentence, _) in PRESETS.items())
        + " (default: formulaic)",
    )
    groups = {
        part: parser.add_argument_group(f"parameters: {part or 'general'}", summary)
        for part, summary in part_summaries().items()
    }
    for one in parameters():
        said = "" if one.default is None else f" (default: {one.default})"
        explanation = f"{one.explanation}{said}".replace("%", "%%")
        if one.kind is bool:
            groups[one.part].add_argument(
                one.flag,
                dest=one.key,
                action=argparse.BooleanOptionalAction,
                default=argparse.SUPPRESS,
                help=explanation,
            )
        else:
            groups[one.part].add_argument(
                one.flag,
                dest=one.key,
                type=one.kind,
                metavar={int: "N", float: "X"}.get(one.kind, one.name.upper()),
                default=argparse.SUPPRESS,
                help=explanation,
            )


def options_from(arguments: argparse.Namespace) -> ScanOptions:
    """The options that the flags ask for.

    Raises:
        OptionsError: One or more values are out of range, or there is no such preset.
    """
    from reuse.options import preset

    given: dict[str, dict[str, Any]] = {}
    for key, value in vars(arguments).items():
        part, dot, name = key.partition(".")
        if dot:
            given.setdefault(part, {})[name] = value
    chosen = preset(arguments.preset)
    general = given.pop("", {})
    parts = {part: replace(getattr(chosen, part), **values) for part, values in given.items()}
    return replace(chosen, **parts, **general)


def _kind(hint: object) -> type:
    """The type to parse: that of `int | None` is int."""
    for kind in (bool, int, float, str):
        if hint is kind or kind in getattr(hint, "__args__", ()):
            return kind
    raise TypeError(f"a parameter of type {hint} has no flag")
