"""What is typed to find a document."""

from __future__ import annotations

import pytest

from tui.screens.documents_screen import by_name


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("north", "name:north"),
        ('"two words" -north', 'name:"two words" -name:north'),
        ("north text:harbour words>=500", "name:north text:harbour words>=500"),
        ('text:"closely knitted"', 'text:"closely knitted"'),
        ('name:"north"', 'name:"north"'),
        ("accepted", "name:accepted"),
        ("", ""),
        ('"half', '"half'),
    ],
)
def test_words_without_a_field_are_names(typed: str, where: str) -> None:
    assert by_name(typed) == where
    assert by_name(where) == where
