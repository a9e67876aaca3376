"""What a reader is told first: who repeats whom, and passages at their densest stretch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reuse.analysis.density import densest
from reuse.api import scan
from reuse.report import highlights, overview
from reuse.report.digest import ONE_SCREEN, PAGE, counted, digest
from reuse.report.highlights import best_matches, shown_first
from reuse.report.overview import Overview
from reuse.run.run import Run
from tests.clusters.test_furniture import LINKS, SENTENCE, prose
from tests.synthetic import build_run, synthetic_run

COPIED = "the harbour was built before winter came and nobody went home without a boat"
WITHIN = "every member of the crew was given a coat of wool"
FORM_A = "on monday north the smith hall red met old green in the hall of cards and blue fish"
FORM_B = "at tuesday south a baker shed grey met new brown in the hall of wood or pink bird"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """old 2001 ─ COPIED ─▶ late 2005        old ─ FORM, a template ─▶ late        none ─ COPIED ─ ? ─ old"""
    texts = {
        "late.txt": f"Hear this. {COPIED}. {FORM_B}. That is all for now.",
        "none.txt": f"{COPIED}.",
        "old.txt": f"A beginning. {COPIED}. {WITHIN}. Between them. {WITHIN}. {FORM_A}. An end.",
    }
    pairs = [
        ("late.txt", COPIED, "old.txt", COPIED),
        ("none.txt", COPIED, "old.txt", COPIED),
        ("late.txt", FORM_B, "old.txt", FORM_A),
    ]
    dates = {"old.txt": "2001-02-03", "late.txt": "2005"}
    path = build_run(tmp_path_factory.mktemp("overview") / "o.reuse", texts, pairs, [COPIED[:40].strip()], dates=dates)
    return Run.open(path)


def test_the_later_document_repeats_the_earlier(run: Run) -> None:
    found = {link.later["id"]: link for link in Overview(run).links(9)}
    assert set(found) == {"late.txt", "none.txt"}
    assert (found["late.txt"].earlier["id"], found["late.txt"].order) == ("old.txt", "known")
    assert found["late.txt"].words > found["none.txt"].words == len(COPIED.split())


def test_where_the_order_is_unknown_the_one_with_the_larger_share_is_said_to_share(run: Run) -> None:
    undated = next(link for link in Overview(run).links(9) if link.later["id"] == "none.txt")
    assert undated.order == "unknown"
    assert undated.share == 1.0


def test_a_template_says_in_how_many_pieces_it_agrees(run: Run) -> None:
    first, *_, last = Overview(run).passages(9)
    assert first.said() == "14 words, 100% alike"
    assert last.said().startswith("template: ")
    assert last.text_a == "in the hall of"


def test_what_is_set_aside_is_not_told_first(run: Run) -> None:
    best = Overview(run).passages(1)[0]
    run.notes.set_mark("cluster", best.row["cluster"], "rejected")
    try:
        assert best.row["cluster"] not in {one.row["cluster"] for one in Overview(run).passages(9)}
        assert "none.txt" not in {link.later["id"] for link in Overview(run).links(9)}
    finally:
        run.notes.set_mark("cluster", best.row["cluster"], None)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("abcdef", "abcdef", (0, 6, 6, 1)),
        ("abcd", "wxyz", (0, 4, 0, 1)),  # nothing agrees: the whole is shown
        ("abc--defgh", "abc+++defgh", (5, 10, 5, 2)),  # three words cannot bridge three that differ
        ("abcdefgh-ijklm", "abcdefgh+ijklm", (0, 14, 13, 2)),  # five bridge one
        ("abcdefgh-ijkl", "abcdefgh+ijkl", (0, 8, 8, 2)),
    ],
)
def test_the_densest_stretch(a: str, b: str, expected: tuple[int, int, int, int]) -> None:
    ids = np.frombuffer((a + b).encode(), dtype=np.uint8)
    found = densest(ids, (0, len(a), len(a), len(a) + len(b)))
    assert (found.a_start, found.a_end, found.shared, found.pieces) == expected
    # The same with capitals on one side, whose small letters count for them.
    ids = np.frombuffer((a + b.upper()).encode(), dtype=np.uint8)
    heads = np.frombuffer(bytes(range(128)).lower(), dtype=np.uint8)
    assert densest(ids, (0, len(a), len(a), len(a) + len(b)), heads) == found


def test_where_all_is_copied_it_is_not_said_that_nothing_is_shared(tmp_path: Path) -> None:
    note = " ".join(f"w{(at * 104729) % 9973}" for at in range(60))
    with scan(texts={f"{number}.txt": note for number in range(4)}, out=tmp_path / "c.reuse") as found:
        said = [line.text for line in digest(Overview(found), 80, ONE_SCREEN)]
    assert "Whatever is shared is shared by copies of one text." in said
    assert not any("No two passages" in line for line in said)
    assert any("3 documents are copies of another" in line for line in said)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("商务部公布的数据显示，2024年我国服务贸易保持快速增长。", True),
        ("東京タワーは、高さ333mの塔である。", True),
        ("a I 0 1 2 3 4 5 6 7 8 9", False),
        ("The Ministry said 增长.", False),
        ("그 나라 말 은 한글 이다", False),
        ("والله أعلم", False),
    ],
)
def test_that_letters_are_words_is_said_where_most_are(tmp_path: Path, text: str, told: bool) -> None:
    with scan(texts={"a.txt": text, "b.txt": text}, out=tmp_path / "c.reuse") as found:
        said = [line.text for line in digest(Overview(found), 80, ONE_SCREEN)]
    assert any("each letter counts as one" in line for line in said) == told


def test_where_all_is_set_aside_it_is_not_said_that_all_are_copies(run: Run) -> None:
    clusters = {row["cluster"] for row in run.rows("matches", run.ids("matches"), ["cluster"])}
    for cluster in clusters:
        run.notes.set_mark("cluster", cluster, "rejected")
    try:
        said = " ".join(line.text for line in digest(Overview(run), 80, ONE_SCREEN))
    finally:
        for cluster in clusters:
            run.notes.set_mark("cluster", cluster, None)
    assert "All matches are set aside" in said
    assert "copies of one text" not in said


def test_no_line_on_the_corpus_is_wider_than_asked_for(run: Run) -> None:
    lines = [line.text for line in digest(Overview(run), 40, ONE_SCREEN)]
    corpus = lines[: next(at for at, line in enumerate(lines) if " in " in line and "cluster" in line)]
    assert max(map(len, corpus)) <= 40
    assert "dated 2001-02-03 to 2005 (1 without a date)" in " ".join(corpus)


def test_furniture_is_counted_and_left_out_unless_it_is_asked_for() -> None:
    with scan(texts=[f"{LINKS}\n\n{prose(seed)}\n\n{SENTENCE}" for seed in range(3)]) as run:
        hidden = run.count("formulas", "furniture:any")
        of_pages = f"3 further matches (edges 3) and {counted(hidden, 'formula')} are furniture of pages"
        said = f"{of_pages}: hidden, the filter furniture:any shows them"
        lines = {line.text: line.target for line in digest(Overview(run), 120, ONE_SCREEN)}
        assert lines[said] == ("within", "furniture:any")
        told = f"3 matches in 1 cluster and {counted(run.count('formulas') - hidden, 'formula')}"
        assert any(line.startswith(told) for line in lines)
        assert (run.count("matches"), run.count("clusters")) == (6, 2)
        assert [best.row["furniture"] for best in Overview(run).passages(9)] == ["none"]
        assert {link.words for link in Overview(run).links(9)} == {len(SENTENCE.split())}
        asked = Overview(run, "furniture:any")
        assert [best.row["furniture"] for best in asked.passages(9)] == ["edges"]
        assert asked.furniture == ""
        shown = [row["text"] for row in Overview(run).formulas(9)]
        assert len(shown) == Overview(run).families == run.count("formulas", "head:true") - 1
        assert not any("Chess" in text for text in shown)
        assert [row["furniture"] for row in best_matches(run, 9)] == ["none"]


def test_matches_of_one_cluster_do_not_crowd_the_others_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Run.open(synthetic_run(tmp_path / "m.reuse", documents=12, matches=60)) as run:
        rows = run.rows("matches", run.ids("matches", shown_first(None), "bits"), ["id", "cluster"])
        best = dict(reversed([(row["cluster"], row["id"]) for row in rows]))
        assert len(best) < len(rows) / 2
        monkeypatch.setattr(highlights, "LOOKED_AT", 2)
        assert {row["cluster"]: row["id"] for row in best_matches(run, 1000)} == best
        assert [row["id"] for row in best_matches(run, 4)] == [row["id"] for row in best_matches(run, 1000)][:4]


def test_passages_and_formulas_that_crowd_the_list_do_not_hide_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = synthetic_run(tmp_path / "s.reuse", documents=30, matches=120)
    with Run.open(path) as run:
        formulas = [row["text"] for row in Overview(run).formulas(8)]
        monkeypatch.setattr(highlights, "LOOKED_AT", 1)
        assert [row["text"] for row in Overview(run).formulas(8)] == formulas
        monkeypatch.setattr(overview, "LOOKED_AT", 0)
        assert len({passage.row["cluster"] for passage in Overview(run).passages(8)}) == len(formulas) == 8


def test_what_says_the_same_text_again_comes_behind_other_texts(tmp_path: Path) -> None:
    """whole ─ T ─ old        part ─ most of T ─ old        other ─ U, which is shorter ─ old"""
    part = COPIED.rpartition(" without")[0]
    texts = {
        "old.txt": f"A beginning. {COPIED}. {WITHIN}.",
        "whole.txt": f"Hear this. {COPIED}. So it was.",
        "part.txt": f"It is said that {part} there.",
        "other.txt": f"Again, {WITHIN} by law.",
    }
    pairs = [(name, said, "old.txt", said) for name, said in (("whole.txt", COPIED), ("part.txt", part))]
    path = build_run(tmp_path / "t.reuse", texts, [*pairs, ("other.txt", WITHIN, "old.txt", WITHIN)])
    with Run.open(path) as run:
        assert run.count("clusters") == 3
        told = [{one.row["a"], one.row["b"]} - {"old.txt"} for one in Overview(run).passages(3)]
        assert told == [{"whole.txt"}, {"other.txt"}, {"part.txt"}]
        assert len(Overview(run).passages(2)) == 2


def test_a_page_has_bars_of_what_is_reused_over_time(run: Run) -> None:
    page = [line.text for line in digest(Overview(run), 80, PAGE)]
    at = next(number for number, line in enumerate(page) if line.startswith("How much is reused"))
    assert page[at].startswith("How much is reused  by ")
    assert "2001" in page[at]
    assert "2005" in page[at]
    recycled = next(line for line in page[at:] if line.startswith("recycled "))
    assert recycled.endswith("█"), "who comes later has it from who came first"
    assert recycled.split(maxsplit=1)[1].lstrip(" ").startswith("·"), "there is no text between them"
    assert all(len(line) <= 80 for line in page[at : at + 4])
    assert not any(line.text.startswith("How much is reused") for line in digest(Overview(run), 80, ONE_SCREEN))


def test_without_dates_nothing_is_drawn_over_time(tmp_path: Path) -> None:
    texts = {"a.txt": f"Hear. {COPIED}.", "b.txt": f"So. {COPIED}."}
    path = build_run(tmp_path / "u.reuse", texts, [("a.txt", COPIED, "b.txt", COPIED)])
    with Run.open(path) as run:
        assert not any("over time" in line.text or "How much" in line.text for line in digest(Overview(run), 80, PAGE))
