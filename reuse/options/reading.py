"""How files become documents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files become documents.

    Attributes:
        text_field: Field of a record or column of a table that holds the text, in any case; None: `text`, else one of
            another usual name (body, story_text …), which is told. So with all fields.
        id_field: Field that holds the document's id; None: `id`. Where a record has none, the file's name and the
            record's number stand in.
        title_field: Field that holds the title; None: `title`, else headline and the like.
        date_field: Field that holds the date; None: `date`, else published, pubDate, year and the like.
        source_field: Field that holds the series or publisher; None: `source`, else publisher, newspaper and the like.
        url_field: Field that holds the address; None: `url`, else link and the like.
        name: Pattern by which the names of files give metadata, such as {date}-{source}-{n}; None: they give none.
        same_letters: Which letters count as the same when texts are compared and searched: `all`, `none`, or names
            with commas between (accents, ligatures, uv, turkish, arabic, hebrew, digits; latin, chinese, which are not
            part of `all`, but latin is where a document is Latin).
        stem: Language whose inflected words count as the same when texts are compared and searched (english, german …),
            or `guess`: the one that most words of the documents are in; None: no words do. Needs textreuse[stem].
        encoding: Encoding of text files; None: UTF-8, else what a byte order mark says, else a guess that is reported.
    """

    text_field: str | None = None
    id_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    source_field: str | None = None
    url_field: str | None = None
    name: str | None = None
    same_letters: str = "all"
    stem: str | None = None
    encoding: str | None = None
