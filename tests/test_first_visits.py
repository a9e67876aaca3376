"""First visits: a historian, an analyst and a linguist put ten questions each to a corpus whose answers are known.

    north 1901 ──TREATY──▶ south 1902 (one word is another) ══ copy 1903 (the same text)
       │                         undated: TREATY, nobody knows when
       └──FORMULA in north, south, east 1911, west 1921; none before 1901; CLOSING in east and west, 1911 the first

Each is answered by one documented command, or by three keys in the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from reuse.api import scan
from reuse.cli import main
from reuse.cli.summary import print_summary
from reuse.run.run import Run
from tests.tui.conftest import opened, seen

TREATY = (
    "The boats of the two islands shall fish together beyond the {} reef from the first of May until the ice comes, "
    "and whoever breaks this promise shall give his net and half of his catch to the widows of the harbour"
)
FORMULA = "In the name of all the people of the islands"
CLOSING = "And so may the lighthouse never go dark above us"


def _filler(seed: int) -> str:
    """Forty words of which no two documents share three in a row."""
    return " ".join(f"w{(seed * 7919 + at * 104729) % 99991}" for at in range(40))


TEXTS = [
    (
        "north",
        "1901-05-02",
        "Gazette",
        f"{_filler(1)}. {TREATY.format('northern')}. {FORMULA} we greet you. {_filler(2)}.",
    ),
    ("south", "1902", "Herald", f"{_filler(3)}. {TREATY.format('southern')}. {FORMULA} we reply. {_filler(4)}."),
    ("copy", "1903", "Herald", f"{_filler(3)}. {TREATY.format('southern')}. {FORMULA} we reply. {_filler(4)}."),
    ("undated", None, "Gazette", f"{_filler(5)}. {TREATY.format('northern')}. {_filler(6)}."),
    ("east", "1911", "Herald", f"{_filler(7)}. {FORMULA} we mourn. {_filler(8)}. {CLOSING}."),
    ("west", "1921", "Gazette", f"{_filler(9)}. {FORMULA} we vote. {_filler(10)}. {CLOSING}."),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, scanned."""
    records = [{"id": name, "date": date, "source": source, "text": text} for name, date, source, text in TEXTS]
    path = tmp_path_factory.mktemp("visit") / "islands.reuse"
    scan(texts=records, out=path).close()
    return path


COMMANDS = [
    # The historian
    ("How large is the corpus, and of what time?", "summary", r"6 documents.*dated 1901-05-02 to 1921 \(1 without"),
    (
        "Which documents are one text?",
        "export RUN documents --columns id,copy_of --format csv",
        r"copy,south|south,copy",
    ),
    ("Who repeats whom?", "summary", r"words, +\d+% of +1902 south repeats 1901-05-02 north"),
    ("What is not known?", "summary", r"undated.*order unknown|order unknown.*undated"),
    ("What was changed in the treaty?", "compare RUN north south", r"\[northern\](.|\n)*\[southern\]"),
    ("When was the formula first said?", f'life RUN "{FORMULA}" --by year', r"1901"),
    ("Who draws on whom?", "profile RUN", r"south"),
    # The analyst
    ("What is recycled in the south's text?", "profile RUN south", r"recycled"),
    (
        "Which pairs share whole sentences or more?",
        "export RUN matches --where -relation:phrases --format csv",
        r"north",
    ),
    ("Is that a coincidence?", "export RUN matches --columns evalue,bits --limit 1", r'"evalue": [\d.]+e-\d\d'),
    ("What is in the Herald alone?", "export RUN matches --where source:Herald --columns a,b", r"south"),
    ("What does a new text draw on?", "query RUN FILE", r"north"),
    ("May I have it as a sheet?", "export RUN matches --format csv --bom", "\ufeffid,"),
    ("Is each quotation in the texts?", "export RUN matches --columns text_a --limit 1", r"boats of the two islands"),
    # The linguist
    (
        "How often, in how many documents?",
        "export RUN formulas --columns text,df,tf --limit 3",
        r"the people of the islands",
    ),
    ("In what contexts?", 'concordance RUN "people of the islands"', r"we (greet|reply|mourn|vote)"),
    ("Whatever stands between?", 'concordance RUN "the * of the islands"', r"people of the islands"),
    ("What stands near?", "collocates RUN islands", r"people"),
    ("Which words are the most frequent?", "wordlist RUN --limit 3", r"\bthe\b"),
    ("What marks the Gazette?", "keyness RUN --by source", r"Gazette|Herald"),
    ("How is it spread?", "export RUN dispersion --limit 1", r"dispersion|dp|juilland"),
    ("Since when, until when?", f'life RUN "{CLOSING}" --by year', r"1911"),
]

KEYS = [
    ("Historian: who repeats whom?", (80, 40), ("0",), "1902 south repeats 1901-05-02 north"),
    ("Historian: the two passages", (120, 40), ("1", "j"), "[northern]"),
    ("Historian: all witnesses of the treaty", (120, 40), ("5", "j"), "undated"),
    ("Analyst: how much is recycled?", (120, 40), ("3",), "recycled"),
    ("Analyst: only what is more than phrases", (120, 40), ("1", "f"), "a whole sentence or more"),
    ("Analyst: the matrix", (120, 40), ("4",), "Matrix · 6 documents"),
    ("Linguist: the formulas", (120, 40), ("2",), "the people of the islands"),
    ("Linguist: in context", (120, 40), ("2", "j"), "greet you"),
]


@pytest.mark.parametrize(("question", "command", "answer"), COMMANDS, ids=[f"c{at:02}" for at in range(len(COMMANDS))])
def test_one_command_answers(
    question: str, command: str, answer: str, run: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if command == "summary":
        with Run.open(run) as opened_run:
            print_summary(opened_run)
    else:
        asked = tmp_path / "new.txt"
        asked.write_text(f"{_filler(11)}. {TREATY.format('northern')}.", "utf-8")
        assert main(_words(command, run, asked)) == 0, question
    assert re.search(answer, capfd.readouterr().out), question


def _words(command: str, run: Path, asked: Path) -> Sequence[str]:
    found = re.findall(r'"([^"]*)"|(\S+)', command)
    words = [quoted or plain for quoted, plain in found]
    return [{"RUN": str(run), "FILE": str(asked)}.get(word, word) for word in words]


@pytest.mark.parametrize(("question", "size", "keys", "answer"), KEYS, ids=[f"k{at}" for at in range(len(KEYS))])
async def test_three_keys_answer(
    question: str, size: tuple[int, int], keys: Sequence[str], answer: str, run: Path
) -> None:
    assert len(keys) <= 3
    async with opened(run, size, screen="overview") as pilot:
        await pilot.press(*keys)
        assert answer in await seen(pilot, answer), question
