"""The corpus of stories that are told again, and what is made of the versions that are named."""

from __future__ import annotations

import itertools

from benchmarks.corpora.retold import Told, retold
from benchmarks.evidence.stories import scored


def test_versions_are_made_from_earlier_ones_of_their_story() -> None:
    told = retold(3, fillings=(4,))
    of_name = {one.name: one for one in told}
    assert len(of_name) == len(told)
    assert {one.kind for one in told} == {"story", "form"}
    for one in told:
        before = of_name.get(one.previous)
        assert before is None or (before.story == one.story and before.date < one.date and before.text != one.text)
    stories = [{one.story for one in told if one.kind == kind} for kind in ("story", "form")]
    assert not set.intersection(*stories)
    assert retold(3, fillings=(4,)) == told


def test_a_version_of_another_story_is_wrong_and_one_that_is_not_named_is_missed() -> None:
    told = [
        Told(f"{story}{at}", "", "", story, f"{story}{at - 1}" * (at > 0), "story")
        for story in (1, 2)
        for at in range(3)
    ]
    named = {"11": "10", "12": "10", "21": "10"}
    figures = {figure.name: figure.note for figure in scored(told, named)}
    assert figures["versions that are set against one of their own story"] == "2 of 3"
    assert figures["stories: versions that are found"] == "2 of 4"
    assert figures["stories: versions set against the one that they were made from"] == "1 of 4"
    assert [one.previous for one in itertools.islice(told, 3)] == ["", "10", "11"]
