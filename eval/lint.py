"""What a schema cannot see: whether a suite's cases make sense together and can be passed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from eval.case import TODO, Case, Span
from eval.load import Loaded
from eval.normal import contains, normal
from index.types import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; an error makes the suite unusable, a warning may be meant."""

    line: int
    case: str
    message: str
    error: bool = True


def lint(loaded: Loaded) -> tuple[Finding, ...]:
    """Check a loaded suite; findings in the order of the file."""
    cases = {case.id: case for case in loaded.suite.cases}
    found = chain(
        chain.from_iterable(_case(case, loaded.transcript) for case in cases.values()),
        chain.from_iterable(_variant(case, cases) for case in cases.values()),
        _same_question(tuple(cases.values())),
        _moved(loaded, cases),
    )
    return tuple(sorted(found, key=lambda finding: finding.line))


def turn_at(transcript: Transcript, offset: int) -> Turn | None:
    """The turn an offset lies in."""
    return next((turn for turn in transcript.turns if turn.start <= offset < turn.end), None)


def _case(case: Case, transcript: Transcript) -> Iterator[Finding]:
    entry = case.entry

    def say(message: str, *, error: bool = True) -> Finding:
        return Finding(case.line, case.id, message, error)

    if entry.question.startswith(TODO):
        yield say("still has the proposed question; write what a visitor would ask")
    if entry.answerable != "no" and not case.gold:
        yield say(f"is answerable {entry.answerable!r} but has no evidence", error=False)
    if entry.answerable != "yes" and entry.kind is None:
        yield say(f"is answerable {entry.answerable!r} and needs a kind that says why")
    if entry.type == "followup" and not entry.history:
        yield say("is a follow-up without a history")
    if entry.nuggets and not case.gold:
        yield say("has nuggets but no evidence to find them in")
    for alternative in case.gold:
        yield from (say(message) for span in alternative for message in _span(span, transcript))
    yield from (say(message, error=error) for message, error in _passable(case))
    for wanted in {*entry.speaker, *([entry.about] if entry.about else [])} - _people(transcript):
        if entry.answerable != "no":
            yield say(f"names {wanted!r}, who is no speaker of {transcript.id!r}", error=False)


def _people(transcript: Transcript) -> set[str]:
    names = chain.from_iterable((turn.speaker, turn.about) for turn in transcript.turns)
    return {name for name in names if name}


def _span(span: Span, transcript: Transcript) -> Iterator[str]:
    turn = turn_at(transcript, span.start)
    if turn is None:
        return
    quoted = f"{span.quote[:20]!r} (line {span.line})"
    if span.speaker is None and turn.speaker:
        yield f"does not say whose words {quoted} are; add to the quote: speaker: {turn.speaker}"
    elif span.speaker and not turn.speaker:
        yield f"says {quoted} is by {span.speaker!r}; it is of a title or an introduction, which nobody speaks: leave it out"
    elif span.speaker != turn.speaker:
        yield f"says {quoted} is by {span.speaker!r}; it is by {turn.speaker!r}"
    if span.about and span.about != turn.about:
        yield f"says {quoted} is about {span.about!r}; it is about {turn.about!r}"


def _passable(case: Case) -> Iterator[tuple[str, bool]]:
    """A case whose own evidence fails it can never be passed."""
    golds = [normal("\n".join(span.quote for span in alternative)) for alternative in case.gold]
    for group in case.entry.nuggets:
        if golds and not any(contains(gold, normal(word)) for gold in golds for word in group):
            yield f"asks for the nugget {list(group)!r}, which its own evidence does not hold", True
    for pattern in case.entry.must_not:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            yield f"has a must_not that is no regular expression ({error}): {pattern!r}", True
            continue
        quotes = [span.quote for alternative in case.gold for span in alternative]
        if any(compiled.search(quote) for quote in quotes):
            yield f"forbids {pattern!r}, which its own evidence says", True


def _variant(case: Case, cases: dict[str, Case]) -> Iterator[Finding]:
    base = case.entry.variant_of
    if base is None:
        return
    if base not in cases:
        yield Finding(case.line, case.id, f"is a variant of {base!r}, which is not in this suite")
    elif cases[base].entry.split != case.entry.split:
        yield Finding(
            case.line, case.id, f"is in another split than {base!r}, whose variant it is: splits must not mix"
        )


def _same_question(cases: tuple[Case, ...]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Case] = {}
    for case in cases:
        said = "".join(normal(past.user) for past in case.entry.history)
        for text in (case.entry.question, *case.entry.paraphrases):
            twin = first.setdefault((normal(text), said), case)
            if twin is not case:
                mixes = twin.entry.split != case.entry.split
                across = f", across the splits {twin.entry.split} and {case.entry.split}" if mixes else ""
                yield Finding(case.line, case.id, f"asks what {twin.id!r} asks: {text!r}{across}", error=True)


def _moved(loaded: Loaded, cases: dict[str, Case]) -> Iterator[Finding]:
    for moved in loaded.moved:
        if moved.stated is None:
            continue  # it stands once in the text, which is as good as a line
        message = f"quotes {moved.quote[:30]!r} from line {moved.stated}, but it stands in line {moved.found}"
        line = loaded.source.line(moved.key)
        yield Finding(line, moved.case, f"{message}; write it with: roundtable eval reanchor", error=False)
