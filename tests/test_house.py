"""The rules of the house: what may import what, and what a clone offers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
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


@pytest.mark.parametrize("script", [".ci/run"])
def test_scripts_can_run_and_fail_properly(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text("utf-8")
    subprocess.run(["bash", "-n", path], check=True)
