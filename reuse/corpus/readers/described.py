"""The small XML files in which a package says what it is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from reuse.corpus.markup import Handler, parse_xml
from reuse.corpus.packages import part_of


class Described(Handler):
    """Text of elements by their names, for the small files that say what a package is."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self._name = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note an element."""
        self.elements.append((name, attributes))
        self._name = name

    def end(self, name: str) -> None:
        """What follows belongs to no element that counts."""
        self._name = ""

    def data(self, text: str) -> None:
        """Note its text."""
        if self._name:
            self.said[self._name] = (self.said.get(self._name, "") + text).strip()


def described(package: zipfile.ZipFile, name: str) -> Described:
    """What a small file of a package says; nothing if there is none of that name.

    Raises:
        NotTextError: It cannot be read.
    """
    found = Described()
    if name in package.namelist():
        with part_of(package, name) as stream:
            parse_xml(stream, found)
    return found


def fields_of(said: Mapping[str, str], **roles: str) -> dict[str, str]:
    """Of what was said, the fields by the roles that they have here, which are named with the elements they are in."""
    return {role: said[name] for role, name in roles.items() if said.get(name)}
