"""The HTML report as a file: what stands in it, and what does not."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reuse.api import scan
from reuse.cli import main
from reuse.errors import UsageError
from reuse.report.html import analyses
from reuse.report.html import blocks as blocks_module
from reuse.report.html.blocks import Blocks, json_text
from reuse.report.html.content import CHUNK, Content
from reuse.report.html.page import write_report
from reuse.report.html.shades import STRIP
from reuse.run.run import Run
from reuse.run.table import Table
from reuse.shares import KINDS, whole_percents
from tests.clusters.test_furniture import LINKS, SENTENCE, prose
from tests.report.conftest import CHANGED, SHARED
from tests.synthetic import build_run


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of each script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.words: list[str] = []
        self._within: tuple[str, dict[str, str | None]] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag in {"script", "style"}:
            self._within = (tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._within[0]:
            self._within = None

    def handle_data(self, data: str) -> None:
        if self._within:
            self.raw.append((*self._within, data))
        else:
            self.words.append(data)


def written(path: Path, out: Path, **choices: Any) -> str:
    with Run.open(path) as run:
        write_report(run, out, **choices)
    return out.read_text("utf-8")


def block(elements: Elements, name: str) -> Any:
    (found,) = [(attributes, text) for _, attributes, text in elements.raw if attributes.get("id") == f"block-{name}"]
    attributes, text = found
    if attributes["type"] == "application/json":
        return json.loads(text)
    return json.loads(gzip.decompress(base64.b64decode(text)))


def test_it_reads_without_a_script(small: Path, tmp_path: Path) -> None:
    elements = Elements(written(small, tmp_path / "r.html"))
    words = " ".join(" ".join(elements.words).split())
    assert "What 3 documents share" in words
    assert SHARED.split("knitted", maxsplit=1)[0].strip() in words
    assert "knitted" in words
    assert "the bonds of kinship are closely" in words
    assert "a.txt" in words


def test_it_says_what_was_not_found_by_words_in_order(small: Path, few: Path, tmp_path: Path) -> None:
    says = "Rarer words agree, in any order."
    assert says in written(few, tmp_path / "r.html")
    assert says not in written(small, tmp_path / "r.html")


def test_it_asks_for_nothing(small: Path, hostile: Path, tmp_path: Path) -> None:
    for number, path in enumerate((small, hostile)):
        elements = Elements(written(path, tmp_path / f"{number}.html"))
        assert {"link", "img", "iframe", "base", "form", "object"}.isdisjoint(elements.tags)
        assert all(value and value.startswith("#") for _, name, value in elements.attributes if name == "href")
        assert not [value for _, name, value in elements.attributes if name == "src"]
        assert not [name for _, name, _ in elements.attributes if name.startswith("on") or name == "style"]


def test_its_policy_allows_its_own_script_and_style_only(small: Path, tmp_path: Path) -> None:
    elements = Elements(written(small, tmp_path / "r.html"))
    policy = next(value for tag, name, value in elements.attributes if tag == "meta" and "script-src" in str(value))
    assert policy is not None
    for kind in ("script", "style"):
        (text,) = [text for tag, attributes, text in elements.raw if tag == kind and "id" not in attributes]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert re.search(rf"{kind}-src 'sha256-{re.escape(digest)}'(;|$)", policy)
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy, "a drawing becomes an image that is fetched from nowhere"


def test_text_of_documents_stays_text(hostile: Path, tmp_path: Path) -> None:
    page = written(hostile, tmp_path / "r.html")
    elements = Elements(page)
    assert elements.tags.count("script") == 1 + len(re.findall(r'<script type="application/', page))
    assert "window.broken" not in "".join(text for tag, of, text in elements.raw if tag == "script" and "id" not in of)
    assert not re.search("[\x00-\x08\x0b-\x1f\u2028\u202e]", page), "nothing that acts is left raw"
    index = block(elements, "index")
    assert any("</script>" in name for name in index["documents"]["id"]), "and nothing is lost"


def test_data_are_those_of_the_run(small: Path, tmp_path: Path) -> None:
    elements = Elements(written(small, tmp_path / "r.html"))
    index, quotes = block(elements, "index"), block(elements, "quotes")
    with Run.open(small) as run:
        (match,) = run.table("matches").to_dicts()
        assert index["matches"]["id"] == [match["id"]]
        assert quotes[index["matches"]["a"][0]] == match["text_a"] == SHARED
        assert quotes[index["matches"]["b"][0]] == match["text_b"] == CHANGED
        spans = index["spans"]
        for number, quote in enumerate(quotes):
            assert run.passage_text(spans["doc"][number], spans["start"][number], spans["end"][number]) == quote
        assert index["documents"]["id"] == run.document_ids
        assert index["documents"]["language"] == ["", "", "he"]
        assert index["documents"]["rightToLeft"] == [0, 0, 1]
    texts = block(elements, "texts-0")
    assert [doc for doc, _, _ in texts] == [0, 1, 2]
    assert texts[0][1].startswith("First of all. 𝔄")
    start, end, depth, cluster = texts[0][2]
    assert texts[0][1][start:end] == SHARED
    assert (depth, cluster) == (1, 0)


def test_occurrences_stand_in_their_context(small: Path, tmp_path: Path) -> None:
    elements = Elements(written(small, tmp_path / "r.html"))
    phrases, occurrences = block(elements, "index")["phrases"], block(elements, "occurrences")
    with Run.open(small) as run:
        for text, lines in zip(phrases["text"], occurrences, strict=True):
            assert lines
            for doc, start, end, left, keyword, right in lines:
                assert run.passage_text(doc, start, end) == keyword
                assert run.text(doc)[:start].endswith(left.strip() + " " * left.endswith(" "))
                assert run.text(doc)[end:].startswith(right.rstrip())
                assert keyword.casefold() == text


def test_changes_are_named(small: Path, tmp_path: Path) -> None:
    elements = Elements(written(small, tmp_path / "r.html"))
    assert block(elements, "edits") == [[["substitution", "words", "knitted", "woven"]]]
    changes = block(elements, "index")["changes"]
    assert (changes["before"], changes["after"], changes["count"]) == (["knitted"], ["woven"], [1])


def test_changes_are_named_in_so_many_words_of_matches(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elements = Elements(written(few, tmp_path / "all.html"))
    index = block(elements, "index")
    assert index["changes"]["matches"] == len(index["matches"]["id"]) == len(block(elements, "edits"))
    monkeypatch.setattr(analyses, "EDITED_WORDS", 400)
    fewer = Elements(written(few, tmp_path / "few.html"))
    named = block(fewer, "index")["changes"]["matches"]
    assert 0 < named < index["changes"]["matches"]
    assert block(fewer, "edits") == block(elements, "edits")[:named]


def test_the_same_run_gives_the_same_bytes(few: Path, tmp_path: Path) -> None:
    assert written(few, tmp_path / "1.html") == written(few, tmp_path / "2.html")


def test_filter_and_number_of_matches(few: Path, tmp_path: Path) -> None:
    elements = Elements(written(few, tmp_path / "r.html", where="similarity>0.9", top=7))
    index = block(elements, "index")
    assert len(index["matches"]["id"]) == 7
    assert min(index["matches"]["similarity"]) > 0.9
    assert index["matches"]["bits"] == sorted(index["matches"]["bits"], reverse=True)
    words = " ".join(" ".join(elements.words).split())
    assert "similarity>0.9" in words
    assert "shows the 7 most surprising of" in words
    with Run.open(few) as run, pytest.raises(UsageError):
        write_report(run, tmp_path / "x.html", where="nonsense:1")
    assert not (tmp_path / "x.html").exists()


def test_furniture_is_neither_counted_first_nor_shown_in_place_of_text(tmp_path: Path) -> None:
    run = tmp_path / "pages.reuse"
    scan(texts=[f"{LINKS}\n\n{prose(seed)}\n\n{SENTENCE}" for seed in range(3)], out=run).close()
    elements = Elements(written(run, tmp_path / "r.html", top=4))
    index = block(elements, "index")
    assert sorted(index["matches"]["furniture"]) == [0, 0, 0, 1]
    assert index["matches"]["bits"] == sorted(index["matches"]["bits"], reverse=True)
    words = " ".join(" ".join(elements.words).split())
    assert "Found were 3 matches of passages" in words
    assert "Matches 3 Formulas" in words
    assert "shows the 4 most surprising of 6 matches, where furniture of pages comes after all others" in words


def test_an_empty_run_has_a_report(tmp_path: Path) -> None:
    elements = Elements(written(build_run(tmp_path / "e.reuse", {"a.txt": "Only this."}), tmp_path / "r.html"))
    words = " ".join(" ".join(elements.words).split())
    assert "No two passages share enough words" in words
    assert words.count("What 1 document shares") == 2  # title and heading


def test_tiers(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.html"
    inline = Elements(written(few, out))
    assert "as readable JSON" in " ".join(inline.words)
    monkeypatch.setattr(blocks_module, "INLINE_BYTES", 10_000)
    compressed = Elements(written(few, out))
    assert "compressed" in " ".join(compressed.words)
    monkeypatch.setattr(blocks_module, "PAGE_BYTES", 10_000)
    apart = Elements(written(few, out))
    assert "r.files" in " ".join(apart.words)
    assert main(["report", str(few), "-o", str(out)]) == 0
    assert "keep the two together" in capsys.readouterr().err
    script = (tmp_path / "r.files" / "texts-0.js").read_text("ascii")
    packed = re.fullmatch(r'textreuseBlock\("texts-0","([A-Za-z0-9+/=]+)"\);\n', script)
    assert packed
    texts = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    for name in ("index", "quotes"):
        assert block(inline, name) == block(compressed, name) == block(apart, name)
    assert texts == block(inline, "texts-0") == block(compressed, "texts-0")
    monkeypatch.undo()
    written(few, out)
    assert not (tmp_path / "r.files").exists(), "a folder that is no longer needed goes"


def test_a_folder_of_somebody_else_is_left_alone(few: Path, tmp_path: Path) -> None:
    mine = tmp_path / "r.files" / "thesis.docx"
    mine.parent.mkdir()
    mine.write_text("do not lose")
    written(few, tmp_path / "r.html")
    assert mine.read_text() == "do not lose"


def test_strips_shade_where_passages_lie(few: Path) -> None:
    with Run.open(few) as run:
        content = Content(run)
        lengths = run.table("documents")["characters"]
        shaded = [set() for _ in lengths]  # type: list[set[int]]
        for _, doc, start, end, _ in content.passages.tolist():
            shaded[doc] |= {place * STRIP // lengths[doc] for place in range(start, end)}
        for strip, places in zip(content.strips(), shaded, strict=True):
            assert {place for place, depth in enumerate(strip) if depth != "0"} == places


def test_the_shares_of_a_document_add_up_and_are_those_of_its_profile(few: Path) -> None:
    with Run.open(few) as run:
        content = Content(run)
        assert all(sum(shares) == 100 for shares in content.shares())
        profiles = run.table("profiles")
        exact = zip(*(profiles[kind] for kind in KINDS), strict=True)
        assert content.shares() == [whole_percents(shares) for shares in exact]


def test_texts_are_in_blocks_of_bounded_size(few: Path) -> None:
    with Run.open(few) as run:
        content = Content(run)
        content.documents = Table({"characters": [CHUNK // 2, CHUNK // 2, 1, 3 * CHUNK, 5]})
        assert content.chunks() == [0, 0, 1, 2, 3]


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_json_is_safe_in_html_and_loses_nothing(value: Any) -> None:
    text = json_text(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value
    text.encode()


def test_lone_surrogates_survive_as_escapes() -> None:
    assert json.loads(json_text("caf\udce9 <b>")) == "caf\udce9 <b>"


def test_blocks_of_any_number_are_written_once_each() -> None:
    with Blocks() as blocks:
        for number in range(3):
            blocks.add(f"b-{number}", "x" * 900_000)
        assert blocks.tier == "compressed"
        page = b"".join(blocks.elements()).decode()
    assert re.findall(r'id="block-(b-\d)"', page) == ["b-0", "b-1", "b-2"]


def test_the_matrix_sums_the_matches_shown(few: Path) -> None:
    with Run.open(few) as run:
        for where in (None, "similarity>0.9"):
            matrix = analyses.matrix(run, Content(run, where).match_numbers)
            assert sum(matrix["matches"]) == run.count("matches", where)
            assert sorted(matrix["blocks"]) == matrix["documents"]
            inside = {*matrix["a"], *matrix["b"]}
            assert set(matrix["documents"]) <= inside
            assert matrix["sharing"] == len(inside)


def test_lives_count_the_dated_occurrences(few: Path) -> None:
    with Run.open(few) as run:
        content = Content(run)
        lives = analyses.lives(run, run.table("documents")["date"], content.phrase_numbers)
        assert lives is not None
        dates = run.table("documents")["date"]
        for number, uses in zip(content.phrase_numbers, lives["uses"], strict=True):
            documents = run.tokens.document_of(run.formula_occurrences(number)).tolist()
            assert sum(times for _, times, _ in uses) == sum(dates[document] is not None for document in documents)
            assert all(rate > 0 for _, _, rate in uses)


def test_without_dates_there_are_no_lives(tmp_path: Path) -> None:
    texts = {"a.txt": f"So {SHARED}", "b.txt": f"Thus {SHARED}"}
    path = build_run(tmp_path / "e.reuse", texts, [], [SHARED.rstrip(".")])
    assert block(Elements(written(path, tmp_path / "r.html")), "index")["lives"] is None
