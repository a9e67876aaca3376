"""The baseline that everyone would write from the documentation of datasketch and rapidfuzz.

Windows of 50 words, every 25; sets of 3-word shingles; MinHash with 128 permutations in MinHashLSH at its documented
threshold of 0.5; window pairs of different documents with `fuzz.ratio` of at least 60 are joined into passages.
"""

import re
import sys

from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz
from texts import merged, read_texts, write_matches  # type: ignore[import-not-found]

WINDOW, STEP, SHINGLE, PERMUTATIONS, THRESHOLD, RATIO = 50, 25, 3, 128, 0.5, 60

texts = read_texts(sys.argv[1])
windows, shingles = [], []
for name, text in texts.items():
    words = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    lowered = [text[start:end].lower() for start, end in words]
    for start in range(0, max(len(words) - WINDOW, 0) + STEP, STEP):
        inside = lowered[start : start + WINDOW]
        if len(inside) >= SHINGLE:
            windows.append((name, words[start][0], words[start + len(inside) - 1][1]))
            shingles.append({" ".join(inside[at : at + SHINGLE]).encode() for at in range(len(inside) - SHINGLE + 1)})

signatures = MinHash.bulk(shingles, num_perm=PERMUTATIONS)
index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
with index.insertion_session() as session:
    for number, signature in enumerate(signatures):
        session.insert(number, signature)

found = []
for number, signature in enumerate(signatures):
    a, a_start, a_end = windows[number]
    for other in index.query(signature):
        b, b_start, b_end = windows[other]
        if a < b and fuzz.ratio(texts[a][a_start:a_end], texts[b][b_start:b_end]) >= RATIO:
            found.append((a, a_start, a_end, b, b_start, b_end))
write_matches(sys.argv[2], merged(found, gap=200))
