"""The retriever: a question in, ranked passages out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from functools import lru_cache

import numpy as np

from .attention import attention
from .clean import clean as readable
from .compared import compared
from .errors import NotIndexed, QuestionError
from .event import EventCard
from .field import field
from .focus import focus, focused, token_weights
from .fuse import FOLLOWING, FOREIGN_MAXSIM, FOREIGN_SENTENCE, HIT_SENTENCE, MAXSIM, SENTENCE, fuse, leading, z
from .gloss import bm25_glossed, glosses
from .late import Late, between, late
from .maxsim import TokenStates, maxsims, quantise, weighed
from .people import people, speaker_named
from .scores import Ranking, SentenceScores
from .script import in_script
from .segment import Segment
from .sparse import bm25, holding, terms
from .store import Index
from .threads import pin_threads
from .types import Encoder, Encoding, Floats, Hit, Legs, Passage, Scope
from .widen import run, widened

EVERYWHERE = Scope()
LONGEST = 1000  # characters of a question that are read; the encoder's window is 512 tokens


def clean(question: str) -> str:
    """The question as it is searched: normalised, no control characters, at most ``LONGEST`` characters.

    Raises:
        QuestionError: nothing is left of it.
    """
    text = readable(question[: 4 * LONGEST])[:LONGEST].strip()
    if not text:
        raise QuestionError(f"the question {question[:40]!r} is empty; ask in a few words")
    return text


class Retriever:
    """Searches an index with the encoder it was built with."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        pin_threads()
        self.index = index
        self.encoder = encoder
        self._encode: Callable[[str], Encoding] = lru_cache(maxsize=64)(encoder.encode_query)
        self._rank: Callable[[str, Scope], Ranking] = lru_cache(maxsize=16)(self._ranked)

    def search(self, question: str, *, scope: Scope = EVERYWHERE, k: int = 10) -> tuple[Hit, ...]:
        """The k best hits in scope, best first: each a passage with what follows it, up to the transcript's reach.

        No two hits overlap. Words by somebody the question asks for are searched among their passages only.

        Raises:
            QuestionError: the question is empty.
            NotIndexed: the index has no such event, transcript or speaker.
        """
        ranking = self._rank(clean(question), scope)
        which, rows = ranking.field.places()
        free = [np.zeros(len(segment.passages), bool) for segment in ranking.field.segments]
        for mask, inside in zip(free, ranking.field.rows, strict=True):
            mask[inside] = True
        hits: list[Hit] = []
        for position in _best(ranking.hits):
            segment, mask, row = ranking.field.segments[which[position]], free[which[position]], int(rows[position])
            if len(hits) == k:
                break
            if not mask[row]:
                continue
            shown = run(segment, row, mask)
            mask[shown.start : shown.stop] = False
            passage = widened(segment.passages[shown.start : shown.stop])
            hits.append(Hit(passage, float(ranking.hits[position]), ranking.legs(position)))
        return tuple(hits)

    def passages(self, question: str, *, scope: Scope = EVERYWHERE, k: int = 10) -> tuple[Hit, ...]:
        """The k best single passages, not widened; raises as ``search`` does."""
        ranking = self._rank(clean(question), scope)
        which, rows = ranking.field.places()
        return tuple(
            Hit(
                passage=ranking.field.segments[which[position]].passages[rows[position]],
                score=float(ranking.passages[position]),
                legs=ranking.legs(position),
            )
            for position in _best(ranking.passages)[:k]
        )

    def sentence_scores(
        self, question: str, transcript_id: str, near: Sequence[Passage] = (), *, said: Sequence[str] = ()
    ) -> SentenceScores:
        """What each leg says of every sentence of a transcript.

        Token states are compared for the ``COMPARED`` sentences that the other legs put first, for those of the
        passages ``near``, and for their neighbours. Of a question in another language ``said`` are the words that the
        transcript has for its own: the tokens of both languages together find more than either's, as they match those
        of the sentence letter by letter.
        """
        full = self.index.resolve(transcript_id)
        segment = self.index.segment(full)
        asked = self._named(question, full)
        encoded = self._encode(in_script(asked, traditional=segment.traditional))
        dense = segment.sentence_vectors.astype(np.float32) @ encoded.vector
        if segment.is_foreign_to(asked):
            sparse = bm25_glossed([segment.sentence_postings], asked, [segment.transcript])[0]
        else:
            sparse = bm25([segment.sentence_postings], focus(asked))[0]
        rows = compared(segment, z(dense) + z(sparse), [p for p in near if p.transcript == full])
        found = self._late(encoded, segment, rows)
        if said:
            both = self._encode(in_script(" ".join((asked, *said)), traditional=segment.traditional))
            found = between(found, self._late(both, segment, rows))
        return SentenceScores(segment.sentences, segment.turns, dense, sparse, z(dense), z(sparse), found)

    def _late(self, encoded: Encoding, segment: Segment, rows: Sequence[int]) -> Late:
        """The tokens of a question compared with those of sentences."""
        weights = None if encoded.tokens is None else attention(self.encoder, encoded.tokens)

        def states(n: int) -> TokenStates:
            return segment.tokens.of(len(segment.passages) + n)

        return late(encoded, states, segment.turns, rows, handed_on=segment.handed_on, weights=weights)

    def encoded(self, question: str, transcript_id: str) -> Encoding:
        """A question as it is compared with a transcript: speakers by the card's names, in the transcript's script."""
        full = self.index.resolve(transcript_id)
        return self._encode(in_script(self._named(question, full), traditional=self.index.segment(full).traditional))

    def _named(self, question: str, full: str) -> str:
        """The question as it is searched in a transcript, speakers by the card's names."""
        return named(clean(question), self.index.event_of(full).card)

    def glossed(self, question: str, transcript_id: str) -> dict[str, str]:
        """The words of a transcript for the terms of an English question: of those that each can mean, the one in a
        sentence that the encoder finds nearest to the question.
        """
        full = self.index.resolve(transcript_id)
        segment = self.index.segment(full)
        asked = self._named(question, full)
        found = glosses(asked, segment.transcript)
        dense = segment.sentence_vectors.astype(np.float32) @ self._encode(asked).vector if found else None

        def nearest(word: str) -> float:
            rows = holding(segment.sentence_postings, terms(word))
            return float(dense[rows].max(initial=-1)) if dense is not None else -1.0

        return {term: max(words, key=nearest) for term, words in found.items()}

    def maxsim(self, question: str, passages: Sequence[Passage | str]) -> tuple[float, ...]:
        """How well each passage of the index, or any other text, matches the question token by token; 0 to 1.

        The mean over the question's tokens of the best cosine with a token of the text (MaxSim: Khattab and Zaharia, 2020,
        there a sum); 0 where the encoder gives no token states.
        """
        encoded = self._encode(clean(question))
        if encoded.tokens is None:
            return (0.0,) * len(passages)
        texts = iter(self.encoder.encode_passages([p for p in passages if isinstance(p, str)]))
        states = [self._states(p) if isinstance(p, Passage) else quantised(next(texts)) for p in passages]
        return tuple(map(float, maxsims(encoded.tokens, states)))

    def _states(self, passage: Passage) -> TokenStates:
        """Token states of a passage or of a widened one."""
        segment = self.index.segment(passage.transcript)
        starts = [p.start for p in segment.passages]
        return segment.tokens.of(bisect_left(starts, passage.start), bisect_left(starts, passage.end))

    def _ranked(self, question: str, scope: Scope) -> Ranking:
        card = self._card(scope)
        asked = named(question, card) if card else question
        by = self._speakers(scope) or (people(question, card).by if card else ())
        searched = field(self.index, scope, by)
        encoded = self._encode(searched.in_script(asked))
        dense, sparse = searched.dense(encoded), searched.sparse(asked)
        first = z(dense) + z(sparse)
        top = leading(first)
        found, weights = searched.matches(encoded, top), token_weights(asked, encoded.pieces)
        vectors = np.stack([encoded.vector, focused(encoded.vector, encoded.tokens, weights)])
        alone, focal = searched.sentences(vectors, top)
        late = np.zeros(len(top), np.float32) if found is None else weighed(found, weights)
        if all(segment.is_foreign_to(asked) for segment in searched.segments):
            scores = hits = fuse(first, top, (FOREIGN_SENTENCE, alone), (FOREIGN_MAXSIM, late))
        else:
            scores = fuse(first, top, (SENTENCE, alone), (MAXSIM, late))
            following = searched.following(first, top)
            hits = fuse(first, top, (HIT_SENTENCE, focal), (MAXSIM, late), (FOLLOWING, following))
        plain = {} if found is None else dict(zip(top, map(float, found.mean(axis=0)), strict=True))
        return Ranking(
            searched,
            searched.answered(scores),
            searched.answered(hits),
            lambda n: Legs(float(dense[n]), float(sparse[n]), plain.get(n)),
        )

    def _speakers(self, scope: Scope) -> tuple[str, ...]:
        """Whose words alone are searched, as the cards in scope call them; NotIndexed where none knows the name."""
        if scope.speaker is None:
            return ()
        one = self._card(scope)
        found: dict[str, None] = {}
        for card in [one] if one else [event.card for event in self.index.events]:
            with nullcontext() if one else suppress(NotIndexed):
                found[speaker_named(scope.speaker, card)] = None
        if not found:
            raise NotIndexed(f"no speaker {scope.speaker!r} in any of {len(self.index.events)} events")
        return tuple(found)

    def _card(self, scope: Scope) -> EventCard | None:
        """The card of the one event in scope."""
        if scope.transcript:
            return self.index.event_of(scope.transcript).card
        if scope.event:
            return self.index.event(scope.event).card
        return self.index.events[0].card if len(self.index.events) == 1 else None


def _best(scores: Floats) -> list[int]:
    """Positions by falling score; equal ones in the order of the text."""
    return [int(n) for n in np.argsort(-scores, kind="stable")]


def named(question: str, card: EventCard) -> str:
    """The question with every speaker called by the card's name, as in the indexed copy of the text."""
    for mention in reversed(people(question, card).spans):
        question = question[: mention.start] + mention.name + question[mention.end :]
    return question


def quantised(encoding: Encoding) -> TokenStates:
    """The token states of a text that is not in the index, as the index would hold them."""
    return quantise([] if encoding.tokens is None else [encoding.tokens], len(encoding.vector))
