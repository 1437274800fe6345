"""Suites from their files: validated, and every quote proved against the transcript."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from eval.case import Alternative, Case, Span, SpanEntry, Suite, SuiteEntry
from eval.source import Key, Source, SuiteError, read
from index.errors import NotIndexed
from index.types import Transcript

FindTranscript = Callable[[str], Transcript]
"""Gives a transcript by the id a suite names; raises a RoundtableError where there is none."""

SUITES = Path(__file__).parent / "suites"


@dataclass(frozen=True, slots=True)
class Moved:
    """A quote that no longer stands in the line its case states, but stands once elsewhere."""

    case: str
    key: Key
    quote: str
    stated: int | None
    found: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A suite with what its loader noticed; ``source`` is kept for those who rewrite the file."""

    suite: Suite
    transcript: Transcript
    source: Source
    moved: tuple[Moved, ...]


def suite_path(name: str) -> Path:
    """The file of a suite given by path, or by the name of a packaged one.

    Raises:
        SuiteError: there is neither.
    """
    packaged = SUITES / f"{name}.yaml"
    if Path(name).is_file() or not packaged.is_file():
        if not Path(name).is_file():
            known = ", ".join(sorted(path.stem for path in SUITES.glob("*.yaml"))) or "none"
            raise SuiteError(f"there is no suite {name!r}; give a file, or one of the packaged suites: {known}")
        return Path(name)
    return packaged


def load(path: Path, find: FindTranscript, *, drafts: bool = False) -> Loaded:
    """Load a suite; ``drafts`` lets unfinished cases through, for those who only rewrite the file.

    Raises:
        SuiteError: the file is malformed, states an id twice, holds a draft, is over a transcript that is not there, or has a
            quote that is not in the text.
    """
    source = read(path)
    entry = validate(source)
    _refuse_doubles(source, entry)
    if not drafts:
        _refuse_drafts(source, entry)
    try:
        transcript = find(entry.transcript)
    except NotIndexed as error:
        raise SuiteError(f"{path}:{source.line(('transcript',))}: {error}") from error
    anchors = _Anchors(source, transcript)
    cases = tuple(
        Case(case, anchors.gold(number, case.id, case.evidence), source.line(("cases", number)))
        for number, case in enumerate(entry.cases)
    )
    if anchors.stale:
        raise SuiteError(*anchors.stale)
    suite = Suite(entry.suite, path, transcript.id, cases, digest(entry.model_dump_json()), digest(transcript.text))
    return Loaded(suite, transcript, source, tuple(anchors.moved))


def digest(text: str) -> str:
    """A short hash that tells texts apart: 16 hex digits of SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def validate(source: Source) -> SuiteEntry:
    """Check a file's values against the schema.

    Raises:
        SuiteError: with one message, file and line per fault.
    """
    try:
        return SuiteEntry.model_validate(source.value)
    except ValidationError as error:
        faults = [fault for fault in error.errors(include_url=False) if not _only_follows(fault)]
        raise SuiteError(*(_say(source, fault) for fault in faults)) from error


def _only_follows(fault: ErrorDetails) -> bool:
    """A list that is too short only because its items are faulty is no fault of its own."""
    return fault["type"] == "too_short" and bool(fault["input"])


def _say(source: Source, fault: ErrorDetails) -> str:
    key = tuple(fault["loc"])
    name, at = ".".join(map(str, key)) or "the file", source.at(key)
    match fault["type"]:
        case "extra_forbidden":
            return f"{at}: there is no key {key[-1]!r} ({name}); remove it, or see docs/evaluating.md for the keys"
        case "missing":
            return f"{at}: the key {key[-1]!r} is missing ({name})"
        case "too_short" if name == "cases":
            return f"{at}: the suite has no cases; add one with: roundtable eval add"
    return f"{at}: {name}: {fault['msg']}, but it is {str(fault['input'])[:60]!r}"


def _refuse_doubles(source: Source, entry: SuiteEntry) -> None:
    counts = Counter(case.id for case in entry.cases)
    faults = tuple(
        f"{source.at(('cases', number, 'id'))}: the id {case.id!r} is used {counts[case.id]} times; ids are unique"
        for number, case in enumerate(entry.cases)
        if counts[case.id] > 1
    )
    if faults:
        raise SuiteError(*faults)


def _refuse_drafts(source: Source, entry: SuiteEntry) -> None:
    faults = tuple(
        f"{source.at(('cases', number))}: {case.id!r} is still a draft; check question and evidence, "
        "complete it, and remove its line 'draft: true'"
        for number, case in enumerate(entry.cases)
        if case.draft
    )
    if faults:
        raise SuiteError(*faults)


class _Anchors:
    """Turns lines and quotes into offsets, and notes those that moved or are gone."""

    def __init__(self, source: Source, transcript: Transcript) -> None:
        self.source, self.transcript, self.text = source, transcript, transcript.text
        self.starts = [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]
        self.moved: list[Moved] = []
        self.stale: list[str] = []

    def gold(self, number: int, case: str, evidence: tuple[tuple[SpanEntry, ...], ...]) -> tuple[Alternative, ...]:
        found: list[Alternative] = []
        for a, alternative in enumerate(evidence):
            keys: list[Key] = [("cases", number, "evidence", a, s) for s in range(len(alternative))]
            spans = [self.span(key, case, entry) for key, entry in zip(keys, alternative, strict=True)]
            found.append(tuple(span for span in spans if span))
        return tuple(found)

    def span(self, key: Key, case: str, entry: SpanEntry) -> Span | None:
        offsets = self.in_line(entry)
        if len(offsets) != 1:
            offsets = offsets or self.everywhere(entry.quote)
            if len(offsets) != 1:
                self.stale.append(self.lament(key, case, entry, offsets))
                return None
            self.moved.append(Moved(case, key, entry.quote, entry.line, self.line(offsets[0])))
        start = offsets[0]
        end = start + len(entry.quote)
        return Span(start, end, entry.quote, entry.speaker, entry.about, self.line(start))

    def in_line(self, entry: SpanEntry) -> list[int]:
        """Where the quote begins within its line; it may run on over the line's end."""
        if entry.line is None or entry.line > len(self.starts):
            return []
        first = self.starts[entry.line - 1]
        after = self.starts[entry.line] if entry.line < len(self.starts) else len(self.text) + 1
        return [at for at in self.everywhere(entry.quote, first) if at < after]

    def everywhere(self, quote: str, first: int = 0) -> list[int]:
        found, at = [], self.text.find(quote, first)
        while at >= 0:
            found.append(at)
            at = self.text.find(quote, at + 1)
        return found

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def lament(self, key: Key, case: str, entry: SpanEntry, offsets: list[int]) -> str:
        at = f"{self.source.at((*key, 'quote'))}: case {case!r}: the quote {entry.quote[:40]!r}"
        if offsets:
            lines = sorted({self.line(offset) for offset in offsets})
            return f"{at} stands {len(offsets)} times in {self.transcript.id!r} (lines {lines}); quote more words"
        return f"{at} is stale: line {entry.line} of {self.transcript.id!r} does not have it, nor has any other line"
