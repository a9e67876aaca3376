"""The table of keys in the documentation, made from the registry.

`python -m tui.keytable docs/terminal.md` writes it anew between its two marks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tui.actions import ACTIONS, groups, key_name

BEGIN = "<!-- keys: made by python -m tui.keytable -->"
END = "<!-- end of keys -->"


def key_table() -> str:
    """Markdown: every action with its keys, its name in the config file, and what it does."""
    lines: list[str] = []
    for group, members in groups(ACTIONS).items():
        lines += [f"### {group}", "", "| key | name | what it does |", "|---|---|---|"]
        for action in members:
            shown = " ".join(f"`{key_name(key)}`" for key in action.keys)
            lines.append(f"| {shown} | `{action.id}` | {action.help} |")
        lines.append("")
    return "\n".join(lines)


def with_key_table(page: str) -> str:
    """The page with the table between its two marks replaced."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{key_table()}\n{END}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(with_key_table(path.read_text("utf-8")), "utf-8")
