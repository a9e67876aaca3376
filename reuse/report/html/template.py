"""What all pages share: templates, style and script, the security policy, and a match as it is quoted."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reuse.display import trimmed, visible
from reuse.report.differences import GAP, differences
from reuse.report.html.language import direction_of

if TYPE_CHECKING:
    from jinja2 import Environment

PASSAGE_CELLS = 1_500
"""Longest quotation in the digest, in terminal cells (about as many letters)."""
NAME_CELLS = 160

SCRIPTS = (
    *("data", "dom", "text", "filter", "charts", "tables"),
    *("matches", "match", "changes", "cluster", "phrases", "phrase", "frames"),
    *("documents", "reading", "matrix", "timeline", "main"),
)
"""Parts of the script in the order in which they are joined."""


def _asset(name: str) -> str:
    return (files("reuse.report.html") / "assets" / name).read_text("utf-8")


def page_style() -> str:
    """The style of all pages."""
    return _asset("report.css")


def page_script() -> str:
    """All parts of the script in a scope of their own."""
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def policy(style: str, script: str = "", *, folder: bool = False) -> str:
    """The content-security policy: nothing is fetched, and only this style and this script (if any) act.

    A report with a folder also loads the scripts that lie beside it.
    """
    beside = " 'self' file:" if folder else ""
    return (
        f"default-src 'none'; script-src {_hashed(script) if script else NONE}{beside}; style-src {_hashed(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


NONE = "'none'"


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def environment() -> Environment:
    """Templates that escape whatever is put into them, with filters for names, numbers and text of documents."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - not for `--help`
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("reuse.report.html", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["own"] = Markup  # our style and script, which contain no text of a document
    environment.filters["shown"] = lambda text: visible(str(text), one_line=True)
    environment.filters["name"] = lambda text: _beginning(str(text), NAME_CELLS)
    environment.filters["direction"] = direction_of
    environment.filters["number"] = lambda number: f"{number:,.0f}"
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["plural"] = lambda number, one, several=None: (
        f"{number:,} {one if number == 1 else several or one + 's'}"
    )
    return environment


@dataclass(frozen=True, slots=True)
class Quoted:
    """A match as the digest shows it.

    Attributes:
        row: Its row of the table of matches.
        a, b: Each passage as stretches: whether the other has the same words, and the words.
    """

    row: Mapping[str, Any]
    a: list[tuple[bool, str]]
    b: list[tuple[bool, str]]


def quoted(row: Mapping[str, Any], most_cells: int = PASSAGE_CELLS) -> Quoted:
    """A row of the table of matches with its words compared; passages are trimmed."""
    segments = differences(
        _beginning(row["text_a"], most_cells),
        _beginning(row["text_b"], most_cells),
    )
    return Quoted(
        row,
        [(segment.same, " ".join(segment.a) or GAP) for segment in segments],
        [(segment.same, " ".join(segment.b) or GAP) for segment in segments],
    )


def _beginning(text: str, most_cells: int) -> str:
    """A text on one line, trimmed; the rest of a very long one is not even looked at."""
    return trimmed(visible(text[: 8 * most_cells], one_line=True), most_cells)
