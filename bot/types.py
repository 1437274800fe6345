"""The vocabulary of the bot: a question in, a checked answer out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from index.types import Hit, Scope, TurnKind

Lang = Literal["zh", "en"]


class Outcome(StrEnum):
    """How a question ended: the talk says it; it was said but a part is lost; only the nearest remarks; nothing is quoted."""

    ANSWER = "answer"
    PARTIAL = "partial"
    RELATED = "related"
    ABSTAIN = "abstain"


class Reason(StrEnum):
    """Why an answer is not a plain one."""

    NOT_SAID = "not_said"
    OFF_TOPIC = "off_topic"
    UNKNOWN_PERSON = "unknown_person"
    MENTIONED_ONLY = "mentioned_only"
    FALSE_PREMISE = "false_premise"
    WRONG_SPEAKER = "wrong_speaker"
    LOST = "lost"
    CUT = "cut"
    CHITCHAT = "chitchat"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A past turn of the conversation, as the client tells it: untrusted."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor asks. ``lang`` None means the language of the question."""

    text: str
    history: tuple[Exchange, ...] = ()
    scope: Scope = field(default_factory=Scope)
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact slice of a transcript: ``quote == text[start:end]`` by construction (see bot/cite.py).

    ``number`` is its mark, from 1; all offsets are code points of the transcript's text, half open. ``emphasis`` are spans
    within ``start:end`` that carry the answer; ``context`` is a slice shown before the quote in grey, ``context_text`` its
    words. ``turn`` counts from 0; ``lines`` are those of the file, 1-based, inclusive; ``place`` reads
    "季昕华的分享 · 第 26/32 段". ``time`` is seconds into the recording, ``link`` starts it there.
    """

    number: int
    event: str
    transcript: str
    revision: str
    turn: int
    start: int
    end: int
    speaker: str | None
    about: str | None
    kind: TurnKind
    section: str | None
    lines: tuple[int, int]
    quote: str
    place: str
    emphasis: tuple[tuple[int, int], ...] = ()
    context: tuple[int, int] | None = None
    context_text: str = ""
    time: float | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the answer says, with the numbers of its citations. ``lead`` is framing of ours before it (who, where);
    ``status`` is verbatim, supported or partial.
    """

    text: str
    citations: tuple[int, ...]
    status: Literal["verbatim", "supported", "partial"] = "verbatim"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The one object every face shows.

    ``asked`` is the question after follow-up resolution; ``lead`` and ``notes`` are words of ours, before and after the
    claims; ``missing`` is what is lost or not said, ``silent`` the speakers with nothing on it; ``suggestions`` are next
    questions that do have answers. ``confidence`` is the fitted probability, 0 to 1, that the best sentence answers;
    ``seconds`` are by stage: search, answer, total. ``mode`` is "llm" where a sentence of ``model`` is shown; ``written``
    counts what became of its sentences (supported, recited, verbatim, dropped) and its marks that lead nowhere (strays).
    """

    question: str
    asked: str
    outcome: Outcome
    reason: Reason | None
    lang: Lang
    lead: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    mode: Literal["verbatim", "llm"] = "verbatim"
    model: str | None = None
    written: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """First event of a stream: the passages the answer will draw on."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A checked claim with the citations it introduces; never taken back."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event of a stream: the whole answer."""

    answer: Answer


Event = SourcesFound | ClaimMade | Finished
"""What ``Chatbot.stream`` yields; failures are exceptions, which each face turns into its own error event."""
