"""The HTML report in a browser: views, filter, addresses, keys, hostile text, speed, accessibility."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdfium2 import PdfDocument

from benchmarks.corpora.newswire import stories
from reuse.api import scan
from reuse.report.differences import differences
from reuse.report.html import blocks as blocks_module
from reuse.report.html.page import write_report
from reuse.report.html.pair import write_matches, write_pair
from reuse.run.run import Run
from tests.clusters.test_furniture import LINKS, SENTENCE, prose
from tests.report.browser import Page
from tests.report.conftest import CHANGED, SHARED
from tests.synthetic import build_run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

VIEWS = ("overview", "matches", "changes", "phrases", "frames", "documents", "matrix", "timeline", "about")

AXE = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then((result) =>
    result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary)[0]}`))
"""


def report(path: Path, out: Path, **choices: Any) -> Path:
    with Run.open(path) as run:
        write_report(run, out, **choices)
    return out


def only_itself(page: Page, file: Path) -> None:
    """Nothing was asked for but the file and what stands in an address itself, and nothing went wrong."""
    fetched = [address for address in page.requests if not address.startswith("data:")]
    assert {address.partition("#")[0] for address in fetched} <= {file.resolve().as_uri()}
    assert page.complaints == []


def test_a_reader_searches_filters_follows_copies_and_goes_back(page: Page, few: Path, tmp_path: Path) -> None:
    file = report(few, tmp_path / "r.html")
    with Run.open(few) as run:
        best = run.rows("matches", run.ids("matches", order="bits", limit=1))[0]
        word = best["text_a"].split()[7]
        expected = run.count("matches", f'"{word}"')
    page.open(file)
    assert "What 50 documents share" in page.text("h1")
    page.click("nav a[href='#matches']")
    assert page.text("#total") == "200 matches"
    page.type("input[name=q]", word)
    page.wait(f"document.querySelector('#total').textContent.startsWith('{expected} of')")
    page.wait(f"location.hash.includes('q={word}')")
    page.click(".facets input[name=doc]")
    assert "U+" not in page.text(".facets"), "no mark of a direction is taken for one that a text has"
    narrowed = int(page.text("#total").split()[0])
    assert 0 < narrowed <= expected
    page.run("history.back()")
    page.wait(f"document.querySelector('#total').textContent.startsWith('{expected} of')")
    page.click(".results .quote")
    assert page.run("location.hash").startswith("#match/")
    page.wait("document.querySelector('#view .around')")
    page.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.click("#view .actions button")
    copied = page.run("window.copied")
    assert page.run("location.hash.split('/')[1].split('?')[0]") in copied
    assert "words in common" in copied
    page.run("history.back()")
    page.wait("document.querySelector('.results')")
    assert page.run("document.querySelector('input[name=q]').value") == word
    only_itself(page, file)


def test_every_state_is_a_link(page: Page, few: Path, tmp_path: Path) -> None:
    file = report(few, tmp_path / "r.html")
    with Run.open(few) as run:
        match = run.rows("matches", [0])[0]
        phrase = run.rows("formulas", [0])[0]
    for address, expected in {
        f"#match/{match['id']}": "words in common",
        f"#phrase/{phrase['id']}": phrase["text"],
        f"#cluster/{match['cluster']}": "One text in",
        f"#document/{match['a']}": match["text_a"][:40],
        f"#document/{match['a']}?at={match['a_start']}": match["text_a"][:40],
        "#matches?similarity=95..&sort=words": "of 200 matches",
        "#matrix?order=most": "Who shares with whom",
        f"#synopsis/{match['a']}": "Synopsis of",
        "#match/nonsense": "Not in this report",
    }.items():
        page.open(file, address)
        assert expected in page.text("main"), address
    only_itself(page, file)


def test_filter_counts_are_those_of_the_run(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"))
    for address, where in {
        "#matches?similarity=90..": "similarity>=0.895",
        "#matches?bits=100..200": "bits>=100 bits<201",
        "#matches?words=20..30": "words:20..30",
        "#matches?doc=report-03.txt": "doc:report-03.txt",
        "#matches?source=North": "source:North",
        "#matches?found=reworded&found=condensed": "-found:aligned -found:confirmed",
    }.items():
        with Run.open(few) as run:
            expected = run.count("matches", where)
        page.go(address)
        assert page.text("#total").split()[0] == str(expected), address


def test_text_of_documents_stays_text(page: Page, hostile: Path, tmp_path: Path) -> None:
    file = report(hostile, tmp_path / "r.html")
    page.open(file)
    with Run.open(hostile) as run:
        match = run.rows("matches", [0])[0]
        phrase = run.rows("formulas", [0])[0]
    addresses = [*VIEWS, f"match/{match['id']}", f"phrase/{phrase['id']}", f"cluster/{match['cluster']}"]
    for address in addresses:
        page.go(f"#{address}")
        page.wait("!document.querySelector('#view')?.innerText.includes('cannot be shown')")
        assert page.run("window.broken") is None
        assert page.run("document.querySelectorAll('main img, main script, main b, main i, main iframe').length") == 0
    page.go(f"#match/{match['id']}")
    assert "</script><script>window.broken = 1</script> <!-- <img" in page.text("#view")
    assert "⟨U+202E⟩reversed" in page.text("#view")
    page.click("#view .source a")
    page.wait("document.querySelector('.reading')")
    assert page.run("document.querySelector('.reading').innerText.length") < 80_000, "a long document comes in parts"
    assert "part 1 of" in page.text("#view")
    only_itself(page, file)


def test_twenty_thousand_matches_are_filtered_in_a_tenth_of_a_second(page: Page, many: Path, tmp_path: Path) -> None:
    file = report(many, tmp_path / "r.html")
    page.open(file, "#matches")
    assert page.text("#total") == "20,000 matches"
    page.type("input[name=q]", "a")  # the first search makes the lower case texts
    took = page.run(
        """(async () => {
            const field = document.querySelector("input[name=q]");
            const best = [];
            for (const words of ["kaka", "kakalo", "tes vo", "shen", ""]) {
                const times = [];
                for (let again = 0; again < 25 && !(Math.min(...times) < 100); again++) {
                    const start = performance.now();
                    field.value = words;
                    field.dispatchEvent(new Event("input", {bubbles: true}));
                    await new Promise((done) => requestAnimationFrame(done));
                    document.body.offsetHeight;
                    times.push(performance.now() - start);
                }
                best.push(Math.min(...times));
            }
            return best;
        })()"""
    )
    assert max(took) < 100, took  # the best of some: the machine may be busy with something else
    only_itself(page, file)


@pytest.mark.parametrize("tier", ["inline", "compressed", "folder"])
def test_each_tier_shows_the_same(
    page: Page, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tier: str
) -> None:
    monkeypatch.setattr(blocks_module, "INLINE_BYTES", 10**9 if tier == "inline" else 1_000)
    monkeypatch.setattr(blocks_module, "PAGE_BYTES", 1_000 if tier == "folder" else 10**9)
    file = report(few, tmp_path / "one report.html")
    page.open(file, "#document/report-07.txt")
    page.wait("document.querySelector('.reading')")
    with Run.open(few) as run:
        text = run.text("report-07.txt")
    assert "".join(page.run("document.querySelector('.reading').textContent").split()) == "".join(text.split())
    if tier == "folder":
        beside = (tmp_path / "one report.files" / "texts-0.js").resolve().as_uri()
        assert {address.partition("#")[0] for address in page.requests} == {file.resolve().as_uri(), beside}
        assert page.complaints == []
        shutil.rmtree(tmp_path / "one report.files")
        page.open(file, "#document/report-08.txt")
        assert "is not beside this file" in page.text("#view")
    else:
        only_itself(page, file)


def test_keys(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"), "#matches")
    page.press("j")
    assert page.run("document.activeElement.className") == "quote"
    page.press("Enter")
    page.run("document.activeElement.click()")
    page.wait("location.hash.startsWith('#match/')")
    first = page.run("location.hash")
    page.press("j")
    page.wait(f"location.hash !== {json.dumps(first)}")
    page.press("u")
    page.wait("location.hash.startsWith('#matches')")
    page.press("/")
    assert page.run("document.activeElement.name") == "q"


def test_a_newswire_is_printed_on_one_page_too(page: Page, tmp_path: Path) -> None:
    texts = [
        {"id": one.name, "text": one.text, "date": f"2021-{1 + number // 30:02}-{1 + number % 28:02}"}
        for number, one in enumerate(stories(300, seed=4))
    ]
    scan(texts=texts, out=tmp_path / "w.reuse").close()
    page.open(report(tmp_path / "w.reuse", tmp_path / "w.html"))
    assert page.run("document.querySelectorAll('.versions table').length") > 1
    page.print(tmp_path / "w.pdf")
    (printed,) = PdfDocument(tmp_path / "w.pdf")
    words = printed.get_textpage().get_text_range()
    for heading in (
        "How much is reused",
        "Who draws on whom",
        "Who repeats whom",
        "Passages of two documents",
        "Formulas",
    ):
        assert heading in words
    assert "Versions of one story" not in words


def test_what_is_printed(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"))
    page.print(tmp_path / "editor.pdf")
    assert len(PdfDocument(tmp_path / "editor.pdf")) == 1, "the overview is one page, for an editor"
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.run("document.querySelector('#digest > #matches').offsetHeight") == 0
    page.run("window.print = () => {}")
    page.click("[data-print=digest]")
    for section in ("overview", "matches", "phrases", "documents", "about"):
        assert page.run(f"document.querySelector('#digest > #{section}').offsetHeight") > 100, "the whole digest"
    page.go("#matches")
    assert page.run("document.querySelector('#view .results').offsetHeight") > 100
    assert page.run("document.querySelector('#digest > #overview').offsetHeight") == 0
    assert page.run("document.querySelector('.facets').offsetHeight") == 0
    page.print(tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


SAVED = """
window.saved = {};
URL.createObjectURL = (blob) => { window.blob = blob; return "blob:none"; };
HTMLAnchorElement.prototype.click = function () {
  const name = this.download;
  if (name) window.blob.text().then((text) => { window.saved[name.split("-").at(-1)] = text; });
  else this.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
};
0
"""
"""Keeps what is handed over as a file."""


def test_back_returns_to_the_place(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"), "#matches")
    page.run("scrollTo(0, 3000)")
    page.run("new Promise((done) => setTimeout(done, 200))")
    page.run("document.querySelectorAll('.results .quote')[30].focus()")
    page.run("document.activeElement.scrollIntoView({block: 'center'})")
    page.run("new Promise((done) => setTimeout(done, 200))")
    down, link = page.run("[Math.round(scrollY), document.activeElement.getAttribute('href')]")
    assert down > 1000
    page.run("document.activeElement.click()")
    page.wait("document.querySelector('#view .side')")
    assert page.run("scrollY") == 0
    page.run("history.back()")
    page.wait("document.querySelector('.results')")
    page.run("new Promise((done) => setTimeout(done, 200))")
    assert page.run("document.activeElement.getAttribute('href')") == link
    assert abs(page.run("scrollY") - down) <= 2


def test_tables_and_drawings_are_taken_along(page: Page, few: Path, tmp_path: Path) -> None:
    file = report(few, tmp_path / "r.html")
    page.open(file, "#matches?similarity=95..")
    page.run(SAVED)
    page.click("#view .take")
    page.wait("window.saved['matches.csv']")
    rows = list(csv.reader(io.StringIO(page.run("window.saved['matches.csv']").removeprefix("\ufeff"))))
    assert len(rows) == int(page.text("#total").split()[0]) + 1, "what is shown, all pages of it"
    with Run.open(few) as run:
        expected = run.rows("matches", run.ids("matches", "similarity>=0.945", "bits", limit=1))[0]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["id"], first["text_a"]) == (expected["id"], expected["text_a"])
    page.go("#matrix")
    page.click("#view .take")
    page.wait("window.saved['matrix.csv']")
    page.run("[...document.querySelectorAll('#view .take')].find((one) => one.textContent.includes('SVG')).click()")
    page.wait("window.saved['matrix.svg']")
    drawn = etree.fromstring(page.run("window.saved['matrix.svg']").encode())
    cells = drawn.findall(".//{*}rect")
    assert len(cells) > 50
    assert all(cell.get("fill") and cell.get("class") is None for cell in cells), "it needs no style sheet"
    only_itself(page, file)


PIXELS = """
createImageBitmap(window.blob).then((image) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const seen = new Map();
  for (const pixel of pixels) seen.set(pixel, (seen.get(pixel) ?? 0) + 1);
  const bytes = [pixels[0] & 255, (pixels[0] >> 8) & 255, (pixels[0] >> 16) & 255];
  return [window.blob.type, image.width, image.height, seen.size, seen.get(pixels[0]) / pixels.length, bytes];
})
"""
"""Of what was handed over: type, width, height, colours, share of the first pixel's, and that colour."""


@pytest.mark.parametrize(("view", "place"), [("overview", "#digest .drawing"), ("matrix", "#view")])
def test_a_drawing_is_saved_as_pixels_too(page: Page, few: Path, tmp_path: Path, view: str, place: str) -> None:
    file = report(few, tmp_path / "r.html")
    page.open(file, f"#{view}")
    page.run(SAVED)
    box = page.run(f"document.querySelector('{place} svg').getAttribute('viewBox')")
    page.run(f"[...document.querySelectorAll('{place} .take')].find((one) => one.textContent.includes('PNG')).click()")
    page.wait("Object.keys(window.saved).some((name) => name.endsWith('.png'))")
    kind, wide, high, colours, share, corner = page.run(PIXELS)
    width, height = map(float, box.split()[2:])
    assert kind == "image/png"
    assert wide >= 2000
    assert abs(high / wide - height / width) < 0.01, "it keeps its form"
    assert colours > 10, "lines, figures and smooth edges"
    assert 0.2 < share < 0.999, "drawn on paper, and not empty"
    assert f"rgb({', '.join(map(str, corner))})" == page.run(
        "getComputedStyle(document.documentElement).backgroundColor"
    )
    only_itself(page, file)


def test_what_a_spreadsheet_would_compute_is_guarded(page: Page, hostile: Path, tmp_path: Path) -> None:
    page.open(report(hostile, tmp_path / "r.html"), "#matches")
    # The script's parts are in a scope of their own: the column of a note begins with what was noted.
    with Run.open(hostile) as run:
        run.notes.set_note("match", run.rows("matches", [0])[0]["id"], "=cmd|' /C calc'!A0")
    page.open(report(hostile, tmp_path / "r.html"), "#matches")
    page.run(SAVED)
    page.click("#view .take")
    page.wait("window.saved['matches.csv']")
    rows = list(csv.reader(io.StringIO(page.run("window.saved['matches.csv']").removeprefix("\ufeff"))))
    assert dict(zip(rows[0], rows[1], strict=True))["note"] == "'=cmd|' /C calc'!A0"


def test_a_synopsis_sets_others_beside_a_document(page: Page, small: Path, tmp_path: Path) -> None:
    file = report(small, tmp_path / "r.html")
    page.open(file, "#synopsis/a.txt")
    page.wait("document.querySelector('.synopsis')")
    rows = page.run(
        "[...document.querySelectorAll('.synopsis tbody tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert [len(row) for row in rows] == [2, 2, 2]
    assert rows[0] == ["First of all. 𝔄", ""]
    assert (rows[1][0], rows[1][1]) == (SHARED, CHANGED), "each passage beside its own"
    assert rows[2] == ["And then some more.", ""]
    assert page.run("document.querySelector('.synopsis mark').textContent") == "woven"
    page.run(SAVED)
    page.click("#view .take")
    page.wait("window.saved['synopsis.html']")
    alone = page.run("window.saved['synopsis.html']")
    assert "<table" in alone
    assert "<script" not in alone
    assert CHANGED.split("woven")[0] in alone
    page.click(".choices input:checked")
    page.wait("document.querySelectorAll('.synopsis thead th').length === 2")
    only_itself(page, file)


def test_it_reads_without_a_script(page: Page, few: Path, tmp_path: Path) -> None:
    file = report(few, tmp_path / "r.html")
    page.script(enabled=False)
    page.call("Page.navigate", url=file.as_uri())
    page.wait("document.readyState === 'complete'")
    for view in ("overview", "matches", "phrases", "documents", "about"):
        assert page.run(f"document.querySelector('#{view}').offsetHeight") > 100
    assert page.run("document.querySelector('nav a[href=\"#matrix\"]').offsetHeight") == 0


def test_words_are_compared_as_by_the_engine(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"))
    with Run.open(few) as run:
        for match in run.rows("matches", run.ids("matches", limit=25)):
            page.go(f"#match/{match['id']}")
            page.wait(f"document.querySelector('#view .side') && location.hash.includes('{match['id']}')")
            shown = page.run(
                "[...document.querySelectorAll('#view .side')].map((side) => "
                "[...side.querySelectorAll('mark')].map((mark) => mark.textContent).filter((text) => text !== '–')"
                ".join(' ').split(' ').filter(Boolean).length)"
            )
            differing = [stretch for stretch in differences(match["text_a"], match["text_b"]) if not stretch.same]
            # Several alignments may be equally long: how many words differ is the same for all of them.
            assert shown == [sum(len(one.a) for one in differing), sum(len(one.b) for one in differing)]


def test_of_text_without_spaces_only_what_differs_is_marked(page: Page, tmp_path: Path) -> None:
    a, b = "共同书写中国式现代化建设新篇章；3月20日 李强", "共同书写中国式现代化建设的新篇章，3月21日 李强"
    path = build_run(tmp_path / "chinese.reuse", {"a.txt": a, "b.txt": b}, [("a.txt", a, "b.txt", b)])
    page.open(report(path, tmp_path / "r.html"))
    with Run.open(path) as run:
        page.go(f"#match/{run.rows('matches', [0])[0]['id']}")
    page.wait("document.querySelectorAll('#view .side').length === 2")
    shown = page.run(
        "[...document.querySelectorAll('#view .side')].map((side) => "
        "[...side.querySelectorAll('mark')].map((mark) => mark.textContent))"
    )
    assert shown == [["–", "20"], ["的", "21"]]
    assert b in page.text("#view .side:last-of-type").replace("\n", "")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_it_is_accessible(page: Page, few: Path, tmp_path: Path, width: int, dark: bool) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA in any view."""
    axe = axe_core(tmp_path)
    file = report(few, tmp_path / "r.html")
    page.size(width, 900, dark=dark)
    with Run.open(few) as run:
        match, phrase = run.rows("matches", [0])[0], run.rows("formulas", [0])[0]
    page.open(file)
    page.run(axe.read_text("utf-8") + "; 0")
    for address in (
        *VIEWS,
        f"match/{match['id']}",
        f"phrase/{phrase['id']}",
        f"cluster/{match['cluster']}",
        f"document/{match['a']}",
        f"synopsis/{match['a']}",
        "match/none",
    ):
        page.go(f"#{address}")
        page.run("new Promise((done) => setTimeout(done, 200))")
        found = page.run(AXE)
        assert found == [], address
        assert page.run("document.documentElement.scrollWidth <= innerWidth"), f"{address} is wider than the window"


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_pairs_are_accessible(page: Page, few: Path, tmp_path: Path, width: int) -> None:
    axe = axe_core(tmp_path)
    page.size(width, 900)
    with Run.open(few) as run:
        row = run.rows("matches", [0])[0]
        write_pair(run, tmp_path / "pair.html", run.ordinal(row["a"]), run.ordinal(row["b"]))
        with (tmp_path / "pairs.html").open("wb") as file:
            write_matches(run, file, "bits>200")
    for name in ("pair", "pairs"):
        page.call("Page.navigate", url=(tmp_path / f"{name}.html").as_uri())
        page.wait(f"document.readyState === 'complete' && location.pathname.endsWith('{name}.html')")
        page.run(axe.read_text("utf-8") + "; 0")
        assert page.run(AXE) == [], name
        assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def axe_core(folder: Path) -> Path:
    """The accessibility checker, from npm's registry by npm's own client, kept in npm's cache."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, which fetches axe-core")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "textreuse-tests"
    script = cache / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        done = subprocess.run(
            [
                npm,
                "install",
                "--prefix",
                cache,
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "axe-core@4.10.3",
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            pytest.skip(f"axe-core could not be fetched: {done.stderr.strip()[-200:]}")
    return script


def test_furniture_is_one_choice_away(page: Page, tmp_path: Path) -> None:
    run, file = tmp_path / "pages.reuse", tmp_path / "r.html"
    scan(texts=[f"{LINKS}\n\n{prose(seed)}\n\n{SENTENCE}" for seed in range(3)], out=run).close()
    report(run, file)
    page.open(file, "#matches")
    listed = "document.querySelectorAll('#view a.quote').length"
    page.wait(f"{listed} === 3")
    page.click("input[name=furniture][value=edges]")
    page.wait(f"{listed} === 6")
    only_itself(page, file)


def test_in_a_concordance_from_the_right_the_words_before_stand_at_the_right(page: Page, tmp_path: Path) -> None:
    said = "הנמל החדש של העיר נפתח אתמול"
    texts = {
        "one.txt": f"אמרו כי {said} בבוקר",
        "two.txt": f"נמסר כי {said} בערב",
        "three.txt": f"There he said {said} again, and once more.",
    }
    path = build_run(tmp_path / "h.reuse", texts, formulas=[said])
    with Run.open(path) as run:
        name = run.rows("formulas", [0], ["id"])[0]["id"]
    page.open(report(path, tmp_path / "h.html"), f"#phrase/{name}")
    edges = page.run(
        "[...document.querySelectorAll('.kwic tr')].map((row) => [...row.querySelectorAll('.left, .keyword, .right')]"
        ".map((cell) => [cell.textContent.trim(), cell.getBoundingClientRect().left]).toSorted((a, b) => a[1] - b[1])"
        ".map((cell) => cell[0]))"
    )
    assert edges == [
        ["After", "Occurrence", "Before"],
        ["בבוקר", said, "אמרו כי"],
        ["There he said", said, "again, and once more."],
        ["בערב", said, "נמסר כי"],
    ]
    as_read = [
        ["אמרו כי", said, "בבוקר"],
        ["There he said", said, "again, and once more."],
        ["נמסר כי", said, "בערב"],
    ]
    cells = (
        "[...document.querySelectorAll('.kwic tbody tr')].map((row) => [...row.children].slice(0, 3)"
        ".map((cell) => cell.textContent.trim()))"
    )
    page.size(600, 900)
    page.wait(f"JSON.stringify({cells}) === '{json.dumps(as_read, ensure_ascii=False, separators=(',', ':'))}'")
    begins = page.run(
        "[...document.querySelectorAll('.kwic tbody tr')].map((row) => { const range = document.createRange();"
        " range.selectNodeContents(row.children[0]); return range.getBoundingClientRect().left < 300; })"
    )
    assert begins == [False, True, False], "each row begins at the edge where its text does"
    page.go("#phrases")
    page.go(f"#phrase/{name}")
    page.wait("document.querySelectorAll('.kwic tbody tr').length === 3")
    assert page.run(cells) == as_read
    page.size(1200, 900)
    page.wait(f"JSON.stringify({cells}) !== '{json.dumps(as_read, ensure_ascii=False, separators=(',', ':'))}'")
    assert page.run(cells)[1] == ["again, and once more.", said, "There he said"], "at the left what is before"
    only_itself(page, tmp_path / "h.html")


def test_what_stands_in_the_last_column_is_not_cut(page: Page, few: Path, tmp_path: Path) -> None:
    page.open(report(few, tmp_path / "r.html"), "#documents")
    for width in (1300, 900, 420):
        page.size(width, 900)
        spare = page.run(
            "Math.min(...[...document.querySelectorAll('#view .of-strip')].map((cell) => Math.min(...[...cell.children]"
            ".map((one) => cell.getBoundingClientRect().right - one.getBoundingClientRect().right))))"
        )
        assert spare >= 0
