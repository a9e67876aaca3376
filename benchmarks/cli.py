"""The commands: `python -m benchmarks COMMAND …`, which `textreuse bench` passes its words on to."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import compare, gold, page
from benchmarks.corpora.planted import read_planted
from benchmarks.detector import matches_of
from benchmarks.errors import BenchmarkError
from benchmarks.experiments import chance, quality, speed
from benchmarks.experiments.candidates import candidates_record
from benchmarks.experiments.outputs import outputs_records
from benchmarks.experiments.peers import peers_records
from benchmarks.passages import PassagePairs, read_passage_pairs
from benchmarks.quality import pan, planted
from benchmarks.results import Record, Results, read_results

DESCRIPTION = "Measure how fast and how well reuse is found, on this machine. Without COMMAND: a suite of some minutes."

Run = Callable[[argparse.Namespace], None]
Declare = Callable[[str, Run, str], argparse.ArgumentParser]
"""Adds a command: its name, what runs it, what it is for."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0 done, 1 it could not be done, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "suite")
    arguments = _parser().parse_args(words)
    try:
        arguments.run(arguments)
    except BenchmarkError as error:
        print(f"textreuse bench: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="textreuse bench", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    _declare_quality(command)
    _declare_costs(command)
    _declare_results(command)
    return parser


def _declare_quality(command: Declare) -> None:
    one = command("suite", _suite, "quality, speed, dense formulas, start-up and chance, at small sizes")
    one.add_argument("--pan", type=Path, metavar="DIR", help="score on a PAN text-alignment corpus as well")
    one.add_argument("--peers", action="store_true", help="install and run other detectors as well, on 1 MB")
    one.add_argument("--full", action="store_true", help="everything, up to 100 MB (peers: 10 MB); takes an hour")
    _add_common(one)

    one = command("pan", _pan, "score on a PAN text-alignment corpus")
    one.add_argument("folder", type=Path, metavar="DIR", help="holds src/, susp/, truth.jsonl and pairs/")
    one.add_argument("--half", type=int, choices=(0, 1), help="score one half of the suspicious documents only")
    _add_detections(one)

    one = command("planted", _planted, "score on planted reuse")
    one.add_argument("--megabytes", type=float, default=10.0, help="size of the base text (default: 10)")
    one.add_argument("--real", action="store_true", help="State of the Union messages (12 MB), not generated prose")
    one.add_argument("--corpus", type=Path, metavar="DIR", help="a corpus made before, instead of one of the cache")
    one.add_argument("--examples", action="store_true", help="print matches that are neither planted nor natural")
    _add_detections(one)

    one = command("candidates", _candidates, "recall of the candidate stage alone on planted reuse")
    one.add_argument("--megabytes", type=float, default=10.0, help="size of the base text (default: 10)")
    one.add_argument("--real", action="store_true", help="State of the Union messages (12 MB), not generated prose")
    _add_common(one)

    one = command("bibles", _bibles, "recall of aligned verses: the King James Version against others")
    one.add_argument("versions", nargs="*", help="short names, the first against the rest (default: all installed)")
    _add_common(one)


def _declare_costs(command: Declare) -> None:
    one = command("speed", _speed, "cost of scans by size, with the fitted exponent")
    one.add_argument("--megabytes", type=float, nargs="+", default=[1.0, 10.0], help="sizes (default: 1 10)")
    one.add_argument("--repeat", type=int, default=1, help="scans of each size; the fastest counts")
    _add_common(one)

    one = command("formulas", _formulas, "cost of scans of dense formulas by number of documents")
    one.add_argument("--documents", type=int, nargs="+", default=[1000, 2000, 4000], help="(default: 1000 2000 4000)")
    _add_common(one)

    one = command("outputs", _outputs, "time of reports and exports of one run")
    one.add_argument("--megabytes", type=float, default=3.0, help="size of the corpus scanned (default: 3)")
    _add_common(one)

    one = command("limit", _limit, "reading and splitting alone, in the fastest library")
    one.add_argument("--megabytes", type=float, nargs="+", default=[10.0], help="sizes (default: 10)")
    _add_common(one)

    one = command("calibration", _calibration, "matches in chance text against their E-values")
    one.add_argument("--seeds", type=int, default=10, help="corpora of each kind (default: 10)")
    one.add_argument("--megabytes", type=float, default=1.0, help="size of each (default: 1)")
    _add_common(one)

    one = command("peers", _peers, "other detectors side by side on the same corpus")
    one.add_argument("--megabytes", type=float, nargs="+", default=[1.0], help="sizes (default: 1)")
    one.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these peers (parts of names)")
    one.add_argument("--install", action="store_true", help="install peers into environments of their own first")
    one.add_argument("--limit", type=float, default=900.0, help="seconds that each may take (default: 900)")
    _add_common(one)


def _declare_results(command: Declare) -> None:
    one = command("gold", _gold, "measure the gold standard that the tests hold the detector to")
    one.add_argument("-o", "--out", type=Path, metavar="FILE", help="store it, as tests/benchmarks/gold.json")

    one = command("page", _page, "write stored results as a page with plots")
    one.add_argument("results", type=Path, help="a results file, or a folder of them")
    one.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.md")

    one = command("compare", _compare, "ratios of two results, and which moved more than the noise")
    one.add_argument("old", type=Path)
    one.add_argument("new", type=Path)
    one.add_argument("--all", action="store_true", help="list also what did not move")


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="keep the results; a record measured before is replaced"
    )
    parser.add_argument(
        "--scan",
        default="",
        metavar="WORDS",
        help="further words for `textreuse scan`, such as '--preset ocr --jobs 1'",
    )


def _add_detections(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", metavar="NAME", help="preset to scan with")
    parser.add_argument(
        "--detections",
        type=Path,
        metavar="FILE",
        help="score these matches and scan nothing: a run, or JSON Lines with a, a_start, a_end, b, b_start, b_end",
    )
    _add_common(parser)


def _options(arguments: argparse.Namespace) -> list[str]:
    preset = getattr(arguments, "preset", None)
    return [*shlex.split(arguments.scan), *(["--preset", preset] if preset else [])]


def _suite(arguments: argparse.Namespace) -> None:
    options = _options(arguments)

    def records() -> Iterable[Record]:
        yield from speed.start_records()
        for real in (True, False):
            yield quality.planted_record(quality.planted_corpus(10, real=real), options)
        if arguments.pan:
            yield from quality.pan_records(arguments.pan, options)
        for size in (1, 10, 100) if arguments.full else (1, 10):
            yield speed.speed_record(size, options=options)
        for documents in (1000, 2000, 4000, 8000) if arguments.full else (1000, 2000, 4000):
            yield speed.formulas_record(documents, options)
        for kind in chance.KINDS:
            yield chance.calibration_record(kind, 20 if arguments.full else 3, 1.0)
        if arguments.full:
            yield from (candidates_record(quality.planted_corpus(10, real=real)) for real in (True, False))
            yield from (speed.limit_record(size) for size in (10, 100))
            yield from outputs_records(3)
            yield from quality.bibles_records((), options)
        if arguments.peers:
            for size in (1, 10) if arguments.full else (1,):
                yield from peers_records(size, install=True, options=options)

    _report(arguments, records())


def _pan(arguments: argparse.Namespace) -> None:
    if arguments.detections is not None:
        corpus = pan.read_pan(arguments.folder, arguments.half)
        print(pan.table(pan.score(corpus, _given(arguments.detections))))
        return
    halves = (arguments.half,) if arguments.half is not None else (None, 0, 1)
    _report(arguments, quality.pan_records(arguments.folder, _options(arguments), halves))


def _planted(arguments: argparse.Namespace) -> None:
    if arguments.corpus is not None:
        corpus = read_planted(arguments.corpus)
    else:
        corpus = quality.planted_corpus(arguments.megabytes, real=arguments.real)
    if arguments.detections is not None or arguments.examples:
        found = _given(arguments.detections) if arguments.detections else quality.scan_once(corpus, _options(arguments))
        score = planted.score_planted(corpus, found)
        print(planted.table(score))
        for a, text_a, b, text_b in score.examples if arguments.examples else ():
            print(f"{a}: {text_a!r}\n{b}: {text_b!r}")
        return
    _report(arguments, [quality.planted_record(corpus, _options(arguments))])


def _candidates(arguments: argparse.Namespace) -> None:
    corpus = quality.planted_corpus(arguments.megabytes, real=arguments.real)
    _report(arguments, [candidates_record(corpus)])


def _given(path: Path) -> PassagePairs:
    return matches_of(path) if path.is_dir() else read_passage_pairs(path)


def _bibles(arguments: argparse.Namespace) -> None:
    _report(arguments, quality.bibles_records(arguments.versions, _options(arguments)))


def _speed(arguments: argparse.Namespace) -> None:
    options = _options(arguments)
    sizes = arguments.megabytes
    _report(arguments, (speed.speed_record(size, repeat=arguments.repeat, options=options) for size in sizes))


def _formulas(arguments: argparse.Namespace) -> None:
    options = _options(arguments)
    _report(arguments, (speed.formulas_record(documents, options) for documents in arguments.documents))


def _outputs(arguments: argparse.Namespace) -> None:
    _report(arguments, outputs_records(arguments.megabytes))


def _limit(arguments: argparse.Namespace) -> None:
    _report(arguments, (speed.limit_record(size) for size in arguments.megabytes))


def _calibration(arguments: argparse.Namespace) -> None:
    _report(arguments, (chance.calibration_record(kind, arguments.seeds, arguments.megabytes) for kind in chance.KINDS))


def _peers(arguments: argparse.Namespace) -> None:
    _report(
        arguments,
        (
            record
            for size in arguments.megabytes
            for record in peers_records(
                size,
                only=arguments.only,
                install=arguments.install,
                limit=arguments.limit,
                options=_options(arguments),
            )
        ),
    )


def _gold(arguments: argparse.Namespace) -> None:
    score = gold.measure()
    print(planted.table(score))
    if arguments.out is not None:
        gold.write_gold(arguments.out, score)


def _page(arguments: argparse.Namespace) -> None:
    page.write_page(read_results(arguments.results), arguments.out)


def _compare(arguments: argparse.Namespace) -> None:
    changes = list(compare.compare(read_results(arguments.old), read_results(arguments.new)))
    print(compare.table(changes, everything=arguments.all))


def _report(arguments: argparse.Namespace, records: Iterable[Record]) -> None:
    """Print each record as it comes in, keep it if asked to, and print the tables at the end."""
    made: list[Record] = []
    for record in records:
        made.append(record)
        print(f"{record.key}: done", file=sys.stderr)
        if arguments.json is not None:
            Results.here(made).added_to(arguments.json)
    print(page.as_text(Results.here(made)))
