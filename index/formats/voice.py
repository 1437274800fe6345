"""Who speaks in a file of captions: voice tags, ``Name:`` before the words, a name on its own line, or the cue's id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..event import EventCard
from ..names import surname
from .called import is_name, is_role
from .cue import Cue, Line
from .label import Label, opened
from .markup import plain, timed, voices
from .utterance import Piece, Utterance

_INLINE = 0.8  # share of captions that open with a name, above which every such opening is one
_SHARE = 0.5  # above which a name that repeats is a speaker whatever it looks like
_DASH = re.compile(r"\s*(?:[-–—‐]\s*|>>\s*)")
_WEBEX = re.compile(r'\d+\s+"([^"\n]{1,80})"(?:\s+\(\d*\))?')
_NUMBERED = re.compile(r"\d{1,6}\s*[-–_.:/#\s]\s*(?=\D)|\s*[-–_/#.:]\s*\d{1,6}$")
_NAME = re.compile(r"[^\W\d_][\w .'’·・-]{0,60}")
_NO_NAME = re.compile(
    r"(?:cue|caption|subtitle|line|seg(?:ment)?|slide|id|intro|title|chapter)[\s_-]*\d*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Voices:
    """How one file says who speaks. ``lasts`` is whether a name holds until the next one."""

    prefixes: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    named_lines: Mapping[str, str] = field(default_factory=dict)
    lasts: bool = False


def utterances(cues: Sequence[Cue], card: EventCard | None) -> Iterator[Utterance]:
    """What each cue says, by speaker; the names are the card's where it knows them."""
    found = learn(cues, card)
    before: str | None = None
    for cue in cues:
        for said in _said(cue, found, before if found.lasts else None):
            yield said._replace(speaker=card.named(said.speaker)) if card else said
            before = said.speaker


def learn(cues: Sequence[Cue], card: EventCard | None) -> Voices:
    """Read from all of a file how it names its speakers."""
    filled = sum(1 for cue in cues if cue.lines)
    lines = (plain(line.text) for cue in cues for line in cue.lines)
    labels = [label for line in lines if (label := opened(_undashed(line)))]
    prefixes = _prefixes(labels, filled, card)
    return Voices(
        prefixes,
        _ids([cue.id for cue in cues if cue.lines]),
        _named_lines(cues),
        bool(prefixes) and _at_changes(labels, prefixes),
    )


def _at_changes(labels: Sequence[Label], prefixes: Mapping[str, str]) -> bool:
    """Whether the file names a speaker only where another one begins, so that a caption without a name is theirs."""
    named = [label.name for label in labels if label.name in prefixes]
    return all(one != other for one, other in pairwise(named))


def _undashed(line: str) -> str:
    lead = _DASH.match(line)
    return line[lead.end() :] if lead else line


def _said(cue: Cue, found: Voices, before: str | None) -> Iterator[Utterance]:
    """A cue's words, cut where the speaker changes."""
    runs: list[tuple[str | None, list[Piece]]] = []
    lines, speaker = cue.lines, found.ids.get(cue.id) or before
    if found.named_lines and len(lines) > 1 and (name := found.named_lines.get(plain(lines[0].text).strip())):
        speaker, lines = name, lines[1:]
    dashed = sum(1 for line in lines if _DASH.match(line.text)) > 1
    voice: str | None = None
    for line in lines:
        fresh = True
        for named, run in voices(line.text, voice):
            voice = named
            who, words = _prefixed(run, found) if voice is None and fresh else (None, run)
            fresh = fresh and not run.strip()
            turned = dashed and who is None and voice is None and _DASH.match(run) is not None
            speaker = None if turned else who or speaker
            _add(runs, voice or speaker, _pieces(words, line, cue.start))
    for who, pieces in runs:
        if any(piece.text.strip() for piece in pieces):
            yield Utterance(who, tuple(pieces), cue.block, cue.start, cue.end)


def _add(runs: list[tuple[str | None, list[Piece]]], who: str | None, pieces: Iterator[Piece]) -> None:
    if not runs or runs[-1][0] != who:
        runs.append((who, []))
    runs[-1][1].extend(pieces)


def _pieces(words: str, line: Line, start: float | None) -> Iterator[Piece]:
    """The words of a line, which ends as a space would."""
    for when, run in timed(words):
        if run:
            yield Piece(plain(run), line.number, start if when is None else when)
    yield Piece(" ", line.number, None)


def _prefixed(text: str, found: Voices) -> tuple[str | None, str]:
    """The speaker a line opens with, and its words."""
    if not found.prefixes:
        return None, text
    lead = _DASH.match(text)
    bare = text[lead.end() :] if lead else text
    label = opened(plain(bare).strip() if "<" in bare else bare)
    name = found.prefixes.get(label.name) if label else None
    if not label or name is None:
        return None, text
    return name, bare[label.width :] if "<" not in bare[: label.width] else plain(bare).strip()[label.width :]


def _prefixes(labels: Sequence[Label], captions: int, card: EventCard | None) -> dict[str, str]:
    """Names that stand before the words, as written and as shown."""
    counts = Counter(label.name for label in labels if not label.alone)
    named = {name for name in counts if is_name(name, alone=False)}
    share = sum(counts[name] for name in named) / max(captions, 1)
    likely = sum(times for name, times in counts.items() if times > 1 or name in named)
    every = likely >= _INLINE * captions  # then whatever repeats there is a name: "Lee, Ann", "ann_92"
    known = set(card.by_label) if card else set()
    return {
        name: name
        for name, times in counts.items()
        if name in known
        or is_role(name)
        or (times > 1 and every)
        or (name in named and ((times > 1 and (share > _SHARE or _is_personal(name))) or share >= _INLINE))
    }


def _is_personal(name: str) -> bool:
    """Whether this can hardly be anything but a name: CAPITALS, a Chinese name, or first and last name."""
    return name.isupper() or surname(name) is not None or len(name.split()) > 1


def _named_lines(cues: Sequence[Cue]) -> dict[str, str]:
    """Names on a line of their own above the words, as Teams writes them, and as shown; none unless nearly every cue has
    one.
    """
    several = [plain(cue.lines[0].text).strip() for cue in cues if len(cue.lines) > 1]
    filled = sum(1 for cue in cues if cue.lines)
    names = {line: label.name for line in set(several) if (label := opened(f"{line}:")) and label.alone}
    counts = Counter(names[line] for line in several if line in names)
    names = {line: name for line, name in names.items() if counts[name] > 1 or is_name(name, alone=True)}
    counts = Counter(names[line] for line in several if line in names)
    if filled < 2 or sum(counts.values()) < _INLINE * filled or max(counts.values(), default=0) < 2:
        return {}
    return names


def _ids(ids: Sequence[str]) -> dict[str, str]:
    """Cue ids that name a speaker: Webex's ``1 "Ann Lee" (123)``, ``ann-3``, or a name that is all of the id."""
    if quoted := {id: match[1] for id in ids if (match := _WEBEX.fullmatch(id))}:
        return quoted
    worded = [id for id in ids if any(char.isalpha() for char in id)]
    repeated = len(set(worded)) < len(worded)
    names = {id: id if repeated else _NUMBERED.sub("", id).strip() for id in worded}
    if not worded or not all(_NAME.fullmatch(name) and not _NO_NAME.fullmatch(name) for name in names.values()):
        return {}
    changed = any(name != id for id, name in names.items())
    if changed and len(set(names.values())) == len(names) and len(names) > 1:
        return {}  # every id is another word: they number the cues, and name nobody
    return names
