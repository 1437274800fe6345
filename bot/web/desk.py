"""What every browser face works with: the chatbot, the settings, and the state that outlives a request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from anyio import CapacityLimiter

from index.store import Index
from index.types import HoleKind

from ..log.feedback import Votes
from ..log.questions import QuestionLog
from ..page.words import word
from ..settings import Settings
from ..types import Lang
from .asks import Asks
from .edition import Current, Edition
from .limits import Rate, SharedCounts, Turnstile
from .metrics import Metrics
from .session import Sessions, signing_key
from .sites import Sites
from .starters import Starters


@dataclass(frozen=True, slots=True)
class Desk:
    """The one thing handed to the API, the light page and the chat page."""

    current: Current
    settings: Settings
    sessions: Sessions
    questions_rate: Rate
    votes_rate: Rate
    turnstile: Turnstile
    metrics: Metrics
    votes: Votes | None
    log: QuestionLog | None
    threads: CapacityLimiter

    def held(self) -> Desk:
        """The desk with what is served now, whatever is served later: what one request works with."""
        return replace(self, current=Current(self.current.edition))

    @property
    def chatbot(self) -> Asks:
        """The chatbot that is served."""
        return self.current.edition.chatbot

    @property
    def index(self) -> Index:
        """The index that is served."""
        return self.chatbot.index

    @property
    def sites(self) -> Sites:
        """The sites that the cards allow."""
        return self.current.edition.sites

    @property
    def starters(self) -> Starters:
        """The questions to begin with."""
        return self.current.edition.starters

    def small_print(self, event: str, lang: Lang) -> tuple[str, ...]:
        """What a visitor is told before asking: what the text lacks (of one event), and what is kept."""
        transcripts = (self.index.transcript(id) for id in self.index.event(event).transcripts) if event else ()
        kinds = {hole.kind for transcript in transcripts for hole in transcript.holes}
        lacks = ("_cut" if HoleKind.CUT in kinds else "") + ("_holes" if kinds - {HoleKind.CUT} else "")
        kept = (word(lang, "kept", n=self.settings.log_days),) if self.log else ()
        return (word(lang, f"small_print{lacks}"), *kept)


def open_desk(chatbot: Asks, settings: Settings) -> Desk:
    """Open everything the faces share; a card that allows no real origin is refused here."""
    counts = SharedCounts(settings.state / "limits.sqlite")
    key = signing_key(settings.secret.get_secret_value() if settings.secret else None, settings.state)
    return Desk(
        current=Current(Edition(chatbot)),
        settings=settings,
        sessions=Sessions(key, settings.session_minutes),
        questions_rate=Rate(counts, settings.question_limit),
        votes_rate=Rate(counts, settings.feedback_limit),
        turnstile=Turnstile(settings.concurrent, settings.concurrent_total),
        metrics=Metrics(),
        votes=Votes(settings.state / "feedback.sqlite", settings.feedback_days) if settings.feedback else None,
        log=QuestionLog(settings.state / "questions.sqlite", settings.log_days) if settings.log_questions else None,
        threads=CapacityLimiter(settings.threads),
    )
