"""A first event card, filled from what a transcript shows; what is guessed says so."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

from .event import Event
from .formats.called import is_role
from .names import is_numbered
from .sparse import CJK_CHARACTER
from .types import Transcript, TurnKind

_FIRST_WORDS = 30  # characters of somebody's first words, to know them by
_CHINESE = 0.2  # share of Chinese characters from which a talk is a Chinese one
_ROLE = re.compile(
    r"(?P<org>[A-Za-z][\w&.-]{1,30}|[\u4e00-\u9fff]{2,8}?)\s?(?:的|公司)?(?P<role>(?:联合|共同)?创始人(?:兼\s?CEO)?|CEO|CTO|首席\w{2,4}官|总裁|总经理|合伙人|教授|工程师)"
    r"|(?P<role_en>co-founder|founder|CEO|CTO|professor|director|head|engineer)[\w ]{0,20} (?:of|at) (?P<org_en>[A-Z][\w&.-]{1,30})"
)


def language(event: Event) -> str:
    """``zh`` or ``en``, as the transcripts are."""
    text = "".join(transcript.text for transcript in event.transcripts)
    return "zh" if len(CJK_CHARACTER.findall(text)) >= _CHINESE * max(len(text), 1) else "en"


def draft_card(event: Event, folder: str, lang: str) -> str:
    """The card as TOML with comments; it can be read as it is."""
    templates = resources.files("index") / "templates"
    words: Mapping[str, str] = tomllib.loads((templates / "words.toml").read_text("utf-8"))[lang]
    head = (templates / f"event.{lang}.toml").read_text("utf-8").format(folder=folder, title=_quoted(_title(event)))
    people = dict.fromkeys(t.speaker for tr in event.transcripts for t in tr.turns if t.speaker)
    unnamed = [name for name in people if is_unnamed(name)]
    named = [name for name in people if not is_unnamed(name)]
    return "\n".join([head.rstrip(), *_voices(event, unnamed, words), *_speakers(event, named, words), ""])


def is_unnamed(name: str) -> bool:
    """Whether a label only counts people (说话人 1, SPEAKER_00), so that the card should name them."""
    return is_numbered(name) or is_role(name)


def first_words(event: Event, name: str) -> str:
    """What somebody says first, on one line."""
    for transcript in event.transcripts:
        for turn in transcript.turns:
            if turn.speaker == name and (said := transcript.text[turn.body : turn.end].split()):
                return " ".join(said)[:_FIRST_WORDS]
    return ""


def _voices(event: Event, unnamed: list[str], words: Mapping[str, str]) -> Iterator[str]:
    if unnamed:
        yield f"\n{words['voices']}\n[voices]"
        yield from (f'{_quoted(name)} = ""  # {_comment(first_words(event, name))}' for name in unnamed)


def _speakers(event: Event, named: list[str], words: Mapping[str, str]) -> Iterator[str]:
    if named:
        yield f"\n{words['speakers']}"
    for name in named:
        yield f"[[speakers]]\nname = {_quoted(name)}"
        organisation, role = _guess(event, name)
        yield from (
            f"{key} = {_quoted(value)}  # {words['guessed']}" if value else f'# {key} = ""'
            for key, value in (("organisation", organisation), ("role", role))
        )
        yield ""


def _guess(event: Event, name: str) -> tuple[str, str]:
    """Organisation and role out of the lines that introduce somebody, or nothing."""
    for transcript in event.transcripts:
        for line in _introductions(transcript, name):
            if match := _ROLE.search(line):
                return match["org"] or match["org_en"] or "", match["role"] or match["role_en"] or ""
    return "", ""


def _introductions(transcript: Transcript, name: str) -> Iterator[str]:
    for turn in transcript.turns:
        if turn.kind in (TurnKind.BIO, TurnKind.TITLE):
            for line in transcript.text[turn.start : turn.end].split("\n"):
                if name in line:
                    yield line[line.index(name) + len(name) :]


def _title(event: Event) -> str:
    """The first line of the page, where it is short enough for a title, else the event's id."""
    transcript = event.transcripts[0]
    first = transcript.turns[0]
    lines = transcript.text[first.start : first.end].split("\n") if first.kind is TurnKind.TITLE else []
    return next((line.strip() for line in lines if 0 < len(line.strip()) <= 80), event.id)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(char for char in text if char.isprintable())
