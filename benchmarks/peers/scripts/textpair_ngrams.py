"""The n-grams that TextPAIR reads, as its own preparation writes them: trigrams of words of two letters or more.

Called with the folder of texts and a folder to write: ngrams/N.json, {hash: [[number, first byte, last byte], …]} for
text N, and metadata.json.
"""

import json
import re
import sys
import zlib
from pathlib import Path

from texts import read_texts  # type: ignore[import-not-found]

WORD = re.compile(r"[^\W\d_]{2,}")

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
(out / "ngrams").mkdir(parents=True)
metadata = {}
for number, (name, text) in enumerate(read_texts(folder).items()):
    size = len(text.encode())
    # Bytes before each character, counted only where the text is not plain ASCII.
    before = None
    if size != len(text):
        before = [0]
        for character in text:
            before.append(before[-1] + len(character.encode()))
    words = [(match.group().lower(), match.start(), match.end()) for match in WORD.finditer(text)]
    index: dict[int, list[list[int]]] = {}
    for at in range(len(words) - 2):
        gram = "_".join(word for word, _, _ in words[at : at + 3])
        key = zlib.crc32(gram.encode())
        key -= (key >> 31) << 32
        start, end = words[at][1], words[at + 2][2]
        if before is not None:
            start, end = before[start], before[end]
        index.setdefault(key, []).append([at, start, end])
    (out / "ngrams" / f"{number}.json").write_text(json.dumps(index))
    metadata[str(number)] = {
        "filename": str(folder / name),
        "name": name,
        "year": str(number),
        "start_byte": "0",
        "end_byte": str(size),
    }
(out / "metadata.json").write_text(json.dumps(metadata))
