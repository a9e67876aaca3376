"""Where a document's pages, lines and elements begin: the map by which a passage is cited, `p. 12, l. 3`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from reuse.corpus import open_iti

_PAGE_END = "\f"
_ENDS = f"\r\n{_PAGE_END}"  # of lines and pages


class Place(NamedTuple):
    """A place in a document; what is not known of it is empty.

    Attributes:
        page: Page, as it is numbered: `12`, `xii`, `4v`.
        line: Line, as it is numbered, on its page if there are pages.
        element: What else it lies in: `#p7` (the id of an element), `note 3`, `at 00:01:20`, a chapter.
    """

    page: str = ""
    line: str = ""
    element: str = ""

    def __str__(self) -> str:
        named = (f"p. {self.page}" if self.page else "", f"l. {self.line}" if self.line else "", self.element)
        return ", ".join(filter(None, named))


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a document, each from where it begins up to where the next one does.

    Attributes:
        starts: Where each begins, in code points of the text, ascending.
        pages, lines, elements: What each is called, as in `Place`.
    """

    starts: Sequence[int] = ()
    pages: Sequence[str] = ()
    lines: Sequence[str] = ()
    elements: Sequence[str] = ()

    @classmethod
    def of(cls, places: Sequence[tuple[int, Place]]) -> Places:
        """Those that begin at these offsets."""
        starts, named = zip(*places, strict=True) if places else ((), ())
        return cls(starts, *(tuple(getattr(one, kind) for one in named) for kind in Place._fields))

    @classmethod
    def of_plain(cls, text: str) -> Places:
        """Those of a file of plain text: its lines, and its pages if form feeds stand between them.

        Lines are numbered as editors number them, or from each form feed on; what ends the text begins none. A text of
        one line has no places. OpenITI marks where each page of the printed book ends (`PageV02P013`): page `13`, or
        `2:13` if there are more volumes.
        """
        if text.startswith(open_iti.OPENING) and (ends := list(open_iti.PAGE_END.finditer(text))):
            volumes = len({end[1] for end in ends}) > 1
            names = [f"{int(end[1])}:{int(end[2])}" if volumes else str(int(end[2])) for end in ends]
            begins = [0, *(end.end() for end in ends)]
            return cls.of([(begin, Place(name)) for begin, name in zip(begins, [*names, ""], strict=True)])
        codes = np.frombuffer(text.rstrip(_ENDS).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ends = codes == ord("\n")
        ends[:-1] |= (codes[:-1] == ord("\r")) & (codes[1:] != ord("\n"))
        feeds = codes == ord(_PAGE_END)
        starts = np.concatenate(([0], np.flatnonzero(ends | feeds) + 1))
        page = np.concatenate(([0], np.cumsum(feeds)))[starts]
        if len(starts) == 1:
            return cls()
        first = np.searchsorted(page, page)
        lines = np.arange(len(starts)) - first + 1
        pages = _Numbers(page + 1) if page[-1] else [""] * len(starts)
        return cls(starts.tolist(), pages, _Numbers(lines), [""] * len(starts))

    def __len__(self) -> int:
        return len(self.starts)

    def __bool__(self) -> bool:
        return len(self.starts) > 0

    def columns(self) -> Mapping[str, Sequence[int] | Sequence[str]]:
        """The places by column: what `Places(**columns)` takes."""
        return {"starts": self.starts, "pages": self.pages, "lines": self.lines, "elements": self.elements}

    def at(self, offset: int) -> Place:
        """The place of a code point."""
        return self[int(np.searchsorted(self.starts, offset, side="right")) - 1]

    def __getitem__(self, number: int) -> Place:
        """The place of a number; -1: of what stands before the first one, of which nothing is known."""
        if number < 0:
            return Place()
        return Place(self.pages[number], self.lines[number], self.elements[number])

    def cited(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[str]:
        """How the passages between these offsets are cited (see `cite`); empty where nothing is known."""
        known = np.asarray(self.starts, dtype=np.int64)
        first = np.searchsorted(known, starts, side="right") - 1
        last = np.searchsorted(known, np.maximum(ends - 1, starts), side="right") - 1
        return [cite(self[one], self[other]) for one, other in zip(first.tolist(), last.tolist(), strict=True)]


NO_PLACES = Places()
"""Those of a text of which none is known."""


class _Numbers(Sequence[str]):
    """Numbers, each written out when it is asked for: a text has many lines, of which few are cited."""

    def __init__(self, values: NDArray[np.int64]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> _Numbers: ...
    def __getitem__(self, at: int | slice) -> str | _Numbers:
        return _Numbers(self._values[at]) if isinstance(at, slice) else str(self._values[at])


def cite(first: Place, last: Place) -> str:
    """From where to where a passage goes: `p. 12, l. 3`, `p. 12, l. 3–8`, `p. 12, l. 40 – p. 13, l. 2`."""
    if first == last or not any(last):
        return str(first)
    if first._replace(line="") == last._replace(line="") and first.line and last.line:
        return str(first._replace(line=f"{first.line}–{last.line}"))
    if first._replace(page="") == last._replace(page="") and not first.line and first.page and last.page:
        return str(first._replace(page=f"{first.page}–{last.page}"))
    return " – ".join(filter(None, (str(first), str(last))))


def cited(
    documents: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    places_of: Callable[[int], Places],
) -> list[str]:
    """Where spans stand in their documents, as people cite it; empty where that is not known."""
    said = [""] * len(documents)
    order = np.argsort(documents, kind="stable")
    opens = np.flatnonzero(np.diff(documents[order], prepend=-1))
    for rows in np.split(order, opens[1:]) if len(order) else ():
        places = places_of(int(documents[rows[0]]))
        for row, place in zip(rows.tolist(), places.cited(starts[rows], ends[rows]), strict=True):
            said[row] = place
    return said
