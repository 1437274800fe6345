"""What a question can have meant by a word it miswrote: the names of the card, and the words of the talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.dictionary import HAN, Word, words
from index.event import EventCard
from index.mention import ways_to_name
from index.names import given_name
from index.script import in_script
from index.sparse import normal
from index.types import Transcript

from ..lexicon import is_whole, lexicon
from .sounding import key, keys, said

SHORTEST, LONGEST = 2, 6  # characters of a Chinese name or term
_TERM = 3  # characters from which a run of several words can be a term; shorter ones sound like too much else
_TWICE = 2  # times the talk writes a term
_LATIN_NAME = re.compile(r"[A-Za-z0-9]*[A-Z][A-Za-z0-9]*")


@dataclass(frozen=True)
class Terms:
    """The names of a card and the words of some transcripts: ``names`` as they are written, ``words`` by falling rank
    with how they are said, ``latin`` runs of letters; ``texts`` are the transcripts in the form in which all is compared.
    """

    names: tuple[str, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    latin: tuple[str, ...]
    texts: tuple[str, ...]
    often: frozenset[str]
    """Words that the talk keeps coming back to."""
    once: frozenset[str]
    """Words that it has but once."""
    single: frozenset[str]
    """Those of ``words`` that are one word of the dictionary."""

    def holds(self, run: str) -> bool:
        """Whether the talk or a name has a run, so that it is no slip."""
        plain = normal(run)
        return plain in self._plain or any(plain in text for text in self.texts)

    def sounding(self, run: str) -> str | None:
        """The name or else the word that sounds like a run, if any."""
        return next((word for k in keys(normal(run)) if (word := self._by_sound.get(k))), None)

    @cached_property
    def long(self) -> frozenset[str]:
        """The Chinese names and single words of three characters and more: what they are is clear with one out of place."""
        return frozenset(w for w in (*self.names, *self.single) if HAN.fullmatch(w) and len(w) >= _TERM)

    @cached_property
    def names_in_latin(self) -> tuple[str, ...]:
        """The card's names of one word in Latin letters."""
        return tuple(name for name in self.names if _LATIN_NAME.fullmatch(name))

    @cached_property
    def in_latin(self) -> tuple[str, ...]:
        """These, and the words of the talk that look like them."""
        return (*self.names_in_latin, *(word for word in self.latin if _LATIN_NAME.fullmatch(word)))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words of the talk in Latin letters, in small ones."""
        return tuple(map(str.casefold, self.latin))

    @cached_property
    def by_pinyin(self) -> Mapping[str, str]:
        """All that are Chinese, by their Pinyin written as one word."""
        spoken = (*((w, s) for w, s in reversed(self.words)), *((n, said(normal(n))) for n in self._chinese_names))
        return {"".join(syllables): word for word, syllables in spoken}

    @cached_property
    def _chinese_names(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if HAN.fullmatch(name))

    @cached_property
    def _plain(self) -> str:
        """The names, a line each."""
        return "\n".join(map(normal, self.names))

    @cached_property
    def _by_sound(self) -> Mapping[str, str]:
        spoken = {key(syllables): word for word, syllables in reversed(self.words)}
        return spoken | {key(said(normal(name))): name for name in self._chinese_names}


@lru_cache(maxsize=64)
def _single(transcript: Transcript) -> frozenset[str]:
    return frozenset(word.text for word in words(in_script(transcript.text, traditional=False)) if word.entry)


@lru_cache(maxsize=64)
def _of_talk(transcript: Transcript) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words of a talk by falling count, with their sounds: those of the dictionary, and runs that could be terms."""
    plain = in_script(transcript.text, traditional=False)
    written = transcript.text if len(plain) == len(transcript.text) else plain
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Word, ...]] = {}
    for run in _runs(words(plain)):
        start, end = run[0].start, run[-1].start + len(run[-1].text)
        if SHORTEST <= end - start <= LONGEST:
            counts[term := written[start:end]] += 1
            first.setdefault(term, run)
    known, alone = {term.text for term in lexicon(transcript)}, _single(transcript)

    def kept(term: str, n: int) -> bool:
        text = "".join(word.text for word in first[term])
        often = n >= _TWICE and (len(term) > _TERM or term in known)
        return (often or (len(first[term]) == 1 and text in alone)) and is_whole(text)

    ranked = sorted((t for t, n in counts.items() if kept(t, n)), key=lambda t: (-counts[t], t))
    return tuple((term, tuple(s for word in first[term] for s in (word.pinyin or said(word.text)))) for term in ranked)


def _runs(tokens: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Neighbouring words together, as far as a term is long."""
    for n, word in enumerate(tokens):
        run: tuple[Word, ...] = (word,)
        end = word.start + len(word.text)
        yield run
        for after in tokens[n + 1 : n + LONGEST]:
            if after.start != end or end - word.start > LONGEST:
                break
            run, end = (*run, after), after.start + len(after.text)
            yield run


def terms_of(transcripts: Sequence[Transcript], card: EventCard) -> Terms:
    """What a question to these transcripts can have meant."""
    return _terms(tuple(transcripts), _names(card))


@lru_cache(maxsize=64)
def _terms(transcripts: tuple[Transcript, ...], names: tuple[str, ...]) -> Terms:
    spoken = tuple(dict(pair for t in transcripts for pair in _of_talk(t)).items())
    latin = (term.text for t in transcripts for term in lexicon(t) if term.text.isascii())
    often = frozenset(term.text for t in transcripts for term in lexicon(t))
    single = frozenset[str]().union(*map(_single, transcripts))
    texts = tuple(map(_held, transcripts))
    once = frozenset(word for word, _ in spoken if not any(_repeats(text, normal(word)) for text in texts))
    return Terms(names, spoken, tuple(dict.fromkeys(latin)), texts, often, once, single)


def _repeats(text: str, word: str) -> bool:
    first = text.find(word)
    return first >= 0 and text.find(word, first + 1) >= 0


@lru_cache(maxsize=64)
def _held(transcript: Transcript) -> str:
    return normal(transcript.text)


def _names(card: EventCard) -> tuple[str, ...]:
    """Names the card holds; of two characters only given names and those it lists: 几种 sounds like 季总."""
    ways = (way for s in card.speakers for way in (*ways_to_name(s, card), s.organisation, *s.organisation_aliases))
    short = {name for s in card.speakers for name in (given_name(s.name), *s.aliases, *s.organisation_aliases)}
    return tuple(dict.fromkeys((*(way for way in ways if len(way) >= _TERM or way in short), *card.glossary)))
