"""Bytes become text: by the encoding asked for, else UTF-8, else a byte order mark, else a guess that is told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reuse.errors import UsageError

UNICODE_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data without the suffix .gz"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_HEAD = 65_536  # bytes that are looked at for NULs
_FEW_NULS = 0.1  # share of NULs up to which a file that is UTF-8 still is text
_SAMPLE = 262_144  # bytes that a guess is made from
_MEND = 0.05  # broken sequences for one sound one, up to which a file still is UTF-8
_CUT_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_MIXED_WORD = re.compile("[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]")
_EAST_ASIAN = (
    ("cp932", re.compile("[\u3041-\u30fe]")),
    ("euc_jp", re.compile("[\u3041-\u30fe]")),
    ("cp949", re.compile("[\uac00-\ud7a3]")),
)
_WIDE_SHARE = {"cp932": 0.2, "euc_jp": 0.2, "cp949": 0.8}  # least share of such letters among the wide ones
_FEWEST_WIDE = 8
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BINARY = "is binary, not text (it holds NUL bytes)"
_SUFFIX_REMEDY = "convert it to plain text (.txt, UTF-8)"
ENCODING_REMEDY = "if that is wrong, name the right one with --encoding, or save the file as UTF-8"


class NotTextError(Exception):
    """The bytes are no text that can be read; `reason` and `remedy` are for the user."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that it was read with, and what must be said about that (or None)."""

    text: str
    encoding: str
    reservation: str | None = None


def check_encoding(name: str | None) -> None:
    """Raise UsageError unless Python knows a text encoding of that name (None: none was asked for)."""
    if name is None:
        return
    try:
        codecs.lookup(name)
        " ".encode(name)  # refuses what is a codec, but not of text
    except (LookupError, ValueError, UnicodeError):
        raise UsageError(f"unknown encoding '{name}'; use a name such as utf-8, cp1252, utf-16 or euc-kr") from None


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a whole file; newlines stay as they are, a byte order mark goes.

    Raises:
        NotTextError: The data is binary, or is not in the encoding that was asked for.
    """
    if encoding is not None:
        return _decode_as_asked(data, encoding)
    for mark, name in UNICODE_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, name)
    head = data[:_HEAD]
    unmarked = _unmarked_utf16(head)
    if unmarked:
        reservation = f"has no byte order mark; it was read as {unmarked}, which is a guess"
        return Decoded(data.decode(unmarked, "replace"), unmarked, reservation)
    refuse_binary(head)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise NotTextError(_BINARY, _SUFFIX_REMEDY) from None
        return _line_by_line(data) or _mend(data) or _guess(data, error.start)
    if "\0" in text:
        nuls = text.count("\0")
        return Decoded(text, "utf-8", f"holds {nuls:,} NUL character{'s' if nuls > 1 else ''}")
    return Decoded(text, "utf-8")


def refuse_binary(head: bytes) -> None:
    """Raise NotTextError if the first bytes of a file (that has no byte order mark) show that it is no text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise NotTextError(f"is {kind}, not text", _SUFFIX_REMEDY)
    nuls = head.count(0) if b"\0" in head else 0
    if nuls <= max(1, len(head) * _FEW_NULS):
        return
    unmarked = _unmarked_utf16(head)
    if unmarked:
        raise NotTextError(f"looks like {unmarked} without a byte order mark", f"name it with --encoding {unmarked}")
    raise NotTextError(_BINARY, _SUFFIX_REMEDY)


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 of mostly Latin text shows by a NUL in most of its even or odd places and in no other."""
    if b"\0" not in head:
        return None
    nuls = head.count(0)
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if nuls > len(zeros) * 0.5 and zeros.count(0) == nuls:
            return name
    return None


def without_surrogates(text: str) -> tuple[str, int]:
    """The text with U+FFFD for each lone surrogate (so that offsets stand), and how many there were."""
    return (text, 0) if text.isascii() else _LONE_SURROGATE.subn("\ufffd", text)


def _decode_as_asked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except (UnicodeError, ValueError) as error:
        place = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise NotTextError(f"is not {encoding}{place}", "name another with --encoding, or leave that out") from None
    text, replaced = without_surrogates(text.removeprefix("\ufeff"))
    return Decoded(text, encoding, _replaced(replaced))


def _decode_marked(data: bytes, mark: bytes, encoding: str) -> Decoded:
    body = data[len(mark) :]
    text = body.decode(encoding, "replace")
    broken = text.count("\ufffd") - body.count("\ufffd".encode(encoding)) if "\ufffd" in text else 0
    return Decoded(text, encoding, _replaced(broken))


def _replaced(count: int) -> str | None:
    if count <= 0:
        return None
    return f"holds {count:,} broken character{'s' if count > 1 else ''}, now U+FFFD"


def _mend(data: bytes) -> Decoded | None:
    """A file that is UTF-8 but for a few broken bytes is read as UTF-8: a guess would spoil all that is sound."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    sound = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text)))
    if broken > sound * _MEND:
        return None
    return Decoded(text, "utf-8", _replaced(broken))


def _guess(data: bytes, first_broken: int) -> Decoded:
    start = max(0, first_broken - _SAMPLE // 4)
    encoding = guess_encoding(data[start : start + _SAMPLE])
    if encoding is None:
        raise NotTextError("is not UTF-8, and no other encoding fits", "name it with --encoding, or save it as UTF-8")
    text = data.decode(encoding, "replace")
    reservation = f"is not UTF-8; it was read as {encoding}, which is a guess"
    return Decoded(text.removeprefix("\ufeff"), encoding, reservation)


def _line_by_line(data: bytes) -> Decoded | None:
    """A file in which some lines are UTF-8 and others are not, each read as what it is; None if it is none."""
    lines = data.splitlines(keepends=True)
    foreign: list[int] = []
    sound = 0
    for row, line in enumerate(lines):
        if line.isascii():
            continue
        try:
            sound += len(line) - len(line.decode("utf-8"))
        except UnicodeDecodeError:
            if _CUT_SEQUENCE.search(line):
                continue  # UTF-8 with a broken byte in it
            foreign.append(row)
    if not foreign or not sound:
        return None
    encoding = guess_encoding(b"".join(lines[row] for row in foreign)[:_SAMPLE])
    if encoding is None:
        return None
    others = set(foreign)
    text = "".join(line.decode(encoding if row in others else "utf-8", "replace") for row, line in enumerate(lines))
    told = f"is UTF-8 but for {len(foreign):,} line{'s' if len(foreign) > 1 else ''} (first: {foreign[0] + 1:,})"
    return Decoded(text, "utf-8", f"{told}, read as {encoding}, which is a guess")


def guess_encoding(sample: bytes) -> str | None:
    """The encoding that bytes which are not UTF-8 seem to be in; None when nothing fits.

    East Asian text shows by its letters: kana, or Hangul and hardly anything else. Else it is what charset-normalizer
    takes them for, unless that makes words of Hangul and Han mixed, which nobody writes. Of the code pages for Western
    European text it often names a rare one for a short text; Windows-1252, by far the commonest, is taken instead where
    it fits about as well.
    """
    east_asian = _east_asian(sample)
    if east_asian:
        return east_asian
    from charset_normalizer import from_bytes  # noqa: PLC0415 - costs 50 ms that few scans need

    guesses = from_bytes(sample)
    best = guesses.best()
    if best is None or _MIXED_WORD.search(str(best)):
        return None
    for guess in guesses:
        fits = guess.chaos <= best.chaos + 0.05 and guess.coherence >= best.coherence - 0.05
        if fits and "cp1252" in guess.could_be_from_charset:
            return "cp1252"
    return best.encoding


def _east_asian(sample: bytes) -> str | None:
    """The encoding whose letters are those of East Asian prose, of those that fit."""
    for encoding, letters in _EAST_ASIAN:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:  # a sample may end within a letter
                continue
            text = sample[: error.start].decode(encoding)
        wide = sum(character >= "\u2e80" for character in text)
        if wide >= _FEWEST_WIDE and len(letters.findall(text)) >= _WIDE_SHARE[encoding] * wide:
            return encoding
    return None
