"""Pairs of passages side by side, with no script at all: all that two documents share, or all that pass a filter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reuse.report.direction import SAMPLE
from reuse.report.files import replacing
from reuse.report.html.language import language_of
from reuse.report.html.template import environment, page_style, policy, quoted
from reuse.report.pair import matches_between, share_covered
from reuse.run.found import LOOSE

if TYPE_CHECKING:
    from reuse.run.run import Run

BATCH = 500
"""Matches read at a time."""
PASSAGE_CELLS = 100_000
"""Longest quotation, in terminal cells: in effect all of it."""


def write_pair(run: Run, out: Path, left: int, right: int, where: str | None = None) -> int:
    """Write what two documents share as an HTML page.

    Args:
        run: The run.
        out: File to write.
        left: Ordinal of the document on the left, whose order counts.
        right: Ordinal of the document on the right.
        where: Filter of the matches.

    Returns:
        Number of matches written.
    """
    matches = matches_between(run, left, right, where)
    facts = [_facts(run, document, matches, side) for document, side in ((left, "a"), (right, "b"))]
    if left == right:  # both passages lie in the one document
        spans = [(match[f"{side}_start"], match[f"{side}_end"]) for match in matches for side in "ab"]
        facts[0]["share"] = share_covered(spans, len(run.text(left)))
    languages = {fact["id"]: fact["language"] for fact in facts}
    style = page_style()
    page = (
        environment()
        .get_template("pair.html")
        .render(
            run=run,
            where=where,
            a=facts[0],
            b=facts[1],
            loose=LOOSE,
            matches=[quoted(match, languages, run.name_of, PASSAGE_CELLS) for match in matches],
            style=style,
            policy=policy(style),
        )
    )
    with replacing(out) as file:
        file.write(page.encode("utf-8", "backslashreplace"))
    return len(matches)


def write_matches(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write matches as an HTML page, most surprising first, each under its two documents.

    The page is written while it is made: memory does not grow with the matches.

    Args:
        run: The run.
        out: Open file.
        where: Filter of the matches.

    Returns:
        Number of matches written.
    """
    numbers = run.ids("matches", where, "bits")
    known = run.sql(f"SELECT d.id, d.metadata, substr(t.text, 1, {SAMPLE}) FROM documents d JOIN texts t USING (doc)")
    languages = {name: language_of(head, json.loads(metadata)) for name, metadata, head in known}
    batches = (run.rows("matches", numbers[at : at + BATCH]) for at in range(0, len(numbers), BATCH))
    style = page_style()
    page = (
        environment()
        .get_template("pairs.html")
        .generate(
            run=run,
            where=where,
            count=len(numbers),
            loose=LOOSE,
            matches=(quoted(match, languages, run.name_of, PASSAGE_CELLS) for batch in batches for match in batch),
            style=style,
            policy=policy(style),
        )
    )
    for part in page:
        out.write(part.encode("utf-8", "backslashreplace"))
    return len(numbers)


def _facts(run: Run, document: int, matches: list[dict[str, Any]], side: str) -> dict[str, Any]:
    (row,) = run.rows("documents", [document], ["id", "title", "date", "source", "metadata", "tokens", "sha256"])
    text = run.text(document)
    spans = [(match[f"{side}_start"], match[f"{side}_end"]) for match in matches]
    language = language_of(text, json.loads(row["metadata"]))
    return row | {"name": run.document_names[document], "share": share_covered(spans, len(text)), "language": language}
