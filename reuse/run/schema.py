"""The files of a run and the version of its schema; its tables are declared in `reuse.run.stored_tables`."""

from __future__ import annotations

SCHEMA_VERSION = 14

APPLICATION_ID = 0x74787275
"""Marks `run.sqlite` as ours in the file's header (SQLite's application_id; "txru")."""

DATABASE = "run.sqlite"
NOTES = "notes.sqlite"
INDEX = "index"

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
    "word_classes": "uint64 (words,): hash of its class: words of one class are the same to readers",
    "match_tokens": "int64 (matches, 4): a_start, a_end, b_start, b_end of each match as token positions",
    "digested": "int64 (stretches, 2): first token and end of what shorter passages say of longer ones, ascending",
    "furniture_words": "int64 (stretches, 2): first token and end of words that are furniture of pages, ascending",
    "formula_bounds": "int64 (formulas + 1,): formula f owns rows bounds[f] to bounds[f + 1] of formula_positions",
    "formula_positions": "int64: token position of the first word of each occurrence, ascending within a formula",
}

GROWING = frozenset(
    {
        "token_ids",
        "token_starts",
        "token_ends",
        "sentence_starts",
        "part_starts",
        "phrase_starts",
        "background_pairs",
        "background_counted",
    }
)
"""Columns with a row for each token, behind which the rows of documents that are added are written. The run has as many
of them as `document_bounds` says: what a process that was killed wrote behind them is none of its."""

BULK_LOAD = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
"""
"""How `run.sqlite` is written, without a journal: the folder is thrown away whole unless it becomes whole."""
