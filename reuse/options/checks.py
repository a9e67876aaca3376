"""What is said of values out of range: a sentence each, for all that are wrong at once."""

from __future__ import annotations

from collections.abc import Iterator


def below(options: object, least: float, unit: str, *names: str) -> Iterator[str]:
    """Name the options that are below `least` (of `unit`)."""
    for name in names:
        if getattr(options, name) < least:
            yield f"{name} must be at least {least}, not {getattr(options, name)} {unit}".rstrip()


def not_above_zero(options: object, *names: str) -> Iterator[str]:
    """Name the options that are zero or below."""
    for name in names:
        if not getattr(options, name) > 0:
            yield f"{name} must be above 0, not {getattr(options, name)}"


def not_shares(options: object, *names: str) -> Iterator[str]:
    """Name the options that are no share: above 0 and at most 1."""
    for name in names:
        if not 0 < getattr(options, name) <= 1:
            yield f"{name} must be above 0 and at most 1, not {getattr(options, name)}"
