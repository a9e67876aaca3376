"""The options that a run was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from reuse.options import ScanOptions


def options_of(stored: Mapping[str, Any]) -> ScanOptions:
    """Options from `meta["options"]` of a run; what the run does not say has its default.

    Raises:
        OptionsError: A value is out of range.
    """
    hints = get_type_hints(ScanOptions)
    known = {field.name for field in fields(ScanOptions)} & stored.keys()
    return ScanOptions(
        **{name: hints[name](**stored[name]) if is_dataclass(hints[name]) else stored[name] for name in known}
    )
