"""``roundtable serve`` as a process of its own: start, stop, prefix behind nginx, several workers."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from scripted import NEUTRAL, WHY_NEUTRAL
from web_browser import browser, free_port, marked, open_chat, running, scripted_server, watch
from web_proxy import proxy, stand_in

from bot.web.serve import GRACE

ROUNDTABLE = [sys.executable, "-c", "from index.cli import main; main()"]


def post(url: str, question: str, headers: dict[str, str] | None = None) -> dict[str, object]:
    body = json.dumps({"question": question, "event": "a-plan-01"}).encode()
    request = urllib.request.Request(url + "/api/v1/ask", body, {"Content-Type": "application/json"} | (headers or {}))
    with urllib.request.urlopen(request, timeout=60) as response:
        return dict(json.load(response))


def test_the_real_bot_is_served_from_a_built_index_and_ends_with_zero(tmp_path: Path) -> None:
    subprocess.run([*ROUNDTABLE, "ask", "UCloud 为什么保持中立"], check=True, capture_output=True)  # builds the index
    port = free_port()
    command = [*ROUNDTABLE, "serve", "--port", str(port)]
    with running(command, "Roundtable is at", ROUNDTABLE_STATE=str(tmp_path)) as process:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
            assert response.read(1)
        row = post(f"http://127.0.0.1:{port}", "UCloud 为什么保持中立")
        assert "中立" in str(row["text"])
        process.terminate()
        assert process.wait(60) == 0


def test_sigterm_finishes_what_runs_and_ends_with_zero(tmp_path: Path) -> None:
    port, metrics = free_port(), free_port()
    script = Path(__file__).with_name("web_scripted.py")
    command = [
        sys.executable,
        str(script),
        str(tmp_path),
        f"port={port}",
        f"metrics_port={metrics}",
        "slow=2",
        "chat=false",
    ]
    found: list[dict[str, object]] = []
    with running(command) as process:
        asking = threading.Thread(target=lambda: found.append(post(f"http://127.0.0.1:{port}", NEUTRAL)))
        asking.start()
        _until_under_way(metrics)
        process.send_signal(signal.SIGTERM)
        asking.join(60)
        assert process.wait(60) == 0
    assert found[0]["outcome"] == "answer"


def _until_under_way(metrics: int) -> None:
    for _ in range(600):
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as response:
            if b"roundtable_under_way 1.0" in response.read():
                return
        time.sleep(0.05)
    pytest.fail("the question did not arrive")


def test_several_workers_share_key_and_rates(tmp_path: Path) -> None:
    port = free_port()
    command = [*ROUNDTABLE, "serve", "--port", str(port), "--workers", "2"]
    variables = {"ROUNDTABLE_STATE": str(tmp_path), "ROUNDTABLE_QUESTION_LIMIT": "6/minute"}
    with running(command, "Roundtable is at", **variables) as process:
        url = f"http://127.0.0.1:{port}"
        _until_ready(url)
        statuses = [_status(url) for _ in range(9)]
        assert statuses == [200] * 6 + [429] * 3
        with urllib.request.urlopen(url + "/") as response:
            assert response.url == f"{url}/e/a-plan-01"
        process.terminate()
        assert process.wait(25) == 0


def _until_ready(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url + "/readyz").close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the workers did not become ready")


def _status(url: str, headers: dict[str, str] | None = None) -> int:
    try:
        post(url, NEUTRAL, headers)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    return 200


PROXIES = [proxy, lambda _folder, *servers: stand_in(servers)]


@pytest.mark.parametrize("behind", PROXIES, ids=["nginx", "stand-in"])
def test_everything_works_under_a_prefix_behind_a_proxy(
    tmp_path: Path, behind: Callable[..., AbstractContextManager[int]]
) -> None:
    with (
        scripted_server(tmp_path / "state", "root_path=/talks", "demo=true") as url,
        behind(tmp_path, url.removeprefix("http://")) as port,
        browser() as chromium,
    ):
        page = chromium.new_context(locale="zh-CN").new_page()
        foreign, faults = watch(page)
        open_chat(page, f"http://127.0.0.1:{port}/talks/")
        page.locator("#rt-box textarea").fill(NEUTRAL)
        page.locator("#rt-send").click()
        page.locator(".rt-cite").first.click()
        assert marked(page) == WHY_NEUTRAL
        page.goto(f"http://127.0.0.1:{port}/talks/demo")
        page.locator("button.open").click()
        frame = page.frame_locator("iframe").last
        frame.locator("#box").fill(NEUTRAL)
        frame.locator("#send").click()
        expect(frame.locator(".rt-foot")).to_have_count(1, timeout=10000)
        assert (foreign, faults) == ([], [])


def test_forwarded_addresses_are_believed_of_trusted_proxies_only(tmp_path: Path) -> None:
    def statuses(folder: str, proxies: str) -> list[int]:
        options = ("chat=false", "question_limit=1/minute", f"trusted_proxies={proxies}")
        with scripted_server(tmp_path / folder, *options) as url:
            return [_status(url, {"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(2)]

    assert statuses("trusted", "127.0.0.1") == [200, 200]
    assert statuses("not", "192.0.2.1") == [200, 429]


def test_metrics_are_on_a_port_of_their_own(tmp_path: Path) -> None:
    metrics = free_port()
    with scripted_server(tmp_path, "chat=false", f"metrics_port={metrics}") as url:
        post(url, NEUTRAL)
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as response:
            assert b'roundtable_answers_total{face="api",outcome="answer"} 1.0' in response.read()


def test_two_processes_behind_nginx_keep_a_visitor_on_one(tmp_path: Path) -> None:
    with (
        scripted_server(tmp_path / "state", "root_path=/talks") as one,
        scripted_server(tmp_path / "state", "root_path=/talks") as other,
        proxy(tmp_path, one.removeprefix("http://"), other.removeprefix("http://")) as port,
        browser() as chromium,
    ):
        for _ in range(4):
            page = chromium.new_context(locale="zh-CN").new_page()
            open_chat(page, f"http://127.0.0.1:{port}/talks/")
            for number, question in enumerate((NEUTRAL, "那后来呢"), 1):
                page.locator("#rt-box textarea").fill(question)
                page.locator("#rt-send").click()
                expect(page.locator(".rt-foot")).to_have_count(number, timeout=10000)
            assert WHY_NEUTRAL in page.locator(".rt-answer").last.inner_text()
            page.context.close()


def test_the_real_bot_on_the_real_page(tmp_path: Path) -> None:
    port = free_port()
    command = [*ROUNDTABLE, "serve", "--port", str(port)]
    with running(command, "Roundtable is at", ROUNDTABLE_STATE=str(tmp_path)), browser() as chromium:
        page = chromium.new_context(locale="zh-CN").new_page()
        foreign, faults = watch(page)
        open_chat(page, f"http://127.0.0.1:{port}/")
        asked = (("UCloud 到底哪年上市的", "partial"), ("从属发展有哪四种模式？", "answer"), ("第三种呢", "answer"),
                 ("今天午饭吃什么", "(abstain|related)"), ("What is Alluxio?", "answer"))  # fmt: skip
        for number, (question, outcome) in enumerate(asked, 1):
            page.locator("#rt-box textarea").fill(question)
            page.locator("#rt-send").click()
            expect(page.locator(".rt-foot")).to_have_count(number, timeout=15000)
            expect(page.locator(".rt-answer").last).to_have_class(re.compile(f"rt-answer rt-{outcome}"))
        for cite in page.locator(".rt-cite").all():
            cite.click()
            quote = cite.evaluate("node => node.closest('blockquote').innerText.slice(0, -node.innerText.length)")
            context = cite.evaluate("node => node.closest('blockquote').querySelector('.rt-context')?.innerText ?? ''")
            assert marked(page) == quote.removeprefix(context).strip()
        assert (foreign, faults) == ([], [])


def test_an_open_page_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    port = free_port()
    script = Path(__file__).with_name("web_scripted.py")
    with running([sys.executable, str(script), str(tmp_path), f"port={port}"]) as process, browser() as chromium:
        page = chromium.new_page()
        open_chat(page, f"http://127.0.0.1:{port}")
        page.wait_for_timeout(500)
        process.send_signal(signal.SIGTERM)
        process.wait(GRACE)  # a stop that waits for the page takes longer
