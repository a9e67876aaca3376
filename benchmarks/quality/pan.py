"""The measures of the PAN text-alignment task and the corpora laid out for it.

Macro-averaged precision, recall, granularity and PlagDet as defined by Potthast, Stein, Barrón-Cedeño and Rosso, "An
evaluation framework for plagiarism detection" (COLING 2010). Every case and every detection weighs
the same, however long.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs, overlaps

WITHOUT_REUSE = "no-plagiarism"
"""The class whose pairs hold no reuse."""

ENTIRE = "entire"
"""Name of the score over all classes together."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The four measures, with how many cases and detections they rest on.

    Attributes:
        precision: Mean over detections of the share of their characters (both sides) that belong to cases they detect.
        recall: Mean over cases of the share of their characters (both sides) that is detected.
        granularity: Mean number of detections of a detected case; 1 when none is detected.
        plagdet: Harmonic mean of precision and recall, divided by log2(1 + granularity).
        cases: Number of cases.
        detections: Number of detections that were counted.
    """

    precision: float
    recall: float
    granularity: float
    plagdet: float
    cases: int
    detections: int


def measures(cases: PassagePairs, detections: PassagePairs) -> Measures:
    """The measures of `detections` against `cases`; both count into the same documents, oriented the same way."""
    found = overlaps(cases, detections)
    recall = _mean(found.shared_of_cases(), cases.lengths())
    precision = _mean(found.shared_of_detections(), detections.lengths())
    per_case = found.detections_of_cases()
    granularity = float(per_case[per_case > 0].mean()) if per_case.any() else 1.0
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Measures(precision, recall, granularity, harmonic / math.log2(1 + granularity), len(cases), len(detections))


def _mean(shared: NDArray[np.int64], lengths: NDArray[np.int64]) -> float:
    return float((shared / np.maximum(lengths, 1)).mean()) if len(lengths) else 0.0


@dataclass(frozen=True, slots=True)
class PanCorpus:
    """A corpus of the task: `src/`, `susp/`, `truth.jsonl`, `pairs/CLASS.tsv`.

    Attributes:
        folder: Where it lies.
        documents: Names of all files, such as `src/source-document00001.txt`.
        cases: The true passage pairs; `a` is the suspicious document.
        case_class: Class of each case.
        pairs: Class of each pair of (suspicious, source) names.
    """

    folder: Path
    documents: tuple[str, ...]
    cases: PassagePairs
    case_class: tuple[str, ...]
    pairs: Mapping[tuple[str, str], str]

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes, in order of name."""
        return tuple(sorted(set(self.pairs.values())))


def read_pan(folder: Path, half: int | None = None) -> PanCorpus:
    """Read a corpus, or one half of it (0 or 1, by `half_of` the suspicious document's name).

    Raises:
        BenchmarkError: A file is missing, or a line of one cannot be understood.
    """
    for needed in ("src", "susp", "pairs", "truth.jsonl"):
        if not (folder / needed).exists():
            raise BenchmarkError(
                f"{folder}: has no {needed}; a PAN corpus holds src/, susp/, pairs/CLASS.tsv and truth.jsonl"
            )
    pairs = {pair: kind for pair, kind in _read_pairs(folder / "pairs") if half is None or half_of(pair[0]) == half}
    listed = [case for case in _read_cases(folder / "truth.jsonl") if half is None or half_of(case.row[0]) == half]
    documents = tuple(sorted({name for pair in pairs for name in pair}))
    cases = PassagePairs.from_rows(case.row for case in listed).renumbered(documents)
    if len(cases) != len(listed):
        raise BenchmarkError(f"{folder / 'truth.jsonl'}: holds cases of pairs that pairs/*.tsv do not list")
    return PanCorpus(folder, documents, cases, tuple(case.kind for case in listed), pairs)


@dataclass(frozen=True, slots=True)
class _Case:
    row: tuple[str, int, int, str, int, int]
    kind: str


def _read_pairs(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for listing in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(listing.read_text("utf-8").splitlines(), 1):
            suspicious, tab, source = line.partition("\t")
            if not tab:
                raise BenchmarkError(f"{listing}, line {number}: expected two names with a tab between them")
            yield (suspicious, source), listing.stem


def _read_cases(path: Path) -> Iterator[_Case]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            case = json.loads(line)
            row = (
                str(case["susp"]),
                int(case["susp_start"]),
                int(case["susp_end"]),
                str(case["src"]),
                int(case["src_start"]),
                int(case["src_end"]),
            )
            yield _Case(row, str(case["class"]))
        except (ValueError, KeyError, TypeError) as error:
            raise BenchmarkError(f"{path}, line {number}: not a case ({error!r})") from error


def half_of(suspicious: str) -> int:
    """Which half of the corpus (0 or 1) a suspicious document belongs to: the same on every machine."""
    return hashlib.sha256(Path(suspicious).name.encode()).digest()[0] & 1


def score(corpus: PanCorpus, detections: PassagePairs) -> dict[str, Measures]:
    """Measures by class, and `entire` over all pairs together.

    Detections may name documents by path or by file name only, in either order; those outside the corpus's pairs are
    not counted. `entire` counts those in the pairs without reuse, where each has precision 0.
    """
    by_file_name = {Path(name).name: name for name in corpus.documents}
    names = [by_file_name.get(Path(name).name, "") for name in detections.documents]
    known = PassagePairs.of(names, _columns(detections)).renumbered(corpus.documents)
    suspicious = np.array([name.startswith("susp/") for name in corpus.documents], dtype=bool)
    turned = ~suspicious[known.a]
    placed = PassagePairs(
        corpus.documents,
        np.where(turned, known.b, known.a),
        np.where(turned, known.b_start, known.a_start),
        np.where(turned, known.b_end, known.a_end),
        np.where(turned, known.a, known.b),
        np.where(turned, known.a_start, known.b_start),
        np.where(turned, known.a_end, known.b_end),
    )
    listed = sorted(corpus.pairs)
    number = {name: index for index, name in enumerate(corpus.documents)}
    keys = np.array([number[a] * len(number) + number[b] for a, b in listed], dtype=np.int64)
    order = np.argsort(keys)
    kinds = np.array([corpus.pairs[pair] for pair in listed], dtype=object)[order]
    at = np.minimum(np.searchsorted(keys[order], placed.keys()), len(keys) - 1)
    kind = np.where(keys[order][at] == placed.keys(), kinds[at], "") if len(keys) else np.zeros(len(placed), object)
    case_kind = np.array(corpus.case_class, dtype=object)
    scores = {
        name: measures(corpus.cases.take(case_kind == name), placed.take(kind == name)) for name in corpus.classes
    }
    scores[ENTIRE] = measures(corpus.cases, placed.take(kind != ""))
    return scores


def _columns(pairs: PassagePairs) -> list[object]:
    return [pairs.a, pairs.a_start, pairs.a_end, pairs.b, pairs.b_start, pairs.b_end]


def table(scores: Mapping[str, Measures]) -> str:
    """The scores as lines of text, `entire` last."""
    lines = [
        f"{'class':<24}{'plagdet':>9}{'precision':>11}{'recall':>9}{'granularity':>13}{'cases':>8}{'detections':>12}"
    ]
    for name in sorted(scores, key=lambda name: (name == ENTIRE, name)):
        row = scores[name]
        if name == WITHOUT_REUSE:
            lines.append(f"{name:<24}{'–':>9}{'–':>11}{'–':>9}{'–':>13}{row.cases:>8}{row.detections:>12}")
        else:
            lines.append(
                f"{name:<24}{row.plagdet:>9.4f}{row.precision:>11.4f}{row.recall:>9.4f}{row.granularity:>13.4f}"
                f"{row.cases:>8}{row.detections:>12}"
            )
    return "\n".join(lines)
