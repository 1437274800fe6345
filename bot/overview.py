"""The overview of a talk: one own quote of each speaker, the one nearest to the middle of what they came to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.segment import Segment
from index.types import HoleKind, TurnKind

from .draft import Draft, Quote, Span
from .quote import opens_open
from .stage import Stage, speakers
from .types import Outcome
from .wording import attribution, name, say

OVERVIEW_LIMIT = 60  # characters of the one quote a speaker gets in an overview
_THESIS = re.compile(
    r"我们(?:认为|做的|的愿景|是|要|公司|发现|采用)|我(?:觉得|认为|希望|想|最)|核心|愿景|总结|关键|最重要|主要|目标|所以|想给大家|其实|希望|致力"
    r"|we (?:believe|think|want|are)|I (?:think|believe)|the (?:point|key|goal|idea)|most important",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"(?:主要|想|今天).{0,8}(?:讲|分享|聊|谈)(?!一下)|愿景|要做(?:世界|一|最|的)|致力于|是一家|一直觉得|(?:我|我们)(?:认为|觉得)"
    r"|(?:talk|tell you) about|our (?:vision|mission)|we are a|I (?:think|believe)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"谢谢|感谢|大家好|很高兴|非常开心|接下来|时间交给|举个|打个比方|比如|例如|thank|hello|welcome|for example",
    re.IGNORECASE,
)


def overview(stage: Stage, people: Sequence[str] = ()) -> Draft:
    """One own quote of every speaker in stage order, or several of one; never abstains."""
    spoken = [s for s in speakers(stage.transcript) if not people or s in people]
    if not spoken:
        quotes = tuple(Quote(span) for span in _central(stage, None, 4))
        return Draft(Outcome.ANSWER, say(stage.lang, "overview_text"), quotes)
    if len(spoken) == 1:
        quotes = tuple(Quote(span) for span in _central(stage, spoken[0], 4))
        lead = say(stage.lang, "overview_one", name=name(stage.lang, stage.card, spoken[0]))
        return Draft(Outcome.ANSWER, lead, quotes)
    best = [(s, span) for s in spoken for span in _central(stage, s, 1)]
    quotes = tuple(Quote(span, lead=attribution(stage.lang, stage.card, s)) for s, span in best)
    return Draft(Outcome.ANSWER, say(stage.lang, "overview"), quotes)


def _central(stage: Stage, speaker: str | None, n: int) -> list[Span]:
    """The sentences nearest to the middle of all a speaker says, that say something and fit; in spoken order."""
    segment, text = stage.segment, stage.transcript.text
    turns = stage.transcript.turns
    own = [
        i for i, t in enumerate(segment.turns) if turns[t].speaker == speaker and turns[t].kind is not TurnKind.TITLE
    ]
    # What somebody came to say is in their talk; what they asked or answered later only counts where they gave none.
    mine = _main_turn(segment, [i for i in own if turns[segment.turns[i]].kind is TurnKind.TALK] or own)
    vectors = segment.sentence_vectors[mine].astype(np.float32)
    centre = vectors.mean(axis=0) if len(mine) else vectors
    lost = [h.offset for h in stage.transcript.holes if h.kind is not HoleKind.MASK]
    ranked: list[tuple[float, int]] = []
    for i, closeness in zip(mine, vectors @ centre, strict=True):
        start, end = segment.sentences[i].start, segment.sentences[i].end
        words = text[start:end]
        if (
            12 <= end - start <= OVERVIEW_LIMIT
            and not any(a < end and start < b for a, b in stage.seen)
            and not any(start <= at <= end for at in lost)
            and words[-1] not in "?？"
        ):
            bonus = (
                0.06 * bool(_MAIN.search(words))
                + 0.02 * bool(_THESIS.search(words))
                - 0.04 * bool(_EMPTY.search(words) or opens_open(words))
            )
            ranked.append((float(closeness) + bonus, i))
    chosen = sorted(i for _, i in sorted(ranked, key=lambda r: (-r[0], r[1]))[:n])
    return [(segment.sentences[i].start, segment.sentences[i].end) for i in chosen]


def _main_turn(segment: Segment, mine: list[int]) -> list[int]:
    """The sentences of the longest turn, where it holds most of them; else all."""
    if not mine:
        return mine
    longest, n = Counter(int(segment.turns[i]) for i in mine).most_common(1)[0]
    return [i for i in mine if segment.turns[i] == longest] if 2 * n > len(mine) else mine
