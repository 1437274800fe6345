"""What a claim rests on: the cited sentences, whose words they are, and what the event card says of those people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.event import EventCard
from index.types import HoleKind, Turn, TurnKind

from ..stage import Stage


@dataclass(frozen=True)
class Source:
    """Sentences of a transcript by their numbers in the segment, in spoken order."""

    stage: Stage
    numbers: tuple[int, ...]

    @property
    def card(self) -> EventCard:
        """The event's card."""
        return self.stage.card

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The cited slices; neighbours of one turn, which are read on from one to the next, are one slice."""
        found: list[tuple[int, int]] = []
        for before, n in zip((None, *self.numbers), self.numbers, strict=False):
            sentence, turns = self.stage.segment.sentences[n], self.stage.segment.turns
            if before is not None and before == n - 1 and turns[before] == turns[n]:
                found[-1] = (found[-1][0], sentence.end)
            else:
                found.append((sentence.start, sentence.end))
        return tuple(found)

    @cached_property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """The sentences of each slice."""
        all_ = self.stage.segment.sentences
        return tuple(tuple(n for n in self.numbers if a <= all_[n].start < b) for a, b in self.spans)

    @cached_property
    def text(self) -> str:
        """The cited words, slice by slice."""
        return "\n".join(self.stage.transcript.text[a:b] for a, b in self.spans)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turn of each sentence."""
        turns = self.stage.transcript.turns
        return tuple(turns[int(self.stage.segment.turns[n])] for n in self.numbers)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Whose words they are; an organiser's introduction is nobody's."""
        return frozenset(t.speaker for t in self.turns if t.speaker and t.kind not in (TurnKind.BIO, TurnKind.TITLE))

    @cached_property
    def people(self) -> frozenset[str]:
        """Who speaks in them, or is introduced by them."""
        return self.speakers | {t.about for t in self.turns if t.about}

    @cached_property
    def known(self) -> str:
        """The cited words, and every name and role the card gives to the people who speak or are introduced in them."""
        return "\n".join((self.text, *self._licensed()))

    def lost(self, start: int, end: int) -> bool:
        """Whether ``start:end`` of the transcript holds what is left of a figure that was lost."""
        return any(h.kind is HoleKind.FIGURE and start <= h.offset < end for h in self.stage.transcript.holes)

    def of(self, speaker: str) -> Source:
        """The part that is one speaker's own words."""
        pairs = zip(self.numbers, self.turns, strict=True)
        return Source(self.stage, tuple(n for n, turn in pairs if turn.speaker == speaker))

    def without(self, number: int) -> Source:
        """The rest, without one sentence."""
        return Source(self.stage, tuple(n for n in self.numbers if n != number))

    def _licensed(self) -> Iterator[str]:
        for name in sorted(self.people):
            if speaker := self.card.speaker(name):
                yield from (*speaker.written(), *speaker.aliases, speaker.organisation, *speaker.organisation_aliases)
                yield from (speaker.role, speaker.role_en)
        for turn in self.turns:
            if part := self.card.section(turn.section):
                yield from (part.title, part.title_en)
        yield from (self.card.title, self.card.title_en, self.card.series, self.card.series_en)


def source(stage: Stage, numbers: Sequence[int]) -> Source:
    """The source of these sentences."""
    return Source(stage, tuple(sorted(set(numbers))))
