"""Results as tables in the terminal, and as a page with plots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import Results
from benchmarks.sections import SECTIONS, Section

INTRODUCTION = Path(__file__).with_name("introduction.md")


def as_text(results: Results) -> str:
    """All tables of some results, for a terminal."""
    return "\n\n".join(
        "\n".join([f"{section.title}{': ' if table.title else ''}{table.title}", *_aligned(table.header, table.rows)])
        for section in _sections([results])
        for table in section.tables
    )


def write_page(results: Sequence[Results], out: Path) -> None:
    """Write the page and, into a folder of its name beside it, its plots."""
    pictures = out.with_suffix("")
    lines = [INTRODUCTION.read_text("utf-8"), "## Measured with", "", *_machines(results)]
    for section in _sections(results):
        lines += ["", f"## {section.title}", "", section.about]
        if section.command:
            lines += ["", f"Repeat with `{section.command}`."]
        for table in section.tables:
            lines += ["", *([f"**{table.title}**", ""] if table.title else []), *_markdown(table.header, table.rows)]
        for name, title, drawing in section.plots:
            pictures.mkdir(parents=True, exist_ok=True)
            (pictures / f"{name}.svg").write_text(drawing, encoding="utf-8")
            lines += ["", f"![{title}]({pictures.name}/{name}.svg)"]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _sections(results: Sequence[Results]) -> list[Section]:
    records = [record for one in results for record in one.records]
    made = []
    for benchmark, build in SECTIONS.items():
        found = [record for record in records if record.benchmark == benchmark]
        if found:
            made.append(build(found))
    return made


def _machines(results: Sequence[Results]) -> list[str]:
    rows = []
    for one in results:
        versions = ", ".join(f"{name} {version}" for name, version in one.versions.items())
        machine = (
            f"{one.machine['processor']}, {one.machine['cores']} cores, "
            f"{one.machine['memory_bytes'] / 2**30:.0f} GiB, {one.machine['system']}"
        )
        origins: dict[tuple[str, str], dict[str, None]] = {}
        for record in one.records:
            origins.setdefault((record.made[:10], record.commit), {})[record.benchmark] = None
        rows += [[", ".join(names), day, commit, machine, versions] for (day, commit), names in origins.items()]
    return _markdown(["benchmarks", "on", "commit", "machine", "versions"], rows)


def _markdown(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    clean = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    marks = ["---" if column == 0 else "---:" for column in range(len(header))]
    return ["| " + " | ".join(row) + " |" for row in [list(header), marks, *clean]]


def _aligned(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
