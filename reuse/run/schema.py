"""The schema of `run.sqlite`: the one place where tables and columns are named.

Offsets are half-open, in Unicode code points of the document's text. Documents, matches, clusters and formulas are
numbered from 0 in the order of their table; `id` columns hold the names that stay the same over rescans.
"""

from __future__ import annotations

SCHEMA_VERSION = 2

APPLICATION_ID = 0x74787275
"""Marks `run.sqlite` as ours in the file's header (SQLite's application_id; "txru")."""

DATABASE = "run.sqlite"
NOTES = "notes.sqlite"
INDEX = "index"

TABLES = """
-- What was asked, what was found, with which versions: one JSON value a key.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
    doc          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL,
    title        TEXT,
    date         TEXT,                -- ISO 8601, of reduced precision where need be: 2022-07-07, 2022-07, 2022
    date_guessed INTEGER NOT NULL,    -- 1: found in the text or the file's name
    source       TEXT,
    metadata     TEXT NOT NULL,       -- JSON object of text values
    path         TEXT NOT NULL,       -- the file that it was read from
    record       INTEGER,             -- number of the record in that file, NULL for a whole file
    encoding     TEXT NOT NULL,
    sha256       TEXT NOT NULL,       -- of the text in UTF-8
    characters   INTEGER NOT NULL,    -- code points
    tokens       INTEGER NOT NULL,
    first_token  INTEGER NOT NULL     -- row of its first token in index/*.npy
);

-- Apart from documents, so that lists do not read whole texts.
CREATE TABLE texts (doc INTEGER PRIMARY KEY REFERENCES documents, text TEXT NOT NULL);

CREATE TABLE matches (
    match          INTEGER PRIMARY KEY,
    id             TEXT NOT NULL,  -- hash of the documents' ids and the spans
    a              INTEGER NOT NULL REFERENCES documents,
    a_start        INTEGER NOT NULL,
    a_end          INTEGER NOT NULL,
    b              INTEGER NOT NULL REFERENCES documents,  -- a < b, or a = b for repetition within one document
    b_start        INTEGER NOT NULL,
    b_end          INTEGER NOT NULL,
    similarity     REAL NOT NULL,     -- 0 to 1
    a_coverage     REAL NOT NULL,     -- share of document a's words that the passage takes up
    b_coverage     REAL NOT NULL,
    tokens_a       INTEGER NOT NULL,
    tokens_b       INTEGER NOT NULL,
    matched_tokens INTEGER NOT NULL,
    bits           REAL NOT NULL,
    evalue         REAL NOT NULL,
    cluster        INTEGER NOT NULL REFERENCES clusters,
    found_by       TEXT NOT NULL,     -- aligned, confirmed, reworded or condensed
    direction      TEXT NOT NULL      -- a>b, b>a or unknown, by date
);

CREATE TABLE clusters (
    cluster    INTEGER PRIMARY KEY,
    id         TEXT NOT NULL,
    passages   INTEGER NOT NULL,
    documents  INTEGER NOT NULL,
    tokens     REAL NOT NULL,         -- mean length of its passages
    bits       REAL NOT NULL,         -- of its most surprising match
    first_date TEXT,
    last_date  TEXT,
    text       TEXT NOT NULL          -- its earliest passage (by date, then order of documents)
);
CREATE TABLE passages (
    cluster INTEGER NOT NULL REFERENCES clusters,
    doc     INTEGER NOT NULL REFERENCES documents,
    "start" INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    tokens  INTEGER NOT NULL,
    PRIMARY KEY (cluster, doc, "start")
) WITHOUT ROWID;

CREATE TABLE formulas (
    formula    INTEGER PRIMARY KEY,   -- in default order: (df - 1) * bits, falling
    id         TEXT NOT NULL,
    text       TEXT NOT NULL,         -- normalised words, joined by spaces
    tokens     INTEGER NOT NULL,
    df         INTEGER NOT NULL,      -- documents
    tf         INTEGER NOT NULL,      -- occurrences
    first_date TEXT,
    last_date  TEXT,
    bits       REAL NOT NULL,
    dispersion REAL NOT NULL,         -- Gries' DP: 0 spread as the documents' lengths, towards 1 all in one place
    family     TEXT NOT NULL,         -- id of the head form of its family (its own id for a head or a formula alone)
    variants   INTEGER NOT NULL       -- forms in its family, itself included
);

CREATE TABLE words (
    word  INTEGER PRIMARY KEY,        -- vocabulary id, as in index/token_ids.npy
    text  TEXT NOT NULL,              -- normalised
    count INTEGER NOT NULL            -- occurrences in the corpus
);
"""

# By table; made when it is filled: sorting once is cheaper than keeping an index sorted.
INDEXES = {
    "documents": ["CREATE UNIQUE INDEX documents_by_id ON documents (id)"],
    "matches": [
        "CREATE UNIQUE INDEX matches_by_id ON matches (id)",
        "CREATE INDEX matches_by_a ON matches (a, a_start)",
        "CREATE INDEX matches_by_b ON matches (b, b_start)",
        "CREATE INDEX matches_by_bits ON matches (bits DESC)",
        "CREATE INDEX matches_by_cluster ON matches (cluster)",
    ],
    "clusters": ["CREATE UNIQUE INDEX clusters_by_id ON clusters (id)"],
    "passages": ['CREATE INDEX passages_by_document ON passages (doc, "start")'],
    "formulas": [
        "CREATE UNIQUE INDEX formulas_by_id ON formulas (id)",
        "CREATE INDEX formulas_by_family ON formulas (family)",
    ],
    "words": ["CREATE INDEX words_by_text ON words (text)"],
}

# Large columns live beside the database as index/NAME.npy, memory-mapped; rows are token positions unless said.
COLUMNS = {
    "token_ids": "int32 (tokens,): vocabulary id",
    "token_starts": "int32 (tokens,): span in the document's text, in code points",
    "token_ends": "int32 (tokens,)",
    "sentence_starts": "bool (tokens,): True for the first token of a sentence",
    "document_bounds": "int64 (documents + 1,): document d owns tokens bounds[d] to bounds[d + 1]",
    "word_hashes": "uint64 (words,): hash of each distinct word, by vocabulary id",
    "word_counts": "int64 (words,): occurrences of each distinct word",
    "word_first": "int64 (words,): position of its first occurrence",
    "match_tokens": "int64 (matches, 4): a_start, a_end, b_start, b_end of each match as token positions",
    "formula_bounds": "int64 (formulas + 1,): formula f owns rows bounds[f] to bounds[f + 1] of formula_positions",
    "formula_positions": "int64: token position of the first word of each occurrence, ascending within a formula",
}
