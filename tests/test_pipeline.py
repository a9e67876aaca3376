"""Laws of a scan: what must hold whatever the texts say."""

from __future__ import annotations

import gc
import json
import random
import re
import time
from itertools import pairwise
from pathlib import Path
from threading import active_count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reuse
from reuse import pipeline
from reuse.errors import CorpusError, UsageError
from reuse.options import IndexOptions, ScanOptions
from reuse.run import written_formulas
from reuse.run.run import Run
from reuse.run.scan_record import group_names
from reuse.work.workers import Workers
from tests.work.test_workers import Elsewhere

SYLLABLES = ["ka", "ro", "mi", "ten", "su", "lo", "vad", "pe", "gor", "ni", "shu", "bel"]


def prose(seed: int, words: int = 150) -> str:
    """Words that nobody wrote: most of them rare, a few of them frequent."""
    source = random.Random(seed)
    out = []
    for place in range(words):
        rare = "".join(source.choices(SYLLABLES, k=source.randint(2, 5)))
        word = source.choice(["the", "of", "and", "in"]) if source.random() < 0.35 else rare
        out.append(word.capitalize() if place % 12 == 0 else word)
        if place % 12 == 11:
            out[-1] += "."
    return " ".join(out)


def with_copies(texts: dict[str, str]) -> dict[str, str]:
    """The texts, each but the first with a passage of the one before in it, some words of it changed."""
    names = list(texts)
    result = dict(texts)
    for number, (before, name) in enumerate(pairwise(names)):
        words = texts[before].split()[20:75]
        words[15 + number % 5] = "otherwise"
        del words[30]
        result[name] = f"{result[name]} {' '.join(words)}. {prose(1000 + number, 20)}"
    return result


TEXTS = with_copies(
    {name: prose(number) for number, name in enumerate(["a.txt", "b.txt", "c/d.txt", "e.txt", "f.txt"])}
)


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def scan(folder: Path, texts: dict[str, str], **arguments: Any) -> Run:
    return reuse.scan(write(folder / "in", texts), folder / "out.reuse", **arguments)


def sure(run: Run) -> list[dict[str, Any]]:
    """The matches that chance does not bring, however small the corpus."""
    return [row for row in run.matches if row["bits"] > 100]


def sides(run: Run) -> list[tuple[Any, ...]]:
    """Every match without what depends on the order of documents, in an order of its own.

    Where an alignment leaves a choice (which of two equal words was left out), the sides decide it, and it can cost a
    fraction of a bit: hence the rounding.
    """
    return sorted(
        (
            *sorted((row[side], row[f"{side}_start"], row[f"{side}_end"]) for side in "ab"),
            round(row["similarity"], 5),
            row["matched_tokens"],
            round(row["bits"] / 8),
        )
        for row in run.matches
    )


def test_the_planted_passages_are_found(tmp_path):
    run = scan(tmp_path, TEXTS)
    long = sure(run)
    assert [(row["a"], row["b"]) for row in long] == list(pairwise(TEXTS))
    for row in long:
        assert 50 <= row["matched_tokens"] <= 55
        assert 0.9 < row["similarity"] < 1


def test_names_decide_the_order_and_nothing_else(tmp_path):
    """a ~ b = b ~ a: renamed so that their order is reversed, documents share the same passages."""
    names = list(TEXTS)
    there = dict(zip(names, [f"{5 - number}.txt" for number in range(5)], strict=True))
    back = {new: old for old, new in there.items()}
    run = scan(tmp_path / "one", TEXTS)
    turned = scan(tmp_path / "other", {there[name]: text for name, text in TEXTS.items()})
    renamed = sorted(
        (*sorted((back[name], start, end) for name, start, end in row[:2]), *row[2:]) for row in sides(turned)
    )
    assert renamed == sides(run)
    assert len(renamed) >= 4


def test_the_order_in_which_files_are_named_does_not_matter(tmp_path):
    write(tmp_path, TEXTS)
    files = [tmp_path / name for name in TEXTS]
    runs = [reuse.scan(order, tmp_path / f"{n}.reuse") for n, order in enumerate((files, files[::-1]))]
    assert sides(runs[0]) == sides(runs[1]) != []
    for table in ("matches", "clusters", "formulas"):
        assert sorted(runs[0].table(table)["id"]) == sorted(runs[1].table(table)["id"])


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_second_scan_gives_the_same(tmp_path, jobs):
    options = ScanOptions(jobs=jobs)
    runs = [scan(tmp_path / name, TEXTS, options=options) for name in ("one", "two")]
    for table in ("matches", "clusters", "formulas"):
        assert runs[0].table(table) == runs[1].table(table)
        assert len(set(runs[0].table(table)["id"])) == runs[0].count(table)


def test_sparing_memory_changes_nothing(tmp_path, monkeypatch):
    runs = [scan(tmp_path / "one", TEXTS)]
    monkeypatch.setattr("reuse.work.memory.LARGE", 1)
    runs.append(scan(tmp_path / "two", TEXTS))
    for table in ("matches", "clusters", "formulas"):
        assert runs[0].table(table) == runs[1].table(table)


def test_the_stages_run_on_workers_that_share_no_memory(tmp_path):
    options = ScanOptions(index=IndexOptions(minhash="all"))
    runs = [scan(tmp_path / "one", TEXTS, options=options)]
    runs.append(scan(tmp_path / "two", TEXTS, options=options, workers=Workers(2, Elsewhere)))
    for table in ("matches", "clusters", "formulas"):
        assert runs[0].table(table) == runs[1].table(table)


def test_when_a_stage_fails_nothing_goes_on_beside_it(tmp_path, monkeypatch):
    threads, done = active_count(), []

    def slowly(*arguments, **_):
        *_, workers, _ = arguments
        workers.map(lambda number: done.append(number) or time.sleep(0.001), range(100_000))

    def fail(*_):
        while not done:
            time.sleep(0.001)
        raise KeyboardInterrupt

    monkeypatch.setattr(written_formulas, "ranked_formulas", slowly)
    monkeypatch.setattr(pipeline, "find_candidates", fail)
    with pytest.raises(KeyboardInterrupt):
        scan(tmp_path, TEXTS, options=ScanOptions(jobs=2))
    so_many = len(done)
    assert active_count() == threads
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    time.sleep(0.01)
    assert len(done) == so_many < 100_000


def test_a_scan_leaves_the_search_for_cycles_as_it_was(tmp_path):
    during = []

    class Watcher:
        def stage(self, name, total):
            during.append(gc.isenabled())

        def advance(self, n):
            pass

    scan(tmp_path, {"a.txt": "nothing much"}, progress=Watcher())
    assert during
    assert not any(during)
    assert gc.isenabled()
    with pytest.raises(CorpusError):
        scan(tmp_path / "none", {})
    assert gc.isenabled()


def test_ids_stay_when_documents_come_and_go(tmp_path):
    run = scan(tmp_path / "one", TEXTS)
    more = scan(tmp_path / "two", {"0.txt": prose(77), **TEXTS, "z.txt": prose(78)})
    ids = [{row["id"] for row in sure(scanned)} for scanned in (run, more)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 4


@given(st.integers(0, 10**6), st.integers(12, 400), st.sampled_from([" ", "\n", "  \t", "\r\n"]))
@settings(max_examples=12, deadline=None)
def test_a_document_and_its_copy_match_whole(tmp_path_factory, seed, words, space):
    text = prose(seed, words)
    copy = text.replace(" ", space).replace(".", " \u2026").upper()
    texts = {"a.txt": text, "b.txt": copy, "c.txt": prose(seed + 1, 300)}
    run = scan(tmp_path_factory.mktemp("copy"), texts)
    (row,) = (row for row in run.matches if (row["a"], row["b"]) == ("a.txt", "b.txt"))
    assert (row["similarity"], row["a_coverage"], row["b_coverage"]) == (1, 1, 1)
    assert row["matched_tokens"] == row["tokens_a"] == row["tokens_b"] == words
    assert (row["a_start"], row["b_start"]) == (0, 0)


def test_more_shared_text_never_scores_lower(tmp_path):
    """Passages of growing length, copied from one text into others, in one scan."""
    source = prose(1, 200).split()
    texts = {"a.txt": " ".join(source)}
    texts |= {f"b{length:03}.txt": f"{prose(length, 60)} {' '.join(source[:length])}" for length in range(20, 200, 20)}
    run = scan(tmp_path, texts)
    from_source = [row for row in run.matches if row["a"] == "a.txt"]
    assert [row["b"] for row in sorted(from_source, key=lambda row: row["bits"])] == list(texts)[1:]


def test_every_span_cuts_its_text_out_of_the_file(tmp_path):
    odd = "\ufeffTéléphone 😀 \u202ddu 5\u00ad000.\r\n\r\nd’État e\u0301té \x00 \x1b[2J 漢字 "
    texts = {name: odd + text.replace(" the ", "\r\n\u00a0the\u200b \U0001f600 ") for name, text in TEXTS.items()}
    run = scan(tmp_path, texts)
    files = {name: (tmp_path / "in" / name).read_bytes().decode("utf-8-sig") for name in texts}
    assert run.count("matches") >= 4
    for row in run.matches:
        for side in "ab":
            assert files[row[side]][row[f"{side}_start"] : row[f"{side}_end"]] == row[f"text_{side}"]
        assert (row["a"], row["a_start"]) < (row["b"], row["b_start"])
        assert row["a"] != row["b"] or row["a_end"] <= row["b_start"]
    names = run.document_ids
    passages = list(run.sql('SELECT doc, "start", "end", cluster FROM passages'))
    quoted = {(row[side], row[f"{side}_start"], row[f"{side}_end"]) for row in run.matches for side in "ab"}
    for doc, start, end, _ in passages:
        inside = [span for span in quoted if span[0] == names[doc] and start <= span[1] and span[2] <= end]
        assert min(span[1] for span in inside) == start
        assert max(span[2] for span in inside) == end
    tokens = run.tokens
    assert all(tokens.starts[tokens.bounds[:-1]] == 0)


def test_a_refrain_within_one_document(tmp_path):
    refrain = prose(5, 40)
    verses = [prose(seed, 60) for seed in (1, 2, 3)]
    text = " ".join(f"{verse} {refrain}" for verse in verses)
    run = scan(tmp_path, {"a.txt": text, "b.txt": prose(9)})
    places = [(found.start(), found.end()) for found in re.finditer(re.escape(refrain), text)]
    assert len(places) == 3
    rows = [row for row in run.matches if row["matched_tokens"] > 10]
    assert {(row["a"], row["b"]) for row in rows} == {("a.txt", "a.txt")}
    found = {(row["a_start"], row["a_end"], row["b_start"], row["b_end"]) for row in rows}
    assert found == {(*places[a], *places[b]) for a, b in ((0, 1), (0, 2), (1, 2))}


def test_between_two_folders(tmp_path):
    left = write(tmp_path / "left", {"a.txt": TEXTS["a.txt"], "b.txt": TEXTS["b.txt"]})
    right = write(tmp_path / "right", {"d.txt": TEXTS["c/d.txt"], "b.txt": TEXTS["b.txt"]})
    run = reuse.scan([], tmp_path / "run.reuse", between=(left, right))
    pairs = sorted((row["a"], row["b"]) for row in sure(run))
    assert all((row["a"][:5], row["b"][:5]) == ("left/", "right") for row in run.matches)
    assert pairs == [("left/a.txt", "right/b.txt"), ("left/b.txt", "right/b.txt"), ("left/b.txt", "right/d.txt")]


def test_copies_on_one_side_are_not_compared(tmp_path):
    text = " ".join(f"word{number}" for number in range(60))
    for side, names in (("left", ("a", "b")), ("right", ("c",))):
        (tmp_path / side).mkdir()
        for name in names:
            (tmp_path / side / f"{name}.txt").write_text(text, encoding="utf-8")
    with reuse.scan([], tmp_path / "run.reuse", between=(tmp_path / "left", tmp_path / "right")) as run:
        assert {(row["a"], row["b"]) for row in run.matches.to_dicts()} == {
            ("left/a.txt", "right/c.txt"),
            ("left/b.txt", "right/c.txt"),
        }


def test_between_a_folder_and_one_within_it(tmp_path):
    outer = write(tmp_path / "n", {"a.txt": TEXTS["a.txt"], "b.txt": TEXTS["b.txt"]})
    inner = write(outer / "sub", {"d.txt": TEXTS["c/d.txt"], "b.txt": TEXTS["b.txt"]})
    for sides in ((outer, inner), (inner, outer)):
        run = reuse.scan([], tmp_path / "run.reuse", between=sides)
        pairs = {(row["a"], row["b"]) for row in sure(run)}
        assert pairs == {("n/a.txt", "n/sub/b.txt"), ("n/b.txt", "n/sub/b.txt"), ("n/b.txt", "n/sub/d.txt")}
        assert group_names(run) == [str(outer)] * 2 + [str(inner)] * 2
    with pytest.raises(UsageError, match="documents of their own"):
        reuse.scan([], tmp_path / "run.reuse", between=(outer, outer))


def test_across_a_field(tmp_path):
    authors = dict(zip(TEXTS, ["Kim", "Kim", "Ri", "", ""], strict=True))
    records = [{"id": name, "text": text, "author": authors[name]} for name, text in TEXTS.items()]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    run = reuse.scan(tmp_path / "in.jsonl", tmp_path / "run.reuse", across="author")
    assert [(row["a"], row["b"]) for row in sure(run)] == [
        ("b.txt", "c/d.txt"),
        ("c/d.txt", "e.txt"),
        ("e.txt", "f.txt"),
    ]
    with pytest.raises(UsageError, match="colour"):
        reuse.scan(tmp_path / "in.jsonl", tmp_path / "run.reuse", across="colour")


def test_nothing_to_read(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(CorpusError, match="in"):
        reuse.scan(tmp_path / "in", tmp_path / "run.reuse")
    with pytest.raises(UsageError, match="nothing to scan"):
        reuse.scan([])
    assert not (tmp_path / "run.reuse").exists()


@pytest.mark.parametrize(
    "texts",
    [
        {"a.txt": "word"},
        {"a.txt": "word", "b.txt": "word"},
        {"a.txt": "!!! ...", "b.txt": "\u2026"},
        {"a.txt": "two words", "b.txt": "two words", "c.txt": "\u2026"},
        {"a.txt": "ho " * 500, "b.txt": "ho " * 300},
        {"a.txt": "x" * 5000, "b.txt": "x" * 5000},
    ],
)
def test_degenerate_texts(tmp_path, texts):
    run = scan(tmp_path, texts)
    assert run.count("documents") == len(texts)
    for row in run.matches:
        assert row["a"] != row["b"] or row["a_end"] <= row["b_start"]


FEW_WORDS = st.lists(st.sampled_from("abcdefg"), max_size=60).map(" ".join)


@given(
    st.lists(FEW_WORDS, min_size=2, max_size=4),
    st.sampled_from([IndexOptions(), IndexOptions(shingle=1, cap=2, longest_seed=3, representatives=1)]),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_of_few_words(tmp_path_factory, texts, index):
    """Everything repeats everywhere: the passages of a match stay apart and within their documents."""
    run = scan(
        tmp_path_factory.mktemp("few"),
        {f"{number}.txt": text + " end" for number, text in enumerate(texts)},
        options=ScanOptions(index=index, jobs=1),
    )
    for row in run.matches:
        assert (row["a"], row["a_start"]) < (row["b"], row["b_start"])
        assert row["a"] != row["b"] or row["a_end"] <= row["b_start"]
        assert 0 < row["similarity"] <= 1
        assert 0 < row["matched_tokens"] <= min(row["tokens_a"], row["tokens_b"])


def test_what_a_guessed_date_decided_says_so(tmp_path):
    said = "the dredger left the northern harbour at noon and the pilots of both companies drank to her safe return"
    dates = "id,date\nb.txt,2021\nc.txt,2022\n"
    files = {"speech-2020-05-01.txt": said, "b.txt": f"{said} again", "c.txt": f"{said} once", "metadata.csv": dates}
    with scan(tmp_path, files) as run:
        found = {(row["a"], row["b"]): row for row in run.table("matches").to_dicts()}
        assert {row["direction"] for row in found.values()} == {"a>b", "b>a"}
        assert {pair: row["direction_guessed"] for pair, row in found.items()} == {
            ("b.txt", "c.txt"): False,
            ("b.txt", "speech-2020-05-01.txt"): True,
            ("c.txt", "speech-2020-05-01.txt"): True,
        }
