"""Which talks have some words: found in the sentences themselves, not by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.retriever import Retriever
from index.segment import Segment
from index.sparse import holding, normal, terms
from index.types import TurnKind

from ..cite import cite
from ..types import Answer, Claim, Outcome, Question
from ..wording import as_spoken

# "哪几场提到了向量检索", "有没有哪场讲过融资", "which talks mention vector search"
_TALK = r"(?:活动|演讲|分享|讲座|会议|对谈|访谈|圆桌|文字稿)"
_ZH = re.compile(
    rf"^(?:请问|那么?)?\s*(?:一共|总共)?(?:有没有|都有|有)?(?:(?:哪(?:一|几|些)?|几)(?:场|次|个)?{_TALK}|(?:哪(?:一|几|些)?|几)场)(?:里|中|上)?"
    r"(?:都|有|曾经?)*(?:提到|谈到|讲到|说到|聊到|提及|涉及|讨论|提|谈|讲|说|聊)(?:过|了|到)*\s*(?P<topic>.+?)(?:的(?:内容|话题|事情?))?\s*[?？。]*$"
)
_EN = re.compile(
    r"^(?:in )?(?:which|what)(?: of the| of these)?\s+(?:talks?|events?|sessions?|panels?|transcripts?|speeches|meetings?|ones?)\s+"
    r"(?:do(?:es)?\s+(?:they|anyone|someone|people)\s+)?(?:mention(?:s|ed)?|talk(?:s|ed)? (?:about|of)|discuss(?:es|ed)?|cover(?:s|ed)?|speak(?:s)? (?:of|about)|bring(?:s)? up|refer(?:s|red)? to)\s+(?P<topic>.+?)\s*[?？.]*$",
    re.IGNORECASE,
)
_QUOTES = "“”\"'「」《》『』‘’ "


def wanted(text: str) -> str:
    """The words whose talks are asked for, or the empty string where a question asks something else."""
    match = _ZH.match(text.strip()) or _EN.match(text.strip())
    return match["topic"].strip(_QUOTES) if match else ""


def talks(retriever: Retriever, words: str) -> tuple[str, ...]:
    """The transcripts in which somebody says these words, those with the best passages on them first."""
    index = retriever.index
    said = {id for event in index.events for id in event.transcripts if len(_sentences(index.segment(id), words))}
    ranked = (hit.passage.transcript for hit in retriever.passages(words, k=200))
    return tuple(id for id in dict.fromkeys((*ranked, *sorted(said))) if id in said)


def quoted(retriever: Retriever, question: Question, words: str, transcript_id: str) -> Answer:
    """The sentence of a transcript with these words that is nearest to the question."""
    segment = retriever.index.segment(transcript_id)
    card, lang = retriever.index.event_of(transcript_id).card, question.lang or "zh"
    rows = _sentences(segment, words)
    scores = retriever.sentence_scores(question.text, transcript_id)
    best = int(rows[np.argmax((scores.dense_z + scores.late.standing)[rows])])
    span = (segment.sentences[best].start, segment.sentences[best].end)
    citation = cite(segment.transcript, card, span, lang=lang, number=1, emphasis=tuple(_where(segment, span, words)))
    return Answer(
        question=question.text, asked=question.text, outcome=Outcome.ANSWER, reason=None, lang=lang, lead="",
        claims=(Claim(citation.quote, (1,)),), citations=(citation,), confidence=1.0, notes=as_spoken(card, lang),
    )  # fmt: skip


def _sentences(segment: Segment, words: str) -> NDArray[np.int64]:
    """Spoken sentences that have the words, however they are written: width, case, Traditional or Simplified."""
    text, turns, sought = segment.transcript.text, segment.transcript.turns, normal(words)
    spoken = (
        n
        for n in map(int, holding(segment.sentence_postings, terms(words)))
        if turns[segment.turns[n]].kind is not TurnKind.TITLE
        and sought in normal(text[segment.sentences[n].start : segment.sentences[n].end])
    )
    return np.fromiter(spoken, np.int64)


def _where(segment: Segment, span: tuple[int, int], words: str) -> Iterator[tuple[int, int]]:
    """The words themselves, where they are written as they were asked for."""
    text = segment.transcript.text[slice(*span)]
    yield from ((span[0] + m.start(), span[0] + m.end()) for m in re.finditer(re.escape(words), text, re.IGNORECASE))
