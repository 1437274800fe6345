"""The names in a question, and whether the talk says them near a place: what is told of another company is no answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from index.dictionary import HAN, words
from index.event import EventCard
from index.focus import BUILDS
from index.gloss import glosses, in_characters
from index.mention import ways_to_name
from index.names import is_numbered
from index.sparse import terms
from index.types import Transcript

from ..checks.gazetteer import Gazetteer, gazetteer, times_written, written_in
from ..evidence import Evidence
from ..fitting.fit import is_titled
from ..question import Asked, language
from ..reading import read
from .addressed import handing_over, speaks

# Sentences on either side in which a name may stand; at 2 and 5 more near misses are answered, and one refused less.
_NEAR = 1
_NO_NAME = re.compile(r"\b(?:dollars?|currency|euro|yen|RMB|renminbi|language|calendar|festival)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b[A-Z]\w+(?= (?:name|word|term|language|version|translation)s?\b)")  # the Chinese name
_SUBJECT = 0.05  # share of a talk's sentences from which a name in them is what the whole talk is about
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z0-9+-]{2,}")  # within a sentence: its first word tells nothing
_CALLED = re.compile(
    r"(?:[A-Z][a-z]+|\b(?:teacher|professor|doctor|director|principal))(?: [A-Z][a-z]+)+"
)  # somebody's whole name
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+-]{2,}")


class AskedNames:
    """The names of a question, read once, and whether the talk says them near a place."""

    def __init__(self, asked: Asked, evidence: Evidence, card: EventCard) -> None:
        self._asked, self._evidence, self._card = asked, evidence, card

    def near(self, *rows: int) -> bool:
        """Whether every name stands, in any spelling, within ``_NEAR`` sentences of one of the sentences ``rows``, is of
        the one who speaks there (as their label, or whoever hands over to them, calls them) or of their organisation, or is named so often that the talk is about it.
        """
        said = " ".join(_around(self._evidence, self._card, rows)) if self._needed else ""
        return all(written_in(names, said) or self._spoken_by(names, rows) for names in self._needed)

    def _spoken_by(self, names: Collection[str], rows: Iterable[int]) -> bool:
        """Whether a name is of the one who speaks, as the others call them."""
        return all(speaks(self._evidence, names, n) for n in rows)

    @cached_property
    def _needed(self) -> list[Collection[str]]:
        """The ways to write each name that must be said, all but those of what the whole talk is about."""
        book = gazetteer(self._card)
        named = dict.fromkeys(_names(self._asked, self._card, self._evidence.transcript.text))
        ours = _in_words_of(self._evidence.transcript, self._asked, named)
        spelt = [*_speaker(self._asked, self._card), *((*book.loosely(name), *said) for name, said in ours)]
        return [names for names in spelt if not _is_subject(names, self._evidence)]


def _in_words_of(transcript: Transcript, asked: Asked, names: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Names with what they are in a talk of the other language: the Ministry of Education is its 教育部, Lu Xun 鲁迅, and
    威尔士 Wales.
    """
    chinese = bool(HAN.search(transcript.text))
    abroad = (language(asked.text) == "en") is chinese
    meant = glosses(asked.text, transcript) if abroad else {}
    sounding = dict(_in_characters(transcript, asked.text)) if abroad and chinese else {}
    for name in names:
        said = (word for term in (name, *terms(name)) for word in meant.get(term, ()))
        yield name, (*said, *([sounding[name]] if name in sounding else []))


def _in_characters(transcript: Transcript, text: str) -> Iterator[tuple[str, str]]:
    """Each word of somebody's name in Pinyin, with the characters of the whole name."""
    for called in _CALLED.findall(text):
        parts = [word for word in called.split() if word.lower() not in BUILDS]
        if characters := in_characters(transcript, " ".join(parts)):
            yield from ((word, characters) for word in parts)


def _speaker(asked: Asked, card: EventCard) -> Iterator[Collection[str]]:
    """The ways to name the one speaker of a question; of two that are compared one may have nothing to say, and a label
    that only tells speakers apart nobody says.
    """
    named = {mention.name for mention in asked.people.spans if not is_numbered(mention.name)}
    speaker = card.speaker(named.pop()) if len(named) == 1 else None
    if speaker:
        yield ways_to_name(speaker, card)


def _around(evidence: Evidence, card: EventCard, rows: Iterable[int]) -> Iterator[str]:
    """The words of sentences and of those near them, and who speaks there."""
    for n in rows:
        turn = evidence.turn(n)
        speaker = card.speaker(turn.speaker)
        yield from (turn.speaker or "", turn.about or "", speaker.organisation if speaker else "")
        yield from handing_over(evidence, n)
        yield from map(evidence.text, range(max(0, n - _NEAR), min(len(evidence.sentences), n + _NEAR + 1)))


def _is_subject(names: Collection[str], evidence: Evidence) -> bool:
    """Whether so many sentences name something that the talk is about it, and the others need not."""
    spoken = read(evidence.transcript).folded
    return times_written(names, spoken) > _SUBJECT * len(spoken)


def _names(asked: Asked, card: EventCard, spoken: str) -> Iterator[str]:
    """Names by the table and the dictionary, but those of speakers, and Latin words with a capital."""
    text = asked.text
    for mention in asked.people.spans:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    book = gazetteer(card)
    yield from (m.group() for m in book.chinese.finditer(text))
    for word in words(book.chinese.sub(" ", text)):
        if word.proper and len(word.text) > 1 and not _NO_NAME.search(word.entry):
            yield word.text
    yield from _in_english(text, book) if language(asked.text) == "en" else _in_chinese(text, book, spoken)


def _in_english(text: str, book: Gazetteer) -> Iterator[str]:
    """The Latin names of an English question."""
    bare = _LANGUAGE.sub(" ", text)
    yield from (m.group() for m in book.latin.finditer(bare) if m.group() in book.names)
    yield from (word for word in _CAPITAL.findall(bare) if word not in book.row_of and not is_titled(text))


def _in_chinese(text: str, book: Gazetteer, spoken: str) -> Iterator[str]:
    """The Latin names of a Chinese question; in small letters (tidb) what the talk always writes with a capital."""
    for word in _LATIN.findall(text):
        written = {
            m.group() for m in re.finditer(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", spoken, re.IGNORECASE)
        }
        if word.islower() and written and not any(map(str.islower, written)):
            word = min(written)
        if not word.islower() and (word in book.names or word not in book.row_of):
            yield word
