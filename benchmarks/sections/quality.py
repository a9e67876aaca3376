"""Sections on how well reuse is found."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.plots import Axis, Series, plot
from benchmarks.quality.pan import ENTIRE, WITHOUT_REUSE
from benchmarks.results import Record
from benchmarks.sections.section import COST_HEADER, Section, Table, asked, cost_cells


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
        points = [(1 - one["spurious"], one["recall"]) for one in record.values["thresholds"]]
        labels = [f"{one['bits']:.0f} bits" for one in record.values["thresholds"]]
        curves.append(Series(kind, points, labels=labels))
    drawing = plot(
        "Recall and share of explained matches as the least bits of a match rise",
        Axis("share of matches that are planted or natural"),
        Axis("character recall"),
        curves,
    )
    return Section(
        "Planted reuse",
        "Character recall by degree of change and by length of the source passage.",
        "textreuse bench planted --megabytes 10 [--real]",
        tables,
        [("thresholds", "recall against the share of explained matches", drawing)],
    )


def candidates(records: Sequence[Record]) -> Section:
    """Recall of the candidate stage alone."""
    rows = []
    for record in records:
        values = record.values
        kind = "real" if record.parameters["real"] else "generated"
        row = [f"{record.parameters['megabytes']:g} MB, {kind}", f"{values['anchors'] / values['tokens']:.2f}"]
        rows.append([*row, f"{values['index_seconds']:.2f}", *(f"{share:.4f}" for share in values["recall"].values())])
    levels = list(records[0].values["recall"])
    return Section(
        "The candidate stage alone",
        "Share of planted copies with at least one anchor on their diagonal: what alignment can find at all.",
        "textreuse bench candidates --megabytes 10 [--real]",
        [Table("", ["corpus", "anchors a token", "seconds", *levels], rows)],
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


def peers(records: Sequence[Record]) -> Section:
    """All detectors on one corpus, and why some are missing."""
    tables, plots = [], []
    for size in sorted({record.parameters["megabytes"] for record in records}):
        here = [record for record in records if record.parameters["megabytes"] == size]
        ran = [record for record in here if "reason" not in record.values]
        levels = list(ran[0].values["recall"]) if ran else []
        rows = [
            [
                record.parameters["detector"]
                + (f" {record.values['version']}" if record.values.get("version") else ""),
                *cost_cells(record),
                *(f"{record.values['recall'][level]:.3f}" for level in levels),
                f"{record.values['granularity']:.2f}",
                record.values["matches"],
                f"{record.values['spurious']:.1%}",
            ]
            for record in sorted(ran, key=lambda record: record.values["wall_seconds"])
        ]
        header = ["detector", *COST_HEADER, *levels, "granularity", "matches", "spurious"]
        tables.append(Table(f"{size:g} MB", header, rows))
        absent = [
            [record.parameters["detector"], " ".join(record.values["reason"].split())[:300]]
            for record in here
            if "reason" in record.values
        ]
        if absent:
            tables.append(Table(f"{size:g} MB: not measured", ["detector", "reason"], absent))
        points = [
            Series(
                record.parameters["detector"],
                [(record.values["wall_units"], record.values["recall_all"])],
                line=False,
            )
            for record in ran
        ]
        drawing = plot(
            f"Recall against time, {size:g} MB",
            Axis("units of time", log=True),
            Axis("character recall, mean of all copies", low=0.0, high=1.0),
            points,
        )
        plots.append((f"peers-{size:g}MB", f"recall against time at {size:g} MB", drawing))
    settings = {record.parameters["detector"]: record.values["settings"] for record in records}
    tables.append(Table("Settings", ["detector", "settings"], list(settings.items())))
    return Section(
        "Side by side with others",
        "The same planted corpus of books (8,000 words each below 10 MB, 80,000 from there on), the same truth, one "
        "after the other on the same machine; recall by degree of change. A detector that finds windows or sentences "
        "is scored by the spans that it reports.",
        "textreuse bench peers --megabytes 1 10 --install",
        tables,
        plots,
    )


def _seconds(record: Record) -> str:
    return f"{record.values['wall_seconds']:.1f} s"
