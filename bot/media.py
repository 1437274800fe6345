"""Links that start a recording at a moment; where no link can be trusted to start there, there is none."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from index.event import EventCard

_YOUTUBE = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com"})
_BILIBILI = frozenset({"bilibili.com"})  # not b23.tv: its redirect drops the time
_FILE = re.compile(r"\.(?:mp4|m4v|webm|ogv|ogg|oga|opus|mov|mp3|m4a|aac|wav|flac)$", re.IGNORECASE)


def clock(seconds: float) -> str:
    """A time as players show it: ``3:12``, ``1:02:03``."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def recording(card: EventCard, transcript: str) -> str:
    """Where the recording of a transcript is, or the empty string."""
    if isinstance(card.media, str):
        return card.media
    return card.media.get(transcript.rsplit("/", 1)[-1], "")


def link_at(address: str, seconds: float | None) -> str | None:
    """The address so that it starts there: a media file's ``#t=`` (W3C media fragments), YouTube's and Bilibili's ``t=``."""
    if not address or seconds is None:
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    site = ".".join(parts.hostname.lower().split(".")[-2:])
    if site in _YOUTUBE or site in _BILIBILI:
        kept = [(key, value) for key, value in parse_qsl(parts.query) if key not in ("t", "start", "time_continue")]
        return urlunsplit(parts._replace(query=urlencode([*kept, ("t", str(int(seconds)))]), fragment=""))
    if _FILE.search(parts.path):
        return urlunsplit(parts._replace(fragment=f"t={seconds:g}"))
    return None
