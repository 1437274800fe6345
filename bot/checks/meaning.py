"""How near a claim in one language is to cited words in another; it may help coverage, and accepts no name and no figure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from index.maxsim import maxsims, quantise
from index.segment import Segment
from index.types import Encoder, Encoding, Floats

from .source import Source

# Standard deviations over the talk's passages. On the half of benchmarks/claims.yaml that may be tuned on, 1.75 keeps
# 95 % of true English claims about Chinese words and takes 3 % of the same claims with another sentence of their speaker.
FAR = 1.75
KEPT = 64  # encoded clauses
_REACHABLE = 0.7  # share of the largest deviation that n passages can have, asked of a talk with few


class Meaning:
    """Compares claims with the words of one transcript."""

    def __init__(self, segment: Segment, encoder: Encoder) -> None:
        self._segment, self.encoder = segment, encoder
        self._last: tuple[str, Encoding, Floats] | None = None
        self._passages: dict[str, Encoding] = {}

    def nearness(self, claim: str, of: Source) -> float:
        """1 where the cited words stand out among the talk's passages as much as words that say the same do."""
        asked, everywhere = self._of(claim)
        here = self._near(asked, next(iter(self.encoder.encode_passages([of.text]))))
        spread = float(everywhere.std()) or 1.0
        n = len(everywhere)
        bar = min(FAR, _REACHABLE * (n - 1) / math.sqrt(n))
        return (here - float(everywhere.mean())) / spread / bar if bar else 1.0

    def order(self, claim: str) -> list[int]:
        """All sentences of the transcript, the nearest to a claim first."""
        vectors = self._segment.sentence_vectors.astype(np.float32)
        return [int(n) for n in np.argsort(-(vectors @ self.encoder.encode_query(claim).vector), kind="stable")]

    def closest(self, claim: str, texts: Sequence[str]) -> int:
        """Which of some texts is nearest to a claim."""
        asked = self._of(claim)[0]
        return max(range(len(texts)), key=lambda n: self._near(asked, self._passage(texts[n])))

    def near(self, claim: str, texts: Sequence[str]) -> list[float]:
        """How near each of some texts is to a claim."""
        asked = self.encoder.encode_query(claim)
        return [self._near(asked, self._passage(text)) for text in texts]

    def straight(self, claimed: tuple[str, str], said: tuple[str, str]) -> float:
        """How much nearer two words of a claim are to two others in this order than crossed; negative where crossed."""
        first, second = (self.near(words, said) for words in claimed)
        return first[0] + second[1] - first[1] - second[0]

    def _passage(self, text: str) -> Encoding:
        """A text encoded; the last few are kept, as a repair asks for them again."""
        if text not in self._passages:
            if len(self._passages) >= KEPT:
                self._passages.clear()
            self._passages[text] = next(iter(self.encoder.encode_passages([text])))
        return self._passages[text]

    def _of(self, claim: str) -> tuple[Encoding, Floats]:
        """A claim encoded, and how near each passage of the talk is to it; the last is kept, as a repair asks again."""
        if self._last is None or self._last[0] != claim:
            segment, asked = self._segment, self.encoder.encode_query(claim)
            if asked.tokens is None:
                everywhere = segment.vectors.astype(np.float32) @ asked.vector
            else:
                states = [segment.tokens.of(row) for row in range(len(segment.passages))]
                everywhere = maxsims(asked.tokens, states)
            self._last = (claim, asked, everywhere)
        return self._last[1:]

    def _near(self, asked: Encoding, cited: Encoding) -> float:
        """How near the cited words are; token by token where the encoder gives tokens."""
        if asked.tokens is None or cited.tokens is None:
            return float(cited.vector @ asked.vector)
        return float(maxsims(asked.tokens, [quantise([cited.tokens], cited.tokens.shape[1])])[0])
