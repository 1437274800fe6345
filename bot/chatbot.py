"""The chatbot: a question in, a checked answer out."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from index.event import EventCard
from index.retriever import Retriever, clean
from index.store import Index
from index.types import Hit, Scope

from . import draft as drafts
from .draft import Draft
from .finder import Finder
from .followup.again import again
from .followup.leaning import spans
from .followup.resolve import resolve
from .followup.resolved import Resolved
from .followup.said import readable
from .gloss import in_words_of
from .halves import Part, halves, joined
from .hearing import followed, heard, mended
from .judging.confidence import Rules, shipped
from .judging.verdict import decide, without_search
from .library import within
from .library.across import across
from .offers.candidates import Candidate
from .offers.suggest import suggestions
from .question import Asked, language, understand
from .remarks import remarked
from .scope import for_whom, home, is_across, scoped
from .spelling.slips import Slips, read
from .stage import Stage, speakers
from .types import Answer, Event, Exchange, Finished, Lang, Outcome, Question, SourcesFound
from .unclear import shortened, too_long
from .wording import as_spoken, say
from .written.author import Author, worded
from .written.manuscript import Commission

_LEAST: dict[Lang, int] = {"zh": 10, "en": 40}  # characters of quotes that a question which is offered must bring
HITS = 10  # passages an answer carries, whatever its outcome


class Chatbot:
    """Answers questions about the events of an index, in the speakers' own words, or in an author's checked ones."""

    def __init__(self, retriever: Retriever, rules: Rules = shipped, *, author: Author | None = None) -> None:
        self.retriever = retriever
        self.rules = rules
        self.author = author
        self._finder = Finder(retriever, rules)
        self._answered: dict[tuple[str, str, Lang, str], bool] = {}

    def renewed(self, index: Index) -> Chatbot:
        """The same chatbot over another index of its encoder."""
        return Chatbot(Retriever(index, self.retriever.encoder), self.rules, author=self.author)

    @property
    def verbatim(self) -> Chatbot:
        """The same without an author."""
        return Chatbot(self.retriever, self.rules) if self.author else self

    @property
    def index(self) -> Index:
        """The index it answers from."""
        return self.retriever.index

    def ask(self, question: Question) -> Answer:
        """The whole answer; raises as ``stream`` does."""
        for event in self.stream(question):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with Finished")

    def stream(self, question: Question) -> Iterator[Event]:
        """The answer as it is made: the passages found, each claim, the whole. What was emitted is never taken back.

        Raises:
            QuestionError: the question is empty.
            NotIndexed: the index has no such event, transcript or speaker.
        """
        if is_across(self.index, question.scope):
            yield from across(self.retriever, self.verbatim._alone, question)
        else:
            yield from self._stream(question, following=True)

    def _alone(self, question: Question) -> Answer:
        """The answer of one event to a question put to several: nobody sees next questions of its own."""
        return next(e.answer for e in self._stream(question, following=False) if isinstance(e, Finished))

    def _stream(self, question: Question, *, following: bool) -> Iterator[Event]:
        began = time.perf_counter()
        question = replace(question, history=readable(question.history))
        scope, card = scoped(self.index, question.scope)
        if too_long(question.text):
            yield SourcesFound(())
            yield Finished(shortened(question, clean(question.text)))
            return
        text, slips = self._read(clean(question.text), scope, card)
        meant = replace(question, text=text)
        last = again(question, text, card)
        if last:  # read as it was at first: with its own slips mended
            text, slips = self._read(clean(last.text), scope, card)
            meant = replace(last, text=text)
        resolved = resolve(text, meant.history, card)
        if last:
            resolved = replace(resolved, leaning=True)
        elif self.author:
            resolved = self.author.resolved(resolved, text, question, card)
        scope = for_whom(resolved, scope, card)
        hits = self.retriever.search(resolved.asked, scope=scope, k=HITS)
        found = time.perf_counter()
        yield SourcesFound(hits)
        answer = remarked((yield from self._told(meant, resolved, scope, card, hits)), self.index)
        answer = replace(answer, question=clean(question.text), notes=(*mended(slips, answer.lang), *answer.notes))
        if following:
            answer = replace(answer, suggestions=self._next(question, answer, scope, hits))
        ended = time.perf_counter()
        yield Finished(
            replace(answer, seconds={"search": found - began, "answer": ended - found, "total": ended - began})
        )

    def _told(
        self, question: Question, resolved: Resolved, scope: Scope, card: EventCard, hits: Sequence[Hit]
    ) -> Generator[Event, None, Answer]:
        """The claims of the transcript in scope, or of the best of those that may know; returns the whole answer."""
        of = len(self.index.event(scope.event or "").transcripts)
        if scope.transcript or of < 2:
            return (yield from worded(self.author, self._answer(question, resolved, scope, card, hits)))
        asked = understand(resolved.asked, card, question.lang)
        each = replace(resolved, asked=within.asked_of_all(asked, resolved.asked))
        heard: list[Commission] = []
        for id in within.examined(self.retriever, asked, scope):
            one, alone = replace(scope, transcript=id), replace(question, scope=replace(question.scope, transcript=id))
            found = self.retriever.search(each.asked, scope=one, k=HITS)
            heard.append(self._answer(alone, each, one, card, found))
        answer = yield from within.told(self.author, heard, of)
        return replace(answer, asked=resolved.asked, hits=tuple(hits))

    def _read(self, text: str, scope: Scope, card: EventCard) -> tuple[str, Slips]:
        """A question with slips of the talk's names and terms mended."""
        ids = (scope.transcript,) if scope.transcript else self.index.event(scope.event or "").transcripts
        common = getattr(self.retriever.encoder, "pieces", None)  # other encoders may not tell theirs
        mended = read(text, [self.index.transcript(id) for id in ids], card, common)
        return mended.text, mended.slips

    def _answer(
        self, question: Question, resolved: Resolved, scope: Scope, card: EventCard, hits: Sequence[Hit]
    ) -> Commission:
        segment, card = home(self.index, scope, card, hits)
        asked = in_words_of(segment, heard(question, resolved, card), self.retriever)
        stage = Stage(card, segment, asked.lang, seen=spans(resolved.seen, segment.transcript))
        draft, sure = self._in_parts(question, stage) or self._drafted(question, stage, asked, scope, resolved)
        pairs = tuple(drafts.claims(draft, segment.transcript, card, asked.lang))
        notes = draft.notes
        if resolved.leaning:
            notes = (followed(resolved, asked.lang), *notes)
        notes = (*notes, *as_spoken(card, asked.lang)) if pairs else notes
        answer = Answer(
            question=question.text,
            asked=resolved.asked,
            outcome=draft.outcome,
            reason=draft.reason,
            lang=asked.lang,
            lead=draft.lead,
            claims=tuple(claim for claim, _ in pairs),
            citations=tuple(c for _, cited in pairs for c in cited),
            missing=draft.missing,
            silent=draft.silent,
            notes=notes,
            hits=tuple(hits),
            confidence=round(sure, 4) if draft.outcome is not Outcome.ABSTAIN else round(min(sure, 0.5), 4),
        )
        people = (scope.speaker,) if question.scope.speaker and scope.speaker else asked.people.by
        return Commission(stage, asked, answer, hits, people, without=resolved.others)

    def _drafted(
        self, question: Question, stage: Stage, asked: Asked, scope: Scope, resolved: Resolved
    ) -> tuple[Draft, float]:
        if (draft := without_search(stage, asked)) is not None:
            return draft, 1.0
        speaker = scope.speaker if question.scope.speaker is not None else None
        return decide(self._finder.case(stage, asked, resolved, scope, speaker))

    def _in_parts(self, question: Question, stage: Stage) -> tuple[Draft, float] | None:
        """Several questions in one, each with the ones before it as its conversation; None where it is one."""
        pieces = halves(question.text, stage.card)
        if len(pieces) < 2:
            return None
        scope, card = scoped(self.index, question.scope)
        past, parts = question.history, list[Part]()
        for text in pieces:
            piece = replace(question, text=text, history=past)
            resolved = resolve(text, past, card, same_breath=bool(parts))
            asked = in_words_of(stage.segment, heard(piece, resolved, card), self.retriever)
            draft, sure = self._drafted(piece, stage, asked, for_whom(resolved, scope, card), resolved)
            parts.append(Part(text, draft, sure))
            said = (stage.transcript.text[slice(*q.span)] for q in draft.quotes)
            past = (*past, Exchange(text, "\n".join((draft.lead, *(f"“{quote}”" for quote in said)))))
        return joined(parts, stage.lang)

    def _next(self, question: Question, answer: Answer, scope: Scope, hits: Sequence[Hit]) -> tuple[str, ...]:
        """Next questions, each asked once in the life of this chatbot to see that its own words answer it."""
        if answer.citations:
            scope = replace(scope, transcript=answer.citations[0].transcript)
        segment, card = home(self.index, scope, scoped(self.index, scope)[1], hits)
        stage = Stage(card, segment, answer.lang)
        transcript = segment.transcript
        here = Scope(self.index.event_of(transcript.id).id, transcript.id)

        def answered(candidate: Candidate) -> bool:
            key = (transcript.id, transcript.revision, stage.lang, candidate.question)
            if key not in self._answered:
                self._answered[key] = self._answers(candidate, stage, here)
            return self._answered[key]

        asked = (answer.asked, answer.question, *(e.user for e in question.history))
        return suggestions(stage, asked=asked, cited=answer.citations, answered=answered)

    def _answers(self, candidate: Candidate, stage: Stage, scope: Scope) -> bool:
        """Whether a question is answered in full, by the words it was made from."""
        before = Exchange(say(stage.lang, "ask_overview"), next(iter(speakers(stage.transcript)), ""))
        resolved = resolve(candidate.question, (before,), stage.card)
        if resolved.leaning:  # asked after another question it would be read as something else
            return False
        scope = for_whom(resolved, scope, stage.card)
        asked = in_words_of(stage.segment, understand(candidate.question, stage.card, stage.lang), self.retriever)
        draft = without_search(stage, asked) or decide(self._finder.case(stage, asked, resolved, scope, None))[0]
        ours = candidate.spans or ((0, len(stage.transcript.text)),)
        told = any(a < q.span[1] and q.span[0] < b for q in draft.quotes for a, b in ours)
        least = _LEAST[language(stage.transcript.text)]
        told &= sum(q.span[1] - q.span[0] for q in draft.quotes) >= least
        return told and draft.outcome in ((Outcome.ANSWER, Outcome.PARTIAL) if candidate.pinned else (Outcome.ANSWER,))
