"""The run as one page of Markdown: a digest to read, to keep in a repository, to send by e-mail.

The page renders on any forge and stays far below 1 MB: passages are trimmed and lists have an end, which is said. Text
of documents is escaped, so that no markup in it acts. The same run gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reuse.analysis.groups import groups_by
from reuse.analysis.matrix import matrix_of
from reuse.display import counted, percent, trimmed, visible
from reuse.options import options_of
from reuse.report.differences import GAP, Segment, Side, differences, stretches
from reuse.report.direction import LEFT_TO_RIGHT
from reuse.report.files import replacing
from reuse.report.highlights import TEXT_ONLY, best_formulas, best_matches, folded_copies, furniture_said, text_only
from reuse.report.overview import Overview
from reuse.report.sentences import changes_said
from reuse.report.strength import SAID, strength_bar
from reuse.run.found import LOOSE
from reuse.shares import KINDS, whole_percents

if TYPE_CHECKING:
    from reuse.run.run import Run
    from reuse.run.table import Table

PASSAGES = 25
"""Pairs of passages, unless the caller asks for another number; those after OPEN are folded."""
OPEN = 10
FORMULAS = 40
DOCUMENTS = 200
"""Rows of the list of documents."""
STORIES, VERSIONS = 3, 20
"""Stories whose versions are listed, and most versions of one."""
MATRIX = 12
"""Documents in the table of who shares with whom: what fits a page."""
PASSAGE_CELLS = 1_500
"""Longest quotation, in terminal cells (about as many letters)."""
NAME_CELLS = 100
MOST_PASSAGES = 100
"""Keeps the page under 1 MB whatever number is asked for."""

_MARKUP = re.compile(r"([\\`*_\[\]#~|$])")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "://": ":&#47;&#47;",
}  # the last two: no link is made
_TO_ENTITY = re.compile("|".join(_ENTITIES))


def write_report(run: Run, out: Path, *, where: str | None = None, top: int | None = None) -> None:
    """Write the digest.

    Args:
        run: The run to read.
        out: File to write.
        where: Filter of the matches that are quoted.
        top: How many matches are quoted, at most 100.

    Raises:
        UsageError: The filter cannot be read.
        TextReuseError: The file cannot be written.
    """
    page = "\n".join(_page(run, where, min(PASSAGES if top is None else top, MOST_PASSAGES))) + "\n"
    with replacing(out) as file:
        file.write(page.encode("utf-8", "backslashreplace"))


def escaped(text: str, most_cells: int | None = None) -> str:
    """Text of a document as Markdown and HTML that show it on one line and do nothing else."""
    shown = visible(text, one_line=True)
    if most_cells is not None:
        shown = trimmed(shown, most_cells)
    # "#" is escaped first: the entities have one.
    return _TO_ENTITY.sub(lambda found: _ENTITIES[found[0]], _MARKUP.sub(r"\\\1", shown))


def _page(run: Run, where: str | None, top: int) -> Iterator[str]:
    documents = run.table(
        "documents", limit=DOCUMENTS, columns=["id", "title", "date", "date_guessed", "tokens", *KINDS]
    )
    matches = best_matches(run, top, where)
    formulas = best_formulas(run, FORMULAS)
    yield from _opening(run, formulas)
    yield from _passages(run, matches, where)
    yield from _formulas(run, formulas)
    yield from _versions(run)
    yield from _matrix(run)
    yield from _documents(run, documents)
    yield from _about(run)


def _opening(run: Run, formulas: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    counts = run.meta["counts"]
    documents = counted(counts["documents"], "document")
    overview = Overview(run)
    extent = ", ".join(filter(None, (documents, overview.dated, counted(counts["tokens"], "word"))))
    one = counts["documents"] == 1
    yield f"# What {documents} {'shares' if one else 'share'}"
    yield ""
    yield (
        f"{extent} in all, {'was' if one else 'were'} compared word by word. "
        f"They share {counted(overview.matches, 'passage')} and "
        f"repeat {counted(overview.phrases, 'set phrase')}."
    )
    shared = run.table("matches", where=TEXT_ONLY, order="matched_tokens", limit=1, columns=["matched_tokens"])
    if len(shared) and formulas:
        words = counted(shared["matched_tokens"][0], "word")
        yield (
            f"Two passages share {words} at most; the most telling phrase, "
            f"“{escaped(formulas[0]['text'], NAME_CELLS)}”, stands in {counted(formulas[0]['df'], 'document')}."
        )
    yield ""
    yield (
        "*Alike* is the share of the two passages’ words that agree. *Strength* says how surprising it would be to "
        f"find the shared words twice by chance: {SAID}. Each bit halves the odds, and rare words count for more than "
        "common ones."
    )


def _passages(run: Run, matches: Sequence[Mapping[str, Any]], where: str | None) -> Iterator[str]:
    yield ""
    yield "## Passages in common"
    yield ""
    if not matches:
        left_out = " under this filter." if where else " but furniture of pages." if run.count("matches") else "."
        yield f"No two passages share enough words to be called reuse{left_out}"
        return
    total = run.count("matches", text_only(where))
    yield (
        f"The {counted(len(matches), 'most surprising pair', 'most surprising pairs')} of {total:,}, one for each text "
        "that is passed on. Words that differ are **bold**; "
        f"**{GAP}** stands where the other side has words and this one has none."
    )
    folded = folded_copies(run, where)
    if folded:
        yield ""
        yield f"Left out, as whole texts: {counted(folded, 'pair')} of documents that are copies of one text."
    loose = [name for name in LOOSE if any(match["found_by"] == name for match in matches)]
    if loose:
        yield ""
        yield " ".join(f"*{name.capitalize()}*: {LOOSE[name]}." for name in loose)
    for number, match in enumerate(matches, 1):
        if number == OPEN + 1:
            yield ""
            yield f"<details><summary>The next {len(matches) - OPEN}</summary>"
        yield from _passage(number, match, run.name_of)
    if len(matches) > OPEN:
        yield ""
        yield "</details>"


def passages_of(
    matches: Iterable[Mapping[str, Any]], names: Mapping[str, str], further: Iterable[str]
) -> Iterator[str]:
    """Each match with its two passages beside each other, under the names of their documents; and what else is said."""
    for number, (match, said) in enumerate(zip(matches, further, strict=True), 1):
        yield from _passage(number, match, names, said)


def _passage(number: int, match: Mapping[str, Any], names: Mapping[str, str], further: str = "") -> Iterator[str]:
    facts = [
        counted(max(match["tokens_a"], match["tokens_b"]), "word"),
        f"{percent(match['similarity'])} alike",
        f"strength {strength_bar(match['bits'])}",
    ]
    if match["cluster_passages"] > 2:
        facts.append(f"in {match['cluster_passages']:,} places")
    if further:
        facts.append(further)
    if match["found_by"] in LOOSE:
        facts.append(match["found_by"])
    if match["mark"]:
        facts.append(f"marked {escaped(match['mark'])}")
    left, right = _quoted(match["text_a"], match["text_b"])
    yield ""
    yield f"### {number}. {', '.join(facts)}"
    yield ""
    yield f"| {_source(match, 'a', names)} | {_source(match, 'b', names)} |"
    yield "|---|---|"
    yield f"| {left} | {right} |"
    if match["note"]:
        yield ""
        yield f"Note: {escaped(match['note'], PASSAGE_CELLS)}"


def _source(match: Mapping[str, Any], side: str, names: Mapping[str, str]) -> str:
    date = match[f"date_{side}"]
    place = match[f"{side}_place"]
    return ", ".join(
        [escaped(names[match[side]], NAME_CELLS), *(escaped(known, NAME_CELLS) for known in (place, date) if known)]
    )


def _quoted(text_a: str, text_b: str) -> tuple[str, str]:
    segments = differences(
        trimmed(visible(text_a, one_line=True), PASSAGE_CELLS), trimmed(visible(text_b, one_line=True), PASSAGE_CELLS)
    )
    return _side(segments, "a"), _side(segments, "b")


def _side(segments: Sequence[Segment], side: Side) -> str:
    written = ((same, escaped(words), gap) for same, words, gap in stretches(segments, side))
    return "".join((words if same else f"<b>{words}</b>") + gap for same, words, gap in written)


def _formulas(run: Run, formulas: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not formulas:
        return
    yield ""
    yield "## Set phrases"
    yield ""
    yield (
        f"The first {len(formulas):,} of {run.count('formulas', TEXT_ONLY):,}, ranked by the number of documents that "
        "have them and the bits of their words. A phrase that is part of one listed above it is left out."
    )
    yield ""
    yield "| phrase | documents | times | first | last | bits |"
    yield "|---|---:|---:|---|---|---:|"
    for formula in formulas:
        yield (
            f"| {escaped(formula['text'], 4 * NAME_CELLS)} | {formula['df']:,} | {formula['tf']:,} "
            f"| {formula['first_date'] or ''} | {formula['last_date'] or ''} | {formula['bits']:,.0f} |"
        )


def _marked(said: str) -> str:
    """What changed, escaped but for the marks that keep words from right to left in their places."""
    return escaped(said, 4 * NAME_CELLS).replace(visible(LEFT_TO_RIGHT), LEFT_TO_RIGHT)


def _versions(run: Run) -> Iterator[str]:
    overview = Overview(run)
    found = overview.versions(STORIES, VERSIONS)
    if not found:
        return
    yield ""
    yield "## Versions of one story"
    yield ""
    yield (
        f"{len(found)} of {counted(overview.changed_stories, 'story', 'stories')}, by date. Each version is set "
        "against the earlier one that it shares most with, half of its words at least, and what is its own: forms that "
        "are filled in anew are none, as far as that can be told. Names and numbers that changed come first."
    )
    for number, story in enumerate(found, 1):
        yield ""
        name = escaped(run.name_of[story[0]["document"]], NAME_CELLS)
        yield f"### {number}. {name}, {counted(len(story), 'version')}"
        yield ""
        yield "| date | version | what changed |"
        yield "|---|---|---|"
        for row in story[:VERSIONS]:
            when = f"{row['date'] or ''}{' (guessed)' if row['date_guessed'] else ''}"
            said = _marked(changes_said(row)) if row["previous"] else ""
            yield f"| {when} | {escaped(run.name_of[row['document']], NAME_CELLS)} | {said} |"
        if len(story) > VERSIONS:
            yield ""
            yield f"The first {VERSIONS} of {len(story):,}."


def _matrix(run: Run) -> Iterator[str]:
    pairs = matrix_of(run, groups_by(run), formulas=False)
    apart = pairs.a != pairs.b
    if not apart.any():
        return
    found = run.sql("SELECT copy_of IS NOT NULL FROM documents ORDER BY doc")
    copies = np.array([copied for (copied,) in found], dtype=bool)
    of_texts = ~(copies[pairs.a] | copies[pairs.b])
    folded = bool((of_texts & apart).any())  # else all that two documents share is shared by copies
    if folded:
        pairs, apart = pairs.take(of_texts), apart[of_texts]
    documents = len(run.document_ids)
    sums = np.bincount(pairs.a[apart], pairs.words_a[apart], documents)
    sums += np.bincount(pairs.b[apart], pairs.words_b[apart], documents)
    sharing = int((sums > 0).sum())
    chosen = np.sort(np.argsort(-sums, kind="stable")[: min(MATRIX, sharing)]).tolist()
    cells = {}
    for a, b, matches, words_a, words_b in zip(
        *(getattr(pairs, name).tolist() for name in ("a", "b", "matches", "words_a", "words_b")), strict=True
    ):
        cells[a, b], cells[b, a] = f"{matches:,} ({words_a:,})", f"{matches:,} ({words_b:,})"
    yield ""
    yield "## Who shares with whom"
    yield ""
    these = "" if sharing <= MATRIX else f" These are the {MATRIX} of {sharing:,} documents that share most."
    if folded and copies.any():
        left_out = counted(int(copies.sum()), "copy of another document is", "copies of other documents are")
        these += f" {left_out} left out."
    yield (
        "Each cell gives the pairs of passages and, in brackets, how many words of the document on the left lie in "
        f"them; on the diagonal, what a document repeats of itself.{these}"
    )
    yield ""
    yield f"| | {' | '.join(str(document + 1) for document in chosen)} |"
    yield f"|---|{'---:|' * len(chosen)}"
    for row in chosen:
        line = " | ".join(cells.get((row, column), "·") for column in chosen)
        yield f"| {row + 1}. {escaped(run.document_names[row], NAME_CELLS)} | {line} |"


def _documents(run: Run, documents: Table) -> Iterator[str]:
    total = run.count("documents")
    shown = len(documents)
    yield ""
    yield "## Documents"
    yield ""
    if shown < total:
        yield f"The first {shown:,} of {total:,}."
        yield ""
    yield (
        "*Recycled* is what an earlier document has, *shared* what another has while the dates do not say which was "
        "first, *repeated* what stands earlier in the same document, *fresh* all else."
    )
    yield ""
    yield f"| | document | date | title | length | {' | '.join(KINDS)} |"
    yield f"|---:|---|---|---|---:|{'---:|' * len(KINDS)}"
    for number, row in enumerate(documents, 1):
        name, title, date, guessed, tokens, *shares = row.values()
        when = f"{date or ''}{' (guessed)' if guessed else ''}"
        described = f"{escaped(name, NAME_CELLS)} | {when} | {escaped(title or '', NAME_CELLS)} | {tokens:,}"
        yield f"| {number} | {described} | {' | '.join(f'{share}%' for share in whole_percents(shares))} |"


def _about(run: Run) -> Iterator[str]:
    meta = run.meta
    yield ""
    yield "## About this report"
    yield ""
    for one in meta["skipped"][:DOCUMENTS]:
        yield f"- Left out or read with a reservation: {escaped(one['path'], NAME_CELLS)}: {escaped(one['reason'])}"
    hidden = meta["counts"].get("hidden_matches", 0)
    if hidden:
        above = f"E above {options_of(meta['options']).score.max_evalue:.2g}"
        yield f"- Left out: {counted(hidden, 'pair')} of passages that chance alone may have brought about ({above})."
    if said := furniture_said(run, "report --where furniture:any quotes the matches"):
        yield f"- {said}."
    for limit in meta.get("limits", []):
        yield f"- {escaped(str(limit))}"
    yield "- Not looked for: reuse in translation, and paraphrase that keeps none of the words."
    yield ""
    yield "<details><summary>Parameters and versions</summary>"
    yield ""
    yield "| | |"
    yield "|---|---|"
    for name, value in _flat(meta["options"] | {"version": meta["versions"]}):
        yield f"| {escaped(name)} | {escaped(str(value), NAME_CELLS)} |"
    yield ""
    yield "</details>"


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
