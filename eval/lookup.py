"""Where a suite's transcript comes from: the index that is named, else the package, else the index people never name."""

from __future__ import annotations

from pathlib import Path

from eval.load import FindTranscript
from index.errors import NotIndexed
from index.types import Transcript


def finder(directory: Path | None) -> FindTranscript:
    """How to find transcripts by id: in the index ``directory``; when it is None, as the other commands find them."""
    return _unnamed if directory is None else _indexed(directory)


def _unnamed(id: str) -> Transcript:
    """The packaged event as it ships, else what ``roundtable build`` put into the default index."""
    from index.default import default_directory
    from index.source import packaged_event, read_event

    event = read_event(packaged_event())
    for transcript in event.transcripts:
        if id in (transcript.id, transcript.id.rsplit("/", 1)[-1]):
            return transcript
    try:
        return _indexed(default_directory())(id)
    except NotIndexed as error:
        held = ", ".join(transcript.id for transcript in event.transcripts)
        raise NotIndexed(
            f"no transcript {id!r} in the package (it has {held}), nor in the index that `roundtable build` fills:"
            f" build it, or name your index with --index DIR"
        ) from error


def _indexed(directory: Path) -> FindTranscript:
    from index.store import open_index

    index = open_index(directory)
    alone = {event.id: event.transcripts[0] for event in index.events if len(event.transcripts) == 1}
    return lambda id: index.transcript(alone.get(id, id))
