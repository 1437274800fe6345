"""What a model's answer has come to so far: the claims that were shown, their citations, and what became of the rest."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.people import people
from index.types import Hit, TurnKind

from ..cite import cite
from ..question import Asked
from ..stage import Stage
from ..types import Answer, Citation, Claim, ClaimMade, Lang, Outcome, Reason
from ..wording import introduction, say
from .repair import Fate, Settled
from .reply import Said

log = logging.getLogger("roundtable.author")

FELL = 0.5  # share of sentences that may fall before the speakers' own words are put beside what is left


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be written: the question as understood, the verbatim answer to it, and where the answer is looked for."""

    stage: Stage
    asked: Asked
    verbatim: Answer
    hits: Sequence[Hit]
    people: tuple[str, ...] = ()
    """Whose words alone may be used, where the question or the visitor limits them."""
    without: tuple[str, ...] = ()
    """Whose words may not be used, as the others are asked for."""


@dataclass(slots=True)
class Manuscript:
    """What has been shown so far."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)
    written: bool = False
    """Whether a sentence of the model is among the claims."""
    waiting: list[tuple[int, ...]] = field(default_factory=list)
    """Sentences to be quoted before the model's first own; without any, the verbatim answer quotes better."""
    led: str = ""
    """The line before the last quote."""
    refused: bool = False
    failed: str = ""


def shown(given: Commission, draft: Manuscript, said: Said, settled: Settled) -> Iterator[ClaimMade]:
    """A sentence as a claim, unless it is dropped or says again what stands already."""
    if any(claim.text == said.text for claim in draft.claims):
        return
    if settled.fate is Fate.VERBATIM and all(_is_shown(given, draft, n) for n in settled.sentences):
        settled = Settled(Fate.DROPPED)
    draft.fates[settled.fate.value] += 1
    if settled.fate is Fate.DROPPED:
        log.info("dropped a sentence", extra={"fields": {"characters": len(said.text)}})
        return
    if settled.fate is Fate.VERBATIM:
        draft.waiting.append(settled.sentences)
        if draft.written:
            yield from _as_quotes(given, draft)
        return
    draft.written = True
    yield from _as_quotes(given, draft)
    new, numbers = _cited(given, draft, _runs(given.stage, settled.sentences))
    cited = [c for c in draft.citations if c.number in numbers]
    claim = Claim(said.text, numbers, "supported", _before(given, said.text, cited))
    draft.claims.append(claim)
    yield ClaimMade(claim, new)


def _before(given: Commission, text: str, cited: Sequence[Citation]) -> str:
    """What must be read before a written claim: that a bio is no speech, or who spoke where the question names another.

    "How does A balance it?", answered with what B said and no name, reads as A's.
    """
    lang, card = given.stage.lang, given.stage.card
    if all(c.kind is TurnKind.BIO for c in cited):
        return say(lang, "bio")
    asked = {mention.name for mention in given.asked.people.spans}
    named = {mention.name for mention in people(text, card).spans}
    others = [c for c in cited if c.speaker and c.speaker not in asked | named]
    alone = asked and others and not any(c.speaker in asked for c in cited)
    return _lead(given.stage, others[0]) if alone else ""


def _as_quotes(given: Commission, draft: Manuscript) -> Iterator[ClaimMade]:
    """The waiting sentences as quotes, each with its speaker before it unless the quote before it has the same."""
    new = [c for numbers in draft.waiting for c in _cited(given, draft, _runs(given.stage, numbers))[0]]
    draft.waiting.clear()
    for citation in new:
        lead = _lead(given.stage, citation)
        same = bool(draft.claims) and draft.claims[-1].status == "verbatim" and draft.led == lead
        draft.led = lead
        claim = Claim(citation.quote, (citation.number,), "verbatim", "" if same else lead)
        draft.claims.append(claim)
        yield ClaimMade(claim, (citation,))


def _lead(stage: Stage, citation: Citation) -> str:
    if citation.speaker is None or citation.kind is TurnKind.BIO:
        return say(stage.lang, "bio")
    return introduction(stage.lang, stage.card, citation.speaker, citation.section)


def _is_shown(given: Commission, draft: Manuscript, number: int) -> bool:
    sentence = given.stage.segment.sentences[number]
    return any(c.start <= sentence.start and sentence.end <= c.end for c in draft.citations)


def _runs(stage: Stage, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Sentences as slices; neighbours in one paragraph are one."""
    spans: list[tuple[int, int]] = []
    text, all_ = stage.transcript.text, stage.segment.sentences
    for n in sorted(numbers):
        start, end = all_[n].start, all_[n].end
        if spans and not text[spans[-1][1] : start].strip(" ") and stage.segment.turns[n] == stage.segment.turns[n - 1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _cited(
    given: Commission, draft: Manuscript, spans: Sequence[tuple[int, int]]
) -> tuple[tuple[Citation, ...], tuple[int, ...]]:
    """The new citations of slices, and the numbers of all; a slice is numbered once."""
    new: list[Citation] = []
    numbers: list[int] = []
    for span in spans:
        known = next((c for c in draft.citations if (c.start, c.end) == span), None)
        if known is None:
            known = cite(
                given.stage.transcript, given.stage.card, span, lang=given.stage.lang, number=len(draft.citations) + 1
            )
            draft.citations.append(known)
            new.append(known)
        numbers.append(known.number)
    return tuple(new), tuple(numbers)


def needs_quotes(draft: Manuscript) -> bool:
    """Whether the speakers' own words are put beside the model's: it failed, found nothing, or more than half fell."""
    told = sum(draft.fates[fate.value] for fate in Fate)
    return bool(draft.failed or draft.refused or not draft.written or draft.fates[Fate.DROPPED.value] > FELL * told)


def quoted(given: Commission, draft: Manuscript) -> Iterator[ClaimMade]:
    """The verbatim answer behind what was written, without quotes that stand already."""
    opening = given.verbatim.lead if draft.written else ""
    for claim in given.verbatim.claims:
        its = [c for c in given.verbatim.citations if c.number in claim.citations]
        if all(any(c.start <= old.start and old.end <= c.end for c in draft.citations) for old in its):
            continue
        new = tuple(replace(old, number=len(draft.citations) + n) for n, old in enumerate(its, 1))
        shown = replace(claim, citations=tuple(c.number for c in new), lead=claim.lead or opening)
        opening = ""
        draft.citations += new
        draft.claims.append(shown)
        yield ClaimMade(shown, new)


def whole(given: Commission, draft: Manuscript, model: str) -> Answer:
    """The whole answer: outcome, reason and what is missing are those of the verdict, whoever worded it."""
    verbatim, lang = given.verbatim, given.stage.lang
    written = draft.written
    refused = draft.refused and verbatim.outcome is Outcome.ANSWER
    answer = replace(
        verbatim,
        claims=tuple(draft.claims),
        citations=tuple(draft.citations),
        lead=_opening(verbatim, written=written, refused=refused, lang=lang),
        notes=(*verbatim.notes, *_told(draft, lang, written=written)),
        mode="llm" if written else "verbatim",
        model=model,
        written=dict(draft.fates),
    )
    return replace(answer, outcome=Outcome.RELATED, reason=Reason.NOT_SAID) if refused else answer


def _opening(verbatim: Answer, *, written: bool, refused: bool, lang: Lang) -> str:
    """The verbatim answer's lead belongs to its quotes; before prose it stays only where it says what is missing."""
    if refused:
        return say(lang, "related")
    return "" if written and verbatim.outcome is Outcome.ANSWER else verbatim.lead


def _told(draft: Manuscript, lang: Lang, *, written: bool) -> Iterator[str]:
    """What a reader is told of how the answer came about."""
    dropped, told = draft.fates[Fate.DROPPED.value], sum(draft.fates[fate.value] for fate in Fate)
    if draft.failed:
        yield say(lang, "model_cut" if written else "model_failed")
    elif draft.refused:
        yield say(lang, "model_refused")
    elif not written:
        yield say(lang, "model_failed")
    elif dropped > FELL * told:
        yield say(lang, "model_fell", n=dropped, total=told)
    elif dropped:
        yield say(lang, "model_dropped", n=dropped)
