"""SubRip and WebVTT into utterances, line by line.

The libraries for these formats (webvtt-py, pysubs2, srt) give no line numbers, and drop captions or fold them into
their neighbours where a file is damaged; tests/test_subtitles.py compares this reader with them on sound files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from .clock import seconds, starts_before_end
from .cue import Cue, Line
from .rolling import unrolled

_ARROW = re.compile(r"-{1,3}>|[—–]>|→|- ->")
_CAPTIONS = 2  # timing lines; one may stand in a sentence
_LONGEST = 200  # characters of a timing line, its settings included
_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?$")
_APART = re.compile(r"NOTE(?:[ \t].*)?$|(?:STYLE|REGION)[ \t]*$")
_CLOCK = re.compile(r"-?(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,6})?", re.ASCII)
_MEANT = re.compile(r"-?\d[\d:.,]{0,20}\s?-->\s?-?\d[\d:.,]{0,20}", re.ASCII)
_Times = tuple[float | None, float | None]
_BREAKS = re.compile(r"\r\n|\n|\r")


def file_lines(text: str) -> list[str]:
    """The lines of a file, whatever system broke them."""
    return _BREAKS.split(text)


def cues(text: str) -> tuple[Cue, ...]:
    """Every caption in the order of the file, those that only repeat a rolling line left out."""
    return tuple(unrolled(tuple(_cues(file_lines(text)))))


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    at, is_webvtt = _body(lines)
    arrows = (n for n, line in enumerate(lines[at:], at) if ">" in line or "→" in line)
    times = {n: clocks for n in arrows if (clocks := _clocks(lines[n])) or _is_meant(lines, n)}
    timings = list(times)
    befores = [at - 1, *timings]
    heads = [_head(lines, n, before, is_webvtt=is_webvtt) for n, before in zip(timings, befores, strict=False)]
    ends = [*heads, len(lines)]
    if early := tuple(_words(lines, at, ends[0], is_webvtt=is_webvtt)):
        yield Cue(early[0].number, "", None, None, early, clear=False)
    for timing, head, end in zip(timings, heads, ends[1:], strict=True):
        id = lines[head].strip() if head < timing else ""
        yield _cue(times[timing], head + 1, id, tuple(_words(lines, timing + 1, end, is_webvtt=is_webvtt)))


def holds_captions(lines: Sequence[str]) -> bool:
    """Whether enough lines say when a caption is shown, so that a text is one of captions, whatever its name says."""
    timings = (line for line in lines if (">" in line or "→" in line) and _clocks(line))
    return len(tuple(islice(timings, _CAPTIONS))) == _CAPTIONS


def _body(lines: Sequence[str]) -> tuple[int, bool]:
    """Where captions begin, behind a WebVTT header block or at once, and whether there was one."""
    if not lines or not _HEADER.match(lines[0]):
        return 0, False
    at = 1
    while at < len(lines) and lines[at].strip() and not _clocks(lines[at]):
        at += 1
    glued = 1 < at < len(lines) and lines[at].strip() and lines[at - 1].strip().isdigit()
    return (at - 1 if glued else at), True


def _clocks(line: str) -> _Times | None:
    """The times of a timing line, each None where it cannot be read; None for any other line."""
    arrow = _ARROW.search(line, 0, _LONGEST)
    if not arrow or len(line) > _LONGEST:
        return None
    left, right = line[: arrow.start()].strip(), line[arrow.end() :].split()[:1]
    if not left or not right or not (_CLOCK.fullmatch(left) and _CLOCK.fullmatch(right[0])):
        return None
    return seconds(left), seconds(right[0])


def _is_meant(lines: Sequence[str], at: int) -> bool:
    """Whether a line without times can only be meant as a timing line: its captions stay, without a time."""
    line = lines[at]
    opens = at == 0 or not lines[at - 1].strip() or lines[at - 1].strip().isdigit()
    return opens and len(line) <= _LONGEST and bool(_MEANT.fullmatch(line.strip()))


def _head(lines: Sequence[str], timing: int, before: int, *, is_webvtt: bool) -> int:
    """The line a cue begins on: its identifier where one stands above the timing, else the timing itself.

    ``before`` is the timing line above, or the last line of the header. Only WebVTT has identifiers of words; elsewhere
    such a line is speech.
    """
    above = timing - 1
    if above <= before or not lines[above].strip():
        return timing
    opens = not lines[above - 1].strip() or (above - 1 == before and not _is_cue(lines, before))
    if lines[above].strip().isdigit():
        return above if opens or above - 1 > before else timing
    return above if is_webvtt and opens else timing


def _is_cue(lines: Sequence[str], before: int) -> bool:
    return before >= 0 and _clocks(lines[before]) is not None


def _words(lines: Sequence[str], start: int, end: int, *, is_webvtt: bool) -> Iterator[Line]:
    """The lines of ``start:end`` that hold words; comments and style blocks of WebVTT are none."""
    blank, apart = is_webvtt and not lines[start - 1].strip(), False
    for at, line in enumerate(lines[start:end], start + 1):
        if not line or line.isspace():
            blank, apart = is_webvtt, False
        elif not apart:
            apart = blank and _APART.match(line) is not None
            if not apart:
                yield Line(at, line)
            blank = False


def _cue(times: _Times | None, block: int, id: str, words: tuple[Line, ...]) -> Cue:
    start, end = times or (None, None)
    shown = starts_before_end(start, end)
    known = shown is not None
    return Cue(block, id, shown, end if known else None, words, clear=known and end is not None)
