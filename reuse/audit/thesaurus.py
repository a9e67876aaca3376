"""Synonyms from a thesaurus in the format MyThes, which LibreOffice has for some thirty languages.

A file begins with the name of its encoding. An entry is a line `word|meanings`, and a line a meaning follows:
`(part of speech)|synonym|synonym|…`, where what is no synonym is marked: `(generic term)`, `(antonym)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from reuse.errors import UsageError

FOLDER = Path("/usr/share/mythes")
"""Where Debian's packages `mythes-*` and their kin put thesauri."""

KNOWN = 0.15
"""Share of a corpus's distinct words that a thesaurus must have to be of its language."""

SIMILAR = "(similar term)"
"""Mark of a synonym that is a near one; every other mark, in parentheses too, says that a word is none."""

Thesaurus = Mapping[str, Sequence[str]]
"""Synonyms by word, in lower case, of one word each."""


def read_thesaurus(path: Path, words: Collection[str]) -> Thesaurus:
    """The synonyms that a file has of some words.

    Args:
        path: A file `th_*.dat`.
        words: In lower case.

    Raises:
        UsageError: The file cannot be read, or is no thesaurus.
    """
    wanted = set(words)
    try:
        return {word: found for word, found in _entries(path) if word in wanted and found}
    except (OSError, ValueError, LookupError) as error:
        raise UsageError(f"{path}: cannot be read as a thesaurus (MyThes, th_*.dat): {error}") from error


def installed_thesaurus(words: Collection[str], folder: Path = FOLDER) -> Thesaurus | None:
    """Of the thesauri that are installed the one that knows most of the words; None when none knows enough of them."""
    found = [read_thesaurus(path, words) for path in sorted(folder.glob("th_*.dat")) if not path.is_symlink()]
    best = max(found, key=len, default=None)
    return best if best is not None and len(best) >= KNOWN * len(set(words)) else None


def _entries(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(word, its synonyms) of every entry."""
    with path.open("rb") as file:
        encoding = file.readline().decode("ascii", "ignore").strip()
    with path.open(encoding=encoding, errors="replace") as lines:
        next(lines)
        for line in lines:
            word, _, meanings = line.rpartition("|")
            if not word:
                raise ValueError(f"not an entry: {line[:40]!r}")
            synonyms: dict[str, None] = {}
            for _ in range(int(meanings)):
                for term in next(lines, "").strip().split("|")[1:]:
                    plain = term.removesuffix(SIMILAR).strip()
                    if plain.isalpha() and plain.lower() != word.lower():
                        synonyms[plain] = None
            yield word.lower(), list(synonyms)
