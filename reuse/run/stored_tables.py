"""The tables that a scan stores, each declared once: what its columns are, mean, and are filtered by.

Offsets are half-open, in Unicode code points of the document's text. Documents, matches, clusters and formulas are
numbered from 0 in the order of their table; `id` columns hold the names that stay the same over rescans.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from reuse.columns import Values
from reuse.run import conditions
from reuse.run.conditions import Compiler, Field
from reuse.run.declaration import StoredColumn, StoredTable, quoted
from reuse.run.files import RunFiles
from reuse.run.found import ANY_FURNITURE, ANY_NAME, ANY_RELATION, FOUND_SAYS, FURNITURE_SAYS, RELATION_SAYS
from reuse.run.notes import Kind
from reuse.run.spans import cut
from reuse.shares import SHARES

Compute = Callable[[RunFiles, Mapping[str, Values]], Values]


class _Spans:
    """Something of a passage of each row: of which document, and what its span is called; none where there is none."""

    def __init__(self, document: str, prefix: str | None = None) -> None:
        span = f"{document}_" if prefix is None else prefix
        self.needs = (document, *(quoted(f"{span}{end}") for end in ("start", "end")))

    def text(self, run: RunFiles, values: Mapping[str, Values]) -> Values:
        """What stands there."""
        return self._each(values, lambda documents, starts, ends: cut(documents, starts, ends, run.text))

    def place(self, run: RunFiles, values: Mapping[str, Values]) -> Values:
        """Where it stands, as people cite it."""
        return self._each(values, run.cited)

    def _each(self, values: Mapping[str, Values], say: Callable[..., list[str]]) -> Values:
        given = values[self.needs[0]]
        there = [row for row, known in enumerate(given) if known is not None]
        spans = (np.array([values[name][row] for row in there], dtype=np.int64) for name in self.needs)
        found: Values = [None] * len(given)
        for row, said in zip(there, say(*spans), strict=True):
            found[row] = said
        return found


def _formula_documents(run: RunFiles, values: Mapping[str, Values]) -> Values:
    """The ids of the documents that have each formula."""
    names = run.document_ids
    tokens = run.tokens
    return [
        [names[document] for document in np.unique(tokens.document_of(run.formula_occurrences(number))).tolist()]
        for number in values["formula"]
    ]


def _review(kind: Kind) -> tuple[StoredColumn, ...]:
    """The reviewer's columns."""
    own = {"match": "match", "cluster": "cluster", "formula": "formula"}[kind]
    cluster = ("(SELECT id FROM clusters WHERE clusters.cluster = matches.cluster)",) if kind == "match" else ()
    needs = ("id", *cluster)

    def effective(run: RunFiles, values: Mapping[str, Values]) -> Values:
        marks = run.notes.marks(kind)
        found = [marks.get(row) for row in values["id"]]
        if not cluster:
            return found
        inherited = run.notes.marks("cluster")
        return [mark or inherited.get(group) for mark, group in zip(found, values[cluster[0]], strict=True)]

    def bookmarks(run: RunFiles, values: Mapping[str, Values]) -> Values:
        chosen = run.notes.bookmarks(kind)
        return [row in chosen for row in values["id"]]

    def notes(run: RunFiles, values: Mapping[str, Values]) -> Values:
        written = run.notes.texts(kind)
        return [written.get(row) for row in values["id"]]

    marked = f"reviewer's mark of the {own}" + (", else of its cluster" if cluster else "")
    return (
        StoredColumn("mark", "text", f"{marked}: accepted, rejected or boilerplate", needs=needs, compute=effective),
        StoredColumn("bookmark", "boolean", "bookmarked by the reviewer", needs=("id",), compute=bookmarks),
        StoredColumn("note", "text", "reviewer's note", needs=("id",), compute=notes),
    )


def _review_fields(kind: Kind) -> dict[str, Field]:
    return {
        "mark": Field("reviewer's mark: accepted, rejected, boilerplate, bookmark, any or none", conditions.mark(kind)),
        "note": Field("text inside the reviewer's note", conditions.note(kind)),
    }


def _period_fields(condition: Compiler) -> dict[str, Field]:
    return {
        "after": Field("dated then or later", condition),
        "before": Field("dated earlier", condition),
        "date": Field("dated in that year, month or day", condition),
    }


def _of_document(field: str, side: str) -> str:
    return f"(SELECT {field} FROM documents WHERE doc = matches.{side})"


_DOCUMENT = "INTEGER NOT NULL REFERENCES documents"
_CLUSTER_ID = "(SELECT id FROM clusters WHERE clusters.cluster = matches.cluster)"
_CLUSTER_PASSAGES = "(SELECT passages FROM clusters WHERE clusters.cluster = matches.cluster)"
_BITS_RARE = (
    "(SELECT round(matches.bits / square_root(max(witnesses - 1, 1)), 6) "
    "FROM clusters WHERE clusters.cluster = matches.cluster)"
)
_FIRST = "(SELECT coalesce(copy_of, doc) FROM documents WHERE doc = matches.{})"
_COPIES = f"(a <> b AND {_FIRST.format('a')} = {_FIRST.format('b')})"
_PLACE = "where the passage stands in {} (p. 12, l. 3), if that is known"
_IN_A, _IN_B, _PASSAGE, _SOURCE = _Spans("a"), _Spans("b"), _Spans("doc", ""), _Spans("source")
_LONGER = conditions.number("max(tokens_a, tokens_b)")

META = StoredTable(
    "meta",
    "key",
    "a fact about the scan: options, versions, counts",
    (
        StoredColumn("key", "text", "its name", "TEXT NOT NULL"),
        StoredColumn("value", "json", "the fact as JSON", "TEXT NOT NULL"),
    ),
    numbered=False,
)

DOCUMENTS = StoredTable(
    "documents",
    "doc",
    "one report",
    (
        StoredColumn("doc", "integer", "its number", "INTEGER PRIMARY KEY", exported=False),
        StoredColumn(
            "id", "text", "path relative to the scanned folder, or the record's id", "TEXT NOT NULL", order="doc"
        ),
        StoredColumn("title", "text", "title, if the metadata or the front matter give one", "TEXT"),
        StoredColumn(
            "date",
            "text",
            "ISO 8601 date, of reduced precision where need be, or an uncertain one",
            "TEXT",
            order="date_order",
            compare=conditions.dates("date"),
        ),
        StoredColumn(
            "date_order",
            "integer",
            "sorts the dates, those before our era, decades and doubtful ones too; NULL: none",
            "INTEGER",
            exported=False,
        ),
        StoredColumn(
            "date_guessed",
            "boolean",
            "a dateline, a header, the file's name or folders, or the address gave it",
            "INTEGER NOT NULL",
        ),
        StoredColumn("source", "text", "series or publisher", "TEXT"),
        StoredColumn("metadata", "json", "all further fields", "TEXT NOT NULL"),
        StoredColumn("path", "text", "file that it was read from; empty: its text was in memory", "TEXT NOT NULL"),
        StoredColumn(
            "file",
            "text",
            "its path in the folder that was scanned, by which documents are in order",
            "TEXT NOT NULL",
            exported=False,
        ),
        StoredColumn(
            "record", "integer", "number of the record in that file, from 0; none for a whole file", "INTEGER"
        ),
        StoredColumn("encoding", "text", "encoding that the file was decoded with", "TEXT NOT NULL"),
        StoredColumn("sha256", "text", "SHA-256 of the text in UTF-8", "TEXT NOT NULL"),
        StoredColumn("characters", "integer", "length in code points", "INTEGER NOT NULL", falls=True),
        StoredColumn("tokens", "integer", "length in words", "INTEGER NOT NULL", falls=True),
        StoredColumn(
            "furniture_tokens",
            "integer",
            "words of it that are furniture of pages: the four shares are of the others",
            "INTEGER NOT NULL",
            falls=True,
        ),
        *(StoredColumn(one.name, one.type, one.description, "REAL NOT NULL", falls=one.falls) for one in SHARES),
        StoredColumn(
            "copy_of",
            "text",
            "id of the first document that has the same text, word for word or nearly; empty: it is the first",
            "INTEGER REFERENCES documents",
            note="number of the first document that has the same text; NULL: it is the first",
            sql="(SELECT first.id FROM documents AS first WHERE first.doc = documents.copy_of)",
            order="copy_of",
        ),
        StoredColumn(
            "copies", "integer", "documents that have its text, itself included", "INTEGER NOT NULL", falls=True
        ),
        StoredColumn(
            "first_token", "integer", "row of its first token in index/*.npy", "INTEGER NOT NULL", exported=False
        ),
    ),
    further={
        "text": Field("words in its text", conditions.words("documents")),
        "words": Field("length in words", conditions.number("tokens")),
        "tokens": Field("the same as words", conditions.number("tokens")),
        "doc": Field("part of its id (or = the whole of it)", conditions.text("id")),
        "id": Field("the same as doc", conditions.text("id")),
        "name": Field("part of its title or its id (or = the whole of one)", conditions.name_of("title", "id")),
        **_period_fields(conditions.dates("date")),
    },
    indexes={"documents_by_id": "id"},
)

TEXTS = StoredTable(
    "texts",
    "doc",
    "the text of a report, apart from it so that lists do not read whole texts",
    (
        StoredColumn("doc", "integer", "number of the report", "INTEGER PRIMARY KEY REFERENCES documents"),
        StoredColumn("text", "text", "its text", "TEXT NOT NULL"),
    ),
)

PLACES = StoredTable(
    "places",
    'doc, "start"',
    "where a page, a line or another element of a report begins; it goes on up to the next row of the report",
    (
        StoredColumn("doc", "integer", "number of the report", _DOCUMENT),
        StoredColumn("start", "integer", "where it begins, in code points", "INTEGER NOT NULL"),
        StoredColumn("page", "text", "page, as it is numbered; empty: not known", "TEXT NOT NULL"),
        StoredColumn("line", "text", "line, as it is numbered on its page; empty: not known", "TEXT NOT NULL"),
        StoredColumn("element", "text", "id, chapter, note or time that it lies in; empty: none", "TEXT NOT NULL"),
    ),
    numbered=False,
)

MATCHES = StoredTable(
    "matches",
    "match",
    "one pair of passages that share their words",
    (
        StoredColumn("match", "integer", "its number", "INTEGER PRIMARY KEY", exported=False),
        StoredColumn(
            "id",
            "text",
            "hash of the documents' ids and the spans; the same after a rescan",
            "TEXT NOT NULL",
            compare=conditions.prefix("id"),
        ),
        StoredColumn(
            "a",
            "text",
            "id of document a",
            _DOCUMENT,
            note="number of document a; its id comes before that of b, or a = b for repetition within one document",
            sql=_of_document("id", "a"),
            order="a",
            compare=conditions.side("a"),
        ),
        StoredColumn("a_start", "integer", "start of the passage in a, in code points", "INTEGER NOT NULL"),
        StoredColumn("a_end", "integer", "its end (half-open)", "INTEGER NOT NULL"),
        StoredColumn(
            "b",
            "text",
            "id of document b",
            _DOCUMENT,
            note="number of document b",
            sql=_of_document("id", "b"),
            order="b",
            compare=conditions.side("b"),
        ),
        StoredColumn("b_start", "integer", "start of the passage in b, in code points", "INTEGER NOT NULL"),
        StoredColumn("b_end", "integer", "its end (half-open)", "INTEGER NOT NULL"),
        StoredColumn(
            "similarity",
            "real",
            "0 to 1: share of the two passages' words that agree",
            "REAL NOT NULL",
            falls=True,
        ),
        StoredColumn("a_coverage", "real", "share of document a's words in the passage", "REAL NOT NULL", falls=True),
        StoredColumn("b_coverage", "real", "share of document b's words in the passage", "REAL NOT NULL", falls=True),
        StoredColumn("tokens_a", "integer", "words of the passage in a", "INTEGER NOT NULL", falls=True),
        StoredColumn("tokens_b", "integer", "words of the passage in b", "INTEGER NOT NULL", falls=True),
        StoredColumn("matched_tokens", "integer", "words that agree", "INTEGER NOT NULL", falls=True),
        StoredColumn("bits", "real", "how surprising the shared words are, in bits", "REAL NOT NULL", falls=True),
        StoredColumn("evalue", "real", "chance matches as surprising to be expected in such a corpus", "REAL NOT NULL"),
        StoredColumn(
            "cluster",
            "text",
            "id of its cluster",
            "INTEGER NOT NULL REFERENCES clusters",
            note="number of its cluster",
            sql=_CLUSTER_ID,
            order="matches.cluster",
        ),
        StoredColumn(
            "found_by",
            "text",
            f"how it was found: {ANY_NAME}",
            "TEXT NOT NULL",
            compare=conditions.one_of("found_by", tuple(FOUND_SAYS)),
        ),
        StoredColumn(
            "direction", "text", "a>b or b>a where the dates say which is earlier, else unknown", "TEXT NOT NULL"
        ),
        StoredColumn(
            "direction_guessed", "boolean", "one of the two dates that say so was guessed", "INTEGER NOT NULL"
        ),
        StoredColumn("text_a", "text", "the passage in a", needs=_IN_A.needs, compute=_IN_A.text),
        StoredColumn("text_b", "text", "the passage in b", needs=_IN_B.needs, compute=_IN_B.text),
        StoredColumn("a_place", "text", _PLACE.format("a"), needs=_IN_A.needs, compute=_IN_A.place),
        StoredColumn("b_place", "text", _PLACE.format("b"), needs=_IN_B.needs, compute=_IN_B.place),
        StoredColumn(
            "relation",
            "text",
            f"what it passes on, so that most of its words agree: {ANY_RELATION}",
            "TEXT NOT NULL",
            compare=conditions.one_of("relation", tuple(RELATION_SAYS)),
        ),
        StoredColumn(
            "furniture",
            "text",
            f"none for text; else what it is that recurs because of where it stands: {ANY_FURNITURE}",
            "TEXT NOT NULL",
            compare=conditions.furniture(tuple(FURNITURE_SAYS), "match"),
        ),
        StoredColumn("copies", "boolean", "the two documents are copies of one text", sql=_COPIES),
        StoredColumn("title_a", "text", "title of document a", sql=_of_document("title", "a")),
        StoredColumn("title_b", "text", "title of document b", sql=_of_document("title", "b")),
        StoredColumn(
            "date_a", "text", "date of document a", sql=_of_document("date", "a"), order=_of_document("date_order", "a")
        ),
        StoredColumn(
            "date_b", "text", "date of document b", sql=_of_document("date", "b"), order=_of_document("date_order", "b")
        ),
        StoredColumn("cluster_passages", "integer", "passages in its cluster", sql=_CLUSTER_PASSAGES, falls=True),
        StoredColumn(
            "bits_rare",
            "real",
            "bits, divided by the square root of the further texts that have it: what few have comes first",
            sql=_BITS_RARE,
            falls=True,
        ),
        *_review("match"),
    ),
    further={
        "text": Field("words in either passage", conditions.words("matches")),
        "words": Field("words of the longer passage", _LONGER),
        "tokens": Field("the same as words", _LONGER),
        "matched": Field("words that agree", conditions.number("matched_tokens")),
        "coverage": Field(
            "share of either document in the passage, 0 to 1", conditions.number("max(a_coverage, b_coverage)")
        ),
        "within": Field("true: both passages are in one document; false: in two", conditions.truth("(a = b)")),
        "passages": Field(
            "passages in its cluster", conditions.within("cluster", "clusters", conditions.number("passages"))
        ),
        "doc": Field("part of either document's id (or = the whole of it)", conditions.either_side("id")),
        "title": Field("part of either document's title", conditions.either_side("title")),
        "source": Field("part of either document's source", conditions.either_side("source")),
        **_period_fields(conditions.both_dates),
        "cluster": Field(
            "first digits of its cluster's id", conditions.within("cluster", "clusters", conditions.prefix("id"))
        ),
        "found": Field(f"how it was found: {ANY_NAME}", conditions.one_of("found_by", tuple(FOUND_SAYS))),
        **_review_fields("match"),
    },
    indexes={
        "matches_by_id": "id",
        "matches_by_a": "a, a_start",
        "matches_by_b": "b, b_start",
        "matches_by_bits": "bits DESC",
        "matches_by_cluster": "cluster",
        "matches_that_are_furniture": f"furniture WHERE {conditions.IS_FURNITURE}",
    },
)

CLUSTERS = StoredTable(
    "clusters",
    "cluster",
    "all passages that carry the same text",
    (
        StoredColumn("cluster", "integer", "its number", "INTEGER PRIMARY KEY", exported=False),
        StoredColumn("id", "text", "hash of its first passage", "TEXT NOT NULL", compare=conditions.prefix("id")),
        StoredColumn("passages", "integer", "passages", "INTEGER NOT NULL", falls=True),
        StoredColumn(
            "documents",
            "integer",
            "documents that have one, each copy of a text counted",
            "INTEGER NOT NULL",
            falls=True,
        ),
        StoredColumn(
            "witnesses", "integer", "texts that have one, copies of a text counted once", "INTEGER NOT NULL", falls=True
        ),
        StoredColumn("tokens", "real", "mean length of its passages, in words", "REAL NOT NULL", falls=True),
        StoredColumn("bits", "real", "of its most surprising match", "REAL NOT NULL", falls=True),
        StoredColumn(
            "furniture",
            "text",
            f"none, unless all of its matches are furniture: {ANY_FURNITURE}",
            "TEXT NOT NULL",
            compare=conditions.furniture(tuple(FURNITURE_SAYS), "cluster"),
        ),
        StoredColumn("first_date", "text", "earliest date of its documents", "TEXT"),
        StoredColumn("last_date", "text", "latest date of its documents", "TEXT"),
        StoredColumn("text", "text", "its earliest passage", "TEXT NOT NULL"),
        *_review("cluster"),
    ),
    further={
        "text": Field("words in one of its passages", conditions.words("clusters")),
        "words": Field("mean length in words", conditions.number("tokens")),
        "doc": Field("part of the id of a document that has it", conditions.cluster_documents),
        **_period_fields(conditions.dates("first_date", "last_date")),
        "cluster": Field("the same as id", conditions.prefix("id")),
        **_review_fields("cluster"),
    },
    indexes={"clusters_by_id": "id", "clusters_that_are_furniture": f"furniture WHERE {conditions.IS_FURNITURE}"},
)

PASSAGES = StoredTable(
    "passages",
    "passage",
    "one of the passages of a cluster, and the one that it most likely was taken from",
    (
        StoredColumn("passage", "integer", "its number", "INTEGER PRIMARY KEY", exported=False),
        StoredColumn(
            "cluster",
            "text",
            "id of the cluster",
            "INTEGER NOT NULL REFERENCES clusters",
            note="number of the cluster",
            sql="(SELECT id FROM clusters WHERE clusters.cluster = passages.cluster)",
            order="passages.cluster",
            compare=conditions.within("cluster", "clusters", conditions.prefix("id")),
        ),
        StoredColumn(
            "doc",
            "text",
            "id of the document",
            _DOCUMENT,
            note="number of the document",
            sql="(SELECT id FROM documents WHERE documents.doc = passages.doc)",
            order="passages.doc",
            compare=conditions.side("doc"),
        ),
        StoredColumn("start", "integer", "start of the passage, in code points", "INTEGER NOT NULL"),
        StoredColumn("end", "integer", "its end (half-open)", "INTEGER NOT NULL"),
        StoredColumn("tokens", "integer", "length in words", "INTEGER NOT NULL", falls=True),
        StoredColumn(
            "source",
            "text",
            "id of the document that it most likely was taken from: of those surely earlier the one nearest in wording,"
            " then the latest; empty: none is, or the dates do not say",
            "INTEGER REFERENCES documents",
            note="number of the document that it most likely was taken from; NULL: none, or not known",
            sql="(SELECT id FROM documents WHERE documents.doc = passages.source)",
            order="passages.source",
            compare=conditions.side("source"),
        ),
        StoredColumn("source_start", "integer", "where it stands there: start, in code points", "INTEGER"),
        StoredColumn("source_end", "integer", "its end (half-open)", "INTEGER"),
        StoredColumn("source_guessed", "boolean", "one of the two dates that say so was guessed", "INTEGER NOT NULL"),
        StoredColumn(
            "source_similarity", "real", "0 to 1: share of the words of both that agree, in order", "REAL", falls=True
        ),
        StoredColumn(
            "source_confidence",
            "real",
            "0 to 1: how likely it is that document, or a copy of it, and no other one",
            "REAL",
            falls=True,
        ),
        StoredColumn("text", "text", "the passage", needs=_PASSAGE.needs, compute=_PASSAGE.text),
        StoredColumn(
            "source_text",
            "text",
            "the passage in its source",
            needs=_SOURCE.needs,
            compute=_SOURCE.text,
        ),
        StoredColumn("place", "text", _PLACE.format("the document"), needs=_PASSAGE.needs, compute=_PASSAGE.place),
        StoredColumn("source_place", "text", _PLACE.format("the source"), needs=_SOURCE.needs, compute=_SOURCE.place),
    ),
    further={
        "words": Field("length in words", conditions.number("tokens")),
        "known": Field("true: its source is named", conditions.truth("(source IS NOT NULL)")),
    },
    indexes={
        "passages_by_cluster": 'cluster, doc, "start"',
        "passages_by_document": 'doc, "start"',
        "passages_by_source": "source",
    },
)

FORMULAS = StoredTable(
    "formulas",
    "formula",
    "one phrase that recurs",
    (
        StoredColumn(
            "formula",
            "integer",
            "its number, in default order: (df - 1) * the bits that it saves beyond better formulas in it, falling",
            "INTEGER PRIMARY KEY",
            exported=False,
        ),
        StoredColumn("id", "text", "hash of its normalised words", "TEXT NOT NULL", compare=conditions.prefix("id")),
        StoredColumn("text", "text", "its words, each as it is written most often", "TEXT NOT NULL"),
        StoredColumn("tokens", "integer", "length in words", "INTEGER NOT NULL", falls=True),
        StoredColumn(
            "df",
            "integer",
            "documents that have it by itself, copies of a text counted once",
            "INTEGER NOT NULL",
            falls=True,
        ),
        StoredColumn(
            "tf", "integer", "occurrences, those within longer formulas left out", "INTEGER NOT NULL", falls=True
        ),
        StoredColumn("documents", "texts", "ids of these documents", needs=("formula",), compute=_formula_documents),
        StoredColumn(
            "df_all", "integer", "documents that have it, within longer formulas too", "INTEGER NOT NULL", falls=True
        ),
        StoredColumn(
            "tf_all", "integer", "occurrences, those within longer formulas too", "INTEGER NOT NULL", falls=True
        ),
        StoredColumn("first_date", "text", "earliest date of its documents", "TEXT"),
        StoredColumn("last_date", "text", "latest date of its documents", "TEXT"),
        StoredColumn("bits", "real", "how surprising its words are together, in bits", "REAL NOT NULL", falls=True),
        StoredColumn("dispersion", "real", "Gries' DP: 0 spread evenly, towards 1 all in one place", "REAL NOT NULL"),
        StoredColumn(
            "family",
            "text",
            "id of the formula that heads its family",
            "TEXT NOT NULL",
            compare=conditions.prefix("family"),
        ),
        StoredColumn("variants", "integer", "forms in its family, itself included", "INTEGER NOT NULL", falls=True),
        StoredColumn(
            "furniture",
            "text",
            f"none, unless nearly all that its family stands for is such: {ANY_FURNITURE}",
            "TEXT NOT NULL",
            compare=conditions.furniture(tuple(FURNITURE_SAYS), "formula"),
        ),
        *_review("formula"),
    ),
    further={
        "text": Field("words that it has", conditions.words("formulas")),
        "words": Field("length in words", conditions.number("tokens")),
        "head": Field(
            "true: one formula of each family, its head; false: the other forms", conditions.truth("(family = id)")
        ),
        "doc": Field("part of the id of a document that has it", conditions.formula_documents),
        **_period_fields(conditions.dates("first_date", "last_date")),
        **_review_fields("formula"),
    },
    indexes={
        "formulas_by_id": "id",
        "formulas_by_family": "family",
        "formulas_that_are_furniture": f"furniture WHERE {conditions.IS_FURNITURE}",
    },
)

WORDS = StoredTable(
    "words",
    "word",
    "a distinct word",
    (
        StoredColumn("word", "integer", "vocabulary id, as in index/token_ids.npy", "INTEGER PRIMARY KEY"),
        StoredColumn("text", "text", "as it is written most often", "TEXT NOT NULL"),
        StoredColumn("normal", "text", "its normal form, which all its spellings share", "TEXT NOT NULL"),
        StoredColumn("count", "integer", "occurrences in the corpus", "INTEGER NOT NULL"),
    ),
    indexes={"words_by_normal": "normal"},
)

STORED = (META, DOCUMENTS, TEXTS, PLACES, MATCHES, CLUSTERS, PASSAGES, FORMULAS, WORDS)
"""All tables of `run.sqlite`."""
