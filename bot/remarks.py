"""What the organiser adds to an answer: notes on the places it cites, and that words were corrected. Never a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.store import Index
from index.types import Edit, Note

from .types import Answer, Citation, Lang
from .wording import say


def remarked(answer: Answer, index: Index) -> Answer:
    """The answer with the organiser's remarks on what it cites among its notes."""
    found = dict.fromkeys(line for citation in answer.citations for line in _remarks(citation, index, answer.lang))
    fresh = [line for line in found if line not in answer.notes]
    return replace(answer, notes=(*answer.notes, *fresh)) if fresh else answer


def note_line(lang: Lang, note: str) -> str:
    """A note as a person reads it: the organiser's, and outside quotation marks."""
    return say(lang, "organiser_note", note=note)


def _remarks(citation: Citation, index: Index, lang: Lang) -> Iterator[str]:
    transcript = index.transcript(citation.transcript)
    yield from (note_line(lang, note.text) for note in transcript.notes if _touches(citation, note))
    if any(_touches(citation, edit) for edit in transcript.edits):
        yield say(lang, "corrected")
    if citation.turn in transcript.reassigned:
        yield say(lang, "reassigned")


def _touches(citation: Citation, place: Note | Edit) -> bool:
    return place.start < citation.end and citation.start < place.end
