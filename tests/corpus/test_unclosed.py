"""Mark-up that is opened again and again and never closed: no search for its end may be begun each time."""

from __future__ import annotations

import time

import pytest

from reuse.corpus.tokenise import words_of


@pytest.mark.parametrize(
    "piece", ["<!-- ", "<script> ", '<a b="', "< ", "<a ", "[a](", "](", "[a](b.c(", "[a](b.c ", "[a](b.c '"]
)
def test_what_is_never_closed_costs_no_more_than_its_length(piece: str) -> None:
    def seconds(times: int) -> float:
        text, started = piece * times, time.process_time()
        words_of(text)
        return time.process_time() - started

    seconds(100)
    assert seconds(80_000) < 60 * max(seconds(8_000), 0.005)
