"""Building an index beside the old one: whatever happens on the way, readers see the old one or the new one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .disk import commit, locked, place, prune, sweep, writing
from .encode import NOTHING, Known, encode, fresh, known
from .errors import RoundtableError
from .event import Event, EventCard
from .segment import TRANSCRIPT, Draft, Progress, draft, read, read_transcript
from .sentence import MASK
from .source import Source
from .store import SEGMENTS, Entry, Index, Manifest, Stored, open_index, read_manifest, verify
from .types import Encoder, Transcript
from .version import code


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, by transcript id; ``dropped`` were in the old index but could not be read from it, ``texts``
    is how many passages and sentences the encoder was given.
    """

    encoded: tuple[str, ...]
    reused: tuple[str, ...]
    dropped: tuple[str, ...]
    texts: int = 0


Check = Callable[[Index, Encoder], None]
"""Looks at a finished index before it takes the old one's place, and raises what is wrong with it."""


def unchecked(_index: Index, _encoder: Encoder) -> None:
    """A check that finds nothing."""


def quietly(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build(
    directory: Path,
    events: Sequence[Event | Source],
    encoder: Encoder,
    *,
    progress: Progress = quietly,
    check: Check = unchecked,
) -> Built:
    """Index events, each replacing the one of its id; the others stay, and only what changed is read and encoded.

    Where ``check`` raises, the old index stays in place; what was encoded in vain goes with the next build.
    """
    with writing(directory):
        (directory / SEGMENTS).mkdir(parents=True, exist_ok=True)
        with locked(directory):
            sweep(directory)
            old = _old(directory)
            builder = _Builder(directory, encoder, old, progress)
            new = {event.id for event in events}
            entries = [*map(builder.entry, events), *builder.kept(new)]
            entries.sort(key=lambda entry: entry.id)
            manifest = Manifest(encoder.name, encoder.fingerprint, encoder.dimensions, tuple(entries), code())
            check(Index(directory, manifest), encoder)
            commit(directory, manifest)
            prune(directory, (manifest, old.without(builder.hiding) if old else None))
    return Built(tuple(builder.encoded), tuple(builder.reused), tuple(builder.dropped), builder.texts)


def remove(directory: Path, ids: Collection[str]) -> None:
    """Take events out of an index, and their files off the disk."""
    index = open_index(directory)
    with writing(directory), locked(directory):
        for id in ids:
            index.event(id)
        manifest = read_manifest(directory).without(ids)
        commit(directory, manifest)
        prune(directory, (manifest,))


class _Builder:
    """Makes the entries of an index out of events and of the index before."""

    def __init__(self, directory: Path, encoder: Encoder, old: Manifest | None, progress: Progress) -> None:
        self._directory = directory
        self._encoder = encoder
        self._progress = progress
        self._old = {entry.id: entry for entry in old.events} if old else {}
        self._known = {stored.key: stored for entry in self._old.values() for stored in entry.stored}
        self._before = {stored.id: (stored, entry.card) for entry in self._old.values() for stored in entry.stored}
        self._same = old is not None and (old.code, old.fingerprint) == (code(), encoder.fingerprint)
        self.encoded: list[str] = []
        self.reused: list[str] = []
        self.dropped: list[str] = []
        self.hiding: set[str] = set()
        self.texts = 0

    def entry(self, event: Event | Source) -> Entry:
        """The entry of an event; one whose files are what the old entry was made from is not even read."""
        if isinstance(event, Event):
            return self._made(event, "")
        made_from, before = event.digest(), self._old.get(event.id)
        if made_from and before and before.made_from == made_from and self._stands(before):
            return before
        return self._made(event.read(), made_from)

    def kept(self, replaced: Collection[str]) -> Iterator[Entry]:
        """The old entries that stay; what other code has cut, or is damaged, is made anew from its transcripts."""
        for entry in self._old.values():
            if entry.id not in replaced:
                if self._stands(entry):
                    yield entry
                elif event := self._read_back(entry):
                    yield self._made(event, "")  # other code may read its files otherwise

    def _stands(self, entry: Entry) -> bool:
        if not self._same or not all(_intact(self._directory, stored) for stored in entry.stored):
            return False
        self.reused += entry.transcripts
        return True

    def _read_back(self, entry: Entry) -> Event | None:
        read = {stored.id: _read_back(self._directory, stored) for stored in entry.stored}
        self.dropped += [id for id, transcript in read.items() if transcript is None]
        found = tuple(transcript for transcript in read.values() if transcript)
        return Event(entry.id, entry.card, found, entry.carded) if found else None

    def _made(self, event: Event, made_from: str) -> Entry:
        if any(MASK in transcript.text for transcript in event.transcripts):
            self.hiding.add(event.id)
        stored = tuple(
            self._stored(draft(t, event.card), event.card) for t in sorted(event.transcripts, key=lambda t: t.id)
        )
        return Entry(event.id, event.card, event.carded, stored, made_from)

    def _stored(self, drafted: Draft, card: EventCard) -> Stored:
        key = drafted.key(self._encoder.fingerprint)
        found = self._known.get(key)
        if found and _intact(self._directory, found):
            self.reused.append(found.id)
            return found
        known = self._rows(drafted.transcript.id)
        self.texts += len(fresh(drafted, known))
        files = encode(drafted, self._encoder, self._progress, known)
        hashes = {name: (len(held), hashlib.sha256(held).hexdigest()) for name, held in sorted(files.items())}
        name = hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()[:32]
        place(self._directory / SEGMENTS, name, files)
        self.encoded.append(drafted.transcript.id)
        source = hashlib.sha256(drafted.transcript.text.encode("utf-8", "surrogatepass")).hexdigest()
        return Stored(drafted.transcript.id, source, key, name, hashes)

    def _rows(self, transcript: str) -> Known:
        """What the old segment of a transcript has encoded."""
        if transcript not in self._before:
            return NOTHING
        stored, card = self._before[transcript]
        if not _intact(self._directory, stored):
            return NOTHING
        segment = read(self._directory / SEGMENTS / stored.segment)
        return known(segment, card, stored.key, self._encoder.fingerprint)


def changed(directory: Path, sources: Sequence[Source], encoder: Encoder) -> frozenset[str]:
    """The events a build would read: new ones, and those of which files, card, our code or the encoder have changed."""
    old = _old(directory)
    if old is None or (old.code, old.fingerprint) != (code(), encoder.fingerprint):
        return frozenset(source.id for source in sources)
    before = {entry.id: entry.made_from for entry in old.events}
    digests = {source.id: source.digest() for source in sources}
    return frozenset(id for id, digest in digests.items() if not digest or before.get(id) != digest)


def is_current(entry: Entry, event: Event, fingerprint: str) -> bool:
    """Whether an index holds exactly what building this event now would give."""
    wanted = [(t.id, draft(t, event.card).key(fingerprint)) for t in sorted(event.transcripts, key=lambda t: t.id)]
    return entry.card == event.card and wanted == [(stored.id, stored.key) for stored in entry.stored]


def _old(directory: Path) -> Manifest | None:
    with suppress(RoundtableError):
        return read_manifest(directory)
    return None


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
