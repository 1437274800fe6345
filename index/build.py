"""Building an index beside the old one: whatever happens on the way, readers see the old one or the new one."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import IndexUnwritable, RoundtableError
from .event import Event
from .segment import TRANSCRIPT, Draft, Progress, draft, encode, read_transcript
from .store import MANIFEST, SEGMENTS, Entry, Manifest, Stored, dump_manifest, read_manifest, verify
from .types import Encoder, Transcript

LOCK = ".lock"
_TEMPORARY = ".building-"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, by transcript id; ``dropped`` were in the old index but could not be read from it."""

    encoded: tuple[str, ...]
    reused: tuple[str, ...]
    dropped: tuple[str, ...]


def quietly(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build(directory: Path, events: Sequence[Event], encoder: Encoder, *, progress: Progress = quietly) -> Built:
    """Index events, each replacing the one of its id; the others stay, and only what changed is encoded."""
    with _writing(directory):
        (directory / SEGMENTS).mkdir(parents=True, exist_ok=True)
        with _locked(directory):
            _sweep(directory)
            old = _old(directory)
            kept, dropped = _kept(directory, old, {event.id for event in events})
            whole = sorted((*events, *kept), key=lambda event: event.id)
            known = {stored.key: stored for entry in (old.events if old else ()) for stored in entry.stored}
            builder = _Builder(directory, encoder, known, progress)
            entries = tuple(builder.entry(event) for event in whole)
            manifest = Manifest(encoder.name, encoder.fingerprint, encoder.dimensions, entries)
            _commit(directory, manifest)
            _prune(directory, (manifest, old))
    return Built(tuple(builder.encoded), tuple(builder.reused), dropped)


class _Builder:
    """Makes segments, and remembers which it encoded and which it found."""

    def __init__(self, directory: Path, encoder: Encoder, known: Mapping[str, Stored], progress: Progress) -> None:
        self._directory = directory
        self._encoder = encoder
        self._known = known
        self._progress = progress
        self.encoded: list[str] = []
        self.reused: list[str] = []

    def entry(self, event: Event) -> Entry:
        stored = tuple(self._stored(draft(t, event.card)) for t in sorted(event.transcripts, key=lambda t: t.id))
        return Entry(event.id, event.card, event.carded, stored)

    def _stored(self, drafted: Draft) -> Stored:
        key = drafted.key(self._encoder.fingerprint)
        found = self._known.get(key)
        if found and _intact(self._directory, found):
            self.reused.append(found.id)
            return found
        files = encode(drafted, self._encoder, self._progress)
        hashes = {name: (len(held), hashlib.sha256(held).hexdigest()) for name, held in sorted(files.items())}
        name = hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()[:32]
        _place(self._directory / SEGMENTS, name, files)
        self.encoded.append(drafted.transcript.id)
        source = hashlib.sha256(drafted.transcript.text.encode("utf-8", "surrogatepass")).hexdigest()
        return Stored(drafted.transcript.id, source, key, name, hashes)


def is_current(entry: Entry, event: Event, fingerprint: str) -> bool:
    """Whether an index holds exactly what building this event now would give."""
    wanted = [(t.id, draft(t, event.card).key(fingerprint)) for t in sorted(event.transcripts, key=lambda t: t.id)]
    return entry.card == event.card and wanted == [(stored.id, stored.key) for stored in entry.stored]


@contextmanager
def _writing(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            advice = "free some space and build again"
        else:
            advice = "choose another folder with --index"
        raise IndexUnwritable(
            f"cannot write the index {directory} ({reason}); {advice}. What was there before is unchanged"
        ) from error


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """One builder at a time; the lock goes with the process that holds it, even when it is killed."""
    from filelock import FileLock

    with FileLock(directory / LOCK):
        yield


def _sweep(directory: Path) -> None:
    """Remove what a builder that was killed left behind."""
    for left in (*directory.glob(f"{_TEMPORARY}*"), *(directory / SEGMENTS).glob(f"{_TEMPORARY}*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def _old(directory: Path) -> Manifest | None:
    with suppress(RoundtableError):
        return read_manifest(directory)
    return None


def _kept(directory: Path, old: Manifest | None, replaced: set[str]) -> tuple[list[Event], tuple[str, ...]]:
    """The events of the old index that stay, read back from it, and the transcripts that could not be."""
    kept, dropped = [], []
    for entry in old.events if old else ():
        if entry.id in replaced:
            continue
        read = {stored.id: _read_back(directory, stored) for stored in entry.stored}
        dropped += [id for id, transcript in read.items() if transcript is None]
        if found := tuple(transcript for transcript in read.values() if transcript):
            kept.append(Event(entry.id, entry.card, found, entry.carded))
    return kept, tuple(dropped)


def _read_back(directory: Path, stored: Stored) -> Transcript | None:
    folder = directory / SEGMENTS / stored.segment
    only = Stored(stored.id, stored.source, stored.key, stored.segment, {TRANSCRIPT: stored.files[TRANSCRIPT]})
    with suppress(RoundtableError):
        verify(folder, only, directory)
        return read_transcript(folder)
    return None


def _intact(directory: Path, stored: Stored) -> bool:
    with suppress(RoundtableError):
        verify(directory / SEGMENTS / stored.segment, stored, directory)
        return True
    return False


def _place(parent: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write a segment beside the others and give it its name once it is whole and on the disk."""
    beside = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=parent))
    try:
        for file, held in files.items():
            _write(beside / file, held)
        _sync(beside)
        beside.chmod(0o755)  # mkdtemp makes it private; an index may be served by another user
        if (parent / name).exists():  # damaged, or left by a build that never committed
            shutil.rmtree(parent / name)
        beside.rename(parent / name)
        _sync(parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _commit(directory: Path, manifest: Manifest) -> None:
    beside = directory / f"{_TEMPORARY}{MANIFEST}"
    try:
        _write(beside, dump_manifest(manifest))
        beside.replace(directory / MANIFEST)
        _sync(directory)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write(path: Path, held: bytes) -> None:
    with path.open("wb") as file:
        file.write(held)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(directory: Path, manifests: Sequence[Manifest | None]) -> None:
    """Remove segments that neither this build nor the one before names: a reader may still hold the one before."""
    named = {stored.segment for m in manifests if m for entry in m.events for stored in entry.stored}
    for folder in (directory / SEGMENTS).iterdir():
        if folder.name not in named:
            shutil.rmtree(folder)
