"""Runs docs/python.ipynb and makes docs/python.md of it: what stands under a cell is what the cell gives."""

from __future__ import annotations

import ast
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOTEBOOK = HERE / "python.ipynb"

Cell = dict[str, Any]


@cache
def notebook_text() -> str:
    """The notebook with its cells run anew, as it stands in its file."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    usual = tempfile.tempdir
    with chdir(HERE), tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            for number, cell in enumerate(_code(notebook["cells"]), 1):
                cell |= {"execution_count": number, "outputs": _run("".join(cell["source"]), names, number)}
        finally:
            tempfile.tempdir = usual
            names.clear()  # its runs are closed before their folder goes
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _code(cells: list[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if cell["cell_type"] == "code")


def _run(source: str, names: dict[str, Any], number: int) -> list[Cell]:
    """What a cell prints, and the value of its last line, as a notebook stores them."""
    code = ast.parse(source)
    last = ast.Expression(code.body.pop().value) if isinstance(code.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, f"cell {number}", "exec"), names)  # noqa: S102 - our own notebook
        value = eval(compile(last, f"cell {number}", "eval"), names) if last else None  # noqa: S307
    outputs: list[Cell] = []
    if printed.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        data = {"text/plain": _lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = _lines(value._repr_html_())
        outputs.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return outputs


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def page() -> str:
    """The page of the notebook: text, cells, and under each cell what it gives."""
    parts = ["<!-- Made by `make docs`; edit python.ipynb instead. -->\n"]
    for cell in json.loads(notebook_text())["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(f"{source}\n")
            continue
        parts.append(f"```python\n{source}\n```\n")
        given = "".join(
            line for output in cell["outputs"] for line in output.get("text") or output["data"]["text/plain"]
        )
        if given:
            parts.append(f"```\n{given.rstrip()}\n```\n")
    return "\n".join(parts)


PAGES = {"python.ipynb": notebook_text, "python.md": page}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), "utf-8")
        sys.stderr.write(f"docs/{name}\n")
