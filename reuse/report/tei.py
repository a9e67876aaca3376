"""Documents as TEI P5: the texts as they are, reuse as stand-off markup, clusters as a critical apparatus.

One `teiCorpus` holds a `TEI` a document. In its text, `anchor`s mark where passages begin and end and nothing else is
added; in `standOff`, `span`s name the passages from anchor to anchor, and `n` says where they stand (`p. 12, l. 3`).
The corpus' own `standOff` links the passages of each match (`link`) and sets the readings of each cluster beside its
earliest passage (`app` with `lem` and `rdg`).
Guidelines: https://tei-c.org/release/doc/tei-p5-doc/en/html/ (chapters 13, 17 and 21).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from reuse.report.html.language import language_of
from reuse.report.xml import DECLARATION, element, start, text_of

if TYPE_CHECKING:
    from reuse.run.run import Run

NAMESPACE = "http://www.tei-c.org/ns/1.0"

_PARAGRAPHS = re.compile(r"(?:\r?\n[^\S\r\n]*){2,}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def write_tei(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write all documents as one TEI corpus.

    Args:
        run: The run.
        out: Where to write.
        where: Filter of the documents.

    Returns:
        Number of documents written.
    """
    chosen = run.ids("documents", where).tolist()
    for piece in _corpus(run, chosen):
        out.write(piece.encode())
    return len(chosen)


def _corpus(run: Run, chosen: Sequence[int]) -> Iterator[str]:
    yield DECLARATION
    yield start("teiCorpus", {"xmlns": NAMESPACE}) + "\n"
    yield _header(f"Reuse of text in {len(chosen)} documents", run, ["Made by textreuse from a run of its detector."])
    if chosen:
        yield "<standOff>\n"
        yield from _witnesses(run, chosen)
        yield from _matches(run, set(chosen))
        yield from _apparatus(run, set(chosen))
        yield "</standOff>\n"
    columns = ["id", "title", "date", "source", "metadata", "sha256"]
    for doc, row in zip(chosen, run.rows("documents", chosen, columns), strict=True):
        yield from _document(run, doc, row)
    yield "</teiCorpus>\n"


def _header(title: str, run: Run, source: Sequence[str], change: str = "") -> str:
    described = "".join(source)
    return (
        "<teiHeader><fileDesc>"
        f"<titleStmt>{element('title', title)}</titleStmt>"
        f"<publicationStmt>{element('p', f'Export of the run {run.path.resolve().name}')}</publicationStmt>"
        f"<sourceDesc>{described if described.startswith('<') else element('p', described)}</sourceDesc>"
        f"</fileDesc>{change}</teiHeader>\n"
    )


def _document(run: Run, doc: int, row: dict[str, Any]) -> Iterator[str]:
    text = run.text(doc)
    language = language_of(text, json.loads(row["metadata"]))
    yield start("TEI", [("xml:id", _name(doc)), ("n", row["id"]), ("xml:lang", language or None)]) + "\n"
    parts = [element("title", row["title"] or row["id"])]
    if row["source"]:
        parts.append(element("publisher", row["source"]))
    if row["date"]:
        when = row["date"] if _DATE.fullmatch(row["date"]) else None
        parts.append(element("date", row["date"], [("when", when)]))
    parts.append(element("idno", row["id"], {"type": "id"}))
    parts.append(element("idno", row["sha256"], {"type": "sha256"}))
    yield _header(row["title"] or row["id"], run, ["<bibl>", *parts, "</bibl>"])
    spans = _spans(run, doc)
    if spans:
        yield '<standOff>\n<spanGrp type="reuse">\n'
        begins, ends = np.array(spans, dtype=np.int64).T
        for (begin, end), place in zip(spans, run.places(doc).cited(begins, ends), strict=True):
            borders = {"from": f"#{_name(doc, begin)}", "to": f"#{_name(doc, end)}"}
            identity = {"xml:id": _name(doc, begin, end), "n": place or None, **borders}
            yield start("span", identity, empty=True) + "\n"
        yield "</spanGrp>\n</standOff>\n"
    yield "<text><body>"
    places = sorted({place for span in spans for place in span})
    yield from _paragraphs(text, doc, places)
    yield "</body></text>\n</TEI>\n"


def _paragraphs(text: str, doc: int, places: Sequence[int]) -> Iterator[str]:
    """The text in paragraphs, each with the empty lines behind it, so that the text content is the document's own."""
    begin = at = 0
    for following in [*(found.end() for found in _PARAGRAPHS.finditer(text)), len(text)]:
        inside = []
        while at < len(places) and (places[at] < following or following == len(text)):
            inside.append(places[at])
            at += 1
        yield f'<p xml:space="preserve">{_with_anchors(text, doc, begin, following, inside)}</p>'
        begin = following
        if begin == len(text):
            return


def _with_anchors(text: str, doc: int, begin: int, end: int, places: Sequence[int]) -> str:
    pieces, last = [], begin
    for place in places:
        pieces += [text_of(text[last:place]), start("anchor", {"xml:id": _name(doc, place)}, empty=True)]
        last = place
    return "".join([*pieces, text_of(text[last:end])])


def _witnesses(run: Run, chosen: Sequence[int]) -> Iterator[str]:
    yield "<listWit>\n"
    for doc in chosen:
        name = run.document_ids[doc]
        yield element("witness", name, {"xml:id": f"w{doc}", "corresp": f"#{_name(doc)}"}) + "\n"
    yield "</listWit>\n"


def _matches(run: Run, chosen: set[int]) -> Iterator[str]:
    rows = run.sql("SELECT id, a, a_start, a_end, b, b_start, b_end FROM matches ORDER BY match")
    links = (
        start("link", {"n": name, "target": f"#{_name(a, a_start, a_end)} #{_name(b, b_start, b_end)}"}, empty=True)
        for name, a, a_start, a_end, b, b_start, b_end in rows
        if a in chosen and b in chosen
    )
    first = next(links, None)
    if first is not None:
        yield f'<linkGrp type="match">\n{first}\n'
        yield from (f"{link}\n" for link in links)
        yield "</linkGrp>\n"


def _apparatus(run: Run, chosen: set[int]) -> Iterator[str]:
    """One entry a cluster: its earliest passage as lemma, then the distinct readings with the witnesses of each."""
    rows = run.sql(
        "SELECT c.cluster, c.id, p.doc, p.start, p.end FROM clusters c JOIN passages p USING (cluster) "
        "JOIN documents d USING (doc) ORDER BY c.cluster, d.date_order IS NULL, d.date_order, p.doc, p.start"
    )
    opened = False
    for (_, name), group in groupby(rows, key=lambda row: row[:2]):
        readings: dict[str, list[int]] = {}
        for _, _, doc, begin, end in group:
            if doc in chosen:
                reading = " ".join(run.passage_text(doc, begin, end).split())
                witnesses = readings.setdefault(reading, [])
                if doc not in witnesses:
                    witnesses.append(doc)
        if sum(map(len, readings.values())) < 2:
            continue
        if not opened:
            yield '<listApp type="clusters">\n'
            opened = True
        parts = [
            element("lem" if place == 0 else "rdg", reading, {"wit": " ".join(f"#w{doc}" for doc in witnesses)})
            for place, (reading, witnesses) in enumerate(readings.items())
        ]
        yield f"{start('app', {'n': name})}{''.join(parts)}</app>\n"
    if opened:
        yield "</listApp>\n"


def _spans(run: Run, doc: int) -> list[tuple[int, int]]:
    """Distinct passages of a document's matches."""
    return [
        (begin, end)
        for begin, end in run.sql(
            "SELECT a_start, a_end FROM matches WHERE a = ? UNION SELECT b_start, b_end FROM matches WHERE b = ? "
            "ORDER BY 1, 2",
            (doc, doc),
        )
    ]


def _name(doc: int, *places: int) -> str:
    """An xml:id: of a document, of a place in it, of a span."""
    return "-".join([f"d{doc}", *map(str, places)])
