"""Which sentences answer a question: every sentence of a transcript scored by a few readable features."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.event import EventCard
from index.people import ways_to_name
from index.retriever import Retriever, SentenceScores
from index.types import Floats, Hit, Sentence, Transcript, Turn, TurnKind

from .question import Asked, Kind
from .reading import KEPT, Reading, idf, matches, read

# Hand weights, set on the panel suite's dev split; z-scores are over the transcript's sentences.
WEIGHTS = {
    "dense": 0.8,
    "late": 1.2,
    "sparse": 0.25,
    "passage": 1.2,
    "coverage": 1.6,
    "around": 0.6,
    "kind": 0.8,
    "asked": 0.5,
    "named": 0.8,
    "bio": -0.6,
    "filler": -1.5,
    "rhetorical": -0.7,
    "damaged": -0.5,
}
FOREIGN = np.float32(
    2.5
)  # times a passage's rank counts where no word is shared: the legs that see whole passages err less
NEVER = -99.0
_HAN = re.compile(r"[\u3400-\u9fff]")
_BECAUSE = re.compile(
    r"因为|由于|所以|因此|原因|之所以|目的|为了|才|导致|because|since|so that|therefore|reason|due to", re.IGNORECASE
)
_MEANS = re.compile(r"通过|利用|用|靠|先|然后|首先|采用|方式|办法|做法|by |through|using|first|then", re.IGNORECASE)
_DEFINES = re.compile(
    r"(?:就)?是(?:一|指|说|个|围绕|做|吸引)|叫做?|称(?:为|之为)|所谓|意思是|类似于|\bis (?:a|an|the)\b|means|called|refers to",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两几][万亿千百十个家人年次倍轮米位天月]|半")
_DATE = re.compile(r"年|月|号|日|世纪|年代|前|后|\b(?:19|20)\d\d\b|ago|year|month|until|since", re.IGNORECASE)
_CUE_OF = {
    Kind.WHY: _BECAUSE,
    Kind.HOW: _MEANS,
    Kind.DEFINITION: _DEFINES,
    Kind.HOW_MANY: _FIGURE,
    Kind.WHEN: _DATE,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A transcript's sentences with their scores [n] and the features behind them [n] each."""

    transcript: Transcript
    sentences: tuple[Sentence, ...]
    turns: NDArray[np.int32]
    scores: Floats
    features: dict[str, Floats]
    dense: Floats
    """Raw cosines, for confidence; they mean nothing alone."""

    def text(self, n: int) -> str:
        """The words of sentence n."""
        return self.transcript.text[self.sentences[n].start : self.sentences[n].end]

    def speaker(self, n: int) -> str | None:
        """Whose words sentence n is."""
        return self.turn(n).speaker

    def kind(self, n: int) -> TurnKind:
        """The kind of the turn of sentence n."""
        return self.turn(n).kind

    def turn(self, n: int) -> Turn:
        """The turn of sentence n."""
        return self.transcript.turns[int(self.turns[n])]

    def best(self, allowed: NDArray[np.bool_] | None = None) -> int | None:
        """The best sentence among those allowed; None if there is none."""
        scores = self.scores if allowed is None else np.where(allowed, self.scores, NEVER)
        top = int(np.argmax(scores)) if len(scores) else -1
        return top if top >= 0 and scores[top] > NEVER / 2 else None


def weigh(
    retriever: Retriever, asked: Asked, transcript: Transcript, *, card: EventCard, hits: Sequence[Hit]
) -> Evidence:
    """Score every sentence of a transcript as an answer to the question."""
    found = retriever.sentence_scores(asked.text, transcript.id)
    reading = read(transcript)
    kinds = np.array(reading.kinds, object)
    coverage = _coverage(asked.topic, reading)
    features: dict[str, Floats] = {
        "dense": found.dense_z,
        "late": found.late_z,
        "sparse": found.sparse_z,
        "passage": _passage(found.sentences, transcript.id, hits) * (FOREIGN if _is_foreign(asked, transcript) else 1),
        "coverage": coverage,
        "around": _around(coverage, found.turns),
        "kind": _cues(asked, transcript),
        "asked": _asked_on_stage(found, kinds),
        "named": _named(asked, transcript, found, card),
        "bio": np.array([k == TurnKind.BIO and not asked.is_(Kind.IDENTITY) for k in kinds], np.float32),
        "filler": reading.filler,
        "rhetorical": reading.rhetorical,
        "damaged": reading.damaged,
    }
    scores = np.sum([np.float32(WEIGHTS[name]) * values for name, values in features.items()], axis=0)
    mute = np.isin(kinds, [TurnKind.QUESTION, TurnKind.TITLE]) | (reading.greeting + reading.cut + reading.outdone > 0)
    scores = np.where(mute, NEVER, scores).astype(np.float32)
    return Evidence(transcript, found.sentences, found.turns, scores, features, found.dense)


def _is_foreign(asked: Asked, transcript: Transcript) -> bool:
    return bool(_HAN.search(transcript.text[:2000])) and not _HAN.search(asked.text)


def _coverage(topic: Sequence[str], reading: Reading) -> Floats:
    """Share of the topic's idf mass that each sentence holds, of the terms that the talk holds at all."""
    weights = {term: weight for term, weight in idf(topic, reading).items() if term in reading.held}
    total = sum(weights.values()) or 1.0
    return np.array([sum(w for t, w in weights.items() if t in held) / total for held in reading.words], np.float32)


def _around(coverage: Floats, turns: NDArray[np.int32]) -> Floats:
    """The better coverage of the two neighbours in the same turn: what a sentence is about is often said before it."""
    before = np.where(np.roll(turns, 1) == turns, np.roll(coverage, 1), 0)
    after = np.where(np.roll(turns, -1) == turns, np.roll(coverage, -1), 0)
    if len(coverage):
        before[0], after[-1] = 0, 0
    return np.maximum(before, after).astype(np.float32)


def _passage(sentences: Sequence[Sentence], transcript: str, hits: Sequence[Hit]) -> Floats:
    """How high the best passage around each sentence ranks: 1 for the first, falling to 0."""
    starts = np.array([s.start for s in sentences])
    values = np.zeros(len(sentences), np.float32)
    if not hits:
        return values
    top, low = hits[0].score, hits[-1].score
    for hit in reversed(hits):
        passage = hit.passage
        if passage.transcript == transcript:
            inside = (starts >= passage.start) & (starts < passage.end)
            values[inside] = np.maximum(values[inside], (hit.score - low) / max(top - low, 1e-6))
    return values


def _cues(asked: Asked, transcript: Transcript) -> Floats:
    """Whether a sentence has what the question's type asks for: a reason, a date, a figure, a definition."""
    wanted = [_has_cue(transcript, kind) for kind in _CUE_OF if kind in asked.kinds]
    return np.max(wanted, axis=0) if wanted else np.zeros(len(read(transcript).sentences), np.float32)


@lru_cache(maxsize=KEPT * 4)
def _has_cue(transcript: Transcript, kind: Kind) -> Floats:
    return matches(_CUE_OF[kind], transcript.text, read(transcript).sentences)


def _named(asked: Asked, transcript: Transcript, found: SentenceScores, card: EventCard) -> Floats:
    """Whether a sentence is by or about somebody the question names, or in their introduction."""
    people = asked.people.about or asked.people.by
    if not people:
        return np.zeros(len(found.sentences), np.float32)
    whose = () if asked.people.by else people
    theirs = np.array([transcript.turns[t].speaker in whose or transcript.turns[t].about in whose for t in found.turns])
    mentioned = np.maximum.reduce(
        [matches(mentions(card, person), transcript.text, found.sentences) for person in people]
    )
    return np.array(np.maximum(theirs, mentioned), np.float32)


def mentions(card: EventCard, person: str) -> re.Pattern[str]:
    """Finds a speaker in running text, however the speakers call them."""
    speaker = card.speaker(person)
    ways = ways_to_name(speaker, card) if speaker else (person,)
    return re.compile("|".join(map(re.escape, sorted(ways, key=len, reverse=True))))


def _asked_on_stage(found: SentenceScores, kinds: NDArray[np.object_]) -> Floats:
    """What a question asked on stage lends to the turns that answer it: its own best z-score, up to the next question."""
    values = np.zeros(len(found.sentences), np.float32)
    lent, asking = 0.0, False
    for n, kind in enumerate(kinds):
        if kind == TurnKind.QUESTION:
            own = float(found.dense_z[n])
            lent, asking = (max(lent, own) if asking else own), True
        elif kind == TurnKind.ANSWER:
            values[n], asking = max(lent, 0.0) / 3, False
        else:
            lent, asking = 0.0, False
    return values
