"""The tables that a scan stores: documents, matches, clusters, formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reuse.run.columns import Column, StoredTable, Values, register
from reuse.run.found import ANY_NAME
from reuse.run.notes import Kind
from reuse.run.rows import cut

if TYPE_CHECKING:
    from reuse.run.run import Run

Compute = Callable[["Run", Mapping[str, Values]], Values]


def _passage(side: str) -> Compute:
    """The text of one passage of each match."""

    def texts(run: Run, values: Mapping[str, Values]) -> Values:
        documents, starts, ends = (
            np.array(values[name], dtype=np.int64) for name in (side, f"{side}_start", f"{side}_end")
        )
        return cut(documents, starts, ends, run.text)

    return texts


def _formula_documents(run: Run, values: Mapping[str, Values]) -> Values:
    """The ids of the documents that have each formula."""
    names = run.document_ids
    tokens = run.tokens
    return [
        [names[document] for document in np.unique(tokens.document_of(run.formula_occurrences(number))).tolist()]
        for number in values["formula"]
    ]


def _review(kind: Kind) -> tuple[Column, ...]:
    """The reviewer's columns."""
    own = {"match": "match", "cluster": "cluster", "formula": "formula"}[kind]
    cluster = ("(SELECT id FROM clusters WHERE clusters.cluster = matches.cluster)",) if kind == "match" else ()
    needs = ("id", *cluster)

    def effective(run: Run, values: Mapping[str, Values]) -> Values:
        marks = run.notes.marks(kind)
        found = [marks.get(row) for row in values["id"]]
        if not cluster:
            return found
        inherited = run.notes.marks("cluster")
        return [mark or inherited.get(group) for mark, group in zip(found, values[cluster[0]], strict=True)]

    def bookmarks(run: Run, values: Mapping[str, Values]) -> Values:
        chosen = run.notes.bookmarks(kind)
        return [row in chosen for row in values["id"]]

    def notes(run: Run, values: Mapping[str, Values]) -> Values:
        written = run.notes.texts(kind)
        return [written.get(row) for row in values["id"]]

    marked = f"reviewer's mark of the {own}" + (", else of its cluster" if cluster else "")
    return (
        Column("mark", "text", f"{marked}: accepted, rejected or boilerplate", needs=needs, compute=effective),
        Column("bookmark", "boolean", "bookmarked by the reviewer", needs=("id",), compute=bookmarks),
        Column("note", "text", "reviewer's note", needs=("id",), compute=notes),
    )


def _of_document(field: str, side: str) -> str:
    return f"(SELECT {field} FROM documents WHERE doc = matches.{side})"


register(
    StoredTable(
        "documents",
        "doc",
        "one report",
        (
            Column("id", "text", "path relative to the scanned folder, or the record's id", "id", order="doc"),
            Column("title", "text", "title, if the metadata or the front matter give one", "title"),
            Column("date", "text", "ISO 8601 date, of reduced precision where need be", "date"),
            Column("date_guessed", "boolean", "the date was found in the text or the file's name", "date_guessed"),
            Column("source", "text", "series or publisher", "source"),
            Column("metadata", "json", "all further fields", "metadata"),
            Column("path", "text", "file that it was read from", "path"),
            Column("record", "integer", "number of the record in that file, from 0; none for a whole file", "record"),
            Column("encoding", "text", "encoding that the file was decoded with", "encoding"),
            Column("sha256", "text", "SHA-256 of the text in UTF-8", "sha256"),
            Column("characters", "integer", "length in code points", "characters", falls=True),
            Column("tokens", "integer", "length in words", "tokens", falls=True),
        ),
    )
)

register(
    StoredTable(
        "matches",
        "match",
        "one pair of passages that share their words",
        (
            Column("id", "text", "hash of the documents' ids and the spans; the same after a rescan", "id"),
            Column("a", "text", "id of document a", _of_document("id", "a"), order="a"),
            Column("a_start", "integer", "start of the passage in a, in code points", "a_start"),
            Column("a_end", "integer", "its end (half-open)", "a_end"),
            Column("b", "text", "id of document b", _of_document("id", "b"), order="b"),
            Column("b_start", "integer", "start of the passage in b, in code points", "b_start"),
            Column("b_end", "integer", "its end (half-open)", "b_end"),
            Column(
                "similarity", "real", "0 to 1: share of the two passages' words that agree", "similarity", falls=True
            ),
            Column("a_coverage", "real", "share of document a's words in the passage", "a_coverage", falls=True),
            Column("b_coverage", "real", "share of document b's words in the passage", "b_coverage", falls=True),
            Column("tokens_a", "integer", "words of the passage in a", "tokens_a", falls=True),
            Column("tokens_b", "integer", "words of the passage in b", "tokens_b", falls=True),
            Column("matched_tokens", "integer", "words that agree", "matched_tokens", falls=True),
            Column("bits", "real", "how surprising the shared words are, in bits", "bits", falls=True),
            Column("evalue", "real", "chance matches as surprising to be expected in such a corpus", "evalue"),
            Column(
                "cluster",
                "text",
                "id of its cluster",
                "(SELECT id FROM clusters WHERE clusters.cluster = matches.cluster)",
                order="matches.cluster",
            ),
            Column("found_by", "text", f"how it was found: {ANY_NAME}", "found_by"),
            Column("direction", "text", "a>b or b>a where the dates say which is earlier, else unknown", "direction"),
            Column("text_a", "text", "the passage in a", needs=("a", "a_start", "a_end"), compute=_passage("a")),
            Column("text_b", "text", "the passage in b", needs=("b", "b_start", "b_end"), compute=_passage("b")),
            Column("title_a", "text", "title of document a", _of_document("title", "a")),
            Column("title_b", "text", "title of document b", _of_document("title", "b")),
            Column("date_a", "text", "date of document a", _of_document("date", "a")),
            Column("date_b", "text", "date of document b", _of_document("date", "b")),
            Column(
                "cluster_passages",
                "integer",
                "passages in its cluster",
                "(SELECT passages FROM clusters WHERE clusters.cluster = matches.cluster)",
                falls=True,
            ),
            *_review("match"),
        ),
    )
)

register(
    StoredTable(
        "clusters",
        "cluster",
        "all passages that carry the same text",
        (
            Column("id", "text", "hash of its first passage", "id"),
            Column("passages", "integer", "passages", "passages", falls=True),
            Column("documents", "integer", "documents that have one", "documents", falls=True),
            Column("tokens", "real", "mean length of its passages, in words", "tokens", falls=True),
            Column("bits", "real", "of its most surprising match", "bits", falls=True),
            Column("first_date", "text", "earliest date of its documents", "first_date"),
            Column("last_date", "text", "latest date of its documents", "last_date"),
            Column("text", "text", "its earliest passage", "text"),
            *_review("cluster"),
        ),
    )
)

register(
    StoredTable(
        "formulas",
        "formula",
        "one phrase that recurs",
        (
            Column("id", "text", "hash of its words", "id"),
            Column("text", "text", "its normalised words", "text"),
            Column("tokens", "integer", "length in words", "tokens", falls=True),
            Column("df", "integer", "documents that have it", "df", falls=True),
            Column("tf", "integer", "occurrences", "tf", falls=True),
            Column("documents", "texts", "ids of these documents", needs=("formula",), compute=_formula_documents),
            Column("first_date", "text", "earliest date of its documents", "first_date"),
            Column("last_date", "text", "latest date of its documents", "last_date"),
            Column("bits", "real", "how surprising its words are together, in bits", "bits", falls=True),
            Column("dispersion", "real", "Gries' DP: 0 spread evenly, towards 1 all in one place", "dispersion"),
            Column("family", "text", "id of the formula that heads its family", "family"),
            Column("variants", "integer", "forms in its family, itself included", "variants", falls=True),
            *_review("formula"),
        ),
    )
)
