"""Watching the files of the events that are served: what changes is built beside what runs, then takes its place."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import watch

from index.build import build, changed
from index.checks import registered
from index.errors import InputError, RoundtableError
from index.roots import roots
from index.source import Source, find_events
from index.store import MANIFEST, read_manifest

from ..chatbot import Chatbot
from ..types import Question
from .edition import Current, Edition

log = logging.getLogger("roundtable.watch")

PAUSE = 5  # s
SETTLED = 400  # ms without a further change before a build: editors write a file in several steps


class Watcher:
    """Keeps what is served up to date with its files, and with builds by others; a fault leaves it as it is."""

    def __init__(self, current: Current, chatbot: Chatbot) -> None:
        self._current, self._chatbot = current, chatbot
        self._directory = chatbot.index.directory
        self._roots = roots(self._directory)
        self._stop = threading.Event()
        self.watching = threading.Event()
        """Set while every change is noticed, those made before it among them."""
        if not self._roots:
            raise InputError(
                f"nothing to watch: {self._directory} does not say what it was built from; "
                f"build it once more with: roundtable build PATH --index {self._directory}"
            )

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watch in a thread of its own."""
        thread = threading.Thread(target=self._run, name="watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except Exception:  # a folder that is moved away ends a watch; it may come back
                log.exception("the watch was interrupted; it begins again")
                self._stop.wait(PAUSE)

    def _follow(self) -> None:
        folders = {root if root.is_dir() else root.parent for root in self._roots if root.exists()}
        self.watching.clear()
        changes = watch(*folders, self._directory, stop_event=self._stop, step=SETTLED, debounce=4 * SETTLED,
                        rust_timeout=SETTLED, yield_on_timeout=True,
                        watch_filter=lambda _, path: self._counts(Path(path)))  # fmt: skip
        for found in changes:
            if not self.watching.is_set():  # what changed before the watch began was noticed by nobody
                self.renew()
                self.watching.set()
            elif found:
                self.renew(rebuild=any(Path(path).name != MANIFEST for _, path in found))

    def _counts(self, path: Path) -> bool:
        """Whether a changed file may change an answer; of the index itself only its manifest does."""
        if self._directory.resolve() in path.resolve().parents:
            return path.name == MANIFEST
        return not path.name.startswith((".", "~")) and not path.name.endswith(("~", ".tmp", ".swp"))

    def renew(self, *, rebuild: bool = True) -> bool:
        """Build what has changed, and serve it; whether there was anything. What cannot be built is logged."""
        try:
            return self._renew(rebuild=rebuild)
        except RoundtableError as error:
            log.warning("not rebuilt, what was served is served on: %s", error)
        except Exception:  # a fault must not end the watch, and the next change may mend it
            log.exception("not rebuilt, what was served is served on")
        return False

    def _renew(self, *, rebuild: bool) -> bool:
        index, encoder = self._chatbot.index, self._chatbot.retriever.encoder
        if rebuild:
            sources = self._sources()
            if anew := changed(self._directory, sources, encoder):
                self._hold(sources)
                build(self._directory, sources, encoder, check=registered(anew))
        manifest = read_manifest(self._directory)
        if manifest == index.manifest:
            return False
        chatbot = self._chatbot.renewed(index.renewed(manifest))
        for event in chatbot.index.events:
            for id in event.transcripts:
                chatbot.index.segment(id)
        chatbot.verbatim.ask(Question("hello"))
        self._current.swap(Edition(chatbot))
        self._chatbot = chatbot
        log.info("rebuilt: now serving %d events", len(manifest.events))
        return True

    def _sources(self) -> tuple[Source, ...]:
        """The events as their files are now; of one found twice the place that was built last counts."""
        found = {source.id: source for root in self._roots if root.exists() for source in find_events([root])}
        return tuple(found.values())

    def _hold(self, sources: Iterable[Source]) -> None:
        """Load what a build may take off the disk, so that questions under way still find it."""
        index, named = self._chatbot.index, {source.id for source in sources}
        for event in index.events:
            if event.id in named:
                for id in event.transcripts:
                    index.segment(id)
