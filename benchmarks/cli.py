"""The commands: `python -m benchmarks COMMAND …`, which `textreuse bench` passes its words on to."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import compare, gold, page
from benchmarks.corpora.planted import read_planted
from benchmarks.detector import matches_of
from benchmarks.errors import BenchmarkError
from benchmarks.evidence import command as evidence
from benchmarks.experiments import chance, dense, later, quality, speed
from benchmarks.experiments.candidates import candidates_records
from benchmarks.experiments.growing import growing_records
from benchmarks.experiments.kernels import kernels_records
from benchmarks.experiments.limit import limit_records
from benchmarks.experiments.outputs import outputs_records
from benchmarks.experiments.peers import peers_records
from benchmarks.experiments.reading import reading_records
from benchmarks.experiments.screens import screens_records
from benchmarks.experiments.terabyte import terabyte_records
from benchmarks.experiments.workers import workers_records
from benchmarks.passages import PassagePairs, read_passage_pairs
from benchmarks.quality import pan, phrases, planted
from benchmarks.results import Record, Results, newest, read_results
from benchmarks.suite import Plan, suite_records

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
    _declare_workers(command)
    _declare_outputs(command)
    _declare_results(command)
    return parser


def _declare_quality(command: Declare) -> None:
    one = command("suite", _suite, "speed, kernels, dense formulas, quality and chance, at small sizes")
    one.add_argument("--pan", type=Path, metavar="DIR", help="score on a PAN text-alignment corpus as well")
    one.add_argument("--peers", action="store_true", help="install and run other detectors as well, on 1 MB")
    one.add_argument("--full", action="store_true", help="everything, up to 100 MB (peers: 10 MB)")
    one.add_argument(
        "--sizes", type=float, nargs="+", default=[], metavar="MB", help="of the speed series (default: 1 10)"
    )
    one.add_argument(
        "--peer-sizes", type=float, nargs="+", default=[], metavar="MB", help="that peers are run on (default: 1)"
    )
    one.add_argument("--limit", type=float, default=900.0, metavar="S", help="seconds a peer may take (default: 900)")
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

    one = command("candidates", _candidates, "the candidate stage alone: recall on planted reuse, and the S-curve")
    one.add_argument("--megabytes", type=float, default=10.0, help="size of the base text (default: 10)")
    one.add_argument("--real", action="store_true", help="State of the Union messages (12 MB), not generated prose")
    _add_common(one)

    one = command("bibles", _bibles, "recall of aligned verses: the King James Version against others")
    one.add_argument("versions", nargs="*", help="short names, the first against the rest (default: all installed)")
    _add_common(one)

    one = command("phrases", _phrases, "whether the best formulas are whole phrases, and planted ones counted right")
    one.add_argument("paths", type=Path, nargs="*", metavar="PATH", help="corpora; none: planted phrases alone")
    _add_common(one)

    about = "whether what is stated holds: more documents, another order, short text, copies, laws, chance"
    evidence.declare(command("evidence", evidence.run, about))
    about = "whether a passage's source is the one it was taken from: planted chains and stars"
    evidence.declare_sources(command("sources", evidence.run_sources, about))
    about = "whether what is hidden as furniture of pages is some, and formulas and copied text are not: labelled pages"
    evidence.declare_furniture(command("furniture", evidence.run_furniture, about))
    about = "which order puts bills that share substance before those that share boilerplate: generated bills"
    evidence.declare_bills(command("bills", evidence.run_bills, about))
    about = "whether versions of one story are found, and forms that are filled in anew are none: generated stories"
    evidence.declare_stories(command("stories", evidence.run_stories, about))


def _declare_costs(command: Declare) -> None:
    one = command("speed", _speed, "cost of scans by size, with the fitted exponent")
    one.add_argument("--megabytes", type=float, nargs="+", default=[1.0, 10.0], help="sizes (default: 1 10)")
    one.add_argument("--repeat", type=int, default=1, help="scans of each size; the fastest counts")
    _add_common(one)

    one = command("jobs", _jobs, "cost of a scan by number of jobs")
    one.add_argument("--megabytes", type=float, default=10.0, help="size (default: 10)")
    one.add_argument("--jobs", type=int, nargs="+", default=[], help="(default: 1, 2, 4 … up to the processors)")
    one.add_argument("--repeat", type=int, default=1, help="scans with each number; the fastest counts")
    _add_common(one)

    one = command("kernels", _kernels, "the inner loops alone, by pytest-benchmark, on 1 MB of generated prose")
    _add_common(one)

    one = command("formulas", _formulas, "cost of scans of dense formulas by number of documents")
    one.add_argument("--documents", type=int, nargs="+", default=[1000, 2000, 4000], help="(default: 1000 2000 4000)")
    _add_common(one)

    one = command(
        "dense", _dense, "cost of scans of codes of law and of newswire, in which everything copies everything"
    )
    one.add_argument("--kinds", nargs="+", default=["codes"], choices=dense.KINDS, help="of text (default: codes)")
    one.add_argument("--megabytes", type=float, nargs="+", default=[1.0, 4.0], help="sizes (default: 1 4)")
    one.add_argument("--python", type=Path, metavar="FILE", help="interpreter of the environment that is measured")
    _add_common(one)

    one = command("limit", _limit, "reading and splitting alone, by re and by Polars")
    one.add_argument("--megabytes", type=float, nargs="+", default=[10.0], help="sizes (default: 10)")
    _add_common(one)

    one = command("growing", _growing, "asking about one text and adding a hundredth, beside other indexes")
    one.add_argument("--megabytes", type=float, nargs="+", default=[10.0], help="sizes (default: 10)")
    _add_common(one)

    one = command("reading", _reading, "each format beside the library that it is read with")
    one.add_argument("--megabytes", type=float, nargs="+", default=[2.0], help="sizes of the text (default: 2)")
    _add_common(one)

    one = command("calibration", _calibration, "matches in chance text against their E-values")
    one.add_argument("--seeds", type=int, default=10, help="corpora of each kind (default: 10)")
    one.add_argument("--megabytes", type=float, default=1.0, help="size of each (default: 1)")
    _add_common(one)

    one = command("peers", _peers, "other detectors side by side on the same corpus")
    one.add_argument("--megabytes", type=float, nargs="+", default=[1.0], help="sizes (default: 1)")
    one.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these peers (parts of names)")
    one.add_argument("--install", action="store_true", help="install peers into environments of their own first")
    one.add_argument("--limit", type=float, default=900.0, metavar="S", help="seconds each may take (default: 900)")
    _add_common(one)


def _declare_workers(command: Declare) -> None:
    one = command("workers", _workers, "a scan by threads, by processes and on Dask: time, memory of each process")
    one.add_argument("--megabytes", type=float, default=10.0, help="size (default: 10)")
    one.add_argument("--workers", type=int, default=2, help="how many (default: 2)")
    one.add_argument("--memory", default="1G", help="of each worker (default: 1G)")
    one.add_argument("--ways", nargs="+", default=[], help="threads, processes, Dask (default: all)")
    one.add_argument("--kind", default="", choices=dense.KINDS, help="of dense text (default: generated prose)")
    _add_common(one)

    about = "a terabyte on 1 to 1000 workers: scans measured part by part, and a simulation of what they come to"
    one = command("terabyte", _terabyte, about)
    one.add_argument(
        "--megabytes", type=float, nargs="+", default=[10.0, 100.0], help="that are scanned (default: 10 100)"
    )
    one.add_argument(
        "--keys", type=int, default=0, metavar="N", help="of the fullest range (default: as in a terabyte)"
    )
    one.add_argument("--measured", type=Path, metavar="FILE", help="results by which to simulate; nothing is measured")
    _add_common(one)


def _declare_outputs(command: Declare) -> None:
    one = command("outputs", _outputs, "time of reports and exports of one run, and of the terminal interface")
    one.add_argument("--megabytes", type=float, default=3.0, help="size of the corpus scanned (default: 3)")
    _add_common(one)

    one = command("screens", _screens, "large runs in the terminal interface, key by key, and in the HTML report")
    one.add_argument("--matches", type=int, nargs="*", default=[100_000], help="in the terminal (default: 100000)")
    one.add_argument("--opened", type=int, nargs="*", default=[200_000], help="in the report (default: 200000)")
    one.add_argument("--documents", type=int, default=5_000, help="of each run (default: 5000)")
    _add_common(one)

    one = command("later", _later, "time and memory of every command after a scan, where text is dense")
    one.add_argument("paths", type=Path, nargs="*", metavar="PATH", help="corpora besides")
    one.add_argument("--kinds", nargs="*", default=list(later.KINDS), choices=later.KINDS, help="(default: all)")
    one.add_argument("--megabytes", type=float, default=1.0, help="size of each (default: 1)")
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
    plan = Plan(
        full=arguments.full,
        sizes=arguments.sizes,
        pan=arguments.pan,
        peers=arguments.peers,
        peer_sizes=arguments.peer_sizes,
        limit=arguments.limit,
        options=_options(arguments),
    )
    _report(arguments, suite_records(plan))


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
    _report(arguments, candidates_records(arguments.megabytes, real=arguments.real))


def _given(path: Path) -> PassagePairs:
    return matches_of(path) if path.is_dir() else read_passage_pairs(path)


def _bibles(arguments: argparse.Namespace) -> None:
    _report(arguments, quality.bibles_records(arguments.versions, _options(arguments)))


def _phrases(arguments: argparse.Namespace) -> None:
    _report(arguments, phrases.phrases_records(arguments.paths))


def _speed(arguments: argparse.Namespace) -> None:
    sizes, repeat = arguments.megabytes, arguments.repeat
    _report(arguments, speed.speed_records(sizes, repeat=repeat, options=_options(arguments)))


def _formulas(arguments: argparse.Namespace) -> None:
    _report(arguments, speed.formulas_records(arguments.documents, _options(arguments)))


def _dense(arguments: argparse.Namespace) -> None:
    records = dense.dense_records(arguments.kinds, arguments.megabytes, _options(arguments), arguments.python)
    _report(arguments, records)


def _outputs(arguments: argparse.Namespace) -> None:
    _report(arguments, outputs_records(arguments.megabytes))


def _screens(arguments: argparse.Namespace) -> None:
    _report(arguments, screens_records(arguments.matches, arguments.opened, arguments.documents))


def _later(arguments: argparse.Namespace) -> None:
    _report(arguments, later.later_records(arguments.kinds, arguments.megabytes, arguments.paths))


def _growing(arguments: argparse.Namespace) -> None:
    _report(arguments, (record for size in arguments.megabytes for record in growing_records(size)))


def _reading(arguments: argparse.Namespace) -> None:
    _report(arguments, (record for size in arguments.megabytes for record in reading_records(size)))


def _limit(arguments: argparse.Namespace) -> None:
    _report(arguments, (record for size in arguments.megabytes for record in limit_records(size)))


def _jobs(arguments: argparse.Namespace) -> None:
    size, repeat = arguments.megabytes, arguments.repeat
    _report(arguments, speed.jobs_records(size, arguments.jobs, repeat=repeat, options=_options(arguments)))


def _workers(arguments: argparse.Namespace) -> None:
    size, count, memory = arguments.megabytes, arguments.workers, arguments.memory
    _report(arguments, workers_records(size, count, memory, arguments.ways, _options(arguments), arguments.kind))


def _terabyte(arguments: argparse.Namespace) -> None:
    found = read_results(arguments.measured) if arguments.measured else []
    measured = [record for record in newest(found) if record.benchmark.startswith("terabyte-")]
    _report(arguments, terabyte_records(sorted(arguments.megabytes), keys=arguments.keys, measured=measured))


def _kernels(arguments: argparse.Namespace) -> None:
    _report(arguments, kernels_records())


def _calibration(arguments: argparse.Namespace) -> None:
    _report(arguments, chance.calibration_records(chance.KINDS, arguments.seeds, arguments.megabytes))


def _peers(arguments: argparse.Namespace) -> None:
    records = peers_records(
        sorted(arguments.megabytes),
        only=arguments.only,
        install=arguments.install,
        limit=arguments.limit,
        options=_options(arguments),
    )
    _report(arguments, records)


def _gold(arguments: argparse.Namespace) -> None:
    score = gold.measure()
    print(planted.table(score))
    if arguments.out is not None:
        gold.write_gold(arguments.out, score)


def _page(arguments: argparse.Namespace) -> None:
    page.write_page(read_results(arguments.results), arguments.out)


def _compare(arguments: argparse.Namespace) -> None:
    old, new = read_results(arguments.old), read_results(arguments.new)
    print(compare.table(list(compare.compare(old, new)), everything=arguments.all))
    for remark in compare.remarks(old, new):
        print(remark)


def _report(arguments: argparse.Namespace, records: Iterable[Record]) -> None:
    """Name each record as it comes in, keep it if asked to, and print the tables at the end."""
    made = Results.here([])
    for record in records:
        print(f"{record.key}: done", file=sys.stderr)
        latest = Results.here([record])
        made = replace(made, records=made.records + latest.records)
        if arguments.json is not None:
            latest.added_to(arguments.json)
    print(page.as_text(made))
