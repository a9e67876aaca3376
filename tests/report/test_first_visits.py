"""The first visits of a historian, an analyst and a linguist in a browser: each question within three clicks.

What the report does not hold (a new text, words with wildcards, collocates, a list of words, keyness) is asked by
command only; `tests/test_first_visits.py` has all questions and the corpus.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from reuse.api import scan
from reuse.report.html.page import write_report
from tests.report.browser import Page
from tests.test_first_visits import CLOSING, FORMULA, TEXTS

MOST_CLICKS = 3
SHARED = "the people of the islands"
QUOTE = ".results a.quote"

VISITS: list[tuple[str, Sequence[str], str]] = [
    ("Historian: how large is the corpus, and of what time?", (), r"6 documents share(.|\n)*dated 1901-05-02 to 1921"),
    ("Historian: which documents are one text?", ("=Documents",), r"×2(.|\n)*×2"),
    ("Historian: who repeats whom?", (), r"1902 south\s+1901-05-02 north\s+repeats it"),
    ("Historian: what is not known?", (), r"undated\s[^\n]*order unknown"),
    (
        "Historian: what was changed in the treaty?",
        ('#overview td a[href*="south"][href*="north"]', '#view a[href^="#match/"]'),
        r"northern(.|\n)*southern|southern(.|\n)*northern",
    ),
    ("Historian: when was the formula first said?", ("=Formulas", f"={SHARED}"), r"1901"),
    ("Historian: who draws on whom?", (), r"Who draws on whom"),
    ("Historian: all witnesses of the treaty", ("=Matches", QUOTE, "=places"), r"undated"),
    ("Analyst: what is recycled in the south's text?", ("=Documents", "=south"), r"\d+% recycled"),
    ("Analyst: which pairs share whole sentences or more?", ("=Matches", "=sentences"), r"\d of \d+ matches"),
    ("Analyst: is that a coincidence?", ("=Matches", QUOTE), r"chance"),
    ("Analyst: what is in the Herald alone?", ("=Matches", "=Herald"), r"south"),
    ("Analyst: is each quotation in the texts?", ("=Matches", QUOTE, "#view .source a"), r"boats of the two islands"),
    ("Analyst: the matrix", ("=Matrix",), r"Matrix(.|\n)*south"),
    ("Linguist: how often, in how many documents?", ("=Formulas",), rf"{SHARED}[^\n]*\s\d+\s"),
    ("Linguist: in what contexts?", ("=Formulas", f"={SHARED}"), r"(greet|reply|mourn|vote)"),
    ("Linguist: how is it spread?", ("=Formulas", f"={SHARED}"), r"Dispersion"),
    ("Linguist: since when, until when?", ("=Formulas", f"={CLOSING[11:30]}"), r"1911(.|\n)*1921"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the corpus."""
    assert SHARED in FORMULA
    folder = tmp_path_factory.mktemp("visit")
    records = [{"id": name, "date": date, "source": source, "text": text} for name, date, source, text in TEXTS]
    with scan(texts=records, out=folder / "islands.reuse") as run:
        write_report(run, folder / "islands.html")
    return folder / "islands.html"


@pytest.mark.parametrize(("question", "clicks", "answer"), VISITS, ids=[f"b{at:02}" for at in range(len(VISITS))])
def test_three_clicks_answer(question: str, clicks: Sequence[str], answer: str, file: Path, page: Page) -> None:
    assert len(clicks) <= MOST_CLICKS
    page.open(file)
    for target in clicks:
        click(page, target)
    shown = f"new RegExp({json.dumps(answer)}).test(document.body.innerText)"
    try:
        page.wait(shown, 10)
    except AssertionError:
        pytest.fail(f"{question}\n{page.text()[:3000]}")
    assert page.complaints == []


def click(page: Page, target: str) -> None:
    """Click where a reader would: the middle of the first visible element of a selector, or that says `=words`."""
    words = target.removeprefix("=") if target.startswith("=") else None
    found = (
        "(() => {"
        f"const words = {json.dumps(words)};"
        f"const chosen = words === null ? {json.dumps(target)} : 'a, button, label, summary';"
        "const all = [...document.querySelectorAll(chosen)];"
        "const shown = all.find((one) => one.getClientRects().length && (words === null ||"
        " (one.innerText ?? one.textContent).toLowerCase().includes(words.toLowerCase())));"
        "if (!shown) return null;"
        "shown.scrollIntoView({ block: 'center', behavior: 'instant' });"
        "const { left, top, width, height } = shown.getClientRects()[0];"
        "return [left + width / 2, top + height / 2]; })()"
    )
    page.wait(f"{found} !== null", 10)
    x, y = page.run(found)
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
