"""Versions of one story, chained by date, names and numbers first in what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import reuse
from reuse.analysis.versions import version_table

FIRST = (
    "A fire in the old harbour of Lisbon killed twelve people on Monday, the mayor said. Firemen from four towns "
    "fought the blaze through the night while families waited behind a fence. The cause is not known."
)
SECOND = FIRST.replace("twelve", "nineteen").replace("the blaze", "a blaze")
THIRD = SECOND.replace("the mayor", "Minister Pereira").replace("fence", "wall")
OTHER = "Nothing of all this concerns a gardener who grows tulips beside his cottage in the hills of another country."
STORY = {"third": (THIRD, "2021-05-05"), "first": (FIRST, "2021-05-03"), "second": (SECOND, "2021-05-04")}

Told = list[dict[str, object]]
Versions = Callable[[Mapping[str, tuple[str, str | None]]], Told]


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """The table of some texts with dates."""

    def table(texts: Mapping[str, tuple[str, str | None]]) -> Told:
        rows = [{"id": name, "text": text, **({"date": date} if date else {})} for name, (text, date) in texts.items()]
        with reuse.scan(texts=rows, out=tmp_path / f"{len(list(tmp_path.iterdir()))}.reuse", progress=False) as run:
            return list(run.table("versions").to_dicts())

    return table


def changes_of(row: Mapping[str, object]) -> list[tuple[str, str, str]]:
    told = json.loads(str(row["changed"])) if isinstance(row["changed"], str) else row["changed"]
    return [(one["about"], one["before"], one["after"]) for one in told]


def test_each_version_is_set_against_the_one_before_and_numbers_come_before_articles(versions: Versions) -> None:
    first, second, third = versions({**STORY, "other": (OTHER, "2020")})
    assert [row["document"] for row in (first, second, third)] == ["first", "second", "third"]
    assert {row["story"] for row in (first, second, third)} == {"first"}
    assert [row["version"] for row in (first, second, third)] == [1, 2, 3]
    assert [row["previous"] for row in (first, second, third)] == [None, "first", "second"]
    assert first["changes"] is None
    assert changes_of(second) == [("number", "twelve", "nineteen"), ("words", "the", "a")]
    assert ("words", "fence", "wall") in changes_of(third)
    assert second["shared"] == len(FIRST.split()) - 2


def test_the_order_of_documents_and_an_unrelated_one_change_nothing(versions: Versions) -> None:
    told = versions(STORY)
    assert versions(dict(reversed(STORY.items()))) == told
    assert versions({"aaa": (OTHER, "1990"), **STORY}) == told


def test_the_names_of_documents_do_not_turn_a_change_round(versions: Versions) -> None:
    first, second = versions({"a": (SECOND, "2021-05-04"), "b": (FIRST, "2021-05-03")})
    assert (first["document"], second["previous"]) == ("b", "b")
    assert changes_of(second)[0] == ("number", "twelve", "nineteen")


def test_the_story_of_one_document_can_be_had_alone(tmp_path: Path) -> None:
    other = [OTHER, OTHER.replace("tulips", "roses")]
    rows = [{"id": name, "text": text, "date": date} for name, (text, date) in STORY.items()]
    rows += [{"id": f"tulip{at}", "text": text, "date": f"200{at}"} for at, text in enumerate(other)]
    with reuse.scan(texts=rows, out=tmp_path / "two.reuse", progress=False) as run:
        whole = version_table(run)
        assert whole["document"] == ["tulip0", "tulip1", "first", "second", "third"]
        assert version_table(run, ["tulip1"]) == {name: cells[:2] for name, cells in whole.items()}
        assert version_table(run, ["nobody"])["document"] == []
        assert any(whole["changes"])
        first = version_table(run, told=1)
        assert set(filter(None, first["changes"])) == set()
        assert first["previous"] == whole["previous"]


def test_without_dates_no_version_is_set_against_another(versions: Versions) -> None:
    told = versions({name: (text, None) for name, (text, _) in STORY.items()})
    assert [row["document"] for row in told] == ["first", "second", "third"]
    assert {row["previous"] for row in told} == {None}
    assert {row["changes"] for row in told} == {None}


def test_an_undated_one_comes_last_and_the_others_keep_their_chain(versions: Versions) -> None:
    told = versions({**STORY, "again": (SECOND, None)})
    assert [(row["document"], row["previous"]) for row in told] == [
        ("first", None),
        ("second", "first"),
        ("third", "second"),
        ("again", None),
    ]


def test_copies_of_later_days_are_versions_in_which_nothing_changed(versions: Versions) -> None:
    told = versions({f"day{day}": (FIRST, f"2021-05-0{day}") for day in range(1, 6)})
    assert [row["changes"] for row in told] == [None, 0, 0, 0, 0]
    assert [row["previous"] for row in told] == [None, "day1", "day2", "day3", "day4"]


FORM = (
    "The port office of {0} announces that the ferry {1} leaves for {2} at {3} on the usual quay. Passengers are asked "
    "to be on board half an hour before; animals and bicycles go with the luggage. The fare is {4} crowns. Master {5} "
    "is in command, and his orders are to be obeyed by all. Letters are taken in until the bell has rung twice."
)


def filled(number: int) -> str:
    return FORM.format(*(f"{name}{number}" for name in ("Ostervik", "Anna", "Karsholm", "h", "", "Bolt")))


def test_a_form_that_is_filled_in_anew_is_no_version_and_its_correction_is(versions: Versions) -> None:
    forms = {f"f{number:02}": (filled(number), f"2021-03-{number + 1:02}") for number in range(28)}
    told = versions({**forms, "again": (filled(9).replace("usual", "northern"), "2021-04-01"), **STORY})
    assert [(row["document"], row["previous"]) for row in told] == [
        ("f09", None),
        ("again", "f09"),
        ("first", None),
        ("second", "first"),
        ("third", "second"),
    ]


def test_who_shares_a_sentence_only_is_no_version_and_a_corpus_without_matches_has_none(versions: Versions) -> None:
    sentence = FIRST.split(". ", maxsplit=1)[0]
    longer = f"{sentence}. {OTHER} " + " ".join(f"word{at}" for at in range(40))
    assert versions({"first": (FIRST, "2021"), "longer": (longer, "2022")}) == []
    assert versions({"other": (OTHER, "2021")}) == []
