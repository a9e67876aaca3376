"""Exports in the layouts of other tools, read as those tools read them."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from reuse.analysis.groups import groups_by
from reuse.analysis.matrix import matrix_of
from reuse.cli import main
from reuse.errors import UsageError
from reuse.report.graph import write_gexf, write_graphml, write_sources
from reuse.report.html.pair import write_pair
from reuse.report.pair import matches_between, share_covered, turned
from reuse.report.passim import aligned, write_alignments, write_clusters
from reuse.report.tei import write_tei
from reuse.report.xml import attribute, text_of
from reuse.run.run import Run
from tests.report.conftest import CHANGED, SHARED

TEI = {"tei": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
GOLDEN = Path(__file__).parent / "golden"


def exported(write: Any, path: Path, where: str | None = None) -> bytes:
    out = io.BytesIO()
    with Run.open(path) as run:
        write(run, out, where)
    return out.getvalue()


def records(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_clusters_have_the_fields_that_passim_documents(few: Path) -> None:
    found = records(exported(write_clusters, few))
    with Run.open(few) as run:
        assert len(found) == next(run.sql("SELECT count(*) FROM passages"))[0]
        sizes = dict(run.sql("SELECT cluster, passages FROM clusters"))
        dates = dict(zip(run.document_ids, run.table("documents")["date"], strict=True))
        by_uid = {row["uid"]: row["id"] for row in found}
        for row in found:
            assert {"uid", "cluster", "size", "begin", "end", "src", "pboiler", "id", "series", "text"} <= set(row)
            assert row["text"] == run.passage_text(row["id"], row["begin"], row["end"])
            assert row["size"] == sizes[row["cluster"]]
            assert 0 <= row["pboiler"] <= 1
            assert -(2**63) <= row["uid"] < 2**63, "passim's column is a 64-bit integer"
            for source in row["src"]:
                assert dates[by_uid[source["uid"]]] < dates[row["id"]]
    assert [row["size"] for row in found] == sorted((row["size"] for row in found), reverse=True)
    assert any(row["src"] for row in found)
    assert {row["author"] for row in found} >= {"Author 1"}, "metadata come along"


def test_alignments_have_the_fields_of_both_sides(few: Path) -> None:
    found = records(exported(write_alignments, few, "similarity>0.9"))
    with Run.open(few) as run:
        assert len(found) == run.count("matches", "similarity>0.9") > 0
        for row in found[:20]:
            for side in ("", "2"):
                passage = run.passage_text(row[f"id{side}"], row[f"begin{side}"], row[f"end{side}"])
                assert row[f"s{side or 1}"].replace("-", "").split() == passage.replace("-", "").split()
            assert len(row["s1"]) == len(row["s2"])
            assert 0 < row["matches"] <= len(row["s1"])


def test_aligned_passages_stand_under_one_another() -> None:
    assert aligned("one two three four", "one two,\nbig three") == (
        "one two- --- three four",
        "one two, big three ----",
    )


@pytest.mark.parametrize("layout", ["graphml", "gexf"])
def test_a_graph_is_read_by_networkx(few: Path, tmp_path: Path, layout: str) -> None:
    file = tmp_path / f"graph.{layout}"
    file.write_bytes(exported(write_graphml if layout == "graphml" else write_gexf, few))
    graph = nx.read_graphml(file) if layout == "graphml" else nx.read_gexf(file, version="1.3")
    with Run.open(few) as run:
        assert set(graph.nodes) == set(run.document_ids)
        pairs = matrix_of(run, groups_by(run), formulas=False)
        ids = run.document_ids
        for a, b, matches, words in zip(
            pairs.a.tolist(), pairs.b.tolist(), pairs.matches.tolist(), pairs.words_a.tolist(), strict=True
        ):
            assert graph.edges[ids[a], ids[b]]["matches"] == matches
            assert graph.edges[ids[a], ids[b]]["words_a"] == words
        assert graph.number_of_edges() == len(pairs)
        assert int(pairs.matches.sum()) == run.count("matches")
        node = graph.nodes[ids[3]]
        (row,) = run.rows("documents", [3])
        assert (node["label"], node["words"], node.get("date")) == (row["title"], row["tokens"], row["date"])


def test_who_draws_on_whom_is_a_tree_for_networkx(few: Path, tmp_path: Path) -> None:
    (tmp_path / "g").write_bytes(exported(write_sources, few))
    graph = nx.read_graphml(tmp_path / "g")
    with Run.open(few) as run:
        rows = run.table("sources").to_dicts()
    assert rows
    assert {(row["source"], row["document"], row["words"]) for row in rows} == set(graph.edges(data="weight"))
    assert nx.is_directed_acyclic_graph(graph)
    tree = nx.DiGraph((a, b) for a, b, main in graph.edges(data="main") if main)
    assert nx.is_forest(tree)
    assert max(degree for _, degree in tree.in_degree()) == 1
    with pytest.raises(UsageError, match="take no filter"):
        exported(write_sources, few, "words>10")


def test_a_filter_thins_the_graph(few: Path, tmp_path: Path) -> None:
    (tmp_path / "g").write_bytes(exported(write_graphml, few, "similarity>0.95"))
    graph = nx.read_graphml(tmp_path / "g")
    with Run.open(few) as run:
        expected = run.count("matches", "similarity>0.95")
    assert sum(matches for _, _, matches in graph.edges(data="matches")) == expected


def test_hostile_names_are_well_formed_xml(hostile: Path) -> None:
    for write in (write_graphml, write_gexf, write_tei):
        etree.fromstring(exported(write, hostile), etree.XMLParser(huge_tree=True))


@pytest.mark.parametrize("value", ["a\r\nb\tc", "<&>\"'", "\x00\x1b\ud800\ufffe", "𝔄 ד 조"])
def test_xml_gives_back_what_it_can_hold(value: str) -> None:
    expected = "".join("\ufffd" if character in "\x00\x1b\ud800\ufffe" else character for character in value)
    document = f"<a b={attribute(value)}>{text_of(value)}</a>"
    element = etree.fromstring(document.encode())
    assert element.text == expected
    assert element.get("b") == expected


def test_tei_keeps_the_text_and_points_to_the_passages(small: Path, few: Path) -> None:
    for path in (small, few):
        root = etree.fromstring(exported(write_tei, path))
        with Run.open(path) as run:
            texts = root.findall("tei:TEI", TEI)
            assert [text.get("n") for text in texts] == run.document_ids
            for text in texts:
                body = text.find(".//tei:body", TEI)
                assert "".join(body.itertext()) == run.text(text.get("n"))
                for span in text.iterfind(".//tei:span", TEI):
                    start, end = (int(place) for place in span.get(ID).split("-")[1:])
                    assert between(body, span.get("from"), span.get("to")) == run.passage_text(
                        text.get("n"), start, end
                    )
            known = {element.get(ID) for element in root.iter() if element.get(ID)}
            pointers = [
                pointer
                for element in root.iter(etree.Element)
                for name in ("target", "wit", "from", "to", "corresp")
                for pointer in element.get(name, "").split()
            ]
            assert pointers
            assert {pointer.removeprefix("#") for pointer in pointers} <= known
            assert len(root.findall(".//tei:link", TEI)) == run.count("matches")
            assert len(root.findall(".//tei:app", TEI)) == run.count("clusters")


def between(body: Any, start: str, end: str) -> str:
    """The text from one anchor to another."""
    pieces: list[str] = []
    inside = False
    for element in body.iter():
        if element.tag.endswith("anchor"):
            inside = (inside or element.get(ID) == start[1:]) and element.get(ID) != end[1:]
            pieces.append(element.tail or "" if inside else "")
        elif inside:
            pieces.append(element.text or "")
    return "".join(pieces)


def test_tei_sets_readings_beside_the_earliest(small: Path) -> None:
    root = etree.fromstring(exported(write_tei, small))
    (app,) = root.iterfind(".//tei:app", TEI)
    assert [(reading.tag.rpartition("}")[2], reading.get("wit"), reading.text) for reading in app] == [
        ("lem", "#w0", SHARED),
        ("rdg", "#w1", CHANGED),
    ]


def test_tei_keeps_to_the_subset_that_it_states(small: Path, few: Path) -> None:
    """A subset of TEI All; documents valid against it are valid TEI P5."""
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("tei_subset.rng")))
    for path in (small, few):
        document = etree.fromstring(exported(write_tei, path))
        assert schema.validate(document), schema.error_log


def test_tei_of_some_documents_links_only_these(few: Path) -> None:
    root = etree.fromstring(exported(write_tei, few, "doc:report-0"))
    assert {text.get("n")[:8] for text in root.iterfind("tei:TEI", TEI)} == {"report-0"}
    known = {element.get(ID) for element in root.iter() if element.get(ID)}
    for link in root.iterfind(".//tei:link", TEI):
        assert {pointer[1:] for pointer in link.get("target").split()} <= known


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("clusters", "--as", "passim"), "clusters.jsonl"),
        (("matches", "--as", "passim"), "alignments.jsonl"),
        (("matrix", "--as", "graphml"), "matrix.graphml"),
        (("matrix", "--as", "gexf"), "matrix.gexf"),
        (("documents", "--as", "tei"), "documents.xml"),
    ],
)
def test_golden_bytes(small: Path, tmp_path: Path, arguments: tuple[str, ...], name: str) -> None:
    """Written anew with: TEXTREUSE_GOLDEN=write pytest tests/report/test_layouts.py."""
    out = tmp_path / name
    assert main(["export", str(small), *arguments, "-o", str(out)]) == 0
    golden = GOLDEN / name
    if os.environ.get("TEXTREUSE_GOLDEN") == "write":
        golden.write_bytes(out.read_bytes())
    assert out.read_bytes() == golden.read_bytes()


def test_layouts_that_do_not_fit_are_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(small), "formulas", "--as", "tei"]) == 2
    assert "documents --as tei" in capsys.readouterr().err
    assert main(["export", str(small), "documents", "--as", "tei", "--limit", "3"]) == 2


def test_a_pair_as_a_page(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "pair.html"
    assert main(["compare", str(small), "b.txt", "a.txt", "-o", str(out)]) == 0
    page = etree.HTML(out.read_bytes())
    left, right = page.findall(".//blockquote")
    assert " ".join("".join(left.itertext()).split()) == CHANGED
    assert " ".join("".join(right.itertext()).split()) == SHARED
    assert [mark.text for mark in left.iter("mark")] == ["woven"]
    assert page.find(".//script") is None
    assert any("script-src 'none'" in meta.get("content", "") for meta in page.iter("meta"))
    assert main(["compare", str(small), "a.txt", "b.txt", "-o", str(tmp_path / "pair.pdf")]) == 2


def test_matches_as_a_page(small: Path, few: Path, hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "pairs.html"
    assert main(["export", str(small), "matches", "--as", "html-diff", "-o", str(out)]) == 0
    page = etree.HTML(out.read_bytes())
    assert ["".join(mark.itertext()) for mark in page.findall(".//blockquote/mark")] == ["knitted", "woven"]
    assert [title.text for title in page.findall(".//p/bdi")] == ["a", "b"]
    assert main(["export", str(few), "matches", "--as", "html-diff", "--where", "bits>150", "-o", str(out)]) == 0
    with Run.open(few) as run:
        expected = run.table("matches", where="bits>150", order="bits")["id"]
    shown = etree.HTML(out.read_bytes()).findall(".//article")
    assert [article.get("id") for article in shown] == [f"match/{name}" for name in expected]
    assert main(["export", str(hostile), "matches", "--as", "html-diff", "-o", str(out)]) == 0
    page = etree.HTML(out.read_bytes())
    assert {element.tag for element in page.find("body").iter()}.isdisjoint({"script", "img", "svg", "b", "i"})


def test_a_hostile_pair_stays_text(hostile: Path, tmp_path: Path) -> None:
    with Run.open(hostile) as run:
        assert write_pair(run, tmp_path / "p.html", 0, 1) == 1
    page = etree.HTML((tmp_path / "p.html").read_bytes())
    assert {element.tag for element in page.find("body").iter()}.isdisjoint({"script", "img", "svg", "b", "i"})


def test_matches_turn_with_the_order_of_the_documents(few: Path) -> None:
    with Run.open(few) as run:
        a, b = next(iter(run.sql("SELECT a, b FROM matches WHERE a < b")))
        there, back = matches_between(run, a, b), matches_between(run, b, a)
        assert sorted(row["id"] for row in there) == sorted(row["id"] for row in back)
        by_id = {row["id"]: row for row in there}
        for row in back:
            assert turned(row) == by_id[row["id"]]
            assert row["text_a"] == run.passage_text(b, row["a_start"], row["a_end"])
            assert row["a"] == run.document_ids[b]


def test_covered_text_counts_once() -> None:
    assert share_covered([(0, 10), (5, 15), (30, 40), (32, 35)], 100) == pytest.approx(0.25)
    assert share_covered([], 0) == 0
