"""What completes commands in a shell, and what is said of a flag that there is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reuse.cli import main
from reuse.cli.commands import COMMANDS
from reuse.cli.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_knows_every_command_and_its_flags(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    assert "--score-margin" in script or shell == "tcsh"


def test_bash_takes_the_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    main(["completion", "bash"])
    script = tmp_path / "textreuse"
    script.write_text(capsys.readouterr().out, "utf-8")
    asked = f"source {script}; COMP_WORDS=(textreuse exp); COMP_CWORD=1; _shtab_textreuse; echo ${{COMPREPLY[@]}}"
    done = subprocess.run([bash, "-c", asked], capture_output=True, text=True, check=False, timeout=30)
    assert done.stdout.split() == ["export"]


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["scan", "x", "--score-margn", "3"], "did you mean --score-margin?"),
        (["export", "x", "matches", "--wehre=a"], "did you mean --where?"),
        (["scam"], "did you mean scan?"),
    ],
)
def test_what_may_be_meant(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert meant in capsys.readouterr().err


def test_what_nothing_is_like_is_only_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "x", "--qqqqqq"]) == 2
    assert "did you mean" not in capsys.readouterr().err
