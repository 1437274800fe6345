"""How far a hit may grow: far in a conversation, where turns are short, less far in a talk."""

from __future__ import annotations

from .passage import weigh
from .types import Transcript, TurnKind

LONG_TURN = 600  # weight; a talk, rather than a turn of a conversation
TALK = 300  # weight of a hit where all turns are long; 456 on the panel, where 628 shows 4 points less gold in the first 600
CONVERSATION = 1500  # where they are short: recall@3000 on vcsum 70 here, 57 at 800, 63 at 3000
APART = (TurnKind.TITLE, TurnKind.BIO)  # words of the page


def reach(transcript: Transcript) -> float:
    """The weight up to which a hit grows, between ``CONVERSATION`` and ``TALK`` by the share of text in long turns."""
    weights = [weigh(transcript.text[t.body : t.end]) for t in transcript.turns if t.kind not in APART]
    share = sum(w for w in weights if w > LONG_TURN) / max(sum(weights), 1.0)
    return CONVERSATION + share * (TALK - CONVERSATION)
