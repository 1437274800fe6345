"""Files and folders into events: which file is a transcript, which folder an event, and what their ids are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from .errors import TranscriptError
from .event import CARD, Event, EventCard, read_card
from .formats.decode import read_text
from .formats.plain import paragraphs, read_turns
from .hole import holes
from .types import Transcript, Turn, TurnKind

SUFFIXES = frozenset({".txt"})
DEFAULT_EVENT = "a-plan-01"


def packaged_event() -> Path:
    """The folder of the event that ships in the package."""
    return Path(str(resources.files("index"))) / "events" / DEFAULT_EVENT


def read_events(paths: Sequence[Path]) -> tuple[Event, ...]:
    """Read every event named: folders of transcripts, folders of such folders, or single files."""
    events = tuple(event for path in paths for event in _events_in(path))
    ids = [event.id for event in events]
    if twice := [i for i in ids if ids.count(i) > 1]:
        raise TranscriptError(f"two events are called {twice[0]!r}; rename one of the folders or files")
    return events


def read_event(path: Path) -> Event:
    """Read one event: a folder with transcripts and perhaps a card, or a lone transcript (with the card beside it)."""
    if path.is_dir():
        files = _transcripts_in(path)
        if not files:
            raise TranscriptError(f"{str(path)!r} holds no transcript; put a {'/'.join(sorted(SUFFIXES))} file in it")
        return _event(path.name or path.resolve().name, files, path / CARD)
    if not path.exists():
        raise TranscriptError(f"there is no {str(path)!r}; name a transcript file or an event folder")
    return _event(path.stem, [path], path.parent / CARD)


def read_transcript(text: str, *, id: str, event: str, card: EventCard | None) -> Transcript:
    """Read a text that is already decoded; ``card`` None means that nothing is known of its speakers."""
    turns = read_turns(text, card)
    spoken = tuple(span for turn in turns if turn.kind is not TurnKind.TITLE for span in paragraphs(text, turn))
    return Transcript(id, event, text, revision(text, turns), turns, holes(text, spoken))


def revision(text: str, turns: Sequence[Turn]) -> str:
    """A hash of the text and of how it was read, 16 hex digits."""
    return hashlib.sha256(f"{text}\0{turns!r}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def transcript_id(event: str, stem: str) -> str:
    """``event/stem``, or the bare stem where the two are the same."""
    return stem if stem == event else f"{event}/{stem}"


def _events_in(path: Path) -> Iterator[Event]:
    if path.is_dir() and not _transcripts_in(path):
        folders = [p for p in sorted(path.iterdir()) if p.is_dir() and _transcripts_in(p)]
        if folders:
            yield from map(read_event, folders)
            return
    yield read_event(path)


def _transcripts_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES)


def _event(id: str, files: Sequence[Path], card_path: Path) -> Event:
    card = read_card(card_path) if card_path.is_file() else None
    transcripts = tuple(
        read_transcript(read_text(path), id=transcript_id(id, path.stem), event=id, card=card) for path in files
    )
    return Event(id, card or EventCard(title=id), transcripts, carded=card is not None)
