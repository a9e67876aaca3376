"""What holds on every screen: hostile text, wide characters, sessions, errors, keys."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment

from reuse.display import cells
from reuse.errors import STOPPING, UsageError
from reuse.run.run import Run
from tests.synthetic import build_run
from tests.tui.conftest import opened, screen_text, seen
from tui import browse
from tui.actions import ACTIONS, available, with_keys
from tui.app import BrowserApp
from tui.dialogs import Behind
from tui.help import help_lines, key_lines
from tui.keymap import Keymap, read_keymap
from tui.keytable import key_table, with_key_table
from tui.start import _state
from tui.state import read_state, state_path
from tui.widgets.bars import TopBar


async def test_text_of_documents_never_acts(prose: Path) -> None:
    async with opened(prose) as pilot:
        for keys in (("1", "S"), ("3", "G"), ("5",), ("2", "G"), ("6",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", screen_text(pilot))
        await pilot.press("3", "G")
        screen = await seen(pilot, "␛")
        assert "[red]markup[/red]" in screen


async def test_wide_characters_keep_columns_straight(prose: Path) -> None:
    async with opened(prose, screens={"matches": {"where": "doc:korea"}}) as pilot:
        assert {cells(strip.text) for strip in pilot.app.screen._compositor.render_strips()} == {120}
        await pilot.press("3", "G")
        await seen(pilot, "Documents ·")
        await pilot.press("k")
        await seen(pilot, "조선")
        assert {cells(strip.text) for strip in pilot.app.screen._compositor.render_strips()} == {120}


async def test_a_session_goes_on_where_it_ended(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("2", "1", "s", "j", "j", "j", "t")
        row, theme = pilot.app.shown.table.current_row["id"], pilot.app.theme
        await pilot.press("q")
    assert json.loads(state_path(made).read_text("utf-8"))["screen"] == "matches"
    async with opened(made) as pilot:
        assert pilot.app.shown.table.current_row["id"] == row
        assert pilot.app.shown.order == "cluster_passages"
        assert pilot.app.theme == theme != "reuse-dark"


async def test_what_a_worker_found_is_dropped_when_its_screen_has_gone(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("5")
        place, taken = pilot.app.shown, []
        await asyncio.to_thread(place.hand_over, taken.append, "while it is there")
        await place.remove()
        await asyncio.to_thread(place.hand_over, taken.append, "when it has gone")
    assert taken == ["while it is there"]


async def test_a_broken_state_begins_at_the_beginning(made: Path) -> None:
    state_path(made).parent.mkdir(parents=True)
    state_path(made).write_text("{oops")
    assert read_state(made) == {}
    odd = {"screen": "nowhere", "theme": 7, "screens": {"matches": {"where": "zzz:1", "order": "x", "row": 3}}}
    async with opened(made, **odd) as pilot:
        await seen(pilot, "no field 'zzz'")


async def test_escape_never_quits_and_q_does(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("escape", "escape", "escape", "tab", "escape")
        assert pilot.app.is_running
        await pilot.press("question_mark", "q")
        assert pilot.app.is_running
        await pilot.press("q")
        assert (pilot.app.is_running, pilot.app.return_value) == (False, None)


async def test_a_run_that_changes_is_noticed(prose: Path) -> None:
    async with opened(prose) as pilot:
        await pilot.press("R")
        await seen(pilot, "The run is the latest one")
        build_run(prose, {"a.txt": "something else altogether", "b.txt": "nothing in common"})
        await seen(pilot, "changed: R reads it")
        await pilot.press("j", "3")
        await seen(pilot, "anna")
        await pilot.press("R")
        following = pilot.app.return_value
        assert following is not None
        assert following.count("documents") == 2
        following.close()


async def test_tabs_give_way_to_news(prose: Path) -> None:
    async with opened(prose, (100, 30)) as pilot:
        pilot.app.query_one(TopBar).news = "changed: R reads it"
        assert "7 Query" in await seen(pilot, "changed: R reads it")


async def test_a_run_that_is_deleted_can_still_be_read_and_that_is_said(prose: Path) -> None:
    async with opened(prose) as pilot:
        shutil.rmtree(prose)
        await seen(pilot, "deleted")
        await pilot.press("R")
        await seen(pilot, "marks can no longer be kept")
        for keys in (("j", "2", "j"), ("3", "j"), ("a", "b", "u"), ("1", "a", "b")):
            await pilot.press(*keys)
            await pilot.pause()
        await seen(pilot, "Matches · 10")
        assert pilot.app.is_running
    assert not prose.exists()


async def test_a_new_run_that_cannot_be_read_leaves_one_with_the_former(prose: Path, tmp_path: Path) -> None:
    async with opened(prose) as pilot:
        prose.rename(tmp_path / "former")
        shutil.copytree(tmp_path / "former", prose)
        with closing(sqlite3.connect(prose / "run.sqlite")) as database:
            database.execute("PRAGMA user_version = 99")
        await seen(pilot, "changed: R reads it")
        await pilot.press("R")
        await seen(pilot, "schema")
        await pilot.press("j")
        assert pilot.app.is_running


@pytest.mark.parametrize("number", [signal.SIGINT, *STOPPING])
async def test_a_signal_ends_the_app_as_q_does(number: int, made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("2")
        os.kill(os.getpid(), number)
        for _ in range(200):
            if pilot.app.is_running:
                await pilot.pause(0.1)
        assert (pilot.app.is_running, pilot.app.stopped) == (False, number)
    assert read_state(made)["screen"] == "formulas"


async def test_two_browsers_see_each_others_marks(prose: Path) -> None:
    async with opened(prose) as pilot:
        with Run.open(prose) as other:
            other.notes.set_mark("match", pilot.app.shown.table.current_row["id"], "accepted")
        await seen(pilot, "✓")


@pytest.mark.slow
async def test_keys_help_and_palette_say_the_same(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.press("question_mark")
        await seen(pilot, "Keys of this pane")
        await pilot.press("escape", "f1")
        screen = await seen(pilot, "SIGNS")
        assert "[words]" in screen
        await pilot.press("escape", "ctrl+p")
        await pilot.pause(0.3)
        await pilot.press(*"export")
        await seen(pilot, "Export the list")


async def test_the_mouse_does_what_keys_do(made: Path) -> None:
    async with opened(made) as pilot:
        await pilot.click("TopBar", offset=(32, 0))
        await seen(pilot, "Formulas ·")
        await pilot.click("#formulas #list", offset=(10, 5))
        assert pilot.app.shown.table.cursor == 3
        await pilot.click("KeyBar", offset=(116, 0))
        assert (pilot.app.is_running, pilot.app.return_value) == (False, None)


async def test_themes_and_no_colour(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(made) as pilot:
        before = screen_text(pilot)
        for _ in range(5):
            await pilot.press("t")
            assert screen_text(pilot) == before
            assert not pilot.app.theme.startswith("ansi")  # its colours cannot be turned to greys
        assert pilot.app.no_color


async def test_an_empty_run_says_what_to_do(tmp_path: Path) -> None:
    path = build_run(tmp_path / "empty.reuse", {"a.txt": "one two three", "b.txt": "four five six"})
    async with opened(path) as pilot:
        await seen(pilot, "textreuse scan --help")
        for key, said in (("2", "No phrase recurs"), ("5", "No passage recurs"), ("4", "No two documents share")):
            await pilot.press(key)
            await seen(pilot, said)


async def test_an_error_is_said_and_the_app_goes_on(prose: Path) -> None:
    async with opened(prose) as pilot:
        (prose / "notes.sqlite").write_text("this is no database, it is a text that is long enough to be read as one")
        await pilot.press("a")
        await seen(pilot, "notes")
        await pilot.press("j", "k")
        assert pilot.app.is_running


def test_every_action_has_somebody_who_carries_it_out() -> None:
    from tui.screens.place import screen_class
    from tui.screens.registry import SCREENS
    from tui.widgets.heat import HeatMap
    from tui.widgets.lines import Lines
    from tui.widgets.list_table import ListTable
    from tui.widgets.text import TextPane

    classes = [BrowserApp, Lines, ListTable, TextPane, HeatMap, *(screen_class(name) for name in SCREENS)]
    orphans = {one.id for one in ACTIONS if not any(hasattr(kind, f"do_{one.id}") for kind in classes)}
    assert orphans == set(SCREENS), "which are shown by do_screen"
    named = {name.removeprefix("do_") for kind in classes for name in dir(kind) if name.startswith("do_")}
    assert named <= {one.id for one in ACTIONS} | {"screen"}


def test_no_key_means_two_things() -> None:
    keys = [key for one in ACTIONS for key in one.keys]
    assert len(keys) == len(set(keys))


def test_the_users_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    ids = [one.id for one in ACTIONS]
    assert read_keymap(file, ids) == Keymap()
    file.write_text('accept = "y"\nnext_item = ["]", "ctrl+n"]\n')
    actions = {one.id: one for one in with_keys(read_keymap(file, ids))}
    assert actions["accept"].keys == ("y",)
    assert actions["copy"].keys == ()
    assert actions["next_item"].keys == ("right_square_bracket", "ctrl+n")
    for text, complaint in (
        ('acept = "y"', "no action 'acept'"),
        ("accept = 3", "needs a key"),
        ('accept = "y"\nreject = "y"', "given to accept and to reject"),
        ("accept = ", "cannot be read"),
    ):
        file.write_text(text)
        with pytest.raises(UsageError, match=re.escape(complaint)):
            read_keymap(file, ids)


def test_help_and_documentation_name_every_action() -> None:
    assert all(f"`{one.id}`" in key_table() for one in ACTIONS)
    said = " ".join(text for _, text in help_lines(ACTIONS, "formulas"))
    assert all(" ".join(one.help.split()) in said for one in ACTIONS)
    assert len([line for line in key_lines(ACTIONS) if line[1]]) == len(ACTIONS)
    assert list(available(ACTIONS, None)) == []


def test_the_documentation_is_up_to_date() -> None:
    page = (Path(__file__).parents[2] / "docs" / "terminal.md").read_text("utf-8")
    assert page == with_key_table(page), "run: python -m tui.keytable docs/terminal.md"


def test_places_to_open_at(prose: Path) -> None:
    with Run.open(prose) as run:
        name = run.rows("matches", [3], ["id"])[0]["id"]
        assert _state(run, f"match:{name[:10]}")["screens"]["matches"] == {"row": name}
        with pytest.raises(UsageError, match="no formula 'zz'"):
            _state(run, "formula:zz")
        with pytest.raises(UsageError, match="is no place"):
            _state(run, "there")


def test_the_app_imports_no_screen_but_the_first() -> None:
    code = "import sys, tui.app; print(sorted(m for m in sys.modules if m.startswith('tui.screens.')))"
    done = asyncio.run(_output(code))
    assert "tui.screens.compare_screen" not in done
    assert "tui.screens.matrix_screen" not in done


def test_the_first_paint_waits_for_nothing_that_it_does_not_show() -> None:
    code = "import sys, tui.start, tui.screens.overview_screen; print(sorted(sys.modules))"
    done = asyncio.run(_output(code))
    assert "'tui.screens.overview_screen'" in done
    later = ("tui.dialogs", "tui.help", "tui.widgets.list_table", "tui.widgets.pair_pane", "reuse.report.overview")
    for name in (*later, "reuse.report.export", "numpy.random", "numpy.ma"):
        assert f"'{name}'" not in done


def test_garbage_is_collected_again_when_the_app_has_been_left(prose: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr("tui.start.start", lambda *_: seen.append(gc.isenabled()))
    browse(prose)
    assert seen == [False]
    assert gc.isenabled()


async def _output(code: str) -> str:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return out.decode()


def test_what_is_behind_a_dialog_is_drawn_once() -> None:
    class Below:
        drawn = 0

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            self.drawn += 1
            yield Segment("the list")

    below, console = Below(), Console()
    behind = Behind(below)
    assert [[segment.text for segment in console.render(behind)] for _ in range(3)] == [["the list"]] * 3
    assert below.drawn == 1
