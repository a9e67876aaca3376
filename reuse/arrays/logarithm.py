"""Logarithms that are the same on every processor, so that a scan says the same on all machines.

NumPy takes the last digits of a logarithm from whatever the processor has for it: AVX-512, or the C library of the
system. All else that a scan reckons with (sums, products, quotients, roots) is the same everywhere by IEEE 754.
"""

from __future__ import annotations

from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

STEP = 2.0**-14
"""What logarithms are multiples of: so coarse that two which differ by the error of a double are rounded to different
multiples once in thousands of millions."""


@overload
def log2(values: float) -> float: ...


@overload
def log2(values: NDArray[np.number[Any]]) -> NDArray[np.float64]: ...


def log2(values: NDArray[np.number[Any]] | float) -> NDArray[np.float64] | float:
    """Logarithms to the base of 2 (float64, of the shape of `values`), rounded to multiples of STEP.

    As with NumPy, that of 0 is −∞, with a warning.
    """
    return np.rint(np.log2(values, dtype=np.float64) / STEP) * STEP


def times_log2(values: NDArray[np.number[Any]]) -> NDArray[np.float64]:
    """Of each x log2 x (float64), which is 0 up to 1; to multiples of STEP, so that large ones lose no digits."""
    x = values.astype(np.float64)
    return np.rint(x * np.log2(np.maximum(x, 1.0)) / STEP) * STEP


def exp2(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Powers of 2 (float64, of the shape of `values`), rounded to 24 binary digits."""
    mantissa, exponent = np.frexp(np.exp2(values, dtype=np.float64))
    found: NDArray[np.float64] = np.ldexp(np.rint(np.ldexp(mantissa, 24)), exponent - 24)
    return found
