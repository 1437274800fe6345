"""Events and turns of the API as JSON rows."""

from __future__ import annotations

from dataclasses import astuple

from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from index.event import EventCard
from index.formats.plain import paragraphs
from index.lines import turn_lines
from index.store import Entry, Index
from index.types import Transcript

from ..cite import place, time_at
from ..media import link_at, recording
from ..remarks import note_line
from ..types import Lang
from ..wording import name, part_title, say


class SpeakerRow(TypedDict):
    """A speaker as displayed; ``name`` is what ``speaker`` takes in a question."""

    name: str
    shown: str
    organisation: str
    role: str
    host: bool


class EventRow(TypedDict):
    """An event at a glance, in the language asked for."""

    id: str
    title: str
    series: str
    language: str
    link: str
    date: str
    speakers: list[SpeakerRow]
    parts: list[str]
    transcripts: list[str]
    suggestions: list[str]


class ParagraphRow(TypedDict):
    """A paragraph: ``start`` is the offset of its first character in the transcript's text; ``notes`` are the
    organiser's, ``corrected`` spans of the text that the organiser corrected.
    """

    start: int
    text: str
    place: str
    notes: list[str]
    corrected: list[list[int]]


class TurnRow(TypedDict):
    """A turn with its words; the first seven keys are those of ``roundtable turns --json``."""

    start_line: int
    end_line: int
    speaker: str | None
    about: str | None
    section: str | None
    kind: str
    turn: int
    start: int
    end: int
    who: str
    part: str
    time: float | None
    link: str | None
    remark: str
    paragraphs: list[ParagraphRow]


class PastRow(TypedDict):
    """An earlier revision: an edit ``[before_start, before_end, start, end]`` leads from its offsets to today's."""

    revision: str
    edits: list[list[int]]


class TranscriptRow(TypedDict):
    """A transcript, turn by turn; the turns tile it."""

    id: str
    revision: str
    past: list[PastRow]
    language: str
    turns: list[TurnRow]


def event_row(event: Entry, lang: Lang, suggestions: tuple[str, ...]) -> EventRow:
    """An event with questions that have answers."""
    card = event.card
    return EventRow(
        id=event.id,
        title=title(card, lang),
        series=(card.series_en if lang == "en" else "") or card.series,
        language=card.language,
        link=card.link,
        date=card.date,
        speakers=[
            SpeakerRow(
                name=who.name,
                shown=name(lang, card, who.name),
                organisation=who.organisation,
                role=(who.role_en if lang == "en" else "") or who.role,
                host=who.host,
            )
            for who in card.speakers
        ],
        parts=[part_title(lang, card, part.title) for part in card.parts],
        transcripts=list(event.transcripts),
        suggestions=list(suggestions),
    )


def title(card: EventCard, lang: Lang) -> str:
    """The event's title in the reader's language, where the card has it."""
    return (card.title_en if lang == "en" else "") or card.title


def transcript_rows(index: Index, event: Entry, lang: Lang) -> list[TranscriptRow]:
    """Every transcript of an event."""
    return [_transcript(index.transcript(id), event.card, lang) for id in event.transcripts]


def _transcript(transcript: Transcript, card: EventCard, lang: Lang) -> TranscriptRow:
    turns = [_turn(transcript, card, number, lang, at) for number, at in enumerate(turn_lines(transcript))]
    past = [PastRow(revision=p.revision, edits=[list(astuple(edit)) for edit in p.edits]) for p in transcript.past]
    return TranscriptRow(id=transcript.id, revision=transcript.revision, past=past, language=card.language, turns=turns)


def _turn(transcript: Transcript, card: EventCard, number: int, lang: Lang, lines: tuple[int, int]) -> TurnRow:
    turn, text = transcript.turns[number], transcript.text
    who = turn.speaker or turn.about
    return TurnRow(
        start_line=lines[0],
        end_line=lines[1],
        speaker=turn.speaker,
        about=turn.about,
        section=turn.section,
        kind=turn.kind.value,
        turn=number,
        start=turn.start,
        end=turn.end,
        who=name(lang, card, who) if who else "",
        part=part_title(lang, card, turn.section),
        time=(time := time_at(transcript, turn.body)),
        link=link_at(recording(card, transcript.id), time),
        remark=say(lang, "reassigned") if number in transcript.reassigned else "",
        paragraphs=[_paragraph(transcript, card, span, lang) for span in paragraphs(text, turn)],
    )


def _paragraph(transcript: Transcript, card: EventCard, span: tuple[int, int], lang: Lang) -> ParagraphRow:
    start, end = span
    edits = [edit for edit in transcript.edits if edit.start < end and start < edit.end]
    notes = [note_line(lang, note.text) for note in transcript.notes if start <= note.start < end]
    return ParagraphRow(
        start=start,
        text=transcript.text[start:end],
        place=place(transcript, card, start, lang),
        notes=[*notes, *([say(lang, "corrected_here")] if edits else [])],
        corrected=[[edit.start, edit.end] for edit in edits],
    )
