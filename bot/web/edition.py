"""What is served at a moment: the chatbot with all that is made of its index. It changes as one, between requests."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from ..chatbot import Chatbot
from ..types import Lang
from .asks import Asks
from .rows import transcript_rows
from .sites import read_sites
from .starters import Starters


class Edition:
    """A chatbot, the sites its cards allow, its starters, its transcripts as JSON; a bad card is refused here."""

    def __init__(self, chatbot: Asks) -> None:
        self.chatbot = chatbot
        self.sites = read_sites(chatbot.index.events)
        # Whether a question has an answer is for the transcript to say: no model is asked.
        self.starters = Starters(chatbot.verbatim if isinstance(chatbot, Chatbot) else chatbot)
        self._written = lru_cache(maxsize=64)(self._write)

    def transcripts(self, event: str, lang: Lang) -> tuple[bytes, str]:
        """The turns of an event as JSON, and their tag; a long talk takes a while to write."""
        return self._written(event, lang)

    def _write(self, event: str, lang: Lang) -> tuple[bytes, str]:
        index = self.chatbot.index
        rows = transcript_rows(index, index.event(event), lang)
        content = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


class Current:
    """The edition that is served; a request takes hold of it once, and ends with the one it began with."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def swap(self, edition: Edition) -> None:
        """Serve another edition from the next request on."""
        self.edition = edition
