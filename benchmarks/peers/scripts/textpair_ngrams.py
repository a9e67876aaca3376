"""The n-grams that TextPAIR reads, as its own preparation writes them: trigrams of words of two letters or more.

Called with the folder of texts and a folder to write: ngrams/N.json, {hash: [[number, first byte, last byte], …]} for
text N, and metadata.json. Texts are shared out to all processors, as TextPAIR does.
"""

import json
import re
import sys
import zlib
from itertools import accumulate
from multiprocessing import Pool
from pathlib import Path

from texts import read_texts  # type: ignore[import-not-found]

WORD = re.compile(r"[^\W\d_]{2,}")


def write_ngrams(task: tuple[str, str]) -> int:
    """Write the n-grams of a text, given with the file to write, and return its size in bytes."""
    text, file = task
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end].lower().encode() for start, end in spans]
    size = len(text.encode())
    if size != len(text):
        # Bytes before each character, counted only where the text is not plain ASCII.
        before = [0, *accumulate(len(character.encode()) for character in text)]
        spans = [(before[start], before[end]) for start, end in spans]
    index: dict[int, list[tuple[int, int, int]]] = {}
    for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        key = zlib.crc32(b"_".join(gram))
        key -= (key >> 31) << 32
        index.setdefault(key, []).append((at, spans[at][0], spans[at + 2][1]))
    Path(file).write_text(json.dumps(index, separators=(",", ":")))
    return size


def main(folder: Path, out: Path) -> None:
    """Write the n-grams of all texts of a folder, and the metadata."""
    (out / "ngrams").mkdir(parents=True)
    texts = read_texts(folder)
    with Pool() as pool:
        tasks = ((text, str(out / "ngrams" / f"{number}.json")) for number, text in enumerate(texts.values()))
        sizes = pool.map(write_ngrams, tasks, chunksize=1)
    metadata = {
        str(number): {
            "filename": str(folder / name),
            "name": name,
            "year": str(number),
            "start_byte": "0",
            "end_byte": str(size),
        }
        for number, (name, size) in enumerate(zip(texts, sizes, strict=True))
    }
    (out / "metadata.json").write_text(json.dumps(metadata))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
