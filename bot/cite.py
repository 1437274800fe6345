"""Citations: slices of a transcript with everything a reader needs to find and trust them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from index.event import EventCard
from index.formats.plain import paragraphs
from index.lines import source_lines
from index.passage import weigh
from index.types import Transcript, Turn, TurnKind

from .media import link_at, recording
from .types import Citation, Lang
from .wording import part_title, say

NEAR = 300  # weight; about a minute of speech: a player that starts further ahead is in the wrong place


def turn_at(transcript: Transcript, offset: int) -> int:
    """The number of the turn that holds the character at ``offset``."""
    return bisect_right(transcript.turns, offset, key=lambda turn: turn.start) - 1


def cite(
    transcript: Transcript,
    card: EventCard,
    span: tuple[int, int],
    *,
    lang: Lang,
    number: int,
    emphasis: Sequence[tuple[int, int]] = (),
    context: tuple[int, int] | None = None,
) -> Citation:
    """Cite ``span`` of the text; the quote is that slice, whatever the caller thinks it says."""
    start, end = span
    at = turn_at(transcript, start)
    turn = transcript.turns[at]
    return Citation(
        number=number,
        event=transcript.event,
        transcript=transcript.id,
        revision=transcript.revision,
        turn=at,
        start=start,
        end=end,
        speaker=turn.speaker,
        about=turn.about,
        kind=turn.kind,
        section=turn.section,
        lines=source_lines(transcript, start, end),
        quote=transcript.text[start:end],
        place=place(transcript, card, start, lang),
        emphasis=tuple(emphasis),
        context=context,
        context_text=transcript.text[context[0] : context[1]] if context else "",
        time=(time := time_at(transcript, start)),
        link=link_at(recording(card, transcript.id), time),
    )


def place(transcript: Transcript, card: EventCard, offset: int, lang: Lang) -> str:
    """Where a reader finds it: the part, and which of its paragraphs."""
    turn = transcript.turns[turn_at(transcript, offset)]
    title = part_title(lang, card, turn.section)
    if turn.kind in (TurnKind.BIO, TurnKind.TITLE):
        return title
    starts = _paragraphs(transcript, turn.section)
    fields = {"part": title, "n": bisect_right(starts, offset), "total": len(starts)}
    return say(lang, "place" if title else "place_text", **fields)


def time_at(transcript: Transcript, offset: int) -> float | None:
    """The last time known before the character at ``offset`` was spoken; None where none is, or none that is near."""
    at = bisect_right(transcript.anchors, offset, key=lambda anchor: anchor.offset)
    if not at:
        return None
    anchor = transcript.anchors[at - 1]
    return anchor.seconds if weigh(transcript.text[anchor.offset : offset]) <= NEAR else None


@lru_cache(maxsize=256)
def _paragraphs(transcript: Transcript, section: str | None) -> tuple[int, ...]:
    """Where the spoken paragraphs of a part begin."""
    spoken = (t for t in transcript.turns if t.section == section and _is_spoken(t))
    return tuple(start for turn in spoken for start, _ in paragraphs(transcript.text, turn))


def _is_spoken(turn: Turn) -> bool:
    return turn.kind not in (TurnKind.BIO, TurnKind.TITLE)
