"""What every shape of answer draws on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.event import EventCard
from index.latin_names import is_office
from index.names import is_numbered
from index.segment import Segment
from index.types import Transcript, Turn

from .types import Lang


@dataclass(frozen=True, slots=True)
class Stage:
    """What a shape draws on: the event's card, the transcript made searchable, and the reader's language."""

    card: EventCard
    segment: Segment
    lang: Lang
    seen: tuple[tuple[int, int], ...] = ()
    """Spans a visitor has read and asks not to see again."""

    @property
    def transcript(self) -> Transcript:
        """The transcript itself."""
        return self.segment.transcript


def speakers(transcript: Transcript) -> tuple[str, ...]:
    """Everybody who speaks, in the order of their first words."""
    return tuple(dict.fromkeys(t.speaker for t in transcript.turns if t.speaker))


def is_unnamed(transcript: Transcript) -> bool:
    """Whether some who speak are only counted (发言人 4) or go by what they do (Project Manager): of nobody can it be said
    that they did not speak.
    """
    return any(is_numbered(name) or is_office(name) for name in speakers(transcript))


def spoken(stage: Stage) -> Iterator[tuple[tuple[int, int], str, Turn]]:
    """Every sentence in order: its place, its words and its turn."""
    text, turns = stage.transcript.text, stage.transcript.turns
    for s, t in zip(stage.segment.sentences, stage.segment.turns, strict=True):
        yield (s.start, s.end), text[s.start : s.end], turns[t]
