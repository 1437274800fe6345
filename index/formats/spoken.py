"""Utterances into spoken text: captions join into sentences, sentences into paragraphs, paragraphs into turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..errors import TranscriptError
from ..passage import weigh
from ..types import Anchor, Origin, Turn, TurnKind
from .kinds import with_kinds
from .utterance import Piece, Reading, Utterance

PAUSE = 2.0  # seconds of silence behind a sentence that begin a paragraph
PARAGRAPH = 250  # weight of a paragraph that ends with its next sentence; the passages of RETRIEVAL.md have 150 to 300
UNENDED = 60  # weight of a line where nobody wrote full stops: about 12 seconds, one thought
ENDLESS = 600  # weight at which a line ends even in a file with full stops
_ENDED = re.compile(r"[。！？!?….;；][”’」』）)】》〉\"']*$")
_SPOKEN_STOP = re.compile(r"[。！？!?]|\.(?=\s|$)")
_SPACES, _ODD_SPACE = re.compile(r"\s+"), re.compile(r"[^\S ]|  ")
_STOPS = 0.3  # sentence ends per hundred characters' weight below which a file has no punctuation; prose has 2 to 5
_NO_SPACE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")


def read(utterances: Sequence[Utterance], last_line: int, name: str) -> Reading:
    """Put utterances together in the order of the file; ``last_line`` is the file's."""
    said = [utterance for utterance in utterances if utterance.text.strip()]
    if not said:
        raise TranscriptError(f"{name!r} holds no words that were spoken; a transcript has some")
    page = _Page(punctuated=_is_punctuated(said))
    turns = tuple(_turns(said, page))
    text = "".join(page.parts)
    origins = (*page.origins, Origin(len(text), last_line, last_line))
    return Reading(text, tuple(with_kinds(text, turns)), _thinned(page.anchors), origins)


@dataclass(slots=True)
class _Page:
    """The text so far, with what is known of its places."""

    punctuated: bool
    parts: list[str] = field(default_factory=list)
    length: int = 0
    weight: float = 0
    """Of the unfinished line."""
    tail: str = ""
    """Its last characters."""
    anchors: list[Anchor] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append to the text."""
        self.parts.append(text)
        self.length += len(text)
        is_new = text == "\n"
        self.weight = 0 if is_new else self.weight + _weight(text)
        self.tail = "" if is_new else (self.tail + text)[-8:]


def _turns(said: Sequence[Utterance], page: _Page) -> Iterator[Turn]:
    for speaker, group in groupby(said, key=lambda utterance: utterance.speaker):
        start, before = page.length, None
        for utterance in group:
            if before:
                page.add(_joint(before, utterance, page))
            _write(utterance, page)
            before = utterance
        page.add("\n")
        yield Turn(speaker, None, None, TurnKind.TALK, start, start, page.length)


def _write(utterance: Utterance, page: _Page) -> None:
    for piece, text in _trimmed(utterance.pieces):
        page.anchors.append(Anchor(page.length, piece.seconds))
        if not page.origins or (page.origins[-1].line, page.origins[-1].block) != (piece.line, utterance.block):
            page.origins.append(Origin(page.length, piece.line, utterance.block))
        page.add(text)


def _trimmed(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
    """Pieces with words, each with the white space before it as one space, or none between Chinese characters."""
    before, gap = "", False
    for piece in pieces:
        words = piece.text.strip()
        gap = gap or piece.text[:1].isspace()
        if words:
            inner = _SPACES.sub(" ", words) if _ODD_SPACE.search(words) else words
            yield piece, (" " if gap and before and _spaced(before, inner) else "") + inner
            before, gap = inner, False
        gap = gap or piece.text[-1:].isspace()


def _spaced(before: str, after: str) -> bool:
    return not (_NO_SPACE.match(before[-1]) and _NO_SPACE.match(after[0]))


def _joint(before: Utterance, after: Utterance, page: _Page) -> str:
    """What stands between two utterances of one turn: a new line, a space, or nothing."""
    return "\n" if _breaks(before, after, page) else " " if _spaced(page.tail[-1], after.text.strip()[0]) else ""


def _breaks(before: Utterance, after: Utterance, page: _Page) -> bool:
    weight = page.weight
    paused = before.end is not None and after.start is not None and after.start - before.end >= PAUSE
    if not page.punctuated:
        return weight >= UNENDED or (paused and weight >= UNENDED / 3)
    if _ENDED.search(page.tail):
        return paused or weight >= PARAGRAPH
    return weight >= ENDLESS


def _weight(text: str) -> float:
    return 0.6 * len(text) if text.isascii() else weigh(text)


def _is_punctuated(said: Sequence[Utterance]) -> bool:
    """Whether sentences end in this file; live captions often have no full stop at all."""
    text = "\n".join(utterance.text.strip() for utterance in said)
    return len(_SPOKEN_STOP.findall(text)) >= _STOPS * _weight(text) / 100


def _thinned(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Anchors without those that only repeat the time before them; none where no time is known."""
    if all(anchor.seconds is None for anchor in anchors):
        return ()
    kept = [
        anchor for n, anchor in enumerate(anchors)
        if n == 0 or anchor.seconds != anchors[n - 1].seconds
    ]  # fmt: skip
    return tuple(kept)
