"""Corpus text made safe for a terminal, and its width in terminal cells.

Text of documents is data that somebody else wrote. Printed raw, an escape sequence in it could clear the screen or
forge a line, and a bidi override could make a line read backwards. Everything that prints text of a document, a file's
name or a user's note passes it through `visible` first.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

ELLIPSIS = "…"

# Controls (C0 but newline, DEL, C1), soft hyphen (some terminals give it a cell, some none), line and paragraph
# separators, all bidi controls, interlinear annotation, tags, byte order mark, lone surrogates, noncharacters.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_FIRST_WORD = re.compile(r"\w+|\W")
_LAST_WORD = re.compile(r"\w*\Z")
_SPACES = re.compile(r"[^\S\x1c-\x1f]+")  # Python counts the separators U+001C to U+001F as space; here they show


def visible(text: str, *, one_line: bool = False) -> str:
    """The text with every character that could act on a terminal replaced by one that can be seen.

    Control characters become their pictures (ESC: ␛), others their code point (⟨U+202E⟩); a tab becomes a space, a
    soft hyphen a hyphen, and a carriage return before a newline goes. Ordinary text comes back unchanged.

    Args:
        text: Any string, lone surrogates included.
        one_line: Replace every run of white space, newlines included, by one space and strip the ends.
    """
    if one_line:
        text = _SPACES.sub(" ", text).strip(" ")
    elif "\r\n" in text:
        text = text.replace("\r\n", "\n")
    return _UNSAFE.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character == "\t":
        return " "
    if character == "\u00ad":
        return "-"
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟨U+{code:04X}⟩"


def cells(text: str) -> int:
    """Terminal cells that a text of one line takes up: 2 for each wide character, 0 for each combining mark."""
    return cell_len(text)


def trimmed(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else its beginning up to a word's end and an ellipsis."""
    if cells(text) <= width:
        return text
    if width < 2:
        return ELLIPSIS[:width]
    head = chop_cells(text, width - 1)[0]
    if not text[len(head) :].startswith(" ") and " " in head[len(head) // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip() + ELLIPSIS


def cut(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else as much of its beginning as does and an ellipsis: for names."""
    if cells(text) <= width:
        return text
    return chop_cells(text, width - 1)[0].rstrip() + ELLIPSIS if width > 1 else ELLIPSIS[:width]


def end_of(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else an ellipsis and its end: of a path, the end tells most."""
    if cells(text) <= width:
        return text
    kept = width - 1
    at = len(text)
    while at and cells(text[at - 1 :]) <= kept:
        at -= 1
    return ELLIPSIS[:width] + text[at:]


def cut_apart(names: tuple[str, str], width: int, second_width: int | None = None) -> tuple[str, str]:
    """Two names in so many cells each, cut so that what tells them apart is still there.

    Where their ends would be cut off and with them all that differs, what they begin with alike loses its middle:
    `5.1. Boo…64-bit ARM` and `5.1. Boo…64-bit PC`.

    Args:
        names: The names, each on one line.
        width: Cells of the first.
        second_width: Cells of the second; the same if not given.
    """
    first, second = names
    alike = next(
        (at for at, (one, other) in enumerate(zip(*names, strict=False)) if one != other), min(map(len, names))
    )
    start = alike - len(_LAST_WORD.findall(first[:alike])[0])
    widths = width, width if second_width is None else second_width
    shown = [
        cut(name, own) if first == second else _cut_at(name, start, own)
        for name, own in zip(names, widths, strict=True)
    ]
    return shown[0], shown[1]


def _cut_at(name: str, start: int, width: int) -> str:
    """A name in so many cells, the word that begins at a place among them."""
    told = _FIRST_WORD.match(name, start)
    if cells(name) <= width or width < 2 or cells(name[: told.end() if told else start + 1]) < width:
        return cut(name, width)
    head = max(width // 3, width - 1 - cells(name[start:])) if start else 0
    begun = chop_cells(name[:start], head)[0].rstrip() if head else ""
    return begun + ELLIPSIS + cut(name[start:], width - 1 - cells(begun))


def words_before(text: str, width: int) -> str:
    """The text if it fits into `width` cells, else an ellipsis and its end from a word's beginning on."""
    if cells(text) <= width:
        return text
    kept = end_of(text, width)[1:]
    if text[-len(kept) - 1 :][:1] != " " and " " in kept[: len(kept) // 2]:
        kept = kept[kept.index(" ") :]
    return ELLIPSIS[:width] + kept.lstrip()


def padded(text: str, width: int) -> str:
    """The text with spaces after it up to `width` cells."""
    return text + " " * (width - cells(text))


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces; a word longer than a line is cut."""
    lines = [""]
    for word in text.split():
        pieces = chop_cells(word, width) if cells(word) > width else [word]
        for piece in pieces:
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if cells(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def pointed(text: str, at: int) -> str:
    """The text on a line of its own and, below it, a caret under the character at a place."""
    before = visible(text[:at].replace("\n", " "))
    return f"  {before}{visible(text[at:].replace(chr(10), ' '))}\n  {' ' * cells(before)}^"


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: `1 match`, `2,000 matches`; `several` is the noun where an s alone does not make it."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def percent(share: float) -> str:
    """A share (0 to 1) as a whole percentage, `87%`; 100 only if nothing is missing."""
    shown = round(share * 100)
    return f"{99 if shown == 100 and share < 1 else shown}%"
