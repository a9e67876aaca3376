"""`textreuse why`: what every stage of the scan says of one pair of spans."""

from __future__ import annotations

import argparse
from pathlib import Path

DESCRIPTION = """\
Say what every stage of the scan made of a pair of spans, and which filter dropped it if the run does not have it.

A span is DOCUMENT:START-END in code points, half-open, as the tables of a run give them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("run_path", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("a", metavar="A:START-END", help="a span of a document")
    parser.add_argument("b", metavar="B:START-END", help="another span, of the same document or another")


def run(arguments: argparse.Namespace) -> None:
    """Print what the stages say."""
    from reuse.display import visible
    from reuse.run.run import Run
    from reuse.why import Explanation, why

    def lines(found: Explanation) -> list[tuple[str, str]]:
        rows = [
            ("a", _cited(found.a, found.place_a)),
            ("words of a", found.words_a),
            ("b", _cited(found.b, found.place_b)),
            ("words of b", found.words_b),
            ("shared shingles", f"{found.shared_shingles}"),
            ("Jaccard of the spans", f"{found.similarity:.3f}"),
        ]
        if found.windows is not None:
            likest = found.windows
            given = "both have" if likest.signed else "not both have"
            chance = f"with probability {likest.probability:.3f} ({found.bands.count} bands of {found.bands.rows})"
            rows += [
                ("likest window of a", likest.a),
                ("likest window of b", likest.b),
                ("their Jaccard", f"{likest.true:.3f}, estimated by MinHash {likest.estimated:.3f}"),
                ("candidates by MinHash", f"{chance}; {given} a signature in the run"),
            ]
        anchors = ", ".join(f"{count} of {size} words" for size, count in found.anchors.items()) or "none"
        rows += [
            ("anchors", anchors),
            ("chain", f"{found.chain_bits:.1f} bits; {found.chain_needed:.1f} are needed"),
        ]
        if found.match is not None:
            match = found.match
            tokens = [int(match.a_end[0] - match.a_start[0]), int(match.b_end[0] - match.b_start[0])]
            equal = f"{match.matched[0]} equal words of {tokens[0]} and {tokens[1]}"
            rows += [
                ("alignment", f"{equal}; similarity {match.similarity[0]:.3f}"),
                ("its bits", f"{match.bits[0]:.1f}; {found.floor.kept:.1f} are needed"),
                ("its E-value", f"{match.evalue[0]:.3g}"),
            ]
        rows += [
            (
                "in the run",
                f"{one.id}: {one.bits:.1f} bits, E {one.evalue:.3g}, similarity {one.similarity:.3f}, {one.found_by}",
            )
            for one in found.stored
        ]
        return [*rows, ("verdict", found.verdict)]

    with Run.open(arguments.run_path) as opened:
        found = why(opened, _span(arguments.a), _span(arguments.b))
    for name, value in lines(found):
        print(f"{name:24}{visible(value, one_line=True)}")


def _cited(span: tuple[str, int, int], place: str) -> str:
    document, start, end = span
    return f"{document}:{start}-{end}" + (f" ({place})" if place else "")


def _span(text: str) -> tuple[str, int, int]:
    """Read DOCUMENT:START-END.

    Raises:
        UsageError: It is something else.
    """
    from reuse.errors import UsageError

    document, colon, numbers = text.rpartition(":")
    start, dash, end = numbers.partition("-")
    if not (document and colon and dash and start.isdecimal() and end.isdecimal()):
        raise UsageError(f"{text!r} is no span: write DOCUMENT:START-END, such as report.txt:120-245")
    return document, int(start), int(end)
