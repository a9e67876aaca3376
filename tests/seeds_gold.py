"""What is found in the five sample reports, by pair of reports: the gold standard, and how it is written.

`python -m tests.seeds_gold` writes it anew.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import reuse
from reuse.run.run import Run

SEEDS = Path(__file__).parent.parent / "seeds"
GOLD = Path(__file__).with_name("seeds_gold.json")


def sums_by_pair(run: Run) -> dict[str, list[int]]:
    """For each pair of reports: matches, words of their passages on the one side, on the other, aligned words."""
    sums: dict[str, list[int]] = {}
    for match in run.matches:
        numbers = (1, match["tokens_a"], match["tokens_b"], match["matched_tokens"])
        before = sums.setdefault(f"{match['a'][:3]} {match['b'][:3]}", [0, 0, 0, 0])
        before[:] = [total + number for total, number in zip(before, numbers, strict=True)]
    return dict(sorted(sums.items()))


def write_gold() -> None:
    """Scan the reports and store the sums."""
    with tempfile.TemporaryDirectory() as temporary:
        sums = sums_by_pair(reuse.scan(SEEDS, Path(temporary) / "seeds.reuse"))
    rows = ",\n".join(f" {json.dumps(pair)}: {json.dumps(numbers)}" for pair, numbers in sums.items())
    GOLD.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    write_gold()
