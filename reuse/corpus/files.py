"""Which files a scan reads, and the id that each has: the order of the file system never shows."""

from __future__ import annotations

import codecs
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reuse.corpus import open_iti
from reuse.corpus.dated_names import date_in_folders, dated_end, days_first
from reuse.corpus.document import Skipped
from reuse.corpus.readers.registry import KNOWN, TEXT, Reader, reader_of
from reuse.corpus.troubles import reason_of, shown

SIDECARS = ("metadata.csv", "metadata.jsonl")

_CONVERT = "convert it to plain text (.txt, UTF-8)"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds reports.

    Attributes:
        path: The file, as the user named it or the folder.
        reader: Its format.
        prefix: What the ids begin with: nothing, or the folder's name and `/`.
        name: Path relative to the scanned folder with `/`, or the file's name.
        root: The scanned folder, or the folder of a file that was named.
        may_name_date: False if the file's name is only its number in a series.
        day_first: Whether dates like `05-12-2021` in names of its folder have the day first; None: that is not known.
        filed_under: The day or the month that the folders state in which it lies, or None.
    """

    path: Path
    reader: Reader
    prefix: str
    name: str
    root: Path
    may_name_date: bool = True
    day_first: bool | None = None
    filed_under: str | None = None

    @property
    def id(self) -> str:
        """The id of the report if the file is one report."""
        return self.prefix + self.name


@dataclass(slots=True)
class Found:
    """What a walk through the named paths brought.

    Attributes:
        sources: Files that hold reports, sorted by id.
        sidecars: Files of metadata; True where their whole folder is scanned, so each row should have a report.
    """

    sources: list[Source] = field(default_factory=list)
    sidecars: dict[Path, bool] = field(default_factory=dict)

    def add_sidecar(self, path: Path, *, whole: bool) -> None:
        """Note a sidecar that was met."""
        self.sidecars[path] = whole or self.sidecars.get(path, False)


def find_files(paths: Sequence[Path], skipped: list[Skipped], beside: Sequence[Path] = ()) -> Found:
    """All files to read under the named paths; each file once, by whatever way it is reached.

    Folders are walked to the bottom. Left out are hidden files, runs, and what is told in `skipped`. Links are followed
    after everything else, so a file that is reached twice has its own name and not the link's.

    Args:
        paths: Folders and files.
        skipped: Where to tell what was left out.
        beside: Paths that are not read, but from which these are told by their names.
    """
    found = Found()
    walk = _Walk(found, skipped)
    names = _names([*paths, *beside])
    named = set(_names(paths))
    folders = {path for path in named if os.path.isdir(path)}  # noqa: PTH112 - does not raise where it may not look
    for path in sorted(folders, key=os.path.abspath):  # outer ones before what lies in them
        prefix = f"{names[path]}/" if len(names) > 1 else ""
        before = len(found.sources), len(skipped)
        walk.folder(path, prefix)
        if before == (len(found.sources), len(skipped)):
            skipped.append(Skipped(shown(path), "holds no report", KNOWN))
    for path in sorted(named - folders, key=os.path.abspath):
        walk.named_file(path, names[path])
    found.sources = _filed(_by_days(_told_from_numbers(sorted(found.sources, key=lambda source: source.id))))
    return found


def innermost(path: Path, folders: Sequence[Path]) -> int | None:
    """Which of the named folders (or files) a document belongs to: the innermost that holds its file."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links keep their names
    holding = [row for row, folder in enumerate(folders) if whole.is_relative_to(os.path.abspath(folder))]  # noqa: PTH100
    return max(holding, key=lambda row: len(os.path.abspath(folders[row])), default=None)  # noqa: PTH100


def _by_content(path: Path) -> Reader | None:
    """The format of a file that its name does not tell."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(codecs.BOM_UTF8) + len(open_iti.OPENING)).removeprefix(codecs.BOM_UTF8)
            return TEXT if begins.startswith(open_iti.OPENING.encode()) else None
    except OSError:
        return None


def why_missing(path: Path) -> OSError | None:
    """Why a named path cannot be reached, or None if it can."""
    try:
        path.stat()
    except OSError as error:
        return error
    return None


def _told_from_numbers(sources: list[Source]) -> list[Source]:
    """Take from the files of a numbered series (`1.txt` to `2500.txt`) the years that some seem to be named after."""
    stems = [(source, source.path.name.split(".", 1)[0]) for source in sources]
    series = {
        source.path.parent for source, stem in stems if stem.isdigit() and not (len(stem) in {4, 8} and stem[0] in "12")
    }
    return [
        replace(source, may_name_date=False) if stem.isdigit() and source.path.parent in series else source
        for source, stem in stems
    ]


def _by_days(sources: list[Source]) -> list[Source]:
    """Tell each file whether the names in its folder have the day or the month first, where they show it."""
    folders: dict[Path, list[str]] = defaultdict(list)
    for source in sources:
        folders[source.path.parent].append(source.path.name)
    first = {folder: days_first(names) for folder, names in folders.items()}
    return [
        source if (told := first[source.path.parent]) is None else replace(source, day_first=told) for source in sources
    ]


def _filed(sources: list[Source]) -> list[Source]:
    """Tell each file the date that the folders state in which it lies."""
    within: dict[tuple[str, ...], set[str]] = defaultdict(set)
    roots = {root: dated_end(Path(os.path.abspath(root)).parts) for root in {source.root for source in sources}}  # noqa: PTH100
    folders = [
        (*roots[source.root], *(source.name.split("/")[:-1] if source.path.parent != source.root else ()))
        for source in sources
    ]
    for path in set(folders):
        for at in range(1, len(path)):
            within[path[:at]].add(path[at])
    dates = {path: date_in_folders(path, within) for path in set(folders)}
    return [
        source if (date := dates[path]) is None else replace(source, filed_under=date)
        for source, path in zip(sources, folders, strict=True)
    ]


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """A name for each path: its last part, or as many as tell it from the others; a path named twice counts once."""
    distinct = {os.path.abspath(path): path for path in reversed(paths)}  # noqa: PTH100 - links keep their names
    parts = {path: [shown(part) for part in Path(whole).parts] for whole, path in distinct.items()}
    length = dict.fromkeys(parts, 1)
    while True:
        names = {path: "/".join(parts[path][-length[path] :]).lstrip("/") for path in parts}
        same: dict[str, list[Path]] = defaultdict(list)
        for path, name in names.items():
            same[name].append(path)
        short = [path for group in same.values() if len(group) > 1 for path in group if length[path] < len(parts[path])]
        if not short:
            return names
        for path in short:
            length[path] += 1


class _Walk:
    """One walk over all named paths; knows what it has already seen."""

    def __init__(self, found: Found, skipped: list[Skipped]) -> None:
        self._found = found
        self._skipped = skipped
        self._seen: set[str] = set()  # real paths of folders and files

    def folder(self, root: Path, prefix: str) -> None:
        """Walk a folder, then the links that were met, which may lead to more."""
        links: list[tuple[Path, str]] = []
        self._tree(root, root, "", prefix, links)
        while links:
            later: list[tuple[Path, str]] = []
            for link, name in sorted(links, key=lambda pair: pair[1]):
                self._link(root, link, name, prefix, later)
            links = later

    def named_file(self, path: Path, name: str) -> None:
        """A file that the user named is read whatever it is called; with an unknown suffix, as plain text."""
        missing = why_missing(path)
        if missing:
            self._skip(path, *reason_of(missing))
            return
        if not path.is_file():
            self._skip(path, "is neither a file nor a folder", "leave it out")
            return
        if self._seen_before(path, os.path.realpath(path)):
            return
        reader = reader_of(path.name)
        if reader is None and path.suffix:
            self._skip(path, f"has an unknown suffix ({path.suffix}) and was read as plain text", _CONVERT)
        for sidecar in SIDECARS:
            if path.name not in SIDECARS and (path.parent / sidecar).is_file():
                self._found.add_sidecar(path.parent / sidecar, whole=False)
        self._found.sources.append(Source(path, reader or TEXT, "", name, path.parent))

    def _tree(self, root: Path, folder: Path, name: str, prefix: str, links: list[tuple[Path, str]]) -> None:
        """Walk real folders; `name` is the folder's path below the root, ending in `/` unless it is the root."""
        stack = [(folder, name)]
        while stack:
            folder, name = stack.pop()
            real = os.path.realpath(folder)
            if self._seen_before(folder, real) or self._is_run(folder):
                continue
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name)
            except OSError as error:
                self._skip(folder, *reason_of(error))
                continue
            for entry in entries:
                path, entry_name = folder / entry.name, name + shown(entry.name)
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink():
                    links.append((path, entry_name))
                elif entry.is_dir():
                    stack.append((path, entry_name + "/"))
                else:
                    self._file(Source(path, TEXT, prefix, entry_name, root), f"{real}/{entry.name}", entry.is_file())

    def _link(self, root: Path, link: Path, name: str, prefix: str, links: list[tuple[Path, str]]) -> None:
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self._skip(link, "is a link that leads nowhere", "mend the link, or remove it")
            return
        if real.is_dir():
            self._tree(root, link, name + "/", prefix, links)
        else:
            self._file(Source(link, TEXT, prefix, name, root), str(real), real.is_file())

    def _file(self, source: Source, real: str, regular: bool) -> None:
        path = source.path
        reader = reader_of(path.name) or (_by_content(path) if regular else None)
        if not regular:
            self._skip(path, "is neither a file nor a folder", "leave it out")
        elif path.name in SIDECARS:
            self._found.add_sidecar(path, whole=True)
        elif path.name.split(".", 1)[0].lower() == "readme":
            self._skip(path, "is about the folder and was not read as a report", "name the file itself to scan it")
        elif reader is None:
            self._skip(path, f"is of a kind that is not read ({path.suffix or 'no suffix'})", f"{KNOWN}; {_CONVERT}")
        elif not self._seen_before(path, real):
            self._found.sources.append(replace(source, reader=reader))

    def _seen_before(self, path: Path, real: str) -> bool:
        if real in self._seen:
            self._skip(path, "leads to what is already read under another name", "nothing to do; it counts once")
            return True
        self._seen.add(real)
        return False

    def _is_run(self, folder: Path) -> bool:
        try:
            if folder.suffix != ".reuse" or not (folder / "run.sqlite").exists():
                return False
        except OSError:  # it may not be looked into, which is told when it is listed
            return False
        self._skip(folder, "is the result of a scan and holds no reports", f"open it with textreuse browse {folder}")
        return True

    def _skip(self, path: Path, reason: str, remedy: str) -> None:
        self._skipped.append(Skipped(shown(path), reason, remedy))
