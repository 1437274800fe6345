"""Timed citations: links that start where the words are, and never elsewhere."""

from __future__ import annotations

import pytest

from bot.cite import cite, time_at
from bot.media import clock, link_at, recording
from index.event import EventCard
from index.source import read_transcript


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/talk.mp4", "https://a.example/talk.mp4#t=192.5"),
        ("https://a.example/talk.mp3?key=1#x", "https://a.example/talk.mp3?key=1#t=192.5"),
        ("https://www.youtube.com/watch?v=abc&t=9", "https://www.youtube.com/watch?v=abc&t=192"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=192"),
        ("https://www.bilibili.com/video/BV1xx?p=2", "https://www.bilibili.com/video/BV1xx?p=2&t=192"),
        ("https://b23.tv/abc", None),
        ("https://a.example/watch", None),
        ("https://notyoutube.com/watch?v=abc", None),
        ("javascript:alert(1)//.mp4", None),
        ("", None),
    ],
)
def test_a_link_starts_at_the_time_or_there_is_none(address: str, link: str | None) -> None:
    assert link_at(address, 192.5) == link
    assert link_at(address, None) is None


def test_a_card_refuses_what_is_no_web_address() -> None:
    for bad in ("javascript:alert(1)", "/talk.mp4", "https://a b", {"talk": "ftp://a"}):
        with pytest.raises(ValueError, match="http"):
            EventCard.model_validate({"title": "t", "media": bad})


def test_each_transcript_has_its_own_recording() -> None:
    card = EventCard.model_validate({"title": "t", "media": {"one": "https://a.example/1.mp4"}})
    assert recording(card, "event/one") == "https://a.example/1.mp4"
    assert recording(card, "event/two") == ""


def test_no_time_no_link_and_a_far_time_is_none() -> None:
    card = EventCard.model_validate({"title": "t", "media": "https://a.example/1.mp4"})
    text = "Ann Lee  0:03\nHi there. " + "We talk on and on about it. " * 40 + "\nBob Ray  5:41\nHello.\n"
    transcript = read_transcript(text, id="t", event="t", card=None)
    near, far = text.index("Hi there"), text.rindex("We talk")
    assert (time_at(transcript, near), time_at(transcript, far)) == (3.0, None)
    cited = [cite(transcript, card, (at, at + 8), lang="en", number=1) for at in (near, far)]
    assert [c.link for c in cited] == ["https://a.example/1.mp4#t=3", None]


def test_times_read_as_on_a_player() -> None:
    assert [clock(t) for t in (3.9, 192.5, 3723)] == ["0:03", "3:12", "1:02:03"]
