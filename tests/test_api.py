"""The Python API: what is offered, texts in memory from scan to evidence, methods that give what the commands do."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest

import reuse
from reuse.analysis.profiles import profile_table
from reuse.cli import main
from reuse.progress import NotebookProgress
from reuse.run.run import Run as StoredRun
from reuse.run.table import Table
from tests.test_house import imported_by

SEEDS = Path(__file__).parents[1] / "seeds"
SHARED = "They stressed that the long awaited agreement must be put into effect without any delay whatsoever."
TEXTS = {
    "first": f"Opening of the spring session. {SHARED} Nothing else was said that day.",
    "second": f"A letter to the editor, 한국 🙂. {SHARED}\r\nThe harbour was closed in the evening.",
    "third": "An altogether different report about weather, fishing and trains.",
}


@pytest.fixture(scope="module")
def run():
    rows = [{"id": name, "text": text, "date": f"202{at}"} for at, (name, text) in enumerate(TEXTS.items())]
    with reuse.scan(texts=rows) as run:
        yield run


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    with reuse.scan(SEEDS, tmp_path_factory.mktemp("api") / "seeds.reuse") as run:
        yield run


def test_the_api_is_all_there_is():
    assert dir(reuse) == sorted(reuse.__all__)
    assert all(getattr(reuse, name) is not None for name in reuse.__all__)
    parts = [type(getattr(reuse.ScanOptions(), part.name)) for part in fields(reuse.ScanOptions)]
    assert {part.__name__ for part in parts if is_dataclass(part)} <= set(reuse.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        reuse.nonsense  # noqa: B018


def test_options_are_made_without_the_engine():
    heavy = {"numpy", "datasketch", "rapidfuzz"}
    assert imported_by("import reuse; reuse.preset('quotations'); reuse.ScanOptions(); dir(reuse)").isdisjoint(heavy)
    assert "numpy" in imported_by("import reuse; reuse.scan")


def test_texts_in_memory_share_their_passage(run):
    (match,) = run.matches
    assert (match.a.document, match.b.document, match.direction) == ("first", "second", "a>b")
    for passage in (match.a, match.b):
        assert TEXTS[passage.document][passage.start : passage.end] == passage.text
        assert SHARED[:-1] in passage.text
    assert run.documents["path"] == ["", "", ""]
    assert run.text("second") == TEXTS["second"]


def test_every_way_to_give_texts_finds_the_same(run):
    bare = reuse.scan(texts=TEXTS)
    frame = reuse.scan(texts=pd.DataFrame({"id": list(TEXTS), "text": list(TEXTS.values())}))
    listed = reuse.scan(texts=list(TEXTS.values()))
    assert bare.matches == frame.matches
    assert bare.matches["id"] == run.matches["id"]
    assert (listed.matches["a"], listed.matches["text_a"]) == (["0"], bare.matches["text_a"])


def test_texts_are_compared_across_a_column():
    frame = pd.DataFrame({"text": list(TEXTS.values()), "author": ["Jo", "Jo", "Ann"]})
    assert len(reuse.scan(texts=frame).matches) == 1
    assert len(reuse.scan(texts=frame, across="author").matches) == 0


def test_a_run_of_texts_goes_when_nobody_holds_it():
    run = reuse.scan(texts=TEXTS)
    folder = run.path.parent
    assert (folder / "texts.reuse" / "run.sqlite").exists()
    matches = run.matches
    del run
    gc.collect()
    assert matches[0].bits > 0, "a table holds the run that it is read from"
    del matches
    gc.collect()
    assert not folder.exists()


def test_a_run_of_texts_stays_where_it_is_wanted(tmp_path):
    run = reuse.scan(texts=TEXTS, out=tmp_path / "kept.reuse")
    bits = run.matches["bits"]
    del run
    gc.collect()
    assert reuse.Run.open(tmp_path / "kept.reuse").matches["bits"] == bits


def test_nothing_stays_behind_when_nothing_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(
        reuse.TextReuseError, match="no document could be read from the texts: texts, row 1: has an empty"
    ):
        reuse.scan(texts=["  "])
    assert list(tmp_path.iterdir()) == []


def test_texts_are_verified_by_giving_them_again(run):
    changed = {"third": TEXTS["third"], "second": "Now then. " + TEXTS["second"]}
    found = {row.document: row for row in run.verify(texts=changed)}
    told = {name: (row.state, row.passages, row.found, row.moved, row.lost) for name, row in found.items()}
    assert told == {
        "first": ("missing", 1, 0, 0, 1),
        "second": ("changed", 1, 0, 1, 0),
        "third": ("unchanged", 0, 0, 0, 0),
    }
    assert set(run.verify(texts=TEXTS)["state"]) == {"unchanged"}
    with pytest.raises(reuse.TextReuseError, match=r"made of texts in memory; give them again: run.verify\(texts=…\)"):
        run.verify()


def test_files_are_verified(seeds):
    assert seeds.verify()["state"] == ["unchanged"] * 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "nothing to scan, or too much"),
        ({"paths": "seeds", "texts": TEXTS}, "nothing to scan, or too much"),
        ({"texts": TEXTS, "between": ("a", "b")}, "nothing to scan, or too much"),
        ({"paths": TEXTS}, r"given by name: reuse.scan\(texts=…\)"),
        ({"paths": pd.DataFrame({"text": ["x"]})}, r"given by name: reuse.scan\(texts=…\)"),
        ({"texts": []}, "no document could be read from the texts: there are none"),
        ({"texts": TEXTS, "preset": "quotes"}, "no preset 'quotes'; there are formulaic, quotations"),
        ({"texts": TEXTS, "preset": "ocr", "options": reuse.ScanOptions()}, "options or a preset, not both"),
    ],
)
def test_what_is_asked_wrongly_is_explained(arguments, message):
    with pytest.raises(reuse.TextReuseError, match=message):
        reuse.scan(**arguments)


def test_a_preset_is_recorded():
    quotations = reuse.scan(texts=TEXTS, preset="quotations")
    assert quotations.meta["options"]["score"]["alone"] == reuse.preset("quotations").score.alone > 50


COMMANDS = [
    (["keyness", "--by", "document", "--top", "5"], lambda run: run.keyness(limit=5)),
    (["concordance", "the", "people"], lambda run: run.concordance("the people", width=100)),
    (["collocates", "the", "--least", "9"], lambda run: run.collocates("the", least=9)),
    (["life", "the", "people", "|", "our", "people"], lambda run: run.life("the people", "our people")),
    (["life"], lambda run: run.life()),
    (["profile"], lambda run: run.profile()),
    (["frames"], lambda run: run.frames()),
    (["compare", "--by", "document"], lambda run: run.matrix()),
]


@pytest.mark.parametrize(("command", "method"), COMMANDS, ids=lambda value: value[0] if isinstance(value, list) else "")
def test_a_method_gives_what_the_command_writes(seeds, tmp_path, command, method):
    name, *others = command
    assert main([name, str(seeds.path), *others, "-o", str(tmp_path / "out.jsonl")]) == 0
    table = method(seeds)
    assert isinstance(table, Table)
    assert table.name
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(written) == len(table) > 0
    for row, wanted in zip(table, written, strict=True):
        cells = {column: row[column] for column in wanted}
        if name == "frames":  # a list within a list is JSON in a table, and itself in a file of JSON
            cells["distinct"] = json.loads(cells["distinct"])
        assert cells == wanted


def test_analyses_by_group(seeds):
    documents = seeds.document_ids[:2]
    assert seeds.profile("year").to_dict() == profile_table(seeds, "year")
    against = seeds.keyness(between=(documents[0], documents[1]))
    assert against["z"] == sorted(against["z"], reverse=True)
    assert seeds.keyness(reference=seeds, limit=3)["log_odds"] == pytest.approx([0, 0, 0], abs=0.01)
    assert len(seeds.changes()) > len(seeds.changes(by="document", between=(documents[0], documents[1]))) > 0
    assert max(seeds.families()["variants"]) > 1
    assert set(seeds.edits()["match"]) <= set(seeds.matches["id"])
    frame = seeds.frames()[0]
    assert len(seeds.fillers(0)) == frame.tf * frame.pattern.count("…")


def test_types_of_an_analysis_do_not_depend_on_what_is_known(seeds):
    undated = reuse.scan(texts=list(TEXTS.values()))
    assert set(undated.profile()["recycled_low"]) == {None}
    for name in ("profile", "matrix", "changes", "keyness"):
        assert getattr(undated, name)().to_arrow().schema == getattr(seeds, name)().to_arrow().schema
    assert undated.changes(by="document").to_arrow().schema.names[0] == "group"


def test_a_run_is_exported_and_reported(seeds, tmp_path):
    assert seeds.export("matches", tmp_path / "m.csv", where="bits>100") == seeds.count("matches", "bits>100")
    seeds.report(tmp_path / "report.md", top=3)
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# What 5 documents share")
    with pytest.raises(
        reuse.TextReuseError, match=r"report\.doc: the format is chosen by the suffix; it can be \.html, \.md"
    ):
        seeds.report(tmp_path / "report.doc")


def test_a_pair_of_spans_is_explained(seeds):
    (match,) = seeds.table("matches", limit=1)
    found = seeds.why((match.a.document, match.a.start, match.a.end), (match.b.document, match.b.start, match.b.end))
    assert [stored.id for stored in found.stored] == [match.id]


def test_a_run_is_opened_as_what_has_the_methods(seeds):
    with reuse.Run.open(seeds.path) as again:
        assert isinstance(again, reuse.Run)
        assert isinstance(again, StoredRun)
    assert "<td>documents</td><td>5</td>" in seeds._repr_html_()


class Shown:
    """What a notebook shows under a cell, as it changes."""

    def __init__(self, line):
        self.lines = [line]

    def update(self, line):
        self.lines.append(line)


@pytest.fixture
def notebook(monkeypatch):
    shown = []
    module, displays = ModuleType("IPython"), ModuleType("IPython.display")
    module.get_ipython = lambda: SimpleNamespace(kernel=object())
    displays.HTML = str
    displays.display = lambda line, display_id: shown.append(Shown(line)) or shown[-1]
    monkeypatch.setitem(sys.modules, "IPython", module)
    monkeypatch.setitem(sys.modules, "IPython.display", displays)
    return shown


def test_a_notebook_shows_progress(notebook, monkeypatch):
    monkeypatch.setattr("reuse.progress.EVERY", 0)
    reuse.scan(texts=TEXTS)
    (line,) = notebook
    characters = sum(map(len, TEXTS.values()))
    assert f"<small>read and tokenise {characters:,} …</small>" in line.lines
    assert line.lines[-1].startswith("<small>done after ")
    with pytest.raises(reuse.TextReuseError):
        reuse.scan(texts=[""])
    assert notebook[-1].lines[-1].startswith("<small>stopped after ")


def test_a_notebook_can_be_silent(notebook):
    reuse.scan(texts=TEXTS, progress=False)
    assert notebook == []


def test_progress_says_how_much_of_how_much(notebook, monkeypatch):
    monkeypatch.setattr("reuse.progress.EVERY", 0)
    line = NotebookProgress()
    line.stage("a <stage>", 2_000)
    line.advance(1_500)
    assert notebook[0].lines[1:] == [
        "<small>a &lt;stage&gt; …</small>",
        "<small>a &lt;stage&gt; 1,500 of 2,000 …</small>",
    ]


def test_a_script_says_nothing(capfd):
    reuse.scan(texts=TEXTS)
    assert capfd.readouterr() == ("", "")


def test_one_path_may_stand_alone(tmp_path, monkeypatch):
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert reuse.scan(str(tmp_path)).path == Path(f"{tmp_path.name}.reuse")
    assert len(reuse.scan([tmp_path / "first.txt", tmp_path / "second.txt"], "two.reuse").documents) == 2


def test_a_run_made_with_wrong_arguments_says_only_that():
    call = "import reuse\ntry:\n    reuse.Run()\nexcept TypeError:\n    print('told')"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("told\n", "")
