"""Who is linked with whom: every two documents that have one text, whatever matches stand for it."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

import reuse
from reuse.analysis import links as links_module
from reuse.analysis.links import links
from reuse.options import ScanOptions
from reuse.report.digest import ONE_SCREEN, digest
from reuse.report.overview import Overview

SHARED = (
    "Whoever repairs the old lighthouse beyond Kingsbridge harbour shall receive forty silver crowns this winter, two "
    "barrels of herring and free passage aboard any ferry between those islands until midsummer returns"
)


def story(number: int, shared: str = SHARED) -> str:
    source = random.Random(number)

    def prose() -> str:
        return " ".join("".join(source.choices("bdfgklmnprstvaeiou", k=9)) for _ in range(40))

    return f"{prose()}. {shared}. {prose()}."


def pairs(texts: dict[str, str], **options: object) -> set[tuple[str, str]]:
    with reuse.scan(texts=texts, options=ScanOptions(**options)) as run:
        found, names = links(run), run.document_ids
        assert (found.words > 0).all()
        ends = zip(found.later.tolist(), found.earlier.tolist(), strict=True)
        linked = [tuple(sorted((names[later], names[earlier]))) for later, earlier in ends]
        assert len(set(linked)) == len(linked)
        return set(linked)


@pytest.mark.parametrize("count", [2, 5, 40])
def test_every_two_documents_that_have_a_passage_are_linked(count):
    """Of forty only some are matched: text that crowds is linked with representatives."""
    texts = {f"{number:02}": story(number) for number in range(count)}
    assert pairs(texts) == set(combinations(sorted(texts), 2))


def test_copies_are_one_document_however_many_there_are():
    one, two, three = story(1), story(2), story(3)
    copied = {f"a{number}": one for number in range(9)} | {f"b{number}": two for number in range(9)} | {"c": three}
    assert pairs(copied) == {("a0", "b0"), ("a0", "c"), ("b0", "c")}
    assert pairs({f"a{number}": one for number in range(9)}) == set()
    assert len(pairs({"a0": one, "a1": one, "b": two}, copies="count")) == 3


def test_near_copies_are_linked_as_their_first_document_is():
    long = " ".join(story(number, "") for number in range(50, 62))
    texts = {"a": f"{long} {SHARED}.", "b": f"{long}", "c": story(3)}
    with reuse.scan(texts=texts) as run:
        assert [row["copies"] for row in run.table("documents")] == [2, 2, 1]
    assert pairs(texts) == {("a", "c")}
    assert pairs({"a": texts["b"], "b": texts["a"], "c": texts["c"]}) == {("a", "c")}, "though a has it not"


def test_words_are_those_that_the_other_has():
    with reuse.scan(texts={f"{number:02}": story(number) for number in range(40)}) as run:
        assert set(links(run).words.tolist()) == {len(SHARED.split())}
        assert len(links(run, run.ids("matches", limit=1))) == 40 * 39 // 2, "of the cluster of one match all count"
        assert len(links(run, run.ids("matches", limit=0))) == 0


def test_what_one_document_says_again_and_again_the_other_has_once():
    often = f"{story(1)} {' '.join(story(number, '') + SHARED + '.' for number in range(60, 64))}"
    texts = [{"id": "often", "text": often, "date": "2002"}, {"id": "once", "text": story(2), "date": "2001"}]
    with reuse.scan(texts=texts) as run:
        (found,) = links(run).words.tolist()
    assert found == len(SHARED.split())


def test_of_very_many_that_have_one_text_not_each_is_paired_with_each_and_that_is_said(monkeypatch):
    monkeypatch.setattr(links_module, "MOST_PAIRS", 40 * 40 - 1)
    with reuse.scan(texts={f"{number:02}": story(number) for number in range(40)}) as run:
        overview = Overview(run)
        assert 39 <= overview.linked < 40 * 39 // 2
        assert not overview.all_linked
        said = "\n".join(line.text for line in digest(overview, 80, ONE_SCREEN))
        assert f"5 of at least {overview.linked} linked pairs of documents" in said


def test_documents_that_were_not_compared_are_not_linked(tmp_path):
    texts = [{"id": f"{number:02}", "text": story(number), "side": "ab"[number % 2]} for number in range(12)]
    with reuse.scan(texts=texts, across="side", out=tmp_path / "x.reuse") as run:
        assert Overview(run).linked == 36


def test_links_of_pages_are_nothing_that_documents_have_in_common():
    menu = (
        "Weather for sailors\nSchools and libraries\nTheatre tonight\nBirths and deaths\nHarbour news\nMarket prices\n"
        "Crossword puzzles\nFerry timetables\nLetters from readers\nSmall advertisements\nChess corner\nCookery"
    )
    texts = {f"{number}": f"{menu}\n\n{story(number + 50, '')} {story(number)}\n" for number in range(4)}
    texts |= {f"{number}": f"{menu}\n\n{story(number, '')}\n" for number in range(4, 7)}
    with reuse.scan(texts=texts) as run:
        found = links(run)
        names = {
            tuple(sorted((run.document_ids[a], run.document_ids[b])))
            for a, b in zip(found.later, found.earlier, strict=True)
        }
        assert names == set(combinations("0123", 2))
        assert set(found.words.tolist()) == {len(SHARED.split())}
        with_menu = links(run, furniture=True)
        assert len(with_menu) == 7 * 6 // 2
        assert with_menu.words.max() > len(menu.split())
