"""A case added from the command line: a person gives the words, the transcript gives line and speaker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from eval.case import CaseEntry, SpanEntry
from eval.lint import turn_at
from eval.load import load, suite_path
from eval.lookup import finder
from eval.rewrite import added, save
from eval.source import SuiteError
from index.lines import line_of
from index.types import Transcript

_OUTCOMES = {"yes": ["answer"], "partial": ["partial"], "no": ["abstain", "related"]}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of a new case."""

    id: str
    question: str
    type: str
    lang: str
    split: str
    answerable: str
    kind: str | None
    quotes: tuple[str, ...]
    nuggets: tuple[str, ...]


def add_case(suite: str, directory: Path | None, wish: Wish) -> str:
    """Add a case to a suite's file, and say where it went.

    Raises:
        SuiteError: the case is not valid, or a quote does not stand exactly once in the transcript.
    """
    path = suite_path(suite)
    find = finder(directory)
    transcript = load(path, find, drafts=True).transcript
    entry = _entry(wish, transcript)
    save(path, added(path, entry, find))
    return f"{path}: {entry.id!r} added; check it with: roundtable eval run {path} --explain {entry.id}"


def _entry(wish: Wish, transcript: Transcript) -> CaseEntry:
    spans = tuple(_span(quote, transcript) for quote in wish.quotes)
    voices = dict.fromkeys(span.speaker or span.about for span in spans)
    try:
        return CaseEntry.model_validate(
            {
                "id": wish.id,
                "split": wish.split,
                "lang": wish.lang,
                "type": wish.type,
                "question": wish.question,
                "answerable": wish.answerable,
                "kind": wish.kind,
                "outcome": _OUTCOMES[wish.answerable],
                "speaker": [voice for voice in voices if voice],
                "nuggets": [nugget.split("|") for nugget in wish.nuggets],
                "evidence": [spans] if spans else [],
            }
        )
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False))
        raise SuiteError(*(f"the case {wish.id!r} cannot be added: {fault}" for fault in faults)) from error


def _span(quote: str, transcript: Transcript) -> SpanEntry:
    count = transcript.text.count(quote)
    if count != 1:
        raise SuiteError(
            f"the quote {quote[:40]!r} stands {count} times in {transcript.id!r}; quote words that stand once"
        )
    start = transcript.text.index(quote)
    turn = turn_at(transcript, start)
    speaker, about = (turn.speaker, turn.about) if turn else (None, None)
    return SpanEntry(quote=quote, line=line_of(transcript.text, start), speaker=speaker, about=about)
