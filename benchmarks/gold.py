"""The gold standard: how well copies in a small corpus are found, which a test holds the detector to."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.corpora.planted import generated_prose
from benchmarks.detector import scan
from benchmarks.errors import BenchmarkError
from benchmarks.quality.planted import PlantedScore, score_planted

TOLERANCE = 0.005
"""How far a mean may move, either way, before the test fails."""


def measure() -> PlantedScore:
    """Scan generated prose of 300 documents with the default options and score it."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = generated_prose(Path(temporary) / "corpus")
        return score_planted(corpus, scan((corpus.texts,)).pairs)


def means(score: PlantedScore) -> dict[str, float]:
    """The numbers that are held: recall by degree of change, then by length, granularity, character precision."""
    by_length: dict[str, list[float]] = {}
    for bands in score.bands.values():
        for band, row in bands.items():
            by_length.setdefault(band, []).append(row.characters)
    numbers = {f"recall at {name}": row.characters for name, row in score.levels.items()}
    numbers |= {f"recall at {band} words": sum(rows) / len(rows) for band, rows in by_length.items()}
    numbers |= {"granularity": score.granularity, "precision": score.precision}
    return {name: round(number, 4) for name, number in numbers.items()}


def moved(found: dict[str, float], gold: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The means that moved by more than the tolerance: (gold, found)."""
    return {
        name: (gold.get(name, float("nan")), found.get(name, float("nan")))
        for name in gold.keys() | found.keys()
        if not abs(gold.get(name, float("nan")) - found.get(name, float("nan"))) <= TOLERANCE
    }


def read_gold(path: Path) -> dict[str, float]:
    """The stored means.

    Raises:
        BenchmarkError: There are none.
    """
    try:
        return {str(name): float(number) for name, number in json.loads(path.read_text("utf-8")).items()}
    except OSError as error:
        raise BenchmarkError(f"{path}: {error.strerror}; write it with: textreuse bench gold -o {path}") from error


def write_gold(path: Path, score: PlantedScore) -> None:
    """Store the means."""
    path.write_text(json.dumps(means(score), indent=1) + "\n", encoding="utf-8")
