"""Who speaks on a line: speaker labels, learned from the event card or from repetition, never from any colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..event import EventCard
from .stamp import read_stamp, stamped_names

_COLON = re.compile(
    r"^[ \t\ufeff\u3000]*(?P<name>[^:：\n（(]{1,40}?(?:[（(][^:：\n]{1,120}[)）])?)[ \t\u3000]*[:：][ \t\u3000]*"
)
_ASIDE = re.compile(r"[（(【\[].*[)）】\]]\s*$")
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
_SENTENCE = re.compile(r"[。！？!?；;,，\"“”]")
_REPEATED = 2  # times a label must open a line before it is learned
_SHARE = 0.5  # of the lines that hold text must open with learned labels where each line is labelled
_INLINE = 0.8  # share of labelled lines above which every line is expected to carry one
_ALONE = 3  # label-only lines that make a labelled transcript, where paragraphs follow their label


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

    def read(self, line: str) -> Label | None:
        """The label this line opens with, if it is one of a speaker."""
        stamp = read_stamp(line) if self.stamped else None
        if stamp and stamp.name in self.stamped:
            return Label(self.known.get(stamp.name, stamp.name), stamp.width, stamp.alone, stamp.seconds)
        match = _COLON.match(line)
        if not match or is_announcement(line):
            return None
        written = _bare(match["name"])
        alone = not line[match.end() :].strip()
        name = self.known.get(written)
        if name is None and self.open and (alone or self.inline) and looks_like_name(match["name"], alone):
            name = written
        return Label(name, match.end(), alone) if name else None


def candidate(line: str) -> Label | None:
    """What stands before a colon at a line's start, where it looks like a name; whether it is one, the file must show."""
    match = _COLON.match(line) if ":" in line or "：" in line else None
    if not match or is_announcement(line):
        return None
    alone = not line[match.end() :].strip()
    return Label(_bare(match["name"]), match.end(), alone) if looks_like_name(match["name"], alone) else None


def is_role(name: str) -> bool:
    """Whether a word stands for a person where a name would: host, Speaker 2, 说话人 1."""
    return bool(_ROLE.fullmatch(name))


def is_announcement(line: str) -> bool:
    """Whether the line only announces a person (分享人:), so that what follows is about them, not by them."""
    match = _COLON.match(line)
    return bool(match and not line[match.end() :].strip() and _ANNOUNCED.fullmatch(match["name"].strip()))


def learn(lines: Sequence[str], card: EventCard | None, names: Collection[str] = ()) -> Labels:
    """Labels of the card's speakers and of roles; without a card, labels that repeat and open most lines. Where names
    stand beside times, those are the labels. ``names`` are labels for another reason, such as bold type.
    """
    known = dict(card.by_label) if card else {}
    stamps = {stamp.name for line in lines if (stamp := read_stamp(line))}
    sure = {name for name in stamps if name in known or is_role(name)}
    if stamped := frozenset(name for name in stamped_names(lines, sure) if looks_like_name(name, alone=True)):
        return Labels(known or {name: name for name in stamped}, stamped=stamped)
    if card and (card.speakers or card.voices):
        return Labels(known | {r: known.get(r, r) for r in (*_roles(lines), *names)})
    if names:
        return Labels({name: name for name in names} | {r: r for r in _roles(lines)})
    return _from_repetition(lines)


def _from_repetition(lines: Sequence[str]) -> Labels:
    texts = [line for line in lines if line.strip()]
    found = [(_bare(m["name"]), m) for line in texts if (m := _COLON.match(line)) and not is_announcement(line)]
    counts = Counter(name for name, m in found if looks_like_name(m["name"], alone=True))
    known = {name for name, n in counts.items() if n >= _REPEATED or _ROLE.fullmatch(name)}
    opened = [m for name, m in found if name in known]
    alone = sum(1 for m in opened if not m.string[m.end() :].strip())
    if not known or (len(opened) < _SHARE * len(texts) and alone < _ALONE):
        return Labels({})
    return Labels({name: name for name in known}, open=True, inline=len(opened) >= _INLINE * len(texts))


def _roles(lines: Sequence[str]) -> set[str]:
    names = (_bare(m["name"]) for line in lines if (m := _COLON.match(line)) and not is_announcement(line))
    return {name for name in names if _ROLE.fullmatch(name)}


def _bare(written: str) -> str:
    """A label without its aside: ``张三（CEO）`` is ``张三``."""
    return _ASIDE.sub("", written.strip("*_# \t\u3000") if not written.startswith("*") else written.strip()).strip()


def looks_like_name(written: str, alone: bool) -> bool:
    """Whether this could be somebody's name, or what stands for one; ``alone`` is whether no words follow it."""
    name = _bare(written)
    if not name or _SENTENCE.search(name) or _ANNOUNCED.fullmatch(name) or name.isdigit() or "http" in name.lower():
        return False
    if re.search(r"[\u3400-\u9fff]", name):
        return len(name) <= (12 if alone else 6)
    words = name.split()
    return (
        len(words) <= 5 and any(c.isalpha() for c in name) and all(w[0].isupper() or not w[0].isalpha() for w in words)
    )
