"""What a turn is on stage: a talk, a question, or the answer to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..sentence import sentences
from ..types import Turn, TurnKind

_ASKED = re.compile(
    r"[?？][”’」』\"']?\s*$|(?:吗|呢|么)[。.]?$"
    r"|(?:怎么|如何|什么|为何|哪[里个些位]|多少|是否|能否|有没有)[^。.]{0,25}[。.]?$"
)
_COURTESY = re.compile(r".{0,12}(?:谢|请|有请).{0,12}|(?:please|thanks?|thank you)\b.{0,20}", re.IGNORECASE)


def with_kinds(text: str, turns: Sequence[Turn]) -> Iterator[Turn]:
    """Tell questions asked on stage, and the turns that answer them, from talks."""
    spoken = [turn for turn in turns if turn.kind is TurnKind.TALK]
    following = dict(pairwise(spoken))
    asker: str | None = None
    for turn in turns:
        if turn.kind is not TurnKind.TALK or turn.speaker is None:
            yield turn
            continue
        after = following.get(turn)
        if after and after.speaker != turn.speaker and _asks(text, turn):
            asker = turn.speaker
            yield replace(turn, kind=TurnKind.QUESTION)
        elif asker is not None and turn.speaker != asker:
            yield replace(turn, kind=TurnKind.ANSWER)
        else:
            asker = None
            yield turn


def _asks(text: str, turn: Turn) -> bool:
    last = [text[s.start : s.end] for s in sentences(text, turn.body, turn.end)[-2:]]
    courteous = len(last) == 2 and _COURTESY.fullmatch(last[1])
    return any(map(_ASKED.search, last if courteous else last[-1:]))
