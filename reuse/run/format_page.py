"""The reference of exported columns and filter fields in the documentation, made from the objects that define them.

`python -m reuse.run.format_page docs/run-format.md` writes it anew between its two marks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reuse.run.registry import exported_tables

BEGIN = "<!-- reference: made by python -m reuse.run.format_page -->"
END = "<!-- end of reference -->"


def reference() -> str:
    """Markdown: each table with its columns, and the fields that filters on it know."""
    parts: list[str] = []
    for table in exported_tables().values():
        parts += [f"### {table.name}", "", f"One row: {table.description}.", ""]
        parts += ["| column | type | meaning |", "|---|---|---|"]
        parts += [f"| `{column.name}` | {column.type} | {_cell(column.description)} |" for column in table.columns]
        parts.append("")
        if table.fields:
            parts += ["| filter field | compares |", "|---|---|"]
            parts += [f"| `{name}` | {_cell(field.description)} |" for name, field in table.fields.items()]
            parts.append("")
    return "\n".join(parts)


def with_reference(page: str) -> str:
    """The page with the reference between its two marks replaced."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(with_reference(path.read_text(encoding="utf-8")), encoding="utf-8")
