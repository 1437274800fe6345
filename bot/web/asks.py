"""What the faces ask of a chatbot, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from index.store import Index

from ..types import Answer, Event, Question


class Asks(Protocol):
    """What a face needs of a chatbot."""

    @property
    def index(self) -> Index:
        """The index it answers from."""

    def ask(self, question: Question) -> Answer:
        """The whole answer."""

    def stream(self, question: Question) -> Iterator[Event]:
        """The answer as it is made."""
