"""Clusters of some documents of a corpus, as a scan finds them: with the texts in an order that follows from them.

So neither the order in which documents were added nor what else was added moves what is found among them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reuse.align.matches import Matches
from reuse.clusters.clusters import Clusters, find_clusters
from reuse.clusters.expand import in_first_documents
from reuse.corpus.tokens import Tokens
from reuse.corpus.witnesses import find_witnesses
from reuse.options import ClusterOptions
from reuse.work.workers import ALONE, Workers


def find_clusters_by_content(
    matches: Matches,
    tokens: Tokens,
    options: ClusterOptions,
    whole: NDArray[np.int64],
    workers: Workers = ALONE,
) -> Clusters:
    """Group passages by the text that they carry (see `find_clusters`), whatever the order of documents.

    Cost: that of finding them, and the tokens of the documents that have a match.

    Args:
        matches: All matches, in order of their places; no two documents with one have the same words.
        tokens: The corpus, the hash of a word being that of its class.
        options: When passages carry one text.
        whole: int64: documents that are a passage from beginning to end, ascending, for they have copies.
        workers: Do the work.
    """
    homes = [tokens.document_of(side) for side in (matches.a_start, matches.b_start)]
    documents = np.unique(np.concatenate((*homes, whole)))
    some = tokens.of_documents(documents)
    witnesses, texts = find_witnesses(some, workers=workers)
    text = witnesses.of_documents()
    shift = texts.bounds[text] - tokens.bounds[documents]
    found = matches.moved(*(shift[np.searchsorted(documents, home)] for home in homes)).in_order()
    copied = np.sort(text[np.searchsorted(documents, whole)])
    clusters, _ = in_first_documents(
        find_clusters(found, texts, options, copied, workers), found, copied, witnesses, texts
    )
    further = tokens.bounds[documents] - some.bounds[:-1]
    return clusters.moved(lambda starts: further[some.document_of(starts)])
