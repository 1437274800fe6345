"""An answer written by a model: every sentence checked before it is shown, and the speakers' own words where it fails."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.errors import InputError
from index.event import EventCard
from index.types import Encoder
from prompts.load import Name, Prompt, PromptError, load

from ..followup.resolved import Resolved
from ..model.types import ModelFailed, Writer
from ..question import language
from ..stage import speakers
from ..types import Answer, ClaimMade, Lang, Outcome, Question, Reason
from .manuscript import Commission, Manuscript, needs_quotes, quoted, shown, whole
from .repair import settle
from .reply import Said, closable, sentences
from .rewrite import rewrite
from .sheet import Sheet, plain, sheet, tokens
from .verify import Verifier

log = logging.getLogger("roundtable.author")

# What the verdict on the transcript says stays said: here the model is not asked.
_BINDING = (Reason.UNKNOWN_PERSON, Reason.MENTIONED_ONLY, Reason.FALSE_PREMISE, Reason.WRONG_SPEAKER, Reason.CUT, Reason.CHITCHAT)  # fmt: skip
_QUESTION = 500  # characters of a question that a model is shown


def worded(author: Author | None, given: Commission) -> Generator[ClaimMade, None, Answer]:
    """The claims of an answer, in the author's words where there is one and it may write; returns the whole answer."""
    if author and author.takes(given.verbatim):
        return (yield from author.write(given))
    for claim in given.verbatim.claims:
        yield ClaimMade(claim, tuple(c for c in given.verbatim.citations if c.number in claim.citations))
    return given.verbatim


class Author:
    """Writes answers with a model and checks them."""

    def __init__(self, writer: Writer, encoder: Encoder, prompts: Path | None = None) -> None:
        self.writer, self._encoder = writer, encoder
        self._prompts = {lang: _load("answer", lang, prompts) for lang in ("zh", "en")}
        self._rewrites = {lang: _load("rewrite", lang, prompts) for lang in ("zh", "en")}

    def takes(self, verbatim: Answer) -> bool:
        """Whether a model may put this answer into words; where the talk says nothing, nothing is written."""
        return verbatim.outcome is not Outcome.ABSTAIN and verbatim.reason not in _BINDING and bool(verbatim.claims)

    def resolved(self, by_rule: Resolved, text: str, question: Question, card: EventCard) -> Resolved:
        """A follow-up in the words of the model, or as the rule has it where the model adds what nobody said."""
        if not question.history:
            return by_rule
        found = rewrite(self.writer, self._rewrites[language(text)], text, question.history, card)
        return replace(by_rule, asked=found, carried="", leaning=True) if found else by_rule

    def write(self, given: Commission) -> Generator[ClaimMade, None, Answer]:
        """The claims as they are checked; returns the whole answer."""
        draft = Manuscript()
        page = self._page(given)
        verifier = Verifier(given.stage, self._encoder)
        for said in self._said(given, page, draft):
            yield from shown(given, draft, said, settle(verifier, page, said))
        if needs_quotes(draft):
            yield from quoted(given, draft)
        return whole(given, draft, self.writer.name)

    def _page(self, given: Commission) -> Sheet:
        quoted = [span for c in given.verbatim.citations for span in (c.context, (c.start, c.end)) if span]
        prompt = self._prompts[given.stage.lang]
        spent = tokens(prompt.system + prompt.human) + tokens(given.asked.text[:_QUESTION]) + 200  # title, tags, roles
        budget = max(self.writer.context - spent, 0)
        wanted = given.people or speakers(given.stage.transcript) if given.without else given.people
        people = tuple(name for name in wanted if name not in given.without)
        return sheet(given.stage, quoted, given.hits, people=people, budget=budget)

    def _said(self, given: Commission, page: Sheet, draft: Manuscript) -> Iterator[Said]:
        """The sentences of the reply; a failure ends them, and is told at the end."""
        if not page.sentences:
            draft.failed = "too_long"
            return
        try:
            with closing(_stream(self.writer, self._prompts[given.stage.lang], given, page)) as reply:
                for said in reply:
                    draft.fates["strays"] += said.strays
                    if said.refuses:
                        draft.refused = draft.refused or not draft.claims
                        return
                    yield said
        except ModelFailed as error:
            log.warning("%s", error, extra={"fields": {"kind": error.kind, "model": self.writer.name}})
            draft.failed = error.kind


def _stream(writer: Writer, prompt: Prompt, given: Commission, page: Sheet) -> Generator[Said, None, None]:
    """The reply to the prompt, sentence by sentence; closing it cancels the call."""
    question = plain(given.asked.text[:_QUESTION])
    # Known to nobody who wrote the transcript or the question before both were put together, yet the same every time.
    tag = (
        "data-"
        + hashlib.sha256(f"{question}\0{page.text}\0{given.stage.transcript.revision}".encode()).hexdigest()[:16]
    )
    title = plain(
        given.stage.card.title_en or given.stage.card.title if given.stage.lang == "en" else given.stage.card.title
    )
    pieces = writer.stream(prompt.messages(title=title, tag=tag, data=page.text, question=question))
    with closing(closable(pieces)) as held:
        yield from sentences(held, page)


def _load(prompt: Name, lang: Lang, folder: Path | None) -> Prompt:
    try:
        return load(prompt, lang, folder)
    except (PromptError, OSError, UnicodeDecodeError) as error:
        raise InputError(str(error)) from error
