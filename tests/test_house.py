"""The rules of the house: what may import what, and what a clone offers."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ["numpy", "datasketch", "scipy", "textual", "rapidfuzz", "jinja2"]


def imported_by(code: str) -> set[str]:
    """Top-level modules in a fresh interpreter after some code ran."""
    script = f"{code}\nimport json, sys\nprint()\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import reuse",
        "import reuse; reuse.__version__",
        "from reuse.cli import main; assert main(['--help']) == 0",
        "from reuse.cli import main; assert main(['--version']) == 0",
        "from reuse.cli import main; assert main(['scan', '--help']) == 0",
    ],
)
def test_asking_for_help_imports_nothing_heavy(code: str) -> None:
    assert imported_by(code).isdisjoint(HEAVY)


def test_the_engine_does_not_import_the_terminal_app() -> None:
    assert imported_by("import reuse.cli.scan, reuse.cli.commands, reuse.display").isdisjoint({"tui", "textual"})


def test_python_m_reuse_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "reuse", "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"textreuse \d+\.\d+\.\d+\S*\n", done.stdout)


def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"help", "demo", "test", "check", "bench"} <= {line.split()[0] for line in done.stdout.splitlines()[1:]}


def test_the_import_rules_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"NO_COLOR": "1"}
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def modules_below(top: str) -> dict[str, Path]:
    """Every module of a folder by its dotted name; a package is called as its folder."""
    files = {path: path.relative_to(ROOT).with_suffix("").parts for path in (ROOT / top).rglob("*.py")}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in files.items()}


def imports_of(source: str, modules: set[str]) -> set[str]:
    """Which of the modules a source imports: at its top, in functions, and for the type checker alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            of = str(node.module)
            found.update(full if (full := f"{of}.{alias.name}") in modules else of for alias in node.names)
    return found & modules


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import one another in a circle, if there are any."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_in_a_circle() -> None:
    modules = {name: path for top in ("reuse", "tui", "benchmarks") for name, path in modules_below(top).items()}
    imports = {name: imports_of(path.read_text("utf-8"), set(modules)) for name, path in modules.items()}
    assert "tui.screens.place" in imports["tui.screens.matrix_screen"]
    assert "reuse.display" in imports["reuse.cli"]
    assert circle(imports) == []


@pytest.mark.parametrize(
    "source",
    [
        "import a.b",
        "from a import b",
        "from a.b import c",
        "def f():\n    from a import b",
        "if TYPE_CHECKING:\n    from a import b",
    ],
)
def test_every_way_to_import_closes_a_circle(source: str) -> None:
    texts = {"a": "", "a.b": "import c", "c": source}
    assert set(circle({name: imports_of(text, set(texts)) for name, text in texts.items()})) == {"a.b", "c"}


@pytest.mark.parametrize("script", [".ci/run"])
def test_scripts_can_run_and_fail_properly(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text("utf-8")
    subprocess.run(["bash", "-n", path], check=True)


def test_a_scan_imports_no_analysis() -> None:
    script = "import reuse.pipeline, sys; print([name for name in sys.modules if name.startswith('reuse.analysis.')])"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
