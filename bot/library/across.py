"""A question put to every talk of an index: each talk answers for itself, and what it says stands under its name."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.errors import NotIndexed
from index.event import EventCard
from index.retriever import Retriever, clean
from index.store import Index
from index.types import Scope

from ..question import Kind, language, understand
from ..types import Answer, Citation, Claim, ClaimMade, Event, Finished, Lang, Outcome, Question, Reason, SourcesFound
from ..wording import say
from . import mentions
from .roster import events_of

ASKED = 8  # talks asked for an answer: those of the best passages
PASSAGES = 60  # passages that decide which talks these are
SHOWN = 5  # talks quoted; further ones are named
NAMED = 10  # further talks that are named
EACH = 2  # quotes of a talk
HITS = 10  # passages an answer carries, as within one event
SURE = 0.15  # how far below the surest talk's confidence another may stay and still be heard
NOBODY = EventCard(title="-")  # a card that knows nobody
_GOOD = (Outcome.ANSWER, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Block:
    """What one talk says: ``answer`` cites that transcript only."""

    transcript: str
    answer: Answer


def across(retriever: Retriever, ask: Callable[[Question], Answer], question: Question) -> Iterator[Event]:
    """The answer of all talks; ``ask`` answers within one."""
    began = time.perf_counter()
    text = clean(question.text)
    question = replace(question, text=text, lang=question.lang or language(text))
    hits = retriever.search(text, k=HITS)
    found = time.perf_counter()
    yield SourcesFound(hits)
    answer = replace(_whole(retriever, ask, question), question=text, hits=tuple(hits))
    for claim in answer.claims:
        yield ClaimMade(claim, tuple(c for c in answer.citations if c.number in claim.citations))
    ended = time.perf_counter()
    yield Finished(replace(answer, seconds={"search": found - began, "answer": ended - found, "total": ended - began}))


def _whole(retriever: Retriever, ask: Callable[[Question], Answer], question: Question) -> Answer:
    wanted = mentions.wanted(question.text)
    if wanted and not question.scope.speaker and (said := mentions.talks(retriever, wanted)):
        return _mentioning(retriever, question, wanted, said)
    asked = understand(question.text, NOBODY)
    if asked.is_(Kind.OVERVIEW) and not asked.topic and not events_of(retriever.index, question.text):
        return _overview(retriever.index, ask, question)
    return _answered(retriever, ask, replace(question, text=wanted or question.text))


def talk_name(index: Index, transcript: str, lang: Lang) -> str:
    """What a talk is called: its event, and which of its transcripts where it has several."""
    event = index.event_of(transcript)
    title = (event.card.title_en if lang == "en" else "") or event.card.title
    return say(lang, "talk", title=title if len(event.transcripts) == 1 else f"{title} · {_stem(transcript)}")


def transcript_name(transcript: str, lang: Lang) -> str:
    """What a transcript is called among those of its event: its file's name without the ending."""
    return say(lang, "talk", title=_stem(transcript))


def _stem(transcript: str) -> str:
    return transcript.rsplit("/", 1)[-1]


def _mentioning(retriever: Retriever, question: Question, wanted: str, said: Sequence[str]) -> Answer:
    """One quote of each talk that has the very words."""
    lang = question.lang or "zh"
    blocks = [Block(id, mentions.quoted(retriever, question, wanted, id)) for id in said[:SHOWN]]
    lead = say(lang, "mention_one" if len(said) == 1 else "mention", n=len(said), topic=wanted)
    return _joined(retriever.index, question, blocks, lead, further=said[SHOWN:])


def _overview(index: Index, ask: Callable[[Question], Answer], question: Question) -> Answer:
    """What there is: a quote of each of the first talks, and the names of the others."""
    lang = question.lang or "zh"
    talks = [id for event in index.events for id in event.transcripts]
    blocks = [Block(id, ask(replace(question, scope=Scope(None, id)))) for id in talks[:SHOWN]]
    short = [Block(b.transcript, replace(b.answer, lead="", claims=b.answer.claims[:1])) for b in blocks]
    return _joined(index, question, short, say(lang, "across_overview", n=len(talks)), further=talks[SHOWN:])


def _answered(retriever: Retriever, ask: Callable[[Question], Answer], question: Question) -> Answer:
    lang, index = question.lang or "zh", retriever.index
    blocks = list(_asked(retriever, ask, question))
    good = [block for block in blocks if block.answer.outcome in _GOOD]
    if good:
        best = max(block.answer.confidence for block in good)
        heard = [block for block in good if block.answer.confidence >= best - SURE]
        theirs = events_of(index, _named(question))
        could = sum(len(event.transcripts) for event in index.events if not theirs or event.id in theirs)
        every = len(blocks) == could
        lead = say(lang, "across" if every else "across_of", n=len(heard), of=len(blocks))
        further = [block.transcript for block in heard[SHOWN:]]
        return _joined(index, question, heard[:SHOWN], lead, further=further)
    near = [block for block in blocks if block.answer.outcome is Outcome.RELATED]
    if near:
        surest = [_unled(block, lang) for block in sorted(near, key=lambda block: -block.answer.confidence)[:3]]
        return _joined(index, question, surest, say(lang, "across_related"), outcome=Outcome.RELATED)
    return _nothing(question, blocks)


def _unled(block: Block, lang: Lang) -> Block:
    """A talk's nearest remarks without the line that calls them so: the answer of all talks opens with it."""
    return replace(block, answer=replace(block.answer, lead="")) if block.answer.lead == say(lang, "related") else block


def _asked(retriever: Retriever, ask: Callable[[Question], Answer], question: Question) -> Iterator[Block]:
    """The talks with the best passages, each asked alone; those without a speaker that is asked for are passed over."""
    refused: NotIndexed | None = None
    heard = 0
    for transcript in _nearest(retriever, question):
        if heard == ASKED:
            break
        try:
            answer = ask(replace(question, scope=Scope(None, transcript, question.scope.speaker)))
        except NotIndexed as error:
            refused = error
            continue
        heard += 1
        yield Block(transcript, answer)
    if not heard and refused:
        raise refused


def _nearest(retriever: Retriever, question: Question) -> Iterator[str]:
    """The talks to ask, best passages first; where the question names speakers, theirs only."""
    index = retriever.index
    theirs = events_of(index, _named(question))
    ranked = dict.fromkeys(hit.passage.transcript for hit in retriever.passages(question.text, k=PASSAGES))
    if not theirs:
        yield from ranked
        return
    held = [id for event in index.events if event.id in theirs for id in event.transcripts]
    yield from sorted(held, key=lambda id: list(ranked).index(id) if id in ranked else len(ranked))


def _named(question: Question) -> str:
    """The words in which speakers may be named."""
    return f"{question.text} {question.scope.speaker or ''}"


def _nothing(question: Question, blocks: Sequence[Block]) -> Answer:
    """No talk has anything; chit-chat and the like read the same in every talk."""
    lang = question.lang or "zh"
    if blocks and blocks[0].answer.reason is Reason.CHITCHAT:
        return replace(blocks[0].answer, suggestions=(say(lang, "ask_overview_all"),))
    sure = min((block.answer.confidence for block in blocks), default=0.0)
    return Answer(
        question=question.text, asked=question.text, outcome=Outcome.ABSTAIN, reason=Reason.NOT_SAID, lang=lang,
        lead=say(lang, "across_none"), suggestions=(say(lang, "ask_overview_all"),), confidence=sure,
    )  # fmt: skip


def _joined(
    index: Index,
    question: Question,
    blocks: Sequence[Block],
    lead: str,
    *,
    further: Sequence[str] = (),
    outcome: Outcome | None = None,
) -> Answer:
    """One answer of the blocks of several talks, its citations numbered through."""
    lang, answers = question.lang or "zh", [block.answer for block in blocks]
    claims: list[Claim] = []
    citations: list[Citation] = []
    missing: list[str] = []
    for block in blocks:
        name = talk_name(index, block.transcript, lang)
        for claim, cited in _named_claims(block.answer, name, len(citations) + 1):
            claims.append(claim)
            citations += cited
        missing += [f"{name} · {line}" for line in block.answer.missing]
    notes = [note for answer in answers for note in answer.notes]
    if further:
        names = say(lang, "separator").join(talk_name(index, id, lang) for id in further[:NAMED])
        names += "…" if len(further) > NAMED else ""
        notes.append(say(lang, "across_more", n=len(further), names=names))
    partial = all(answer.outcome is Outcome.PARTIAL for answer in answers)
    return Answer(
        question=question.text, asked=answers[0].asked, lang=lang, lead=lead,
        outcome=outcome or (Outcome.PARTIAL if partial else Outcome.ANSWER),
        reason=answers[0].reason if partial or outcome else None,
        claims=tuple(claims), citations=tuple(citations), missing=tuple(missing),
        notes=tuple(dict.fromkeys(notes)), confidence=max(answer.confidence for answer in answers),
        mode=answers[0].mode, model=answers[0].model,
    )  # fmt: skip


def _named_claims(answer: Answer, name: str, number: int) -> Iterator[tuple[Claim, list[Citation]]]:
    """The first claims of a talk's answer under its name, with their citations numbered from ``number``."""
    for place, claim in enumerate(answer.claims[:EACH]):
        cited = [
            replace(citation, number=number + n, place=" · ".join(filter(None, (name, citation.place))))
            for n, citation in enumerate(c for c in answer.citations if c.number in claim.citations)
        ]
        lead = claim.lead if place else " · ".join(filter(None, (name, answer.lead, claim.lead)))
        yield replace(claim, lead=lead, citations=tuple(c.number for c in cited)), cited
        number += len(cited)
