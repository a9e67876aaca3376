"""Laws that no match may break, on corpora in which everything copies everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq

from benchmarks.corpora.codes import codes, text_of
from benchmarks.corpora.litanies import litanies
from benchmarks.corpora.prose import speeches
from benchmarks.corpora.versions import Versions, versions
from benchmarks.evidence.figures import Figure, share
from benchmarks.evidence.scanned import Detector, Found
from benchmarks.evidence.surprise import Surprise
from benchmarks.passages import PassagePairs

TOLERANCE = 1.05
"""Bits by the bound up to which a match keeps the law: words spelt a little otherwise are aligned as well."""

LOOKED_AT = 400
"""Most matches of a corpus whose words are aligned anew: half of them the first by bits, the others evenly spaced."""

WITNESSES = 40
"""Most passages of a cluster among which the one is sought that is most like the others."""

CARRIES = 0.5
"""Share of the words of the shorter of two passages that both have, in order, from which on they carry one text. Of
the two passages of a match in the State of the Union messages one in thirty have fewer."""

PART = 0.9
"""Share of a match's aligned words that another one aligns in the same way, from which on it is a part of that one."""


def laws_figures(detector: Detector, megabytes: float = 0.6, documents: int = 8, seeds: int = 4) -> Iterator[Figure]:
    """Laws on codes, on texts that repeat themselves at once, on pairs of versions, and on the State of the Union.

    Args:
        detector: What is measured.
        megabytes: Size of the codes together.
        documents: How many codes.
        seeds: How many pairs of versions, without and with an appendix each.
    """
    made = codes(megabytes, documents, families=1)
    found = detector.scan_texts((name, text_of(sections)) for name, sections in made)
    yield from _laws(found, f"{documents} codes of {megabytes:g} MB")
    sung = list(litanies())
    yield from _laws(detector.scan_texts(sung), f"{len(sung)} texts that repeat themselves at once")
    yield from _versions(detector, seeds)
    addresses = {f"{name}.txt": text for name, text in speeches()}
    name = f"{len(addresses)} State of the Union messages"
    members, strange = strange_members(detector.scan_texts(addresses.items()), addresses)
    yield share(
        f"{name}: passages of clusters of three and more that do not carry its text", strange, members, most=0.05
    )


def strange_members(found: Found, texts: Mapping[str, str]) -> tuple[int, int]:
    """How many passages clusters of three and more have, and how many share too little with the most typical one.

    The most typical passage is the one that has most in common with the others.
    """
    clusters: dict[int, list[list[str]]] = {}
    for cluster, document, start, end in found.passages.tolist():
        passage = texts[found.pairs.documents[document]][start:end]
        clusters.setdefault(cluster, []).append(re.findall(r"\w+", passage.casefold()))
    members = strange = 0
    for passages in clusters.values():
        if len(passages) < 3:
            continue
        witnesses = passages[:: -(-len(passages) // WITNESSES)]
        typical = max(witnesses, key=lambda one: sum(_in_common(one, other) for other in witnesses))
        members += len(passages)
        strange += sum(_in_common(typical, passage) < CARRIES for passage in passages)
    return members, strange


def _in_common(one: list[str], other: list[str]) -> float:
    return LCSseq.similarity(one, other) / max(min(len(one), len(other)), 1)


def _laws(found: Found, name: str) -> Iterator[Figure]:
    spans, bits = found.words.spans, found.scores["bits"]
    surprise = Surprise(found.words.ids, found.words.bounds)
    rows = sample(bits)
    strict = np.isin(found.found_by, ("reworded", "condensed"), invert=True)
    bounds = np.array([surprise.bound(spans[row].tolist(), in_line=bool(strict[row])) for row in rows])
    ratio = bits[rows] / np.maximum(bounds, 1e-9)
    worst = int(np.argmax(ratio)) if len(ratio) else 0
    note = f"worst {bits[rows[worst]]:,.0f} bits on words that say {bounds[worst]:,.0f}" if len(ratio) else ""
    over = int((ratio > TOLERANCE).sum())
    yield share(f"{name}: matches that say more than their aligned words", over, len(rows), most=0.0)
    yield Figure(f"{name}: most bits by those of the aligned words", _most(ratio), most=TOLERANCE, note=note)
    each = bits / np.maximum(found.scores["matched_tokens"], 1)
    yield Figure(f"{name}: most bits an aligned word", _most(each), most=25.0)
    parts, more = parts_that_say_more(found, rows)
    yield share(f"{name}: parts that say more than the whole", more, parts, most=0.0)
    fewest = np.minimum(found.scores["tokens_a"], found.scores["tokens_b"])
    wrong = int((found.scores["matched_tokens"] > fewest).sum())
    yield share(f"{name}: matches with more shared words than words", wrong, len(found), most=0.0)
    inside = found.pairs.a == found.pairs.b
    crossed = int((inside & sides_overlap(found.pairs)).sum())
    yield share(f"{name}: within-document matches whose sides overlap", crossed, int(inside.sum()), most=0.0)


def _most(values: NDArray[np.float64]) -> float:
    return float(values.max()) if len(values) else float("nan")


def sample(bits: NDArray[np.float64], most: int = LOOKED_AT) -> NDArray[np.int64]:
    """int64: the matches that are looked at: the first by bits, and others evenly spaced among the rest."""
    order = np.argsort(-bits, kind="stable")
    rest = order[most // 2 :]
    chosen = np.linspace(0, len(rest) - 1, min(len(rest), most - most // 2)).astype(np.int64)
    return np.concatenate((order[: most // 2], rest[chosen] if len(rest) else rest))


def sides_overlap(pairs: PassagePairs) -> NDArray[np.bool_]:
    """Whether, bool (pairs,), the two spans, taken as of one document, share a character."""
    return np.maximum(pairs.a_start, pairs.b_start) < np.minimum(pairs.a_end, pairs.b_end)


def parts_that_say_more(found: Found, wholes: NDArray[np.int64]) -> tuple[int, int]:
    """How many matches are a part of one of `wholes`, by their aligned words, and how many of those have more bits."""
    spans, bits = found.words.spans, found.scores["bits"]
    keys = found.pairs.keys()
    parts = more = 0
    for whole in wholes.tolist():
        a_start, a_end, b_start, b_end = spans[whole].tolist()
        inside = keys == keys[whole]
        inside &= (spans[:, 0] >= a_start) & (spans[:, 1] <= a_end) & (spans[:, 2] >= b_start) & (spans[:, 3] <= b_end)
        inside[whole] = False
        rows = np.flatnonzero(inside)
        if not len(rows):
            continue
        pairs = _aligned(found, whole)
        for row in rows.tolist():
            shared = int(((pairs >= spans[row, [0, 2]]) & (pairs < spans[row, [1, 3]])).all(axis=1).sum())
            if shared >= PART * found.scores["matched_tokens"][row]:
                parts += 1
                more += bool(bits[row] > bits[whole] * TOLERANCE)
    return parts, more


def _aligned(found: Found, match: int) -> NDArray[np.int64]:
    """int64 (pairs, 2): positions of the words that a longest common subsequence of the two sides pairs."""
    a_start, a_end, b_start, b_end = found.words.spans[match].tolist()
    a, b = found.words.ids[a_start:a_end].tolist(), found.words.ids[b_start:b_end].tolist()
    parts = [
        np.column_stack((np.arange(code.src_start, code.src_end), np.arange(code.dest_start, code.dest_end)))
        for code in Indel.opcodes(a, b)
        if code.tag == "equal"
    ]
    pairs = np.concatenate([np.zeros((0, 2), dtype=np.int64), *parts])
    pairs += (a_start, b_start)
    return pairs


def _versions(detector: Detector, seeds: int) -> Iterator[Figure]:
    survived = wanted = first = tries = 0
    most = 0.0
    for seed in range(1, seeds + 1):
        for appendix in (False, True):
            made = versions(seed, appendix=appendix)
            found = detector.scan_texts(made.texts.items())
            survived += int(crossing_found(found.pairs, made).sum())
            wanted += len(made.crossing)
            tries += 1
            first += whole_first(found, made)
            each = found.scores["bits"] / np.maximum(found.scores["matched_tokens"], 1)
            most = max(most, _most(each) if len(each) else 0.0)
    yield share(
        "versions with provisions that stand twice: crossing correspondences found", survived, wanted, least=0.97
    )
    yield share("versions with provisions that stand twice: the whole has most bits", first, tries, least=1.0)
    yield Figure("versions with provisions that stand twice: most bits an aligned word", most, most=25.0)


def crossing_found(pairs: PassagePairs, made: Versions) -> NDArray[np.bool_]:
    """Which correspondences, bool (crossing,), are found: half of opening and close, in both versions."""
    number = {name: at for at, name in enumerate(pairs.documents)}
    old, new = number[made.old], number[made.new]
    straight = (pairs.a == old) & (pairs.b == new)
    turned = (pairs.a == new) & (pairs.b == old)
    spans = np.concatenate(
        (
            np.column_stack((pairs.a_start, pairs.a_end, pairs.b_start, pairs.b_end))[straight],
            np.column_stack((pairs.b_start, pairs.b_end, pairs.a_start, pairs.a_end))[turned],
        )
    )
    found = np.zeros(len(made.crossing), dtype=bool)
    for at, (there, here) in enumerate(made.crossing):
        reach = [(sides[0][0], sides[1][1]) for sides in (there, here)]
        # The match of the whole covers these spans too, but sets them against others.
        near = spans[
            (spans[:, 0] > reach[0][0] - 400)
            & (spans[:, 1] < reach[0][1] + 400)
            & (spans[:, 2] > reach[1][0] - 400)
            & (spans[:, 3] < reach[1][1] + 400)
        ]
        found[at] = all(
            any(_half(one[0], one[1], there[part]) and _half(one[2], one[3], here[part]) for one in near.tolist())
            for part in (0, 1)
        )
    return found


def _half(start: int, end: int, span: tuple[int, int]) -> bool:
    return 2 * (min(end, span[1]) - max(start, span[0])) >= span[1] - span[0]


def whole_first(found: Found, made: Versions) -> bool:
    """Whether the match with most bits is the longest of the two versions, and covers most of the older one."""
    if not len(found):
        return False
    best = int(np.argmax(found.scores["bits"]))
    pairs = found.pairs
    names = {pairs.documents[pairs.a[best]], pairs.documents[pairs.b[best]]}
    length = int(pairs.a_end[best] - pairs.a_start[best])
    return names == {made.old, made.new} and length >= 0.6 * len(made.texts[made.new])
