"""The index people never build: the packaged event's, in a folder of the user's, made anew whenever it is stale."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from .build import build, is_current, quietly
from .embed import load_encoder
from .errors import EncoderError, IndexDamaged, IndexMismatch, NotIndexed
from .event import Event
from .segment import Progress
from .source import packaged_event, read_event
from .store import Index, open_index
from .types import Encoder

DATA_VARIABLE = "ROUNDTABLE_DATA"


def default_directory() -> Path:
    """The folder of the default index: the user's data folder, or the one the environment names."""
    named = os.environ.get(DATA_VARIABLE)
    root = Path(named) if named else Path(platformdirs.user_data_dir("roundtable", appauthor=False))
    return root / "index"


def open_default(progress: Progress = quietly) -> tuple[Index, Encoder]:
    """Open the default index with the default encoder; stale or damaged, or not there, it is built first."""
    encoder = load_encoder(progress=lambda stage, done: progress(stage, round(done * 100), 100))
    directory, event = default_directory(), read_event(packaged_event())
    found = _fresh(directory, event, encoder)
    if found is None:
        build(directory, [event], encoder, progress=progress)
        found = open_index(directory, encoder)
    return found, encoder


def _fresh(directory: Path, event: Event, encoder: Encoder) -> Index | None:
    try:
        index = open_index(directory, encoder)
        if not is_current(index.event(event.id), event, encoder.fingerprint):
            return None
        for transcript in event.transcripts:
            index.segment(transcript.id)
    except (IndexDamaged, IndexMismatch, NotIndexed):
        return None
    return index


def open_chosen(directory: Path | None, progress: Progress = quietly) -> tuple[Index, Encoder]:
    """Open the index of a folder with the encoder it was built with; None is the default index."""
    if directory is None:
        return open_default(progress)
    index = open_index(directory)
    built_with = index.manifest.encoder
    try:
        encoder = load_encoder(built_with, progress=lambda stage, done: progress(stage, round(done * 100), 100))
    except EncoderError as error:
        raise EncoderError(
            f"the index {directory} was built with the encoder {built_with!r}, which cannot be opened: {error};"
            f" or rebuild the index with the built-in one: roundtable build PATH --index {directory}"
        ) from error
    return open_index(directory, encoder), encoder
