"""How a report carries its data: readable JSON while it is small, compressed when it is not, beside the page when huge.

A block is a JSON value with a name. The page's script asks for a block by its name and does not care how it came:

- inline: `<script type="application/json" id="block-NAME">`, with everything escaped that could end the element;
- compressed: `<script type="application/gzip" id="block-NAME">`, gzip as base64, unpacked when it is first asked for;
- folder: `PAGE.files/NAME.js`, a script that hands over the same base64: a page opened from disk may load a script that
  lies beside it, but may not read a file.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, Self

from reuse.errors import TextReuseError

Tier = Literal["inline", "compressed", "folder"]

INLINE_BYTES = 2_000_000
"""Up to this much JSON is left readable."""
PAGE_BYTES = 50_000_000
"""A page of this size still opens in a few seconds on a common laptop; texts beyond it go into a folder."""
LEVEL = 5
"""Of gzip; 6 saves another 2 % and takes twice as long."""

_ACTS_IN_HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    r"""A value as JSON that no HTML parser can mistake for markup: `<` is `\u003c` and so on.

    A lone surrogate (of a file's name that is not UTF-8) becomes its own escape, so the text can be encoded.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ACTS_IN_HTML.items():  # five passes of replace take a tenth of one of translate
        text = text.replace(character, escape)
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class Packed:
    """A block, packed, in a temporary file.

    Attributes:
        name: Its name.
        start, end: Where its bytes lie in the file.
    """

    name: str
    start: int
    end: int


class Blocks:
    """Blocks on their way into a report: packed one after another on disk, so that memory does not grow with them.

    Use as a context manager: `add` each block, ask for the `tier`, then `write` them.
    """

    def __init__(self) -> None:
        self._packed: list[Packed] = []
        self._plain: list[tuple[str, str]] = []
        self._plain_size = 0

    def __enter__(self) -> Self:
        self._file: IO[bytes] = tempfile.TemporaryFile()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
        """Pack a block; names hold letters, digits and hyphens only."""
        text = json_text(value)
        if self._plain_size <= INLINE_BYTES:
            self._plain_size += len(text)
            self._plain.append((name, text))
            if self._plain_size <= INLINE_BYTES:
                return
            waiting, self._plain = self._plain, []
        else:
            waiting = [(name, text)]
        for one, plain in waiting:
            # mtime=0: the same run gives the same bytes.
            packed = base64.b64encode(gzip.compress(plain.encode(), LEVEL, mtime=0))
            start = self._file.tell()
            self._file.write(packed)
            self._packed.append(Packed(one, start, start + len(packed)))

    @property
    def tier(self) -> Tier:
        """Where the blocks go."""
        if not self._packed:
            return "inline"
        return "compressed" if self.size <= PAGE_BYTES else "folder"

    @property
    def size(self) -> int:
        """Bytes of all blocks as they will be written."""
        return self._packed[-1].end if self._packed else sum(len(text.encode()) for _, text in self._plain)

    def elements(self, beside: Iterable[str] = ()) -> Iterator[bytes]:
        """The blocks as elements of a page, but for those of the names in `beside`."""
        for name, text in self._plain:
            yield f'<script type="application/json" id="block-{name}">{text}</script>\n'.encode()
        left_out = set(beside)
        for block in self._packed:
            if block.name not in left_out:
                yield f'<script type="application/gzip" id="block-{block.name}">'.encode()
                yield self._bytes(block)
                yield b"</script>\n"

    def write_folder(self, folder: Path, names: Iterable[str]) -> None:
        """Write blocks as scripts into a folder."""
        wanted = set(names)
        for block in self._packed:
            if block.name in wanted:
                with (folder / f"{block.name}.js").open("wb") as file:
                    file.write(f'textreuseBlock("{block.name}","'.encode())
                    file.write(self._bytes(block))
                    file.write(b'");\n')

    def _bytes(self, block: Packed) -> bytes:
        self._file.seek(block.start)
        return self._file.read(block.end - block.start)


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of `target` when the block ends without an error.

    Raises:
        TextReuseError: The folder holds something else than blocks, which is left alone.
    """
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    try:
        yield partial
        remove_folder(target)
        if target.exists():
            raise TextReuseError(f"{target}: the report's data go here, but it holds other files; move them away")
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def remove_folder(target: Path) -> None:
    """Remove the blocks of a former report, and nothing else."""
    if not target.is_dir():
        return
    for file in target.glob("texts-*.js"):
        file.unlink()
    if not any(target.iterdir()):
        target.rmdir()
