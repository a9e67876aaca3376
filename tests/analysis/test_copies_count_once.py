"""Copies of one text are one witness in whatever counts documents; who wants otherwise says so when scanning."""

from __future__ import annotations

from pathlib import Path

import pytest

import reuse
from reuse.options import ScanOptions

FIRST = (
    "The harbour master told the assembled captains that no vessel would be towed across the bar. He spoke of lanterns "
    "on the northern mole, of the pilot who had signed the register of this town, and of herring boats that came late."
)
SECOND = (
    "Nobody at the guild remembered when the harbour master told the assembled captains that no vessel was safe. An "
    "umbrella stood in the corner while accountants who had burned the register of this town counted sheets by candle."
)
TEXTS = {"one.txt": FIRST, "copy.txt": FIRST, "again.txt": FIRST, "two.txt": SECOND, "empty.txt": "…"}
PHRASE = "harbour master told the assembled captains that no vessel"


@pytest.fixture(scope="module", params=["one", "count"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> reuse.Run:
    path: Path = tmp_path_factory.mktemp(request.param) / "copies.reuse"
    options = ScanOptions(copies=request.param)
    with reuse.scan(texts=TEXTS, out=path, options=options, progress=False) as made:
        yield made


@pytest.fixture(scope="module")
def texts(run: reuse.Run) -> int:
    """How many texts count that have words."""
    return 2 if run.options.copies == "one" else 4


def test_words(run: reuse.Run, texts: int) -> None:
    found = {row["word"]: row for row in run.wordlist().to_dicts()}
    assert (found["captains"]["df"], found["captains"]["range"]) == (texts, 1)
    assert (found["umbrella"]["df"], found["umbrella"]["range"]) == (1, 1 / texts)
    assert (found["lanterns"]["df"], found["lanterns"]["tf"]) == (texts - 1, 3)


def test_formulas_and_their_families(run: reuse.Run, texts: int) -> None:
    assert next(row["df"] for row in run.families().to_dicts() if PHRASE in row["text"]) == texts
    spread = next(row for row in run.table("dispersion").to_dicts() if PHRASE in row["text"])
    assert (spread["df"], spread["range"]) == (texts, 1)


def test_ngrams(run: reuse.Run, texts: int) -> None:
    found = {row["text"]: row for row in run.ngrams((3, 60)).to_dicts()}
    assert (found[f"the {PHRASE}"]["df"], found[f"the {PHRASE}"]["range"]) == (texts, 1)
    # What a text and its copies say, and no other, stands in one text.
    assert any("lanterns" in text for text in found) == (texts == 4)


def test_frames(run: reuse.Run, texts: int) -> None:
    found = {row["pattern"]: row for row in run.pframes().to_dicts()}
    assert found["who had … the register of this town"]["df"] == texts
    assert found["who had … the register of this town"]["tf"] == 4
