"""A question about a talk in the other language, with its topic in the talk's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from index.focus import names
from index.gloss import titled
from index.gloss_english import lacking
from index.retriever import Retriever
from index.segment import Segment
from index.sparse import CJK_CHARACTER, latin, terms

from .checks.gazetteer import Gazetteer, gazetteer
from .question import Asked, Kind, language
from .reading import read


def in_words_of(segment: Segment, asked: Asked, retriever: Retriever) -> Asked:
    """The question with the topic as the talk would say it, and with the talk's words for its own; as it is where they
    are of one language.

    What is asked about a speaker's life is told by the cues; "background" itself is on no page of it.
    """
    if asked.is_(Kind.IDENTITY) and asked.people.spans:
        return asked
    if not segment.is_chinese and language(asked.text) == "zh":
        return _in_english(segment, asked, retriever)
    if asked.lang != "en" or not segment.is_chinese:
        return asked
    card = retriever.index.event_of(segment.transcript.id).card
    called = _called(asked.text, segment, gazetteer(card))
    by_title = titled(asked.text, segment.transcript)  # 赵老师 is asked of, and seldom named where he speaks
    inside = {term for name in (*called, *by_title) for term in terms(name)}
    meant = {t: word for t, word in retriever.glossed(asked.text, segment.transcript.id).items() if t not in inside}
    topic = (
        *_topic(asked, segment, meant, inside),
        *(t for name in called.values() for t in terms(name) if len(t) > 1),
    )
    said = (*called.values(), *meant.values())
    return replace(asked, topic=tuple(dict.fromkeys(topic)), said=tuple(dict.fromkeys(said)))


def _in_english(segment: Segment, asked: Asked, retriever: Retriever) -> Asked:
    """A Chinese question in the words of an English talk; its words for which the talk has none stay, as what it lacks."""
    meant = retriever.glossed(asked.text, segment.transcript.id)
    own = [term for term in asked.topic if latin(term)]
    topic = (*own, *(t for word in meant.values() for t in terms(word)), *lacking(asked.text, meant))
    return replace(asked, topic=tuple(dict.fromkeys(topic)), said=tuple(dict.fromkeys(meant.values())))


def _called(text: str, segment: Segment, book: Gazetteer) -> dict[str, str]:
    """The names of a question that the talk writes in Chinese alone, as it does most: Tencent and 腾讯, which no dictionary
    has.
    """
    spoken = segment.transcript.text
    found = {m.group() for m in book.latin.finditer(text) if m.group().casefold() not in spoken.casefold()}
    written = {
        name: [n for n in book.row_of[name] if CJK_CHARACTER.search(n) and n in spoken] for name in sorted(found)
    }
    return {name: max(chinese, key=spoken.count) for name, chinese in written.items() if chinese}


def _topic(asked: Asked, segment: Segment, meant: Mapping[str, str], called: Collection[str]) -> Iterator[str]:
    held, written = read(segment.transcript).where, names(asked.text)
    quotes_chinese = CJK_CHARACTER.search(asked.text) is not None
    for term in asked.topic:
        if term in called:
            continue
        if term in meant:
            word = meant[term]
            yield from (t for t in terms(word) if len(t) == 2 or len(word) == 1)
        # Beside Chinese words an English one would pass for a name that the talk lacks.
        elif not quotes_chinese or not latin(term) or term in held or term in written:
            yield term
