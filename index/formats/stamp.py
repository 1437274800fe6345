"""Lines of plain text that carry a time: ``说话人 1 00:03:12``, ``Ann Lee  0:03``, ``[00:03:12] Ann Lee: words``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .called import bare, is_label, is_name
from .clock import CLOCK, seconds
from .cue import Cue, Line

_LONGEST = 160  # characters of a line that are looked at
_TIMED = re.compile(r"\d:\d\d")
_NAME = (
    r"(?P<name>[^\[\]()（）【】:：\d\s][^\[\]()（）【】:：\n]{0,39}?)(?:\s?[（(](?!\d{1,3}:)[^（）()\n]{1,40}[)）])?"
)
_TIME = rf"(?P<time>{CLOCK})"
_DATE = r"(?P<date>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s)?"
_ALONE = (
    re.compile(
        rf"(?P<saved>\[|【)?{_NAME}[\]】]?\s{{0,8}}(?:[-–—|·]\s{{1,4}})?[\[(（]?{_DATE}{_TIME}[\])）]?\s?[:：]?"
    ),
    re.compile(rf"[\[(（【]?{_TIME}[\])）】]?\s{{1,8}}{_NAME}"),
)
_BEFORE_WORDS = (
    re.compile(rf"[\[(（【]?{_TIME}[\])）】]?\s{{0,8}}[-–—]?\s{{0,8}}{_NAME}\s{{0,4}}[:：]\s*"),
    re.compile(rf"{_NAME}\s{{0,4}}[(（\[]{_TIME}[)）\]]\s{{0,4}}[:：]\s*"),
)
_RANGE = rf"(?P<time>{CLOCK})(?:\s{{0,3}}(?:-->|->|[-–—~～])\s{{0,3}}(?P<end>{CLOCK}))?"
_NAMELESS = re.compile(rf"\s{{0,8}}(?:[\[(（【]{_RANGE}[\])）】]|(?P<bare>{CLOCK})(?=\s|$))\s*")
_EARLY = 600  # seconds; a programme of the day begins later (9:00 reads as nine minutes), a recording does not
_REGULAR = 0.8  # share of lines, or of times in order, that make a habit of the file's
_STANDING = 0.4  # share where the time has a line of its own


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line's time and name; ``width`` is where its words begin. ``seconds`` is None where it is a time of day."""

    name: str
    seconds: float | None
    width: int
    alone: bool


def read_stamp(line: str) -> Stamp | None:
    """The time and the name a line carries, if it is written like one that carries them."""
    if not _TIMED.search(line, 0, _LONGEST):
        return None
    words = line[:_LONGEST].strip()
    if len(line) <= _LONGEST:
        for shape in _ALONE:
            if match := shape.fullmatch(words):
                of_day = any(match.groupdict().get(group) for group in ("saved", "date"))
                return Stamp(match["name"].strip(), None if of_day else seconds(match["time"]), len(line), True)
    indent = len(line) - len(line.lstrip())
    for shape in _BEFORE_WORDS:
        if match := shape.match(line[indent : indent + _LONGEST]):
            width = indent + match.end()
            return Stamp(match["name"].strip(), seconds(match["time"]), width, not line[width:].strip())
    return None


def stamped_names(lines: Sequence[str], stamps: Sequence[Stamp | None], known: set[str]) -> frozenset[str]:
    """Names that stand with times and speak; ``known`` are those that surely do. A programme of the day has none.

    ``stamps`` are those of the lines. Where the file's form shows that names stand there, they may be anything that a
    tool shows as one: "Lee, Ann", "iPhone (2)".
    """
    placed = [(n, stamp) for n, stamp in enumerate(stamps) if stamp]
    counts = Counter(stamp.name for _, stamp in placed)
    times = [stamp.seconds for _, stamp in placed if stamp.seconds is not None]
    of_day = not times  # a meeting's saved captions: their form is proof enough
    recorded = len(times) == len(placed) and times[:1] < [_EARLY] and _ordered(times) == 1
    named = {name for name in counts if is_name(bare(name), alone=True)}
    if len(placed) > 1 and (of_day or recorded) and all(_speaks(lines, stamps, n) for n, _ in placed):
        likely = sum(count for name, count in counts.items() if count > 1 or name in named)
        return frozenset(filter(is_label, counts) if likely >= _REGULAR * len(placed) else named)
    return frozenset(name for name, count in counts.items() if name in known or (count > 1 and name in named))


def _speaks(lines: Sequence[str], stamps: Sequence[Stamp | None], at: int) -> bool:
    """Whether words follow a stamp before the next one."""
    stamp = stamps[at]
    if stamp and not stamp.alone:
        return True
    after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), None)
    return after is not None and stamps[after] is None


def nameless_cues(lines: Sequence[str]) -> tuple[Cue, ...]:
    """Captions of a text where nearly every line begins with a time and no name, or stands under one; else none."""
    filled = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    stamps = {n: match for n, line in filled if (match := _NAMELESS.match(line[:_LONGEST]))}
    standing = sum(1 for n, match in stamps.items() if not lines[n - 1][match.end() :].strip())
    enough = _STANDING if standing > len(stamps) / 2 else _REGULAR
    if len(stamps) < 2 or len(stamps) < enough * len(filled):
        return ()
    times = {n: seconds(match["time"] or match["bare"]) for n, match in stamps.items()}
    if _ordered([time for time in times.values() if time is not None]) < _REGULAR:
        return ()
    found: list[tuple[int, re.Match[str] | None, list[Line]]] = [(1, None, [])]
    for n, line in filled:
        match = stamps.get(n)
        if match:
            found.append((n, match, []))
        words = line[match.end() :] if match else line
        if words.strip():
            found[-1][2].append(Line(n, words))
    return tuple(_cue(n, match, times.get(n), tuple(words)) for n, match, words in found if words)


def _cue(block: int, match: re.Match[str] | None, start: float | None, words: tuple[Line, ...]) -> Cue:
    end = seconds(match["end"]) if match and match["end"] else None
    return Cue(block, "", start if match else None, end, words, clear=match is not None and start is not None)


def _ordered(times: Sequence[float]) -> float:
    """The share of neighbouring times that do not run backwards."""
    pairs = list(pairwise(times))
    return sum(1 for a, b in pairs if a <= b) / len(pairs) if pairs else 1.0
