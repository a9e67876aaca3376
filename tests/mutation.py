"""Whether the tests notice: small mutations of the engine, each made in a copy of the project, and the share killed.

    pip install --group mutation
    python -m tests.mutation reuse/align reuse/score --places 40

Of the places in the code that Cosmic Ray can mutate so many are drawn, and at each one of its operators. A mutation
first meets the tests of its own room, then those of whole scans; who survives both is printed with its change.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parents[1]
COPIED = ("reuse", "tui", "tests", "benchmarks", "seeds", "docs", "pyproject.toml", "textreuse.py", "README.md")
WHOLE = ("tests/test_pipeline.py", "tests/test_api.py", "tests/test_why.py", "tests/test_query.py")
"""Tests of whole scans, for what the tests of a room let pass."""
_PASSED_OVER = {"core/RemoveDecorator"}  # most decorators are of properties and records, which types check
PATIENCE = 300
"""Seconds after which tests that have not ended count as failed: the mutation runs for ever."""


class Mutation(NamedTuple):
    """One operator at one place: the nth at which it can act in the module."""

    module: Path
    line: int
    operator: str
    nth: int


def mutations(module: Path) -> Iterator[Mutation]:
    """All mutations of a module but those of annotations, which nobody evaluates."""
    annotated = _annotated(module)
    nodes = list(ast_nodes(get_ast_from_path(module)))
    for name in sorted(operator_names()):
        operator_class = get_operator(name)
        if operator_class.arguments() or name in _PASSED_OVER:
            continue
        places = (place for node in nodes for place in operator_class().mutation_positions(node))
        for nth, (start, _) in enumerate(places):
            if start not in annotated:
                yield Mutation(module, start[0], name, nth)


def _annotated(module: Path) -> set[tuple[int, int]]:
    """Line and column of each character of annotations."""
    lines = module.read_text("utf-8").splitlines()
    found: set[tuple[int, int]] = set()
    for node in ast.walk(ast.parse("\n".join(lines))):
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(note, ast.expr) and note.end_lineno and note.end_col_offset:
                for line in range(note.lineno, note.end_lineno + 1):
                    begin = note.col_offset if line == note.lineno else 0
                    end = note.end_col_offset if line == note.end_lineno else len(lines[line - 1])
                    found |= {(line, column) for column in range(begin, end)}
    return found


def drawn(modules: Sequence[Path], places: int, seed: int) -> list[Mutation]:
    """So many mutations, each on another line."""
    by_line: dict[tuple[Path, int], list[Mutation]] = {}
    for module in modules:
        for mutation in mutations(module):
            by_line.setdefault((module, mutation.line), []).append(mutation)
    source = random.Random(seed)
    lines = source.sample(sorted(by_line), min(places, len(by_line)))
    return [source.choice(by_line[line]) for line in lines]


def survives(copy: Path, tests: Sequence[str]) -> bool:
    """Whether these tests pass in the copy of the project."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(command, cwd=copy, capture_output=True, check=False, timeout=PATIENCE).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def tried(copy: Path, mutation: Mutation) -> str | None:
    """The change of a mutation that survives; None: it was killed."""
    path = copy / mutation.module.relative_to(ROOT)
    before = path.read_text("utf-8")
    after = mutate_code(before, get_operator(mutation.operator)(), mutation.nth)
    room = mutation.module.relative_to(ROOT / "reuse").parts[0]
    own = f"tests/{room}" if (copy / "tests" / room).is_dir() else f"tests/test_{room}"
    path.write_text(after, "utf-8")
    try:
        if survives(copy, [own]) and survives(copy, WHOLE):
            return "".join(unified_diff(before.splitlines(True), after.splitlines(True), str(path.name), n=1))
    finally:
        path.write_text(before, "utf-8")
    return None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Draw mutations of some modules or folders, try each, print the survivors and the score."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="modules and folders of the engine")
    parser.add_argument("--places", type=int, default=20, help="mutations in all (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing (default: 1)")
    asked = parser.parse_args(argv)
    files = (file for path in asked.paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    modules = sorted({file.resolve() for file in files})
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            whole = ROOT / name
            (shutil.copytree if whole.is_dir() else shutil.copy)(whole, copy / name)
        chosen = drawn(modules, asked.places, asked.seed)
        killed = 0
        for mutation in chosen:
            change = tried(copy, mutation)
            killed += change is None
            where = f"{mutation.module.relative_to(ROOT)}:{mutation.line} {mutation.operator}"
            _say(f"survives {where}\n{change}" if change else f"killed   {where}")
    _say(f"killed {killed} of {len(chosen)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
