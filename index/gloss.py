"""English words of a question as the words of a Chinese transcript, by CC-CEDICT; and the other way, index/gloss_english.py.

The encoder alone takes an English question to the right passage, but seldom to the right sentence of it, and BM25 is mute.
What a word can mean is taken from the dictionary's entries of the words that the transcript itself uses, so nothing is
looked for that is not there. A name in Pinyin (Meituan, Toutiao) stands for the characters that sound so.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from .dictionary import HAN, words
from .focus import focus, names
from .gloss_english import glosses as to_english
from .idioms import idioms
from .names import HONORIFIC, SURNAME
from .script import in_script
from .senses import KIN, LATER, LIGHT, root, senses
from .sparse import CJK_CHARACTER, Postings, bm25, terms
from .types import Floats, Transcript

_TITLES = "mr mrs ms miss dr doctor prof professor teacher director principal president minister manager".split()
_EN_TITLED = re.compile(rf"\b(?i:{'|'.join(_TITLES)})\.? [A-Z][a-z]+\b(?! [A-Z])")
_SURNAME = re.compile(SURNAME)
_BY_TITLE = re.compile(rf"{SURNAME}(?:{HONORIFIC}|大夫|医生|同学|[部局市县区处省]长|经理|主席|书记)")
Glosses = Mapping[str, tuple[str, ...]]
"""A term or word of the question and the words of the transcript that it can mean, likeliest first."""

KEPT = 64  # transcripts
_STEMS = 2**16  # of a library; 330 short talks use 10,000 words, and a question reads them all
_SURE, _LIKELY = 0.72, 0.5  # weight from which a word is taken; the second where none has the first
_MOST = 6  # words that BM25 tries for one of the question
_SPELT = 4  # letters from which a word may be a name in Pinyin
_SYLLABLES = (2, 3, 4)  # of such a name


def glosses(question: str, transcript: Transcript) -> Glosses:
    """What the content words of a question can mean in a transcript of the other language, by term of an English question
    and by word of a Chinese one; nothing for those not found in it.
    """
    return to_english(question, transcript) if CJK_CHARACTER.search(question) else to_chinese(question, transcript)


def to_chinese(question: str, transcript: Transcript) -> Glosses:
    """What the content words of an English question can mean in a Chinese transcript.

    A word that two words of the question mean together (深度学习, for "deep" and "learning") goes before one for each.
    """
    said = idioms(question, _simplified(transcript))
    wanted = tuple(dict.fromkeys((*content(question), *said)))
    known = {term: said.get(term) or _meant(transcript, term) for term in wanted}
    weights: defaultdict[str, float] = defaultdict(float)
    for term in wanted:
        for word, weight in known[term].items():
            weights[word] += weight
    found: dict[str, tuple[str, ...]] = {}
    for term in wanted:
        meant = sorted(known[term], key=lambda w: (-weights[w], w))
        sure = [w for w in meant if weights[w] >= _SURE] or [w for w in meant if weights[w] >= _LIKELY]
        if not sure and len(term) >= _SPELT and (name := _named(transcript, term)):
            sure = [name]
        if sure:
            found[term] = tuple(sure)
    return found


def content(question: str) -> tuple[str, ...]:
    """The terms of an English question that mean something by themselves."""
    return tuple(term for term in focus(question) if term not in LIGHT)


def bm25_glossed(parts: Sequence[Postings], question: str, transcripts: Sequence[Transcript]) -> list[Floats]:
    """BM25 of a question over texts of the other language: its own words where the texts have them, and for each of the
    others the best of the words it can mean.

    Of more transcripts than are ``KEPT`` read only its own words are looked for: 500 would take seconds a question.
    """
    scores = bm25(parts, (*names(question), *content(question)))
    meant: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for transcript in transcripts if len(transcripts) <= KEPT else ():
        for term, found in glosses(question, transcript).items():
            meant[term].update(dict.fromkeys(found))
    for choices in meant.values():
        tried = [bm25(parts, terms(word)) for word in list(choices)[:_MOST]]
        scores = [score + np.maximum.reduce(best) for score, best in zip(scores, zip(*tried, strict=True), strict=True)]
    return scores


def _meant(transcript: Transcript, term: str) -> Mapping[str, float]:
    """The words that a term can mean, or else those of a word of the same root."""
    known = _senses_of(transcript)
    if found := known.get(term):
        return found
    kin = _roots_of(transcript).get(root(term), ())
    return {word: weight * KIN for other in kin for word, weight in known[other].items()}


@lru_cache(maxsize=KEPT)
def _roots_of(transcript: Transcript) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for term in _senses_of(transcript):
        found[root(term)].append(term)
    return dict(found)


@lru_cache(maxsize=KEPT)
def _simplified(transcript: Transcript) -> str:
    """The text in Simplified characters; to convert it takes longer than to look a question up in it."""
    return in_script(transcript.text, traditional=False)


@lru_cache(maxsize=KEPT)
def _senses_of(transcript: Transcript) -> Mapping[str, Mapping[str, float]]:
    """English terms with the words of a transcript that mean them, and how much of a sense of theirs each is."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    entries = {word.text: word.entry for word in words(_simplified(transcript))}
    for word, entry in entries.items():
        for n, sense in enumerate(senses(entry)):
            if len(word) > 1 or (not n and len(sense) == 1):  # a single character only by its first sense
                for term in sense:
                    found[term][word] = max(found[term].get(word, 0.0), LATER**n / len(sense))
    return dict(found)


@lru_cache(maxsize=KEPT)
def _spelt(transcript: Transcript) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The Pinyin of a transcript's runs written as one word, with the run, by first letter; the commonest last."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # its phrases take 0.3 s to load; single characters will do
    from pypinyin import lazy_pinyin

    runs = HAN.findall(_simplified(transcript))
    counts = Counter(run[at : at + n] for run in runs for n in _SYLLABLES for at in range(len(run) - n + 1))
    syllables = {character: lazy_pinyin(character)[0] for character in dict.fromkeys("".join(runs))}
    said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for gram in sorted(counts, key=lambda g: (counts[g], g)):
        word = "".join(map(syllables.__getitem__, gram))
        said[word[0]].append((word, gram))
    return dict(said)


def in_characters(transcript: Transcript, name: str) -> str | None:
    """The characters of a transcript that sound as a name in Pinyin is written, in either order: 王兴 for Wang Xing; and
    of somebody by title, 赵老师 for Mr Zhao.
    """
    words = re.findall(r"[a-z]+", name.lower())
    if len(words) == 2 and words[0] in _TITLES:
        return _titled(transcript).get(words[1])
    for order in (words, words[::-1]):
        letters = "".join(order)
        found = _spelt(transcript).get(letters[:1], ()) if len(words) > 1 else ()
        if gram := next((gram for word, gram in reversed(found) if word == letters), None):
            return gram
    return None


@lru_cache(maxsize=KEPT)
def _titled(transcript: Transcript) -> Mapping[str, str]:
    """Those whom a transcript calls by surname and title, by the Pinyin of the surname; the commonest of two."""
    from pypinyin import lazy_pinyin

    counts = Counter(m.group() for m in _BY_TITLE.finditer(_simplified(transcript)))
    commonest_last = sorted(counts, key=lambda called: (counts[called], called))
    return {"".join(lazy_pinyin(_SURNAME.findall(called)[0])): called for called in commonest_last}


def titled(question: str, transcript: Transcript) -> tuple[str, ...]:
    """Those whom a question calls by title and a transcript as well, as the question does: Mr Zhao, who is its 赵老师."""
    return tuple(m.group() for m in _EN_TITLED.finditer(question) if in_characters(transcript, m.group()))


def _named(transcript: Transcript, term: str) -> str | None:
    """The run that sounds so; of two, the commoner. Only words with the term's first letter, which a stem keeps, are stemmed."""
    return next((gram for word, gram in reversed(_spelt(transcript).get(term[0], ())) if term in _stems(word)), None)


@lru_cache(maxsize=_STEMS)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(terms(word))
