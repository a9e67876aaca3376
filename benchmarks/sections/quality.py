"""Sections on how well reuse is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.plots import Axis, Series, plot
from benchmarks.quality.pan import ENTIRE, WITHOUT_REUSE
from benchmarks.results import Record
from benchmarks.sections.section import Section, Table, asked
from reuse.index.lsh import Bands, s_curve


def pan(records: Sequence[Record]) -> Section:
    """Scores by class on the PAN corpus and its halves."""
    tables = []
    for record in records:
        scores = record.values["scores"]
        rows = []
        for name in sorted(scores, key=lambda name: (name == ENTIRE, name)):
            one = scores[name]
            shares = [f"{one[measure]:.4f}" for measure in ("plagdet", "precision", "recall", "granularity")]
            rows.append([name, *(["–"] * 4 if name == WITHOUT_REUSE else shares), one["cases"], one["detections"]])
        half = record.parameters["half"]
        which = "whole corpus" if half == "both" else f"half {half}"
        header = ["class", "PlagDet", "precision", "recall", "granularity", "cases", "detections"]
        tables.append(Table(f"{which}, {asked(record)}; scan {_seconds(record)}", header, rows))
    return Section(
        "PAN 2013 text alignment",
        "One scan of `src/` against `susp/`; macro-averaged measures of Potthast et al. (2010) over the listed pairs. "
        "The halves are by a hash of the suspicious document's name: settings can be chosen on one and tried on the "
        "other. In the pairs without reuse every detection is a false one.",
        "textreuse bench pan DIR",
        tables,
    )


def phrases(records: Sequence[Record]) -> Section:
    """Shares of the best formulas, and planted phrases counted right."""
    measures = ("dangling", "nested", "distinct", "right")
    rows = [
        [
            f"{record.parameters['corpus']}, {record.parameters['list']}",
            record.parameters["top"] or "all",
            *(f"{record.values[measure]:.3f}" if measure in record.values else "–" for measure in measures),
        ]
        for record in records
    ]
    return Section(
        "Whole phrases",
        "Shares of the best formulas, and of the best closed n-grams as they are ranked, that begin or end on a "
        "dangling word of the grammar, that lie in another of the list with most of their occurrences, and that are "
        "distinct in their content words. Planted: phrases alone and in longer ones with the right own counts.",
        "textreuse bench phrases PATH…",
        [Table("", ["corpus and list", "of the best", *measures], rows)],
    )


def planted(records: Sequence[Record]) -> Section:
    """Recall by degree of change and length, shares of matches, thresholds."""
    tables = []
    curves = []
    for record in records:
        score = record.values["score"]
        bands = list(next(iter(score["bands"].values())))
        rows = [
            [
                level,
                one["cases"],
                f"{one['characters']:.4f}",
                f"{one['granularity']:.3f}",
                *(f"{score['bands'][level][band]['characters']:.3f}" for band in bands),
            ]
            for level, one in score["levels"].items()
        ]
        rows.append(["all", sum(row[1] for row in rows), "", f"{score['granularity']:.3f}", *([""] * len(bands))])
        kind = "real prose" if record.parameters["real"] else "generated prose"
        header = ["words changed", "copies", "recall", "granularity", *(f"{band} words" for band in bands)]
        title = f"{record.parameters['megabytes']:g} MB of {kind}, {asked(record)}"
        tables.append(Table(title, header, rows))
        decoys = record.values.get("decoy_share")
        summary = [
            ["matches", score["matches"]],
            ["of planted copies", score["planted"]],
            ["their character precision", f"{score['precision']:.4f}"],
            ["natural reuse", f"{score['natural']:.2%}"],
            ["neither planted nor recognised as natural", f"{score['spurious']:.2%}"],
            ["unchanged copies that have a match with E ≤ 10⁻³", f"{record.values['significant']:.2%}"],
            *([["decoys: chance matches expected", f"{decoys:.2%}"]] if decoys is not None else []),
        ]
        tables.append(Table(title, ["of all matches", ""], summary))
        points = [(_precision(one), one["recall"]) for one in record.values["thresholds"]]
        labels = [f"E ≤ {one['evalue']:g}" if "evalue" in one else "" for one in record.values["thresholds"]]
        curves.append(Series(kind, points, labels=labels))
        limits = [
            [
                f"{one['evalue']:g}",
                f"{one['bits']:.0f}",
                one["matches"],
                f"{one['recall']:.4f}",
                f"{one['precision']:.4f}",
                f"{one['granularity']:.3f}",
            ]
            for one in record.values["thresholds"]
            if "evalue" in one
        ]
        if limits:
            header = ["E at most", "bits at least", "matches", "recall", "precision", "granularity"]
            tables.append(Table(f"{title}: other limits of E, whatever the bits", header, limits))
    drawing = plot(
        "Recall and precision as the limit of E falls",
        Axis("precision: share of matches that are planted or natural", high=1.0),
        Axis("character recall"),
        curves,
    )
    return Section(
        "Planted reuse",
        "Character recall by degree of change and by length of the source passage.",
        "textreuse bench planted --megabytes 10 [--real]",
        tables,
        [("thresholds", "recall against precision", drawing)],
    )


def candidates(records: Sequence[Record]) -> Section:
    """Recall of the candidate stage alone, and the S-curve."""
    stage = [record for record in records if record.benchmark == "candidates"]
    rows = []
    for record in stage:
        values = record.values
        kind = "real" if record.parameters["real"] else "generated"
        row = [f"{record.parameters['megabytes']:g} MB, {kind}", record.parameters.get("by", "exact join")]
        row += [f"{values['anchors'] / values['tokens']:.2f}", f"{values['index_seconds']:.2f}"]
        rows.append([*row, *(f"{share:.4f}" for share in values["recall"].values())])
    levels = list(stage[0].values["recall"])
    header = ["corpus", "by", "anchors a token", "seconds", *levels]
    curves = [record for record in records if record.benchmark == "s-curve"]
    return Section(
        "The candidate stage alone",
        "Share of planted copies with at least one anchor on their diagonal: what alignment can find at all. A scan "
        "joins exactly on shingles and compares by MinHash the windows whose shingles are too frequent for that; here "
        "each is also looked at alone, MinHash on all windows."
        + (" The S-curve: how likely two windows are to become candidates by MinHash." if curves else ""),
        "textreuse bench candidates --megabytes 10 [--real]",
        [Table("", header, rows, texts=2)],
        [("s-curve", "probability of becoming candidates against similarity", _s_curve(curves))] if curves else [],
    )


def _s_curve(records: Sequence[Record]) -> str:
    values = records[0].values
    chosen = Bands(values["bands"], values["rows"])
    theirs = Bands(values["datasketch_bands"], values["datasketch_rows"])
    measured = [
        Series(
            f"measured on windows of planted copies, {'real' if record.parameters['real'] else 'generated'} prose",
            [(point["similarity"], point["share"]) for point in record.values["points"]],
            line=False,
        )
        for record in records
    ]
    return plot(
        "How likely two windows are to become candidates by MinHash",
        Axis("Jaccard similarity of their sets of shingles", low=0.0, high=1.0),
        Axis("probability", low=0.0, high=1.0),
        [
            *measured,
            Series(
                f"theory: {chosen.count} bands of {chosen.rows}, for {values['asked']:.0%} at {values['similarity']:g}",
                s_curve(chosen, 100),
                dots=False,
            ),
            Series(
                f"datasketch's choice for threshold {values['similarity']:g}: {theirs.count} bands of {theirs.rows}",
                s_curve(theirs, 100),
                dots=False,
            ),
        ],
    )


def bibles(records: Sequence[Record]) -> Section:
    """Recall of aligned verses against likeness."""
    rows = [
        [
            f"{record.parameters['a']} – {record.parameters['b']}",
            f"{record.values['likeness']:.3f}",
            f"{record.values['recall']:.3f}",
            f"{record.values['verses']:.3f}",
            record.values["matches"],
            f"{record.values['wall_seconds']:.1f}",
        ]
        for record in sorted(records, key=lambda record: -record.values["likeness"])
    ]
    points = [(record.values["likeness"], record.values["recall"]) for record in records]
    names = [record.parameters["b"] for record in records]
    drawing = plot(
        "Recall of aligned verses against the likeness of the two versions",
        Axis("mean likeness of a verse in both (Indel similarity of its words)"),
        Axis("character recall", low=0.0, high=1.0),
        [Series("", points, line=False, labels=names)],
    )
    return Section(
        "Parallel Bibles",
        "Two English versions are compared with each other; every verse should be found as reuse of the same verse. "
        "Graded paraphrase: likeness is the mean Indel similarity of the words of every 31st verse pair.",
        "textreuse bench bibles",
        [Table("", ["versions", "likeness", "recall", "verses half covered", "matches", "seconds"], rows)],
        [("bibles", "recall of verses against likeness", drawing)],
    )


def calibration(records: Sequence[Record]) -> Section:
    """Matches by chance against their E-values."""
    rows = []
    series = []
    for record in records:
        values = record.values
        label = f"{record.parameters['kind']}, {record.parameters['megabytes']:g} MB, {values['seeds']} corpora"
        for expected, found, error in zip(values["evalues"], values["matches"], values["standard_errors"], strict=True):
            rows.append([label, f"{expected:g}", f"{found:.3g}", f"± {error:.2g}"])
        series.append(Series(label, list(zip(values["evalues"], values["matches"], strict=True))))
    ends = (0.01, 10.0)
    guides = [
        Series("expected, and a factor of 3", [(x, x) for x in ends], dashed=True),
        *(Series("", [(x, x * factor) for x in ends], dashed=True) for factor in (3, 1 / 3)),
    ]
    drawing = plot(
        "Matches in text where nothing was copied",
        Axis("E-value x", log=True),
        Axis("mean number of matches with E ≤ x", log=True),
        [*series, *guides],
    )
    return Section(
        "Calibration of E-values",
        "In text where nothing was copied, the number of matches with E ≤ x should be x on average.",
        "textreuse bench calibration --seeds 20",
        [Table("", ["chance text", "x", "matches with E ≤ x", "standard error"], rows)],
        [("calibration", "matches by chance against E", drawing)],
    )


def _precision(one: Mapping[str, float]) -> float:
    """Of a threshold's row; results of an earlier form say what is spurious instead."""
    return one["precision"] if "precision" in one else 1 - one["spurious"]


def _seconds(record: Record) -> str:
    return f"{record.values['wall_seconds']:.1f} s"
