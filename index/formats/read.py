"""A transcript's file into its text, turns, times and lines, whatever its format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..event import EventCard
from ..types import Origin
from . import plain, spoken
from .called import is_name
from .cue import Cue
from .decode import read_text
from .diarised import utterances as diarised
from .document import DocumentLine, word_lines
from .label import opened, stamps_somebody
from .markdown import markdown_lines
from .stamp import nameless_cues
from .subtitles import cues, file_lines, holds_captions
from .utterance import Reading
from .voice import utterances

SUFFIXES = frozenset({".txt", ".srt", ".vtt", ".json", ".docx", ".md", ".markdown"})
_OPENS_WEBVTT = re.compile(r"WEBVTT\b")


def read_file(path: Path, card: EventCard | None) -> Reading:
    """Read a transcript by its suffix; a ``.txt`` that holds captions is read as captions."""
    suffix, name = path.suffix.lower(), str(path)
    if suffix == ".docx":
        return _read_lines(word_lines(path), card, name)
    text = read_text(path)
    if suffix == ".json":
        return spoken.read(diarised(text, card, name), len(file_lines(text)), name)
    if suffix in (".md", ".markdown"):
        return _read_lines(markdown_lines(text), card, name, len(file_lines(text)))
    if suffix in (".srt", ".vtt"):
        return _read_cues(cues(text), card, len(file_lines(text)), name)
    return read_plain(text, card, name)


def read_plain(text: str, card: EventCard | None, name: str) -> Reading:
    """Read a text file: captions where it holds some, else lines that people wrote."""
    lines = file_lines(text)
    if _OPENS_WEBVTT.match(text) or holds_captions(lines):
        return _read_cues(cues(text), card, len(lines), name)
    stamped = nameless_cues(lines)
    read = None if stamped and not any(map(stamps_somebody, lines)) else plain.read(text, card)
    if read and (read.anchors or not stamped):
        return read
    return _read_cues(stamped, card, len(lines), name)


def _read_cues(found: Sequence[Cue], card: EventCard | None, last_line: int, name: str) -> Reading:
    return spoken.read(tuple(utterances(found, card)), last_line, name)


def _read_lines(lines: Sequence[DocumentLine], card: EventCard | None, name: str, last: int = 0) -> Reading:
    """Lines of a document: captions where they are some, else as plain text is read."""
    texts = [line.text for line in lines]
    numbers = [line.number for line in lines]
    last_line = last or max(numbers, default=1)
    if holds_captions(texts):
        return _renumbered(_read_cues(cues("\n".join(texts)), card, len(texts), name), numbers)
    if not any(text.strip() for text in texts):
        return spoken.read((), last_line, name)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    headings = frozenset(start for start, line in zip(starts, lines, strict=False) if line.is_heading)
    stamped = nameless_cues(texts)
    if stamped and not any(map(stamps_somebody, texts)):
        return _renumbered(_read_cues(stamped, card, len(texts), name), numbers)
    read = plain.read("\n".join(texts), card, headings=headings, names=_bold_names(lines))
    if stamped and not read.anchors:
        return _renumbered(_read_cues(stamped, card, len(texts), name), numbers)
    origins = [Origin(start, number, number) for start, number in zip(starts, numbers, strict=False)]
    return Reading(read.text, read.turns, read.anchors, (*origins, Origin(len(read.text), last_line, last_line)))


def _bold_names(lines: Sequence[DocumentLine]) -> frozenset[str]:
    """Names in bold before a colon, where there are several such lines."""
    found = [label for line in lines if line.is_bold and (label := opened(line.text))]
    counts = Counter(label.name for label in found)
    names = frozenset(label.name for label in found if counts[label.name] > 1 or is_name(label.name, label.alone))
    return names if sum(counts[name] for name in names) > 1 else frozenset()


def _renumbered(read: Reading, numbers: Sequence[int]) -> Reading:
    """A reading of a document's lines, its origins in the document's own numbers."""
    at = [1, *numbers]
    origins = [Origin(o.offset, at[min(o.line, len(numbers))], at[min(o.block, len(numbers))]) for o in read.origins]
    return Reading(read.text, read.turns, read.anchors, origins)
