"""Results as tables in the terminal, and as a page with plots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import Results, newest
from benchmarks.sections import Table, sections_of

INTRODUCTION = Path(__file__).with_name("introduction.md")


def as_text(results: Results) -> str:
    """All tables of some results, for a terminal."""
    return "\n\n".join(
        "\n".join([f"{section.title}{': ' if table.title else ''}{table.title}", *_aligned(table)])
        for section in sections_of(newest([results]))
        for table in section.tables
    )


def write_page(results: Sequence[Results], out: Path) -> None:
    """Write the page and, into a folder of its name beside it, its plots."""
    pictures = out.with_suffix("")
    lines = [INTRODUCTION.read_text("utf-8"), "## Measured with", "", *_machines(results)]
    for section in sections_of(newest(results)):
        lines += ["", f"## {section.title}", "", section.about]
        if section.command:
            lines += ["", f"Repeat with `{section.command}`."]
        for table in section.tables:
            lines += ["", *([f"**{table.title}**", ""] if table.title else []), *_markdown(table)]
        for name, title, drawing in section.plots:
            pictures.mkdir(parents=True, exist_ok=True)
            (pictures / f"{name}.svg").write_text(drawing, encoding="utf-8")
            lines += ["", f"![{title}]({pictures.name}/{name}.svg)"]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _machines(results: Sequence[Results]) -> list[str]:
    shown = {id(record) for record in newest(results)}
    rows = []
    for one in results:
        versions = ", ".join(f"{name} {version}" for name, version in one.versions.items())
        machine = (
            f"{one.machine['processor']}, {one.machine['cores']} cores, "
            f"{one.machine['memory_bytes'] / 2**30:.0f} GiB, {one.machine['system']}"
        )
        origins: dict[tuple[str, str], dict[str, None]] = {}
        for record in one.records:
            if id(record) in shown:
                origins.setdefault((record.made[:10], record.commit), {})[record.benchmark] = None
        rows += [[", ".join(names), day, commit, machine, versions] for (day, commit), names in origins.items()]
    return _markdown(Table("", ["benchmarks", "on", "commit", "machine", "versions"], rows, texts=5))


def _markdown(table: Table) -> list[str]:
    clean = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in table.rows]
    marks = ["---" if column < table.texts else "---:" for column in range(len(table.header))]
    return ["| " + " | ".join(row) + " |" for row in [list(table.header), marks, *clean]]


def _aligned(table: Table) -> list[str]:
    cells = [list(table.header), *([str(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.header))]
    return [
        "  ".join(
            cell.ljust(width) if column < table.texts else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
