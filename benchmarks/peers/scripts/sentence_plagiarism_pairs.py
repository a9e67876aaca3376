"""sentence-plagiarism: each document against all later ones, with the defaults of its command (Jaccard above 0.8)."""

import sys
from pathlib import Path

from sentence_plagiarism import check  # type: ignore[import-not-found]
from texts import read_texts, write_matches  # type: ignore[import-not-found]

folder = Path(sys.argv[1])
texts = read_texts(folder)
# The tool strips each text, so its positions count from the first character that is not blank.
blanks = {name: len(text) - len(text.lstrip()) for name, text in texts.items()}
names = list(texts)
found = []
for number, name in enumerate(names[:-1]):
    others = [str(folder / other) for other in names[number + 1 :]]
    for match in check(str(folder / name), others, 0.8, quiet=True):
        other = Path(match["reference_document"]).relative_to(folder).as_posix()
        found.append(
            (
                name,
                match["input_start_pos"] + blanks[name],
                match["input_end_pos"] + 1 + blanks[name],
                other,
                match["reference_start_pos"] + blanks[other],
                match["reference_end_pos"] + 1 + blanks[other],
            )
        )
write_matches(sys.argv[2], found)
