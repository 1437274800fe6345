"""Where a suite's transcript comes from: an index, or else the event that ships in the package."""

from __future__ import annotations

from pathlib import Path

from eval.load import FindTranscript
from index.errors import NotIndexed
from index.types import Transcript


def finder(directory: Path | None) -> FindTranscript:
    """How to find transcripts by id: in the index ``directory``, or among the packaged event's when it is None."""
    return _packaged if directory is None else _indexed(directory)


def _packaged(id: str) -> Transcript:
    from index.source import packaged_event, read_event

    event = read_event(packaged_event())
    for transcript in event.transcripts:
        if id in (transcript.id, transcript.id.rsplit("/", 1)[-1]):
            return transcript
    held = ", ".join(transcript.id for transcript in event.transcripts)
    raise NotIndexed(f"no transcript {id!r} in the package (it has {held}); name your index with --index DIR")


def _indexed(directory: Path) -> FindTranscript:
    from index.store import open_index

    index = open_index(directory)
    alone = {event.id: event.transcripts[0] for event in index.events if len(event.transcripts) == 1}
    return lambda id: index.transcript(alone.get(id, id))
