"""Arabic and Hebrew in the terminal: set at the right edge, the differences marked, columns kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from reuse.api import scan
from reuse.report.direction import LEFT_TO_RIGHT, from_the_right
from tests.tui.conftest import opened, screen_text, seen

SAID = "إن تشييد الميناء الجديد سوف يبدأ قبل حلول الشتاء ولن يعود أحد من الصيادين إلى بيته من غير قارب"


TEXTS = (
    f"قال الوزير أمس: {SAID}. ثم غادر القاعة.",
    f"أعلن الناطق باسم المدينة: {SAID.replace('الشتاء', 'الخريف')}. وشكر الحاضرين.",
)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two Arabic texts with one sentence in common but for a word, and an English one without."""
    path = tmp_path_factory.mktemp("arabic") / "a.reuse"
    texts = [
        *({"id": name, "text": text} for name, text in zip(("one", "two"), TEXTS, strict=True)),
        {"id": "three", "text": "Nothing of the kind was said in the north."},
    ]
    scan(texts=texts, out=path).close()
    return path


@pytest.mark.parametrize(("text", "right"), [(SAID, True), ("שלום עולם", True), ("plain", False), ("", False)])
def test_direction(text: str, right: bool) -> None:
    assert from_the_right(text) is right


async def test_both_columns_stand_at_their_right_edges(arabic: Path) -> None:
    async with opened(arabic) as pilot:
        await pilot.press("1")
        screen = await seen(pilot, "[الشتاء]")
        assert "[الخريف]" in screen
        row = next(line for line in screen.splitlines() if line.count("الميناء") == 2)
        left, right = row.strip("│").replace("≠", "│").split("│")
        assert left.endswith(f"{LEFT_TO_RIGHT} ")
        assert left.startswith("  ")
        assert LEFT_TO_RIGHT in right
        words = " ".join(left.replace(LEFT_TO_RIGHT, "").translate({ord("["): None, ord("]"): None}).split())
        assert words in SAID, "letters go out in the order in which they are read"
        assert any("≠" in line and "[الشتاء]" in line for line in screen.splitlines())


async def test_stacked_and_whole_texts_too(arabic: Path) -> None:
    async with opened(arabic, (80, 24)) as pilot:
        await pilot.press("1", "v", "v")
        await seen(pilot, "[الشتاء]")
        assert LEFT_TO_RIGHT in screen_text(pilot)
        await pilot.press("3")
        screen = await seen(pilot, "الوزير أمس")
        line = next(line for line in screen.splitlines() if "الوزير أمس" in line)
        assert f" {LEFT_TO_RIGHT}" in line


async def test_text_from_the_left_has_no_marks(prose: Path) -> None:
    async with opened(prose) as pilot:
        assert LEFT_TO_RIGHT not in screen_text(pilot)


async def test_a_list_sets_names_at_the_right_edge_of_their_column_and_keeps_columns_apart(arabic: Path) -> None:
    async with opened(arabic) as pilot:
        await pilot.press("2")
        screen = await seen(pilot, "Formulas · ")
        row = next(line for line in screen.splitlines() if line.startswith("┃▌"))
        before, words, after = row.split(LEFT_TO_RIGHT)
        assert before.endswith(" ")
        assert not set(words) & set("0123456789")
        assert after.strip("┃ ") == "" or after.startswith("  ")


async def test_the_overview_sets_passages_and_formulas_at_the_right(arabic: Path) -> None:
    async with opened(arabic, screen="overview") as pilot:
        screen = await seen(pilot, "Who repeats whom")
        quotes = [line for line in screen.splitlines() if LEFT_TO_RIGHT in line and line.strip("│┃ ")[:1] in "ab="]
        assert quotes, screen
        assert all(line.rstrip("│┃ ").endswith(LEFT_TO_RIGHT) for line in quotes)


async def test_in_a_concordance_the_words_before_stand_at_the_right(arabic: Path) -> None:
    async with opened(arabic) as pilot:
        await pilot.press("2")
        screen = await seen(pilot, "Concordance")
        heading = next(line for line in screen.splitlines() if "occurrence" in line)
        lines = [line for line in screen.splitlines() if line.count(LEFT_TO_RIGHT) == 6]
        assert len(lines) == 2
        for line in lines:
            behind, occurrence, before = line.split(LEFT_TO_RIGHT)[1::2]
            assert occurrence in SAID
            said = f"{before.strip('…')} {occurrence}{behind.rstrip('…')}"
            assert " ".join(said.split()) in " ".join(f"{TEXTS[0]} {TEXTS[1]}".split())
            right_edge = line.replace(LEFT_TO_RIGHT, "").index(occurrence) + len(occurrence)
            assert heading.index("occurrence") + len("occurrence") == right_edge
