"""The index on disk: ``manifest.json`` and one content-hashed folder a transcript. The manifest's rename is the commit.

Readers see the old index or the new one, whatever happens to the builder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .errors import IndexDamaged, IndexMismatch, NotIndexed
from .event import EventCard
from .segment import Segment, read
from .types import Encoder, Transcript

SCHEMA = 1  # of the manifest and the folders; the segments' own is in their key
MANIFEST = "manifest.json"
SEGMENTS = "segments"


@dataclass(frozen=True, slots=True)
class Stored:
    """A transcript's place in the index: its segment folder, the key it was built from, its files' sizes and hashes."""

    id: str
    source: str
    key: str
    segment: str
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of the index: its card, and where its transcripts are; ``made_from`` is a hash of its files, or empty."""

    id: str
    card: EventCard
    carded: bool
    stored: tuple[Stored, ...]
    made_from: str = ""

    @property
    def transcripts(self) -> tuple[str, ...]:
        """The ids of its transcripts, in order."""
        return tuple(stored.id for stored in self.stored)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds, the encoder it was built with, and a hash of the code that read and cut it."""

    encoder: str
    fingerprint: str
    dimensions: int
    events: tuple[Entry, ...]
    code: str = ""

    def without(self, ids: Collection[str]) -> Manifest:
        """The same without some events."""
        return replace(self, events=tuple(event for event in self.events if event.id not in ids))


class Index:
    """An index opened for reading; segments are checked and loaded when they are first needed."""

    def __init__(self, directory: Path, manifest: Manifest, before: Index | None = None) -> None:
        self.directory = directory
        self.manifest = manifest
        self._stored = {stored.id: stored for event in manifest.events for stored in event.stored}
        self._segments = dict(before._unchanged(self._stored)) if before else {}

    def renewed(self, manifest: Manifest) -> Index:
        """The index of another manifest of the same folder; what is loaded and unchanged stays loaded."""
        return Index(self.directory, manifest, before=self)

    def _unchanged(self, stored: Mapping[str, Stored]) -> Iterator[tuple[str, Segment]]:
        for id, segment in list(self._segments.items()):
            if id in stored and stored[id].segment == self._stored[id].segment:
                yield id, segment

    @property
    def events(self) -> tuple[Entry, ...]:
        """The events it holds, by id."""
        return self.manifest.events

    def event(self, id: str) -> Entry:
        """The event of that id; raises NotIndexed where there is none."""
        found = next((event for event in self.events if event.id == id), None)
        if found is None:
            raise NotIndexed(f"no event {id!r} in {self.directory}; it holds: {_listed(e.id for e in self.events)}")
        return found

    def resolve(self, id: str) -> str:
        """The full id of a transcript: its id, or its bare stem where only one has it; raises NotIndexed else."""
        if id in self._stored:
            return id
        same = [full for full in self._stored if full.rsplit("/", 1)[-1] == id]
        if len(same) == 1:
            return same[0]
        if same:
            raise NotIndexed(f"{id!r} names several transcripts; choose one of: {_listed(same)}")
        raise NotIndexed(f"no transcript {id!r} in {self.directory}; it holds: {_listed(self._stored)}")

    def event_of(self, transcript: str) -> Entry:
        """The event a transcript belongs to; raises NotIndexed where there is no such transcript."""
        full = self.resolve(transcript)
        return next(event for event in self.events if full in event.transcripts)

    def transcript(self, id: str) -> Transcript:
        """The transcript of that id or unambiguous bare stem."""
        return self.segment(self.resolve(id)).transcript

    def segment(self, id: str) -> Segment:
        """The segment of a transcript of that full id; raises IndexDamaged where a file of it is not what was built."""
        if id not in self._segments:
            stored = self._stored[id]
            folder = self.directory / SEGMENTS / stored.segment
            verify(folder, stored, self.directory)
            self._segments[id] = read(folder)
        return self._segments[id]


def open_index(directory: Path, encoder: Encoder | None = None) -> Index:
    """Open an index for reading, and check that it was built with this encoder where one is given.

    Raises:
        NotIndexed: there is none. IndexDamaged: it cannot be read. IndexMismatch: it was built with another encoder.
    """
    manifest = read_manifest(directory)
    if encoder and manifest.fingerprint != encoder.fingerprint:
        raise IndexMismatch(
            f"the index {directory} was built with the encoder {manifest.encoder!r} ({manifest.fingerprint[:12]}), not "
            f"{encoder.name!r} ({encoder.fingerprint[:12]}); use that one, or rebuild with: "
            f"{rebuild(directory)} --embedding {encoder.name}"
        )
    return Index(directory, manifest)


def rebuild(directory: Path) -> str:
    """The command that builds an index anew."""
    return f"roundtable build PATH --index {directory}"


def read_manifest(directory: Path) -> Manifest:
    """Read and check the manifest of an index; raises NotIndexed where there is none, IndexDamaged where it is not whole."""
    path = directory / MANIFEST
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotIndexed(f"{directory} holds no index; build one with: {rebuild(directory)}") from None
    except ValueError as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); rebuild with: {rebuild(directory)}") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        schema = found.get("schema") if isinstance(found, dict) else None
        raise IndexDamaged(
            f"{path} has schema {schema!r}, this version reads {SCHEMA}; rebuild with: {rebuild(directory)}"
        )
    try:
        if _digest(found["index"]) != found["sha256"]:
            raise ValueError("its checksum does not match")
        return _manifest(found["index"])
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged(f"{path} was changed ({error}); rebuild with: {rebuild(directory)}") from None


def dump_manifest(manifest: Manifest) -> bytes:
    """A manifest as bytes; the same manifest gives the same bytes."""
    rows = {
        "encoder": manifest.encoder,
        "fingerprint": manifest.fingerprint,
        "dimensions": manifest.dimensions,
        "events": [_event_row(event) for event in manifest.events],
        "code": manifest.code,
    }
    found = {"schema": SCHEMA, "sha256": _digest(rows), "index": rows}
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8") + b"\n"


def verify(folder: Path, stored: Stored, directory: Path) -> None:
    """Check every file of a segment against the manifest; raises IndexDamaged."""
    for name, (size, digest) in stored.files.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            fault = error.strerror or type(error).__name__
        else:
            if found == digest:
                continue
            fault = f"sha256 {found[:12]}, expected {digest[:12]} of {size} bytes"
        raise IndexDamaged(f"{path} is damaged ({fault}); rebuild with: {rebuild(directory)}")


def _event_row(event: Entry) -> dict[str, object]:
    return {
        "id": event.id,
        "carded": event.carded,
        "card": event.card.model_dump(mode="json", exclude_defaults=True),
        "transcripts": [asdict(stored) for stored in event.stored],
        "made_from": event.made_from,
    }


def _manifest(rows: dict[str, Any]) -> Manifest:
    events = (
        Entry(
            id=event["id"],
            card=EventCard.model_validate(event["card"]),
            carded=event["carded"],
            stored=tuple(map(_stored, event["transcripts"])),
            made_from=event.get("made_from", ""),
        )
        for event in rows["events"]
    )
    return Manifest(rows["encoder"], rows["fingerprint"], rows["dimensions"], tuple(events), rows.get("code", ""))


def _stored(row: dict[str, Any]) -> Stored:
    files = {name: (int(size), str(digest)) for name, (size, digest) in row["files"].items()}
    return Stored(row["id"], row["source"], row["key"], row["segment"], files)


def _digest(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _listed(names: Iterable[str]) -> str:
    known = sorted(names)
    shown = ", ".join(map(repr, known[:20]))
    return f"{shown} and {len(known) - 20} more" if len(known) > 20 else shown or "nothing"
