"""JSON of speech recognition into utterances: WhisperX, Whisper, whisper.cpp, and lists of speaker, times and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..errors import TranscriptError
from ..event import EventCard
from .clock import sane, seconds, starts_before_end
from .jsonlines import Element, arrays
from .utterance import Piece, Utterance

_LISTS = (
    "segments", "transcription", "utterances", "results.utterances", "monologues", "transcript", "transcripts",
    "results", "data", "messages", "",
)  # fmt: skip
_SLOWEST = 0.2  # characters a second; who is slower wrote milliseconds. Speech has 3 (Chinese) to 25
_FASTEST = 100.0  # characters a second of no speech at all: then nobody can say what the numbers count
_FEW = 2  # words of another speaker that count as theirs, where the same one speaks before and behind them


def _name(value: object) -> str | None:
    """A speaker's label: a word, or the number of one; true or false are none."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("label") or value.get("id")
    if isinstance(value, bool) or value is None:
        return None
    return f"Speaker {value}" if isinstance(value, int) else str(value).strip() or None


def _moment(value: object) -> float | None:
    """Seconds of a number or of a written time; anything else is no time."""
    if isinstance(value, str):
        written = value.removesuffix("s")
        return seconds(value) if ":" in value else _number(written)
    return _number(value)


def _number(value: object) -> float | None:
    try:
        return None if isinstance(value, bool) or not isinstance(value, int | float | str) else float(value)
    except (ValueError, OverflowError):
        return None


Name = Annotated[str | None, BeforeValidator(_name)]
Moment = Annotated[float | None, BeforeValidator(_moment)]
_START = Field(None, validation_alias=AliasChoices("start", "start_time", "startTime", "begin", "ts", "start_ts"))
_END = Field(None, validation_alias=AliasChoices("end", "end_time", "endTime", "stop", "end_ts"))
_SPEAKER = Field(
    None,
    validation_alias=AliasChoices(
        "speaker", "speaker_label", "speaker_name", "speakerName", "spk", "speaker_id", "name"
    ),
)
_TEXT = AliasChoices("text", "transcript", "content", "sentence", "punctuated_word", "word", "value")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Word(_Part):
    text: str = Field(validation_alias=AliasChoices("punctuated_word", "word", "text", "value", "content"))
    start: Moment = _START
    end: Moment = _END
    speaker: Name = _SPEAKER


class _Offsets(_Part):
    start: Moment = Field(None, validation_alias="from")
    end: Moment = Field(None, validation_alias="to")


class _Segment(_Part):
    text: str | None = Field(None, validation_alias=_TEXT)
    start: Moment = _START
    end: Moment = _END
    speaker: Name = _SPEAKER
    words: tuple[_Word, ...] = Field((), validation_alias=AliasChoices("words", "elements"))
    offsets: _Offsets | None = None


def utterances(text: str, card: EventCard | None, name: str) -> tuple[Utterance, ...]:
    """What a JSON transcript says; ``name`` is the file's, for what is wrong with it."""
    segments = [(element.line, _segment(element, name)) for element in _elements(text, name)]
    scale = _scale([segment for _, segment in segments])
    return tuple(said for line, segment in segments for said in _said(segment, line, scale, card))


def _elements(text: str, name: str) -> Sequence[Element]:
    found, others = arrays(text, name)
    for key in _LISTS:
        if key in found and all(isinstance(element.value, dict) for element in found[key]):
            return found[key]
    whole = others.get("text")
    if isinstance(whole, str) and whole.strip():
        return [Element({"text": whole}, 1)]
    raise TranscriptError(
        f"{name!r} is no transcript this reads: it needs a list 'segments', 'transcription' or 'utterances' of objects "
        "with 'text', and perhaps 'speaker', 'start' and 'end'"
    )


def _segment(element: Element, name: str) -> _Segment:
    try:
        segment = _Segment.model_validate(element.value)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise TranscriptError(f"{name!r}, line {element.line}: {place}: {fault['msg']}; export it again") from error
    if segment.text is None and not segment.words:
        raise TranscriptError(
            f"{name!r}, line {element.line}: an entry without 'text'; export it again, or take it out"
        )
    return segment


def _scale(segments: Sequence[_Segment]) -> float:
    """What a number of the file is in seconds: 1, or 0.001 where people would else speak too slowly; 0 is unknown."""
    spans = [(len(_text(s)), s.end - s.start) for s in segments if s.start is not None and s.end is not None]
    length, time = sum(n for n, t in spans if t > 0), sum(t for _, t in spans if t > 0)
    if not time or length / time >= _SLOWEST:
        return 1.0
    return 0.001 if _SLOWEST <= length / time * 1000 <= _FASTEST else 0.0


def _text(segment: _Segment) -> str:
    return segment.text if segment.text is not None else " ".join(word.text.strip() for word in segment.words)


def _said(segment: _Segment, line: int, scale: float, card: EventCard | None) -> Iterator[Utterance]:
    start, end = _times(segment, scale)
    for speaker, pieces in _voiced(segment, line, start, scale):
        named = card.named(speaker) if card else speaker
        first = next((piece.seconds for piece in pieces if piece.seconds is not None), start)
        yield Utterance(named, tuple(pieces), line, first, end)


def _times(segment: _Segment, scale: float) -> tuple[float | None, float | None]:
    """Start and end in seconds; whisper.cpp writes milliseconds in ``offsets``."""
    if segment.offsets:
        start, end = _scaled(segment.offsets.start, 0.001), _scaled(segment.offsets.end, 0.001)
    else:
        start, end = _scaled(segment.start, scale), _scaled(segment.end, scale)
    return starts_before_end(start, end), end


def _scaled(value: float | None, scale: float) -> float | None:
    return sane(value * scale) if value is not None and scale else None


def _voiced(
    segment: _Segment, line: int, start: float | None, scale: float
) -> Iterator[tuple[str | None, list[Piece]]]:
    """The segment's words by speaker; by the segment's own where its words do not add up to its text."""
    whole = Piece(f" {_text(segment)}", line, start)
    same = "".join(_text(segment).split()) == "".join("".join(word.text for word in segment.words).split())
    if not segment.words or not same:
        yield segment.speaker or _first_speaker(segment), [whole]
        return
    speakers = _speakers(segment)
    placed = zip(speakers, _pieces(segment, line, start, scale), strict=True)
    for speaker, group in groupby(placed, key=lambda pair: pair[0]):
        yield speaker, [piece for _, piece in group]


def _first_speaker(segment: _Segment) -> str | None:
    return next((word.speaker for word in segment.words if word.speaker), None)


def _pieces(segment: _Segment, line: int, start: float | None, scale: float) -> Iterator[Piece]:
    """The words, each with the white space the segment's text has before it, and its own time where it has one."""
    text, at, last = _text(segment), 0, start
    for number, word in enumerate(segment.words):
        bare = word.text.strip()
        found = text.find(bare, at) if bare else at
        gap = " " if found > at or (number == 0) else ""
        at = max(at, found) + len(bare)
        own = _scaled(word.start, scale)
        last = own if own is not None else last  # WhisperX gives numbers no time: the word before is a moment earlier
        yield Piece(gap + bare, line, last)


def _speakers(segment: _Segment) -> list[str | None]:
    """A speaker for each word: its own, else that of the word before it; a lone word amid another's is theirs."""
    own = [word.speaker for word in segment.words]
    filled: list[str | None] = []
    for speaker in own:
        filled.append(speaker or (filled[-1] if filled else segment.speaker or _first_speaker(segment)))
    runs = [(speaker, len(list(group))) for speaker, group in groupby(filled)]
    smooth: list[str | None] = []
    for number, (speaker, length) in enumerate(runs):
        amid = 0 < number < len(runs) - 1 and runs[number - 1][0] == runs[number + 1][0] and length < _FEW
        smooth += [runs[number - 1][0] if amid else speaker] * length
    return smooth
