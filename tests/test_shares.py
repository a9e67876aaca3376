"""The four shares: what each word counts as, that they add up, and that all front ends round them alike."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from reuse.calendar import Dates
from reuse.clusters.origins import kinds_of_words, origins, partly_digested, words_by_kind
from reuse.options import ScanOptions
from reuse.report.overview import Overview
from reuse.shares import FRESH, FURNITURE, KINDS, RECYCLED, REPEATED, SHARED, in_words, shares_of, whole_percents
from tests.prose import Prose

SPEECH = (
    "the harbour master told the assembled captains that no vessel larger than a herring boat would be towed across "
    "the bar before the lanterns on the northern mole had been lit and the pilot had signed the register in ink"
)
OWN = "it rained on tuesday and the accountants of the guild went home early because nobody had brought an umbrella"


def kinds(bounds, passages, dates, furniture=(), digested=()):
    """Kinds of all words; a passage is (cluster, document, start, end)."""
    cluster, document, start, end = (np.array(column) for column in zip(*sorted(passages), strict=True))
    known = Dates.of(dates)
    furniture, digested = (np.array(some, dtype=np.int64).reshape(-1, 2) for some in (furniture, digested))
    in_part = partly_digested(start, end, digested)
    whence = origins(cluster, document, end - start, known.earliest, known.latest, in_part=in_part)
    return kinds_of_words(bounds[-1], whence, start, end, furniture, digested)


@pytest.mark.parametrize(
    ("dates", "first", "second"),
    [
        (["2020", "2021"], FRESH, RECYCLED),
        (["2021", "2020"], RECYCLED, FRESH),
        (["2020-05-01", "2020-05-01"], SHARED, SHARED),
        (["2020", "2020-05-01"], SHARED, SHARED),
        (["2020", None], SHARED, SHARED),
        ([None, None], SHARED, SHARED),
    ],
)
def test_what_two_documents_have(dates, first, second):
    found = kinds([0, 4, 8], [(0, 0, 0, 4), (0, 1, 4, 8)], dates)
    assert found.tolist() == [first] * 4 + [second] * 4


def test_what_a_document_repeats_is_fresh_where_it_says_it_first():
    assert kinds([0, 6], [(0, 0, 0, 2), (0, 0, 3, 5)], ["2020"]).tolist() == [
        FRESH,
        FRESH,
        FRESH,
        REPEATED,
        REPEATED,
        FRESH,
    ]


def test_a_word_in_several_passages_is_of_the_first_kind_that_applies():
    # words 0 to 3 of document 2 are those of an undated document, words 2 to 5 those of an earlier one
    found = kinds([0, 4, 8, 14], [(0, 0, 0, 4), (0, 2, 8, 12), (1, 1, 4, 8), (1, 2, 10, 14)], [None, "2019", "2020"])
    assert found[8:].tolist() == [SHARED, SHARED, RECYCLED, RECYCLED, RECYCLED, RECYCLED]
    assert words_by_kind(found, np.array([0, 4, 8, 14]))[2].tolist() == [4, 2, 0, 0, 0]


def test_furniture_of_pages_is_of_no_kind():
    passages = [(0, 0, 0, 8), (0, 1, 10, 18), (1, 0, 0, 3), (1, 1, 10, 13)]
    found = kinds([0, 10, 20], passages, ["2019", "2020"], furniture=[(0, 3), (10, 13)])
    assert found[:10].tolist() == [FURNITURE] * 3 + [FRESH] * 7
    assert found[10:].tolist() == [FURNITURE] * 3 + [RECYCLED] * 5 + [FRESH] * 2
    counts = words_by_kind(found, np.array([0, 10, 20]))
    assert counts.tolist() == [[0, 0, 0, 7, 3], [5, 0, 0, 2, 3]]
    assert shares_of(counts)[1].tolist() == pytest.approx([5 / 7, 0, 0, 2 / 7])


@pytest.mark.parametrize(
    ("dates", "digest", "long", "copy"),
    [
        (["2019", "2020", "2021"], FRESH, RECYCLED, None),  # the digest first: of what comes then it has a part
        (["2021", "2020", "2019"], RECYCLED, None, FRESH),
        (["2020", "2019", "2021"], RECYCLED, FRESH, None),
        ([None, None, None], SHARED, None, None),
    ],
)
def test_of_what_a_digest_has_only_its_words_count_and_of_a_digest_all(dates, digest, long, copy):
    # documents: a digest of four words, a text of ten that it draws together, a copy of that
    passages = [(0, 0, 0, 4), (0, 1, 5, 15), (0, 2, 15, 25)]
    found = kinds([0, 5, 15, 25], passages, dates, digested=[(6, 8), (13, 15)])
    assert found[:5].tolist() == [digest] * 4 + [FRESH]
    in_part = [FRESH, long, long, FRESH, FRESH, FRESH, FRESH, FRESH, long, long]
    of_copies = [SHARED if dates[0] is None else RECYCLED] * 10
    assert found[5:15].tolist() == (of_copies if long is None else in_part)
    assert found[15:].tolist() == (of_copies if copy is None else [copy] * 10)


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
def test_rounded_shares_add_up(counts):
    (shares,) = shares_of(np.array([counts]))
    assert shares.sum() == pytest.approx(1)
    whole = whole_percents(shares)
    assert sum(whole) == 100
    for share, percent in zip(shares, whole, strict=True):
        assert (percent > 0) == (share > 0)
        assert abs(percent - 100 * share) < 3
    for some in permutations(range(4)):
        assert sum(whole_percents(shares[list(some)])) == 100


def test_shares_in_words():
    assert in_words([0.12, 0, 0.0001, 0.8799]) == "12% are recycled, 1% repeated, 87% fresh"
    assert in_words([0, 0, 0, 1]) == "100% are fresh"


@pytest.mark.parametrize("date", ["2020-05-01", None])
def test_two_identical_texts_of_which_none_is_first_are_shared_whole(tmp_path, date):
    texts = [{"id": name, "text": SPEECH, "date": date} for name in "ab"]
    with reuse.scan(texts=texts, out=tmp_path / "same.reuse") as run:
        for table in ("documents", "profiles"):
            for row in run.table(table).to_dicts():
                assert [row[kind] for kind in KINDS] == [0, 1, 0, 0]


def test_documents_profiles_and_groups_say_the_same(tmp_path):
    texts = [
        {"id": "a", "text": f"{SPEECH}. {OWN}.", "date": "2020", "source": "north"},
        {"id": "b", "text": f"{SPEECH}.", "date": "2021", "source": "south"},
        {"id": "c", "text": f"{SPEECH}.", "source": "south"},
    ]
    with reuse.scan(texts=texts, out=tmp_path / "three.reuse", options=ScanOptions(copies="count")) as run:
        documents = list(run.table("documents").to_dicts())
        for one, other in zip(documents, run.table("profiles").to_dicts(), strict=True):
            assert [one[kind] for kind in KINDS] == [other[kind] for kind in KINDS]
            assert sum(one[kind] for kind in KINDS) == pytest.approx(1)
        assert documents[1]["recycled"] == 1
        assert documents[2]["shared"] == 1
        by_source = {row.name: row for row in run.profile(by="source")}
        assert by_source["south"].recycled == by_source["south"].shared == 0.5
        assert [row["id"] for row in run.table("documents", where="recycled>0.9").to_dicts()] == ["b"]


def said(run):
    """Shares of all documents, which the tables, the profiles and the map of each are to agree in."""
    documents, profiles = (list(run.table(name).to_dicts()) for name in ("documents", "profiles"))
    for row, other in zip(documents, profiles, strict=True):
        assert [row[kind] for kind in KINDS] == pytest.approx([other[kind] for kind in KINDS])
        assert sum(row[kind] for kind in KINDS) == pytest.approx(1)
        words = Counter()
        for section in run.sections(row["id"]):
            words[section.kind] += section.words
            assert (section.source is None) or section.kind == "recycled"
        assert words["furniture"] == row["furniture_tokens"]
        assert [words[kind] for kind in KINDS] == pytest.approx(
            [row[kind] * (row["tokens"] - row["furniture_tokens"]) for kind in KINDS]
        )
    return documents


LINKS = (
    "Weather for sailors\nSchools and libraries\nTheatre tonight\nBirths and deaths\nHarbour news\nMarket prices\n"
    "Crossword puzzles\nFerry timetables\nLetters from readers\nSmall advertisements\nChess corner\nCookery"
)


def test_the_links_of_pages_are_no_part_of_what_a_text_repeats(tmp_path):
    prose = Prose(5)
    pages = [f"{LINKS}\n\n{prose.sentences(8)}\n" for _ in range(4)]
    pages.append(f"{LINKS}\n\n{SPEECH.capitalize()}. {prose.sentences(4)}\n")
    pages.append(f"{LINKS}\n\n{SPEECH.capitalize()}. {prose.sentences(4)}\n")
    texts = [{"id": f"{row}", "text": page, "date": f"20{row:02}"} for row, page in enumerate(pages)]
    with reuse.scan(texts=texts, out=tmp_path / "pages.reuse") as run:
        rows = said(run)
        assert all(row["furniture_tokens"] >= 20 for row in rows)
        assert [row["recycled"] for row in rows[:5]] == [0] * 5
        assert rows[5]["recycled"] == pytest.approx(len(SPEECH.split()) / (rows[5]["tokens"] - 24), abs=0.02)
        text = [row["tokens"] - row["furniture_tokens"] for row in rows]
        assert Overview(run).shares[0] == pytest.approx(rows[5]["recycled"] * text[5] / sum(text))
    several = [{**text, "id": f"{text['id']}-{copy}"} for text in texts for copy in range(2)]
    with reuse.scan(texts=several, out=tmp_path / "copies.reuse") as run:
        assert [row["furniture_tokens"] for row in said(run)] == [row["furniture_tokens"] for row in rows for _ in "ab"]


@pytest.mark.parametrize("letters", ["abdegiklmnoprstuvz", "بتثجحدرزسشصطعفقكلمن"])
def test_shares_beside_links_stay_in_another_order_and_beside_an_unrelated_text(tmp_path, letters):
    prose = Prose(7, letters)
    links = "\n".join(" ".join(prose.words(3)) for _ in range(12))
    passage = prose.sentences(4)
    pages = {f"{row}": f"{links}\n\n{passage if row > 2 else ''} {prose.sentences(6)}\n" for row in range(5)}
    dated = [{"id": name, "text": text, "date": f"200{name}"} for name, text in pages.items()]
    undated = [{"id": name, "text": text} for name, text in pages.items()]
    zeros = {"id": "z", "text": "0 " * 10_000}
    found = {}
    for name, texts in {"dated": dated, "turned": dated[::-1], "beside": [*dated, zeros], "undated": undated}.items():
        with reuse.scan(texts=texts, out=tmp_path / f"{name}.reuse") as run:
            rows = {row["id"]: row for row in said(run)}
            found[name] = [[rows[one][kind] for kind in (*KINDS, "furniture_tokens")] for one in "01234"]
    assert found["turned"] == found["beside"] == found["dated"]
    recycled, shared = (np.array(found[name])[:, at] for name, at in (("dated", RECYCLED), ("undated", SHARED)))
    assert recycled.tolist() == [0, 0, 0, 0, pytest.approx(0.4, abs=0.02)]
    assert shared.tolist() == [0, 0, 0, *[pytest.approx(0.4, abs=0.02)] * 2]


@pytest.mark.parametrize("digest_first", [True, False])
def test_a_text_that_an_earlier_digest_draws_together_is_not_recycled_whole(tmp_path, digest_first):
    prose = Prose(3)
    origin = prose.words(1200)
    digest = [word for start in range(20, 1200, 220) for word in origin[start : start + 20]]
    host = [*prose.words(600), *digest, *prose.words(600)]
    dates = ("2001", "2002") if digest_first else ("2002", "2001")
    texts = [
        {"id": "host", "text": " ".join(host), "date": dates[0]},
        {"id": "origin", "text": " ".join(origin), "date": dates[1]},
        *({"id": f"{row}", "text": " ".join(prose.words(600))} for row in range(10)),
    ]
    for copies in (1, 2):
        several = [{**text, "id": f"{text['id']}-{copy}"} for text in texts for copy in range(copies)]
        with reuse.scan(texts=several, out=tmp_path / f"digest{copies}.reuse") as run:
            assert {row["found_by"] for row in run.table("matches", where="doc:host doc:origin").to_dicts()} == {
                "condensed"
            }
            for row in said(run):
                if row["id"].startswith("origin"):
                    assert row["recycled"] == pytest.approx(120 / 1200 if digest_first else 0, abs=0.02)
                    assert row["shared"] == pytest.approx(0 if copies == 1 else 1 - row["recycled"])
                if row["id"].startswith("host"):
                    assert row["recycled"] == pytest.approx(0 if digest_first else 120 / 1320, abs=0.02)
