"""Adapters of other detectors: what they hand over is in characters of the texts, and what is missing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.experiments import peers as experiment
from benchmarks.passages import PassagePairs
from benchmarks.peers.blast import Blast, as_residues
from benchmarks.peers.dolos import Dolos
from benchmarks.peers.passim import Passim
from benchmarks.peers.peer import PeerUnavailableError
from benchmarks.peers.python_peers import MinHashBaseline, TextMatcher
from benchmarks.peers.scripts.texts import merged, read_texts
from benchmarks.peers.textpair import TextPair, characters_by_byte

SHARED = " ".join(f"word{number} and thing{number * 7 % 50}" for number in range(60))


@given(st.text(alphabet="azé€🙂 \n", max_size=30))
def test_bytes_count_as_characters(text):
    content = text.encode()
    table = characters_by_byte(content) or list(range(len(content) + 1))
    for place in range(len(text) + 1):
        assert table[len(text[:place].encode())] == place


@given(st.text(max_size=40))
def test_residues_know_their_places(text):
    residues, places = as_residues(text)
    assert len(residues) == len(places)
    assert all(text[place].lower() in "abcdefghijklmnopqrstuvwxyz" for place in places)


def test_every_letter_has_a_residue():
    residues, _ = as_residues("abcdefghijklmnopqrstuvwxyz")
    assert len(residues) == 26
    assert len(set(residues)) == 23


def test_window_pairs_in_line_become_one_passage():
    windows = [("a", at, at + 50, "b", at + 7, at + 57) for at in range(0, 200, 25)]
    apart = ("a", 0, 50, "b", 5000, 5050)
    assert set(merged([*windows, apart], gap=10)) == {("a", 0, 225, "b", 7, 232), apart}
    assert merged([("a", 0, 50, "b", 0, 50), ("a", 0, 50, "c", 0, 50)], gap=10) != []


def test_texts_are_read_as_they_are(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_bytes(b"one\r\ntwo")
    assert read_texts(tmp_path) == {"deep/a.txt": "one\r\ntwo"}


def test_the_baseline_finds_a_copy(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(f"{SHARED} here it ends")
    (texts / "b.txt").write_text(f"quite another beginning of it: {SHARED}")
    peer = MinHashBaseline()
    assert peer.prepare(tmp_path, install=False)
    found, cost = peer.find(texts, tmp_path, 60)
    assert isinstance(found, PassagePairs)
    assert len(found) == 1
    assert found.a_end[0] - found.a_start[0] > len(SHARED) * 0.8
    assert cost.wall > 0


@pytest.mark.parametrize("kind", [Blast, Passim, TextPair, Dolos, TextMatcher])
def test_a_missing_peer_says_why(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PeerUnavailableError, match="not installed"):
        kind().prepare(tmp_path, install=False)


def test_every_peer_has_a_name_and_settings():
    names = [kind.name for kind in experiment.PEERS]
    assert len(set(names)) == len(names)
    assert all(kind.settings for kind in experiment.PEERS)
