"""Let NumPy sort fast on AMD's Zen 4, where its way for AVX-512 is five times slower than that for AVX2.

There the instruction that stores the chosen elements of a vector (`vpcompress` to memory) is microcode, which AMD's
optimisation guide for that architecture (57647, 2.11.2) advises against, and NumPy's sorts run on it. NumPy
chooses when it is imported, and before that its own environment variable is the only way to tell it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from importlib.util import find_spec
from pathlib import Path

DISABLE = "NPY_DISABLE_CPU_FEATURES"
_ENABLE = "NPY_ENABLE_CPU_FEATURES"  # of which NumPy refuses to have both
_NAMED_BY_LEVELS = (2, 4)  # NumPy from which on its features have the names of x86-64 levels
_FAMILY = re.compile(r"family\s*:?\s*(\d+)", re.IGNORECASE)
_MODEL = re.compile(r"model\s*:?\s*(\d+)", re.IGNORECASE)
_ZEN_3_AND_4 = 0x19
_ZEN_4 = frozenset((0x1, 0x6, 0x7, 0x8, 0x9, 0xA))  # first hexadecimal digit of its models


def prefer_fast_sorts(environment: MutableMapping[str, str] = os.environ) -> None:
    """Tell a NumPy that is not imported yet to do without AVX-512 where that is slow, unless the user told it anything.

    Programs that this one begins are told too.

    Args:
        environment: Where NumPy looks.
    """
    if "numpy" in sys.modules or DISABLE in environment or _ENABLE in environment:
        return
    if is_zen_4(_processor(environment)):
        names = slow_features(_numpy_version())
        if names:
            environment[DISABLE] = names


def is_zen_4(facts: str) -> bool:
    """Whether a processor is one, by what Linux (`/proc/cpuinfo`) or Windows (`PROCESSOR_IDENTIFIER`) says of it."""
    family, model = _FAMILY.search(facts), _MODEL.search(facts)
    if "AuthenticAMD" not in facts or not family or not model:
        return False
    return int(family[1]) == _ZEN_3_AND_4 and int(model[1]) >> 4 in _ZEN_4


def slow_features(numpy: tuple[int, int] | None) -> str:
    """The names that a version of NumPy has for what its slow sorts need, as Zen 4 has them; None: it is not known."""
    if numpy is None:
        return ""
    return "X86_V4 AVX512_ICL" if numpy >= _NAMED_BY_LEVELS else "AVX512_SKX AVX512_ICL"


def _processor(environment: Mapping[str, str]) -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="ascii", errors="replace") as file:
            return file.read(512)  # the first processor
    except OSError:
        return environment.get("PROCESSOR_IDENTIFIER", "")


def _numpy_version() -> tuple[int, int] | None:
    """That of the NumPy that would be imported, without importing it."""
    found = find_spec("numpy")
    if found is None or found.origin is None:
        return None
    try:
        text = Path(found.origin).with_name("version.py").read_text(encoding="utf-8")
    except OSError:
        return None
    numbers = re.search(r"version\s*=\s*[\"'](\d+)\.(\d+)", text)
    return (int(numbers[1]), int(numbers[2])) if numbers else None
