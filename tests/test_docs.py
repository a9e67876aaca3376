"""The documentation says what the program does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from reuse.cli.commands import COMMANDS
from reuse.cli.parameters import parameters
from reuse.corpus.readers.registry import SUFFIXES
from reuse.run.registry import exported_tables

DOCS = Path(__file__).parents[1] / "docs"
GENERATED = runpy.run_path(str(DOCS / "generate.py"))["PAGES"]
NOTEBOOK = runpy.run_path(str(DOCS / "notebook.py"))["PAGES"]


@pytest.mark.parametrize("page", GENERATED)
def test_generated_pages_are_up_to_date(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == GENERATED[page](), "run `make docs`"


@pytest.mark.parametrize("page", NOTEBOOK)
def test_the_notebook_gives_what_stands_under_its_cells(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == NOTEBOOK[page](), "run `make docs`"


def test_every_command_is_documented() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)$", page, re.MULTILINE) == list(COMMANDS)


def test_the_help_of_scan_names_every_suffix_that_is_read() -> None:
    words = re.sub(r"[.:;]?(?=\s)", "", (DOCS / "cli.md").read_text("utf-8")).split()
    assert set(SUFFIXES) <= set(words)


def test_every_parameter_explains_itself() -> None:
    assert [one.key for one in parameters() if len(one.explanation) < 10] == []


@pytest.mark.parametrize("page", sorted([*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_every_number_of_a_table_is_explained_on_its_page() -> None:
    """All but where something stands: what is named only by its column in run-format.md, nobody can check."""
    page = (DOCS / "numbers.md").read_text("utf-8")
    missing = {
        f"{table.name}.{column.name}"
        for table in exported_tables().values()
        for column in table.columns
        if column.type in {"integer", "real"}
        and not re.search(r"(^|_)(start|end)$", column.name)
        and not re.search(rf"\b{column.name}\b", page)
    }
    assert missing == set()


def test_checks_of_numbers_are_there() -> None:
    page = (DOCS / "numbers.md").read_text("utf-8")
    named = re.findall(r"`((?:tests|reuse)/\S+\.py)`", page)
    assert named
    assert [path for path in named if not (DOCS.parent / path).exists()] == []
    for command in re.findall(r"`textreuse (\w+)", page):
        assert command in COMMANDS


THEIR_OWN = {"cards.py", "words_screen.py", "do_ACTION"}
"""What the recipes make, or leave to be filled in."""


def test_what_the_recipes_name_is_there() -> None:
    page = re.sub(r"^ *```.*?^ *```$", "", (DOCS / "recipes.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = {one for one in re.findall(r"`([\w./]+)=?`", page) if "NAME" not in one} - THEIR_OWN
    sources = [path for folder in ("reuse", "tui", "tests") for path in (DOCS.parent / folder).rglob("*.py")]
    words = {word for path in sources for word in re.findall(r"\w+", path.read_text("utf-8"))}
    files = {path.name for path in [*sources, *DOCS.glob("*.md")]}
    paths = {one for one in named if "/" in one}
    modules = {one for one in named - paths if one.endswith((".py", ".md"))}
    assert {one for one in paths if not (DOCS.parent / one).exists()} == set()
    assert modules - files == set()
    assert {word for one in named - paths - modules for word in one.split(".") if word and word not in words} == set()
    assert set(re.findall(r"`textreuse (\w+)", page)) <= set(COMMANDS)
