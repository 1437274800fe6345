"""Stubs of a suite for somebody's own event: what was asked on stage, and something of every turn.

They are drafts. A draft has to be completed by a person, and no suite with one is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from bot.types import Lang, Outcome
from eval.case import TODO, CaseEntry, SpanEntry
from eval.rewrite import case_yaml
from index.lines import line_of
from index.sentence import sentences
from index.types import Transcript, Turn, TurnKind

STRETCH = 800  # characters of a turn for one stub; a person completes some twenty stubs in ten minutes
MOST = 4  # stubs from one turn
SHORTEST, LONGEST = 14, 80  # characters of a sentence worth asking about and of a quote that is evidence
_ENDS = ("?", "？")
HEAD = """\
# Known questions for {transcript}, proposed by: roundtable eval init {transcript}
# Complete each: write the question as a visitor would, check the evidence, list what the quotes must contain
# (nuggets), then remove its line "draft: true". Delete what is not worth asking, and add questions that the
# talk does NOT answer: a third of a good suite. docs/evaluating.md explains every key.
schema: 1
suite: {suite}
transcript: {transcript}
cases:
"""


def proposal(transcript: Transcript, lang: Lang) -> str:
    """The text of a suite of drafts."""
    stubs = [*_asked_on_stage(transcript, lang), *_from_turns(transcript, lang), _unanswerable(lang)]
    head = HEAD.format(transcript=transcript.id, suite=transcript.id.replace("/", "-"))
    return head + "".join(case_yaml(entry) for entry in stubs)


def _asked_on_stage(transcript: Transcript, lang: Lang) -> Iterator[CaseEntry]:
    """Each question asked on stage, with the beginning of the answer that followed as evidence to check."""
    number = 0
    for turn, following in pairwise(transcript.turns):
        if turn.kind is not TurnKind.QUESTION or following.kind is not TurnKind.ANSWER:
            continue
        question = next((s for s in reversed(_sentences(transcript, turn)) if s.endswith(_ENDS)), None)
        evidence = next(iter(_worth_asking(transcript, following)), None)
        if question and evidence:
            number += 1
            yield _stub(f"stage-{number:03}", question, evidence, transcript, following, lang)


def _from_turns(transcript: Transcript, lang: Lang) -> Iterator[CaseEntry]:
    """For every turn, its longest sentences: a person turns each into the question that it answers."""
    number = 0
    for turn in transcript.turns:
        if turn.kind in (TurnKind.TITLE, TurnKind.QUESTION):
            continue
        wanted = min(MOST, 1 + (turn.end - turn.body) // STRETCH)
        for evidence in islice(_worth_asking(transcript, turn), wanted):
            number += 1
            ask = f"{TODO} 这句话回答的是什么问题?" if lang == "zh" else f"{TODO} which question does this answer?"
            yield _stub(f"turn-{number:03}", ask, evidence, transcript, turn, lang)


def _worth_asking(transcript: Transcript, turn: Turn) -> Iterator[str]:
    """Sentences of a useful length that stand once in the text, longest first."""
    found = {words for words in _sentences(transcript, turn) if SHORTEST <= len(words) <= LONGEST}
    told = (words for words in found if not words.endswith(_ENDS) and transcript.text.count(words) == 1)
    yield from sorted(told, key=lambda words: (-len(words), words))


def _sentences(transcript: Transcript, turn: Turn) -> list[str]:
    return [transcript.text[s.start : s.end].strip() for s in sentences(transcript.text, turn.body, turn.end)]


def _stub(id: str, question: str, quote: str, transcript: Transcript, turn: Turn, lang: Lang) -> CaseEntry:
    line = line_of(transcript.text, transcript.text.index(quote))
    return CaseEntry(
        id=id,
        split="dev",
        lang=lang,
        type="bio" if turn.kind is TurnKind.BIO else "fact",
        question=question,
        answerable="yes",
        outcome=(Outcome.ANSWER,),
        speaker=tuple(name for name in (turn.speaker or turn.about,) if name),
        evidence=((SpanEntry(quote=quote, line=line, speaker=turn.speaker, about=turn.about),),),
        draft=True,
    )


def _unanswerable(lang: Lang) -> CaseEntry:
    ask = "一个切题、但这场没有讲到的问题" if lang == "zh" else "a question on the topic that the talk does not answer"
    return CaseEntry(
        id="absent-001",
        split="dev",
        lang=lang,
        type="absent",
        question=f"{TODO} {ask}",
        answerable="no",
        kind="near_miss",
        outcome=(Outcome.ABSTAIN, Outcome.RELATED),
        draft=True,
    )
