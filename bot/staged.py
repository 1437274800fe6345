"""What was asked on stage: who answered a question put to the guests, whatever words they used."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.types import TurnKind

from .evidence import NEVER, Evidence
from .stage import Stage

_HANDS_OVER = 45  # characters; a host's shorter turn passes the question on and asks nothing new
_NEAR = 2.0  # z-score of the visitor's question to the one on stage from which it may be the same
_ON_TOPIC = 0.5  # share of the topic's terms that it must hold
_ASKS = re.compile(
    r"[?？]|请问|想问|怎么|如何|什么|哪|是否|谈谈|说一?说|聊聊|(?:您|你|大家)的?(?:想法|看法|观点)|\b(?:what|how|why|do you|would you)\b",
    re.IGNORECASE,
)
_LENT = 2.0  # score lent to the turns that answer it


def answering(stage: Stage, evidence: Evidence) -> NDArray[np.bool_]:
    """Sentences of the turns that answer the question on stage that is the visitor's; none where there is no such one."""
    none = np.zeros(len(evidence.sentences), bool)
    hosts = {s.name for s in stage.card.speakers if s.host}
    turns = stage.transcript.turns
    asking = [
        t
        for t, turn in enumerate(turns)
        if (turn.speaker in hosts or turn.kind is TurnKind.QUESTION) and turn.end - turn.body > _HANDS_OVER
    ]
    best: tuple[float, int] | None = None
    for t in asking:
        put = [n for n in np.flatnonzero(evidence.turns == t) if _ASKS.search(evidence.text(int(n)))]
        if not put or evidence.features["coverage"][put].max() < _ON_TOPIC:
            continue
        near = float(evidence.features["dense"][put].max())
        if near >= _NEAR and (best is None or near > best[0]):
            best = (near, t)
    if best is None:
        return none
    stop = next((t for t in asking if t > best[1]), len(turns))
    guests = np.array([evidence.speaker(n) not in hosts for n in range(len(evidence.sentences))])
    return np.asarray((evidence.turns > best[1]) & (evidence.turns < stop) & guests)


def lent(evidence: Evidence, where: NDArray[np.bool_]) -> Evidence:
    """The evidence with the weight of the question on stage lent to the sentences that answer it."""
    scores = np.where(where & (evidence.scores > NEVER / 2), evidence.scores + _LENT, evidence.scores)
    return replace(evidence, scores=scores.astype(np.float32))
