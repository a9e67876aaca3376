"""The texts that an audit changes, and scans of what it made of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reuse.corpus.document import Document, Skipped
from reuse.corpus.read import read_documents
from reuse.errors import CorpusError
from reuse.options import ReadOptions, ScanOptions, options_of
from reuse.pipeline import scan
from reuse.run.folder import is_run
from reuse.run.run import Run
from reuse.run.scan_record import group_names, groups_of

GROUP = "group"
"""Field of the scanned texts: documents of one group are not compared."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is audited.

    Attributes:
        texts: The documents' texts.
        options: Of the scan.
        groups: int32 (documents,): documents of one group are not compared; None: all are.
    """

    texts: Sequence[str]
    options: ScanOptions
    groups: NDArray[np.int32] | None

    @contextmanager
    def scanned(self, texts: Sequence[str], options: ScanOptions) -> Iterator[Run]:
        """A run of other texts in place of the corpus's own, thrown away in the end; ids are the documents' numbers."""
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / "corpus.jsonl"
            width = len(str(len(texts)))
            with path.open("w", encoding="utf-8") as file:
                for number, text in enumerate(texts):
                    record = {"id": f"{number:0{width}}", "text": text}
                    if self.groups is not None:
                        record[GROUP] = f"{self.groups[number]}"
                    file.write(json.dumps(record) + "\n")
            plain = replace(options, read=ReadOptions())
            across = None if self.groups is None else GROUP
            with scan([path], Path(temporary) / "audit.reuse", plain, across=across) as run:
                yield run


def read_corpus(sources: Sequence[str | Path], options: ScanOptions | None) -> Corpus:
    """Read what is to be audited.

    Args:
        sources: A run, whose documents and options are taken, and which of them it compares; or folders and files.
        options: Of the scan; None: those of the run, or the defaults.

    Raises:
        CorpusError: No document could be read.
        RunError: The run is broken.
    """
    paths = [Path(path) for path in sources]
    groups: NDArray[np.int32] | None = None
    if len(paths) == 1 and is_run(paths[0]):
        with Run.open(paths[0]) as run:
            texts = [run.text(number) for number in range(len(run.document_ids))]
            options = options or options_of(run.meta["options"])
            names = group_names(run)
            groups = groups_of(names) if names else None
    else:
        options = options or ScanOptions()
        skipped: list[Skipped] = []
        texts = [_body(document) for document in read_documents(paths, options.read, skipped)]
    if not texts:
        raise CorpusError(f"no document could be read from {', '.join(map(str, paths))}")
    return Corpus(texts, options, groups)


def _body(document: Document) -> str:
    start, end = document.body or (0, len(document.text))
    return document.text[start:end]
