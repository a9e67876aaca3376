"""Furniture: what is marked and what must never be, and that nothing unrelated moves it."""

from __future__ import annotations

import random

import pytest

import reuse
from benchmarks.corpora.webpages import CLOSING, OPENING
from reuse.options import FurnitureOptions, ScanOptions

LINKS = (
    "Harbour Weather\nMarkets Exchange\nObituaries\nCrossword Puzzle\nFerry Timetables\nLetters Page\n"
    "Classified Notices\nChess Column\nGarden Almanac\nRecipes Monthly\nParish Register\nSchool Boards"
)
OWNER = "© 2019 Northern Lantern Publishing, Kingsbridge Quay. All rights reserved. Write to desk@lantern.example"
HEAD = (
    "THE NORTHERN LANTERN WEEKLY GAZETTEER OF KINGSBRIDGE QUAY AND SURROUNDING PARISHES "
    "ILLUSTRATED SUPPLEMENT EVENING EDITION LOOSE SHEET"
)
SENTENCE = (
    "Whoever repairs the old lighthouse beyond Kingsbridge harbour shall receive forty silver crowns this winter, two "
    "barrels of herring and free passage aboard any ferry between those islands until midsummer returns."
)


def prose(seed: int, sentences: int = 12, stop: str = ".", letters: str = "bdfgklmnprstv") -> str:
    """Sentences of words that no other seed has."""
    source = random.Random(seed)

    def word() -> str:
        return "".join(source.choice(letters) + source.choice("aeiou") for _ in range(4))

    return " ".join(f"{' '.join([word().capitalize(), *(word() for _ in range(9))])}{stop}" for _ in range(sentences))


def kinds(texts: list[str], **options: object) -> list[str]:
    """What kind of furniture the matches are, in order of their bits."""
    with reuse.scan(texts=texts, options=ScanOptions(**options)) as run:
        return [row["furniture"] for row in run.table("matches", columns=["furniture"], order="bits")]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("{links}\n\n{prose}\n", id="above"),
        pytest.param("{prose}\n\n{links}\n", id="beneath"),
        pytest.param("{prose}\n\n{owner}\n", id="owner's sign"),
        pytest.param("{links}\r\n\r\n{prose}\r\n", id="carriage returns"),
    ],
)
def test_lines_outside_the_sentences_of_three_texts_are_furniture(page):
    texts = [page.format(links=LINKS, owner=OWNER, prose=prose(seed)) for seed in range(4)]
    assert set(kinds(texts)) == {"edges"}
    assert set(kinds(texts[:2])) == {"none"}, "two texts may have it from one another"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("{opening}\n\n{prose}", id="an address runs on into the speech"),
        pytest.param("{prose}\n\n{closing}", id="a blessing closes it"),
        pytest.param("{prose} {sentence} {prose}", id="a sentence within"),
        pytest.param("{sentence}\n\n{prose}", id="a lead"),
        pytest.param("{prose}\n\nHe said: {links}\n\n{prose}", id="a list between sentences"),
        pytest.param("{links}", id="a list is what such a text is"),
        pytest.param("{links}\n{links}\n{short}", id="mostly a list"),
    ],
)
def test_formulas_leads_lists_and_whatever_has_a_sentence_are_none(page):
    given = {"opening": OPENING, "closing": CLOSING, "sentence": SENTENCE, "links": LINKS}
    found = kinds([page.format(**given, prose=prose(seed), short=prose(seed, 1)) for seed in range(6)])
    assert found
    assert set(found) == {"none"}


def test_verse_without_a_full_stop_belongs_to_the_poem_that_has_one():
    verse = "Harbour lanterns burning dimly\nOver waters grey and winding\nFerrymen forever singing\nHomeward\n"
    verse += "Silver herring, copper kettle,\nWidows waiting, orphans weeping\nBells beneath abandoned steeples\n"
    found = kinds([f"{verse}{prose(seed, 1)}\n\n{prose(seed + 50)}" for seed in range(4)])
    assert found
    assert set(found) == {"none"}


def test_a_line_that_returns_throughout_a_text_is_a_running_head():
    book = "\n\n".join(f"{HEAD}\n\n{prose(seed, 14)}" for seed in range(6))
    assert set(kinds([book, prose(99)])) == {"running"}
    refrain = "\n\n".join(f"{HEAD}\n\n{prose(seed, 2)}" for seed in range(6))
    assert "running" not in kinds([refrain, prose(99)]), "a refrain comes again after a few lines"


def test_numbers_that_count_on_are_furniture_and_figures_are_not():
    counted = " ".join(map(str, range(1, 40)))
    source = random.Random(5)
    figures = " ".join(str(source.randrange(100, 99_999)) for _ in range(40))
    table = kinds([f"{prose(1)}\n\n{counted}\n\n{prose(2)}", f"{prose(3)}\n\n{counted}\n\n{prose(4)}"])
    assert table
    assert set(table) == {"numbers"}
    assert set(kinds([f"{prose(1)} {figures}. {prose(2)}", f"{prose(3)} {figures}. {prose(4)}"])) == {"none"}
    assert set(kinds([f"{prose(1)}\n\n{'0 ' * 10_000}", f"{prose(2)}\n\n{'0 ' * 10_000}"])) == {"numbers"}


def test_arabic():
    links = (
        "نشرة الطقس البحرية\nدليل المدارس\nبرنامج المسرح\nسجل المواليد\n"
        "أخبار الميناء\nأسعار السوق\nالوفيات اليومية\nالكلمات المتقاطعة\nمواعيد العبارات\nرسائل القراء\nإعلانات مبوبة"
    )
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهي"

    def arabic(seed: int) -> str:
        source = random.Random(seed)
        return " ".join("".join(source.choices(letters, k=6)) + ("؟" if place % 9 == 8 else "") for place in range(90))

    assert set(kinds([f"{links}\n\n{arabic(seed)}؟\n" for seed in range(4)])) == {"edges"}
    said = kinds([f"{links.replace(chr(10), ' ')}؟\n\n{arabic(seed)}؟\n" for seed in range(4)])
    assert said
    assert set(said) == {"none"}


def test_copies_of_a_text_are_one_text_that_has_it():
    pages = [f"{LINKS}\n\n{prose(seed)}\n" for seed in range(2)]
    assert set(kinds([*pages, *pages, *pages])) == {"none"}
    assert set(kinds([pages[0]] * 12)) == {"none"}, "all are copies"


@pytest.mark.parametrize("texts", [2, 3])
def test_what_is_unrelated_changes_nothing_nor_does_the_order(texts):
    pages = [f"{LINKS}\n\n{prose(seed)}\n\n{SENTENCE}" for seed in range(texts)]
    alone = {(row["text_a"], row["furniture"]) for row in rows(pages)}
    for more in ([prose(77)], [prose(seed) for seed in range(60, 90)]):
        assert {(row["text_a"], row["furniture"]) for row in rows([*pages, *more])} == alone
    assert {(row["text_a"], row["furniture"]) for row in rows(pages[::-1])} == alone


def rows(texts: list[str]) -> list[dict[str, object]]:
    with reuse.scan(texts=texts) as run:
        return [dict(row) for row in run.table("matches", columns=["text_a", "furniture"])]


def test_a_cluster_is_furniture_if_all_its_matches_are_and_what_the_reviewer_accepts_is_none():
    with reuse.scan(texts=[f"{LINKS}\n\n{prose(seed)}\n" for seed in range(3)]) as run:
        assert [row["furniture"] for row in run.table("clusters")] == ["edges"]
        (cluster,) = run.table("clusters", columns=["id"])
        assert len(run.table("matches", where="furniture:any")) == 3
        assert len(run.table("matches", where="furniture:none")) == 0
        run.notes.set_mark("cluster", cluster["id"], "accepted")
        assert len(run.table("matches", where="furniture:none")) == 3
        assert len(run.table("clusters", where="furniture:any")) == 0
        with pytest.raises(reuse.TextReuseError, match="furniture needs one of none, edges, running, numbers or any"):
            run.table("matches", where="furniture:yes")


def test_it_can_be_left_alone():
    texts = [f"{LINKS}\n\n{prose(seed)}\n" for seed in range(3)]
    assert set(kinds(texts, furniture=FurnitureOptions(enabled=False))) == {"none"}
