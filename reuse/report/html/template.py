"""What all pages share: templates, style and script, the security policy, and a match as it is quoted."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reuse.display import counted, percent, trimmed, visible
from reuse.naming import dated
from reuse.report.differences import SIDES, differences, stretches
from reuse.report.direction import direction_of
from reuse.report.sentences import changes_said
from reuse.report.strength import SAID, STEPS, strength, strength_bar
from reuse.shares import in_words

if TYPE_CHECKING:
    from jinja2 import Environment

PASSAGE_CELLS = 1_500
"""Longest quotation in the digest, in terminal cells (about as many letters)."""
NAME_CELLS = 160

SCRIPTS = (
    *("data", "dom", "text", "take", "place", "filter", "charts", "tables"),
    *("matches", "match", "changes", "cluster", "phrases", "phrase", "frames"),
    *("map", "documents", "reading", "synopsis", "matrix", "timeline", "main"),
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

    The script may turn a drawing into an image, which lies in the address itself. A report with a folder also loads the
    scripts that lie beside it.
    """
    beside = " 'self' file:" if folder else ""
    return (
        f"default-src 'none'; script-src {_hashed(script) if script else NONE}{beside}; style-src {_hashed(style)}; "
        f"img-src {'data:' if script else NONE}; base-uri 'none'; form-action 'none'"
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
    environment.globals["strength_said"] = SAID
    environment.filters["own"] = Markup  # our style and script, which contain no text of a document
    environment.filters["shown"] = lambda text: visible(str(text), one_line=True)
    environment.filters["dated"] = lambda name, date: dated(date, name)
    environment.filters["name"] = lambda text: _beginning(str(text), NAME_CELLS)
    environment.filters["changes"] = changes_said
    environment.filters["in_words"] = in_words
    environment.filters["encoded"] = lambda text: quote(str(text).encode("utf-8", "replace"), safe="")
    environment.filters["number"] = lambda number: f"{number:,.0f}"
    environment.filters["strength"] = _strength
    environment.filters["percent"] = percent
    environment.filters["plural"] = counted
    return environment


def _strength(row: Mapping[str, Any]) -> str:
    """The bar of a match's strength; bits and E are told where the pointer rests on it."""
    from markupsafe import Markup  # noqa: PLC0415 - not for `--help`

    told = f"strength {strength(row['bits'])} of {len(STEPS) + 1}: {row['bits']:,.0f} bits, E {row['evalue']:.2g}"
    return Markup('<span class="strength" role="img" aria-label="{0}" title="{0}">{1}</span>').format(
        told, strength_bar(row["bits"])
    )


@dataclass(frozen=True, slots=True)
class Quotation:
    """One passage of a match as a page shows it.

    Attributes:
        document: Id of its document.
        title: What people call the document.
        date: Date of the document, if it has one.
        place: Where the passage stands in it; empty if that is not known.
        language: Language of the document; empty where it is not known.
        direction: `ltr` or `rtl`.
        stretches: Whether the other passage has the same words, the words, and what parts them from the next ones.
    """

    document: str
    title: str
    date: str | None
    place: str
    language: str
    direction: str
    stretches: list[tuple[bool, str, str]]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A match as a page shows it.

    Attributes:
        row: Its row of the table of matches.
        sides: Its two passages.
    """

    row: Mapping[str, Any]
    sides: tuple[Quotation, Quotation]


def quoted(
    row: Mapping[str, Any], languages: Mapping[str, str], names: Mapping[str, str], most_cells: int = PASSAGE_CELLS
) -> Quoted:
    """A match with its words compared.

    Args:
        row: Its row of the table of matches.
        languages: Language of each document by id.
        names: Name of each document by id.
        most_cells: Longest quotation; a longer one is trimmed.
    """
    segments = differences(_beginning(row["text_a"], most_cells), _beginning(row["text_b"], most_cells))
    first, second = (
        Quotation(
            document=row[side],
            title=names[row[side]],
            date=row[f"date_{side}"],
            place=row[f"{side}_place"],
            language=languages[row[side]],
            direction=direction_of(row[f"text_{side}"]),
            stretches=stretches(segments, side),
        )
        for side in SIDES
    )
    return Quoted(row, (first, second))


def _beginning(text: str, most_cells: int) -> str:
    """A text on one line, trimmed; the rest of a very long one is not even looked at."""
    return trimmed(visible(text[: 8 * most_cells], one_line=True), most_cells)
