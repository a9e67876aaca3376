"""Clusters and alignments in the layout of passim 2, so that what reads its output reads these.

JSON Lines with the fields that passim documents (https://github.com/dasmiq/passim): for clusters one record a passage,
for matches one record an aligned pair, with a `2` after the fields of the second passage.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from reuse.calendar import date_order
from reuse.report.differences import differences
from reuse.spacing import joined, space_between

if TYPE_CHECKING:
    from reuse.run.run import Run

Row = dict[str, Any]

BATCH = 2_000
"""Matches read at a time."""
GAP = "-"
"""Fills the aligned texts where one side has nothing, as in passim."""


def uid_of(name: str) -> int:
    """A document's number: 63 bits of a hash of its id (passim takes another hash; no reader computes it)."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def write_clusters(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write one record a passage, cluster after cluster, the most repeated first; returns their number.

    Besides passim's own fields (`uid`, `cluster`, `size`, `begin`, `end`, `src`, `pboiler`) each record has those of
    its document (`id`, `series` – the source –, `date`, `title` and all metadata) and `text`, the passage. `src` names
    the earliest dated passage of the cluster, for passages of documents that are dated later; else it is empty.
    `cluster_id` is the cluster's id in the run, `place` where the passage stands (`p. 12, l. 3`), if that is known.
    """
    documents = _documents(run)
    wanted = set(run.ids("clusters", where).tolist()) if where else None
    rows = run.sql(
        "SELECT c.passages, c.cluster, c.id, p.doc, p.start, p.end FROM clusters c JOIN passages p USING (cluster) "
        "ORDER BY c.passages DESC, c.cluster, p.doc, p.start"
    )
    count = 0
    for (size, cluster, name), group in groupby(rows, key=lambda row: row[:3]):
        if wanted is not None and cluster not in wanted:
            continue
        spans = [row[3:] for row in group]
        source = _earliest(spans, documents)
        boiler = _same_series([documents[doc]["series"] for doc, _, _ in spans])
        cited = run.cited(*np.array(spans, dtype=np.int64).T)
        for (doc, start, end), place in zip(spans, cited, strict=True):
            later = source is not None and _later(documents[doc]["date"], documents[source[0]]["date"])
            record = {
                "uid": documents[doc]["uid"],
                "cluster": cluster,
                "size": size,
                "begin": start,
                "end": end,
                "src": [_span(source, documents)] if source is not None and later else [],
                "pboiler": boiler,
                **documents[doc],
                "text": run.passage_text(doc, start, end),
                "cluster_id": name,
                "place": place,
            }
            _write(out, record)
            count += 1
    return count


def write_alignments(run: Run, out: IO[bytes], where: str | None = None) -> int:
    """Write one record a match, as of `passim --pairwise`; returns their number.

    Fields of the first passage: `uid`, `begin`, `end`, `s1` (its aligned text) and its document's (`id`, `series`,
    `date`, …); of the second the same with a `2` (`s2`); `matches`: characters that agree in the two aligned texts.
    Where one side has nothing, its aligned text is filled with `-`. `place` and `place2` say where the passages stand.
    """
    documents = _documents(run)
    ordinals = {name: number for number, name in enumerate(run.document_ids)}
    columns = ["id", "a", "a_start", "a_end", "b", "b_start", "b_end", "text_a", "text_b", "cluster"]
    columns += ["a_place", "b_place"]
    count = 0
    for batch in run.batches("matches", where=where, columns=columns, size=BATCH):
        for row in batch.to_dicts():
            s1, s2 = aligned(row["text_a"], row["text_b"])
            a, b = documents[ordinals[row["a"]]], documents[ordinals[row["b"]]]
            record = {
                "uid": a["uid"],
                "begin": row["a_start"],
                "end": row["a_end"],
                "uid2": b["uid"],
                "begin2": row["b_start"],
                "end2": row["b_end"],
                **a,
                **{f"{name}2": value for name, value in b.items()},
                "s1": s1,
                "s2": s2,
                "matches": sum(x == y for x, y in zip(s1, s2, strict=True) if x != GAP),
                "match_id": row["id"],
                "cluster_id": row["cluster"],
                "place": row["a_place"],
                "place2": row["b_place"],
            }
            _write(out, record)
            count += 1
    return count


def aligned(text_a: str, text_b: str) -> tuple[str, str]:
    """Two passages set under one another: equal words in the same columns, gaps filled.

    Runs of white space become one space. Words of stretches that differ stand flush left.
    """
    left: list[str] = []
    right: list[str] = []
    for segment in differences(text_a, text_b):
        pairs = zip(segment.a, segment.b, strict=True) if segment.same else [(joined(segment.a), joined(segment.b))]
        for a, b in pairs:
            gap = bool(left) and any(space_between(*side) for side in ((left[-1], a), (right[-1], b)) if all(side))
            width = max(len(a), len(b))
            left += [" " * gap, a.ljust(width, GAP)]
            right += [" " * gap, b.ljust(width, GAP)]
    return "".join(left), "".join(right)


def _documents(run: Run) -> list[Row]:
    """Fields of each document: its own metadata first, so that it cannot change the meaning of the others."""
    table = run.table("documents", columns=["id", "title", "date", "source", "metadata"])
    return [
        json.loads(row["metadata"])
        | {"uid": uid_of(row["id"]), "id": row["id"], "series": row["source"] or ""}
        | {"date": row["date"], "title": row["title"]}
        for row in table.to_dicts()
    ]


def _earliest(spans: list[tuple[int, int, int]], documents: list[Row]) -> tuple[int, int, int] | None:
    dated = [span for span in spans if documents[span[0]]["date"]]
    return min(dated, key=lambda span: (date_order(documents[span[0]]["date"]) or 0, span), default=None)


def _later(date: str | None, than: str) -> bool:
    """Whether a date is later for certain: 2022-07 is not later than 2022."""
    return date is not None and date > than and not date.startswith(than)


def _span(span: tuple[int, int, int], documents: list[Row]) -> Row:
    return {"uid": documents[span[0]]["uid"], "begin": span[1], "end": span[2]}


def _same_series(series: list[str]) -> float:
    """Share of the pairs of a cluster's passages that are of one series."""
    pairs = len(series) * (len(series) - 1) // 2
    same = sum(count * (count - 1) // 2 for name, count in Counter(series).items() if name)
    return round(same / pairs, 4) if pairs else 0.0


def _write(out: IO[bytes], record: Row) -> None:
    out.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
