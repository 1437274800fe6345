"""What a known question is: the file's format (validated) and the case inside (anchored in the transcript)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.types import Exchange, Lang, Outcome, Question, Reason
from index.types import Scope

Split = Literal["dev", "cal", "test"]
Answerable = Literal["yes", "no", "partial"]
CaseType = Literal[
    "fact",
    "list",
    "why_how",
    "definition",
    "who_said",
    "compare",
    "bio",
    "overview",
    "english",
    "robust",
    "followup",
    "absent",
    "lost",
    "false_premise",
    "wrong_speaker",
    "about_person",
    "off_topic",
    "injection",
]
Kind = Literal[
    "absent",
    "near_miss",
    "wrong_speaker",
    "false_premise",
    "lost_in_source",
    "cut",
    "off_topic",
    "unknown_person",
    "mentioned_only",
    "chitchat",
    "injection",
]
TODO = "TODO:"
"""How the question of a proposed case begins until a person has written it."""
CASE_TYPES: tuple[str, ...] = get_args(CaseType)

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


def _yes_or_no(value: object) -> object:
    """YAML 1.1 reads a bare ``yes`` as true; a person who forgot the quotation marks meant the word."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanEntry(_Entry):
    """A quote that is evidence, and the 1-based line it stands in; without a line it must be unique in the text."""

    quote: Words
    line: Annotated[int, Field(ge=1, strict=True)] | None = None
    speaker: str | None = None
    about: str | None = None


class ExchangeEntry(_Entry):
    """An earlier question and the answer it got."""

    user: Words
    assistant: str


class CaseEntry(_Entry):
    """One known question as its file states it. docs/evaluating.md explains every key."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    split: Split
    lang: Lang
    type: CaseType
    question: Words
    paraphrases: tuple[Words, ...] = ()
    history: tuple[ExchangeEntry, ...] = ()
    answerable: Annotated[Answerable, BeforeValidator(_yes_or_no)]
    kind: Kind | None = None
    outcome: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    reason: Reason | tuple[Reason, ...] | None = None
    speaker: tuple[str, ...] = ()
    about: str | None = None
    variant_of: str | None = None
    standalone: str | None = None
    nuggets: tuple[Annotated[tuple[Words, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[Words, ...] = ()
    evidence: tuple[Annotated[tuple[SpanEntry, ...], Field(min_length=1)], ...] = ()
    locked: bool = False
    draft: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons that are right; empty when the case does not grade it."""
        if self.reason is None:
            return ()
        return self.reason if isinstance(self.reason, tuple) else (self.reason,)


class SuiteHead(_Entry):
    """What a suite's file says of itself; the first line of a JSONL suite."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_: Literal[1] = Field(alias="schema")
    suite: Words
    transcript: Words


class SuiteEntry(SuiteHead):
    """A whole suite file."""

    cases: Annotated[tuple[CaseEntry, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence anchored: ``text[start:end] == quote``, proved by the loader; offsets as in index/types.py."""

    start: int
    end: int
    quote: str
    speaker: str | None
    about: str | None
    line: int


Alternative = tuple[Span, ...]
"""Spans that are evidence together (AND)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A known question ready to be asked. ``gold`` is an OR of ANDs of spans; ``line`` is where its file states it."""

    entry: CaseEntry
    gold: tuple[Alternative, ...]
    line: int

    @property
    def id(self) -> str:
        """Its name within the suite."""
        return self.entry.id

    def question(self, *, transcript: str, text: str | None = None) -> Question:
        """The question as a visitor would ask it; ``text`` asks a paraphrase with the same history."""
        history = tuple(Exchange(past.user, past.assistant) for past in self.entry.history)
        return Question(text or self.entry.question, history, Scope(transcript=transcript))


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite whose quotes are proved. ``digest`` hashes the cases, ``corpus`` the transcript's text."""

    name: str
    path: Path
    transcript: str
    cases: tuple[Case, ...]
    digest: str
    corpus: str


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a YAML suite, for editors; eval/suite.schema.json is this, kept current by a test."""
    schema = SuiteEntry.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Roundtable suite"}
