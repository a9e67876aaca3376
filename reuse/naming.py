"""What people call a document: its title, with what tells it from other documents of that title and date."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

BETWEEN = " · "
"""Stands between what tells a document apart and its title."""

_ENDING = re.compile(r"(?<=.)\.\w{1,8}$")


def short_name(document: str, title: str | None) -> str:
    """A document's title, or its file's name without folders and ending."""
    return title or _ENDING.sub("", document.rstrip("/").rpartition("/")[2]) or document


def dated(date: str | None, name: str) -> str:
    """A name with its date before it, unless the name begins with that: `1867-Johnson-1`, a file's, says it itself.

    `29-06-2025 - Sermon` and `20250629_Sermon` do so as well.
    """
    if not date:
        return name
    begins = re.match(r"\d+(?:([-_.])\d+(?:\1\d+)?)?(?!\d)", name)
    said = re.sub(r"\D", "-", begins[0]) if begins else ""
    orders = (date, "-".join(date.split("-")[::-1]), date.replace("-", ""))
    return name if any(said == one or said.startswith(f"{one}-") for one in orders) else f"{date} {name}"


def distinct_names(ids: Sequence[str], titles: Sequence[str | None], dates: Sequence[str | None]) -> list[str]:
    """A name for each document, no two of one date alike.

    Three editions of a manual have chapters of the same titles: `amd64 · 5.1. Booting` and `arm64 · 5.1. Booting` are
    told apart by what differs in their ids, which comes first, since names are mostly cut at their end. Where many
    folders each have a `text` and some `notes`, the folder tells neither the texts from the notes, nor the file's name
    one text from another: these go by their ids.

    Args:
        ids: Their ids, all different.
        titles: Their titles, as far as they have any.
        dates: Their dates, which are shown beside the names.
    """
    names = [short_name(document, title) for document, title in zip(ids, titles, strict=True)]
    alike: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, key in enumerate(zip(names, dates, strict=True)):
        alike[key].append(number)
    for group in alike.values():
        if len(group) > 1:
            for number, apart in zip(group, _apart([ids[number] for number in group]), strict=True):
                names[number] = f"{apart}{BETWEEN}{names[number]}" if titles[number] else apart
    met = Counter(zip(names, dates, strict=True))
    return [document if met[name, date] > 1 else name for document, name, date in zip(ids, names, dates, strict=True)]


def _apart(ids: Sequence[str]) -> list[str]:
    """Each id without the folders in which all of them begin, and without those, or the name, in which all end."""
    parts = [document.split("/") for document in ids]
    spare = min(map(len, parts)) - 1  # a part remains of each
    first = _same(parts, spare)
    last = _same([list(reversed(one)) for one in parts], spare - first)
    return ["/".join(one[first : len(one) - last]) for one in parts]


def _same(parts: Sequence[Sequence[str]], most: int) -> int:
    """How many parts all begin with, at most so many."""
    return sum(
        1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*(one[:most] for one in parts), strict=True))
    )
