"""Documents that are added are compared with all, and those that are removed go with their matches; the others stay.

scan(a, b, c)  ~  scan(a, b) ── add(c)      the same matches and formulas; their scores are those of either background
scan(a, b)     ~  scan(a, b, c) ── remove(c)
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import reuse
from reuse import growth
from reuse.beside import all_pair_counts
from reuse.errors import UsageError
from reuse.index.shingles import complete, shingle_hashes
from reuse.options import IndexOptions, ScanOptions
from reuse.run import saved
from reuse.run.damage import damage_of
from reuse.run.kept_formulas import pairs_of
from reuse.run.kept_matches import KeptMatches
from reuse.run.known_clusters import KnownClusters
from reuse.run.known_matches import KnownMatches
from reuse.run.query_index import QueryIndex
from reuse.run.run import Run
from reuse.run.schema import GROWING
from reuse.run.writer import RunWriter
from reuse.score.significance import Floor
from tests.test_growth import tables
from tests.test_pipeline import prose

OLD = {f"{n}.txt": prose(n, 300) for n in range(40)}
PASSAGE = " ".join(OLD["7.txt"].split()[100:160])
OLD |= {"quoting.txt": f"{prose(50, 60)} {PASSAGE} {prose(51, 60)}", "copy.txt": OLD["9.txt"]}
SHARED = prose(77, 40)
NEW = {
    "new quoting.txt": f"{prose(60, 80)} {PASSAGE} {prose(61, 80)}",
    "new.txt": f"{prose(62, 90)} {SHARED} {' '.join(OLD['9.txt'].split()[20:60])}",
    "new too.txt": f"{SHARED} {prose(63, 90)}",
    "again.txt": OLD["9.txt"],  # a third copy
    "twin.txt": OLD["3.txt"],  # the first copy of a text
    "nearly.txt": OLD["4.txt"].replace("e", "ee", 2),
    "two of.txt": prose(64, 70),
    "two of too.txt": prose(64, 70),
    "empty.txt": " ",
}


def matches(run: Run) -> dict[tuple[Any, ...], float]:
    """Bits of every match by its places."""
    return {
        tuple(row[name] for name in ("a", "a_start", "a_end", "b", "b_start", "b_end")): row["bits"]
        for row in run.matches
    }


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return reuse.scan(texts=OLD, out=tmp_path_factory.mktemp("old") / "old.reuse")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return reuse.scan(texts=OLD | NEW, out=tmp_path_factory.mktemp("whole") / "whole.reuse")


REMOVED = [tuple(NEW), ("9.txt", "again.txt", "nearly.txt"), ("copy.txt", "3.txt", "new.txt", "7.txt")]


@pytest.fixture(scope="module", params=REMOVED, ids=["all that is new", "most copies", "first copies"])
def left(whole: Run, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """All texts without some that were removed, and a scan of the rest."""
    folder = tmp_path_factory.mktemp("left")
    gone = request.param
    shutil.copytree(whole.path, folder / "out.reuse")
    rest = {name: text for name, text in (OLD | NEW).items() if name not in gone}
    present = [name for name in gone if name in whole.document_ids]
    run = reuse.Run.open(folder / "out.reuse").remove(*present, newer=1.0)
    assert run.meta["removed"] > 0
    return run, reuse.scan(texts=rest, out=folder / "rest.reuse")


@pytest.fixture(scope="module", params=[1, 4])
def grown(old: Run, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> reuse.Run:
    """The old texts, and the new ones in so many parts."""
    run = reuse.scan(texts=OLD, out=tmp_path_factory.mktemp("grown") / "out.reuse")
    names = list(NEW)
    for part in np.array_split(np.arange(len(names)), request.param):
        run = run.add(texts={names[number]: NEW[names[number]] for number in part}, newer=1.0)
    return run


def test_the_same_is_found_as_by_a_scan_of_all(whole: Run, grown: Run) -> None:
    expected, found = matches(whole), matches(grown)
    assert len(expected) >= 12
    assert found.keys() == expected.keys()
    assert [found[place] for place in expected] == pytest.approx(list(expected.values()), rel=0.02)
    for name in ("documents", "clusters", "formulas"):
        assert grown.count(name) == whole.count(name)
    assert sorted(grown.formulas["text"]) == sorted(whole.formulas["text"])
    for column in ("copies", "recycled", "repeated", "fresh", "shared"):
        named = [dict(zip(run.documents["id"], run.documents[column], strict=True)) for run in (grown, whole)]
        assert named[0] == pytest.approx(named[1])
    sizes = [sorted(zip(run.clusters["passages"], run.clusters["witnesses"], strict=True)) for run in (grown, whole)]
    assert sizes[0] == sizes[1]


def test_when_documents_are_removed_the_same_is_left_as_in_a_scan_of_the_rest(
    whole: Run, left: tuple[Run, Run]
) -> None:
    run, rest = left
    before, found, expected = map(matches, (whole, *left))
    assert found.keys() == expected.keys()
    assert all(bits == before[place] for place, bits in found.items() if place in before)
    assert run.document_ids == rest.document_ids
    assert sorted(run.formulas["text"]) == sorted(rest.formulas["text"])
    assert list(run.documents["copies"]) == list(rest.documents["copies"])
    assert run.documents["fresh"] == pytest.approx(rest.documents["fresh"])
    assert sorted(run.clusters["passages"]) == sorted(rest.clusters["passages"])
    assert sorted(map(str.lower, run.wordlist()["word"])) == sorted(map(str.lower, rest.wordlist()["word"]))


def test_what_is_left_can_be_asked_for_and_added_to(left: tuple[reuse.Run, reuse.Run], tmp_path: Path) -> None:
    answers = [matches(run.query(f"{prose(90, 50)} {SHARED} {PASSAGE} {OLD['9.txt']}")) for run in left]
    assert answers[0].keys() == answers[1].keys()
    shutil.copytree(left[0].path, tmp_path / "out.reuse")
    added = {"late.txt": f"{OLD['9.txt']} {prose(91, 60)} {PASSAGE}"}
    again = reuse.Run.open(tmp_path / "out.reuse").add(texts=added, newer=1.0)
    whole = reuse.scan(texts={name: left[1].text(name) for name in left[1].document_ids} | added, out=tmp_path / "w")
    assert matches(again).keys() == matches(whole).keys()


def test_what_is_known_of_matches_that_are_left_is_what_their_texts_say(
    whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ["0.txt", "9.txt", "new.txt"]  # the last of them in clusters with others
    known: list[int] = []
    for name, knows in (("known", RunWriter.knows), ("read", lambda *_: None)):
        shutil.copytree(whole.path, tmp_path / name)
        monkeypatch.setattr(RunWriter, "knows", knows)
        for kind in (KnownMatches, KnownClusters):
            monkeypatch.setattr(kind, "same_as", counted(kind.same_as, known))
        reuse.Run.open(tmp_path / name).remove(*gone, newer=1.0)
        monkeypatch.undo()
    assert tables(tmp_path / "known") == tables(tmp_path / "read")
    assert min(known[:2]) > 1
    assert known[2:] == [0, 0]


def counted(same_as: Callable[..., np.ndarray], known: list[int]) -> Callable[..., np.ndarray]:
    """The same function, which notes down how many rows are known."""

    def told(*given: object) -> np.ndarray:
        found = same_as(*given)
        known.append(int(np.count_nonzero(found >= 0)))
        return found

    return told


def test_what_was_there_keeps_its_bits(old: Run, grown: Run) -> None:
    before, after = matches(old), matches(grown)
    assert len(before) >= 2
    assert {place: after[place] for place in before} == before


def test_what_is_new_can_be_asked_for(whole: Run, grown: reuse.Run) -> None:
    answers = [run.query(f"{prose(90, 50)} {SHARED} {PASSAGE}") for run in (grown, reuse.Run.open(whole.path))]
    assert {"new.txt", "new too.txt", "new quoting.txt", "7.txt"} <= set(answers[0].document_ids)
    found, expected = map(matches, answers)
    assert found.keys() == expected.keys()
    assert [found[place] for place in expected] == pytest.approx(list(expected.values()), rel=0.02)


def test_the_index_has_every_shingle_of_every_text(grown: Run) -> None:
    has_every_shingle(grown)


def test_the_index_has_every_shingle_of_what_is_left(left: tuple[Run, Run]) -> None:
    has_every_shingle(left[0])


def has_every_shingle(grown: Run) -> None:
    """Check that each stands where it is looked for."""
    index, tokens = QueryIndex.load(grown), grown.tokens.alike()
    firsts = index.documents[index.bounds[:-1]]
    own = np.concatenate([np.arange(tokens.bounds[one], tokens.bounds[one + 1]) for one in firsts])
    hash_at = partial(shingle_hashes, tokens, index.places.size)
    segments = index.places.first, index.places.later
    for places in segments:
        stored = hash_at(np.asarray(places.places, dtype=np.int64)) >> np.uint64(places.width)
        assert (np.diff(stored.astype(np.int64)) >= 0).all()
    every = np.sort(np.concatenate([places.places for places in segments]))
    assert np.array_equal(every, np.sort(own[complete(tokens, index.places.size)[own]]))
    found = index.places.find(hash_at(own[::7]), hash_at)
    for row, place in enumerate(own[::7].tolist()):
        if complete(tokens, index.places.size, np.array([place]))[0]:
            assert place in found.of(slice(row, row + 1))


def test_where_a_pair_of_words_stands_last_says_how_often_it_was_counted(grown: Run) -> None:
    counts_are_said_last(grown)


def test_the_same_when_documents_are_gone(left: tuple[Run, Run], tmp_path: Path) -> None:
    counts_are_said_last(left[0])
    counts_are_said_last(left[1])


def test_the_same_when_the_last_to_say_it_is_gone(old: Run, tmp_path: Path) -> None:
    """What is a copy of an old text says what was counted then, and so what is new and stands before it is asked."""
    shutil.copytree(old.path, tmp_path / "run.reuse")
    said = "so many seldom heard lanterns"
    run = reuse.Run.open(tmp_path / "run.reuse").add(texts={"x": f"{said} {prose(90, 60)}"}, newer=1.0)
    run = run.add(texts={"y": f"{prose(91, 60)} {said}"}, newer=1.0)
    run = run.add(texts={"again": f"{said} {prose(90, 60)}", "z": prose(92, 60)}, newer=1.0)
    counts_are_said_last(run)
    counts_are_said_last(run.remove("z", newer=1.0))


def counts_are_said_last(grown: Run) -> None:
    """Check that each pair of words was counted as often as any place says."""
    index, tokens, heads = QueryIndex.load(grown), grown.tokens.alike(), grown.tokens.vocabulary.heads()
    found = all_pair_counts(tokens.ids, tokens.bounds, tokens.bounds, heads, index, pairs_of(grown))
    behind = np.setdiff1d(np.arange(len(tokens)), tokens.bounds)
    pairs = list(zip(tokens.ids[behind - 1].tolist(), tokens.ids[behind].tolist(), strict=True))
    most: dict[tuple[int, int], int] = {}
    for pair, counted in zip(pairs, index.pairs[behind].tolist(), strict=True):
        most[pair] = max(most.get(pair, 0), counted)
    assert found[behind].tolist() == [most[pair] for pair in pairs]
    assert max(most.values()) > 1


def test_the_kept_matches_follow_the_table(grown: Run) -> None:
    kept = KeptMatches.load(grown, Floor.of(grown.options.score, grown.meta["token_pairs"]))
    assert sorted(kept.matches.paths.pairs()) == sorted(kept.matches.matched)
    assert (kept.matches.a_start < kept.matches.b_start).all()
    shown = np.array(sorted(set(grown.matches["bits"])))
    nearest = shown[np.searchsorted(shown, kept.matches.bits - 1e-3)]
    assert nearest == pytest.approx(kept.matches.bits, abs=1e-3)


def test_the_run_says_how_much_is_newer(old: Run, grown: Run) -> None:
    new = len(grown.tokens) - len(old.tokens)
    assert (grown.meta["generation"], grown.meta["added"]) == (1, new)
    assert (old.meta["generation"], old.meta["added"]) == (1, 0)


def test_where_too_much_is_newer_all_is_compared_anew(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": prose(1, 300)}, out=tmp_path / "out.reuse")
    run = run.add(texts={"b": prose(2, 40)})
    assert (run.meta["generation"], run.meta["added"] > 0) == (1, True)
    run = run.add(texts={"c": prose(3, 100)})
    assert (run.meta["generation"], run.meta["added"]) == (2, 0)


def test_of_a_run_without_words_all_that_comes_is_newer(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": "… !"}, out=tmp_path / "out.reuse")
    run = run.add(texts={"b": prose(1, 60), "c": prose(1, 60)})
    assert (run.meta["generation"], run.meta["added"], run.count("matches")) == (2, 0, 1)


def test_what_has_no_words_left_is_added_to(tmp_path: Path) -> None:
    texts = {name: f"{prose(1, 60)} {prose(number, 40)}" for number, name in ((2, "a"), (3, "b"))}
    reuse.scan(texts={"signs": "... --- !!!", **texts}, out=tmp_path / "out.reuse", progress=False)
    run = reuse.Run.open(tmp_path / "out.reuse").remove("a", "b", newer=1.0)
    assert (len(run.tokens), run.count("formulas")) == (0, 0)
    run = run.add(texts=texts, newer=1.0)
    assert run.count("formulas") > 0


def test_a_list_is_no_id(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": prose(1, 60), "b": prose(2, 60)}, out=tmp_path / "out.reuse")
    with pytest.raises(UsageError, match=r"id of a document, not \['a'\].*remove\(\*ids\)"):
        run.remove(["a"])  # type: ignore[arg-type]


def test_a_run_without_an_index_is_made_anew(tmp_path: Path) -> None:
    options = ScanOptions(index=IndexOptions(keep=False))
    run = reuse.scan(texts={"a": prose(1, 300)}, out=tmp_path / "out.reuse", options=options)
    assert run.add(texts={"b": prose(2, 20)}).meta["generation"] == 2


def test_marks_and_notes_stay(tmp_path: Path) -> None:
    run = reuse.scan(texts=OLD, out=tmp_path / "out.reuse")
    chosen = run.matches["id"][0]
    run.notes.set_mark("match", chosen, "accepted")
    again = run.add(texts={"x": NEW["new.txt"]}, newer=1.0)
    assert run.replaced
    assert again.notes.marks("match") == {chosen: "accepted"}
    assert chosen in again.matches["id"]


def test_all_texts_are_one(tmp_path: Path) -> None:
    run = reuse.scan(texts={str(n): OLD["1.txt"] for n in range(5)}, out=tmp_path / "out.reuse")
    run = run.add(texts={str(n): OLD["1.txt"] for n in range(5, 9)}, newer=1.0)
    assert run.count("matches") == 9 * 8 // 2
    assert set(run.documents["copies"]) == {9}
    assert growth.add(run.path, [], texts=reuse.corpus.texts.Texts({"8": OLD["1.txt"]})).known == 1


def test_nothing_but_zeros(tmp_path: Path) -> None:
    run = reuse.scan(texts={"a": "0 " * 3000, "b": prose(1)}, out=tmp_path / "out.reuse")
    assert run.add(texts={"c": "0 " * 2000}, newer=1.0).count("documents") == 3


def test_in_dense_text_all_are_linked_that_a_scan_links(tmp_path: Path) -> None:
    """Of text that many share some pairs are matched, and all are linked: which pairs these are may differ."""
    words = prose(77, 50).split()
    texts = {}
    for number in range(150):
        shared = [*words]
        shared[number % 50] = f"{shared[number % 50]}ed"
        texts[f"{number}.txt"] = f"{prose(100 + number, 12)} {' '.join(shared)} {prose(300 + number, 12)}"
    added = {"7.txt", "57.txt", "90.txt", "149.txt"}
    whole = reuse.scan(texts=texts, out=tmp_path / "whole.reuse")
    rest = {name: text for name, text in texts.items() if name not in added}
    grown = reuse.scan(texts=rest, out=tmp_path / "grown.reuse").add(texts={name: texts[name] for name in added})
    matched = [{frozenset((row["a"], row["b"])) for row in run.matches} for run in (whole, grown)]
    expected = {pair for pair in matched[0] if pair & added}
    assert expected - matched[1]  # or the next line says nothing
    assert expected <= linked(grown)


def linked(run: Run) -> set[frozenset[str]]:
    """Documents that have passages of one cluster."""
    pairs = run.sql(
        "SELECT DISTINCT one.id, other.id FROM passages AS a JOIN passages AS b USING (cluster)"
        " JOIN documents AS one ON one.doc = a.doc JOIN documents AS other ON other.doc = b.doc"
    )
    return {frozenset(pair) for pair in pairs}


def test_a_copy_of_a_run_by_links_grows_by_itself(old: Run, tmp_path: Path) -> None:
    for name in ("one.reuse", "other.reuse"):
        shutil.copytree(old.path, tmp_path / name)
    shutil.copytree(tmp_path / "one.reuse", tmp_path / "linked.reuse", copy_function=os.link)
    before = [(path.name, path.read_bytes()) for path in sorted((tmp_path / "one.reuse").rglob("*.npy"))]
    linked = reuse.Run.open(tmp_path / "linked.reuse").add(texts=NEW, newer=1.0)
    assert [(path.name, path.read_bytes()) for path in sorted((tmp_path / "one.reuse").rglob("*.npy"))] == before
    other = reuse.Run.open(tmp_path / "other.reuse").add(texts=NEW, newer=1.0)
    assert tables(linked.path) == tables(other.path)


def test_rows_that_a_killed_addition_left_are_none_of_the_run(old: Run, tmp_path: Path) -> None:
    killed, run = tmp_path / "killed.reuse", tmp_path / "run.reuse"
    shutil.copytree(old.path, killed)
    shutil.copytree(old.path, run)
    for name in GROWING:  # as if it had come as far as it can without having taken the run's place
        path = killed / "index" / f"{name}.npy"
        with Run.open(killed) as opened:
            rows = len(opened.column(name))
        further = np.ones(1000, dtype=np.load(path).dtype)
        saved.grow(path, tmp_path / "link.npy", rows, further, lasting=False)
        saved.tell_rows(tmp_path / "link.npy", rows + 1000, lasting=False)
        (tmp_path / "link.npy").unlink()
    with Run.open(killed) as opened, Run.open(run) as whole:
        assert not damage_of(opened)
        assert all(np.array_equal(opened.column(name), whole.column(name)) for name in GROWING)
    grown = [reuse.Run.open(path).add(texts=NEW, newer=1.0) for path in (killed, run)]
    for name in GROWING:
        assert np.array_equal(grown[0].column(name), grown[1].column(name))
    assert matches(grown[0]) == matches(grown[1])
