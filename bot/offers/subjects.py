"""What an English talk is about, word by word: nouns that come thick in places, as things do that are talked over."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from index.types import Transcript

from ..fitting.figure import ENGLISH
from ..lexicon import Term

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-'’][A-Za-z0-9]+)*")
_STRETCH = 40  # words: about one turn of a discussion
_FEWEST, _SHORTEST = 5, 4  # times, letters
# Residual idf (Church and Gale 1995): bits by which a word stands in fewer stretches than chance would have it. On seven
# meetings "yeah", "something" and "know" have 0 or less, "bakery", "battery" and "procurement" .5 to .8.
_THICK = 0.3
_SHARE = (
    0.3  # of its times a noun stands behind one of these, and as often before the end of its phrase; "same" does not
)
_BEFORE = frozenset("the a an this that these those our your my his her their its some any no each every of".split())
# Times and counts: nouns that nobody has a view of.
_NO_SUBJECT = re.compile(
    rf"(?:{ENGLISH})|(?:today|yesterday|tomorrow|morning|afternoon|evening|night|minute|hour|day|week|month|semester|year|time|number|point|question|range|combination)s?"
)
_ARTICLES = _BEFORE - {"some", "any", "no", "each", "every", "of"}
_AFTER = frozenset(
    "is are was were be in on for to and or but that which who with of at by from has have had will would can if as so".split()
)


@lru_cache(maxsize=64)
def subjects(transcript: Transcript) -> tuple[Term, ...]:
    """Its subjects as the talk writes them, the thickest and most frequent first."""
    words = [match.group() for match in _WORD.finditer(transcript.text)]
    low, things = [word.casefold() for word in words], nouns(transcript.text)
    counts, stretches = Counter(low), math.ceil(len(low) / _STRETCH)
    within = Counter(word for at in range(0, len(low), _STRETCH) for word in set(low[at : at + _STRETCH]))
    written = {word.casefold(): word for word, _ in reversed(Counter(words).most_common())}
    weights: dict[Term, float] = {}
    for word in things:
        count = counts[word]
        chance = stretches * (1 - math.exp(-count / stretches))
        thick = math.log2(chance / within[word])
        if count >= _FEWEST and len(word) >= _SHORTEST and thick >= _THICK and not _NO_SUBJECT.fullmatch(word):
            weights[Term(written[word], count)] = count * thick
    return tuple(sorted(weights, key=lambda term: (-weights[term], term.text)))


def with_article(text: str, noun: str) -> str:
    """A noun as a question has it: "the banana" where the talk mostly gives it an article or its like, else bare."""
    if noun != noun.casefold():
        return noun
    before = re.findall(rf"\b([A-Za-z]+) {re.escape(noun)}\b", text, re.IGNORECASE)
    times = len(re.findall(rf"\b{re.escape(noun)}\b", text, re.IGNORECASE))
    return f"the {noun}" if 2 * sum(word.casefold() in _ARTICLES for word in before) >= times else noun


@lru_cache(maxsize=16)
def nouns(text: str) -> frozenset[str]:
    """Words that stand behind an article or its like, and end what they are part of."""
    behind: Counter[str] = Counter()
    ending: Counter[str] = Counter()
    times: Counter[str] = Counter()
    before, end = "", 0
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if before and (word in _AFTER or text[end : match.start()].strip()):
            ending[before] += 1
        behind[word] += before in _BEFORE
        times[word] += 1
        before, end = word, match.end()
    return frozenset(w for w, n in times.items() if min(behind[w], ending[w]) >= _SHARE * n)
