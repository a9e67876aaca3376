"""Documents as nodes, shared text as edges: GraphML and GEXF, for Gephi, Cytoscape, networkx and others.

Of who shares with whom the edges have no direction; of who draws on whom they lead from the source to the document.

Formats: http://graphml.graphdrawing.org/specification.html and https://gexf.net/schema.html (version 1.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from reuse.analysis.groups import groups_by
from reuse.analysis.matrix import matrix_of
from reuse.errors import UsageError
from reuse.report.xml import DECLARATION, element, start

if TYPE_CHECKING:
    from reuse.run.run import Run

Attributes = tuple[tuple[str, str], ...]

NODE: Attributes = (("label", "string"), ("date", "string"), ("source", "string"), ("words", "long"))
"""Attributes of a node and their types. `label` is the title, or the id where there is none."""
EDGE: Attributes = (
    ("weight", "double"),
    ("matches", "long"),
    ("words_a", "long"),
    ("words_b", "long"),
    ("share_a", "double"),
    ("share_b", "double"),
)
"""Attributes of an edge. `weight`: words shared, the mean of both sides; shares are of each document's words.

Edges have no direction: which document is earlier is in the nodes' dates.
"""
DRAWN: Attributes = (
    ("weight", "double"),
    ("share", "double"),
    ("sections", "long"),
    ("confidence", "double"),
    ("guessed", "boolean"),
    ("main", "boolean"),
)
"""Attributes of an edge from a source to the document that draws on it. `weight`: words taken; the edges that are
`main` are a tree (or several): of each document the one source that it draws on most."""

Row = dict[str, Any]


def write_graphml(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write the graph as GraphML; returns the number of edges."""
    return _write(out, _graphml(*_graph(run, where), "undirected", EDGE))


def write_sources(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write who draws directly on whom as GraphML; returns the number of edges.

    Raises:
        UsageError: There is a filter.
    """
    if where:
        raise UsageError("sources take no filter; of their edges, those that are main are the tree")
    nodes = _nodes(run)
    place = {node["id"]: number for number, node in enumerate(nodes)}
    edges = (
        row | {"a": place[row["source"]], "b": place[row["document"]], "weight": row["words"]}
        for row in run.table("sources").to_dicts()
    )
    return _write(out, _graphml(nodes, edges, "directed", DRAWN))


def write_gexf(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write the graph as GEXF 1.3; returns the number of edges."""
    return _write(out, _gexf(*_graph(run, where)))


def _write(out: IO[bytes], lines: Iterator[tuple[str, bool]]) -> int:
    edges = 0
    for line, is_edge in lines:
        edges += is_edge
        out.write(f"{line}\n".encode())
    return edges


def _nodes(run: Run) -> list[Row]:
    documents = run.table("documents", columns=["id", "title", "date", "source", "tokens"])
    return [
        {"id": row["id"], "label": row["title"] or row["id"], "date": row["date"], "source": row["source"]}
        | {"words": row["tokens"]}
        for row in documents.to_dicts()
    ]


def _graph(run: Run, where: str | None) -> tuple[list[Row], Iterator[Row]]:
    """Nodes, all documents, and edges, every pair that shares text (documents that repeat themselves: a loop)."""
    nodes = _nodes(run)
    numbers = run.ids("matches", where) if where else None
    pairs = matrix_of(run, groups_by(run), numbers, formulas=False)
    columns = (pairs.a, pairs.b, pairs.matches, pairs.words_a, pairs.words_b, pairs.share_a, pairs.share_b)
    names = ("a", "b", "matches", "words_a", "words_b", "share_a", "share_b")
    edges = (
        dict(zip(names, row, strict=True)) | {"weight": (row[3] + row[4]) / 2}
        for row in zip(*(column.tolist() for column in columns), strict=True)
    )
    return nodes, edges


def _graphml(
    nodes: list[Row], edges: Iterator[Row], direction: str, of_edges: Attributes
) -> Iterator[tuple[str, bool]]:
    yield DECLARATION + start("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}), False
    for domain, attributes in (("node", NODE), ("edge", of_edges)):
        for name, kind in attributes:
            keys = {"id": f"{domain}.{name}", "for": domain, "attr.name": name, "attr.type": kind}
            yield start("key", keys, empty=True), False
    yield start("graph", {"edgedefault": direction}), False
    for node in nodes:
        yield f"{start('node', {'id': node['id']})}{_data(node, 'node', NODE)}</node>", False
    for edge in edges:
        ends = {"source": nodes[edge["a"]]["id"], "target": nodes[edge["b"]]["id"]}
        yield f"{start('edge', ends)}{_data(edge, 'edge', of_edges)}</edge>", True
    yield "</graph>\n</graphml>", False


def _data(row: Row, domain: str, attributes: Attributes) -> str:
    return "".join(
        element("data", _cell(row[name]), {"key": f"{domain}.{name}"})
        for name, _ in attributes
        if row[name] is not None
    )


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever a row holds
    """Truth as XML spells it."""
    return str(value).lower() if isinstance(value, bool) else value


def _gexf(nodes: list[Row], edges: Iterator[Row]) -> Iterator[tuple[str, bool]]:
    yield DECLARATION + start("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"}), False
    yield start("graph", {"defaultedgetype": "undirected", "mode": "static"}), False
    for domain, attributes in (("node", NODE[1:]), ("edge", EDGE[1:])):  # label and weight have places of their own
        yield start("attributes", {"class": domain, "mode": "static"}), False
        for name, kind in attributes:
            yield start("attribute", {"id": name, "title": name, "type": kind}, empty=True), False
        yield "</attributes>", False
    yield "<nodes>", False
    for node in nodes:
        yield f"{start('node', {'id': node['id'], 'label': node['label']})}{_values(node, NODE[1:])}</node>", False
    yield "</nodes>\n<edges>", False
    for number, edge in enumerate(edges):
        ends = {"id": number, "source": nodes[edge["a"]]["id"], "target": nodes[edge["b"]]["id"]}
        yield (
            f"{start('edge', chain(ends.items(), [('weight', edge['weight'])]))}{_values(edge, EDGE[1:])}</edge>",
            True,
        )
    yield "</edges>\n</graph>\n</gexf>", False


def _values(row: Row, attributes: Attributes) -> str:
    values = "".join(
        start("attvalue", {"for": name, "value": row[name]}, empty=True)
        for name, _ in attributes
        if row[name] is not None
    )
    return f"<attvalues>{values}</attvalues>"
