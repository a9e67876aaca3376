"""The list of words: every figure as a plain loop over the words of each document gives it."""

from __future__ import annotations

from collections import Counter
from statistics import pstdev

import pytest

from reuse.analysis.wordlist import word_table


def test_words_are_counted_and_their_spread_is_told(seeds_run):
    table = word_table(seeds_run)
    tokens = seeds_run.tokens
    normal = [word for (word,) in seeds_run.sql("SELECT text FROM words ORDER BY word")]
    texts = [
        Counter(normal[number] for number in tokens.ids[low:high].tolist())
        for low, high in zip(tokens.bounds[:-1], tokens.bounds[1:], strict=True)
    ]
    sizes = [sum(counts.values()) for counts in texts]
    every = sum(texts, Counter())
    assert dict(zip(table["word"], table["tf"], strict=True)) == every
    assert table["tf"] == sorted(table["tf"], reverse=True)
    for row, word in list(enumerate(table["word"]))[:: len(every) // 40]:
        times = [counts[word] for counts in texts]
        dp = sum(abs(n / sum(times) - size / sum(sizes)) for n, size in zip(times, sizes, strict=True)) / 2
        rates = [n / size for n, size in zip(times, sizes, strict=True)]
        variation = pstdev(rates) / (sum(rates) / len(rates))
        assert table["df"][row] == sum(map(bool, times))
        assert table["range"][row] == pytest.approx(table["df"][row] / len(texts))
        assert table["per_million"][row] == pytest.approx(1e6 * sum(times) / sum(sizes))
        assert table["dp"][row] == pytest.approx(dp, abs=1e-6)
        assert table["dp_norm"][row] == pytest.approx(min(dp / (1 - min(sizes) / sum(sizes)), 1), abs=1e-6)
        assert table["juilland_d"][row] == pytest.approx(1 - variation / (len(texts) - 1) ** 0.5, abs=1e-5)
