"""Which field of a record is its text, its id, its title, its date, its source, its address.

Names count in any case. A field is the one that the options name; else the one called after the role; else the one of
another usual name that archives write, which is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reuse.corpus.decode import without_surrogates
from reuse.corpus.troubles import Troubles
from reuse.fields import folded
from reuse.options import ReadOptions

ROLES = ("text", "id", "title", "date", "source", "url")

OWN_FIELDS = ("title", "date", "source")
"""Roles that have their own place in a Document; the address stays among the metadata, as `url`."""

_USUAL = {
    "text": "body content story_text full_text fulltext article_text article transcript plaintext maintext",
    "id": "doc_id docid document_id article_id story_id _id uid guid",
    "title": "headline heading name_of_document dc:title",
    "date": "pubdate published published_at publishedat publication_date publish_date publishdate date_published"
    " datepublished published_date issued dc:date dcterms:issued year",
    "source": "publisher publication newspaper outlet agency series dc:publisher",
    "url": "link uri address permalink canonical_url web_url source_url",
}
"""Other names that a role's field goes by, those that say most first."""


_WORDS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")
_TEXT = frozenset(["text", *_USUAL["text"].split()])


def is_called_text(name: str) -> bool:
    """Whether a field of that name usually is the text."""
    return folded(name) in _TEXT


class Roles:
    """The roles of the fields of one file, found record by record and told when the file is done.

    Args:
        options: Names that were asked for.
        troubles: Where to tell.
        guess: Whether other usual names count, too.
    """

    def __init__(self, options: ReadOptions, troubles: Troubles, *, guess: bool = True) -> None:
        self._asked = {role: getattr(options, f"{role}_field") for role in ROLES}
        self._usual = {role: names.split() for role, names in _USUAL.items()} if guess else {}
        self._troubles = troubles
        self._known: dict[tuple[str, ...], dict[str, str]] = {}
        self._guessed: dict[str, str] = {}
        self._met: set[str] = set()

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """Name of the field that each role has, of those that have one; a field has one role at most."""
        key = tuple(names)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._found(key)
            self._met.update(role for role in found if self._asked[role])
        return found

    def wanted(self, role: str) -> str:
        """What the field of a role is called, for messages: as was asked for, else as in records before."""
        return self._asked[role] or self._guessed.get(role, role)

    def moved(self, fields: Mapping[str, object]) -> dict[str, object]:
        """The fields under the names of their roles.

        A guessed title, date, source or address keeps its own name as well. Where a role was asked for, a field that is
        only called like it is left out.
        """
        found = self.of(fields)
        named = {name: role for role, name in found.items()}
        asked = {role for role, name in self._asked.items() if name}
        kept = {
            name: value
            for name, value in fields.items()
            if (name not in asked if name not in named else self._is_guess(named[name], name))
        }
        return kept | {role: fields[name] for role, name in found.items()}

    def close(self) -> None:
        """Tell what was guessed, and which fields that were asked for no record has."""
        said = [f"'{name}' as the {role}" for role, name in self._guessed.items()]
        if said:
            flags = ", ".join(f"--{role}-field" for role in self._guessed)
            remedy = f"if that is wrong, name the fields: {flags}"
            self._troubles.file(f"has fields of other names: {', '.join(said)}", remedy)
        dates = self._may_be_dates()
        if dates:
            remedy = (
                "if one is, name it: --date-field" if len(dates) > 1 else f"if it is, say --date-field '{dates[0]}'"
            )
            self._troubles.file(f"has no field that is surely the date of a text; it has: {', '.join(dates)}", remedy)
        if not self._known:
            return
        there = ", ".join(dict.fromkeys(name for names in self._known for name in names))
        for role, name in self._asked.items():
            if name and role not in self._met and role != "text":  # a record without a text is told by itself
                self._troubles.file(f"has no field '{name}'; it has: {there[:300]}", f"check --{role}-field")

    def _may_be_dates(self) -> list[str]:
        """Fields called like a date, where none is taken for the date of a text: they may say when it was fetched."""
        if not self._usual or self._asked["date"] or any("date" in found for found in self._known.values()):
            return []
        names = dict.fromkeys(
            name for names, found in self._known.items() for name in names if name not in found.values()
        )
        return [without_surrogates(name)[0] for name in names if "date" in _WORDS.sub(" ", name).lower().split()]

    def _found(self, names: tuple[str, ...]) -> dict[str, str]:
        by_fold: dict[str, str] = {}
        for name in names:
            by_fold.setdefault(folded(name), name)
        found: dict[str, str] = {}
        for role, asked in self._asked.items():
            given = (asked if asked in names else by_fold.get(folded(asked))) if asked else None
            if given is not None:
                found[role] = given
        free = [role for role, asked in self._asked.items() if not asked]
        for role in free:
            own = role if role in names else by_fold.get(role)
            if own is not None and own not in found.values():
                found[role] = own
        for role in (role for role in free if role not in found):
            usual = (by_fold.get(name) for name in self._usual.get(role, ()))
            guess = next((name for name in usual if name is not None and name not in found.values()), None)
            if guess is not None:
                found[role] = guess
                self._guessed.setdefault(role, without_surrogates(guess)[0])
        return found

    def _is_guess(self, role: str, name: str) -> bool:
        return role not in {"text", "id"} and not self._asked[role] and folded(name) != role
