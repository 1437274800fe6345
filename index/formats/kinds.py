"""What a turn is on stage: a talk, a question, or the answer to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..sentence import sentences
from ..types import Turn, TurnKind

_MARKED = re.compile(r"[?？][”’」』\"']?\s*$")
_WORDED = re.compile(
    r"(?:吗|呢|么)[。.]?$|(?:怎么|如何|什么|为何|哪[里个些位]|多少|是否|能否|有没有)[^。.]{0,25}[。.]?$"
)
_ADDRESSED = re.compile(r"[您你请]")
_WRITES = 2  # times as many turns end in a mark as in mere words that ask: the text writes its marks
_COURTESY = re.compile(r".{0,12}(?:谢|请|有请).{0,12}|(?:please|thanks?|thank you)\b.{0,20}", re.IGNORECASE)


def with_kinds(text: str, turns: Sequence[Turn]) -> Iterator[Turn]:
    """Tell questions asked on stage, and the turns that answer them, from talks."""
    asking = _asking(text, [turn for turn in turns if turn.kind is TurnKind.TALK])
    asker: str | None = None
    for turn in turns:
        if turn.kind is not TurnKind.TALK or turn.speaker is None:
            yield turn
            continue
        if turn in asking:
            asker = turn.speaker
            yield replace(turn, kind=TurnKind.QUESTION)
        elif asker is not None and turn.speaker != asker:
            yield replace(turn, kind=TurnKind.ANSWER)
        else:
            asker = None
            yield turn


def _asking(text: str, spoken: Sequence[Turn]) -> frozenset[Turn]:
    """The turns that end in a question to the next speaker: by its mark, or by words alone as speech recognition writes
    it. Where marks are written, words ask only whom they address: "I know what I want." is none.
    """
    ends = {one: _end(text, one) for one, after in pairwise(spoken) if one.speaker and after.speaker != one.speaker}
    marked = {turn for turn, words in ends.items() if any(map(_MARKED.search, words))}
    worded = {turn for turn, words in ends.items() if turn not in marked and any(map(_WORDED.search, words))}
    if len(marked) >= _WRITES * len(worded):
        worded = {turn for turn in worded if any(map(_ADDRESSED.search, ends[turn]))}
    return frozenset(marked | worded)


def _end(text: str, turn: Turn) -> Sequence[str]:
    """The last sentence of a turn, and the one before it where the last is a courtesy."""
    last = [text[s.start : s.end] for s in sentences(text, turn.body, turn.end)[-2:]]
    return last if len(last) == 2 and _COURTESY.fullmatch(last[1]) else last[-1:]
