"""Whether the version that a document is set against tells the same story, and whether versions are found at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.corpora.retold import Told, retold
from benchmarks.detector import scan_into, textreuse
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector

RIGHT = 0.9
"""Share that is wanted of the versions named, and of those that there are."""


def stories_figures(detector: Detector, stories: int = 40, seed: int = 1) -> Iterator[Figure]:
    """Scan stories that are told again among forms that are filled in again, and hold versions against the truth.

    Raises:
        BenchmarkError: The scan failed.
    """
    told = retold(stories, seed)
    with tempfile.TemporaryDirectory() as temporary:
        corpus, out = Path(temporary) / "told.jsonl", Path(temporary) / "told.reuse"
        rows = [{"id": one.name, "text": one.text, "date": one.date} for one in told]
        corpus.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        scan_into(out, [corpus], options=detector.options, python=detector.python)
        said = textreuse(["export", out.absolute(), "versions"], detector.python).output
    found = {row["document"]: row["previous"] for row in map(json.loads, said.splitlines()) if row["previous"]}
    yield from scored(told, found)


def scored(told: Sequence[Told], found: Mapping[str, str]) -> Iterator[Figure]:
    """Precision and recall of the versions before, of stories and of forms.

    Args:
        told: The documents.
        found: Version before that is named, by document.
    """
    of_name = {one.name: one for one in told}
    named = [(of_name[name], of_name[before]) for name, before in found.items()]
    right = sum(one.story == other.story for one, other in named)
    yield share("versions that are set against one of their own story", right, len(named), least=RIGHT)
    for kind, kinds in (("stories", "story"), ("forms sent again corrected", "form")):
        there = [one for one in told if one.previous and one.kind == kinds]
        hits = sum(one.name in found and of_name[found[one.name]].story == one.story for one in there)
        yield share(f"{kind}: versions that are found", hits, len(there), least=RIGHT)
        exact = sum(found.get(one.name) == one.previous for one in there)
        yield share(f"{kind}: versions set against the one that they were made from", exact, len(there), least=RIGHT)
