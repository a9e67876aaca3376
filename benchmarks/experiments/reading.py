"""How fast formats are read, each beside the library that it is read with, called for as little as possible.

One file of a format, a report of many paragraphs of chance words. The library alone parses it and throws away what it
finds; we make a text of it with its places. The process of its own in which foreign formats are read comes on top.
"""

from __future__ import annotations

import csv
import html.parser
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple
from xml.parsers import expat

from benchmarks.corpora.containers import packed, pdf_of
from benchmarks.errors import BenchmarkError
from benchmarks.results import Record
from reuse.corpus.foreign import read_foreign
from reuse.corpus.readers.registry import reader_of
from reuse.corpus.troubles import Troubles
from reuse.options import ReadOptions

WORDS = 40
"""Words of a paragraph; eight of them stand in a line where there are lines."""
REPEATS = 3
"""Times that everything is read; the fastest counts."""
_LINE = 8
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Format(NamedTuple):
    """A format: the file's name, what makes it of paragraphs, what the library alone does with it, and its name."""

    name: str
    make: Callable[[list[str]], bytes]
    bare: Callable[[Path], object]
    library: str


def reading_records(megabytes: float) -> Iterator[Record]:
    """One record for each format whose library is installed."""
    paragraphs = _paragraphs(int(megabytes * 1e6))
    for one in FORMATS:
        if one.library == "pypdfium2" and not find_spec("pypdfium2"):
            continue
        with TemporaryDirectory() as folder:
            path = Path(folder, one.name)
            path.write_bytes(one.make(paragraphs))
            values = {
                "seconds": _fastest(partial(_read, path)),
                "library_seconds": _fastest(partial(one.bare, path)),
                "wall_seconds": _fastest(partial(_read, path, apart=True), perf_counter),
                "bytes": path.stat().st_size,
            }
            parameters = {"megabytes": megabytes, "format": one.name, "library": one.library}
            yield Record("reading", parameters, values)


def _fastest(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    seconds = []
    for _ in range(REPEATS):
        start = clock()
        work()
        seconds.append(clock() - start)
    return min(seconds)


def _read(path: Path, *, apart: bool = False) -> int:
    reader = reader_of(path.name)
    if reader is None:
        raise BenchmarkError(f"{path.name}: no format of ours")
    troubles = Troubles(path, [])
    options = ReadOptions()
    if apart and reader.foreign:
        return sum(len(record.text) for record in read_foreign(reader.module, path, options, troubles))
    return sum(len(record.text) for record in reader.load()(path, options, troubles))


def _paragraphs(characters: int) -> list[str]:
    source = random.Random(1)
    lexicon = ["".join(source.choices("abdegiklmnoprstuvz", k=source.randint(2, 9))) for _ in range(20_000)]
    return [" ".join(source.choices(lexicon, k=WORDS)) for _ in range(max(characters // (6 * WORDS), 1))]


def _lines(paragraph: str) -> Iterator[str]:
    words = paragraph.split()
    return (" ".join(words[at : at + _LINE]) for at in range(0, len(words), _LINE))


def _elements(paragraphs: list[str], name: str = "p") -> str:
    return "\n".join(f"<{name}>{one}</{name}>" for one in paragraphs)


def _html(paragraphs: list[str]) -> bytes:
    return f"<html><head><title>A</title></head><body><article>{_elements(paragraphs)}</article></body></html>".encode()


def _tei(paragraphs: list[str]) -> bytes:
    body = "".join(f'<pb n="{at}"/><p xml:id="p{at}">{one}</p>' for at, one in enumerate(paragraphs))
    return f"<TEI><text><body>{body}</body></text></TEI>".encode()


def _alto(paragraphs: list[str]) -> bytes:
    lines = (
        "<TextLine>" + "<SP/>".join(f'<String CONTENT="{word}"/>' for word in line.split()) + "</TextLine>"
        for one in paragraphs
        for line in _lines(one)
    )
    page = f'<Page PHYSICAL_IMG_NR="1"><TextBlock>{"".join(lines)}</TextBlock></Page>'
    return f"<alto><Layout>{page}</Layout></alto>".encode()


def _docx(paragraphs: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return packed({"word/document.xml": f"<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>"})


def _pdf(paragraphs: list[str]) -> bytes:
    """A page each ten paragraphs."""
    pages = (paragraphs[at : at + 10] for at in range(0, len(paragraphs), 10))
    return pdf_of([line for one in page for line in _lines(one)] for page in pages)


def _jsonl(paragraphs: list[str]) -> bytes:
    return "".join(json.dumps({"id": str(at), "text": one}) + "\n" for at, one in enumerate(paragraphs)).encode()


def _csv(paragraphs: list[str]) -> bytes:
    return ("id,text\n" + "".join(f'{at},"{one}"\n' for at, one in enumerate(paragraphs))).encode()


def _bare_xml(data: bytes) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = parser.StartElementHandler = lambda *_: None
    parser.Parse(data, True)


def _bare_html(path: Path) -> None:
    parser = html.parser.HTMLParser()
    parser.feed(path.read_text("utf-8"))


def _bare_docx(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        _bare_xml(package.read("word/document.xml"))


def _bare_pdf(path: Path) -> None:
    import pypdfium2  # noqa: PLC0415 - an extra

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()


def _bare_json(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            json.loads(line)


def _bare_csv(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


FORMATS = (
    Format("a.txt", lambda paragraphs: "\n\n".join(paragraphs).encode(), lambda path: path.read_text("utf-8"), "open"),
    Format("a.jsonl", _jsonl, _bare_json, "json"),
    Format("a.csv", _csv, _bare_csv, "csv"),
    Format("a.html", _html, _bare_html, "html.parser"),
    Format("tei.xml", _tei, lambda path: _bare_xml(path.read_bytes()), "expat"),
    Format("alto.xml", _alto, lambda path: _bare_xml(path.read_bytes()), "expat"),
    Format("a.docx", _docx, _bare_docx, "expat"),
    Format("a.pdf", _pdf, _bare_pdf, "pypdfium2"),
)
"""What is measured."""
