"""What a visitor of the widget or the light page does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FrameLocator, Page, expect
from scripted import NEUTRAL

EMBED = Path(__file__).parent.parent.parent / "bot" / "embed"


class Place:
    """Where things are: the bot, and the same host pages under an allowed and a refused name."""

    def __init__(self, bot: str, port: int) -> None:
        self.bot, self.allowed, self.refused = bot, f"http://host.test:{port}", f"http://evil.host:{port}"


def opened(page: Page, index: int = 0) -> FrameLocator:
    page.locator("button.open").nth(index).click()
    return page.frame_locator("iframe").last


def ask(frame: FrameLocator | Page, question: str = NEUTRAL) -> None:
    before = frame.locator(".rt-foot").count()
    frame.locator("#box").fill(question)
    frame.locator("#send").click()
    expect(frame.locator(".rt-foot")).to_have_count(before + 1, timeout=10000)


def highlighted(frame: FrameLocator) -> str:
    return "".join(frame.locator("#reader mark.rt-cited").all_text_contents())
