"""What a run keeps of a document but its text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from reuse.corpus.document import Document
from reuse.run.storable import storable, storable_json, storable_text, storable_value


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is kept of a document, in memory while a run is written: all but its text."""

    id: str
    title: str | None
    date: str | None
    date_guessed: bool
    source: str | None
    metadata: str
    path: str
    file: str
    record: int | None
    encoding: str
    sha256: str
    characters: int

    @classmethod
    def of(cls, document: Document) -> DocumentFacts:
        """Those of a document."""
        text = storable_text(document.text)
        return cls(
            id=storable(document.id),
            title=storable_value(document.title),
            date=document.date,
            date_guessed=document.date_guessed,
            source=storable_value(document.source),
            metadata=storable_json(json.dumps(dict(document.metadata), ensure_ascii=False, sort_keys=True)),
            path=storable(str(document.path or "")),
            file=storable(document.file),
            record=document.record,
            encoding=document.encoding,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            characters=len(text),
        )

    @property
    def said(self) -> tuple[str | None, ...]:
        """What metadata say of it, guessed or given."""
        return self.title, self.date, self.source, self.metadata
