"""The recipes of docs/recipes.md lead to what they promise: in a copy of the project each is followed to the letter."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "recipes.md").read_text("utf-8")
HARBOUR = "The members met in the hall on Monday and spoke at length of the harbour before the winter came"
CARDS = (
    f"title: Größe\r\ndate: 1901-02-03\r\nplace: Rome\r\n\r\n{HARBOUR}.\r\n%%\r\n"
    f"\r\nWhat now?\n\n{HARBOUR}.\n%%\nid: x\n"
)


def blocks(heading: str) -> list[str]:
    """The Python code of a recipe."""
    recipe = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [
        textwrap.dedent(code) for code in re.findall(r"^ *```python\n(.*?)^ *```$", recipe, re.DOTALL | re.MULTILINE)
    ]


def in_front_of(path: Path, mark: str, *lines: str) -> None:
    """Put lines of a list into a file, before the one place where a mark stands."""
    before, behind = path.read_text("utf-8").split(mark)
    added = "".join(line.rstrip(",\n") + ",\n" for line in lines)
    path.write_text(f"{before}{added}{mark}{behind}", "utf-8")


def followed(copy: Path) -> None:
    """Add the reader, the columns and the screen of the page to a copy of the project."""
    for package in ("reuse", "tui"):
        shutil.copytree(ROOT / package, copy / package)
    module, line = blocks("Add a reader")
    (copy / "reuse/corpus/readers/cards.py").write_text(module, "utf-8")
    in_front_of(copy / "reuse/corpus/readers/registry.py", '    Reader("mail"', line)
    *declared, computed = blocks("Add a column")
    in_front_of(copy / "reuse/run/stored_tables.py", '        *_review("match"),\n', *declared)
    in_front_of(copy / "reuse/run/rows.py", '        "match": range(len(found)),\n', computed)
    module, line = blocks("Add a screen")
    (copy / "tui/screens/words_screen.py").write_text(module, "utf-8")
    in_front_of(copy / "tui/screens/registry.py", '    Declared("Overview"', line)


def python(copy: Path, *arguments: str) -> str:
    """What Python says with the copy in place of the project."""
    path = os.pathsep.join(map(str, (copy, ROOT)))
    variables = {**os.environ, "PYTHONPATH": path, "XDG_STATE_HOME": str(copy), "XDG_CONFIG_HOME": str(copy)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=copy, env=variables, stdout=subprocess.PIPE, check=True, encoding="utf-8", timeout=100
    ).stdout


TRIED = """
import asyncio, json
from pathlib import Path

import reuse
from tests.tui.conftest import opened, seen

async def shown():
    async with opened(Path("r.reuse")) as pilot:
        await pilot.press("8")
        await seen(pilot, "times")
        await pilot.press("j", "0", "8")
        return await seen(pilot, "times")

with reuse.scan("in", "r.reuse") as run:
    documents = run.table("documents", columns=["id", "title", "date", "metadata", "encoding", "tokens"])
    matches = run.table("matches", where="longer>3 opens:true", columns=["longer", "opens", "tokens_a", "tokens_b"])
    kept = list(documents.to_dicts()), list(matches.to_dicts()), run.meta["skipped"]
print(json.dumps([*kept, asyncio.run(shown())]))
"""


def test_reader_columns_and_screen(tmp_path: Path) -> None:
    followed(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.cards").write_bytes(CARDS.encode("cp1252"))
    documents, matches, skipped, screen = json.loads(python(tmp_path, "-c", TRIED))
    words = len(HARBOUR.split())
    first = {
        "title": "Größe",
        "date": "1901-02-03",
        "metadata": '{"place": "Rome"}',
        "encoding": "cp1252",
        "tokens": words,
    }
    second = {"title": None, "date": None, "metadata": "{}", "encoding": "cp1252", "tokens": words + 2}
    assert documents == [{"id": "a.cards#0", **first}, {"id": "a.cards#1", **second}]
    assert matches == [{"longer": words, "opens": True, "tokens_a": words, "tokens_b": words}]
    assert ["line 12" in one["path"] for one in skipped if one["reason"] == "has an empty text"] == [True]
    assert re.search(r"8 Words .*━ Words ━.*┃ the +8 ", screen, re.DOTALL)


@pytest.mark.slow
def test_workers(tmp_path: Path) -> None:
    (tmp_path / "speeches").mkdir()
    for name in ("a", "b"):
        (tmp_path / "speeches" / f"{name}.txt").write_text(f"This is {name}. {HARBOUR}.", "utf-8")
    for number, script in enumerate(blocks("Run on other workers")):
        (tmp_path / f"script{number}.py").write_text(script, "utf-8")
        assert python(tmp_path, f"script{number}.py") == "1\n"
        shutil.rmtree(tmp_path / "speeches.reuse")
        assert not (tmp_path / "speeches.work").exists()
