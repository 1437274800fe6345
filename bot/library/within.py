"""A question within an event of several transcripts: each that may know is heard, and the best of them answer."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from index.retriever import Retriever
from index.types import Scope

from ..halves import halves
from ..question import Asked, Kind
from ..shapes.programme import of_event
from ..stage import speakers
from ..types import Answer, Citation, Claim, ClaimMade, Outcome, Reason
from ..wording import say
from ..written.author import Author, worded
from ..written.manuscript import Commission
from .across import SHOWN, SURE, transcript_name

# Transcripts of an event heard for one question, each at the cost of one answer: those of the best passages.
EXAMINED = 8
PASSAGES = 60  # passages that decide which transcripts these are
# How far below the best passage's score that of a transcript may stay and still be heard. On 16 events of three of the
# dev sets' transcripts the right one's best passage is within 1.3 for 90 % of the questions; hearing all took facts
# from a wrong one 5 times of 52 instead of 4 of 51, and put a block of another beside the right one 18 times, not 6.
NEAR = 2.0
WIDE = 4.0  # where the question is put to all
# Of MaxSim below the best, then heard too: scores are relative, and talks on one thing differ by any of them.
LEVEL = 0.01
_ORDER = (Outcome.ANSWER, Outcome.PARTIAL, Outcome.RELATED, Outcome.ABSTAIN)
_GOOD = (Outcome.ANSWER, Outcome.PARTIAL)
_OF_ALL = (Kind.OVERVIEW, Kind.WHO_SAID, Kind.COMPARE, Kind.LIST, Kind.OPINION)
_OF_ONE = (Kind.IDENTITY, Kind.ORDINAL, Kind.DEFINITION, Kind.WHEN, Kind.HOW_MANY, Kind.WHY, Kind.WHO, Kind.WHERE, Kind.YES_NO)  # fmt: skip


def examined(retriever: Retriever, asked: Asked, scope: Scope) -> tuple[str, ...]:
    """The transcripts of an event to be heard, those with the best passages first, at most ``EXAMINED``; for an overview
    the first that are shown.

    Where words of somebody are asked for, those in which they speak; a question without a topic is put to the first ones.
    """
    event = retriever.index.event(scope.event or "")
    held, pieces = event.transcripts, halves(asked.text, event.card) if asked.topic else ()
    wide = len(pieces) > 1 or asked.is_(*_OF_ALL) or of_event(asked.text, event.card)
    ranked = tuple(dict.fromkeys(id for text in pieces for id in _near(retriever, text, scope, wide=wide))) or held
    people = {scope.speaker} if scope.speaker else {*asked.people.by}
    named = people or {*asked.people.about}
    theirs = [id for id in (*ranked, *held) if named & {*speakers(retriever.index.transcript(id))}]
    others = () if theirs and (people or not asked.topic) else ranked
    most = SHOWN if _is_overview(asked) and not theirs else EXAMINED
    return tuple(dict.fromkeys((*theirs, *others)))[:most]


def _near(retriever: Retriever, text: str, scope: Scope, *, wide: bool) -> Iterator[str]:
    """The transcripts with passages about as good as the best."""
    found = retriever.passages(text, scope=replace(scope, speaker=None), k=PASSAGES)
    far = max((hit.score for hit in found), default=0.0) - (WIDE if wide else NEAR)
    level = max((hit.legs.maxsim or 0.0 for hit in found), default=0.0) - LEVEL
    yield from (
        hit.passage.transcript for hit in found if hit.score >= far or (wide and (hit.legs.maxsim or 0.0) >= level)
    )


def _is_overview(asked: Asked) -> bool:
    return asked.is_(Kind.OVERVIEW) and not asked.topic


def asked_of_all(asked: Asked, text: str) -> str:
    """The question as each transcript hears it: what somebody said, and no more, asks for all of their talk."""
    by = asked.people.by
    plain = len(by) == 1 and not asked.topic and not asked.kinds
    return say(asked.lang, "ask_speaker", name=by[0]) if plain else text


def told(author: Author | None, heard: Sequence[Commission], of: int) -> Generator[ClaimMade, None, Answer]:
    """The answer of the transcripts that were heard, ``of`` so many: one block for each that has something, where the
    question is put to all of them; else the best one's, in the author's words where there is one.
    """
    ranked = sorted(heard, key=_standing)
    asked = ranked[0].asked
    blocks = _halves(ranked) or (_blocks(ranked, asked) if _is_for_all(heard) else [])
    if len(blocks) < 2:
        return (yield from _named_as_told(author, ranked[0]))
    answer = _joined(blocks, heard, of)
    for claim in answer.claims:
        yield ClaimMade(claim, tuple(c for c in answer.citations if c.number in claim.citations))
    return answer


def _standing(given: Commission) -> tuple[int, bool, bool, float]:
    """The best verdict first; of two that have nothing, the one that has words to show, or that knows the topic."""
    answer = given.verbatim
    off = answer.reason is Reason.OFF_TOPIC
    nobody = answer.outcome is Outcome.ABSTAIN and not answer.claims
    return _ORDER.index(answer.outcome), nobody, off, -answer.confidence


def _is_for_all(heard: Sequence[Commission]) -> bool:
    """Whether a question wants to know of every transcript what it has, and not one fact."""
    asked = heard[0].asked
    if asked.is_(*_OF_ALL) or of_event(asked.text, heard[0].stage.card):
        return True
    return bool(heard[0].people) and not asked.is_(*_OF_ONE)


def _blocks(ranked: Sequence[Commission], asked: Asked) -> list[Commission]:
    """Those with an answer about as sure as the best one's, and the surest one of every person who is asked for."""
    good = [given for given in ranked if given.verbatim.outcome in _GOOD and given.verbatim.claims]
    best = max((given.verbatim.confidence for given in good), default=0.0)
    named = {mention.name for mention in asked.people.spans}
    blocks, known = list[Commission](), set[str]()
    for given in good:
        theirs = {c.speaker for c in given.verbatim.citations if c.speaker in named} - known
        if theirs or given.verbatim.confidence >= best - SURE:
            blocks.append(given)
            known |= {speaker for speaker in theirs if speaker}
    return blocks


def _halves(ranked: Sequence[Commission]) -> list[Commission]:
    """Those that each answer a part of several questions in one, where none answers all."""
    if ranked[0].verbatim.outcome is not Outcome.PARTIAL or ranked[0].verbatim.reason is not Reason.NOT_SAID:
        return []
    blocks, open_ = ranked[:1], {*ranked[0].verbatim.missing}
    for given in ranked[1:]:
        half = given.verbatim
        if half.outcome is Outcome.PARTIAL and half.reason is Reason.NOT_SAID and open_ - {*half.missing}:
            blocks = [*blocks, given]
            open_ &= {*half.missing}
    return list(blocks)


def _joined(blocks: Sequence[Commission], heard: Sequence[Commission], of: int) -> Answer:
    """One answer of several transcripts, its citations numbered through."""
    first, lang = blocks[0].verbatim, blocks[0].asked.lang
    shown, further = blocks[:SHOWN], blocks[SHOWN:]
    claims, citations = list[Claim](), list[Citation]()
    for given in shown:
        for claim, cited in _block(given, len(citations) + 1):
            claims.append(claim)
            citations += cited
    missing, outcome = _missing(blocks)
    notes = [note for given in shown for note in given.verbatim.notes]
    if further:
        names = say(lang, "separator").join(_name(given) for given in further)
        notes.append(say(lang, "across_more", n=len(further), names=names))
    return replace(
        first, outcome=outcome, reason=None if outcome is Outcome.ANSWER else first.reason,
        lead=_lead(blocks, heard, of), claims=tuple(claims), citations=tuple(citations), missing=missing,
        silent=_silent(heard, citations), notes=tuple(dict.fromkeys(notes)),
        confidence=max(given.verbatim.confidence for given in blocks),
    )  # fmt: skip


def _lead(blocks: Sequence[Commission], heard: Sequence[Commission], of: int) -> str:
    asked = blocks[0].asked
    if _is_overview(asked) and not asked.people.spans:
        return say(asked.lang, "within" if len(blocks) == of else "within_of", n=len(blocks), of=of)
    return say(asked.lang, "across" if len(heard) < EXAMINED else "across_of", n=len(blocks), of=len(heard))


def _missing(blocks: Sequence[Commission]) -> tuple[tuple[str, ...], Outcome]:
    """What is lost, by transcript; of several questions in one, only what no transcript answers."""
    answers = [given.verbatim for given in blocks]
    partial = all(answer.outcome is Outcome.PARTIAL for answer in answers)
    if partial and all(answer.reason is Reason.NOT_SAID for answer in answers):
        everywhere = [line for line in answers[0].missing if all(line in other.missing for other in answers)]
        return tuple(everywhere), Outcome.PARTIAL if everywhere else Outcome.ANSWER
    lines = (f"{_name(given)} · {line}" for given in blocks[:SHOWN] for line in given.verbatim.missing)
    return tuple(lines), Outcome.PARTIAL if partial else Outcome.ANSWER


def _silent(heard: Sequence[Commission], citations: Sequence[Citation]) -> tuple[str, ...]:
    """Who is said to be silent by a transcript and is quoted from none."""
    quoted = {citation.speaker for citation in citations}
    names = dict.fromkeys(name for given in heard for name in given.verbatim.silent)
    return tuple(name for name in names if name not in quoted)


def _block(given: Commission, number: int) -> Iterator[tuple[Claim, list[Citation]]]:
    """The claims of a transcript under its name, with their citations numbered from ``number``."""
    answer, lead = given.verbatim, _own_lead(given)
    for place, claim in enumerate(_chosen(given)):
        its = [c for c in answer.citations if c.number in claim.citations]
        cited = [replace(_placed(citation, given), number=number + n) for n, citation in enumerate(its)]
        said = claim.lead if place else " · ".join(filter(None, (_name(given), lead, claim.lead)))
        yield replace(claim, lead=said, citations=tuple(c.number for c in cited)), cited
        number += len(cited)


def _own_lead(given: Commission) -> str:
    """A transcript's own lead, unless it counts what stands below or tells of a half that another transcript has."""
    answer, lang = given.verbatim, given.asked.lang
    half = answer.outcome is Outcome.PARTIAL and answer.reason is Reason.NOT_SAID
    counts = {say(lang, key, n=len(answer.claims)) for key in ("overview", "several", "several_one", "apart")}
    return "" if half or answer.lead in counts else answer.lead


def _chosen(given: Commission) -> Sequence[Claim]:
    """All claims; in an overview those of the guests, where there are any."""
    answer, hosts = given.verbatim, given.stage.card.hosts
    if not given.asked.is_(Kind.OVERVIEW) or given.asked.people.spans:
        return answer.claims
    theirs = {c.number for c in answer.citations if c.speaker not in hosts}
    return [claim for claim in answer.claims if theirs & {*claim.citations}] or answer.claims


def _named_as_told(author: Author | None, given: Commission) -> Generator[ClaimMade, None, Answer]:
    """One transcript's answer as it is made, every citation with the transcript's name."""
    making = worded(author, given)
    while True:
        try:
            made = next(making)
        except StopIteration as ended:
            answer: Answer = ended.value
            return replace(answer, citations=tuple(_placed(citation, given) for citation in answer.citations))
        yield replace(made, citations=tuple(_placed(citation, given) for citation in made.citations))


def _placed(citation: Citation, given: Commission) -> Citation:
    return replace(citation, place=" · ".join(filter(None, (_name(given), citation.place))))


def _name(given: Commission) -> str:
    return transcript_name(given.stage.transcript.id, given.asked.lang)
