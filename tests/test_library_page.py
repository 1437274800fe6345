"""The chat page over an index of several events, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from scripted import NEUTRAL, WHY_NEUTRAL
from web_browser import browser, marked, scripted_server, serious, watch

PANEL = "A计划第一期:基础架构软件创业之道"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scripted_server(tmp_path_factory.mktemp("state"), "--library") as url:
        yield url


@pytest.fixture
def page(served: str) -> Iterator[Page]:
    with browser() as chromium:
        found = chromium.new_page(locale="zh-CN", viewport={"width": 1360, "height": 850})
        foreign, faults = watch(found)
        found.goto(served)  # all events: no transcript stands beside the conversation
        expect(found.locator(".rt-welcome")).to_be_visible(timeout=20000)
        yield found
        assert (foreign, faults) == ([], [])


def choose(page: Page, title: str) -> None:
    page.locator("#rt-event input").click()
    page.get_by_role("option", name=title).click()


def test_all_events_are_asked_until_one_is_chosen(page: Page) -> None:
    expect(page.locator("#rt-head h1")).to_have_text("全部活动")
    expect(page.locator("#rt-head li")).to_have_text([PANEL, "另一场"])
    expect(page.locator("#rt-event input")).to_have_value("全部活动")
    expect(page.locator("#rt-speaker")).to_be_hidden()
    expect(page.locator("#rt-side")).to_be_hidden()  # there is no one transcript to show
    assert serious(page) == []
    page.locator("#rt-box textarea").fill(NEUTRAL)
    page.locator("#rt-send").click()
    expect(page.locator("#rt-chat .rt-foot")).to_have_count(1, timeout=15000)
    page.locator("#rt-chat .rt-cite").first.click()
    expect(page.locator("#rt-reader .rt-cited").first).to_be_visible()
    assert marked(page) == WHY_NEUTRAL
    expect(page.locator("#rt-chat .rt-up")).to_have_count(0)


def test_choosing_an_event_shows_it_and_its_transcript(page: Page) -> None:
    choose(page, "另一场")
    expect(page.locator("#rt-head h1")).to_have_text("另一场")
    expect(page.locator("#rt-reader .rt-turn")).to_have_count(4)
    choose(page, PANEL)
    expect(page.locator("#rt-head h1")).to_have_text(PANEL)
    expect(page.locator("#rt-speaker")).to_be_visible()
    choose(page, "全部活动")
    expect(page.locator("#rt-reader .rt-turn")).to_have_count(0)


def test_an_address_names_the_event(page: Page, served: str) -> None:
    page.goto(f"{served}/?event=other")
    expect(page.locator("#rt-head h1")).to_have_text("另一场")


def test_a_title_leads_to_its_event_alone(page: Page) -> None:
    page.locator("#rt-head").get_by_role("link", name="另一场").click()
    expect(page.locator("#rt-head h1")).to_have_text("另一场", timeout=20000)
    expect(page.locator("#rt-side")).to_be_visible()
    assert len(page.context.pages) == 1
