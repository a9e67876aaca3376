"""One report in every format that is read, made with the standard library."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path

from benchmarks.corpora.containers import packed, pdf_of

TITLE, DATE = "The harvest", "2020-10-02"
PARAGRAPHS = [
    "The committee heard the report on the harvest, and thanked all who had taken part in it & in its preparation.",
    "Twelve villages had sent more than they owed; three had sent less, for the river had risen over their fields.",
    "It was resolved to build a dyke of stone before the next winter, and to give each of the three villages a share.",
]
TEXT = "\n\n".join(PARAGRAPHS)


def html() -> str:
    begins = ("<p id='first'>", "<h2 id='second'></h2><p>", "<p>")
    body = "".join(f"{begin}{escape(one)}</p>\n" for begin, one in zip(begins, PARAGRAPHS, strict=True))
    return (
        f"<html><head><title>{TITLE} – The Paper</title><meta property='og:title' content='{TITLE}'>"
        f"<meta property='article:published_time' content='{DATE}T10:00:00Z'><link rel=canonical href='https://x.example/h'>"
        "<script>var x = 'no words';</script></head><body><nav>Home News</nav>"
        f"<article>{body}</article><footer>Imprint and cookies</footer></body></html>"
    )


def hocr() -> str:
    words = [one.split() for one in PARAGRAPHS]
    pages = "".join(
        f"<div class='ocr_page' title='ppageno {number}'><p class='ocr_par'>"
        + "".join(
            f"<span class='ocr_line'>{' '.join(f'<span class=ocrx_word>{escape(w)}</span>' for w in line)}</span>"
            for line in (page[:8], page[8:])
        )
        + "</p></div>"
        for number, page in enumerate(words)
    )
    return f"<html><body>{pages}</body></html>"


def tei() -> str:
    body = "".join(
        f"<pb n='{number}'/><p xml:id='p{number}'>{escape(one)}</p>" for number, one in enumerate(PARAGRAPHS, start=11)
    )
    body = body.replace("Twelve", "<choice><sic>Twelf</sic><corr>Twelve</corr></choice>").replace(
        "river", "ri<lb break='no'/>ver"
    )
    return (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc>"
        f"<titleStmt><title>{TITLE}</title><author>A. B.</author></titleStmt>"
        "<publicationStmt><date when='1999'/></publicationStmt>"
        f"<sourceDesc><bibl><date when='{DATE}'>then</date></bibl></sourceDesc></fileDesc></teiHeader>"
        f"<text><body>{body}<note>An editor's note.</note></body></text></TEI>"
    )


def alto() -> str:
    pages = "".join(
        f"<Page PHYSICAL_IMG_NR='{number}'><PrintSpace><TextBlock>"
        + "".join(
            "<TextLine>" + "<SP/>".join(f'<String CONTENT="{escape(word)}"/>' for word in line) + "</TextLine>"
            for line in (one.split()[:8], one.split()[8:])
        )
        + "</TextBlock></PrintSpace></Page>"
        for number, one in enumerate(PARAGRAPHS, start=11)
    )
    pages = pages.replace(
        '<String CONTENT="committee"/>',
        '<String CONTENT="commit"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="tee"/>',
    )
    return f"<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout>{pages}</Layout></alto>"


def page() -> str:
    regions = [
        f"<TextRegion id='r{number}'><TextLine><Word><TextEquiv><Unicode>no</Unicode></TextEquiv></Word>"
        f"<TextEquiv><Unicode>{escape(one)}</Unicode></TextEquiv></TextLine><TextEquiv><Unicode>copy</Unicode></TextEquiv>"
        "</TextRegion>"
        for number, one in enumerate(PARAGRAPHS)
    ]
    order = "".join(f"<RegionRefIndexed index='{number}' regionRef='r{number}'/>" for number in range(3))
    return (
        "<PcGts><Page><ReadingOrder><OrderedGroup>"
        + order
        + "</OrderedGroup></ReadingOrder>"
        + "".join(reversed(regions))
        + "</Page></PcGts>"
    )


def docx() -> bytes:
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    begins = ("", "<w:lastRenderedPageBreak/>", "<w:br w:type='page'/><w:lastRenderedPageBreak/>")
    body = "".join(
        f"<w:p><w:r>{begin}<w:t>{escape(one[:20])}</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        f"<w:r><w:t xml:space='preserve'>{escape(one[20:])}</w:t></w:r></w:p>"
        for begin, one in zip(begins, PARAGRAPHS, strict=True)
    )
    core = f"<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>{TITLE}</dc:title></cp:coreProperties>"
    return packed(
        {"word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>", "docProps/core.xml": core}
    )


def odt() -> bytes:
    body = "<text:soft-page-break/>".join(f"<text:p>{escape(one)}</text:p>" for one in PARAGRAPHS)
    gone = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    return packed(
        {
            "content.xml": f"<o:content xmlns:o='o' xmlns:text='t'><o:body>{gone}{body}</o:body></o:content>",
            "meta.xml": f"<o:meta xmlns:o='o' xmlns:dc='d'><dc:title>{TITLE}</dc:title></o:meta>",
        }
    )


def epub(pages: Sequence[int | None] = (11, 12, 13)) -> bytes:
    """A book of three files; `pages` are the printed ones that begin with them, if any does."""
    breaks = [f"<span epub:type='pagebreak' id='p{n}' title='{page}'/>" if page else "" for n, page in enumerate(pages)]
    chapters = {
        f"OPS/c{n}.xhtml": f"<html><body><p>{begin}{escape(one)}</p></body></html>"
        for n, (begin, one) in enumerate(zip(breaks, PARAGRAPHS, strict=True))
    }
    contents = (
        "<html xmlns:epub='e'><nav epub:type='toc'><a href='c0.xhtml#p0'>The <i>report</i></a>"
        "<a href='c1.xhtml'>The flood</a></nav><nav epub:type='page-list'><a href='c2.xhtml#p2'>13</a></nav></html>"
    )
    items = "".join(f"<item id='i{n}' href='c{n}.xhtml'/>" for n in range(3))
    items += "<item id='nav' href='nav.xhtml' properties='nav'/>"
    spine = "".join(f"<itemref idref='i{n}'/>" for n in range(3))
    return packed(
        {
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='OPS/p.opf'/></rootfiles></container>",
            "OPS/p.opf": f"<package xmlns:dc='d'><metadata><dc:title>{TITLE}</dc:title>"
            f"<dc:date>{DATE}</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            "OPS/nav.xhtml": contents,
            **chapters,
        }
    )


def xlsx() -> bytes:
    strings = ["id", "Headline", "story_text", "pubDate", "x1", TITLE, TEXT]
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for one in strings)
    rows = (
        "<row r='1'>" + "".join(f"<c r='{c}1' t='s'><v>{n}</v></c>" for n, c in enumerate("ABCD")) + "</row>"
        "<row r='2'><c r='A2' t='s'><v>4</v></c><c r='B2' t='s'><v>5</v></c><c r='C2' t='s'><v>6</v></c>"
        "<c r='D2' s='1'><v>44106</v></c></row>"
    )
    return packed(
        {
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
            "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
        }
    )


def srt() -> str:
    halves = [(one[: one.index(" ", 40)], one[one.index(" ", 40) + 1 :]) for one in PARAGRAPHS]
    cues = [
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},500\n<i>{first}</i>\n{second}\n"
        for n, (first, second) in enumerate(halves, start=1)
    ]
    return "\n".join(cues)


def vtt() -> str:
    return "WEBVTT\n\nNOTE a note\nof two lines\n\n" + srt().replace(",000 -->", ".000 -->").replace(",500", ".500")


def eml() -> str:
    head = f"From: Paper <p@x.example>\nSubject: {TITLE}\nDate: Fri, 02 Oct 2020 10:00:00 +0000\nMessage-ID: <m1>\n"
    return f"{head}\n{TEXT}\n"


def sqlite(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (body INTEGER)")
        database.execute("CREATE TABLE stories (id TEXT, title TEXT, date TEXT, text TEXT)")
        database.execute("INSERT INTO stories VALUES ('s1', ?, ?, ?)", (TITLE, DATE, TEXT))
    database.close()


def pdf() -> bytes:
    """A PDF: one page a paragraph, its lines broken, a word broken at the end of one."""
    breaks = {"preparation": "prepar-|ation", "; ": ";|", "winter, ": "winter,|"}
    pages = []
    for one in PARAGRAPHS:
        broken = one
        for words, parts in breaks.items():
            broken = broken.replace(words, parts)
        pages.append(broken.split("|"))
    return pdf_of(pages)


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "a.txt": lambda: TEXT,
    "a.html": html,
    "scan.hocr": hocr,
    "tei.xml": tei,
    "alto.xml": alto,
    "page.xml": page,
    "a.docx": docx,
    "a.odt": odt,
    "a.epub": epub,
    "a.xlsx": xlsx,
    "a.srt": srt,
    "a.vtt": vtt,
    "a.eml": eml,
    "a.json": lambda: json.dumps([{"id": "j1", "text": TEXT}]),
    "a.zip": lambda: packed({"in/b.txt": TEXT, "in/.hidden.txt": "no", "in/c.bin": b"\0"}),
}

if find_spec("pypdfium2"):
    FORMATS["a.pdf"] = pdf


def write_all(folder: Path) -> None:
    """The report in every format."""
    for name, made in FORMATS.items():
        content = made()
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    sqlite(folder / "a.sqlite")
    with tarfile.open(folder / "a.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("b.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
