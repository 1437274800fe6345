"""Plain text into turns: labels, headings, announcements, bios, and the speaker whose talk has no marker."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..event import EventCard
from ..names import opening_name
from ..types import Anchor, Turn, TurnKind
from .kinds import with_kinds
from .label import Label, Labels, Start, learn, starts
from .utterance import Reading

_NUMBER_ONLY = re.compile(r"(?:第\s*)?[0-9０-９一二三四五六七八九十]{1,3}\s*(?:部分|章|节|[.、．])?$|#+\s+\S.*$")
_QA = re.compile(r"(?:问答|互动|提问|观众提问|圆桌|圆桌讨论|自由讨论|讨论)(?:环节|时间)?$|Q\s*&\s*A$", re.IGNORECASE)
_RULE = re.compile(r"[-—–_=*~·.#\s]+$")
_FIRST_PERSON = re.compile(r"我|咱|大家好|各位好|\b(?:I|we|my|our)\b")
_TITLE_LIMIT = 60  # characters; a longer first line is a paragraph, not a title
_NAMED_EARLY = 40  # characters; a bio names its person at once


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line with what it is, judged alone: blank, rule, heading, announce, label or text."""

    start: int
    end: int
    what: str
    text: str
    label: Label | None = None
    section: str | None = None


def read_turns(text: str, card: EventCard | None) -> tuple[Turn, ...]:
    """Cut ``text`` into turns that tile it: every line lies in exactly one turn."""
    return read(text, card).turns


def read(text: str, card: EventCard | None, *, headings: Collection[int] = (), names: Collection[str] = ()) -> Reading:
    """Cut ``text`` into turns that tile it, with the times of their labels; ``headings`` are offsets of lines that are
    known to be some, ``names`` labels that are.
    """
    raw = starts(text.split("\n"))
    labels = learn(raw, card, names)
    lines = tuple(_lines(raw, labels, card, headings))
    turns = tuple(with_kinds(text, tuple(_tiled(_turns(lines, card, labels), len(text)))))
    return Reading(text, turns, _anchors(lines, turns))


def _anchors(lines: Sequence[_Line], turns: Sequence[Turn]) -> tuple[Anchor, ...]:
    """The time of each turn whose label has one; none where no label has."""
    times = {_body(line, line.label): line.label.seconds for line in lines if line.label}
    if all(time is None for time in times.values()):
        return ()
    return tuple(Anchor(turn.body, times.get(turn.body)) for turn in turns)


def _body(line: _Line, label: Label) -> int:
    return line.end if label.alone else line.start + label.width


def paragraphs(text: str, turn: Turn) -> tuple[tuple[int, int], ...]:
    """The lines of a turn that hold words, its label left out, as spans."""
    spans, at = [], turn.body
    for line in text[turn.body : turn.end].split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return tuple(spans)


def _lines(raw: Sequence[Start], labels: Labels, card: EventCard | None, headings: Collection[int]) -> Iterator[_Line]:
    at = 0
    for start in raw:
        end = at + len(start.line) + 1
        judged = _judged(at, end, start, labels, card)
        is_heading = at in headings and judged.what in ("text", "label")
        yield replace(judged, what="heading", label=None, section=judged.text) if is_heading else judged
        at = end


def _judged(at: int, end: int, start: Start, labels: Labels, card: EventCard | None) -> _Line:
    words = start.line.strip()
    if not words:
        return _Line(at, end, "blank", words)
    if (section := _heading(words, card)) is not None:
        return _Line(at, end, "heading", words, section=section)
    if _RULE.match(words):
        return _Line(at, end, "rule", words)
    if start.announces:
        return _Line(at, end, "announce", words)
    label = labels.read(start)
    return _Line(at, end, "label" if label else "text", words, label)


def _heading(words: str, card: EventCard | None) -> str | None:
    for part in card.parts if card else ():
        if part.heading and part.heading == words:
            return part.title
    if _NUMBER_ONLY.fullmatch(words) or _QA.fullmatch(words):
        return words.lstrip("# ")
    return None


def _turns(lines: Sequence[_Line], card: EventCard | None, labels: Labels) -> Iterator[Turn]:
    """Turns whose ``start`` and ``body`` are right; their ends are set by tiling."""
    section = next((p.title for p in card.parts if not p.heading), None) if card else None
    speaker, announced, at = None, True, 0
    while at < len(lines):
        line = lines[at]
        if line.what in ("heading", "announce"):
            section = line.section if line.what == "heading" else section
            stop = _run(lines, at + 1, ("announce", "rule", "blank"))
            announced = any(x.what == "announce" for x in lines[at:stop])
            yield Turn(None, None, section, TurnKind.TITLE, line.start, line.start, line.end)
        elif line.label:
            stop = _run(lines, at + 1, ("text", "blank", "rule"))
            speaker, announced = line.label.name, False
            yield Turn(speaker, None, section, TurnKind.TALK, line.start, _body(line, line.label), line.end)
        else:
            stop = _run(lines, at, ("text", "blank", "rule"))
            following = lines[stop].label if stop < len(lines) else None
            run = _Run(lines[at:stop], section, announced or at == 0, at == 0, following)
            turns = tuple(_preamble(run) if run.opening and labels.stamped else _unlabelled(run, card, labels, speaker))
            speaker = turns[-1].speaker or speaker if turns else speaker
            yield from turns
        at = stop


def _run(lines: Sequence[_Line], at: int, kinds: tuple[str, ...]) -> int:
    while at < len(lines) and lines[at].what in kinds:
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines without a label: where they stand, and the label that follows them."""

    lines: Sequence[_Line]
    section: str | None
    announced: bool
    opening: bool
    following: Label | None


def _preamble(run: _Run) -> Iterator[Turn]:
    """What stands before the first time of a recording: its name, date and list of people; nobody says it."""
    first, last = run.lines[0], run.lines[-1]
    if any(line.what == "text" for line in run.lines):
        yield Turn(None, None, run.section, TurnKind.TITLE, first.start, first.start, last.end)


def _unlabelled(run: _Run, card: EventCard | None, labels: Labels, before: str | None) -> Iterator[Turn]:
    words = [line for line in run.lines if line.what == "text"]
    if not words:
        return
    has_speakers = bool(labels.known) or bool(card and card.speakers)
    if run.opening and has_speakers and _is_title(words[0], card):
        yield Turn(None, None, run.section, TurnKind.TITLE, run.lines[0].start, run.lines[0].start, words[0].end)
        words = words[1:]
    if not has_speakers or not words:
        yield from _speech(words, None, run.section)
        return
    person = _named(words[0].text, card, run.following)
    if not run.announced and person is None:
        yield from _speech(words, before, run.section)
        return
    count = len(words) if run.following else _bio_length(words, card, person)
    yield from _bios(words[:count], run, card)
    yield from _speech(words[count:], person, run.section)


def _is_title(line: _Line, card: EventCard | None) -> bool:
    if card and re.sub(r"\W", "", card.title) in re.sub(r"\W", "", line.text):
        return True
    return len(line.text) <= _TITLE_LIMIT and line.text[-1] not in "。！？!?.;；"


def _speech(words: Sequence[_Line], speaker: str | None, section: str | None) -> Iterator[Turn]:
    if words:
        yield Turn(speaker, None, section, TurnKind.TALK, words[0].start, words[0].start, words[-1].end)


def _named(words: str, card: EventCard | None, following: Label | None) -> str | None:
    """The person a bio's line is about: the first it names, early; without a card, the one whose label follows, or
    the name it opens with.
    """
    if not card:
        known = following.name if following and following.name in words[:_NAMED_EARLY] else None
        return known or opening_name(words)
    found = [
        (at, -len(written), speaker.name)
        for speaker in card.speakers
        for written in speaker.written()
        if 0 <= (at := words.find(written)) < _NAMED_EARLY
    ]
    return min(found)[2] if found else None


def _bio_length(words: Sequence[_Line], card: EventCard | None, person: str | None) -> int:
    """How many paragraphs still speak of the person, where the talk that follows has no marker."""
    speaker = card.speaker(person) if card else None
    names = speaker.written() if speaker else (person or "",)
    for count, line in enumerate(words[1:], 1):
        if _FIRST_PERSON.search(line.text) or not any(name in line.text for name in names):
            return count
    return len(words)


def _bios(words: Sequence[_Line], run: _Run, card: EventCard | None) -> Iterator[Turn]:
    about: str | None = None
    people = []
    for line in words:
        about = _named(line.text[:_NAMED_EARLY], card, run.following) or about
        people.append(about)
    for name, group in groupby(zip(people, words, strict=True), key=lambda pair: pair[0]):
        first = next(group)[1]
        kind = TurnKind.BIO if name else TurnKind.TITLE
        yield Turn(None, name, run.section, kind, first.start, first.start, first.end)


def _tiled(turns: Iterator[Turn], length: int) -> Iterator[Turn]:
    """Let each turn reach to the next one's start, so that no line is lost."""
    listed = list(turns) or [Turn(None, None, None, TurnKind.TALK, 0, 0, length)]
    starts = [0, *(turn.start for turn in listed[1:]), length]
    for turn, start, end in zip(listed, starts, starts[1:], strict=False):
        yield replace(turn, start=start, body=min(max(turn.body, start), end), end=end)
