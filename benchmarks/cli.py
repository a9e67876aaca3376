"""The commands: `python -m benchmarks COMMAND …`, which `textreuse bench` passes its words on to."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpora.planted import read_planted, write_planted
from benchmarks.detector import matches_of, scan
from benchmarks.errors import BenchmarkError
from benchmarks.passages import PassagePairs, read_passage_pairs
from benchmarks.quality import pan, planted


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 done, 1 it could not be done, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="textreuse bench", description=__doc__.partition(":")[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    pan_command = commands.add_parser("pan", help="score on a PAN text-alignment corpus")
    pan_command.add_argument("folder", type=Path, metavar="DIR", help="holds src/, susp/, truth.jsonl and pairs/")
    pan_command.add_argument("--half", type=int, choices=(0, 1), help="score one half of the suspicious documents only")
    _add_detections(pan_command)
    pan_command.set_defaults(run=_pan)

    planted_command = commands.add_parser("planted", help="score on planted reuse, made when DIR does not exist")
    planted_command.add_argument("folder", type=Path, metavar="DIR")
    planted_command.add_argument("--megabytes", type=float, default=10.0, help="size of the base text (default: 10)")
    planted_command.add_argument("--real", action="store_true", help="State of the Union messages, not generated prose")
    planted_command.add_argument("--seed", type=int, default=1)
    planted_command.add_argument(
        "--examples", action="store_true", help="print matches that are neither planted nor natural"
    )
    _add_detections(planted_command)
    planted_command.set_defaults(run=_planted)

    arguments = parser.parse_args(argv)
    try:
        report = arguments.run(arguments)
    except BenchmarkError as error:
        print(f"textreuse bench: {error}", file=sys.stderr)
        return 1
    print(report)
    return 0


def _add_detections(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", metavar="NAME", help="preset of options to scan with")
    parser.add_argument(
        "--detections",
        type=Path,
        metavar="FILE",
        help="score these matches and scan nothing: a run, or JSON Lines with a, a_start, a_end, b, b_start, b_end",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the scores as JSON")


def _pan(arguments: argparse.Namespace) -> str:
    corpus = pan.read_pan(arguments.folder, arguments.half)
    sides = (arguments.folder / "src", arguments.folder / "susp")
    scores = pan.score(corpus, _detections(arguments, sides, between=True))
    _keep(arguments, {name: asdict(row) for name, row in scores.items()})
    return pan.table(scores)


def _planted(arguments: argparse.Namespace) -> str:
    if arguments.folder.exists():
        corpus = read_planted(arguments.folder)
    else:
        corpus = write_planted(arguments.folder, arguments.megabytes, real=arguments.real, seed=arguments.seed)
    score = planted.score_planted(corpus, _detections(arguments, (corpus.texts,)))
    _keep(arguments, asdict(score))
    lines = [planted.table(score)]
    if arguments.examples:
        lines += [f"{a}: {text_a!r}\n{b}: {text_b!r}" for a, text_a, b, text_b in score.examples]
    return "\n".join(lines)


def _detections(arguments: argparse.Namespace, folders: Sequence[Path], *, between: bool = False) -> PassagePairs:
    if arguments.detections is not None:
        found = arguments.detections
        return matches_of(found) if found.is_dir() else read_passage_pairs(found)
    found = scan(folders, between=between, options=["--preset", arguments.preset] if arguments.preset else [])
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in found.timings.items())
    print(f"{len(found.pairs)} matches in {found.cost.wall:.1f} s ({stages or 'by stage: unknown'})", file=sys.stderr)
    return found.pairs


def _keep(arguments: argparse.Namespace, scores: object) -> None:
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
