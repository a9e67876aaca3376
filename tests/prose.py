"""Words for texts that resemble prose in nothing but how often words come."""

from __future__ import annotations

import random


class Prose:
    """Words as prose has them: few of them make up most of it."""

    def __init__(self, seed: int, letters: str = "abdegiklmnoprstuvz") -> None:
        self._source = random.Random(seed)
        self._vocabulary = ["".join(self._source.choices(letters, k=7)) for _ in range(20_000)]
        self._weights = [1 / (rank + 3) for rank in range(20_000)]

    def words(self, count: int) -> list[str]:
        return self._source.choices(self._vocabulary, self._weights, k=count)

    def sentences(self, count: int) -> str:
        """So many sentences of twelve words."""
        return " ".join(f"{' '.join(self.words(12)).capitalize()}." for _ in range(count))
