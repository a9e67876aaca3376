"""Draws the curves of the documentation: the S-curve of the bands, the calibration of E-values, the simulations.

`python docs/curves.py` draws what was measured before; with `--seeds 60` it measures first, which takes a minute. With
`--simulations` it simulates what intervals cover and how often a phrase is called born or dropped by chance, and draws
that, which takes some minutes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.experiments.chance import KINDS, calibration_record
from benchmarks.plots import Axis, Series, plot
from benchmarks.results import Record, Results, read_results
from benchmarks.sections import quality
from benchmarks.simulations.__main__ import DEALS, GROUPS
from benchmarks.simulations.coverage import DOCUMENTS as GROUP_SIZES
from benchmarks.simulations.coverage import HARSH, WORLDS, coverage
from benchmarks.simulations.silences import DOCUMENTS as PERIODS
from benchmarks.simulations.silences import false_verdicts
from reuse.index.lsh import Bands, choose_bands, s_curve
from reuse.options import IndexOptions

HERE = Path(__file__).resolve().parent
IMAGES = HERE / "images"
PAGE = HERE / "calibration.md"
MEASURED = HERE.parent / "benchmarks" / "results" / "calibration.json"
OTHERS = (Bands(8, 2), Bands(4, 4))
"""Other ways to cut sixteen values, drawn for comparison."""

TABLE = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- end -->)", re.DOTALL)
"""The part of the page that is filled in."""


def s_curve_picture() -> str:
    """The probability of becoming candidates by similarity, for the default bands and two others."""
    options = IndexOptions()
    chosen = choose_bands(options.permutations, options.recall, options.similarity)
    series = [Series(f"{chosen.count} bands of {chosen.rows} (default)", s_curve(chosen))]
    series += [Series(f"{bands.count} bands of {bands.rows}", s_curve(bands)) for bands in OTHERS]
    series.append(Series("", [(options.similarity, 0.0), (options.similarity, options.recall)], dashed=True))
    return plot(
        "How likely two windows are to become candidates",
        Axis("Jaccard similarity of their sets of shingles", low=0.0, high=1.0),
        Axis("probability", low=0.0, high=1.0),
        series,
    )


def intervals_picture(groups: int = GROUPS) -> str:
    """How often the intervals of groups cover the truth, by documents of the group, in each simulated world."""
    series = []
    for world in (*WORLDS, *HARSH):
        unlike = ", unlike lengths" if world.unlike_lengths > 1 else ""
        points = [(float(size), coverage(world, size, groups)[0]) for size in GROUP_SIZES]
        series.append(Series(f"shares about {world.mean:g}, alike {world.alike:g}{unlike}", points))
    stated = [(float(GROUP_SIZES[0]), 0.95), (float(GROUP_SIZES[-1]), 0.95)]
    return plot(
        "How often a 95 % interval of a group's recycled share covers the truth",
        Axis("documents of the group", log=True),
        Axis("covered", low=0.8, high=1.0),
        [*series, Series("stated", stated, dashed=True)],
    )


def verdicts_picture(deals: int = DEALS) -> str:
    """How often phrases are called born or dropped where dates were dealt at random."""
    series = []
    for periods in (PERIODS, 12):
        said = false_verdicts(deals, periods)
        for name, side in (("born", 0), ("dropped", 1)):
            points = [(float(witnesses), verdicts[side]) for witnesses, verdicts in said.items()]
            series.append(Series(f"{name}, {periods} periods", points))
    ends = series[0].points
    stated = [(ends[0][0], 0.05), (ends[-1][0], 0.05)]
    return plot(
        "How often a phrase is called born or dropped by chance",
        Axis("documents that have it", log=True),
        Axis("share of the phrases", low=0.0, high=0.06),
        [*series, Series("stated", stated, dashed=True)],
    )


def calibration_page(page: str, records: Sequence[Record]) -> str:
    """The page with the table of the measurement filled in."""
    (table,) = quality.calibration(records).tables
    rows = [table.header, ["---"] * len(table.header), *table.rows]
    written = "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
    return TABLE.sub(lambda _: written + "\n", page)


def main(argv: Sequence[str]) -> None:
    """Draw, and measure before if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=0, help="measure so many corpora of each kind first")
    parser.add_argument(
        "--simulations", action="store_true", help="simulate intervals and verdicts, and draw these too"
    )
    given = parser.parse_args(argv)
    seeds = given.seeds
    if seeds:
        Results.here([calibration_record(kind, seeds) for kind in KINDS]).added_to(MEASURED)
    records = read_results(MEASURED)[0].of("calibration")
    ((_, _, drawing),) = quality.calibration(records).plots
    (IMAGES / "calibration.svg").write_text(drawing, encoding="utf-8")
    (IMAGES / "s-curve.svg").write_text(s_curve_picture(), encoding="utf-8")
    if given.simulations:
        (IMAGES / "intervals.svg").write_text(intervals_picture(), encoding="utf-8")
        (IMAGES / "verdicts.svg").write_text(verdicts_picture(), encoding="utf-8")
    PAGE.write_text(calibration_page(PAGE.read_text("utf-8"), records), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
