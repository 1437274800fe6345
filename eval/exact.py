"""What must hold for every citation of every answer, whatever the question: the gate's invariants."""

from __future__ import annotations

from collections.abc import Iterator

from bot.types import Answer, Citation, Claim
from eval.normal import contains, normal, numbers
from index.types import Transcript, Turn

COVERED = 0.5  # of a reworded claim's character pairs must be in its quotes; exact checks come first


def faults(answer: Answer, transcript: Transcript) -> tuple[str, ...]:
    """What is wrong with an answer's citations, in words; empty when every one is an exact, whole slice."""
    return tuple(fault for citation in answer.citations for fault in _faults(citation, transcript)) + tuple(
        f"a claim cites [{number}], which is no citation"
        for claim in answer.claims
        for number in claim.citations
        if number not in {citation.number for citation in answer.citations}
    )


def inexact(citation: Citation, transcript: Transcript) -> bool:
    """Whether a citation breaks any invariant."""
    return any(True for _ in _faults(citation, transcript))


def _faults(citation: Citation, transcript: Transcript) -> Iterator[str]:
    name, text = f"citation [{citation.number}]", transcript.text
    if citation.transcript != transcript.id or citation.revision != transcript.revision:
        yield f"{name} is of {citation.transcript!r}, revision {citation.revision!r}, which was not asked"
        return
    start, end = citation.start, citation.end
    if not 0 <= start < end <= len(text) or text[start:end] != citation.quote:
        yield f"{name} quotes {citation.quote[:30]!r}, but {start}:{end} is {text[start:end][:30]!r}"
        return
    if _cuts(text, start) or _cuts(text, end):
        yield f"{name} begins or ends inside a word: {text[max(0, start - 3) : start]}[{citation.quote[:10]}...]"
    if any(not start <= first < last <= end for first, last in citation.emphasis):
        yield f"{name} stresses characters outside its quote"
    if citation.context and text[slice(*citation.context)] != citation.context_text:
        yield f"{name} shows a context that is not in the text: {citation.context_text[:30]!r}"
    yield from _attribution(citation, transcript.turns)


def _attribution(citation: Citation, turns: tuple[Turn, ...]) -> Iterator[str]:
    name = f"citation [{citation.number}]"
    turn = turns[citation.turn] if 0 <= citation.turn < len(turns) else None
    if turn is None or not (turn.body <= citation.start and citation.end <= turn.end):
        yield f"{name} is not within the words of turn {citation.turn}"
    elif (citation.speaker, citation.about, citation.kind) != (turn.speaker, turn.about, turn.kind):
        yield f"{name} is given to {citation.speaker!r}, but turn {citation.turn} is {turn.speaker!r}'s"


def _cuts(text: str, at: int) -> bool:
    """Whether a place is inside a run of letters or digits: quotes begin and end at marks, spaces and line ends."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def supported(claim: Claim, answer: Answer) -> bool:
    """Whether a claim's own citations say it.

    A claim whose normalised text is in its quotes is supported. A reworded one needs every number in its quotes or the
    question, and half of its character pairs in its quotes; that is a floor, not a proof of entailment.
    """
    quotes = [citation.quote for citation in answer.citations if citation.number in claim.citations]
    if not quotes:
        return False
    said, heard = normal(claim.text), normal("\n".join(quotes))
    if contains(heard, said) or (said and said in heard):
        return True
    known = numbers(heard) | numbers(normal(answer.question)) | numbers(normal(answer.asked))
    return numbers(said) <= known and _share(said, heard) >= COVERED


def _share(said: str, heard: str) -> float:
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    return sum(pair in heard for pair in pairs) / len(pairs) if pairs else 0.0
