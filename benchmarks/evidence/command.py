"""`bench evidence`, `sources`, `furniture`, `bills`, `stories`: what each measures and takes, how figures are told."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.evidence.bills import bills_figures
from benchmarks.evidence.chance import chance_figures
from benchmarks.evidence.copies import copies_figures
from benchmarks.evidence.documents import documents_figures, order_figures
from benchmarks.evidence.figures import Figure, record_of
from benchmarks.evidence.furniture import furniture_figures
from benchmarks.evidence.laws import laws_figures
from benchmarks.evidence.scanned import Detector
from benchmarks.evidence.short import short_figures
from benchmarks.evidence.sources import sources_figures
from benchmarks.evidence.stories import stories_figures
from benchmarks.results import Results

Measure = Callable[[Detector, argparse.Namespace], Iterator[Figure]]

PARTS: Mapping[str, Measure] = {
    "documents": lambda detector, given: documents_figures(detector, given.speeches, given.reports, given.unrelated),
    "order": lambda detector, given: order_figures(detector, given.stories),
    "short": lambda detector, given: short_figures(detector, given.planted),
    "copies": lambda detector, given: copies_figures(detector, given.copies),
    "laws": lambda detector, given: laws_figures(detector, given.codes),
    "chance": lambda detector, given: chance_figures(detector, given.megabytes, given.seeds, given.kinds),
}
"""The parts of `evidence` by name."""

SOURCES: Mapping[str, Measure] = {
    "sources": lambda detector, given: sources_figures(detector, given.lines, given.documents, given.links)
}
"""What `sources` measures."""

FURNITURE: Mapping[str, Measure] = {
    "furniture": lambda detector, given: furniture_figures(detector, given.documents, given.seed)
}
"""What `furniture` measures."""

BILLS: Mapping[str, Measure] = {"bills": lambda detector, given: bills_figures(detector, given.documents, given.seed)}
"""What `bills` measures."""

STORIES: Mapping[str, Measure] = {
    "stories": lambda detector, given: stories_figures(detector, given.stories, given.seed)
}
"""What `stories` measures."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `evidence`."""
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    _declare_common(parser)
    sizes = parser.add_argument_group("sizes")
    sizes.add_argument("--speeches", type=int, default=66, help="documents: to which one is added (default: 66)")
    sizes.add_argument("--reports", type=int, default=15, help="documents: to which many are added (default: 15)")
    sizes.add_argument("--unrelated", type=int, default=100, help="documents: how many (default: 100)")
    sizes.add_argument("--stories", type=int, default=500, help="order: stories (default: 500)")
    sizes.add_argument("--planted", type=int, default=300, help="short: copies of each kind (default: 300)")
    sizes.add_argument(
        "--copies", type=int, nargs="+", default=[2, 10, 40, 200, 2000], help="copies: (default: 2 10 40 200 2000)"
    )
    sizes.add_argument("--codes", type=float, default=0.6, metavar="MB", help="laws: size of the codes (default: 0.6)")
    sizes.add_argument(
        "--megabytes", type=float, nargs="+", default=[0.2, 0.5, 1.0], help="chance: sizes (default: 0.2 0.5 1)"
    )
    sizes.add_argument("--seeds", type=int, default=2, help="chance: corpora of each kind and size (default: 2)")
    sizes.add_argument("--kinds", nargs="+", default=[], metavar="KIND", help="chance: kinds of text (default: all)")


def declare_sources(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `sources`."""
    _declare_common(parser)
    parser.add_argument("--lines", type=int, default=40, help="chains and stars together (default: 40)")
    parser.add_argument("--documents", type=int, default=40, help="in which they stand (default: 40)")
    parser.add_argument("--links", type=int, default=4, help="texts of a chain or star (default: 4)")


def declare_furniture(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `furniture`."""
    _declare_common(parser)
    parser.add_argument("--documents", type=int, default=120, help="pages, dispatches, speeches, books (default: 120)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices (default: 1)")


def declare_bills(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `bills`."""
    _declare_common(parser)
    parser.add_argument("--documents", type=int, default=160, help="bills (default: 160)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices (default: 1)")


def declare_stories(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `stories`."""
    _declare_common(parser)
    parser.add_argument("--stories", type=int, default=40, help="in several versions each (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices (default: 1)")


def _declare_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--python", type=Path, metavar="FILE", help="interpreter of the environment whose detector is measured"
    )
    parser.add_argument("--scan", default="", metavar="WORDS", help="further words for `textreuse scan`")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the results")


def run(arguments: argparse.Namespace) -> None:
    """Measure the parts of `evidence` that were asked for; each figure is printed when it is known.

    Raises:
        BenchmarkError: There is no such part, or one could not be measured; the others are.
    """
    unknown = [name for name in arguments.parts if name not in PARTS]
    if unknown:
        raise BenchmarkError(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    _measure({name: PARTS[name] for name in arguments.parts or PARTS}, arguments)


def run_sources(arguments: argparse.Namespace) -> None:
    """Measure `sources`.

    Raises:
        BenchmarkError: It could not be measured.
    """
    _measure(SOURCES, arguments)


def run_furniture(arguments: argparse.Namespace) -> None:
    """Measure `furniture`.

    Raises:
        BenchmarkError: It could not be measured.
    """
    _measure(FURNITURE, arguments)


def run_bills(arguments: argparse.Namespace) -> None:
    """Measure `bills`.

    Raises:
        BenchmarkError: It could not be measured.
    """
    _measure(BILLS, arguments)


def run_stories(arguments: argparse.Namespace) -> None:
    """Measure `stories`.

    Raises:
        BenchmarkError: It could not be measured.
    """
    _measure(STORIES, arguments)


def _measure(parts: Mapping[str, Measure], arguments: argparse.Namespace) -> None:
    detector = Detector(tuple(shlex.split(arguments.scan)), arguments.python)
    failed = []
    for name, measure in parts.items():
        begun = time.perf_counter()
        print(f"{name}:")
        try:
            figures = list(_printed(measure(detector, arguments)))
        except BenchmarkError as error:
            failed.append(name)
            print(f"  left out: {error}", file=sys.stderr)
            continue
        print(f"  ({time.perf_counter() - begun:.0f} s)", flush=True)
        if arguments.json is not None:
            Results.here([record_of(name, figures, detector.options)]).added_to(arguments.json)
    if failed:
        raise BenchmarkError(f"not measured to the end: {', '.join(failed)}")


def _printed(figures: Iterator[Figure]) -> Iterator[Figure]:
    for figure in figures:
        print(line(figure), flush=True)
        yield figure


def line(figure: Figure) -> str:
    """A figure for a terminal."""
    limits = f"  wanted {figure.wanted}" if figure.wanted else ""
    note = f"  ({figure.note})" if figure.note else ""
    mark = {"met": "ok ", "missed": "NO ", "undecided": " ? "}.get(figure.verdict, "   ")
    return f"  {mark} {figure.value:8.4g}  {figure.name}{limits}{note}"
