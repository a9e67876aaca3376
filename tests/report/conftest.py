"""Runs to report on, and a browser to read the reports with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.browser import Browser, Page, browsing, chromium
from tests.synthetic import build_run, synthetic_run

SHARED = "the bonds of kinship are closely knitted and viable for ever and a day."
CHANGED = "the bonds of kinship are closely woven and viable for ever and a day."
HOSTILE = (
    "</script><script>window.broken = 1</script> <!-- <img src=x onerror='window.broken = 2'> --> "
    "\u2028 {{ 7 * 7 }} \u202ereversed\u202c \x1b[2J \x00 &amp; ${window.broken = 3} <svg/onload=alert(1)> "
)
ATTACKS = f"{HOSTILE} these seven words are the same here {HOSTILE}"
LONG_WORD = "x" * 1_000_000


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with one match of known words, a phrase, and a document in Hebrew."""
    texts = {
        "a.txt": f"First of all. 𝔄 {SHARED} And then some more.",
        "b.txt": f"Second comes this. {CHANGED} The end of it.",
        "c/ד.txt": "שלום לכולם. זה מסמך בעברית. " * 3,
    }
    return build_run(
        tmp_path_factory.mktemp("small") / "small.reuse",
        texts,
        [("a.txt", SHARED, "b.txt", CHANGED)],
        ["the bonds of kinship are closely", "and viable for ever and a day"],
        meta={"versions": {"textreuse": "0"}, "options": {"formulas": {"min_tokens": 4}}},
        dates={"a.txt": "2021-05-06", "b.txt": "2022"},
    )


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose texts and names try to act on the page."""
    texts = {
        "a</script><b>.txt": f"Begin. {ATTACKS} {LONG_WORD} end.",
        "b\u202etxt.&quot;'\".txt": f"Otherwise. {ATTACKS} {LONG_WORD} fin.",
    }
    names = sorted(texts)
    return build_run(
        tmp_path_factory.mktemp("hostile") / "<i>hostile</i>.reuse",
        texts,
        [(names[0], ATTACKS.strip(), names[1], ATTACKS.strip())],
        ["these seven words are the same here"],
        meta={"skipped": [{"path": "<script>x</script>", "reason": HOSTILE, "remedy": "<b>"}]},
    )


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 20,000 matches."""
    return synthetic_run(tmp_path_factory.mktemp("many") / "many.reuse", documents=2_000, matches=20_000)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 200 matches in 50 documents."""
    return synthetic_run(tmp_path_factory.mktemp("few") / "few.reuse")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests, for to start it takes longer than most of them."""
    if chromium() is None:
        pytest.skip("Chromium is not installed (apt install chromium)")
    with browsing(tmp_path_factory.mktemp("browser") / "profile") as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of its own."""
    with browser.tab() as one:
        one.size(1280, 900)
        yield one
