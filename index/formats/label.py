"""Who speaks on a line: speaker labels, learned from the event card or from repetition, never from any colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..event import EventCard
from .called import bare, is_announcement, is_label, is_name, is_role
from .stamp import Stamp, read_stamp, stamped_names

_HEAD = re.compile(r"[^（(\n]{1,40}(?:[（(][^\n]{1,120}[)）])?")
_BLANK = " \t\u3000"
_COUNTS = re.compile(r"\d+:")  # a time or a number, and no name: a megabyte of them is not looked at further
_REPEATED = 2  # times a label must open a line before it is learned
_SHARE = 0.5  # of the lines that hold text must open with learned labels where each line is labelled
_INLINE = 0.8  # share of labelled lines above which every line is expected to carry one
_ALONE = 3  # label-only lines that make a labelled transcript, where paragraphs follow their label


class Opening(NamedTuple):
    """What stands before the first colon of a line, if it is no longer than a name: ``written`` there, ``name`` without
    its aside; ``width`` is where what follows begins, ``alone`` whether nothing does. A tuple, as there is one a line.
    """

    written: str
    name: str
    width: int
    alone: bool


class Start(NamedTuple):
    """A line, and what it may say of its speaker: read once, as a megabyte of lines is looked at many times."""

    line: str
    stamp: Stamp | None
    opening: Opening | None
    announces: bool
    """Whether the line only announces a person (分享人:), so that what follows is about them, not by them."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at a line's start: ``name`` as displayed, where the words behind it begin within the line, and their time
    where the label has one.
    """

    name: str
    width: int
    alone: bool
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The speaker labels of one transcript: written form -> displayed name, and whether new ones may still appear."""

    known: Mapping[str, str]
    open: bool = False
    inline: bool = False
    """Whether nearly every line is labelled, so that a name seen once with words behind it is a label too."""
    stamped: frozenset[str] = frozenset()
    """Names that stand beside a time."""

    def read(self, start: Start) -> Label | None:
        """The label this line opens with, if it is one of a speaker."""
        stamp, opening = start.stamp, start.opening
        if stamp and stamp.name in self.stamped:
            return Label(self.known.get(stamp.name, stamp.name), stamp.width, stamp.alone, stamp.seconds)
        if not opening or start.announces:
            return None
        name = self.known.get(opening.name)
        if name is None and self.open and (opening.alone or self.inline) and is_name(opening.name, opening.alone):
            name = opening.name
        return Label(name, opening.width, opening.alone) if name else None


def starts(lines: Iterable[str]) -> tuple[Start, ...]:
    """How each line starts."""
    return tuple(map(_start, lines))


def candidate(line: str) -> Label | None:
    """What stands before a colon at a line's start, where it looks like a name; whether it is one, the file must show."""
    label = opened(line)
    return label if label and is_name(label.name, label.alone) else None


def opened(line: str) -> Label | None:
    """What stands before a colon at a line's start, where a tool may have put it there, whatever it looks like."""
    if _COUNTS.match(line):
        return None
    opening = _opening(line)
    if not opening or _announces(opening) or not is_label(opening.name):
        return None
    return Label(opening.name, opening.width, opening.alone)


def stamps_somebody(line: str) -> bool:
    """Whether a line carries a time and what may be a name beside it: no other makes a label with a time."""
    stamp = read_stamp(line)
    return stamp is not None and is_name(bare(stamp.name), alone=True)


def learn(starts: Sequence[Start], card: EventCard | None, names: Collection[str] = ()) -> Labels:
    """Labels of the card's speakers and of roles; without a card, labels that repeat and open most lines. Where names
    stand beside times, those are the labels. ``names`` are labels for another reason, such as bold type.
    """
    known = dict(card.by_label) if card else {}
    stamps = {start.stamp.name for start in starts if start.stamp}
    sure = {name for name in stamps if name in known or is_role(name)}
    if stamped := stamped_names([start.line for start in starts], [start.stamp for start in starts], sure):
        return Labels(known or {name: name for name in stamped}, stamped=stamped)
    if card and (card.speakers or card.voices):
        return Labels(known | {r: known.get(r, r) for r in (*_roles(starts), *names)})
    if names:
        return Labels({name: name for name in names} | {r: r for r in _roles(starts)})
    return _from_repetition(starts)


def _from_repetition(starts: Sequence[Start]) -> Labels:
    filled = sum(1 for start in starts if start.opening or start.line.strip())
    found = [start.opening for start in starts if start.opening and not start.announces]
    counts = Counter(opening.name for opening in found)
    repeated = {name for name, n in counts.items() if (n >= _REPEATED and is_label(name)) or is_role(name)}
    if is_inline := sum(counts[name] for name in repeated) >= _INLINE * filled:
        known = repeated  # where every line has its label, whatever repeats there is one: "Lee, Ann", "ann_92"
    else:
        known = {name for name in repeated if is_name(name, alone=True)}
    openings = [opening for opening in found if opening.name in known]
    alone = sum(1 for opening in openings if opening.alone)
    if not known or (len(openings) < _SHARE * filled and alone < _ALONE):
        return Labels({})
    return Labels({name: name for name in known}, open=True, inline=is_inline)


def _roles(starts: Sequence[Start]) -> set[str]:
    names = {start.opening.name for start in starts if start.opening and not start.announces}
    return {name for name in names if is_role(name)}


def _start(line: str) -> Start:
    opening = _opening(line)
    return Start(line, read_stamp(line), opening, opening is not None and _announces(opening))


def _opening(line: str) -> Opening | None:
    """The first colon ends it: no name has one inside, and a pattern that looks for its own place in a long line of
    spaces takes minutes.
    """
    at = line.find(":")
    wide = line.find("：", 0, at) if at >= 0 else line.find("：")
    at = wide if wide >= 0 else at
    written = line[:at].lstrip(f"{_BLANK}\ufeff").rstrip(_BLANK) if at > 0 else ""
    if not written or not _HEAD.fullmatch(written):
        return None
    rest = line[at + 1 :].lstrip(_BLANK)
    return Opening(written, bare(written), len(line) - len(rest), not rest.strip())


def _announces(opening: Opening) -> bool:
    return opening.alone and is_announcement(opening.written.strip())
