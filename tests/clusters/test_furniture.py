"""Furniture: what is marked and what must never be, and that nothing unrelated moves it."""

from __future__ import annotations

import random
from textwrap import wrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reuse
from benchmarks.corpora.webpages import CLOSING, INVOCATION, OPENING, REFRAIN, WISHES, WRITE
from reuse.align.paths import Paths
from reuse.clusters import furniture
from reuse.clusters.furniture import _agree_on, _counted, _counted_up, _values
from reuse.corpus.layout import layout_of
from reuse.corpus.tokenise import tokenise, words_of
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
RESERVED = (
    "Printed for Northern Lantern by Kingsbridge Quay Press. {owner}. Not for sale outside the islands. Ask the desk."
)
STOPPED = "The Kingsbridge Gazette. Registered as a newspaper. Morning edition for the islands. Not for sale elsewhere."
CONTENTS = "\n".join(f"{name}{'.' * 20} {page}" for page, name in enumerate(LINKS.splitlines(), 3))
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


def letters(seed: int) -> str:
    """A line without a sentence that no other seed has, longer than any formula."""
    return " ".join(sentence.rstrip(".") for sentence in prose(seed + 200, 4).upper().split(". "))


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
        pytest.param("{prose}\n\n{reserved}\n", id="all rights reserved"),
        pytest.param("{prose}\n\n{droits}\n", id="tous droits réservés"),
        pytest.param("{contents}\n\n{prose}\n", id="contents with dots to the page"),
        pytest.param("{links}\n\nPlease switch on scripts.\n\n{weather}\n\n{prose}\n", id="a notice among the links"),
        pytest.param("{links}\r\n\r\n{prose}\r\n", id="carriage returns"),
    ],
)
def test_lines_outside_the_sentences_of_three_texts_are_furniture(page):
    given = {"links": LINKS, "owner": OWNER, "contents": CONTENTS, "weather": "\n".join(LINKS.splitlines()[::-1])}
    given["reserved"] = RESERVED.format(owner="ALL RIGHTS RESERVED")
    given["droits"] = RESERVED.format(owner="Tous droits réservés")
    texts = [page.format(**given, prose=prose(seed)) for seed in range(4)]
    assert set(kinds(texts)) == {"edges"}
    assert set(kinds(texts[:2])) == {"none"}, "two texts may have it from one another"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("{opening}\n\n{prose}", id="an address runs on into the speech"),
        pytest.param("{prose}\n\n{closing}", id="a blessing closes it"),
        pytest.param("{prose}\n\n{wishes}", id="wishes close it"),
        pytest.param("{prose}\n\n{write}", id="what closes it has an address"),
        pytest.param("{invocation}\n\n{title} {seed}\n\n{prose}", id="an invocation stands above the title"),
        pytest.param("{prose}\n\n{words} {seed}\n\n{closing}", id="a blessing beyond a line without a sentence"),
        pytest.param("{prose} {sentence} {prose}", id="a sentence within"),
        pytest.param("{sentence}\n\n{prose}", id="a lead"),
        pytest.param("{prose}\n\nHe said: {links}\n\n{prose}", id="a list between sentences"),
        pytest.param("{links}", id="a list is what such a text is"),
        pytest.param("{links}\n{links}\n{short}", id="mostly a list"),
    ],
)
def test_formulas_leads_lists_and_whatever_has_a_sentence_are_none(page):
    given = {"opening": OPENING, "closing": CLOSING, "sentence": SENTENCE, "links": LINKS}
    given |= {"invocation": INVOCATION, "wishes": WISHES, "write": WRITE}
    own = [
        {
            "prose": prose(seed),
            "short": prose(seed, 1),
            "title": letters(seed),
            "words": letters(seed + 50),
            "seed": seed,
        }
        for seed in range(6)
    ]
    found = kinds([page.format(**given, **one) for one in own])
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


def broken(seed: int, line: str, before: str = "", behind: str = "") -> str:
    """A sentence with a line between its halves."""
    said = prose(seed, 14)
    at = said.index(" ", len(said) // 2 + 40)
    while said[at - 1] == "." or not said[at + 1].islower():
        at = said.index(" ", at + 1)
    return f"{said[:at]}{before}\n\n{line}\n\n{behind}{said[at + 1 :]}"


def test_a_running_head_with_full_stops_is_told_by_the_sentences_that_it_interrupts():
    assert set(kinds(["\n\n".join(broken(seed, STOPPED) for seed in range(6)), prose(99)])) == {"running"}
    numbered = "\n\n".join(broken(seed, f"Sheet {seed + 3}. {STOPPED}") for seed in range(6))
    assert set(kinds([numbered, prose(99)])) == {"running"}
    some = "\n\n".join(broken(seed, STOPPED) if seed % 2 else f"{STOPPED}\n\n{prose(seed, 14)}" for seed in range(6))
    assert set(kinds([some, prose(99)])) == {"running"}, "pages end with sentences as well"


def test_a_refrain_with_full_stops_is_none():
    between = [f"{REFRAIN}\n\n{prose(seed, 14)}" for seed in range(6)]
    litany = [broken(seed, REFRAIN, before=",") for seed in range(10, 16)]
    new_sentence = [broken(seed, REFRAIN, behind="He said that ") for seed in range(20, 26)]
    stop_lost = [broken(30, REFRAIN), *(f"{REFRAIN}\n\n{prose(seed, 14)}" for seed in range(31, 38))]
    verse = [broken(seed, REFRAIN.lower()) for seed in range(40, 46)]
    found = kinds(["\n\n".join(said) for said in (between, litany, new_sentence, stop_lost, verse)])
    assert len(found) > 5
    assert set(found) == {"none"}


def test_numbers_behind_one_word_count_on():
    tables = "\n".join(f"Table {row}" for row in range(1, 14))
    assert set(kinds([f"{prose(seed)}\n\n{tables}\n\n{prose(seed + 9)}" for seed in range(2)])) == {"numbers"}
    mixed = "\n".join(f"Table {row * 37 % 101}" for row in range(1, 14))
    assert set(kinds([f"{prose(seed)}\n\n{mixed}\n\n{prose(seed + 9)}" for seed in range(2)])) == {"none"}


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


def test_of_a_text_that_closes_no_sentence_only_what_is_counted_up_is_told():
    # Thai, and whatever else is written without a sign at the end of a sentence: an article of law is no running head.
    articles = [letters(seed).lower() for seed in range(6)]
    own = ["\n\n".join(prose(90 + text, 8, stop="").lower() for _ in range(2)) for text in range(3)]
    texts = [f"{first}\n\n" + "\n\n".join(article for _ in range(4) for article in articles) for first in own]
    assert set(kinds(texts)) == {"none"}
    page = "\n\n".join(part for number in range(4) for part in (prose(70 + number), HEAD))
    assert "running" in kinds([page, prose(80)])


def formulas(texts: list[str]) -> dict[str, str]:
    """What kind of furniture each formula is, by its text."""
    with reuse.scan(texts=texts) as run:
        return {row["text"]: row["furniture"] for row in run.table("formulas", columns=["text", "furniture"])}


def scraped(seed: int) -> str:
    """A page as programs take it from the web: one line after the other, and more links than text."""
    own = letters(seed).split()
    links = LINKS.replace("\n", f"\n{' '.join(own[:4])}\n", 3)
    text = prose(seed, 4).replace(". ", ".\n")
    lines = [" ".join(own[4:9]), "Skip to content", LINKS, text, "A clerk of the harbour wrote this.", "Share", links]
    return "\n".join([*lines, "Newest first", ""])


def test_links_without_an_empty_line_around_them_are_no_part_of_the_sentences_beside_them():
    texts = [scraped(seed) for seed in range(5)]
    assert set(kinds(texts)) == {"edges"}


def test_a_list_with_an_introduction_is_none():
    rows = "\n".join(f"{name}, {number}" for number, name in enumerate(LINKS.splitlines() * 4))
    texts = [f"{letters(seed)}\n\n{prose(seed, 2)}\n\n{rows}\n" for seed in range(4)]
    assert set(kinds(texts)) == {"none"}


def test_formulas_of_the_links_are_furniture_and_those_of_sentences_are_none():
    said = "the keepers of the old lighthouse beyond the harbour"
    texts = [f"{LINKS}\n\n{prose(seed)} We saw {said} again. {prose(seed + 50)}\n" for seed in range(4)]
    found = formulas(texts)
    links = {text: kind for text, kind in found.items() if "Chess" in text or "Weather" in text}
    assert set(links.values()) == {"edges"}
    assert [kind for text, kind in found.items() if "lighthouse" in text] == ["none"]


def test_a_formula_that_stands_in_sentences_as_often_is_none():
    title = "Charter of the Free Harbour Towns"
    texts = [f"{title}\n{LINKS}\n\n{prose(seed)} This is the {title} now. {prose(seed + 50)}\n" for seed in range(4)]
    found = {text: kind for text, kind in formulas(texts).items() if "Free Harbour Towns" in text}
    assert {kind for text, kind in found.items() if "Weather" not in text} == {"none"}


def test_what_is_unrelated_and_the_order_change_no_formula_and_copies_are_one_text():
    texts = [f"{LINKS}\n\n{prose(seed)}\n" for seed in range(3)]
    found = formulas(texts)
    assert set(found.values()) == {"edges"}
    assert formulas([*texts[::-1], prose(99)]) == formulas([prose(99), *texts]) == found
    assert set(formulas([texts[0]] * 4 + [texts[1]]).values()) <= {"none"}


def test_formulas_of_links_in_arabic_and_of_numbers_that_count_on():
    links = (
        "نشرة الطقس البحرية\nدليل المدارس\nبرنامج المسرح\nسجل المواليد\nأخبار الميناء\nأسعار السوق\nالوفيات اليومية\n"
        "الكلمات المتقاطعة\nمواعيد العبارات\nرسائل القراء\nإعلانات مبوبة\nركن الشطرنج"
    )
    texts = [f"{links}\n\n{prose(seed, letters='بتثجحدرزسشصطعفقكلمن')}\n" for seed in range(3)]
    assert set(formulas(texts).values()) == {"edges"}
    zeros = [f"{'0 ' * 400}{prose(seed)}\n" for seed in range(3)]
    assert {kind for text, kind in formulas(zeros).items() if set(text.split()) == {"0"}} <= {"numbers"}


COUNTED = st.lists(st.sampled_from(["Table", "row", "1", "2", "3", "4", "6", "8", "a", "b"]), max_size=25)


@given(st.lists(COUNTED.map(" ".join), min_size=1, max_size=4), st.data(), st.integers(1, 30))
def test_what_is_counted_up_in_a_span_is_told_by_what_stands_around_it(texts, data, at_once):
    tokens = tokenise((text, None) for text in texts)
    spans = [
        (document, low + start, low + start + size)
        for document, (low, high) in enumerate(
            zip(tokens.bounds[:-1].tolist(), tokens.bounds[1:].tolist(), strict=True)
        )
        for start, size in data.draw(st.lists(st.tuples(st.integers(0, 24), st.integers(1, 9)), max_size=4))
        if low + start + size <= high
    ]
    document, start, end = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    values = _values(tokens.vocabulary.words)
    counted = _counted(tokens.ids, tokens.bounds, values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(furniture, "_AT_ONCE", at_once)
        found = _counted_up(tokens, document, start, end, values)
    assert found.tolist() == [counted[low:high].mean() for _, low, high in spans]


ITEMS = (
    "{0} Signals of the lamp and its mirror\n{0} Harbour dues that you have paid here\n"
    "{0} Names of ferries that you took\n"
)


@pytest.mark.parametrize("sign", ["*", "-", "•"])
def test_a_list_that_a_text_comes_back_to_is_text(sign: str) -> None:
    policy = "\n\n".join(f"{prose(seed, 14)}\n\n{ITEMS.format(sign)}" for seed in range(6))
    found = kinds([policy, prose(99)])
    assert found
    assert set(found) == {"none"}
    assert set(kinds([prose(98), policy])) == {"none"}, "nor does the order tell"


def test_many_lines_together_are_a_list_and_no_running_head() -> None:
    rows = "\n".join(f"{letters(seed)[:40]} {number}" for number, seed in enumerate(range(300, 315)))
    table = "\n\n".join(f"{prose(seed, 14)}\n\n{rows}" for seed in range(6))
    assert "running" not in kinds([table, prose(99)])


def test_a_head_between_signs_is_no_item() -> None:
    for head in (f"* {HEAD} *", f"– {HEAD} –"):
        book = "\n\n".join(f"{head}\n\n{prose(seed, 14)}" for seed in range(6))
        assert set(kinds([book, prose(99)])) == {"running"}, head


@pytest.mark.parametrize(
    "said", ["<p><b>{}</b></p>", "See [all that {}](https://example.org/a).", "<b>[{}](#top)</b>."]
)
def test_markup_hides_no_full_stop(said: str) -> None:
    line = (
        "you may read of the lamp, its mirror, ferries that were late in winter, all dues beyond our islands and birds"
    )
    text = said.format(f"{line}." if said.startswith("<p") else line)
    page = "\n\n".join(f"{prose(seed, 14)}\n\n{text}" for seed in range(6))
    found = kinds([page, prose(99)])
    assert found
    assert set(found) == {"none"}


def column(seed: int, letters: str) -> str:
    """Long sentences in a column of a newspaper, several lines of which are one, as scanners leave them."""
    sentences = ". ".join(prose(seed + number, 6, stop="", letters=letters).lower() for number in range(0, 900, 300))
    lines = wrap(f"{sentences}. {prose(299, 4, stop='', letters=letters).lower()}. {sentences}.", 40)
    return "\n".join([*lines[:9], " ".join(lines[9:12]), *lines[12:]])


@pytest.mark.parametrize("letters", ["bdfgklmnprstv", "בגדהזחטכלמנ"])
def test_where_lines_of_a_column_are_one_the_others_do_not_stop_short(letters: str) -> None:
    found = kinds([f"{column(seed, letters)}\n\n{prose(seed + 50, 60)}" for seed in range(4)])
    assert found
    assert set(found) == {"none"}


def test_pages_that_agree_in_their_links_only_are_furniture_whatever_lies_between_those():
    paths = Paths(
        np.array([0, 2, 4, 5]),
        np.array([0, 50, 0, 50, 0]),
        np.array([200, 950, 200, 250, 200]),
        np.array([50, 50, 50, 50, 100]),
    )
    stretches = np.array([(0, 100), (195, 260), (940, 1000)])
    assert _agree_on(stretches, paths, 0.9).tolist() == [True, False, False]
    assert not _agree_on(stretches[:0], paths, 0.9).any()


@given(st.lists(st.booleans(), max_size=12))
def test_stretches_are_those_of_one_look_at_all(marked):
    column = np.array(marked, dtype=bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(furniture, "_AT_ONCE", 3)
        found = furniture._stretches(column)
    inside = np.zeros(len(column), dtype=bool)
    for start, end in found.tolist():
        assert end > start
        assert not inside[max(start - 1, 0) : end].any()  # no two of them touch
        inside[start:end] = True
    assert inside.tolist() == marked


def prose_of(text: str) -> list[bool]:
    """Whether each word of a text stands in a sentence."""
    tokens = tokenise([(text, None)])
    numeric = np.array([word.isdecimal() for word in tokens.vocabulary.words])
    return layout_of(tokens, np.array([0]), lambda _: text, numeric).prose.tolist()


@pytest.mark.parametrize("end", ["on July 2-6", "in 1998", "from 3 to 5", "on page 9"])
def test_a_sentence_may_end_in_a_number(end: str) -> None:
    assert all(prose_of(f"The workshop of the officials was held at the house of culture {end}.\n\n{prose(1)}"))


@pytest.mark.parametrize("line", ["Chapter 3.", "No. 27.", "12.", "Muranowska (Breite Mila) No 24."])
def test_a_number_alone_is_no_sentence(line: str) -> None:
    assert not any(prose_of(f"{line}\n\n{prose(1)}")[: len(words_of(line))])


def test_a_paragraph_that_is_broken_at_the_end_of_a_page_is_a_part_of_its_sentence() -> None:
    first = prose(1, 3, stop="").lower()
    assert all(prose_of(f"{first}\n\n{prose(2).lower()}"))
    links = "home\n\nferry timetables\n\nchess column\n\n"
    assert not any(prose_of(f"{links}{prose(2).lower()}")[:5]), "a short line is none, whatever follows"
    assert not any(prose_of(f"{first}\n\n{prose(2)}")[:30]), "nor one behind which something begins"
