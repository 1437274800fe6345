"""Which sentences answer a question: every sentence of a transcript scored by a few readable features."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from index.event import EventCard
from index.mention import pattern_of
from index.retriever import Retriever
from index.scores import SentenceScores
from index.sparse import terms
from index.types import Floats, Hit, Sentence, Transcript, TurnKind

from .answer_type import HOLDS, head, holds, predicate, types_of
from .asker import askers, lent_by_questions, put_to_others
from .evidence import NEVER, Evidence, fitted
from .question import Asked, Kind
from .reading import Reading, idf, matches, read

# Times a passage's rank counts where no word is shared: the legs that see whole passages err less.
FOREIGN = np.float32(2.5)
_CLAUSES = re.compile(r"[,，;；。]")
_NEAR = 6  # best passages whose sentences are all compared by their tokens
_WINDOW = 5  # sentences on either side that may hold a term of the topic for another
_BEFORE, _AFTER = 0.8, 0.4  # share that a term counts for where a sentence before, or after, holds it


@cache
def weights() -> Mapping[str, np.float32]:
    """What each feature counts."""
    return {name: np.float32(value) for name, value in fitted()["weights"].items()}


def weigh(
    retriever: Retriever, asked: Asked, transcript: Transcript, *, card: EventCard, hits: Sequence[Hit]
) -> Evidence:
    """Score every sentence of a transcript as an answer to the question."""
    near = [hit.passage for hit in hits[:_NEAR]]
    found = retriever.sentence_scores(asked.text, transcript.id, near, said=asked.said)
    segment = retriever.index.segment(transcript.id)
    trust = FOREIGN if segment.is_foreign_to(asked.text) else np.float32(1)
    reading = read(transcript)
    kinds, who = np.array(reading.kinds, object), askers(transcript, card)
    features = {
        **_by_search(transcript, found, hits, trust=trust),
        **_by_words(asked, transcript),
        "asked": lent_by_questions(found.dense_z, transcript, who),
        "named": _named(asked, transcript, found, card),
        "bio": np.array([k == TurnKind.BIO and not asked.is_(Kind.IDENTITY) for k in kinds], np.float32),
        "filler": reading.filler,
        "rhetorical": reading.rhetorical,
        "damaged": reading.damaged,
        **_by_type(asked, transcript),
    }
    scores = np.sum([weights()[name] * values for name, values in features.items() if name in weights()], axis=0)
    mute = (
        put_to_others(transcript, who)
        | (kinds == TurnKind.TITLE)
        | (reading.greeting + reading.cut + reading.outdone + reading.requests > 0)
    )
    scores = np.where(mute, NEVER, scores).astype(np.float32)
    late = found.late
    return Evidence(
        transcript,
        found.sentences,
        found.turns,
        scores,
        features,
        late.words,
        late.weights,
        segment.handed_on,
        found.dense,
    )


def _by_search(
    transcript: Transcript, found: SentenceScores, hits: Sequence[Hit], *, trust: np.float32
) -> dict[str, Floats]:
    """What the legs of the search say of each sentence, and of the passages it stands in."""
    rank = _rank(found.sentences, transcript.id, hits) * trust
    return {
        "dense": found.dense_z,
        "sparse": found.sparse_z,
        "own": found.late.own,
        "inherited": found.late.inherited,
        "standing": found.late.standing,
        "passage": _passage(found.sentences, transcript.id, hits) * trust,
        "rank": rank,
        "first": (rank >= rank.max(initial=0)).astype(np.float32) if rank.any() else rank,
    }


def _by_words(asked: Asked, transcript: Transcript) -> dict[str, Floats]:
    """Which words of the question each sentence has."""
    reading = read(transcript)
    coverage, covered = _coverage(asked.topic, reading)
    return {
        "coverage": coverage,
        "covered": covered,
        "head": head(asked, transcript),
        "predicate": predicate(asked, transcript),
        "ending": _ending(asked, reading),
    }


def _by_type(asked: Asked, transcript: Transcript) -> dict[str, Floats]:
    """For each kind of answer, which sentences hold one, where the question wants it."""
    held = {kind: holds(asked, kind, transcript) for kind in types_of(asked)}
    none = np.zeros(len(read(transcript).sentences), np.float32)
    return {f"holds_{kind}": held.get(kind, none) for kind in HOLDS}


def _coverage(topic: Sequence[str], reading: Reading) -> tuple[Floats, Floats]:
    """Share of the topic's idf mass that each sentence holds, of the terms that the talk holds at all: by itself, and
    with the help of its neighbours in the same turn, since what it is about is often said before it.
    """
    turns = reading.turns
    held_terms = {term: weight for term, weight in idf(topic, reading).items() if term in reading.where}
    total = sum(held_terms.values()) or 1.0
    own, helped = np.zeros(len(turns)), np.zeros(len(turns))
    for term, weight in held_terms.items():
        rows = reading.where[term]
        held = np.zeros(len(turns))
        for step in range(_WINDOW, 0, -1):
            for other, share in ((rows + step, _BEFORE), (rows - step, _AFTER)):
                inside = (other >= 0) & (other < len(turns))
                to, of = other[inside], rows[inside]
                to = to[turns[to] == turns[of]]
                held[to] = np.maximum(held[to], share)
        held[rows] = 1
        helped += weight * held
        own[rows] += weight
    return (own / total).astype(np.float32), (helped / total).astype(np.float32)


def _ending(asked: Asked, reading: Reading) -> Floats:
    """The coverage of the last clause alone, where a question has several: what goes before it only sets the scene."""
    *before, last = _CLAUSES.split(asked.text.rstrip("?？。!！ "))
    if not before:
        return np.zeros(len(reading.turns), np.float32)
    inside = set(terms(last))
    return _coverage([term for term in asked.topic if term in inside], reading)[0]


def _rank(sentences: Sequence[Sentence], transcript: str, hits: Sequence[Hit]) -> Floats:
    """How high the best passage around each sentence ranks, in even steps: 1 for the first, falling to 0."""
    starts = np.array([s.start for s in sentences])
    values = np.zeros(len(sentences), np.float32)
    for place, hit in reversed(list(enumerate(hits))):
        if hit.passage.transcript == transcript:
            values[(starts >= hit.passage.start) & (starts < hit.passage.end)] = 1 - place / len(hits)
    return values


def _passage(sentences: Sequence[Sentence], transcript: str, hits: Sequence[Hit]) -> Floats:
    """The score of the best passage around each sentence: 1 for the first passage, falling to 0 at the last."""
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


def _named(asked: Asked, transcript: Transcript, found: SentenceScores, card: EventCard) -> Floats:
    """Whether a sentence is by or about somebody the question names, or in their introduction."""
    people = asked.people.about or asked.people.by
    whose = () if asked.people.by else people
    theirs = np.array([turn.speaker in whose or turn.about in whose for turn in transcript.turns], np.float32)
    named = (matches(pattern_of(person, card), transcript.text, found.sentences) for person in people)
    return np.asarray(np.maximum.reduce([theirs[found.turns], *named]), np.float32)
