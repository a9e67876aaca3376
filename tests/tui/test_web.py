"""The app in a browser: who gets in, and what the page asks for."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from reuse.cli import main
from reuse.run.notes import Notes
from tests.report.browser import browsing, chromium

pytest.importorskip("textual_serve")
from tui.site import Site, is_loopback

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize(
    ("listening", "host", "origin", "allowed"),
    [
        ("localhost", "localhost:8000", None, True),
        ("localhost", "localhost:8000", "http://localhost:8000", True),
        ("localhost", "127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("localhost", "[::1]:8000", "http://[::1]:8000", True),
        ("127.0.0.1", "LOCALHOST:8000", None, True),
        ("localhost", "localhost:8000", "http://localhost:8001", False),
        ("localhost", "localhost:8000", "https://localhost:8000", False),
        ("localhost", "localhost:8000", "http://foreign.example", False),
        ("localhost", "localhost:8000", "null", False),
        ("localhost", "foreign.example:8000", "http://foreign.example:8000", False),
        ("localhost", "localhost.foreign.example:8000", None, False),
        ("localhost", "192.168.1.5:8000", None, False),
        ("localhost", "", None, False),
        ("reading.example", "reading.example:8000", "http://reading.example:8000", True),
        ("reading.example", "localhost:8000", None, False),
        ("0.0.0.0", "192.168.1.5:8000", "http://192.168.1.5:8000", True),
        ("0.0.0.0", "192.168.1.5:8000", "http://foreign.example", False),
    ],
)
def test_hosts_and_origins(listening: str, host: str, origin: str | None, allowed: bool) -> None:
    site = Site("true", listening)
    assert (site.refusal(host, origin, f"/{site.token}/ws") is None) == allowed


@pytest.mark.parametrize("path", ["/", "/ws", "//ws", "/x/ws", "/{}x/ws", "/x{}/ws", "/%00/ws", "/é/ws"])
def test_without_the_token_nothing_is_served(path: str) -> None:
    site = Site("true", "localhost")
    assert "token" in str(site.refusal("localhost:8000", None, path.replace("{}", site.token)))
    assert Site("true", "localhost").token != site.token


def test_addresses_that_only_this_machine_reaches() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.1.2.3", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "", "192.168.1.5", "reading.example")))


def test_a_port_that_is_taken_is_said(prose: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["browse", str(prose), "--web", "--host", "127.0.0.1", "--port", port]) == 2
    assert "--port takes another" in capfd.readouterr().err


@pytest.fixture
def served(prose: Path) -> Iterator[str]:
    """The address of a run that is served."""
    words = [sys.executable, "-m", "reuse", "browse", str(prose), "--web", "--port", str(free_port())]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    found = re.search(r"http://\S+", process.stderr.readline())
    assert found is not None
    yield found[0]
    process.terminate()
    assert "Traceback" not in process.communicate(timeout=30)[1]
    assert process.returncode == 0


def answer(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    status = response.status
    body = "" if status == 101 else response.read().decode()
    connection.close()
    return status, dict(response.getheaders()), body


@pytest.mark.slow
def test_only_its_own_page_opens_the_socket(served: str) -> None:
    place = urlsplit(served)
    socket_path = f"{place.path}ws?width=80&height=24"
    own = f"http://{place.netloc}"
    assert answer(served, socket_path, Origin=own, **HANDSHAKE)[0] == 101
    assert answer(served, socket_path, Origin="http://foreign.example", **HANDSHAKE)[0] == 403
    assert answer(served, socket_path, Host="foreign.example", **HANDSHAKE)[0] == 403
    assert answer(served, "/ws?width=80&height=24", Origin=own, **HANDSHAKE)[0] == 403
    status, headers, page = answer(served, place.path)
    assert status == 200
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert answer(served, f"{place.path}static/js/textual.js")[0] == 200
    status, _, door = answer(served, "/")
    assert (status, "open the whole address" in door, place.path.strip("/") in door) == (200, True, False)
    assert answer(served, f"{place.path}static/js/../../../server.py")[0] in {403, 404}


@pytest.mark.slow
@pytest.mark.skipif(chromium() is None, reason="no Chromium: apt install chromium")
def test_in_a_browser(served: str, prose: Path, tmp_path: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    place = urlsplit(served)
    foreign = HTTPServer(("127.0.0.1", 0), lambda *words: Quiet(*words, directory=str(tmp_path)))
    thread = Thread(target=foreign.serve_forever)
    thread.start()
    try:
        with browsing(tmp_path / "profile") as browser, browser.tab() as page:
            page.call("Page.navigate", url=served)
            page.wait("document.body?.classList.contains('-first-byte')")
            page.run("document.fonts.ready.then(() => true)")
            assert {urlsplit(one).netloc for one in page.requests if one.startswith(("http", "ws"))} == {place.netloc}
            assert [one for one in page.complaints if "WebGL" not in one] == []  # a machine without graphics has none
            # The first bytes are there before the list that takes the key; until then the focus may be lost again.
            time.sleep(2)
            page.run("document.querySelector('textarea').focus()")
            page.press("1")
            time.sleep(1)
            page.press("a")
            marked(prose, "accepted")
            # Another server's page, even one that has learnt the whole address.
            (tmp_path / "page.html").write_text("<title>foreign</title>")
            page.call("Page.navigate", url=f"http://127.0.0.1:{foreign.server_port}/page.html")
            page.wait("document.title === 'foreign'")
            said = page.run(
                "new Promise(done => { const socket = new WebSocket("
                f"'ws://{place.netloc}{place.path}ws?width=80&height=24');"
                "socket.onopen = () => done('opened'); socket.onerror = () => done('refused'); })"
            )
            assert said == "refused"
    finally:
        foreign.shutdown()
        thread.join()
        foreign.server_close()


def marked(run: Path, mark: str) -> None:
    end = time.monotonic() + 20
    while True:
        notes = Notes(run / "notes.sqlite")
        found = list(notes.marks("match").values())
        notes.close()
        if found == [mark]:
            return
        assert time.monotonic() < end, found
        time.sleep(0.2)
