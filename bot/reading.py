"""What of a transcript no question changes: each sentence's terms and its looks, read once and kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.sentence import sentences
from index.sparse import terms
from index.types import Floats, HoleKind, Sentence, Transcript, TurnKind

_FILLER = re.compile(
    r"^(?:大家好|各位好|谢谢|感谢|多谢|很高兴|非常开心|接下来|我举个例子|首先|好的|对|嗯|是的|hello|thank|okay|ok|yeah|right|so|um|hmm)[^。]{0,12}[。!！.,，]?$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:大家(?:晚上|早上|下午)?好|各位(?:嘉宾|来宾|朋友)?好|谢谢|感谢|多谢|(?:我)?(?:很|非常)(?:高兴|开心|荣幸)|hello|hi |thank)[^。]{0,16}[。!！.,，]?$",
    re.IGNORECASE,
)
# Sounds of somebody who listens or looks for words: they say nothing, whatever was asked.
_SOUND = r"(?:m+-?h?m*|h+m+|u+h+|u+m+|e+rm?|uh-huh|huh|o+h+|a+h+|okay|o\.?k|['‘’]kay|alright|all right|嗯+|啊+|哦+|噢+|呃+|哎+|唉+|哈+|好的?)"
_SOUNDS = re.compile(rf"^\W*{_SOUND}(?:\W+{_SOUND})*\W*$", re.IGNORECASE)
# A speaker's word of what comes next: it names the topic, and says nothing of it.
_ANNOUNCES = re.compile(
    r"^(?=.{1,60}$).*(?:想|就|来|要|会|先|再|接下来|下面|今天)[^,，。;；]{0,8}(?:讲讲|讲一?下|说说|谈谈|谈一?下|聊聊|聊一?下|分享|介绍|汇报|展开讨论)[^。]{0,24}[。!！:：]?$"
    r"|\b(?:I(?:['’]ll| will| want to| would like to|['’]d like to|['’]m going to| am going to)|let me|we(?:['’]ll| will)) (?:just |briefly |first |quickly )?(?:talk about|share|introduce|walk you through|tell you about|discuss|present|go over)\b[^.]{0,80}\.?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？][”’」』\"']?$")
# What is asked of a witness, with a question mark or without: it tells nothing itself, unless something was said before.
_REQUESTS = re.compile(
    r"^.{0,20}\b(?:I(?:['’]m| am| was)? (?:just )?wonder(?:ing|ed)? (?:what|whether|if|how|why|to what)|(?:(?:can|could|may) I|I (?:can|could|may|want(?:ed)? to))(?: \w+){0,3}? ask (?:you|about|whether|if|what|how|why)"
    r"|we(?:['’]ve| have) (?:got )?(?:some |a few |more |further )+questions|I(?:['’]d| would) (?:just |also )?like to (?:ask|know) (?:you|about|whether|if|what|how|why))\b",
    re.IGNORECASE,
)
# Broken off where another speaks: "Case materials are" says nothing.
_BROKEN = re.compile(
    r"(?<![.!?])\b(?:is|are|was|were|be|the|an?|of|to|and|or|but|so|between|with|for|that|in|on|at|by|from|as|than|it['’]s|that['’]s|we|they|our|your|um|uh|because|if)$",
    re.IGNORECASE,
)
KEPT = 64  # transcripts; their terms are a few times the size of their text


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences [n] with the turn and the set of terms of each, and marks [n] of 0 or 1."""

    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    folded: tuple[str, ...]
    """Their words, case-folded."""
    words: tuple[frozenset[str], ...]
    where: Mapping[str, NDArray[np.int32]]
    """The sentences that hold a term."""
    kinds: tuple[TurnKind, ...]
    greeting: Floats
    """A greeting, or a mere sound of somebody who listens."""
    cut: Floats
    outdone: Floats
    """Lost a word, where an intact sentence says the same."""
    requests: Floats
    filler: Floats
    rhetorical: Floats
    damaged: Floats


@lru_cache(maxsize=KEPT)
def read(transcript: Transcript) -> Reading:
    """Read a transcript; the sentences are those of its index segment, in the same order."""
    text = transcript.text
    spoken = [(s, n) for n, turn in enumerate(transcript.turns) for s in sentences(text, turn.body, turn.end)]
    spans = tuple(s for s, _ in spoken)
    words = tuple(frozenset(terms(text[s.start : s.end])) for s in spans)
    return Reading(
        sentences=spans,
        turns=np.array([n for _, n in spoken], np.int32),
        folded=tuple(text[s.start : s.end].casefold() for s in spans),
        words=words,
        where=_where(words),
        kinds=tuple(transcript.turns[n].kind for _, n in spoken),
        greeting=np.maximum(matches(_GREETING, text, spans), matches(_SOUNDS, text, spans)),
        cut=_holed(transcript, spans, HoleKind.CUT),
        outdone=_outdone(words, _holed(transcript, spans, HoleKind.WORD)),
        requests=matches(_REQUESTS, text, spans),
        filler=np.maximum.reduce([matches(kind, text, spans) for kind in (_FILLER, _ANNOUNCES, _BROKEN)]),
        rhetorical=matches(_ASKS, text, spans),
        damaged=_holed(transcript, spans, HoleKind.FIGURE, HoleKind.WORD),
    )


def _where(words: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int32]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, held in enumerate(words):
        for term in held:
            found[term].append(n)
    return {term: np.array(rows, np.int32) for term, rows in found.items()}


def matches(pattern: re.Pattern[str], text: str, spans: Sequence[Sentence]) -> Floats:
    """1 for each sentence in which the pattern occurs; ``^`` and ``$`` are the sentence's own ends."""
    return np.array([pattern.search(text[s.start : s.end]) is not None for s in spans], np.float32)


def idf(topic: Sequence[str], reading: Reading) -> dict[str, float]:
    """How rare each content term of a question is among the sentences; one that never occurs weighs the most."""
    n = len(reading.words)
    return {t: float(np.log1p((n + 0.5) / (len(reading.where.get(t, ())) + 0.5))) for t in topic}


def _outdone(words: Sequence[frozenset[str]], damaged: Floats) -> Floats:
    """Damaged sentences half of whose terms stand in an intact sentence as well."""
    intact = [held for held, lost in zip(words, damaged, strict=True) if not lost]
    return np.array(
        [
            bool(lost) and any(2 * len(held & other) >= len(held) for other in intact)
            for held, lost in zip(words, damaged, strict=True)
        ],
        np.float32,
    )


def _holed(transcript: Transcript, spans: Sequence[Sentence], *kinds: HoleKind) -> Floats:
    """Sentences that lost something of these kinds."""
    lost = np.array([h.offset for h in transcript.holes if h.kind in kinds], np.int64)
    return np.array([bool(((lost >= s.start) & (lost <= s.end)).any()) for s in spans], np.float32)
