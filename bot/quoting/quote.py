"""Quotes: which sentences to show, how far to widen them, and what must stand before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.asked import asks
from index.sparse import terms

from ..draft import Quote, Span
from ..evidence import Evidence, Rows
from ..question import Asked, Kind
from .emphasis import emphasised
from .thread import read_along

# Questions that one short quote answers, and those that want reasons or steps.
_SHORT = (Kind.WHEN, Kind.HOW_MANY, Kind.WHO, Kind.WHERE, Kind.DEFINITION, Kind.YES_NO)
_LONG = (Kind.WHY, Kind.HOW, Kind.OPINION, Kind.COMPARE, Kind.LIST)
SHORT_LIMIT = 120  # characters of all quotes of a factoid, beyond the first sentence
LONG_LIMIT = 250  # characters of all quotes of a why or how
_REPEATS = 0.7  # share of a sentence's terms that another has before it says nearly the same
LIMIT = 180  # characters of all quotes of any other question
_ENOUGH = 0.8  # quotes are added until they hold the answer with this probability
_LEAST = 0.05  # probability of a sentence that is still worth reading
_APART = 0.12  # the same where somebody else says it, or the same person elsewhere: the reader must find the thread
_LEFTOVER = ",，、;；:：。.)）]】 \t"
_EXPLAINS = 0.04  # the same for what follows a reason or a step within its paragraph
_STUB = 14  # characters; a shorter sentence takes its better neighbour along
_ASSENT = 15  # characters, the most that another may say within somebody's sentence: "Mm-hmm."
_WHOLE = 400  # characters of all quotes up to which a sentence that a line breaks off is read to its end
_GOES_ON = re.compile(r"[A-Za-z0-9],?\s*$")  # ends a line, but no sentence, as meetings are taken down in English
_OPENS_OPEN = re.compile(
    r"^(?:它|这|那|他|她|其|此|该|所以|因此|也因此|因为|但|但是|不过|而|而且|并且|同时|然后|于是|另外|还有|也|就|反而|甚至"
    r"|it\b|this|that|these|those|he\b|she\b|they|so\b|because|but|and\b|also|therefore)",
    re.IGNORECASE,
)


def pick(evidence: Evidence, asked: Asked, allowed: Rows, *, limit: int | None = None) -> tuple[Quote, ...]:
    """The quotes that answer: the best sentence, what belongs to it, and near equals, in spoken order.

    ``limit`` in characters, where the question's type does not decide it.
    """
    best = evidence.best(allowed)
    if best is None:
        return ()
    shares = evidence.shares(allowed)
    fitting = LONG_LIMIT if asked.is_(*_LONG) else SHORT_LIMIT if asked.is_(*_SHORT) else LIMIT
    groups = _Groups(evidence, shares, limit or fitting, explains=asked.is_(Kind.WHY, Kind.HOW))
    groups.add(best)
    groups.follow(asked, best)
    most = 3 if asked.is_(*_LONG) else 2
    for n in map(int, np.argsort(-shares, kind="stable")[1:12]):
        if groups.share() >= _ENOUGH or shares[n] < _LEAST:
            break
        apart = evidence.turns[n] != evidence.turns[best]
        if (len(groups.runs()) < most and (not apart or shares[n] >= _APART)) or groups.beside(n):
            groups.add(n)
            groups.follow(asked, n)
    groups.join()
    return tuple(quote(evidence, asked, first, last) for first, last in groups.runs())


class _Groups:
    """Sentences chosen so far, within a budget of characters."""

    def __init__(self, evidence: Evidence, shares: NDArray[np.float32], limit: int, *, explains: bool) -> None:
        self.evidence, self.shares, self.limit, self.explains = evidence, shares, limit, explains
        self.chosen: set[int] = set()

    def add(self, n: int) -> None:
        """Take a sentence, and the neighbours without which it does not stand."""
        first = not self.chosen
        if not first and (self._size(n) + self.size() > self.limit or self._repeats(n)):
            return
        self.chosen.add(n)
        for near in self._needed(n):
            self.chosen.add(near)
        if first and self.explains:
            self._explain(n + 1)

    def _explain(self, near: int) -> None:
        """Reasons and steps follow what they explain: read on to the end of the paragraph, within the budget."""
        while self._valid(near, near - 1) and self.evidence.is_one_paragraph(near - 1, near):
            put = asks(self.evidence.text(near))
            if self.size() + self._size(near) > self.limit or not (put or self.shares[near] >= _EXPLAINS):
                return
            self.chosen.add(near)
            near += 1

    def follow(self, asked: Asked, best: int) -> None:
        """Take what the best sentence only leads to or leans on, while it is short enough to be read."""
        for near in read_along(self.evidence, asked, best):
            if self.shares[near] > 0 and self.size() + self._size(near) <= LONG_LIMIT:
                self.chosen.add(near)

    def join(self) -> None:
        """Take a sentence left out between two chosen ones: it is shorter to read than to miss."""
        for n in sorted(self.chosen):
            between = n + 2 in self.chosen and self._valid(n + 1, n) and self.evidence.is_one_paragraph(n, n + 2)
            if between and self.size() + self._size(n + 1) <= max(self.limit, LIMIT):
                self.chosen.add(n + 1)

    def beside(self, n: int) -> bool:
        """Whether a sentence continues a chosen one."""
        return any(self.evidence.turns[n] == self.evidence.turns[m] and abs(n - m) == 1 for m in self.chosen)

    def share(self) -> float:
        """How likely the chosen sentences hold the answer."""
        return float(sum(self.shares[n] for n in self.chosen))

    def size(self) -> int:
        """Characters chosen."""
        return sum(map(self._size, self.chosen))

    def runs(self) -> list[tuple[int, int]]:
        """Chosen sentences as runs of neighbours within one paragraph, in spoken order."""
        runs: list[tuple[int, int]] = []
        for n in sorted(self.chosen):
            if runs and runs[-1][1] == n - 1 and self.evidence.is_one_paragraph(n - 1, n):
                runs[-1] = (runs[-1][0], n)
            else:
                runs.append((n, n))
        return runs

    def _needed(self, n: int) -> Sequence[int]:
        """A question the speaker puts to the room needs its answer; a stub needs the sentence it belongs to."""
        if asks(self.evidence.text(n)) and self._valid(n + 1, n):
            return (n + 1,)
        rest = self._continued(n)
        if rest is not None and self.size() + self._size(rest) <= _WHOLE:
            return (rest,)
        if self._size(n) < _STUB:
            near = [m for m in (n + 1, n - 1) if self._valid(m, n) and self.evidence.is_one_paragraph(m, n)]
            return sorted(near, key=lambda m: -self.shares[m])[:1]
        return ()

    def _valid(self, near: int, n: int) -> bool:
        turns = self.evidence.turns
        return 0 <= near < len(turns) and bool(turns[near] == turns[n]) and bool(self.shares[near] > 0)

    def _continued(self, n: int) -> int | None:
        """Where the same speaker goes on with a sentence that the end of a line breaks off, past a word of assent."""
        if not _GOES_ON.search(self.evidence.text(n)):
            return None
        for near in range(n + 1, min(n + 3, len(self.shares))):
            if self.evidence.speaker(near) == self.evidence.speaker(n):
                return near if self.shares[near] > 0 and not self.evidence.is_one_paragraph(n, near) else None
            if self._size(near) > _ASSENT:
                return None
        return None

    def _size(self, n: int) -> int:
        return self.evidence.sentences[n].end - self.evidence.sentences[n].start

    def _repeats(self, n: int) -> bool:
        """Whether a chosen sentence says nearly the same (most of its terms)."""
        mine = set(terms(self.evidence.text(n)))
        return any(len(mine & set(terms(self.evidence.text(m)))) > _REPEATS * len(mine) for m in self.chosen)


def quote(evidence: Evidence, asked: Asked, first: int, last: int) -> Quote:
    """A run of sentences as a quote: emphasis where the answer's type says, context where it opens with a pronoun."""
    span = _clean(evidence, first, last)
    return Quote(span, emphasised(asked, evidence.transcript.text, span), _context(evidence, first))


def opens_open(words: str) -> bool:
    """Whether words lean on what stands before them: they open with a pronoun or a connective."""
    return bool(_OPENS_OPEN.match(words))


def _clean(evidence: Evidence, first: int, last: int) -> Span:
    """The run without punctuation left over at its start, and without a question at its end that nothing answers.

    What follows a question is its answer, though it ends in the next one.
    """
    while last > first and asks(evidence.text(last)) and not asks(evidence.text(last - 1)):
        last -= 1
    start, end = evidence.sentences[first].start, evidence.sentences[last].end
    while start < end and evidence.transcript.text[start] in _LEFTOVER:
        start += 1
    return (start, end)


def _context(evidence: Evidence, first: int) -> Span | None:
    if not first or not opens_open(evidence.text(first)) or not evidence.is_one_paragraph(first - 1, first):
        return None
    return (evidence.sentences[first - 1].start, evidence.sentences[first - 1].end)
