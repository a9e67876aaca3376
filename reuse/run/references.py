"""Opens what a run is compared with: another run, texts, or a list of words and their counts."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import numpy as np

from reuse.analysis.reference import Reference, ReferenceTexts, WordList
from reuse.corpus.document import Skipped
from reuse.corpus.frequency_list import SUFFIXES, read_frequencies
from reuse.corpus.read import read_documents
from reuse.corpus.tokenise import tokenise
from reuse.errors import CorpusError, UsageError
from reuse.options import ReadOptions
from reuse.run.folder import is_run
from reuse.run.run import Run


def open_reference(path: Path, options: ReadOptions, skipped: list[Skipped], words: int | None = None) -> Reference:
    """What stands under a path.

    Args:
        path: A run, a list of words and their counts (.csv, .tsv), or else texts: a folder or a file.
        options: How texts are read; of texts that are the same, letter for letter, the first counts.
        skipped: Where to tell what was left out.
        words: Words of the corpus behind a list; None: the sum of its counts.

    Raises:
        CorpusError: It cannot be read, or has no word.
        RunError: The run is broken.
        UsageError: Words were given for what is no list, or fewer than the list has.
    """
    is_list = path.is_file() and path.name.lower().endswith(SUFFIXES)
    if words is not None and not is_list:
        raise UsageError(f"{path} is no list of words; how many there are is counted")
    if is_run(path):
        with Run.open(path) as run:
            return ReferenceTexts.of(run)
    if is_list:
        listed = read_frequencies(path)
        least = int(listed.times.sum())
        if words is not None and words < least:
            raise UsageError(f"{path} has {least:,} words already; its corpus cannot have {words:,}")
        return WordList(listed, words or least)
    return _texts(path, options, skipped)


def _texts(path: Path, options: ReadOptions, skipped: list[Skipped]) -> ReferenceTexts:
    def distinct() -> Iterator[tuple[str, tuple[int, int] | None]]:
        seen: set[bytes] = set()
        for document in read_documents([path], options, skipped):
            digest = blake2b(document.text.encode(), digest_size=16).digest()
            if digest not in seen:
                seen.add(digest)
                yield document.text, document.body

    tokens = tokenise(distinct())
    if not len(tokens):
        raise CorpusError(f"{path} has no words to compare with")
    return ReferenceTexts(tokens, np.ones(tokens.documents, dtype=bool))
