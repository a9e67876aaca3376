"""Pairs of sentences whose edits a reader named: how many are named the same.

A pair of edit_pairs.txt is two lines and what a reader says of them; | separates what may as well be said. The rules
were made on these pairs; those of edit_pairs_unseen.txt were written afterwards, and no rule was changed for one of
them but that of `_slid`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reuse.analysis.edits import Lexicon, edits_of
from reuse.corpus.tokenise import tokenise

HERE = Path(__file__).parent
LEAST = 0.9


def blocks(name):
    """(a, b, what a reader says) of each pair of a file."""
    for block in (HERE / name).read_text("utf-8").split("\n\n"):
        if block.strip():
            a, b, said = block.strip().splitlines()
            yield a, b, said.removeprefix("= ").casefold().split(" | ")


def edits_between(a, b):
    """(kind, about, a, b) of the edits between two texts."""
    texts = [a, b]
    tokens = tokenise((text, None) for text in texts)

    lexicon = Lexicon(tokens.vocabulary.words, tokens.vocabulary.spellings, tokens.vocabulary.counts)
    middle, end = int(tokens.bounds[1]), int(tokens.bounds[2])
    found = edits_of(tokens, np.array([[0, middle, middle, end]]), lexicon, texts.__getitem__)
    return [(edit.kind, edit.about, edit.a, edit.b) for edit in found]


def named(a, b):
    """What the program says of two sentences, in the form of the files."""
    said = [f"{kind} {about}: {' > '.join(filter(None, words))}" for kind, about, *words in edits_between(a, b)]
    return "; ".join(said).casefold() or "none"


def share(name):
    """Share of the pairs of a file that are named as a reader would, and what is said of the others."""
    pairs = list(blocks(name))
    wrong = [(a, expected, said) for a, b, expected in pairs if (said := named(a, b)) not in expected]
    return 1 - len(wrong) / len(pairs), wrong


@pytest.mark.parametrize("name", ["edit_pairs.txt", "edit_pairs_unseen.txt"])
def test_edits_are_named_as_a_reader_names_them(name):
    right, wrong = share(name)
    assert right >= LEAST, wrong


def test_there_are_pairs_enough_and_of_all_kinds():
    said = [
        edit
        for name in ("edit_pairs.txt", "edit_pairs_unseen.txt")
        for *_, all_said in blocks(name)
        for edit in all_said
    ]
    assert sum(1 for _ in blocks("edit_pairs.txt")) >= 150
    for about in ("number", "date", "title", "name", "spelling", "inflection", "words"):
        assert sum(f" {about}:" in edit for edit in said) >= 8, about
    for kind in ("substitution", "insertion", "deletion", "move"):
        assert sum(edit.startswith(kind) for edit in said) >= 5, kind
