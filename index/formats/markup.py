"""The markup inside a caption: tags and entities go, words stay."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .clock import seconds

# Only what is surely markup: a sentence may hold "a < b" or name a <tag>, and that is speech.
_CLASS = r"(?:\.[\w.-]*)?"
_TAG = re.compile(
    rf"</?(?:b|i|u|em|strong|ruby|rt|rp|small|big|s){_CLASS}\s?/?>"
    rf"|<(?:c|lang|v){_CLASS}(?:\s[^<>\n]{{0,120}})?>|</(?:c|lang|v|font|span|p|div)>"
    r"|<(?:font|span|p|div)(?:\s[\w:-]{1,30}=(?:\"[^\"<>]{0,120}\"|'[^'<>]{0,120}'|[^\s<>\"']{1,120})){0,8}\s?>"
    r"|<\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}>|\{\\[^{}\n]{1,80}\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s?/?>|\\N", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_VOICE = re.compile(rf"<v{_CLASS}\s([^<>\n]{{1,120}})>|</v>", re.IGNORECASE)
_INNER = re.compile(r"<(\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3})>")
_MARK = re.compile(r"<[A-Za-z/\d]|&[#A-Za-z]|\\N|\{\\")
_SPACES = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"[^\S ]|  ")


def plain(text: str) -> str:
    """The words of a piece of caption; white space is one space, none is lost at either end."""
    if _MARK.search(text):
        text = _ENTITY.sub(_character, _TAG.sub("", _BREAK.sub(" ", text)))
    return _SPACES.sub(" ", text) if _ODD_SPACE.search(text) else text


def voices(text: str, who: str | None) -> Iterator[tuple[str | None, str]]:
    """The runs of a line by WebVTT voice (``<v Ann>``); ``who`` speaks as it begins, None is nobody named."""
    if "<" not in text:
        yield who, text
        return
    at = 0
    for match in _VOICE.finditer(text):
        yield who, text[at : match.start()]
        at, who = match.end(), plain(match[1]).strip() or None if match[1] else None
    yield who, text[at:]


def timed(text: str) -> Iterator[tuple[float | None, str]]:
    """The runs of a caption by inner time (``<00:01.000>``); None where the cue's own time still holds."""
    if "<" not in text:
        yield None, text
        return
    at, when = 0, None
    for match in _INNER.finditer(text):
        yield when, text[at : match.start()]
        at, when = match.end(), seconds(match[1])
    yield when, text[at:]


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0])
