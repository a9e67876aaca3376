"""`why` says of a pair of spans what the scan made of it."""

import json
from pathlib import Path

import pytest

import reuse
from reuse.cli import main
from reuse.errors import UsageError
from reuse.options import AlignOptions, IndexOptions, RewordedOptions, ScanOptions, ScoreOptions
from reuse.run.run import Run
from reuse.why import why

SHARED = "Beneath the quiet harbour seven copper lanterns guided every weary fisherman towards familiar shores"
NOT_REWORDED = RewordedOptions(enabled=False)
TITLE = "the first secretary of the committee"

#  a.txt: own words ── SHARED ── own words       b.txt: own words ── SHARED, two words other ── own words
#  c.txt … : nothing in common but TITLE


def filler(name, words=60):
    return " ".join(f"{name}{number}" for number in range(words)) + ". "


@pytest.fixture(scope="module")
def texts():
    copy = SHARED.replace("seven copper", "twenty golden")
    return {
        "a.txt": filler("alpha") + SHARED + ". " + filler("amber"),
        "b.txt": filler("bravo") + copy + ". " + filler("birch"),
    } | {f"c{number}.txt": filler(f"c{number}x") + TITLE + ". " + filler(f"c{number}y") for number in range(8)}


def span(texts, name, words):
    at = texts[name].index(words)
    return name, at, at + len(words)


def scanned(texts, folder, options=None):
    source = folder / "texts"
    source.mkdir()
    for name, text in texts.items():
        (source / name).write_text(text, encoding="utf-8")
    reuse.scan([source], folder / "run", options).close()
    return folder / "run"


@pytest.fixture(scope="module")
def path(texts, tmp_path_factory):
    return scanned(texts, tmp_path_factory.mktemp("why"), ScanOptions())


@pytest.fixture
def run(path):
    with Run.open(path) as opened:
        yield opened


def test_a_match_of_the_run_is_explained_stage_by_stage(run, texts):
    first, second = span(texts, "a.txt", SHARED), span(texts, "b.txt", SHARED.replace("seven copper", "twenty golden"))
    found = why(run, second, first)
    assert (found.a, found.b) == (first, second)
    assert found.words_a == SHARED.lower()
    size = len(SHARED.split())
    assert found.shared_shingles == (4 - 2) + (size - 6 - 2)
    assert found.similarity == pytest.approx(found.shared_shingles / (2 * (size - 2) - found.shared_shingles))
    assert found.anchors == {3: found.shared_shingles}
    assert found.chain_bits > found.chain_needed
    assert found.match.matched[0] == size - 2
    row = run.table("matches")
    assert [match.id for match in found.stored] == list(row["id"])
    assert found.match.bits[0] == pytest.approx(row["bits"][0], rel=1e-5)
    assert found.match.evalue[0] == pytest.approx(row["evalue"][0], rel=1e-4)
    assert found.verdict == f"the run has it: {found.stored[0].id}"


def test_windows_are_compared_as_the_index_compares_them(run, texts):
    found = why(run, span(texts, "a.txt", SHARED), span(texts, "b.txt", "twenty golden lanterns guided every weary"))
    assert found.windows.true > 0
    assert found.windows.probability == pytest.approx(found.bands.probability(found.windows.true))
    assert not found.windows.signed  # nothing is crowded here


def test_unrelated_spans_have_no_anchor(run, texts):
    found = why(run, span(texts, "a.txt", "alpha1 alpha2 alpha3"), span(texts, "b.txt", "bravo1 bravo2 bravo3"))
    assert (found.shared_shingles, found.anchors, found.match) == (0, {}, None)
    assert "no anchor" in found.verdict


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (ScanOptions(score=ScoreOptions(alone=10_000), reworded=NOT_REWORDED), "--score-alone"),
        (ScanOptions(align=AlignOptions(min_tokens=100)), "--align-min-tokens"),
        (ScanOptions(score=ScoreOptions(margin=500.0)), "chain threshold"),
        (
            ScanOptions(score=ScoreOptions(margin=26.0), align=AlignOptions(edit_cost=8.0, gap_cost=60.0)),
            "--score-margin",
        ),
    ],
)
def test_the_filter_that_dropped_it_is_named(texts, tmp_path, options, reason):
    path = scanned(texts, tmp_path, options)
    with Run.open(path) as run:
        copy = SHARED.replace("seven copper", "twenty golden")
        found = why(run, span(texts, "a.txt", SHARED), span(texts, "b.txt", copy))
    assert found.stored == ()
    assert reason in found.verdict


@pytest.fixture
def of_two_authors(texts, tmp_path):
    lines = [{"id": name, "text": text, "author": "Ada" if name < "b" else "Ben"} for name, text in texts.items()]
    lines.append({"id": "nobody", "text": f"{filler('nemo')} {SHARED}. {filler('nix')} {SHARED}."})
    source = tmp_path / "texts.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    options = ScanOptions(score=ScoreOptions(margin=0.0, alone=0.0))
    reuse.scan([source], tmp_path / "run", options, across="author").close()
    with Run.open(tmp_path / "run") as run:
        yield run


def test_documents_of_one_group_were_not_compared(of_two_authors, texts):
    first, copy = span(texts, "a.txt", SHARED), span(texts, "b.txt", SHARED.replace("seven copper", "twenty golden"))
    found = why(of_two_authors, first, copy)
    (row,) = (row for row in of_two_authors.matches if (row["a"], row["b"]) == ("a.txt", "b.txt"))
    assert [match.id for match in found.stored] == [row["id"]]
    assert found.match.evalue[0] == pytest.approx(row["evalue"], rel=1e-4)
    found = why(of_two_authors, span(texts, "c1.txt", TITLE), span(texts, "c2.txt", TITLE))
    assert found.verdict == "the two were not compared: both have the author Ben"
    assert found.anchors
    text = of_two_authors.text("nobody")
    once, again = text.index(SHARED), text.rindex(SHARED)
    found = why(of_two_authors, *(("nobody", at, at + len(SHARED)) for at in (once, again)))
    assert found.verdict == "the two were not compared: this scan compares no document with itself"
    assert why(of_two_authors, first, ("nobody", once, once + len(SHARED))).stored


def test_folders_that_were_compared_with_each_other(texts, tmp_path):
    for folder, names in (("left", ("a.txt", "c1.txt")), ("right", ("b.txt", "c2.txt"))):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text(texts[name], encoding="utf-8")
    reuse.scan([], tmp_path / "run", between=(tmp_path / "left", tmp_path / "right")).close()
    with Run.open(tmp_path / "run") as run:
        title, alpha = span(texts, "c1.txt", TITLE), span(texts, "a.txt", "alpha1 alpha2")
        found = why(run, ("left/a.txt", *alpha[1:]), ("left/c1.txt", *title[1:]))
        assert found.verdict == f"the two were not compared: both lie in {tmp_path / 'left'}"
        assert "not compared" not in why(run, ("left/a.txt", *alpha[1:]), ("right/c2.txt", *title[1:])).verdict


def test_of_copies_it_is_told_that_they_are(texts, tmp_path):
    some = texts | {"d0.txt": texts["a.txt"], "d1.txt": texts["a.txt"]}
    with Run.open(scanned(some, tmp_path)) as run:
        here, there = span(some, "a.txt", "alpha1 alpha2"), span(some, "d1.txt", "alpha4 alpha5")
        assert "say the same" in why(run, here, there).verdict or why(run, here, there).stored
        whole = why(run, span(some, "d0.txt", SHARED), span(some, "d1.txt", SHARED))
    assert whole.copies
    assert "the run has it" in whole.verdict


def test_signatures_are_known_where_the_run_has_them(texts, tmp_path):
    path = scanned(texts, tmp_path, ScanOptions(index=IndexOptions(minhash="all")))
    with Run.open(path) as run:
        assert why(run, span(texts, "c1.txt", TITLE), span(texts, "c2.txt", TITLE)).windows.signed


def test_spans_must_hold_words_and_lie_apart(run, texts):
    whole = span(texts, "a.txt", SHARED)
    with pytest.raises(UsageError, match="overlap"):
        why(run, whole, ("a.txt", whole[1] + 20, whole[2] + 20))
    with pytest.raises(UsageError, match="no whole word"):
        why(run, ("a.txt", 0, 1), whole)
    with pytest.raises(UsageError, match="no document"):
        why(run, ("z.txt", 0, 9), whole)


def test_the_command(path, texts, capsys):
    spans = [
        "{}:{}-{}".format(*span(texts, "a.txt", SHARED)),
        "{}:{}-{}".format(*span(texts, "b.txt", "twenty golden lanterns guided every weary fisherman")),
    ]
    assert main(["why", str(path), *spans]) == 0
    printed = capsys.readouterr().out
    for name in ("words of a", "shared shingles", "Jaccard", "MinHash", "anchors", "chain", "bits", "E-value"):
        assert name in printed
    assert printed.splitlines()[-1].startswith("verdict")
    assert main(["why", str(path), spans[0], "nonsense"]) == 2


def test_matches_of_the_seeds_have_the_bits_of_the_table(tmp_path):
    seeds = Path(__file__).parents[1] / "seeds"
    with reuse.scan([seeds], tmp_path / "run") as run:
        rows = list(run.matches)
        joined = [row for row in rows if row["found_by"] != "aligned"][:1]
        for row in [*rows[:: len(rows) // 3], *joined]:
            found = why(run, *((row[side], row[f"{side}_start"], row[f"{side}_end"]) for side in "ab")).stored[0]
            assert (found.id, found.bits, found.evalue) == (row["id"], row["bits"], row["evalue"])
