"""A question to the real chatbot, and what holds of every answer."""

from __future__ import annotations

from bot.chatbot import Chatbot
from bot.types import Answer, Exchange, Question
from index.types import Scope


def ask(chatbot: Chatbot, text: str, *past: tuple[str, str], speaker: str | None = None) -> Answer:
    return chatbot.ask(Question(text, tuple(Exchange(*p) for p in past), Scope(speaker=speaker)))


def said(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def assert_exact(chatbot: Chatbot, answer: Answer) -> None:
    for citation in answer.citations:
        transcript = chatbot.index.transcript(citation.transcript)
        assert transcript.text[citation.start : citation.end] == citation.quote
        turn = transcript.turns[citation.turn]
        assert (turn.speaker, turn.about) == (citation.speaker, citation.about)
        assert turn.start <= citation.start < citation.end <= turn.end
        assert all(citation.start <= a < b <= citation.end for a, b in citation.emphasis)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {n for claim in answer.claims for n in claim.citations} == {c.number for c in answer.citations}
