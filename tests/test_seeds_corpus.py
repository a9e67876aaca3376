"""The five sample reports: what a reader knows that they share, and a gold standard of all that is found in them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import reuse
from reuse.analysis.contrast import pair_table
from reuse.corpus.tokenise import words_of
from reuse.report.concordance import concordance
from reuse.run.run import Run
from reuse.why import why
from tests.seeds_gold import GOLD, SEEDS, sums_by_pair

# Report by its number, and a pattern of the words there: both sides of one passage.
KNOWN = {
    "dignity and prestige": (
        (1, r"demonstrating to the world the dignity and prestige of the great WPK .* and energetic leadership"),
        (3, r"demonstrating to the world the dignity and prestige of the great Kim.* and energetic leadership"),
    ),
    "bonds of kinship, viable and vibrant": (
        (1, r"healthy and viable ones closely knitted in the bonds of kinship"),
        (4, r"healthy and vibrant ones closely knitted in the bonds of kinship"),
    ),
    "bonds of kinship, viable twice": (
        (0, r"healthy and viable ones closely knitted in the bonds of kinship"),
        (1, r"healthy and viable ones closely knitted in the bonds of kinship"),
    ),
    "profound and ardent reverence": (
        (1, r"full of profound reverence for and trust in"),
        (3, r"full of ardent reverence for and trust in"),
    ),
    "titles in two forms, one broken by a page end": (
        (0, r"Jo Yong Won, Presidium member of the Political\s+Bureau and secretary for Organizational Affairs"),
        (1, r"Jo Yong Won, member of the Presidium of the Political Bureau and secretary for Organizational Affairs"),
    ),
}


SHORT = {
    "as required by the developing reality": (1, 2, 4),
    "thunderous cheers of": (0, 1),
}
"""Phrases of a few words, which chance might bring as well, and reports that have them."""


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    return reuse.scan(SEEDS, tmp_path_factory.mktemp("seeds") / "seeds.reuse")


@pytest.fixture(scope="module")
def matches(run) -> list[dict[str, Any]]:
    return list(run.matches.to_dicts())


def span_of(run: Run, report: int, pattern: str) -> tuple[str, int, int]:
    """Where a pattern stands in a report, found by searching its text."""
    name = run.document_ids[report]
    found = re.search(pattern, run.text(name))
    assert found, (name, pattern)
    return name, *found.span()


def covers(match: dict[str, Any], a: tuple[str, int, int], b: tuple[str, int, int], share: float = 1.0) -> bool:
    """Whether each side of a match holds this share of each passage."""
    return all(
        match[side] == name
        and min(match[f"{side}_end"], end) - max(match[f"{side}_start"], start) >= share * (end - start)
        for side, (name, start, end) in (("a", a), ("b", b))
    )


@pytest.mark.parametrize("passage", KNOWN)
def test_a_known_passage_is_one_match(run, matches, passage):
    a, b = (span_of(run, *side) for side in KNOWN[passage])
    whole = [match for match in matches if covers(match, a, b, 0.9)]
    assert len(whole) == 1
    pieces = [match for match in matches if covers(match, a, b, 0.05)]
    assert pieces == whole


@pytest.mark.parametrize("phrase", SHORT)
def test_what_is_too_short_for_a_match_is_a_formula_with_all_its_places(run, phrase):
    for number, formula in enumerate(run.formulas):
        if phrase in formula["text"].casefold():
            places = run.tokens.document_of(run.formula_occurrences(number)).tolist()
            if set(SHORT[phrase]) <= set(places):
                return
    pytest.fail(f"no formula holds {phrase!r} with places in reports {SHORT[phrase]}")


def test_titles_rank_below_what_is_said(run, matches):
    said = next(m for m in matches if covers(m, *(span_of(run, *side) for side in KNOWN["dignity and prestige"])))
    titles = re.compile(r"\W*Jo Yong Won, (?:Presidium )?member of the P[\s\w]*")
    of_titles = [
        match
        for match in matches
        if all(
            (found := titles.search(match[f"text_{side}"])) and len(found.group()) > 0.6 * len(match[f"text_{side}"])
            for side in "ab"
        )
    ]
    assert of_titles
    assert max(match["bits"] for match in of_titles) < said["bits"]
    # The sentence alone, without what stands around it, says more than the titles alone.
    alone = [
        why(run, *(span_of(run, *side) for side in KNOWN[name])).match
        for name in ("dignity and prestige", "titles in two forms, one broken by a page end")
    ]
    assert alone[0].bits[0] > 2 * alone[1].bits[0] > 0


def test_matches_cut_their_texts_out_of_the_files(run, matches):
    assert len(matches) > 100
    originals = {name: (SEEDS / name).read_bytes().decode("utf-8-sig") for name in run.document_ids}
    for match in matches:
        for side in "ab":
            cut = originals[match[side]][match[f"{side}_start"] : match[f"{side}_end"]]
            assert cut == match[f"text_{side}"] == cut.strip()


def test_passages_and_occurrences_cut_their_texts_out_of_the_files(run):
    originals = {name: (SEEDS / name).read_bytes().decode("utf-8-sig") for name in run.document_ids}
    found = concordance(run, "Party committees")
    assert len(found) > 50
    for row in found:
        text = originals[row["doc"]]
        assert text[row["start"] : row["end"]].split() == row["keyword"].split()
        assert words_of(row["keyword"]) == ["party", "committees"]
        assert row["left"].rstrip().endswith(text[: row["start"]].split()[-1])
    tokens = run.tokens
    for number, formula in enumerate(run.formulas):
        starts = run.formula_occurrences(number)
        names = {run.document_ids[document] for document in tokens.document_of(starts).tolist()}
        assert names == set(formula["documents"])
        assert len(starts) == formula["tf"]
        if number % 20:
            continue
        for start in starts[:3].tolist():
            name = run.document_ids[int(tokens.document_of(start))]
            end = start + formula["tokens"] - 1
            passage = originals[name][tokens.starts[start] : tokens.ends[end]]
            assert " ".join(words_of(passage)).replace("-", "") == formula["text"].replace("-", "").casefold()
    for row in run.clusters:
        assert any(row["text"] in text for text in originals.values())


def test_no_known_sum_moved(run):
    found = sums_by_pair(run)
    assert found == json.loads(GOLD.read_text("utf-8")), "meant? then: python -m tests.seeds_gold"


def fillers_of(run, pattern: str) -> list[dict[str, int]]:
    """What fills each slot of a frame, with how often."""
    table = run.table("frames")
    slots = json.loads(table["slots"][table["pattern"].index(pattern)])
    return [{filler: times for filler, times, _ in slot} for slot in slots]


def test_frames_that_a_reader_sees(run):
    assert fillers_of(run, "healthy and … ones closely knitted in the bonds of kinship") == [
        {"viable": 2, "vibrant": 1}
    ]
    assert fillers_of(run, "the respected … Kim Jong Un") == [{"General Secretary": 4, "Comrade": 4}]
    assert fillers_of(run, "… cheers of hurrah") == [{"thunderous": 2, "stormy": 2}]
    opening, said, verb = fillers_of(run, "… that … he … that")
    assert opening.keys() == {"Saying", "Noting", "stressing"}
    assert verb.keys() == {"said", "stressed", "added"}
    assert all(times == 1 for times in said.values())


def test_forms_of_one_formula_are_a_family(run):
    families = run.table("families")
    cheers = next(row for row in families if "thunderous cheers of Hurrah" in row["texts"])
    assert set(cheers["texts"]) == {"thunderous cheers of Hurrah", "stormy cheers of hurrah"}
    assert (cheers["df"], cheers["tf"]) == (4, 4)
    assert not any(
        "viable" in text for row in families if row["variants"] > 1 for text in row["texts"]
    )  # vibrant stands once: a frame


def test_the_report_that_recycles_most(run):
    profiles = run.table("profiles")
    shares = {name[:3]: share for name, share in zip(profiles["name"], profiles["recycled"], strict=True) if share}
    assert max(shares, key=shares.__getitem__) == "001"  # its opening is that of the conference of the year before
    assert dict(zip(profiles["name"], profiles["source"], strict=True))[run.document_ids[1]] == run.document_ids[3]


def test_what_marks_the_reports_of_2022_against_those_of_2021(run):
    found = pair_table(run, "year", "2022", "2021", limit=5)
    assert found["text"][:2] == ["the primary Party committees", "secretary of primary Party committee"]
    assert found["text"][-1] == "chief secretaries of the city and county Party committees"
    assert found["text"][-2] == "city and county Party committees"


def test_viable_became_vibrant(run):
    changes = run.table("changes")
    rows = [(row["before"], row["after"], row["kind"]) for row in changes]
    assert rows.count(("viable", "vibrant", "substitution")) == 1
