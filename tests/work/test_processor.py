"""NumPy is told of slow sorts where they are slow, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from reuse.work import processor
from reuse.work.processor import DISABLE, is_zen_4, prefer_fast_sorts, slow_features

GENOA = "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9354\n"
MILAN = GENOA.replace("model\t\t: 17", "model\t\t: 1")
TURIN = GENOA.replace("family\t: 25", "family\t: 26")
INTEL = GENOA.replace("AuthenticAMD", "GenuineIntel")
WINDOWS = "AMD64 Family 25 Model 116 Stepping 1, AuthenticAMD"


@pytest.mark.parametrize(
    ("facts", "told"), [(GENOA, True), (WINDOWS, True), (MILAN, False), (TURIN, False), (INTEL, False), ("", False)]
)
def test_zen_4_is_told_by_family_and_model(facts: str, told: bool) -> None:
    assert is_zen_4(facts) is told


def test_the_names_are_those_of_the_version_of_numpy() -> None:
    assert slow_features((2, 4)) == "X86_V4 AVX512_ICL"
    assert slow_features((2, 1)) == "AVX512_SKX AVX512_ICL"
    assert slow_features(None) == ""


def test_what_the_user_said_to_numpy_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "_processor", lambda _: GENOA)
    monkeypatch.delitem(sys.modules, "numpy")
    for said in ({DISABLE: ""}, {"NPY_ENABLE_CPU_FEATURES": "AVX2"}):
        environment = dict(said)
        prefer_fast_sorts(environment)
        assert environment == said
    environment = {}
    prefer_fast_sorts(environment)
    assert environment[DISABLE] in {slow_features((2, 4)), slow_features((2, 3))}


def test_numpy_takes_the_names_without_a_warning_where_the_processor_is_one() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NPY_")}
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            "import os, reuse, numpy; print(os.environ.get('NPY_DISABLE_CPU_FEATURES'))",
        ],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert (done.stdout.strip() == "None") is not is_zen_4(processor._processor(os.environ))
