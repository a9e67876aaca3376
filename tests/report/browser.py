"""Drives headless Chromium through the DevTools protocol over two pipes: no driver, no port, no package.

The protocol: https://chromedevtools.github.io/devtools-protocol/. Messages are JSON, each ended by a NUL.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE = 60.0
"""Seconds to wait for an answer."""


def chromium() -> str | None:
    """The browser's command, if there is one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """A browser: what goes to it and comes from it, and its tabs."""

    def __init__(self, send: int, receive: int) -> None:
        self._send, self._receive = send, receive
        self._buffer = b""
        self._number = 0
        self._tab: Page | None = None

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Call a method and wait for its answer; events that come before it are noted by the tab that is open."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._send, data) :]
        for answer in self._messages():
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])
        raise AssertionError(f"no answer to {method}")

    @contextmanager
    def tab(self) -> Iterator[Page]:
        """A tab that shares nothing with those before it (cookies, storage, cache); it is closed with the block."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._tab = page = Page(self, session)
        try:
            for domain in ("Page", "Runtime", "Network", "Log"):
                page.call(f"{domain}.enable")
            yield page
        finally:
            self._tab = None
            self.call("Target.disposeBrowserContext", browserContextId=context)

    def _messages(self) -> Iterator[dict[str, Any]]:
        end = time.monotonic() + PATIENCE
        while True:
            while b"\0" in self._buffer:
                one, _, self._buffer = self._buffer.partition(b"\0")
                message = json.loads(one)
                if self._tab is not None:
                    self._tab.note(message)
                yield message
            ready, _, _ = select.select([self._receive], [], [], max(end - time.monotonic(), 0))
            assert ready, "the browser does not answer"
            data = os.read(self._receive, 1 << 20)
            assert data, "the browser has gone"
            self._buffer += data


class Page:
    """One tab: opened files, their addresses, what they asked the network for, what they complained about."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of this tab and wait for its answer."""
        return self._browser.call(method, self._session, **parameters)

    def note(self, message: dict[str, Any]) -> None:
        """Keep what an event says, if it is one of this tab."""
        if message.get("sessionId") != self._session:
            return
        parameters = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent" if parameters["request"]["url"] != "about:blank":
                self.requests.append(parameters["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(parameters["exceptionDetails"]))
            case "Log.entryAdded" if parameters["entry"]["level"] in {"error", "warning"}:
                self.complaints.append(parameters["entry"]["text"])

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a report and wait until its script is ready."""
        self.call("Page.navigate", url="about:blank")  # or an address with another fragment would load nothing
        self.wait("location.href === 'about:blank'")
        self.call("Page.navigate", url=file.resolve().as_uri() + fragment)
        self.wait("document.readyState === 'complete' && document.body?.dataset.ready === 'yes'")

    def go(self, fragment: str) -> None:
        """Follow an address within the page."""
        self.run(f"location.hash = {json.dumps(fragment)}")
        time.sleep(0.15)

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str, seconds: float = PATIENCE) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + seconds
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < end, f"waited in vain for {condition}; complaints: {self.complaints}"
            time.sleep(0.03)

    def text(self, selector: str = "body") -> str:
        """What can be read in an element."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        """Click an element."""
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        time.sleep(0.15)

    def type(self, selector: str, text: str) -> None:
        """Put text into a field, as typed."""
        self.run(
            f"(() => {{ const field = document.querySelector({json.dumps(selector)}); field.focus(); "
            f"field.value = {json.dumps(text)}; field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
        )
        time.sleep(0.15)

    def press(self, key: str) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" and len(key) == 1 else ""
            )
        time.sleep(0.1)

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Set the size of the window, and light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        value = "dark" if dark else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def script(self, *, enabled: bool) -> None:
        """Allow or forbid scripts from the next page on."""
        self.call("Emulation.setScriptExecutionDisabled", value=not enabled)

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Save what is seen as PNG."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def print(self, file: Path) -> None:
        """Print to PDF."""
        file.write_bytes(
            base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        )


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile; it ends with the block."""
    command = chromium()
    assert command is not None, "no Chromium"
    to_browser, our_end = os.pipe()
    from_browser, its_end = os.pipe()
    # The browser reads from descriptor 3 and writes to 4.
    shell = f'exec 3<&{to_browser} 4>&{its_end}; exec "$@"'
    process = subprocess.Popen(
        ["/bin/bash", "-c", shell, "browser", command, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(to_browser, its_end),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(its_end)
    try:
        yield Browser(our_end, from_browser)
    finally:
        os.close(our_end)  # the browser ends when its pipe does
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(from_browser)
