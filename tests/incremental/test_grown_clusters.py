"""Clusters of a corpus that grows in parts are those of the whole, although only what is met is looked at."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import reuse
from reuse.align.matches import Matches
from reuse.align.paths import Paths
from reuse.arrays.ragged import bounds_of
from reuse.clusters.by_content import find_clusters_by_content
from reuse.clusters.clusters import Clusters
from reuse.corpus.tokens import Tokens, Vocabulary
from reuse.incremental import clusters as module
from reuse.incremental.clusters import grown_clusters
from reuse.index.places import GrownPlaces, ShinglePlaces
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import ClusterOptions
from reuse.run.kept_clusters import KeptClusters
from reuse.run.kept_matches import KeptMatches
from reuse.score.significance import Floor
from tests.test_growth import tables
from tests.test_pipeline import prose

FIELDS = ("of_match", "cluster", "start", "end", "of_whole", "digested")
OPTIONS = ClusterOptions()
LEAST = 4
"""Tokens of a passage, where the document has so many."""


def corpus_of(dice: np.random.Generator, documents: int, copying: float) -> Tokens:
    """Documents of random words, some copied from what was said before; each begins with its own word."""
    said: list[int] = []
    sizes = []
    for document in range(documents):
        text = [2_000 + document]
        for _ in range(int(dice.integers(1, 6))):
            if said and dice.random() < copying:
                at = int(dice.integers(len(said)))
                text += said[at : at + int(dice.integers(4, 30))]
            else:
                text += dice.integers(0, 2_000, int(dice.integers(1, 25))).tolist()
        said += text
        sizes.append(len(text))
    hashes = shingle_hashes_of_words(2_000 + documents)
    nothing, nowhere = np.zeros(0, dtype=np.int32), np.zeros(len(hashes), dtype=np.int64)
    vocabulary = Vocabulary(hashes, nowhere, nowhere, classes=hashes)
    return Tokens(
        np.array(said, dtype=np.int32),
        nothing,
        nothing,
        np.zeros(len(said), bool),
        bounds_of(np.array(sizes)),
        vocabulary,
    )


def shingle_hashes_of_words(words: int) -> NDArray[np.uint64]:
    return np.random.default_rng(7).integers(1, 2**63, words, dtype=np.uint64)


def matches_of(dice: np.random.Generator, tokens: Tokens, count: int) -> Matches:
    """Matches of spans of documents, of about the same length, with paths of one run or two; each stands once."""
    rows, runs = [], []
    for _ in range(count):
        (a, a_end), (b, b_end) = sorted(span(dice, tokens) for _ in range(2))
        size = min(a_end - a, b_end - b)
        if a >= b or (a_end > b and len(set(tokens.document_of(np.array([a, b])).tolist())) == 1):
            continue
        first = int(dice.integers(1, size + 1))
        rows.append((a, a + size, b, b + size))
        runs.append([(a, b, first), (a + first, b + first, size - first)][: 1 + (first < size)])
    order = sorted({row: number for number, row in enumerate(rows)}.items())
    columns = np.array([row for row, _ in order], dtype=np.int64).reshape(-1, 4).T
    paths = [runs[number] for _, number in order]
    flat = np.array([run for own in paths for run in own], dtype=np.int64).reshape(-1, 3).T
    n = len(order)
    return Matches(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        np.ones(n, dtype=np.int32),
        np.ones(n, dtype=np.float32),
        np.full(n, 50.0, dtype=np.float32),
        np.zeros(n),
        np.zeros(n, dtype=np.uint8),
        Paths(bounds_of(np.array([len(own) for own in paths], dtype=np.int64)), *flat),
    )


def span(dice: np.random.Generator, tokens: Tokens) -> tuple[int, int]:
    document = int(dice.integers(tokens.documents))
    low, high = tokens.bounds[document : document + 2].tolist()
    start = int(dice.integers(low, max(high - LEAST, low) + 1))
    return start, int(dice.integers(min(start + LEAST, high), min(start + 20, high) + 1))


def of_first(tokens: Tokens, documents: int) -> Tokens:
    return tokens.of_documents(np.arange(documents))


def places_of(tokens: Tokens, parts: list[int], size: int) -> GrownPlaces:
    """Those of documents that came in parts."""
    grown = GrownPlaces.of(ShinglePlaces.of(of_first(tokens, parts[0]), size))
    for low, high in pairwise(parts):
        at = np.arange(*tokens.bounds[[low, high]])
        grown = grown.with_further(at[complete(tokens, size, at)], partial(shingle_hashes, tokens, size))
    return grown


@pytest.mark.timeout(600)
@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(0, 40), st.sampled_from([0.0, 0.1, 0.8]), st.data())
def test_clusters_that_grow_in_parts_are_those_of_the_whole(
    seed: int, documents: int, count: int, copying: float, data: st.DataObject
) -> None:
    dice = np.random.default_rng(seed)
    tokens = corpus_of(dice, documents, copying)
    matches = matches_of(dice, tokens, count)
    wholes = np.flatnonzero(dice.random(documents) < 0.2)
    parts = sorted(data.draw(st.sets(st.integers(1, documents), min_size=1, max_size=4)) | {documents})
    # A whole document may become one only when a copy of it comes.
    whole_since = [int(dice.integers(document + 1, documents + 1)) for document in wholes.tolist()]
    known = None
    for row, there in enumerate(parts):
        rows = np.flatnonzero(matches.b_start < tokens.bounds[there])
        here, found = of_first(tokens, there), matches.take(rows)
        whole = np.array([doc for doc, at in zip(wholes.tolist(), whole_since, strict=True) if at <= there], np.int64)
        expected = find_clusters_by_content(found, here, OPTIONS, whole)
        if known is None:
            grown = expected
        else:
            before = int(tokens.bounds[parts[row - 1]])
            places = places_of(here, parts[: row + 1], data.draw(st.integers(1, 4)))
            grown = grown_clusters(known, before, found, here, places, whole, OPTIONS)
        for name in FIELDS:
            assert getattr(grown, name).tolist() == getattr(expected, name).tolist(), name
        assert len(grown.lots) == len(rows) + len(whole)
        known = KeptClusters(grown, whole)


def test_a_run_that_keeps_no_clusters_grows_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that copy one another in part and whole, added in three parts to a scan of the first."""
    said = [prose(number, 40) for number in range(12)]
    texts = {
        f"{number:02}": " ".join((prose(50 + number, 30), said[number % 12], prose(90 + number, 20)))
        for number in range(30)
    }
    texts |= {"again": texts["01"], "once more": texts["07"], "03 copied": texts["03"]}
    texts["of two"] = f"{said[2]} {prose(200, 30)} {said[3]}"
    names = sorted(texts, key=lambda name: sha256(name.encode()).digest())
    parts = [names[:20], names[20:24], names[24:29], names[29:]]

    def grown(place: Path) -> list[dict[str, Any]]:
        run = reuse.scan(texts={name: texts[name] for name in parts[0]}, out=place)
        for part in parts[1:]:
            run = run.add(texts={name: texts[name] for name in part}, newer=1.0)
        added = tables(run.path)
        run = run.remove(parts[0][3], newer=1.0).add(texts={"last": f"{said[2]} {prose(99, 30)}"}, newer=1.0)
        assert run.meta["generation"] == 1
        return [added, tables(run.path)]

    kept = grown(tmp_path / "kept.reuse")
    lots = np.load(tmp_path / "kept.reuse" / "index" / "kept_clusters.npy")[:, 1]
    assert len(set(lots.tolist())) > 5
    assert len(kept[0]["clusters"]) < len(kept[0]["matches"])
    monkeypatch.setattr(KeptClusters, "load", lambda run: None)
    assert grown(tmp_path / "not.reuse") == kept


def test_clusters_of_a_scan_are_those_that_an_addition_looks_for(tmp_path: Path) -> None:
    """What is looked for anew in the documents of a run, in whatever order they were read, is what its scan found."""
    said = [prose(number, 40) for number in range(5)]
    texts = {f"{name}": f"{prose(50 + name, 30)} {said[name % 5]} {said[name * 3 % 4]}" for name in range(20)}
    texts |= {"copy": texts["3"], "again": f"{said[1]} {said[1]} {said[1]}"}
    run = reuse.scan(texts=texts, out=tmp_path / "out.reuse")
    kept = KeptClusters.load(run)
    assert kept is not None
    matches = KeptMatches.load(run, Floor.of(run.options.score, run.meta["token_pairs"])).matches
    found = find_clusters_by_content(matches, run.tokens.by_class(), run.options.clusters, kept.whole)
    for name in FIELDS:
        assert getattr(kept.clusters, name).tolist() == getattr(found, name).tolist(), name
    assert 3 < len(set(found.of_match.tolist())) < len(matches)
    assert len(kept.whole) == 1


def test_what_nothing_new_has_to_do_with_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten pairs of documents that copied each other, and one more pair: that one is looked at."""
    words = np.arange(220 * 2).reshape(11, 40)
    tokens_of = [row for row in words for _ in range(2)]
    ids = np.concatenate(tokens_of).astype(np.int32)
    hashes = shingle_hashes_of_words(440)
    nothing = np.zeros(0, dtype=np.int32)
    vocabulary = Vocabulary(hashes, np.zeros(440, np.int64), np.zeros(440, np.int64), classes=hashes)
    tokens = Tokens(ids, nothing, nothing, np.zeros(len(ids), bool), np.arange(0, 881, 40), vocabulary)
    starts = np.arange(0, 880, 80)
    matches = Matches(
        starts,
        starts + 40,
        starts + 40,
        starts + 80,
        np.full(11, 40, np.int32),
        np.ones(11, np.float32),
        np.full(11, 50.0, np.float32),
        np.zeros(11),
        np.zeros(11, np.uint8),
        Paths.straight(starts, starts + 40, np.full(11, 40)),
    )
    nobody = np.zeros(0, dtype=np.int64)
    known = KeptClusters(
        find_clusters_by_content(matches.take(np.arange(10)), of_first(tokens, 20), OPTIONS, nobody), nobody
    )
    looked_at = []

    def watched(found: Matches, *others: object) -> Clusters:
        looked_at.append(found.a_start.tolist())
        return find_clusters_by_content(found, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "find_clusters_by_content", watched)
    grown = grown_clusters(known, 800, matches, tokens, places_of(tokens, [20, 22], 3), nobody, OPTIONS)
    assert looked_at == [[800]]
    assert grown.of_match.tolist() == list(range(11))
