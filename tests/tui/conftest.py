"""Runs to read, and an app to drive: every test has its own copy of a run and its own session state."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reuse.run.run import Run
from tests.synthetic import build_run, synthetic_run
from tui.actions import ACTIONS
from tui.app import BrowserApp
from tui.state import read_state

PROMISE = "e shall build the harbour before the winter comes, and nobody will be left without a boat"
ANNA = f"Report of the north. The members met in the hall on Monday. W{PROMISE}. The end of it."
BERT = (
    "Report of the south. It rained. We shall build the new harbour before the summer comes, and nobody at all will be "
    "left without a boat. So it was said."
)
CARL = f"Another report. As was said, w{PROMISE}. All agreed, and all went home."
KOREAN = "조선 소식. We shall build the harbour before the 겨울 comes, and nobody will be left without a boat. 끝."
HOSTILE = f"\x1b[2J\x1b]0;owned\x07 [red]markup[/red] \u202egnp.exe\u202c W{PROMISE}."


def passage(text: str) -> str:
    """The promise that all texts repeat."""
    return text[text.lower().index("we shall") : text.index("a boat") + len("a boat")]


@pytest.fixture(scope="session")
def prose_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports that repeat one promise."""
    texts = {"anna.txt": ANNA, "bert.txt": BERT, "carl.txt": CARL, "korea.txt": KOREAN, "zero.txt": HOSTILE}
    names = list(texts)
    pairs = [(a, passage(texts[a]), b, passage(texts[b])) for at, a in enumerate(names) for b in names[at + 1 :]]
    dates = {"anna.txt": "2021-03-04", "bert.txt": "2022-07-07", "carl.txt": "2021-05", "korea.txt": "2023"}
    formulas = ["nobody will be left without a boat", "shall build the harbour before the"]
    return build_run(tmp_path_factory.mktemp("prose") / "prose.reuse", texts, pairs, formulas, dates=dates)


@pytest.fixture(scope="session")
def made_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty documents with 120 matches."""
    return synthetic_run(tmp_path_factory.mktemp("made") / "made.reuse", documents=30, matches=120)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """State and config of the user who runs the tests stay as they are."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def prose(prose_path: Path, tmp_path: Path) -> Path:
    """A copy of the prose run that a test may write notes into."""
    return Path(shutil.copytree(prose_path, tmp_path / "prose.reuse"))


@pytest.fixture
def made(made_path: Path, tmp_path: Path) -> Path:
    """A copy of the made run."""
    return Path(shutil.copytree(made_path, tmp_path / "made.reuse"))


Opened = Callable[..., AbstractAsyncContextManager[Pilot[Run]]]


@asynccontextmanager
async def opened(path: Path, size: tuple[int, int] = (120, 40), **state: object) -> AsyncIterator[Pilot[Run]]:
    """The app on a run, as the last session left it, or in the given state."""
    with Run.open(path) as run:
        app = BrowserApp(run, ACTIONS, state or read_state(path))
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            try:
                yield pilot
            finally:
                app.source.close()


def screen_text(pilot: Pilot[Run]) -> str:
    """What is on the screen, as a user would copy it out of the terminal."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def seen(pilot: Pilot[Run], text: str, *, within: float = 20.0) -> str:
    """Wait until a text is on the screen, and return the screen."""
    waited = 0.0
    while text not in screen_text(pilot):
        assert waited < within, f"{text!r} is not on the screen:\n{screen_text(pilot)}"
        await pilot.pause(0.05)
        waited += 0.05
    return screen_text(pilot)


async def type_text(pilot: Pilot[Run], text: str) -> None:
    """Type, as keys."""
    names = {" ": "space", '"': "quotation_mark", ":": "colon", ">": "greater_than_sign", "=": "equals_sign"}
    names |= {"-": "minus", ".": "full_stop", "/": "slash", "_": "underscore"}
    await pilot.press(*(names.get(character, character) for character in text))
