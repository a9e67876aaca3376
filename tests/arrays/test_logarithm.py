"""Logarithms are right to within their step, and the same whatever instructions the processor has."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from reuse.arrays.logarithm import STEP, exp2, log2, times_log2

HASHES = """
import hashlib
import numpy as np
from reuse.arrays.logarithm import exp2, log2, times_log2
x = np.random.default_rng(5).random(300_000)
for values in (log2(x), log2(x.astype(np.float32)), times_log2((x * 1e6).astype(np.int64)), exp2(x * -300)):
    print(hashlib.sha256(values.tobytes()).hexdigest())
"""


def test_logarithms_are_multiples_of_the_step_and_as_near_as_can_be() -> None:
    x = np.random.default_rng(1).random(10_000).astype(np.float32)
    found = log2(x)
    assert np.abs(found - np.log2(x.astype(np.float64))).max() <= STEP / 2
    assert (found / STEP == np.rint(found / STEP)).all()
    assert isinstance(log2(8), float)
    assert log2(8) == 3
    n = np.array([0, 1, 2, 3, 10**9])
    assert times_log2(n).tolist() == pytest.approx([0, 0, 2, 3 * np.log2(3), 1e9 * np.log2(1e9)], abs=STEP)


def test_powers_have_seven_digits_and_vanish_where_a_double_does() -> None:
    x = np.array([0.0, -1.0, -0.3, 12.7, -1000.5, -2000.0])
    assert exp2(x).tolist() == pytest.approx((2.0**x).tolist(), rel=2.0**-24)
    assert exp2(x)[-1] == 0


def test_no_instructions_of_the_processor_show() -> None:
    found = set()
    for without in ("", *_dispatched()):
        environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": without}
        done = subprocess.run(
            [sys.executable, "-c", HASHES], capture_output=True, text=True, check=True, env=environment
        )
        found.add(done.stdout)
    assert len(found) == 1


def _dispatched() -> list[str]:
    """What of a processor NumPy can do without: all it has beyond its least, and that without the widest vectors."""
    code = "import json, numpy as np; print(json.dumps(np.show_config('dicts')['SIMD Extensions']))"
    environment = {key: value for key, value in os.environ.items() if key != "NPY_DISABLE_CPU_FEATURES"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    beyond = json.loads(done.stdout)["found"]
    return [" ".join(beyond[row:]) for row in range(len(beyond))]
