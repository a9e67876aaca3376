"""Texts that repeat themselves at once: refrains said many times in a row, litanies with a slot, tables of numbers.

Here a passage matches itself a few words further on, so that both sides of a match can come to share words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.corpora.model import prose_model


def litanies(count: int = 16, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(name, text) of so many texts, each of prose around one refrain, one litany and one table.

    Refrains and litanies are drawn from a few, so that the texts share them with one another too.
    """
    source = random.Random(seed)
    words = re.findall(r"[^\W\d_]+", next(prose_model().documents([6000], seed + 1)))
    refrains = [words[at * 40 : at * 40 + source.randint(2, 14)] for at in range(6)]
    responses = [words[at * 40 + 300 : at * 40 + 300 + source.randint(4, 10)] for at in range(4)]
    for number, text in enumerate(prose_model().documents([500] * count, seed)):
        refrain, response = " ".join(source.choice(refrains)), " ".join(source.choice(responses))
        repeated = f"{refrain}. " * source.randint(3, 40)
        litany = "\n".join(f"{source.choice(words)} {source.choice(words)}, {response}." for _ in range(30))
        table = "\n".join(" ".join(source.choice(("0", "0", "0", "1", "12")) for _ in range(6)) for _ in range(12))
        half = len(text) // 2
        yield f"litany{number:03d}.txt", f"{text[:half]}\n\n{repeated}\n\n{litany}\n\n{table}\n\n{text[half:]}\n"
