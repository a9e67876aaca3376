"""What `scan -v` adds on stderr: how signatures are cut into bands and what that finds, and where time went."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reuse.options import IndexOptions

BAR = 40
"""Cells of a bar that stands for certainty."""


def print_bands(options: IndexOptions) -> None:
    """Print the S-curve: the probability that two windows become candidates, by their Jaccard similarity."""
    from reuse.index.lsh import choose_bands, s_curve

    if options.minhash == "off":
        return
    bands = choose_bands(options.permutations, options.recall, options.similarity)
    print(
        f"MinHash: {options.permutations} permutations in {bands.count} bands of {bands.rows},"
        f" for recall {options.recall:g} at similarity {options.similarity:g}",
        file=sys.stderr,
    )
    print("similarity  probability of becoming candidates", file=sys.stderr)
    for similarity, probability in s_curve(bands, 10):
        bar = "#" * round(probability * BAR)
        print(f"      {similarity:.2f}  {probability:.3f} {bar}".rstrip(), file=sys.stderr)


def print_timings(timings: Mapping[str, float]) -> None:
    """Print the seconds that each stage took."""
    for stage, seconds in timings.items():
        print(f"{stage}: {seconds:.2f} s", file=sys.stderr)
