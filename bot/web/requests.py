"""What clients send: untrusted, so bounded here before anything looks at it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from index.types import Scope

from ..types import Exchange, Question

_Text = Annotated[str, Field(max_length=4000)]
_Id = Annotated[str, Field(max_length=200)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="after")
    @classmethod
    def _is_text(cls, value: object) -> object:
        if isinstance(value, str) and any(0xD800 <= ord(char) <= 0xDFFF or char == "\0" for char in value):
            raise ValueError("contains characters that are not text")
        return value


class PastExchange(_Body):
    """A question and an answer of the conversation so far."""

    user: _Text = Field(examples=["UCloud 为什么保持中立？"])
    assistant: str = Field("", max_length=20000)


class AskBody(_Body):
    """A question, what it is asked of, and the conversation so far."""

    question: _Text = Field(min_length=1, examples=["UCloud 为什么保持中立？"])
    event: _Id | None = Field(
        None,
        examples=["a-plan-01"],
        description="Without it, all events are asked: a block for each talk that has something.",
    )
    transcript: _Id | None = None
    speaker: _Id | None = Field(None, description="A speaker's name as on the event card; answers in their words only.")
    history: tuple[PastExchange, ...] = Field((), max_length=100)
    lang: Literal["zh", "en"] | None = Field(None, description="Language of the framing words; quotes stay as spoken.")

    def asked(self, event: str | None, most: int) -> Question:
        """The question for the bot (``event`` None asks all), with at most so many exchanges of history."""
        kept = self.history[-most:] if most else ()
        past = tuple(Exchange(exchange.user, exchange.assistant) for exchange in kept)
        return Question(self.question, past, Scope(event, self.transcript, self.speaker), self.lang)


class VoteBody(_Body):
    """A thumb for an answer, with a word if the visitor likes."""

    answer: str = Field(pattern=r"^a-[0-9a-f]{16}$", examples=["a-0123456789abcdef"])
    event: _Id = Field(examples=["a-plan-01"])
    vote: Literal["up", "down"]
    word: str = Field("", max_length=1000)
    question: _Text = ""
    outcome: Literal["", "answer", "partial", "related", "abstain"] = ""


class SessionBody(_Body):
    """What a session is for."""

    event: _Id
    origin: str = Field("", max_length=300)
