"""Files and folders into events: which file is a transcript, which folder an event, and what their ids are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from .errors import CardError, TranscriptError
from .event import CARD, Event, EventCard, Speaker, read_card
from .formats.plain import paragraphs
from .formats.read import SUFFIXES, read_file, read_plain
from .formats.utterance import Reading
from .hole import holes
from .revise import revised
from .types import Transcript, TurnKind
from .version import revision

_NO_TRANSCRIPT = re.compile(r"readme\b.*|\..*|~\$.*", re.IGNORECASE)
_LONGEST_NAME = 80  # characters of a speaker's name, as on the card
DEFAULT_EVENT = "a-plan-01"


def packaged_event() -> Path:
    """The folder of the event that ships in the package."""
    return Path(str(resources.files("index"))) / "events" / DEFAULT_EVENT


@dataclass(frozen=True)
class Source:
    """The files of an event, not read yet; ``id`` is the event's, ``card_path`` is where its card is if it has one."""

    id: str
    files: tuple[Path, ...]
    card_path: Path

    @cached_property
    def card(self) -> EventCard | None:
        """The event's card, with what it says of places."""
        return read_card(self.card_path) if self.card_path.is_file() else None

    def digest(self) -> str:
        """A hash of all that the event is made from; empty where it hides words, of which no hash may be kept."""
        if self.card and self.card.hidden:
            return ""
        card = self.card.model_dump(mode="json") if self.card else None
        held = [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in self.files]
        return hashlib.sha256(json.dumps([self.id, card, held]).encode()).hexdigest()

    def read(self) -> Event:
        """The event, as its card wants it shown."""
        id, card = self.id, self.card
        self._check()
        transcripts = tuple(
            _transcript(read_file(path, card), id=transcript_id(id, path.stem), event=id) for path in self.files
        )
        if card is None:
            return Event(id, _made_up(id, transcripts), transcripts, carded=False)
        return Event(id, _with_voices(card.shown()), revised(transcripts, card, self.card_path))

    def _check(self) -> None:
        """Refuse files that would have one id, and one recording for several transcripts."""
        by_stem: dict[str, Path] = {}
        for path in self.files:
            if (other := by_stem.setdefault(path.stem, path)) is not path:
                raise TranscriptError(f"{str(other)!r} and {path.name!r} would have one id; keep one, or rename it")
        if self.card and isinstance(self.card.media, str) and self.card.media and len(self.files) > 1:
            raise CardError(
                f"{self.card_path}: media is one address, but there are {', '.join(map(repr, by_stem))}; "
                "write a [media] table with a line for each"
            )


def find_events(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Find every event named: folders of transcripts, folders of such folders, or single files."""
    found = tuple(source for path in paths for source in _events_in(path))
    ids = [source.id for source in found]
    if twice := [i for i in ids if ids.count(i) > 1]:
        raise TranscriptError(f"two events are called {twice[0]!r}; rename one of the folders or files")
    return found


def read_events(paths: Sequence[Path]) -> tuple[Event, ...]:
    """Read every event that is found there."""
    return tuple(source.read() for source in find_events(paths))


def read_event(path: Path) -> Event:
    """Read one event: a folder with transcripts and perhaps a card, or a lone transcript (with the card beside it)."""
    return find_event(path).read()


def find_event(path: Path) -> Source:
    """Find one event, without reading it."""
    if path.is_dir():
        files = _transcripts_in(path)
        if not files:
            raise TranscriptError(f"{str(path)!r} holds no transcript; put a {'/'.join(sorted(SUFFIXES))} file in it")
        return Source(path.name or path.resolve().name, tuple(files), path / CARD)
    if not path.exists():
        raise TranscriptError(f"there is no {str(path)!r}; name a transcript file or an event folder")
    return Source(path.stem, (path,), path.parent / CARD)


def read_transcript(text: str, *, id: str, event: str, card: EventCard | None) -> Transcript:
    """Read a text that is already decoded; ``card`` None means that nothing is known of its speakers."""
    return _transcript(read_plain(text, card, id), id=id, event=event)


def _transcript(read: Reading, *, id: str, event: str) -> Transcript:
    text, turns = read.text, read.turns
    spoken = tuple(span for turn in turns if turn.kind is not TurnKind.TITLE for span in paragraphs(text, turn))
    lost = holes(text, spoken)
    return Transcript(id, event, text, revision(text, turns), turns, lost, tuple(read.anchors), tuple(read.origins))


def _with_voices(card: EventCard) -> EventCard:
    """The card with everybody it names as a voice among its speakers, so that visitors can ask for them."""
    names = dict.fromkeys(name or label for label, name in card.voices.items())
    missing = tuple(
        Speaker.model_validate({"name": name})
        for name in names
        if len(name) <= _LONGEST_NAME and card.by_label.get(name, name) not in card.by_name
    )
    if not missing:
        return card
    return EventCard.model_validate(card.model_dump() | {"speakers": (*card.speakers, *missing)})


def _made_up(id: str, transcripts: Sequence[Transcript]) -> EventCard:
    """A card for who has none: the file's name, and the names the transcripts have."""
    names = dict.fromkeys(turn.speaker for transcript in transcripts for turn in transcript.turns if turn.speaker)
    speakers = tuple(Speaker.model_validate({"name": name}) for name in names if len(name) <= _LONGEST_NAME)
    return EventCard(title=id, speakers=speakers)


def transcript_id(event: str, stem: str) -> str:
    """``event/stem``, or the bare stem where the two are the same."""
    return stem if stem == event else f"{event}/{stem}"


def _events_in(path: Path) -> Iterator[Source]:
    if path.is_dir() and not _transcripts_in(path):
        folders = [p for p in sorted(path.iterdir()) if p.is_dir() and _transcripts_in(p)]
        if folders:
            yield from map(find_event, folders)
            return
    yield find_event(path)


def _transcripts_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in SUFFIXES and not _NO_TRANSCRIPT.fullmatch(path.name)
    )
