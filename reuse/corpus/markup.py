"""XML read as a stream of events, with nothing in it that could reach out or grow: no entities, no external parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat

from reuse.corpus.decode import NotTextError

_CHUNK = 1 << 16  # bytes
_DEEPEST = 500  # elements in one another

Start = Callable[[str, Mapping[str, str]], None]


class Handler:
    """Told of the elements of a document, by their names without namespace; `data` of the text between them."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Text, maybe in several pieces."""


def parse_xml(stream: BinaryIO, handler: Handler) -> None:
    """Tell `handler` of everything in a document.

    Raises:
        NotTextError: It is no XML, declares entities, or is nested too deep.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise NotTextError(f"is nested more than {_DEEPEST} elements deep", "simplify the file")
        handler.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    def entity(name: str, *_: object) -> None:
        raise NotTextError(
            f"declares an entity ('{name[:40]}'), which is not read", "write out what the entity stands for"
        )

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, handler.data
    parser.EntityDeclHandler = entity
    try:
        for chunk in _chunks(stream):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        place = f"line {error.lineno:,}, column {error.offset + 1:,}"
        raise NotTextError(
            f"is broken XML: {expat.errors.messages[error.code]}, {place}", "mend it; xmllint FILE tests it"
        ) from None
    except (LookupError, ValueError) as error:
        raise NotTextError(f"is XML that cannot be read: {error}", "save it as UTF-8") from None


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _local(name: str) -> str:
    return name.rpartition(":")[2]
