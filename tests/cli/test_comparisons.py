"""Concordance, keyness and profile on the command line, on the seeds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import reuse
from reuse.cli import main
from reuse.display import cells
from reuse.report.concordance import concordance
from reuse.report.direction import LEFT_TO_RIGHT
from reuse.run.run import Run
from tests.synthetic import build_run

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compared") / "seeds.reuse"
    reuse.scan(SEEDS, path).close()
    return path


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


def test_every_occurrence_stands_under_the_other(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "concordance", str(seeds), "cheers", "of", "HURRAH")
    texts = [path.read_text("utf-8").casefold() for path in sorted(SEEDS.glob("*.txt"))]
    expected = sum(text.count('cheers of "hurrah') + text.count("cheers of “hurrah") for text in texts)
    assert len(found) == expected == 4
    assert len({line.casefold().index("cheers of") for line in found}) == 1
    assert max(map(cells, found)) <= 80


def test_every_line_of_a_concordance_cuts_out_of_its_file(seeds: Path) -> None:
    with Run.open(seeds) as run:
        found = concordance(run, "the part*")
    assert len(found) > 100
    for row in found:
        text = (SEEDS / row["doc"]).read_bytes().decode()
        assert " ".join(text[row["start"] : row["end"]].split()) == row["keyword"]
        assert row["keyword"].casefold().startswith("the")


@pytest.mark.parametrize(("side", "place"), [("left", -1), ("right", 0)])
def test_a_concordance_is_sorted_by_its_context(seeds: Path, side: str, place: int) -> None:
    with Run.open(seeds) as run:
        found = concordance(run, "party committees", order=side)  # type: ignore[arg-type]
    nearest = [words[place].strip('.,;:"“”()*').casefold() for text in found[side] if (words := text.split())]
    plain = [word for word in nearest if word.isalpha() and word.isascii()]
    assert plain == sorted(plain)
    assert len(set(plain)) > 5


def test_words_that_are_nowhere_have_no_occurrence(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concordance", str(seeds), "zebra"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "0 occurrences in 0 of 5 documents\n"


@pytest.mark.parametrize("out", [False, True])
def test_a_cut_concordance_says_of_how_many(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: bool
) -> None:
    where = ["-o", str(tmp_path / "hits.jsonl")] if out else []
    assert main(["concordance", str(seeds), "cheers", "of", "hurrah", "--limit", "2", *where]) == 0
    shown, err = capsys.readouterr()
    rows = (tmp_path / "hits.jsonl").read_text("utf-8") if out else shown
    assert len(rows.splitlines()) == 2
    assert err.splitlines()[-1] == "2 of 4 occurrences in 4 of 5 documents"


def test_a_question_mark_is_said_to_be_a_wildcard(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["concordance", str(seeds), "zebra?"]) == 0
    assert "? stands for one letter" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ["concordance", "RUN", "the"],
            ["frames", "RUN"],
            ["life", "RUN"],
            ["profile", "RUN"],
            ["export", "RUN", "matches"],
        ),
        ["keyness", "RUN", "--by", "year"],
    ],
)
@pytest.mark.parametrize("limit", ["-1", "two", "1.5"])
def test_no_command_takes_a_limit_that_is_no_number_of_rows(
    seeds: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], limit: str
) -> None:
    words = [str(seeds) if word == "RUN" else word for word in arguments]
    assert main([*words, f"--limit={limit}"]) == 2
    assert "is not a number of rows" in capsys.readouterr().err


@pytest.mark.parametrize("top", [["report", "RUN", "-o", "r.md"], ["keyness", "RUN", "--by", "year"]])
def test_nor_a_negative_top(seeds: Path, capsys: pytest.CaptureFixture[str], top: list[str]) -> None:
    assert main([*(str(seeds) if word == "RUN" else word for word in top), "--top=-1"]) == 2
    assert "is not a number of rows" in capsys.readouterr().err


def test_a_cut_list_says_of_how_many(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", str(seeds), "--limit", "2"]) == 0
    assert "2 of 5 rows" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["concordance", "life"])
def test_a_query_that_is_not_understood_is_shown_with_a_caret(
    seeds: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(seeds), "party", "committ[ei]*"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1:] == ["  party committ[ei]*", "               ^"]


def test_no_words_are_wrong_usage(seeds: Path) -> None:
    assert main(["concordance", str(seeds), "…"]) == 2


def test_keyness_shows_what_marks_each_group(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = lines(capsys, "keyness", str(seeds), "--by", "year", "--top", "3")
    assert heading.split() == ["group", "z", "q", "df", "tf", "per", "million", "rest", "formula"]
    assert [row.split()[0] for row in rows] == ["2021"] * 3 + ["2022"] * 3
    assert "chief secretaries of the city and" in rows[0]
    assert "primary Party" in rows[3]


def test_keyness_against_itself_marks_nothing(seeds: Path, tmp_path: Path) -> None:
    out = tmp_path / "key.jsonl"
    assert main(["keyness", str(seeds), "--reference", str(seeds), "-o", str(out)]) == 0
    assert {round(json.loads(line)["z"], 6) for line in out.read_text("utf-8").splitlines()} == {0.0}


def test_frames_are_shown_with_what_fills_their_slots(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = "\n".join(lines(capsys, "frames", str(seeds), "--limit", "20"))
    assert "… cheers of hurrah" in shown
    slot = next(line for line in shown.splitlines() if "thunderous" in line)
    assert slot.strip().split(", ") == ["thunderous (2)", "stormy (2)"]
    assert len([line for line in shown.splitlines()[1:] if not line.startswith("          ")]) == 20


def test_frames_can_be_written_as_a_table(seeds: Path, tmp_path: Path) -> None:
    out = tmp_path / "frames.jsonl"
    assert main(["frames", str(seeds), "-o", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert all("…" in row["pattern"] and row["df"] >= 2 for row in rows)


def test_the_life_of_words_is_told_by_period(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, together, one, other, empty, periods, *rows = lines(
        capsys, "life", str(seeds), "primary", "party", "committee*", "OR", "primary", "committees", "--by", "month"
    )
    assert heading.split() == ["words", "first", "last", "df", "tf", "verdict"]
    figures = [re.search(r"(20\d\d-\d\d)  (20\d\d-\d\d)  +(\d+)  +(\d+)", row) for row in (together, one, other)]
    assert all(figures)
    assert next(found.group(1, 2) for found in figures if found) == ("2021-03", "2022-07")
    times = [int(found.group(4)) for found in figures if found]
    assert times[0] == sum(times[1:]) > 100
    assert "born" not in other  # two documents before and two that have it say nothing
    assert empty == ""
    assert periods.split() == ["period", "df", "tf", "per", "1,000"]
    by_month = {row.split()[0]: row.split()[1:] for row in rows}
    assert by_month["2021-04"] == ["0", "0", "0.00"]
    assert by_month["2021-05"][-2:] == ["no", "text"]
    assert [month for month, row in by_month.items() if "▇" in row[-1]] == ["2021-03", "2022-02", "2022-03", "2022-07"]
    assert sum(int(row[1]) for row in by_month.values()) == times[0]


def test_a_phrase_is_born_where_many_documents_stand_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [
        {"id": f"d{year}", "date": str(year), "text": f"number {year * 7919}" + (" by word of mouth" * (year > 1936))}
        for year in range(1900, 1940)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    reuse.scan(tmp_path / "in.jsonl", tmp_path / "r.reuse").close()
    found = lines(capsys, "life", str(tmp_path / "r.reuse"), "word", "of", "mouth", "--by", "Year")
    assert found[1].split() == ["word", "of", "mouth", "1937", "1939", "3", "3", "born", "(37", "documents", "before)"]


def test_of_a_life_is_said_that_documents_without_a_date_are_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dates = ["2001-02", "2001-03", "2001", None, None]
    records = [
        {"id": str(number), "date": date, "text": f"Number {number * 7919} went by word of mouth."}
        for number, date in enumerate(dates)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    run = str(tmp_path / "r.reuse")
    reuse.scan(tmp_path / "in.jsonl", tmp_path / "r.reuse").close()
    for query in (["word", "of", "mouth"], []):
        assert main(["life", run, *query, "--by", "month"]) == 0
        assert "counted in 2 of 5 documents, those with a date that names a month" in capsys.readouterr().err
    assert main(["life", run, "word", "of", "mouth", "--by", "year"]) == 0
    said = capsys.readouterr()
    assert "counted in 3 of 5 documents" in said.err
    assert said.out.splitlines()[1].split()[-2:] == ["3", "3"]


def test_lives_of_families_can_be_listed_and_written(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, *rows = lines(capsys, "life", str(seeds), "--limit", "5")
    assert len(rows) == 5
    out = tmp_path / "lives.jsonl"
    assert main(["life", str(seeds), "-o", str(out), "--by", "year"]) == 0
    written = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(written) > 100
    assert written[0]["periods"] == ["2021", "2022"]


def test_profiles_name_every_document(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, *rows = lines(capsys, "profile", str(seeds))
    assert [row[:4] for row in rows] == ["000_", "001_", "002_", "003_", "004_"]
    assert all("%" in row for row in rows)


def test_one_profile_is_told_in_full(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = "\n".join(lines(capsys, "profile", str(seeds), "000"))
    assert "of the words 9% are recycled, " in out
    assert "most characteristic formulas" in out
    assert re.search(r"^[A-D=·]{80}$", out, re.MULTILINE)
    assert re.search(r"^A +147 words +4%  sure +94%  001_2f472aac57d2ee7a.txt$", out, re.MULTILINE)
    assert re.search(r"^· +[\d,]+ words  fresh$", out, re.MULTILINE)


def test_the_sections_of_one_document_are_listed(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = lines(capsys, "profile", str(seeds), "001", "--sections")
    assert heading.split() == ["from", "to", "length", "kind", "taken", "from", "alike", "sure", "date", "guessed"]
    assert rows[0].split() == ["0", "71", "10", "fresh", "no"]
    assert any("003_4f944ba05b264" in row for row in rows)


def test_two_documents_say_what_the_one_took_from_the_other(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(" ".join(lines(capsys, "compare", str(seeds), "001", "003")).split())
    assert "001_2f472aac57d2ee7a.txt most likely took 651 words directly from 003_4f944ba05b264b4e.txt" in out
    assert "003_4f944ba05b264b4e.txt most likely took" not in out


def test_frames_with_some_words_can_be_asked_for(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, *rows = lines(capsys, "frames", str(seeds), "bonds", "of", "KINSHIP")
    assert [row for row in rows if not row.startswith("          ")]
    assert all("bonds of kinship" in row for row in rows if not row.startswith("          "))


@pytest.mark.parametrize(
    "arguments",
    [
        ["keyness"],
        ["keyness", "--by", "nothing"],
        ["profile", "000", "--by", "year"],
        ["profile", "zebra"],
        ["profile", "--sections"],
        ["life", "…"],
        ["life", "--by", "title"],
    ],
)
def test_wrong_usage_is_status_2(seeds: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([arguments[0], str(seeds), *arguments[1:]]) == 2
    assert capsys.readouterr().err


def test_every_p_frame_can_be_listed(seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *rows = lines(capsys, "frames", str(seeds), "--all", "--min-fillers", "5", "--limit", "4")
    assert heading.split() == ["df", "tf", "fillers", "var", "H", "frame", "slot"]
    assert len(rows) == 4
    out = tmp_path / "frames.csv"
    assert main(["frames", str(seeds), "the", "of", "--all", "--min-fillers", "5", "-o", str(out)]) == 0


def test_ngrams_of_a_length_and_range_are_exported(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ngrams.jsonl"
    words = ["--length", "3-5", "--min-range", "4", "--order", "df", "-o", str(out)]
    assert main(["export", str(seeds), "ngrams", *words]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {row["tokens"] for row in rows} == {3, 4, 5}
    assert [row["df"] for row in rows] == sorted((row["df"] for row in rows), reverse=True)
    assert rows[-1]["df"] == 4
    assert main(["export", str(seeds), "ngrams", "--length", "1-3"]) == 2
    assert main(["export", str(seeds), "matches", "--length", "3-5"]) == 2
    assert "go with ngrams, not with matches" in capsys.readouterr().err
    assert main(["export", str(seeds), "ngrams", "--length", "three"]) == 2
    assert "say 4, or 3-8" in capsys.readouterr().err


def test_what_is_read_from_the_right_has_the_words_before_at_the_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"one": "הנמל החדש של העיר נפתח אתמול", "two": "אמרו כי הנמל הישן של העיר נסגר היום"}
    build_run(tmp_path / "h.reuse", texts)
    found = lines(capsys, "concordance", str(tmp_path / "h.reuse"), "של העיר")
    parts = [line.split(LEFT_TO_RIGHT)[1::2] for line in found]
    assert parts == [["נפתח אתמול", "של העיר", "הנמל החדש"], ["נסגר היום", "של העיר", "אמרו כי הנמל הישן"]]
    assert len({line.index("של העיר") for line in found}) == 1
    edges = set()
    for line in lines(capsys, "concordance", str(tmp_path / "h.reuse"), "(העיר|החדש|הישן)"):
        behind, occurrence, _ = line.split(LEFT_TO_RIGHT)[1::2]
        edges.add(line.replace(LEFT_TO_RIGHT, "").index(f"{behind} {occurrence}") + len(f"{behind} {occurrence}"))
    assert len(edges) == 1, "occurrences begin at one right edge"
