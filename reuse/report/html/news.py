"""What the last additions brought, as a page of HTML with no script, to open every morning or to send."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reuse.report.direction import SAMPLE
from reuse.report.html.language import language_of
from reuse.report.html.template import environment, page_style, policy, quoted
from reuse.report.news import MOST_LISTED, PASSAGES, News, also_in, span_of
from reuse.run.found import LOOSE

if TYPE_CHECKING:
    from reuse.run.run import Run


def as_html(run: Run, found: News) -> str:
    """A page of HTML.

    Args:
        run: The run.
        found: Its news.
    """
    matches = list(found.passages[:PASSAGES].to_dicts())
    named = sorted({match[side] for match in matches for side in "ab"})
    known = run.sql(
        f"SELECT d.id, d.metadata, substr(t.text, 1, {SAMPLE}) FROM documents d JOIN texts t USING (doc) "
        "WHERE d.id IN (SELECT value FROM json_each(?))",
        (json.dumps(named),),
    )
    languages = {name: language_of(head, json.loads(metadata)) for name, metadata, head in known}
    style = page_style()
    return (
        environment()
        .get_template("news.html")
        .render(
            run=run,
            added=len(found.documents),
            when=span_of(found),
            state=found.state,
            drawing=[row for row in found.documents.to_dicts() if row["shared"]],
            listed=MOST_LISTED,
            names=run.name_of,
            matches=[
                (quoted(match, languages, run.name_of), also_in(further))
                for match, further in zip(matches, found.elsewhere[:PASSAGES], strict=True)
            ],
            passages=len(found.passages),
            phrases=[
                (title, len(formulas), list(formulas[:MOST_LISTED].to_dicts()))
                for title, formulas in (
                    ("Formulas that no older document has", found.formulas),
                    ("Formulas that one older document has", found.spread),
                )
            ],
            loose=LOOSE,
            style=style,
            policy=policy(style),
        )
    )
