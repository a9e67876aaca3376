"""The command's own module: it finds its own packages whatever else has their names."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = "nobody will be left without a boat when the winter comes to the harbour of the northern town this year"
CALL = "import sys, textreuse; sys.exit(textreuse.main())"


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    """A folder with packages of other programs that have the names of ours."""
    folder = tmp_path / "strangers"
    for name in ("reuse", "tui", "benchmarks"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"raise SystemExit('this {name} is another')")
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"Report {name}. {SHARED}. End of {name}.")
    return folder


def test_our_packages_come_first(strangers: Path, texts: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(strangers)}
    for words in (["scan", str(texts), "-o", "r.reuse"], ["browse", "r.reuse"], ["bench", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", CALL, *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=strangers,
            env=environment,
        )
        assert "another" not in done.stderr
        assert done.returncode == (2 if words[0] == "browse" else 0)
    assert "needs a terminal" not in done.stderr


def test_a_stranger_that_is_loaded_already_is_named_with_what_to_do(strangers: Path) -> None:
    (strangers / "reuse" / "__init__.py").write_text("")
    code = f"import sys; sys.path.insert(0, {str(strangers)!r}); import reuse; {CALL}"
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("textreuse: the package `reuse` ")
    assert str(strangers) in done.stderr
    assert "pipx install textreuse" in done.stderr


@pytest.mark.slow
def test_the_wheel_overwrites_nobody_and_is_found(tmp_path: Path, strangers: Path, texts: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    (site,) = (tmp_path / "env" / "lib").glob("python*/site-packages")
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "what_we_need.pth").write_text(f"{ours}\n")  # its own .pth files, such as that of this clone, do not count
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    assert {path.name for path in site.iterdir() if not path.name.endswith(("-info", "__pycache__"))} == {
        "textreuse.py",
        "textreuse.pth",
        "textreuse_rooms",
        "what_we_need.pth",
    }

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False, cwd=tmp_path)

    found = run(python, "-c", "import reuse, tui; print(reuse.__file__)")
    assert "textreuse_rooms" in found.stdout, found.stderr
    for name in ("reuse", "tui", "benchmarks"):
        (strangers / name).rename(site / name)
    command = tmp_path / "env" / "bin" / "textreuse"
    assert run(command, "scan", texts, "-o", "r.reuse").returncode == 0
    assert run(command, "bench", "--help").returncode == 0
    assert "this reuse is another" in run(python, "-c", "import reuse").stderr
    assert run(python, "-c", "import textreuse, reuse; reuse.scan").returncode == 0
