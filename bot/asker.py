"""Who asks on stage, and where: what is put to others is no answer, and lends its weight to the turns that answer it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.asked import asks
from index.event import EventCard
from index.sentence import sentences
from index.types import Floats, Transcript, Turn, TurnKind

from .reading import KEPT, read
from .stage import speakers

_LAST = 4  # sentences at the end of a turn among which it asks
_ALL = 8  # sentences, the most of a turn that only leads to its question; a chair's report may end in one as well
_FEWEST = 2  # questions put to others, from which somebody is told to be the one who asks
_INVITES = re.compile(
    r"请问|请教|想问|问一?下|想听|听听|怎么看|[您你](?:们|的|们的)?(?:观点|看法|想法)|聊聊|聊一聊|谈谈|谈一谈|分享一下|讲一?讲|说一?说|请[^,，。]{0,8}(?:位|您|你们?|老师|总|教授|主任|院长)"
)

# What the last words before another speaks may ask without a mark, as speech recognition writes them.
_WONDERS = re.compile(r"怎么|怎样|如何|什么样|为什么|哪[些个里]|有没有|会不会|能不能|是不是|是否")


def askers(transcript: Transcript, card: EventCard) -> frozenset[str]:
    """The hosts that the card names; where it names none, the one who puts most of the questions."""
    return card.hosts or _most_asking(transcript)


def guests(transcript: Transcript, card: EventCard) -> tuple[str, ...]:
    """Everybody who speaks but those who ask, in the order of their first words."""
    hosts = askers(transcript, card)
    return tuple(speaker for speaker in speakers(transcript) if speaker not in hosts)


@lru_cache(maxsize=KEPT)
def _most_asking(transcript: Transcript) -> frozenset[str]:
    """The one who puts most of the questions, where anybody does."""
    both = pairwise(transcript.turns)
    put = Counter(one.speaker for one, after in both if one.speaker and _hands_on(transcript, one, after))
    most = put.most_common(1)
    return frozenset({most[0][0]}) if most and max(_FEWEST, sum(put.values()) / 2) <= most[0][1] else frozenset()


def _hands_on(transcript: Transcript, turn: Turn, after: Turn) -> bool:
    """Whether a turn ends in asking somebody else."""
    if turn.kind is TurnKind.QUESTION:
        return True
    if after.speaker in (turn.speaker, None):
        return False
    last = tuple(sentences(transcript.text, turn.body, turn.end))[-1:]
    return any(_WONDERS.search(transcript.text[s.start : s.end]) for s in last)


@lru_cache(maxsize=KEPT)
def put_to_others(transcript: Transcript, who: frozenset[str]) -> NDArray[np.bool_]:
    """Which sentences [n] put a question to somebody else: those of turns that ask, and the end of what an asker says
    before another speaks, from where it asks.
    """
    reading = read(transcript)
    turns = reading.turns
    put = np.zeros(len(turns), bool)
    for t, (turn, after) in enumerate(zip(transcript.turns, (*transcript.turns[1:], None), strict=True)):
        own = np.arange(*np.searchsorted(turns, (t, t + 1)))
        asked = turn.kind is TurnKind.QUESTION
        handed = turn.speaker in who and after is not None and after.speaker not in (turn.speaker, None)
        if not len(own) or not (asked or handed):
            continue
        words = [transcript.text[s.start : s.end] for s in (reading.sentences[n] for n in own[-_LAST:])]
        asking = [k for k, said in enumerate(words) if asks(said) or _INVITES.search(said)]
        first = min((*asking, len(words) - 1 if _WONDERS.search(words[-1]) else len(words)))
        # Who is here and why is said in the opening alone; later, what leads to a question only echoes in the answer.
        opening = all(other.speaker in (turn.speaker, None) for other in transcript.turns[:t])
        whole = asked and len(own) <= _ALL and (not opening or first == len(words))
        put[own if whole else own[-_LAST:][first:]] = True
    return put


def lent_by_questions(dense: Floats, transcript: Transcript, who: frozenset[str]) -> Floats:
    """What a question asked on stage lends to the turns that answer it: its own best z-score, up to the next question."""
    reading, put = read(transcript), put_to_others(transcript, who)
    values = np.zeros(len(reading.kinds), np.float32)
    lent, asking, asker = 0.0, False, None
    for n, kind in enumerate(reading.kinds):
        speaker = transcript.turns[reading.turns[n]].speaker
        if put[n]:
            lent, asking, asker = (max(lent, float(dense[n])) if asking else float(dense[n])), True, speaker
        elif kind is TurnKind.ANSWER or (asker in who and speaker not in (asker, None)):
            values[n], asking = max(lent, 0.0) / 3, False
        else:
            lent, asking, asker = 0.0, False, None
    return values
