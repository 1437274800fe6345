"""A real server and a real Chromium for the browser tests."""

from __future__ import annotations

import os
import queue
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Last, so that it replaces Playwright's own list, which switches storage partitioning off.
    "--disable-features=Translate",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium(playwrights: str = "") -> str:
    """The path of a Chromium, else ``playwrights`` own; without any the tests are skipped loudly, or fail in CI."""
    found = os.environ.get("ROUNDTABLE_TEST_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found or Path(playwrights).is_file():
        return found or playwrights
    message = "BROWSER TESTS DID NOT RUN: no Chromium on the path; apt-get install chromium, or playwright install"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def browser(*flags: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(playwright.chromium.executable_path), args=[*flags, *_FLAGS]
        )
        try:
            yield launched
        finally:
            launched.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def scripted_server(state: Path, *options: str) -> Iterator[str]:
    """The scripted chatbot served by a process of its own; its address without a final slash."""
    port = next((option[5:] for option in options if option.startswith("port=")), free_port())
    command = [sys.executable, str(Path(__file__).with_name("web_scripted.py")), str(state), f"port={port}", *options]
    with running(command):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: list[str], marker: str = "AT ", seconds: float = 90, **variables: str
) -> Iterator[subprocess.Popen[str]]:
    """A server's process, from the moment it prints ``marker``."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"} | variables
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", env=environment
    )
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout or ()], daemon=True)
    reader.start()
    said = ""
    try:
        while marker not in said:
            said += lines.get(timeout=seconds)
        yield process
    except queue.Empty:
        pytest.fail(f"the server did not start:\n{said}")
    finally:
        process.terminate()
        process.wait(30)
        reader.join(5)
        if process.stdout:
            process.stdout.close()


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Lists that fill with the foreign addresses a page asks for, and with its script errors."""
    foreign: list[str] = []
    faults: list[str] = []
    page.on("request", lambda asked: None if _is_local(asked.url) else foreign.append(asked.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    return foreign, faults


def _is_local(url: str) -> bool:
    return url.startswith(
        ("http://127.0.0.1:", "http://host.test:", "http://bot.test:", "http://evil.host:", "data:", "blob:", "about:")
    )


def open_chat(page: Page, url: str) -> None:
    """The chat page at an address, ready to be asked, with the transcript beside it."""
    page.goto(url)
    expect(page.locator(".rt-welcome")).to_be_visible(timeout=20000)
    expect(page.locator("#rt-reader .rt-turn").first).to_be_attached(timeout=20000)


def compose(page: Page) -> CDPSession:
    """Type into the box in focus by an input method, and press Enter in it: what is typed is not chosen yet."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "zhong", "selectionStart": 5, "selectionEnd": 5})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter"})
    page.keyboard.press("Enter")
    return session


def marked(page: Page, kind: str = "rt-cited") -> str:
    """The characters that are highlighted in the transcript."""
    return "".join(page.locator(f"#rt-reader mark.{kind}, #reader mark.{kind}").all_text_contents())


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, frames included."""
    from axe_playwright_python.sync_playwright import Axe

    rows = Axe().run(page).response["violations"]
    found = [row for row in rows if row["impact"] in ("serious", "critical")]
    return [f"{row['id']}: {[node['html'][:160] for node in row['nodes']][:3]}" for row in found]
