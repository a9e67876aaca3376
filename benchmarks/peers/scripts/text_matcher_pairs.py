"""text-matcher on every pair of documents, with the defaults of its command (threshold 3, cutoff 5, trigrams).

Stop words are kept (its option --stops): removing them needs a word list that its package does not ship.
"""

import contextlib
import itertools
import os
import sys
from pathlib import Path

from text_matcher.matcher import Matcher, Text  # type: ignore[import-not-found]
from texts import read_texts, write_matches  # type: ignore[import-not-found]

with Path(os.devnull).open("w") as silence, contextlib.redirect_stdout(silence):
    documents = [Text(text, name, removeStopwords=False) for name, text in read_texts(sys.argv[1]).items()]
    found = []
    for left, right in itertools.combinations(documents, 2):
        matcher = Matcher(left, right)
        matcher.match()
        for (a_start, a_end), (b_start, b_end) in zip(matcher.locationsA, matcher.locationsB, strict=True):
            found.append((left.label, a_start, a_end, right.label, b_start, b_end))
write_matches(sys.argv[2], found)
