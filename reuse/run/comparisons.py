"""The tables that are worked out from a run when they are asked for: frames, concordance, matrix, profiles and more."""

from __future__ import annotations

import json

from reuse.analysis import formula_tables, tables
from reuse.analysis.groups import StoredRun, dates_of
from reuse.calendar import fitting_period, period_number
from reuse.columns import Column, ComputedTable, LongTable, Values


def _frames(run: StoredRun) -> dict[str, Values]:
    table = formula_tables.frame_table(run)
    return table | {"distinct": [json.dumps(counts) for counts in table["distinct"]]}


def _lives(run: StoredRun) -> dict[str, Values]:
    """The lives of all families; of none, where no document has a date."""
    dates = dates_of(run)
    by = fitting_period(dates)
    dated = any(period_number(date, by) is not None for date in dates)
    table = tables.life_table(run, by, families=True) if dated else {}
    lists = ("periods", "df", "tf", "rates")
    return {name: [json.dumps(row) if name in lists else row for row in table.get(name, [])] for name in LIFE}


def _formula_places(run: StoredRun) -> int:
    return len(run.column("formula_positions"))


FAMILIES = ComputedTable(
    "families",
    "two or more formulas that are forms of one another",
    (
        Column("id", "text", "id of the formula that heads the family"),
        Column("text", "text", "its words"),
        Column("variants", "integer", "forms, the head included", falls=True),
        Column("df", "integer", "documents that have one of the forms", falls=True),
        Column("tf", "integer", "places that have one; overlapping forms count once", falls=True),
        Column("formulas", "texts", "ids of the forms, best first"),
        Column("texts", "texts", "their words"),
    ),
    formula_tables.family_table,
)

LIFE = {
    "formula": Column("formula", "text", "id of the formula that heads the family"),
    "text": Column("text", "text", "its words"),
    "first": Column("first", "text", "first period that has one of its forms"),
    "last": Column("last", "text", "last such period"),
    "peak": Column("peak", "text", "period of its highest rate"),
    "born": Column("born", "boolean", "so many words stand before it that its absence there is no accident"),
    "dropped": Column("dropped", "boolean", "so many words stand after it that its absence there is no accident"),
    "documents_before": Column("documents_before", "integer", "dated documents before its first period", falls=True),
    "documents_after": Column("documents_after", "integer", "dated documents after its last period", falls=True),
    "periods": Column("periods", "json", "all periods of the corpus: decades, years or months, as fits its span"),
    "df": Column("df", "json", "documents that have one of the forms, by period"),
    "tf": Column("tf", "json", "places that have one, by period"),
    "rates": Column("rates", "json", "places per 1,000 words, by period; null where the corpus has no text"),
}

LIVES = ComputedTable(
    "lives",
    "one family of formulas (or formula without near forms) through time; the first 1,000",
    tuple(LIFE.values()),
    _lives,
)

FRAMES = ComputedTable(
    "frames",
    "one formula with slots",
    (
        Column("id", "text", "hash of the pattern"),
        Column("pattern", "text", "fixed words, with … for each slot"),
        Column("df", "integer", "documents that have it", falls=True),
        Column("tf", "integer", "occurrences", falls=True),
        Column("bits", "real", "how surprising its fixed words are", falls=True),
        Column("gain", "real", "bits that its slots save in the description of the corpus", falls=True),
        Column("first_date", "text", "earliest date of its documents"),
        Column("last_date", "text", "latest date of its documents"),
        Column("slots", "json", "for each slot a list of [filler, occurrences, documents], the commonest first"),
        Column("distinct", "json", "how many different fillers each slot has"),
        Column("formulas", "texts", "ids of the best formulas in its occurrences"),
    ),
    _frames,
)

CONCORDANCE = LongTable(
    "concordance",
    "one occurrence of a formula in its context",
    (
        Column("formula", "text", "id of the formula"),
        Column("doc", "text", "id of the document"),
        Column("start", "integer", "start of the keyword, in code points"),
        Column("end", "integer", "its end (half-open)"),
        Column("left", "text", "what stands before, on one line"),
        Column("keyword", "text", "the formula as it is written"),
        Column("right", "text", "what stands behind"),
    ),
    _formula_places,
    formula_tables.formula_concordance,
)

MATRIX = ComputedTable(
    "matrix",
    "two documents that share a match or a formula (or one document with itself)",
    (
        Column("a", "text", "id of document a"),
        Column("b", "text", "id of document b"),
        Column("matches", "integer", "matches between them", falls=True),
        Column("words_a", "integer", "words of a in these matches", falls=True),
        Column("words_b", "integer", "words of b in these matches", falls=True),
        Column("share_a", "real", "the same as a share of all words of a", falls=True),
        Column("share_b", "real", "the same as a share of all words of b", falls=True),
        Column("formulas", "integer", "formulas that both have", falls=True),
        Column("place_a", "integer", "place of a in the order that shows the blocks"),
        Column("place_b", "integer", "place of b in that order"),
    ),
    tables.matrix_table,
)

PROFILES = ComputedTable(
    "profiles",
    "one document: how much of it is recycled, fresh, formulaic",
    (
        Column("name", "text", "id of the document"),
        Column("documents", "integer", "documents (1)"),
        Column("words", "integer", "length in words", falls=True),
        Column("recycled", "real", "share of its words in passages of documents of earlier dates", falls=True),
        Column("recycled_low", "real", "lower end of the 95 % bootstrap interval of that share"),
        Column("recycled_high", "real", "upper end"),
        Column("recycled_rarefied", "real", "that share, had all as many earlier words to draw on", falls=True),
        Column("repeated", "real", "share of its words in passages that it has before itself", falls=True),
        Column("shared", "real", "share of its words in passages that any other document has", falls=True),
        Column("fresh", "real", "share of its words that is neither recycled nor repeated", falls=True),
        Column("formulaic", "real", "share of its words in formulas", falls=True),
        Column("formulas", "integer", "distinct formulas", falls=True),
        Column("formulas_rarefied", "real", "distinct formulas in a stretch of equal length", falls=True),
        Column("characteristic", "texts", "formulas that mark it against the others"),
        Column("borrowed", "texts", "its best formulas that an earlier document has"),
        Column("source", "text", "the earlier document that it shares most words with; what many have is no sign"),
        Column("source_words", "integer", "how many words those are", falls=True),
    ),
    tables.profile_table,
)

EDITS = ComputedTable(
    "edits",
    "one change between the two passages of a match",
    (
        Column("match", "text", "id of the match"),
        Column("kind", "text", "substitution, insertion, deletion or move"),
        Column("about", "text", "number, date, title, name, spelling, inflection or words"),
        Column("a_start", "integer", "start in document a, in code points; none where nothing stands there"),
        Column("a_end", "integer", "its end (half-open)"),
        Column("b_start", "integer", "start in document b"),
        Column("b_end", "integer", "its end (half-open)"),
        Column("text_a", "text", "the words in a"),
        Column("text_b", "text", "the words in b"),
    ),
    tables.edit_table,
)

CHANGES = ComputedTable(
    "changes",
    "the same change in all matches between documents",
    (
        Column("kind", "text", "substitution, insertion, deletion or move"),
        Column("about", "text", "number, date, title, name, spelling, inflection or words"),
        Column("before", "text", "the words in the earlier document (a, where the dates do not say)"),
        Column("after", "text", "the words in the later document"),
        Column("count", "integer", "how often", falls=True),
        Column("pairs", "integer", "pairs of documents", falls=True),
        Column("first_date", "text", "earliest date of a later document that has it"),
        Column("last_date", "text", "latest such date"),
    ),
    tables.change_table,
)
