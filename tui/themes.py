"""Four looks: dark, light, without colours, and the colours that the terminal itself has."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="reuse-dark",
    primary="#5b8fd9",
    secondary="#7fb7e6",
    accent="#e2b45c",
    warning="#e2a35c",
    error="#e0707a",
    success="#86c98a",
    foreground="#d9dde3",
    background="#14171c",
    surface="#1a1e25",
    panel="#20252e",
    dark=True,
)
LIGHT = Theme(
    name="reuse-light",
    primary="#2f67b1",
    secondary="#1f6a9c",
    accent="#8a5a00",
    warning="#a4500a",
    error="#b3263a",
    success="#1f7a36",
    foreground="#1d2126",
    background="#faf9f6",
    surface="#f3f1ec",
    panel="#e7e4dc",
    dark=False,
)
MONOCHROME = Theme(
    name="reuse-mono",
    primary="#a8a8a8",
    secondary="#d8d8d8",
    accent="#f0f0f0",
    warning="#f0f0f0",
    error="#f0f0f0",
    success="#f0f0f0",
    foreground="#d8d8d8",
    background="#101010",
    surface="#181818",
    panel="#242424",
    dark=True,
)
OURS = (DARK, LIGHT, MONOCHROME)
THEMES = (*(theme.name for theme in OURS), "ansi-dark", "ansi-light")
"""In the order in which the key goes through them."""
