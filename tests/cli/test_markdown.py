from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.api import scan
from reuse.cli import main
from reuse.report.markdown import escaped, write_report
from reuse.report.overview import Overview
from reuse.run.run import Run
from tests.synthetic import synthetic_run
from tests.test_pipeline import prose


@pytest.fixture
def page(run_path: Path, tmp_path: Path) -> str:
    out = tmp_path / "report.md"
    assert main(["report", str(run_path), "-o", str(out)]) == 0
    return out.read_text("utf-8")


def test_it_quotes_the_passages_side_by_side(page: str) -> None:
    row = next(line for line in page.splitlines() if "viable" in line)
    left, right = row.strip("| ").split(" | ")
    assert left.endswith("healthy and <b>viable</b> for ever.")
    assert right.endswith("healthy and <b>vibrant</b> for ever.")


def test_it_has_phrases_documents_and_who_shares_with_whom(page: str) -> None:
    assert "| ones closely knitted in the bonds of kinship and healthy and | 2 | 2 |" in page
    assert "| 1. The first | · | 1 (14) | · | · |" in page
    assert "| 2 | b.txt | 2022 (guessed) |" in page


def test_it_says_what_was_not_found_by_words_in_order(page: str) -> None:
    assert page.count("*Reworded*: rarer words agree, in any order.") == 1
    assert re.findall(r"^### (\d).*, reworded", page, re.MULTILINE) == ["2"]


def test_every_table_is_rectangular(page: str) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    assert len(tables) >= 5
    for table in tables:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table


def test_text_of_documents_is_text(page: str) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "\\*\\*title\\*\\*" in page


def test_the_same_run_gives_the_same_bytes(run_path: Path, tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        assert main(["report", str(run_path), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.md").read_bytes() == (tmp_path / "two.md").read_bytes()


@given(st.text())
def test_escaped_text_has_no_markup(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"[<>]", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`|\[\]~$]", re.sub(r"\\[*_`|\[\]~$#]", "", shown))
    assert not re.search(r"&(?!amp;|lt;|gt;|#\d+;)", shown)


def test_an_unknown_format_is_refused(run_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(run_path), "-o", "report.docx"]) == 2
    assert ".md" in capsys.readouterr().err


def test_the_brief_report_is_one_page(tmp_path: Path) -> None:
    stored = synthetic_run(tmp_path / "s.reuse", documents=40, matches=400)
    assert main(["report", str(stored), "--brief", "-o", str(tmp_path / "b.md")]) == 0
    brief = (tmp_path / "b.md").read_text("utf-8")
    assert len(brief.splitlines()) <= 45
    with Run.open(stored) as run:
        overview = Overview(run)
        assert brief.startswith("# What 40 documents share\n")
        assert f"matches: {overview.kept:,}; families of formulas: {overview.families:,}" in brief
        assert f"5 of {overview.linked:,} linked pairs" in brief
        assert all(f"- {row['text']}: {row['tf']:,} times in" in brief for row in overview.formulas(10))
        assert all(f". {passage.said()}" in brief for passage in overview.passages(5))
    assert len(re.findall(r"^\d\. ", brief, re.MULTILINE)) == 5 + 5


def test_what_the_brief_report_cannot_be_is_said(
    run_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(run_path), "--brief", "-o", str(tmp_path / "b.html")]) == 2
    assert "name a file that ends in .md" in capsys.readouterr().err
    assert main(["report", str(run_path), "--brief", "--where", "words>1000000", "-o", str(tmp_path / "b.md")]) == 0
    brief = (tmp_path / "b.md").read_text("utf-8")
    assert "matches: 0" in brief
    assert "##" not in brief.partition("## Formulas")[0]


def test_who_shares_with_whom_leaves_copies_out_unless_copies_alone_share(tmp_path: Path) -> None:
    shared, alone, refrain = prose(1, 80), prose(2, 300), prose(3, 40)
    texts = {
        "a.txt": shared + alone,
        "a copy.txt": shared + alone,
        "b.txt": prose(4, 200) + shared,
        "song.txt": refrain + prose(5, 90) + refrain + prose(6, 90) + refrain,
    }
    assert whose_matrix(texts, tmp_path) == (["a copy", "b"], True)
    assert whose_matrix({name: texts[name] for name in ("a.txt", "a copy.txt", "song.txt")}, tmp_path) == (
        ["a", "a copy"],
        False,
    )
    assert whose_matrix({"song.txt": texts["song.txt"]}, tmp_path) == ([], False)


def whose_matrix(texts: dict[str, str], folder: Path) -> tuple[list[str], bool]:
    """The documents in the report's matrix, and whether it says that a copy is left out."""
    out = folder / "report.md"
    with scan(texts=texts) as run:
        write_report(run, out)
    section = out.read_text("utf-8").partition("## Who shares with whom")[2].partition("\n## ")[0]
    return re.findall(r"^\| \d+\. (.*?) \|", section, re.MULTILINE), "1 copy of another document is left out" in section
