"""The reports that can be handed over, by the suffix of the file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reuse.errors import UsageError

if TYPE_CHECKING:
    from reuse.run.run import Run

WRITERS = {".html": "reuse.report.html.page", ".md": "reuse.report.markdown"}
"""Module for each suffix; its `write_report` has the arguments of the one below."""

FORMATS = ", ".join(WRITERS)


def write_report(
    run: Run, out: Path, *, where: str | None = None, top: int | None = None, brief: bool = False
) -> Path | None:
    """Write a report in the format that the suffix of the file names.

    Args:
        run: The run to read.
        out: File to write.
        where: Filter of the matches that are shown.
        top: Most matches that are shown, most surprising first.
        brief: No more than a page, in Markdown.

    Returns:
        The folder that belongs to the report, if there is one.

    Raises:
        UsageError: There is no such format, it has no brief form, or the filter cannot be read.
        TextReuseError: The file cannot be written.
    """
    module = WRITERS.get(out.suffix.lower())
    if module is None:
        raise UsageError(f"{out}: the format is chosen by the suffix; it can be {FORMATS}")
    if brief:
        if out.suffix.lower() != ".md":
            raise UsageError(
                f"{out}: the brief report is a page of Markdown; name a file that ends in .md, or print the overview "
                "of the HTML report, which is one page, too"
            )
        import_module("reuse.report.brief").write_brief(run, out, where=where, top=top)
        return None
    beside: Path | None = import_module(module).write_report(run, out, where=where, top=top)
    return beside
