"""The stored index: what it was made with comes back, and other parameters are refused."""

import json

import numpy as np
import pytest

import reuse
from reuse.corpus.tokenise import tokenise
from reuse.errors import IndexMismatchError, RunError
from reuse.index.candidates import find_candidates
from reuse.index.lsh import choose_bands
from reuse.index.minhash import shared_share
from reuse.index.pairing import Pairing
from reuse.index.shingles import shingle_hashes
from reuse.index.store import NORMALISATION, PARAMETERS, SIGNATURES, StoredIndex
from reuse.options import IndexOptions, ScanOptions

PINNED = {1: [454227681618473957, 6340301004996649634, 4354627667278134305, 15935180531778150262]}

OPTIONS = IndexOptions(minhash="all", permutations=64, recall=0.9, similarity=0.5)


@pytest.fixture
def index():
    shared = " ".join(f"word{number}" for number in range(18))
    others = [" ".join(f"own{document}x{number}" for number in range(18)) for document in range(3)]
    tokens = tokenise((text, None) for text in (shared, *others, shared.replace("word3 ", "other ")))
    _, signed = find_candidates(tokens, Pairing.of(tokens), OPTIONS)
    return StoredIndex.of(signed.windows, signed.signatures, OPTIONS)


def test_an_index_comes_back_as_it_was(index, tmp_path):
    index.save(tmp_path)
    loaded = StoredIndex.load(tmp_path, OPTIONS)
    assert np.array_equal(loaded.signatures, index.signatures)
    assert np.array_equal(loaded.windows.start, index.windows.start)
    assert np.array_equal(loaded.windows.end, index.windows.end)
    assert loaded.parameters == index.parameters
    assert isinstance(loaded.signatures, np.memmap)


def test_other_parameters_are_refused_with_both_values(index, tmp_path):
    index.save(tmp_path)
    other = IndexOptions(permutations=32, seed=7)
    with pytest.raises(IndexMismatchError) as refused:
        StoredIndex.load(tmp_path, other)
    message = str(refused.value)
    assert "permutations is 64 in the index and 32 in the call" in message
    assert "seed is 1 in the index and 7 in the call" in message
    assert "shingle" not in message


def test_what_does_not_touch_signatures_may_differ(index, tmp_path):
    index.save(tmp_path)
    StoredIndex.load(tmp_path, IndexOptions(permutations=64, cap=3, recall=0.5))


@pytest.mark.parametrize("damage", ["missing", "cut", "no json"])
def test_a_broken_index_is_refused(index, tmp_path, damage):
    index.save(tmp_path)
    if damage == "missing":
        (tmp_path / SIGNATURES).unlink()
    elif damage == "cut":
        (tmp_path / SIGNATURES).write_bytes((tmp_path / SIGNATURES).read_bytes()[:40])
    else:
        (tmp_path / PARAMETERS).write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match="scan the documents again"):
        StoredIndex.load(tmp_path)


def test_datasketch_takes_the_index(index):
    lsh = index.as_datasketch(choose_bands(OPTIONS.permutations, OPTIONS.recall, OPTIONS.similarity))
    assert set(lsh.query(index.minhash(0))) == {0, 4}
    assert set(lsh.query(index.minhash(2))) == {2}
    assert index.minhash(0).jaccard(index.minhash(4)) == shared_share(index.signatures[:1], index.signatures[4:])[0]


def test_a_scan_stores_its_index(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(3):
        (texts / f"{number}.txt").write_text(f"the same words in all {number}", encoding="utf-8")
    options = ScanOptions(index=IndexOptions(minhash="all"))
    with reuse.scan([texts], tmp_path / "r", options):
        loaded = StoredIndex.load(tmp_path / "r" / "index", options.index)
    assert loaded.signatures.shape == (3, 16)
    assert set(json.loads((tmp_path / "r" / "index" / PARAMETERS).read_text())["versions"]) >= {"datasketch", "numpy"}


def test_hashes_stay_the_same_as_long_as_the_version_does():
    tokens = tokenise([("Ärger – »soft\u00adware« costs 7 naïve co-\nworkers", None)])
    hashes = shingle_hashes(tokens, 3)[:-2].tolist()
    assert {NORMALISATION: hashes} == PINNED, "other hashes for the same text: raise NORMALISATION and pin them"
