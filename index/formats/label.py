"""Who speaks on a line: speaker labels, learned from the event card or from repetition, never from any colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..dictionary import HAN
from ..event import EventCard
from .stamp import Stamp, read_stamp, stamped_names

_HEAD = re.compile(r"[^（(\n]{1,40}(?:[（(][^\n]{1,120}[)）])?")
_BLANK = " \t\u3000"
_ASIDE = re.compile(r"[（(【\[].*[)）】\]]\s*$")
_ASIDE_ENDS = (")", "）", "】", "]")
# Words that stand for a person where a name would stand, in any event.
_ROLE = re.compile(
    r"(?:发言人|说话人|說話人|講者|嘉宾|嘉賓|观众|觀眾|听众|聽眾|提问者|提問者|现场观众|问|答|主持人|主持|主席|记者|記者|男|女|[QA]"
    r"|speaker|participant|audience|moderator|host|interviewer|question|answer)\s*\d{0,3}",
    re.IGNORECASE,
)
# Labels that announce a person instead of giving them the word: what follows is about them.
_ANNOUNCED = re.compile(
    r"(?:分享人|分享嘉宾|主讲人|主讲|演讲人|演讲者|演讲嘉宾|讲者介绍|嘉宾介绍|出席嘉宾|主持人介绍"
    r"|about the speaker|presenter|speakers?|bio)",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\d+:")  # a time or a number, and no name: a megabyte of them is not looked at further
_SENTENCE = re.compile(r"[。！？!?；;,，\"“”]")
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
        if name is None and self.open and (opening.alone or self.inline) and _is_name(opening.name, opening.alone):
            name = opening.name
        return Label(name, opening.width, opening.alone) if name else None


def starts(lines: Iterable[str]) -> tuple[Start, ...]:
    """How each line starts."""
    return tuple(map(_start, lines))


def candidate(line: str) -> Label | None:
    """What stands before a colon at a line's start, where it looks like a name; whether it is one, the file must show."""
    if _COUNTS.match(line):
        return None
    opening = _opening(line)
    if not opening or _announces(opening) or not _is_name(opening.name, opening.alone):
        return None
    return Label(opening.name, opening.width, opening.alone)


def stamps_somebody(line: str) -> bool:
    """Whether a line carries a time and what may be a name beside it: no other makes a label with a time."""
    stamp = read_stamp(line)
    return stamp is not None and _is_name(_bare(stamp.name), alone=True)


def is_role(name: str) -> bool:
    """Whether a word stands for a person where a name would: host, Speaker 2, 说话人 1."""
    return bool(_ROLE.fullmatch(name))


def learn(starts: Sequence[Start], card: EventCard | None, names: Collection[str] = ()) -> Labels:
    """Labels of the card's speakers and of roles; without a card, labels that repeat and open most lines. Where names
    stand beside times, those are the labels. ``names`` are labels for another reason, such as bold type.
    """
    known = dict(card.by_label) if card else {}
    stamps = {start.stamp.name for start in starts if start.stamp}
    sure = {name for name in stamps if name in known or is_role(name)}
    found = stamped_names([start.line for start in starts], [start.stamp for start in starts], sure) if stamps else ()
    if stamped := frozenset(name for name in found if _is_name(_bare(name), alone=True)):
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
    known = {
        name for name, n in counts.items() if (n >= _REPEATED or _ROLE.fullmatch(name)) and _is_name(name, alone=True)
    }
    opened = [opening for opening in found if opening.name in known]
    alone = sum(1 for opening in opened if opening.alone)
    if not known or (len(opened) < _SHARE * filled and alone < _ALONE):
        return Labels({})
    return Labels({name: name for name in known}, open=True, inline=len(opened) >= _INLINE * filled)


def _roles(starts: Sequence[Start]) -> set[str]:
    names = {start.opening.name for start in starts if start.opening and not start.announces}
    return {name for name in names if _ROLE.fullmatch(name)}


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
    return Opening(written, _bare(written), len(line) - len(rest), not rest.strip())


def _announces(opening: Opening) -> bool:
    return opening.alone and _ANNOUNCED.fullmatch(opening.written.strip()) is not None


def _bare(written: str) -> str:
    """A label without its aside: ``张三（CEO）`` is ``张三``."""
    name = written.strip("*_# \t\u3000") if not written.startswith("*") else written.strip()
    return _ASIDE.sub("", name).strip() if name.endswith(_ASIDE_ENDS) else name.strip()


def _is_name(name: str, alone: bool) -> bool:
    """Whether this could be somebody's name, or what stands for one; ``alone`` is whether no words follow it."""
    if not name or name.isdigit() or _SENTENCE.search(name) or _ANNOUNCED.fullmatch(name) or "http" in name.lower():
        return False
    if HAN.search(name):
        return len(name) <= (12 if alone else 6)
    words = name.split()
    return (
        len(words) <= 5 and any(c.isalpha() for c in name) and all(w[0].isupper() or not w[0].isalpha() for w in words)
    )
