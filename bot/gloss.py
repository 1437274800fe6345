"""An English question about a Chinese talk, with its topic in the talk's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from index.field import FOREIGN
from index.focus import names
from index.retriever import Retriever
from index.segment import Segment
from index.sparse import CJK_CHARACTER, latin, terms

from .question import Asked, Kind
from .reading import read


def in_words_of(segment: Segment, asked: Asked, retriever: Retriever) -> Asked:
    """The question with the topic as the talk would say it; as it is where they are of one language.

    What is asked about a person's life is told by the cues; "background" itself is on no page of it.
    """
    if asked.lang != "en" or segment.cjk <= FOREIGN or asked.is_(Kind.IDENTITY):
        return asked
    meant = retriever.glossed(asked.text, segment.transcript.id)
    return replace(asked, topic=tuple(dict.fromkeys(_topic(asked, segment, meant))))


def _topic(asked: Asked, segment: Segment, meant: Mapping[str, str]) -> Iterator[str]:
    held, written = read(segment.transcript).where, names(asked.text)
    quotes_chinese = CJK_CHARACTER.search(asked.text) is not None
    for term in asked.topic:
        if term in meant:
            word = meant[term]
            yield from (t for t in terms(word) if len(t) == 2 or len(word) == 1)
        # Beside Chinese words an English one would pass for a name that the talk lacks.
        elif not quotes_chinese or not latin(term) or term in held or term in written:
            yield term
