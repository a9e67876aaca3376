"""Families of formulas are folded; facets by period; what an undated corpus is told."""

from __future__ import annotations

from pathlib import Path

from reuse.api import scan
from reuse.run.run import Run
from tests.synthetic import synthetic_run
from tests.tui.conftest import opened, seen

SEEDS = Path(__file__).parents[2] / "seeds"
SAID = "Saying that the harbour of the {} was a great success, he stressed the need for more."


async def test_to_the_right_a_family_opens_and_to_the_left_it_folds(tmp_path: Path) -> None:
    scan(SEEDS, out=tmp_path / "seeds.reuse").close()
    async with opened(tmp_path / "seeds.reuse") as pilot:
        await pilot.press("2")
        await seen(pilot, "one form of each family: → opens it")
        table = pilot.app.shown.table
        folded = len(table.numbers)
        at = next(place for place in range(folded) if table.row(int(table.numbers[place]))["variants"] > 1)
        head = table.row(int(table.numbers[at]))
        table.move(at)
        await pilot.press("right")
        await seen(pilot, "← folds the family")
        assert len(table.numbers) == head["variants"]
        await pilot.press("left")
        await seen(pilot, "→ opens it")
        assert len(table.numbers) == folded
        assert table.current_row["id"] == head["id"]


async def test_facets_go_by_what_fits_the_dates_and_say_what_remains(tmp_path: Path) -> None:
    texts = [{"id": f"{n}", "text": SAID.format("north"), "date": f"{1901 + 10 * n}"} for n in range(12)]
    scan(texts=texts, out=tmp_path / "decades.reuse").close()
    async with opened(tmp_path / "decades.reuse", (120, 60)) as pilot:
        await pilot.press("3", "f")
        shown = await seen(pilot, "dated 1950s")
        line = next(line for line in shown.splitlines() if "dated 1950s" in line)
        assert "1 document" in line
        await pilot.press("escape")
        pilot.app.shown.set_filter("date:195X")
        await seen(pilot, "Documents · 1 of 12")
        await pilot.press("f")
        shown = await seen(pilot, "● dated 1950s")
        assert "dated 1960s" not in shown, "nothing of it would remain"


async def test_facets_of_long_lists_count_the_rows_that_remain_too(tmp_path: Path) -> None:
    path = synthetic_run(tmp_path / "long.reuse", documents=300, matches=21_000)
    with Run.open(path) as run:
        remain = run.count("matches", "similarity>=0.9 date:2019")
        assert 0 < remain < run.count("matches", "date:2019")
    async with opened(path, (120, 60), screen="matches") as pilot:
        await seen(pilot, "Matches · 21,000")
        pilot.app.shown.set_filter("similarity>=0.9")
        await seen(pilot, "similarity>=0.9")
        await pilot.press("f")
        shown = await seen(pilot, "dated 2019")
        line = next(line for line in shown.splitlines() if "dated 2019" in line)
        assert f"{remain:,} matches" in line


async def test_a_matrix_of_undated_documents_says_why_it_has_few_groups(tmp_path: Path) -> None:
    texts = {f"{number}.txt": SAID.format("north") for number in range(3)}
    scan(texts=texts, out=tmp_path / "u.reuse").close()
    async with opened(tmp_path / "u.reuse") as pilot:
        await pilot.press("4", "v")
        shown = await seen(pilot, "no document has a date")
        assert "by decade" not in shown
