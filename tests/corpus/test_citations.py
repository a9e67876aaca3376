"""Pages, lines and elements of a text: `p. 12, l. 3`."""

from __future__ import annotations

import numpy as np
import pytest

from reuse.corpus.places import NO_PLACES, Place, Places, cite

VERSE = "Arma virumque\r\ncano\rTroiae\n\nqui primus"


@pytest.mark.parametrize(
    ("word", "place"), [("Arma", "l. 1"), ("que\r", "l. 1"), ("cano", "l. 2"), ("Troiae", "l. 3"), ("primus", "l. 5")]
)
def test_lines_are_those_of_editors(word, place):
    assert str(Places.of_plain(VERSE).at(VERSE.index(word))) == place


def test_form_feeds_begin_pages_and_lines_anew():
    text = "one\ntwo\n\fthree\nfour\ffive"
    places = Places.of_plain(text)
    found = {word: str(places.at(text.index(word))) for word in ("one", "two", "three", "four", "five")}
    assert found == {
        "one": "p. 1, l. 1",
        "two": "p. 1, l. 2",
        "three": "p. 2, l. 1",
        "four": "p. 2, l. 2",
        "five": "p. 3, l. 1",
    }


@pytest.mark.parametrize(
    "text", ["", "one line", "x" * 1000, "one line\n", "one line\r\n", "one line\r", "one page\f", "\n"]
)
def test_a_text_of_one_line_has_no_places(text):
    assert not Places.of_plain(text)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\f", "\n\f"])
def test_what_ends_a_text_begins_no_line(end):
    places = Places.of_plain(f"one\ntwo{end}")
    assert (list(places.starts), list(map(str, places))) == ([0, 4], ["l. 1", "l. 2"])


def test_nothing_is_known_before_the_first_place():
    places = Places.of([(5, Place("1"))])
    assert (places.at(4), places.at(5)) == (Place(), Place("1"))
    assert NO_PLACES.at(0) == Place()
    assert NO_PLACES.cited(np.array([0]), np.array([3])) == [""]


@pytest.mark.parametrize(
    ("first", "last", "cited"),
    [
        (Place("12", "3"), Place("12", "3"), "p. 12, l. 3"),
        (Place("12", "3"), Place("12", "8"), "p. 12, l. 3–8"),
        (Place("12", "40"), Place("13", "2"), "p. 12, l. 40 – p. 13, l. 2"),
        (Place("xii"), Place("xiv"), "p. xii–xiv"),
        (Place(line="214"), Place(line="220"), "l. 214–220"),
        (Place("3", "", "#p1"), Place("3", "", "#p4"), "p. 3, #p1 – p. 3, #p4"),
        (Place("3", "", "ch. 1"), Place("4", "", "ch. 1"), "p. 3–4, ch. 1"),
        (Place(), Place("2"), "p. 2"),
        (Place("2"), Place(), "p. 2"),
        (Place(), Place(), ""),
    ],
)
def test_citations(first, last, cited):
    assert cite(first, last) == cited


def test_a_passage_ends_with_its_last_code_point():
    places = Places.of([(0, Place("1")), (10, Place("2"))])
    assert places.cited(np.array([2, 2, 9]), np.array([10, 11, 10])) == ["p. 1", "p. 1–2", "p. 1"]


def test_pages_of_open_iti_are_those_of_the_book():
    text = "######OpenITI#\n#META#Header#End#\n# one\n~~two PageV01P012 three\n# PageV01P013 four"
    places = Places.of_plain(text)
    assert [str(places.at(text.index(word))) for word in ("one", "two", "three", "four")] == [
        "p. 12",
        "p. 12",
        "p. 13",
        "",
    ]
    more = Places.of_plain(text + " PageV02P001")
    assert str(more.at(text.index("one"))) == "p. 1:12"
    assert str(more.at(text.index("four"))) == "p. 2:1"
